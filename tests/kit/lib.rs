//! The test kit.

pub mod browser;
pub mod cdp;
pub mod deadline;
pub mod failure;
pub mod page;
pub mod place;

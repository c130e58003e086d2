//! The parts and the words both apps show.
//!
//! Nothing here asks the office, stores a visit or decides anything about a household: values come
//! in as signals, what the person did goes out through callbacks. How the parts look is in `style/`.
//!
//! Read in this order: [`words`] is every sentence a person reads, [`figures`] writes days and
//! money, [`preferences`] keeps language, size and theme, [`signed_out`] tells the other app; then the parts, small ones first.

pub mod words;

pub mod figures;

pub mod preferences;

pub mod signed_out;

pub mod icon;

pub mod surface;

pub mod tiles;

pub mod answers;

pub mod fields;

pub mod coverage;

pub mod sheet;
pub mod sure;

pub mod notice;

pub mod frame;

pub mod install;

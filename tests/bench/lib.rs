//! What the programs of the bench share: a plain connection, and a demo office filled through the desk's door.

pub mod http;

pub mod households;

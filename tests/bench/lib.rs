//! What the programs of the bench share: a plain connection, a demo office filled through the desk's door, visits
//! sealed as a phone seals them, a phone filled with them, and the peer they are sent against.

pub mod filling;

pub mod http;

pub mod households;

pub mod memory;

pub mod pouchdb;

pub mod visits;

//! The office's database: one thin layer over SQL, and two databases below it: SQLite and PostgreSQL.
//!
//! One writer on its own thread merges waiting writes into one transaction (group commit); readers
//! have a pool. SQL stays in the modules that need it, one text for both databases, written with
//! `?1, ?2 …`, with ids as 16-byte blobs, days as integers and times as Unix milliseconds. No domain
//! decision is made here.

mod error;

mod arg;

mod column;

mod connection;

mod session;

mod sqlite;

mod postgres;

mod place;

mod migrations;

mod readers;

mod writer;

pub mod db;

pub mod copying;

pub use arg::{Arg, ToArg};
pub use column::{Column, FromColumn, Row};
pub use connection::{Reader, Tx};
pub use db::Db;
pub use error::{Cause, StoreError};
pub use place::{Place, Url};

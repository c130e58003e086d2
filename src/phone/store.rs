//! IndexedDB: the only place that opens a transaction; and [`Beside`], a second place for texts.
//!
//! A [`Task`] names what is read; a plan, called once inside the transaction with what was found,
//! gives the writes. So nothing but the transaction's own requests is ever awaited in it, and success
//! is the transaction's `complete`, nothing earlier. Rows are bytes; what they mean is the engine's
//! business, and sealing them the vault's.

mod beside;
mod database;
mod error;
mod mending;
mod row;
mod transaction;

pub use beside::Beside;
pub use database::Database;
pub use error::StoreError;
pub use mending::mend;
pub use row::Row;

/// The key of a row: an id or a fixed word, never a name.
pub type Key = String;

/// What one [`Read`] found: keys with rows, ascending by key.
pub type Found = Vec<(Key, Row)>;

/// Something to read at the beginning of a transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Read {
    /// One row, or none.
    One(&'static str, Key),
    /// Every row.
    All(&'static str),
    /// Rows whose key comes after this one, at most so many.
    After(&'static str, Key, u32),
    /// Rows whose key is not before the first nor behind the second.
    Between(&'static str, Key, Key),
    /// Only the keys of every row; the rows are [`Row::Unread`].
    Keys(&'static str),
}

impl Read {
    /// The object store it reads.
    pub const fn store(&self) -> &'static str {
        match self {
            Self::One(store, _)
            | Self::All(store)
            | Self::After(store, ..)
            | Self::Between(store, ..)
            | Self::Keys(store) => store,
        }
    }
}

/// Something to write at the end of a transaction.
#[derive(Clone, Debug)]
pub enum Write {
    /// Puts a row, whatever was there.
    Put(&'static str, Key, Row),
    /// Deletes a row, if it is there.
    Delete(&'static str, Key),
}

/// How a transaction goes about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Care {
    /// Reads only; no write may be planned.
    Reading,
    /// Handed to the operating system; a power cut may take the last moment.
    Relaxed,
    /// On the disk before it is called done: the save, and what follows from a receipt.
    Strict,
}

/// A transaction to be: over which object stores, how, and what it reads first.
#[derive(Clone, Debug)]
pub struct Task {
    /// The object stores it may touch.
    pub stores: &'static [&'static str],
    /// How.
    pub care: Care,
    /// What is read; the plan gets one [`Found`] for each, in this order.
    pub reads: Vec<Read>,
}

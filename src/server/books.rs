//! The office's books over SQL: the log, and what it says of each household.
//!
//! [`SqlBooks`] is `sync::ledger::Books` inside one write transaction; [`SqlShelf`] is
//! `sync::ledger::Shelf` on one snapshot. No decision is made here: the ledger decides, the fold in
//! `domain::file` says what stands; this only keeps it, and proves that with `sync::contract`.

pub(crate) mod code;

pub(crate) mod figures;

mod log;

mod projection;

mod shelf;

pub mod categories;

pub mod names;

pub mod pinyin;

use domain::day::Day;
use domain::rules::Category;

use protocol::deposit::Short;
use sync::ledger::{Books, begin};

use crate::store::{StoreError, Tx};

pub use shelf::SqlShelf;

/// The books inside one write transaction.
pub struct SqlBooks<'t, 'c> {
    tx: &'t Tx<'c>,
    /// Read once, and only where a household is folded.
    categories: Option<Vec<Category>>,
    today: Day,
}

impl<'t, 'c> SqlBooks<'t, 'c> {
    /// Opens the books as of now; `today` is the union's day.
    #[must_use]
    pub const fn open(tx: &'t Tx<'c>, today: Day) -> Self {
        Self { tx, categories: None, today }
    }
}

/// Begins a new epoch, as `restore` does; the one that ends is remembered.
///
/// # Errors
/// What the database says.
pub fn begin_epoch(tx: &Tx<'_>, epoch: Short, now_ms: i64) -> Result<(), StoreError> {
    let mut books = SqlBooks::open(tx, Day::at(now_ms, 0));
    let count = books.count()?;
    begin(&mut books, count, epoch, now_ms)?;
    Ok(())
}

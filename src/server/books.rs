//! The office's books over SQL: the log, and what it says of each household.
//!
//! [`SqlBooks`] is `sync::ledger::Books` inside one write transaction; [`SqlShelf`] is
//! `sync::ledger::Shelf` on one snapshot. No decision is made here: the ledger decides, the fold in
//! `domain::file` says what stands; this only keeps it, and proves that with `sync::contract`.

pub(crate) mod code;

mod erasing;

pub mod found;

pub mod likeness;

pub(crate) mod figures;

mod log;

mod projection;

mod readings;

mod shelf;

pub mod categories;

pub mod recount;

pub mod kept;

pub mod names;

pub mod pinyin;

use std::sync::Arc;

use domain::day::Day;
use domain::entry::{Entry, Reading};
use domain::rules::Category;
use protocol::deposit::Short;
use protocol::record::EntryHash;
use sync::ledger::{Books, begin};

use crate::store::{StoreError, Tx};

pub use erasing::unlisted;
pub use readings::Readings;
pub use shelf::SqlShelf;

/// The books inside one write transaction.
pub struct SqlBooks<'t, 'c> {
    tx: &'t Tx<'c>,
    /// Read once, and only where a household is folded.
    categories: Option<Vec<Category>>,
    readings: Option<&'t Readings>,
    today: Day,
}

impl<'t, 'c> SqlBooks<'t, 'c> {
    /// Opens the books as of now; `today` is the union's day.
    #[must_use]
    pub const fn open(tx: &'t Tx<'c>, today: Day) -> Self {
        Self { tx, categories: None, readings: None, today }
    }

    /// The same books, with what was read of them a short while ago at hand.
    #[must_use]
    pub fn remembering(self, readings: &'t Readings) -> Self {
        Self { readings: Some(readings), ..self }
    }

    /// The entry of a log row; `hash` only where it is known to be that of the body.
    fn entry(&self, hash: Option<EntryHash>, body: &[u8]) -> Result<Arc<Entry<Reading>>, StoreError> {
        let known = self.readings.zip(hash);
        if let Some(entry) = known.and_then(|(readings, hash)| readings.get(&hash)) {
            return Ok(entry);
        }
        let entry = Entry::from_slice(body).map_err(|_| StoreError::Unreadable { column: 0 })?;
        let entry = Arc::new(entry);
        if let Some((readings, hash)) = known {
            readings.keep(hash, &entry, body.len());
        }
        Ok(entry)
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

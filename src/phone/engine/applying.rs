//! From what `sync::replica` plans to what the store writes.
//!
//! Pure but for the vault's sealing: what the plan needs to see comes in.

use super::{Trouble, rows::Rows, shelf};
use crate::store::{Row, StoreError, Write};
use domain::{file::Status, id::EntryId};
use protocol::{changes::StatusLine, deposit::Receipt, record::Record};
use std::collections::BTreeMap;
use sync::replica::{CardsWrite, WorkWrite};

/// What of `work` a list of writes needs to see.
#[derive(Clone, Default)]
pub struct Seen {
    /// Records in the outbox now, of those that got a receipt.
    pub outbox: BTreeMap<EntryId, Record>,
    /// All of `sent`; read only where it is to be offered again.
    pub sent: Option<Vec<Record>>,
    /// When the receipts came of entries that count, office's clock.
    pub received: BTreeMap<EntryId, i64>,
}

/// The writes to `work`.
///
/// # Errors
/// A [`Trouble`] where `sent` is to be offered again but was not read: the next try reads it.
pub fn to_work(rows: &Rows, writes: &[WorkWrite], seen: &Seen) -> Result<Vec<Write>, Trouble> {
    let mut out = Vec::new();
    for write in writes {
        match write {
            WorkWrite::MoveToSent { receipt, received_ms } => {
                move_to_sent(rows, receipt, *received_ms, seen, &mut out)?
            }
            WorkWrite::ReofferSent => reoffer(seen, &mut out)?,
            WorkWrite::PutStatus(line) => put_status(rows, line, &mut out)?,
            WorkWrite::PutHead(head) => out.push(rows.put(shelf::META, shelf::HEAD, head)?),
            WorkWrite::PutTold(told) => out.push(rows.put(shelf::META, shelf::TOLD, told)?),
            WorkWrite::PutCounter(counter) => out.push(rows.put(shelf::META, shelf::COUNTER, counter)?),
            WorkWrite::PruneSent { before_ms } => prune(*before_ms, seen, &mut out),
        }
    }
    Ok(out)
}

/// The writes to `cards`.
///
/// # Errors
/// As [`Rows::put`].
pub fn to_cards(rows: &Rows, writes: &[CardsWrite]) -> Result<Vec<Write>, Trouble> {
    let one = |write: &CardsWrite| match write {
        CardsWrite::Put(card) => rows.put(shelf::CARDS, &card.household.to_string(), card),
        CardsWrite::Drop(household) => Ok(Write::Delete(shelf::CARDS, household.to_string())),
        CardsWrite::PutUnion(union) => rows.put(shelf::META, shelf::UNION, union),
        CardsWrite::PutCursor(cursor) => rows.put(shelf::META, shelf::CURSOR, cursor),
    };
    writes.iter().map(one).collect()
}

fn move_to_sent(
    rows: &Rows,
    receipt: &Receipt,
    received_ms: i64,
    seen: &Seen,
    out: &mut Vec<Write>,
) -> Result<(), Trouble> {
    let Some(record) = seen.outbox.get(&receipt.id).filter(|record| record.entry_hash == receipt.entry_hash)
    else {
        return Ok(());
    };
    let id = receipt.id.to_string();
    out.push(Write::Delete(shelf::OUTBOX, id.clone()));
    if receipt.status == Status::Erased {
        return Ok(());
    }
    out.push(rows.put(shelf::STATUSES, &shelf::received(&id), &received_ms)?);
    out.push(Write::Put(shelf::SENT, id, Row::Record(record.clone())));
    Ok(())
}

fn reoffer(seen: &Seen, out: &mut Vec<Write>) -> Result<(), Trouble> {
    let sent = seen
        .sent
        .as_ref()
        .ok_or_else(|| Trouble::Storage(StoreError::Broken("sent was not read".to_owned())))?;
    for record in sent {
        let id = record.id.to_string();
        out.push(Write::Put(shelf::OUTBOX, id.clone(), Row::Record(record.clone())));
        out.push(Write::Delete(shelf::SENT, id));
    }
    Ok(())
}

fn put_status(rows: &Rows, line: &StatusLine, out: &mut Vec<Write>) -> Result<(), Trouble> {
    let id = line.id.to_string();
    out.push(rows.put(shelf::STATUSES, &id, line)?);
    if line.status == Status::Erased {
        // 4: the phone drops its copy.
        out.extend([Write::Delete(shelf::OWN, id.clone()), Write::Delete(shelf::SENT, id)]);
    }
    Ok(())
}

/// Drops what the office has counted for 90 days; what still needs a look stays.
fn prune(before_ms: i64, seen: &Seen, out: &mut Vec<Write>) {
    for (id, _) in seen.received.iter().filter(|(_, received_ms)| **received_ms < before_ms) {
        let id = id.to_string();
        out.extend([
            Write::Delete(shelf::SENT, id.clone()),
            Write::Delete(shelf::OWN, id.clone()),
            Write::Delete(shelf::STATUSES, shelf::received(&id)),
            Write::Delete(shelf::STATUSES, id),
        ]);
    }
}

#[cfg(test)]
mod contract;
#[cfg(test)]
mod indexed_db;
#[cfg(test)]
mod tests;

//! A queue that the rescue page saved to a file comes back into the outbox, sealed as it is: all of the file or nothing,
//! and no record twice. What this phone cannot know (whose they are, whether they open) the office says later.

use super::{Engine, Trouble, opening::Opened, rounds, rows::Rows, shelf};
use crate::{
    gather,
    store::{Care, Found, Read, Row, Task, Write},
};
use domain::id::EntryId;
use protocol::{
    deposit::QueueFile,
    record::{EntryHash, Record},
    sign_in::OfficeKey,
};
use std::collections::{BTreeMap, BTreeSet};
use sync::replica::Counter;

/// What came of a file.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct TakenIn {
    /// Records that wait in the outbox now.
    pub taken: usize,
    /// Records that were on this phone already.
    pub there: usize,
}

/// Why nothing of a file was taken in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotTakenIn {
    /// It is no queue, or not whole.
    NotAQueue,
    /// It is sealed to a key that this phone never heard of (another union's, or an earlier one of this union), or two
    /// records under one id are not the same: the desk can see which is right.
    ForTheDesk,
    /// The phone's own.
    Phone(Trouble),
}

impl From<Trouble> for NotTakenIn {
    fn from(trouble: Trouble) -> Self {
        Self::Phone(trouble)
    }
}

impl From<crate::store::StoreError> for NotTakenIn {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Phone(error.into())
    }
}

impl Engine {
    /// Takes a rescued queue's file in for who is signed in; `Ok` only when the disk has all of it.
    pub async fn take_in(&self, text: &str) -> Result<TakenIn, NotTakenIn> {
        let file = QueueFile::read(text).ok_or(NotTakenIn::NotAQueue)?;
        let opened = self.inner.opened()?;
        let came = commit(&opened, file).await?;
        self.inner.agree_soon(&opened, false);
        self.inner.changed(&opened);
        rounds::soon(&self.inner);
        Ok(came)
    }
}

async fn commit(opened: &Opened, file: QueueFile) -> Result<TakenIn, NotTakenIn> {
    let task = Task { stores: shelf::WORK, care: Care::Strict, reads: reads() };
    let rows = opened.work.clone();
    let records: Vec<Record> = file.deposits.into_iter().flat_map(|deposit| deposit.records).collect();
    opened.work.database.run(task, move |found| plan(&rows, &records, &found)).await
}

/// What taking in looks at: the office's key, how many were made here, and the records that are here.
fn reads() -> Vec<Read> {
    let meta = |key: &str| Read::One(shelf::META, key.to_owned());
    vec![meta(shelf::KEY), meta(shelf::COUNTER), Read::All(shelf::OUTBOX), Read::All(shelf::SENT)]
}

/// What is written, given what the reads found.
fn plan(rows: &Rows, records: &[Record], found: &[Found]) -> Result<(TakenIn, Vec<Write>), NotTakenIn> {
    let key: OfficeKey =
        rows.only(shelf::META, found.first()).map_err(Trouble::from)?.ok_or(Trouble::NoKey)?;
    let counter = rows.counter(found.get(1))?;
    let here: Vec<&Record> = found.iter().skip(2).flatten().filter_map(|(_, row)| row.record()).collect();
    let mut keys: BTreeSet<&str> = gather::set(here.iter().map(|record| record.sealed_to.as_str()));
    keys.insert(&key.id);
    if records.iter().any(|record| !keys.contains(record.sealed_to.as_str())) {
        return Err(NotTakenIn::ForTheDesk);
    }
    let mut known: BTreeMap<EntryId, EntryHash> =
        gather::map(here.iter().map(|record| (record.id, record.entry_hash)));
    let mut fresh: Vec<&Record> = Vec::new();
    for record in records {
        match known.insert(record.id, record.entry_hash) {
            None => fresh.push(record),
            Some(hash) if hash == record.entry_hash => {}
            Some(_) => return Err(NotTakenIn::ForTheDesk),
        }
    }
    let came = TakenIn { taken: fresh.len(), there: records.len() - fresh.len() };
    let after = counted(&counter, &fresh);
    let put = |record: &Record| Write::Put(shelf::OUTBOX, record.id.to_string(), Row::Record(record.clone()));
    let mut writes: Vec<Write> = fresh.into_iter().map(put).collect();
    if after != counter {
        writes.push(rows.put(shelf::META, shelf::COUNTER, &after)?);
    }
    Ok((came, writes))
}

/// The counter after what this very device made and a file brought back: a phone that was set back goes on behind it.
pub(super) fn counted(counter: &Counter, fresh: &[&Record]) -> Counter {
    let own = fresh.iter().filter(|record| record.device == counter.device).map(|record| record.seq);
    // A number beyond what JavaScript counts was never given.
    let made = own.filter(|seq| *seq < 1 << 53).max().unwrap_or(0).max(counter.made);
    Counter { made, ..counter.clone() }
}

#[cfg(test)]
mod tests;

//! A queue that the rescue page saved to a file comes back into the outbox, sealed as it is: all of the file or nothing,
//! and no record twice. What this phone cannot know (whose they are, whether they open) the office says later.

use super::{Engine, Trouble, opening::Opened, rounds, rows::Rows, shelf};
use crate::store::{Care, Found, Read, Row, Task, Write};
use protocol::{deposit::QueueFile, record::Record, sign_in::OfficeKey};
use std::collections::BTreeSet;

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
    /// It is sealed to a key that this phone never heard of: most likely another union's.
    AnotherUnion,
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
        self.inner.changed(&opened);
        rounds::soon(&self.inner);
        Ok(came)
    }
}

async fn commit(opened: &Opened, file: QueueFile) -> Result<TakenIn, NotTakenIn> {
    let reads =
        vec![Read::One(shelf::META, shelf::KEY.to_owned()), Read::All(shelf::OUTBOX), Read::All(shelf::SENT)];
    let task = Task { stores: shelf::WORK, care: Care::Strict, reads };
    let rows = opened.work.clone();
    let records: Vec<Record> = file.deposits.into_iter().flat_map(|deposit| deposit.records).collect();
    opened.work.database.run(task, move |found| plan(&rows, &records, &found)).await
}

/// What is written, given the office's key and the records that are here.
fn plan(rows: &Rows, records: &[Record], found: &[Found]) -> Result<(TakenIn, Vec<Write>), NotTakenIn> {
    let key: OfficeKey =
        rows.only(shelf::META, found.first()).map_err(Trouble::from)?.ok_or(Trouble::NoKey)?;
    let here: Vec<&Record> = found.iter().skip(1).flatten().filter_map(|(_, row)| row.record()).collect();
    let mut keys: BTreeSet<&str> = here.iter().map(|record| record.sealed_to.as_str()).collect();
    keys.insert(&key.id);
    if records.iter().any(|record| !keys.contains(record.sealed_to.as_str())) {
        return Err(NotTakenIn::AnotherUnion);
    }
    let mut ids: BTreeSet<_> = here.iter().map(|record| record.id).collect();
    let fresh: Vec<&Record> = records.iter().filter(|record| ids.insert(record.id)).collect();
    let came = TakenIn { taken: fresh.len(), there: records.len() - fresh.len() };
    let put = |record: &Record| Write::Put(shelf::OUTBOX, record.id.to_string(), Row::Record(record.clone()));
    Ok((came, fresh.into_iter().map(put).collect()))
}

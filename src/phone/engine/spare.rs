//! The second copy: what has not left yet lies a second time beside the databases, sealed as it is.
//!
//! Why: a browser that finds its databases damaged throws all of them away, with what was strictly on the disk weeks
//! before. Chromium does it at the second start after a kill that tore its log. What the databases lost comes back from
//! here by itself, and what has left goes from here, too. It does not help where the browser clears all of a site.

use super::{Event, Inner, Trouble, opening::Opened, rounds, sending::waiting, shelf, taking_in};
use crate::store::{Beside, Care, Found, Key, Read, Row, StoreError, Task, Write};
use domain::id::{EntryId, PersonId};
use protocol::record::Record;
use std::rc::Rc;

/// Before a person's id it names the shelf of their second copies; the rescue page reads it, too.
const SHELF: &str = "lzd-spare-";

fn beside(person: PersonId) -> Beside {
    Beside::new(format!("{SHELF}{person}"), "spare")
}

/// Who has a shelf here, with copies on it or without.
pub async fn people() -> Result<Vec<PersonId>, StoreError> {
    Ok(Beside::names(SHELF).await?.iter().filter_map(|id| PersonId::parse(id)).collect())
}

/// Whether nothing lies on a person's shelf.
pub async fn is_empty(person: PersonId) -> Result<bool, StoreError> {
    Ok(beside(person).keys().await?.is_empty())
}

/// Copies records that wait under these keys, all at once.
async fn copy(opened: &Opened, keys: Vec<&str>) -> Result<(), Trouble> {
    let found = waiting_under(opened, &keys).await?;
    let records = found.iter().flatten().filter_map(|(key, row)| Some((key.as_str(), row.record()?)));
    // Numbers, strings and bytes: this cannot fail.
    let texts = records.map(|(key, record)| (key, serde_json::to_string(record).unwrap_or_default()));
    let beside = beside(opened.person);
    beside.put(texts).await?;
    // What left meanwhile was looked for here before it was put.
    let found = waiting_under(opened, &keys).await?;
    let left = keys.into_iter().zip(found).filter(|(_, found)| found.is_empty());
    Ok(beside.delete(left.map(|(key, _)| key)).await?)
}

async fn waiting_under(opened: &Opened, keys: &[&str]) -> Result<Vec<Found>, StoreError> {
    let reads = keys.iter().map(|key| Read::One(shelf::OUTBOX, (*key).to_owned())).collect();
    opened.work.database.read(&[shelf::OUTBOX], reads).await
}

/// Makes both agree; gives how many records came back into the outbox.
pub async fn agree(opened: &Opened) -> Result<usize, Trouble> {
    let beside = beside(opened.person);
    // Before the databases: what is saved meanwhile is not missed there.
    let copied = beside.keys().await?;
    let found = opened.work.database.read(shelf::WORK, known()).await?;
    let differ = Differ::of(&copied, &found);
    // First, for a full disk takes nothing back.
    if !differ.left.is_empty() {
        beside.delete(differ.left.into_iter()).await?;
    }
    let mut lost = Vec::new();
    for key in &differ.lost {
        let text = beside.get(key).await?.unwrap_or_default();
        match serde_json::from_str::<Record>(&text) {
            Ok(record) => lost.push(record),
            Err(error) => opened.work.around.note(&format!("second copy {key}: {error}")),
        }
    }
    let back = bring_back(opened, lost).await?;
    if !differ.lacking.is_empty() {
        copy(opened, differ.lacking).await?;
    }
    Ok(back)
}

/// The keys of all records that the databases know of: those that wait, and two lists of those that have left.
fn known() -> Vec<Read> {
    [shelf::OUTBOX, shelf::SENT, shelf::STATUSES].map(Read::Keys).into()
}

/// In what the second copies and the databases differ.
#[derive(PartialEq, Eq, Debug)]
struct Differ<'a> {
    /// Copies of what the databases know nothing of.
    lost: Vec<&'a str>,
    /// Copies of what has left.
    left: Vec<&'a str>,
    /// What waits without a copy.
    lacking: Vec<&'a str>,
}

impl<'a> Differ<'a> {
    /// Of the copies' keys and what [`known`] found, all ascending.
    fn of(copied: &'a [Key], found: &'a [Found]) -> Self {
        let (waiting, left) = found.split_at(found.len().min(1));
        let elsewhere = copied.iter().map(String::as_str).filter(|key| !has(waiting, key));
        let (left, lost) = elsewhere.partition(|key| has(left, key));
        let waiting = waiting.iter().flatten().map(|(key, _)| key);
        let lacking = waiting.filter(|key| copied.binary_search(key).is_err());
        Self { lost, left, lacking: lacking.map(String::as_str).collect() }
    }
}

/// Whether one of these has the key.
fn has(found: &[Found], key: &str) -> bool {
    found.iter().any(|found| found.binary_search_by(|(of, _)| of.as_str().cmp(key)).is_ok())
}

/// Puts records into the outbox that are not known there; gives how many.
async fn bring_back(opened: &Opened, lost: Vec<Record>) -> Result<usize, Trouble> {
    if lost.is_empty() {
        return Ok(0);
    }
    let mut reads = known();
    reads.push(Read::One(shelf::META, shelf::COUNTER.to_owned()));
    let task = Task { stores: shelf::WORK, care: Care::Strict, reads };
    let rows = opened.work.clone();
    let plan = move |found: Vec<Found>| {
        let known = found.get(..3).unwrap_or_default();
        let lost: Vec<&Record> = lost.iter().filter(|record| !has(known, &record.id.to_string())).collect();
        let counter = rows.counter(found.get(3))?;
        // A disk that was set back to an earlier state goes on behind what this device had made by then.
        let after = taking_in::counted(&counter, &lost);
        let mut writes: Vec<Write> = lost
            .iter()
            .map(|record| Write::Put(shelf::OUTBOX, record.id.to_string(), Row::Record((*record).clone())))
            .collect();
        let back = writes.len();
        if after != counter {
            writes.push(rows.put(shelf::META, shelf::COUNTER, &after)?);
        }
        Ok::<_, Trouble>((back, writes))
    };
    opened.work.database.run(task, plan).await
}

impl Inner {
    /// Copies what was just saved, while the screen says so.
    pub fn copy_soon(self: &Rc<Self>, opened: &Rc<Opened>, id: EntryId) {
        let (inner, opened) = (Rc::clone(self), Rc::clone(opened));
        self.around.start(Box::pin(async move {
            inner.noted(copy(&opened, vec![&id.to_string()]).await);
        }));
    }

    /// Makes databases and second copies agree, beside everything else: nothing waits for it, and what is in its way is
    /// tried again the next time. Says so where the databases were lost, or something came back.
    pub fn agree_soon(self: &Rc<Self>, opened: &Rc<Opened>, lost: bool) {
        let (inner, opened) = (Rc::clone(self), Rc::clone(opened));
        self.around.start(Box::pin(async move {
            // To look at the copies makes their shelf, where it was lost too.
            let had_copies = !lost || people().await.is_ok_and(|people| people.contains(&opened.person));
            let agreed = agree(&opened).await;
            let back = *agreed.as_ref().unwrap_or(&0);
            inner.noted(agreed.map(drop));
            let is_here = inner.here.borrow().as_ref().is_some_and(|here| here.person == opened.person);
            if is_here && (lost || back > 0) {
                let waiting = waiting(&opened).await.ok().filter(|_| had_copies);
                inner.emit(Event::StorageLost { waiting });
            }
            if back > 0 {
                inner.changed(&opened);
                rounds::chance(&inner);
            }
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::Differ;
    use crate::store::{Found, Row};

    #[test]
    fn a_copy_is_of_what_waits_comes_back_where_nothing_knows_of_it_and_goes_with_what_left() {
        let found =
            |keys: &str| -> Found { keys.chars().map(|key| (key.to_string(), Row::Unread)).collect() };
        let disk = [found("abc"), found("de"), found("ef")];
        let copied: Vec<String> = "bcdfgh".chars().map(|key| key.to_string()).collect();
        let differ = Differ::of(&copied, &disk);
        assert_eq!(differ, Differ { lost: vec!["g", "h"], left: vec!["d", "f"], lacking: vec!["a"] });
    }
}

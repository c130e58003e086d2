//! From the outbox to the office: deposits one after the other, until nothing is left that can travel.
//!
//! Only a receipt that is on the disk moves a record. One record never blocks another: a refusal for
//! size halves the deposit, and one that is too large alone is set aside with its reason.

use super::{
    Contact, SetAside, Trouble,
    applying::{Seen, to_work},
    opening::{Opened, fresh, remember},
    shelf,
};
use crate::{
    link::{self, LinkError},
    store::{Care, Found, Read, StoreError, Task, Write},
};
use domain::id::EntryId;
use protocol::{
    deposit::{Deposit, DepositAnswer, Head, RECORDS_MAX},
    record::Record,
};
use std::collections::BTreeMap;
use sync::replica::{self, Counter};

/// What a round of deposits came to.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Sent {
    /// Records received.
    pub received: usize,
    /// Records offered for which no receipt came: they wait for the next try.
    pub unanswered: usize,
    /// The office was set back: `sent` is offered again.
    pub set_back: bool,
}

/// What a deposit is made from.
struct Basis {
    counter: Counter,
    shown: Option<Head>,
    records: Vec<Record>,
    last: Option<EntryId>,
}

/// Sends all that can travel; with nothing to send it greets. `heard` is told of every contact.
///
/// # Errors
/// [`Trouble`] of link or store; what was received before it stays received.
pub async fn send_all(
    opened: &Opened,
    received: &BTreeMap<EntryId, i64>,
    heard: &dyn Fn(Contact, &Sent),
) -> Result<Sent, Trouble> {
    let (mut sent, mut after, mut most, mut greeted) = (Sent::default(), String::new(), RECORDS_MAX, false);
    loop {
        let basis = basis(opened, &after).await?;
        let deposit = replica::deposit(&basis.counter, basis.shown, &basis.records, most);
        if deposit.records.is_empty() && (greeted || basis.last.is_some()) {
            match basis.last {
                // Everything on this shelf is set aside: look behind it.
                Some(last) => after = last.to_string(),
                None => return Ok(sent),
            }
            continue;
        }
        greeted = true;
        let offered = deposit.records.last().map(|record| record.id.to_string());
        let asked_ms = opened.work.around.now_ms();
        match link::post::<DepositAnswer>("/api/deposit", &deposit).await {
            Ok(answer) => {
                let contact = contact(asked_ms, opened.work.around.now_ms(), answer.server_time_ms);
                // The office is there, whether its answer can be written down here or not.
                heard(contact, &Sent::default());
                let got = absorb(opened, &deposit, answer, contact, basis.shown, received).await?;
                let again = got.set_back && !sent.set_back;
                sent.received += got.received;
                sent.unanswered += got.unanswered;
                sent.set_back |= got.set_back;
                heard(contact, &got);
                after = if again { String::new() } else { offered.unwrap_or(after) };
            }
            Err(LinkError::TooLarge) if deposit.records.len() > 1 => most = deposit.records.len() / 2,
            Err(LinkError::TooLarge) if offered.is_some() => {
                set_aside(opened, deposit.records).await?;
                after = offered.unwrap_or(after);
                // The others are not to travel alone because of it.
                most = RECORDS_MAX;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// What the next deposit is made from: records after a key, without those set aside.
async fn basis(opened: &Opened, after: &str) -> Result<Basis, Trouble> {
    let work = &opened.work;
    let meta = |key: &str| Read::One(shelf::META, key.to_owned());
    #[expect(clippy::cast_possible_truncation, reason = "a hundred")]
    let limit = RECORDS_MAX as u32;
    let reads = vec![
        meta(shelf::COUNTER),
        meta(shelf::HEAD),
        meta(shelf::ASIDE),
        Read::After(shelf::OUTBOX, after.to_owned(), limit),
    ];
    let found = work.database.read(shelf::WORK, reads).await?;
    let aside: BTreeMap<EntryId, SetAside> = work.only(shelf::META, found.get(2))?.unwrap_or_default();
    let rows = found.get(3).map(Vec::as_slice).unwrap_or_default();
    let records: Vec<&Record> = rows.iter().filter_map(|(_, row)| row.record()).collect();
    Ok(Basis {
        counter: work.counter(found.first())?,
        shown: work.only(shelf::META, found.get(1))?,
        last: records.last().map(|record| record.id),
        records: records.into_iter().filter(|record| !aside.contains_key(&record.id)).cloned().collect(),
    })
}

/// Writes down what the office answered, in one strict transaction.
async fn absorb(
    opened: &Opened,
    deposit: &Deposit,
    answer: DepositAnswer,
    contact: Contact,
    shown: Option<Head>,
    received: &BTreeMap<EntryId, i64>,
) -> Result<Sent, Trouble> {
    let set_back = shown.is_some_and(|shown| shown.epoch != answer.head.epoch);
    let got = answer.receipts.iter().filter(|receipt| {
        deposit
            .records
            .iter()
            .any(|record| record.id == receipt.id && record.entry_hash == receipt.entry_hash)
    });
    let got = got.count();
    let outcome = Sent { received: got, unanswered: deposit.records.len().saturating_sub(got), set_back };
    let meta = |key: &str| Read::One(shelf::META, key.to_owned());
    let mut reads = vec![meta(shelf::COUNTER), meta(shelf::HEAD)];
    reads.extend(span(&deposit.records).map(|(first, last)| Read::Between(shelf::OUTBOX, first, last)));
    if set_back {
        reads.push(Read::All(shelf::SENT));
    }
    let task = Task { stores: shelf::WORK, care: Care::Strict, reads };
    let (rows, deposit, received) = (opened.work.clone(), deposit.clone(), received.clone());
    let new_device = fresh(&*rows.around);
    let plan = move |mut found: Vec<Found>| {
        let counter = rows.counter(found.first())?;
        let shown: Option<Head> = rows.only(shelf::META, found.get(1))?;
        let sent = set_back.then(|| found.pop()).flatten().map(records);
        let outbox = found.into_iter().skip(2).flat_map(records).map(|record| (record.id, record)).collect();
        // Compared with what the deposit said it had made: a save since then must not hide a clash.
        let said = Counter { made: deposit.made, ..counter.clone() };
        let mut writes = replica::absorb_deposit(&said, shown, &deposit, &answer, new_device);
        if counter.device != deposit.device {
            writes.retain(|write| !matches!(write, replica::WorkWrite::PutCounter(_)));
        }
        let counter = writes.iter().find_map(|write| match write {
            replica::WorkWrite::PutCounter(counter) => Some(counter.clone()),
            _ => None,
        });
        let seen = Seen { outbox, sent, received: received.clone() };
        let mut out = to_work(&rows, &writes, &seen)?;
        out.push(rows.put(shelf::META, shelf::CONTACT, &contact)?);
        out.push(rows.put(shelf::META, shelf::KEY, &answer.key)?);
        Ok::<_, Trouble>((counter, out))
    };
    let reopened = opened.work.database.run(task, plan).await?;
    if let Some(counter) = reopened {
        remember(&opened.work.around, opened.person, &counter, None).await;
    }
    Ok(outcome)
}

/// The first and the last key of records: one read finds them all again, a hundred reads take ten times as long.
fn span(records: &[Record]) -> Option<(String, String)> {
    let ids = || records.iter().map(|record| record.id);
    Some((ids().min()?.to_string(), ids().max()?.to_string()))
}

/// The records of rows found.
fn records(found: Found) -> Vec<Record> {
    found.iter().filter_map(|(_, row)| row.record().cloned()).collect()
}

/// Sets records aside that are too large even alone.
async fn set_aside(opened: &Opened, records: Vec<Record>) -> Result<(), Trouble> {
    let reads = vec![Read::One(shelf::META, shelf::ASIDE.to_owned())];
    let task = Task { stores: shelf::WORK, care: Care::Strict, reads };
    let rows = opened.work.clone();
    let plan = move |found: Vec<Found>| {
        let mut aside: BTreeMap<EntryId, SetAside> =
            rows.only(shelf::META, found.first())?.unwrap_or_default();
        aside.extend(records.iter().map(|record| (record.id, SetAside::TooLarge)));
        Ok::<_, Trouble>(((), vec![rows.put(shelf::META, shelf::ASIDE, &aside)?]))
    };
    opened.work.database.run(task, plan).await
}

/// What was set aside is tried again: somebody asked for it, or a proxy was put right.
pub async fn forget_aside(opened: &Opened) -> Result<(), Trouble> {
    let task = Task { stores: shelf::WORK, care: Care::Relaxed, reads: Vec::new() };
    let plan = |_| Ok(((), vec![Write::Delete(shelf::META, shelf::ASIDE.to_owned())]));
    opened.work.database.run(task, plan).await
}

/// How many records wait in the outbox.
///
/// # Errors
/// [`StoreError`].
pub async fn waiting(opened: &Opened) -> Result<usize, StoreError> {
    let found = opened.work.database.read(shelf::WORK, vec![Read::Keys(shelf::OUTBOX)]).await?;
    Ok(found.first().map_or(0, Vec::len))
}

/// A contact: the office's clock against the middle of question and answer.
pub fn contact(asked_ms: i64, answered_ms: i64, server_time_ms: i64) -> Contact {
    let middle_ms = asked_ms.saturating_add(answered_ms.saturating_sub(asked_ms) / 2);
    Contact { server_time_ms, offset_ms: server_time_ms.saturating_sub(middle_ms) }
}

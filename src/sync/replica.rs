//! The phone's half: pure plans of what to write and what to send.
//!
//! The engine reads rows, calls a function here, and writes the returned list in ONE transaction.
//! Two databases, never in one transaction: `work` ([`WorkWrite`]) and `cards` ([`CardsWrite`]).

mod lost;

pub use lost::{Lost, is_decided, propose_again};

use std::collections::BTreeSet;

use domain::{
    entry::{Entry, SCHEMA},
    id::{DeviceId, EntryId, HouseholdId, PersonId},
};
use protocol::{
    changes::{Card, ChangesPage, Scope, StatusLine, UnionCard},
    deposit::{BODY_BYTES_MAX, Deposit, DepositAnswer, Head, RECORDS_MAX, Receipt},
    record::{CannotOpen, EntryHash, Record, Sealed, seal},
};
use serde::{Deserialize, Serialize};

/// How long a received record is kept to be offered again, in milliseconds: 90 days.
pub const SENT_KEPT_MS: i64 = 90 * 86_400_000;

/// The row `work/meta/counter`: which device this database is and how many entries it made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Counter {
    /// This device.
    pub device: DeviceId,
    /// Every device this phone ever was for this person, this one last.
    pub devices: Vec<DeviceId>,
    /// The highest seq made in `device`.
    pub made: u64,
}

impl Counter {
    /// A fresh database.
    #[must_use]
    pub fn fresh(device: DeviceId) -> Self {
        Self { device, devices: vec![device], made: 0 }
    }

    /// The same phone going on as a new device.
    #[must_use]
    pub fn reopened_as(&self, device: DeviceId) -> Self {
        let mut devices = self.devices.clone();
        devices.push(device);
        Self { device, devices, made: 0 }
    }
}

/// Everything that fixes an entry, kept with the draft before the save.
#[derive(Clone, PartialEq, Debug)]
pub struct Making {
    /// The entry's id, made with the draft.
    pub id: EntryId,
    /// The act's kind.
    pub kind: String,
    /// The act.
    pub payload: domain::verbatim::Verbatim,
    /// The household.
    pub household: HouseholdId,
    /// Who.
    pub author: PersonId,
    /// The phone's clock when finished.
    pub wall_ms: i64,
    /// How far the office's clock was ahead at the last contact.
    pub clock_offset_ms: Option<i64>,
    /// 16 random bytes.
    pub nonce: [u8; 16],
    /// 32 random bytes for the seal.
    pub seal_random: [u8; 32],
    /// The id of the office's key.
    pub key_id: String,
    /// The office's key.
    pub key: [u8; 32],
}

/// A made entry: what goes to disk in one strict transaction.
#[derive(Clone, PartialEq, Debug)]
pub struct Made {
    /// The counter to write.
    pub counter: Counter,
    /// The record to put into the outbox.
    pub record: Record,
    /// The plain bytes, for the own copy.
    pub plain: Vec<u8>,
}

/// Makes the next entry. Called inside the save's transaction, after the id was looked up.
///
/// # Errors
/// [`CannotOpen`] where the office's key is not a key.
pub fn make(counter: &Counter, making: &Making) -> Result<Made, CannotOpen> {
    make_with(counter, making, |plain| seal(plain, making.key, making.seal_random))
}

/// Makes the next entry with another seal than the office's key: for simulations, which make
/// millions.
///
/// # Errors
/// The seal's own.
pub fn make_with<E>(
    counter: &Counter,
    making: &Making,
    seal: impl FnOnce(&[u8]) -> Result<Sealed, E>,
) -> Result<Made, E> {
    let seq = counter.made + 1;
    let entry = Entry {
        id: making.id,
        device: counter.device,
        seq,
        kind: making.kind.clone(),
        schema: SCHEMA,
        household: making.household,
        author: making.author,
        wall_ms: making.wall_ms,
        clock_offset_ms: making.clock_offset_ms,
        nonce: making.nonce.iter().map(|byte| format!("{byte:02x}")).collect(),
        payload: making.payload.clone(),
    };
    // An entry is strings, numbers and maps with string keys: this cannot fail.
    let plain = serde_json::to_vec(&entry).unwrap_or_default();
    let record = Record {
        device: counter.device,
        seq,
        id: making.id,
        entry_hash: EntryHash::of(&plain),
        sealed_to: making.key_id.clone(),
        bytes: seal(&plain)?,
    };
    let counter = Counter { made: seq, ..counter.clone() };
    Ok(Made { counter, record, plain })
}

/// One write to `work`. A list of them is one transaction.
#[derive(Clone, PartialEq, Debug)]
pub enum WorkWrite {
    /// The record goes as it is from `outbox` to `sent`, with its receipt.
    MoveToSent {
        /// The receipt; its hash was compared with the record's.
        receipt: Receipt,
        /// The office's clock at that moment, for the 90 days.
        received_ms: i64,
    },
    /// Everything in `sent` goes back to `outbox`.
    ReofferSent,
    /// What became of an entry.
    PutStatus(StatusLine),
    /// The highest head shown.
    PutHead(Head),
    /// The cursor of the page whose statuses these are; the cards' own follows in their database.
    PutTold(Head),
    /// The phone goes on as a new device.
    PutCounter(Counter),
    /// Received records older than this (office's clock) are dropped from `sent`.
    PruneSent {
        /// Those received before are dropped.
        before_ms: i64,
    },
}

/// One write to `cards`. A list of them is one transaction.
#[derive(Clone, PartialEq, Debug)]
pub enum CardsWrite {
    /// A household's card, new or changed.
    Put(Box<Card>),
    /// A household left the scope.
    Drop(HouseholdId),
    /// What to know of the union.
    PutUnion(Box<UnionCard>),
    /// The head up to which cards are applied.
    PutCursor(Head),
}

/// The next deposit: as many records as fit, oldest first; with none it is a greeting.
///
/// `records_max` is halved by the engine after a 413; a single record that is too large for a body
/// is still sent alone, and set aside if it is refused.
#[must_use]
pub fn deposit(counter: &Counter, shown: Option<Head>, outbox: &[Record], records_max: usize) -> Deposit {
    let mut bytes = 0;
    let fitting = outbox.iter().take(records_max.min(RECORDS_MAX)).enumerate().take_while(|(at, record)| {
        bytes += record.bytes.0.len() / 3 * 4 + 300;
        *at == 0 || bytes <= BODY_BYTES_MAX - 8 * 1024
    });
    let records = fitting.map(|(_, record)| record.clone()).collect();
    Deposit { device: counter.device, devices: counter.devices.clone(), made: counter.made, shown, records }
}

/// What to write to `work` after a deposit was answered.
///
/// `counter` is the one the deposit was made from; `fresh` is a new device id, used only when the
/// office holds more of this device than the phone ever made (a profile restored from a backup).
#[must_use]
pub fn absorb_deposit(
    counter: &Counter,
    shown: Option<Head>,
    deposited: &Deposit,
    answer: &DepositAnswer,
    fresh: DeviceId,
) -> Vec<WorkWrite> {
    let mut writes = meet(shown, answer.head);
    for receipt in &answer.receipts {
        let same = |record: &&Record| record.id == receipt.id && record.entry_hash == receipt.entry_hash;
        if deposited.records.iter().any(|record| same(&record)) {
            writes
                .push(WorkWrite::MoveToSent { receipt: receipt.clone(), received_ms: answer.server_time_ms });
            writes.push(WorkWrite::PutStatus(status_of(receipt)));
        }
    }
    if answer.held > counter.made && deposited.device == counter.device {
        writes.push(WorkWrite::PutCounter(counter.reopened_as(fresh)));
    }
    writes.push(WorkWrite::PruneSent { before_ms: answer.server_time_ms - SENT_KEPT_MS });
    writes
}

fn status_of(receipt: &Receipt) -> StatusLine {
    StatusLine { id: receipt.id, status: receipt.status, why: String::new(), rev: receipt.rev }
}

/// What hearing a head means in answer to the one that was shown: another epoch offers all of `sent`
/// again; the highest is kept.
#[must_use]
pub fn meet(shown: Option<Head>, heard: Head) -> Vec<WorkWrite> {
    match shown {
        Some(shown) if shown.epoch != heard.epoch => vec![WorkWrite::ReofferSent, WorkWrite::PutHead(heard)],
        Some(shown) if shown.rev >= heard.rev => Vec::new(),
        _ => vec![WorkWrite::PutHead(heard)],
    }
}

/// The cursor to ask with: one of another epoch than the head's is none.
///
/// Nor is one that the page told of last did not lead to, for the phone died between its statuses and its cards: those
/// statuses may be of a past that the office has lost since, and nothing it is shown would betray that (found by
/// simulation, seed 1370127). All is asked for again.
#[must_use]
pub fn cursor(shown: Option<Head>, cursor: Option<Head>, told: Option<Head>) -> Option<Head> {
    cursor
        .filter(|cursor| shown.is_none_or(|shown| shown.epoch == cursor.epoch))
        .filter(|cursor| told.is_none_or(|told| told == *cursor))
}

/// What to write after a page of changes: first the work list, then the cards list.
#[derive(Clone, PartialEq, Debug)]
pub struct PagePlan {
    /// Statuses, head and what they were told up to; a repeat is harmless.
    pub work: Vec<WorkWrite>,
    /// Cards and cursor, in one transaction.
    pub cards: Vec<CardsWrite>,
}

/// Plans a page.
#[must_use]
pub fn absorb_page(shown: Option<Head>, page: &ChangesPage) -> PagePlan {
    // The request for a page shows no head, so a page of the same epoch proves nothing of the past: it
    // must not replace the head that would betray an office set back (found by simulation, seed 2269).
    let same_epoch = shown.is_some_and(|shown| shown.epoch == page.head.epoch);
    let mut work = if same_epoch { Vec::new() } else { meet(shown, page.head) };
    work.extend(page.statuses.iter().cloned().map(WorkWrite::PutStatus));
    work.push(WorkWrite::PutTold(page.cursor));
    let mut cards: Vec<CardsWrite> =
        page.cards.iter().map(|card| CardsWrite::Put(Box::new(card.clone()))).collect();
    cards.extend(page.union.iter().map(|union| CardsWrite::PutUnion(Box::new(union.clone()))));
    cards.push(CardsWrite::PutCursor(page.cursor));
    PagePlan { work, cards }
}

/// Whether the phone's households are exactly the scope.
#[must_use]
pub fn in_step(scope: &Scope, held: &[HouseholdId]) -> bool {
    Scope::of(held.iter().copied()) == *scope
}

/// What to do about a scope that differs: ask the office for both lists.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScopeGap {
    /// In scope, not on the phone: ask for their cards.
    pub missing: Vec<HouseholdId>,
    /// On the phone, not in scope: ask for them too; those the office says are `unknown` were lost
    /// with its past and are offered as `propose`, the others are dropped.
    pub surplus: Vec<HouseholdId>,
}

/// Compares what the phone holds with what is in scope.
#[must_use]
pub fn scope_gap(in_scope: &[HouseholdId], held: &[HouseholdId]) -> ScopeGap {
    let but_not = |these: &[HouseholdId], those: &[HouseholdId]| {
        let those: BTreeSet<HouseholdId> = those.iter().copied().collect();
        these.iter().filter(|id| !those.contains(id)).copied().collect()
    };
    ScopeGap { missing: but_not(in_scope, held), surplus: but_not(held, in_scope) }
}

#[cfg(test)]
mod tests;

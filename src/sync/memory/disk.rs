//! A phone's two databases in memory. Each list of writes is one transaction: all or nothing.

use crate::replica::{CardsWrite, Counter, Made, WorkWrite};
use domain::{
    file::Status,
    id::{EntryId, HouseholdId},
};
use protocol::{
    changes::{Card, StatusLine, UnionCard},
    deposit::{Head, Receipt},
    record::Record,
};
use std::collections::BTreeMap;

/// A record that the office has, with its receipt.
#[derive(Clone, PartialEq, Debug)]
pub struct Sent {
    /// As it lay in the outbox.
    pub record: Record,
    /// The office's word.
    pub receipt: Receipt,
    /// The office's clock when it came.
    pub received_ms: i64,
}

/// The database `work`.
#[derive(Clone, PartialEq, Debug)]
pub struct Work {
    /// Which device this is.
    pub counter: Counter,
    /// The highest head shown.
    pub head: Option<Head>,
    /// Up to where statuses were told.
    pub told: Option<Head>,
    /// Not yet received.
    pub outbox: BTreeMap<EntryId, Record>,
    /// Received, kept for 90 days.
    pub sent: BTreeMap<EntryId, Sent>,
    /// Plain bytes of one's own entries (sealed by the vault on a real phone).
    pub own: BTreeMap<EntryId, Vec<u8>>,
    /// What became of them.
    pub statuses: BTreeMap<EntryId, StatusLine>,
}

impl Work {
    /// An empty database.
    #[must_use]
    pub fn new(counter: Counter) -> Self {
        let (outbox, sent, own, statuses) = Default::default();
        Self { counter, head: None, told: None, outbox, sent, own, statuses }
    }

    /// The save: looks the id up, then writes record, own copy and counter. `make` gets the counter.
    ///
    /// Returns whether it was new; a repeat changes nothing.
    pub fn save<E>(
        &mut self,
        id: EntryId,
        make: impl FnOnce(&Counter) -> Result<Made, E>,
    ) -> Result<bool, E> {
        if self.outbox.contains_key(&id) || self.sent.contains_key(&id) || self.own.contains_key(&id) {
            return Ok(false);
        }
        let made = make(&self.counter)?;
        self.counter = made.counter;
        self.own.insert(id, made.plain);
        self.outbox.insert(id, made.record);
        Ok(true)
    }

    /// One transaction.
    pub fn apply(&mut self, writes: &[WorkWrite]) {
        for write in writes {
            match write {
                WorkWrite::MoveToSent { receipt, received_ms } => self.move_to_sent(receipt, *received_ms),
                WorkWrite::ReofferSent => {
                    for (id, sent) in std::mem::take(&mut self.sent) {
                        self.outbox.insert(id, sent.record);
                    }
                }
                WorkWrite::PutStatus(line) => {
                    if line.status == Status::Erased {
                        self.own.remove(&line.id);
                        self.sent.remove(&line.id);
                    }
                    self.statuses.insert(line.id, line.clone());
                }
                WorkWrite::PutHead(head) => self.head = Some(*head),
                WorkWrite::PutTold(told) => self.told = Some(*told),
                WorkWrite::PutCounter(counter) => self.counter = counter.clone(),
                WorkWrite::PruneSent { before_ms } => {
                    self.sent.retain(|_, sent| sent.received_ms >= *before_ms)
                }
            }
        }
    }

    fn move_to_sent(&mut self, receipt: &Receipt, received_ms: i64) {
        let same = self.outbox.get(&receipt.id).is_some_and(|record| record.entry_hash == receipt.entry_hash);
        if same
            && let Some(record) = self.outbox.remove(&receipt.id)
            && receipt.status != Status::Erased
        {
            self.sent.insert(receipt.id, Sent { record, receipt: receipt.clone(), received_ms });
        }
    }
}

/// The database `cards`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Cards {
    /// Household cards.
    pub cards: BTreeMap<HouseholdId, Card>,
    /// Up to where they are applied.
    pub cursor: Option<Head>,
    /// What to know of the union.
    pub union: Option<UnionCard>,
}

impl Cards {
    /// One transaction.
    pub fn apply(&mut self, writes: &[CardsWrite]) {
        for write in writes {
            match write {
                CardsWrite::Put(card) => {
                    self.cards.insert(card.household, (**card).clone());
                }
                CardsWrite::Drop(household) => {
                    self.cards.remove(household);
                }
                CardsWrite::PutUnion(union) => self.union = Some((**union).clone()),
                CardsWrite::PutCursor(cursor) => self.cursor = Some(*cursor),
            }
        }
    }
}

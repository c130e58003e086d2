//! What arrives: records opened and read before the transaction, and the desk's entries.
//!
//! Here is found what arrival itself says against one; everything else is judged by the fold.

use super::Stored;
use domain::{
    entry::{ENTRY_BYTES_MAX, Entry, OFFICE, Reading},
    file::{Reason, Status},
    id::{DeviceId, EntryId, HouseholdId, PersonId},
};
use protocol::{
    deposit::Receipt,
    record::{EntryHash, Record},
};
use std::sync::Arc;

/// A record as it arrived, opened and read before the transaction.
#[derive(Clone, PartialEq, Debug)]
pub struct Arrival {
    record: Record,
    /// What was in it; none where no key fitted.
    opened: Option<Opened>,
}

impl Arrival {
    /// A record with its plain bytes, where it could be opened.
    #[must_use]
    pub fn of(record: Record, plain: Option<Vec<u8>>) -> Self {
        let opened = plain.map(|plain| Opened::of(&record, plain));
        Self { record, opened }
    }

    /// The record.
    #[must_use]
    pub const fn record(&self) -> &Record {
        &self.record
    }

    /// Whose household it speaks of, where it could be opened and read.
    #[must_use]
    pub fn household(&self) -> Option<HouseholdId> {
        self.opened.as_ref().and_then(|opened| opened.entry.as_ref()).map(|entry| entry.household)
    }

    /// Who made it, where it could be opened and read.
    #[must_use]
    pub fn author(&self) -> Option<PersonId> {
        self.opened.as_ref().and_then(|opened| opened.entry.as_ref()).map(|entry| entry.author)
    }
}

/// What was in a record.
#[derive(Clone, PartialEq, Debug)]
struct Opened {
    plain: Vec<u8>,
    /// Read, where the bytes are an entry and the one that the record says.
    entry: Option<Arc<Entry<Reading>>>,
    /// Of these bytes, where they are that entry: the seal vouches for them, so a hash that was damaged outside of it
    /// takes nobody's place. Else what the record says.
    hash: EntryHash,
}

impl Opened {
    fn of(record: &Record, plain: Vec<u8>) -> Self {
        let entry = Entry::from_slice(&plain).ok();
        let same = |entry: &Entry<Reading>| {
            (entry.id, entry.device, entry.seq) == (record.id, record.device, record.seq)
        };
        let entry = entry.filter(same).map(Arc::new);
        let hash = if entry.is_some() { EntryHash::of(&plain) } else { record.entry_hash };
        Self { plain, entry, hash }
    }

    /// What arrival itself says against it.
    fn taint(&self, brought_by: PersonId) -> Option<Reason> {
        match &self.entry {
            Some(_) if self.plain.len() > ENTRY_BYTES_MAX => Some(Reason::Malformed),
            Some(entry) if entry.device == OFFICE => Some(Reason::NotAllowed),
            Some(entry) => (entry.author != brought_by).then_some(Reason::AuthorMismatch),
            None => Some(Reason::Malformed),
        }
    }
}

/// An entry on its way into the log.
pub(super) struct Offered {
    pub(super) id: EntryId,
    pub(super) hash: EntryHash,
    /// The hash that its record says: that of its receipt.
    pub(super) said: EntryHash,
    pub(super) device: DeviceId,
    pub(super) seq: u64,
    pub(super) entry: Option<Arc<Entry<Reading>>>,
    pub(super) body: Vec<u8>,
    pub(super) sealed_to: Option<String>,
    pub(super) taint: Option<Reason>,
    /// It was erased before it came, and is in no household's log that would say so.
    is_gone: bool,
}

impl Offered {
    pub(super) fn of(arrival: &Arrival, brought_by: PersonId) -> Self {
        let Arrival { record, opened } = arrival;
        let (id, said, device, seq) = (record.id, record.entry_hash, record.device, record.seq);
        let is_gone = false;
        match opened {
            Some(opened) => {
                let (entry, body, hash) = (opened.entry.clone(), opened.plain.clone(), opened.hash);
                let taint = opened.taint(brought_by);
                Self { id, hash, said, device, seq, entry, body, sealed_to: None, taint, is_gone }
            }
            None => {
                let (body, sealed_to) = (record.bytes.0.clone(), Some(record.sealed_to.clone()));
                Self { id, hash: said, said, device, seq, entry: None, body, sealed_to, taint: None, is_gone }
            }
        }
    }

    pub(super) fn of_desk(entry: &Entry, author: PersonId) -> Self {
        // An entry is strings, numbers and maps with string keys: this cannot fail.
        let body = serde_json::to_vec(entry).unwrap_or_default();
        let taint = (entry.author != author || entry.device != OFFICE).then_some(Reason::AuthorMismatch);
        let (id, device, seq) = (entry.id, entry.device, entry.seq);
        let hash = EntryHash::of(&body);
        Self {
            id,
            hash,
            said: hash,
            device,
            seq,
            entry: Some(Arc::new(entry.clone().read())),
            body,
            sealed_to: None,
            taint,
            is_gone: false,
        }
    }

    /// Whether it comes into a household's log.
    pub(super) fn counts(&self) -> bool {
        self.entry.is_some() && self.taint != Some(Reason::IdTaken)
    }

    /// Whether it comes better than what is under its id and hash: that one was damaged on its way, or somebody
    /// brought it who is not its author. Whatever was decided of it since: its author's phone hears of that from then
    /// on. What was damaged gives way to whoever brings the entry whole, under a taken id too (seed 147,181).
    pub(super) fn mends(&self, known: &Stored) -> bool {
        let comes_whole = self.entry.is_some() && !known.is_read;
        match (known.receipt.status, known.taint) {
            _ if self.sealed_to.is_some() => false,
            (Status::Erased, _) => false,
            (Status::Held, _) => self.taint != Some(Reason::Malformed),
            (_, Some(Reason::IdTaken)) => comes_whole,
            (_, Some(Reason::Malformed)) => comes_whole || self.taint.is_none(),
            (_, Some(Reason::AuthorMismatch)) => self.taint.is_none(),
            _ => false,
        }
    }

    /// What causes its rev: a record, and who brought it. The same record brought by another is another past (seed
    /// 22,095); so is what came under its hash and is not the entry it says, else a whole one that the past had would
    /// never be offered again to mend it (seed 226,793).
    pub(super) fn cause(&self, brought_by: PersonId) -> EntryHash {
        let mut cause = [self.hash.as_bytes().as_slice(), brought_by.as_bytes()].concat();
        if self.entry.is_none() {
            cause.extend(self.device.as_bytes());
            cause.extend(self.seq.to_be_bytes());
            cause.extend(&self.body);
        }
        EntryHash::of(&cause)
    }

    /// What its row will be known as.
    pub(super) fn stored(&self, rev: u64) -> Stored {
        let status = self.first_status();
        let receipt = Receipt { id: self.id, entry_hash: self.hash, status, rev };
        Stored { receipt, taint: self.taint, is_read: self.entry.is_some() }
    }

    /// Leaves of it what a log row keeps of an erased entry.
    pub(super) fn wipe(&mut self) {
        (self.entry, self.sealed_to, self.is_gone) = (None, None, true);
        self.body.clear();
    }

    pub(super) const fn first_status(&self) -> Status {
        if self.is_gone {
            return Status::Erased;
        }
        match (self.taint, &self.sealed_to) {
            (Some(reason), _) => Status::Quarantined(reason),
            (None, Some(_)) => Status::Held,
            (None, None) => Status::Projected, // Until its household is folded, in this transaction.
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::story::{handset, household, visited};

    #[test]
    fn only_what_was_opened_and_is_what_its_record_says_is_anybodys() {
        let phone = handset(2);
        let whole = phone.says(20, household(1), &visited(3, "王五"));
        let whose = |arrival: &Arrival| (arrival.household(), arrival.author());
        assert_eq!(whose(&whole), (Some(household(1)), Some(phone.person)));
        let record = whole.record();
        let sealed = Arrival::of(record.clone(), None);
        assert_eq!(whose(&sealed), (None, None), "no key fitted: nobody can tell");
        let noise = Arrival::of(record.clone(), Some(b"\xff{".to_vec()));
        assert_eq!(whose(&noise), (None, None));
        // Another entry under its number vouches for nothing.
        let other = phone.says(21, household(2), &visited(3, "王五")).record().bytes.0.clone();
        assert_eq!(whose(&Arrival::of(record.clone(), Some(other))), (None, None));
    }
}

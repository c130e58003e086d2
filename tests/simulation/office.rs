//! The office of a run: the real ledger over memory books, with backups and crashes.

use crate::{
    auditing::Audited,
    chance::Chance,
    failing::Failing,
    wire::{Answer, Request, Wire},
};
use domain::{
    day::Day,
    entry::{Act, Entry, Reading},
    file::{Status, erasing::Gone},
    id::{DeviceId, EntryId, HouseholdId, PersonId},
};
use protocol::{
    deposit::{Deposit, DepositAnswer, Head},
    record::{Record, Sealed, key_id, open, public_of},
    sign_in::OfficeKey,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};
use sync::{
    ledger::{
        Arrival, Books, begin, cards_asked, erase_again, meet, open_held, page_of, refold, scope_list,
        take_in, take_in_desk,
    },
    memory::books::MemoryBooks,
};

/// What the kinds of a newer app end in; the rest says which kind it is to an office that is as new.
pub const NEWER: char = '+';

/// Few cards on a page, so that small unions have many pages.
const CARDS_MAX: usize = 2;

/// The office.
#[derive(Clone, Debug)]
pub struct Office {
    pub books: MemoryBooks,
    pub backups: Vec<Backup>,
    pub counts: Counts,
    /// Who is not to come in any more: they may add, and read nothing.
    pub revoked: BTreeSet<PersonId>,
    /// Who has another role by now: they may add, and are refused everything else.
    pub no_helpers: BTreeSet<PersonId>,
    /// Up to where its books were looked at.
    pub audited: Audited,
    phones: Phones,
    /// It reads what newer apps write.
    is_newer: bool,
    /// It has lost its key for now.
    pub without_key: bool,
    /// It once had.
    pub was_without_key: bool,
    /// The list beside the books: no copy of them takes it back.
    erased: BTreeMap<HouseholdId, Vec<Gone>>,
    /// What was ever erased.
    pub erased_ids: BTreeSet<EntryId>,
    secret: [u8; 32],
    sealing: bool,
}

/// A copy of the books.
#[derive(Clone, Debug)]
pub struct Backup {
    pub books: MemoryBooks,
    phones: Phones,
    restored: u32,
}

/// What phones said of themselves: how many each device made, and which devices came before one.
#[derive(Clone, Default, Debug)]
struct Phones {
    made: BTreeMap<DeviceId, u64>,
    before: BTreeSet<DeviceId>,
}

/// What became of a transaction that was to die.
pub enum Commit {
    Died,
    /// It ended after so many steps, before it came to die.
    Done {
        steps: usize,
    },
}

/// What bounds the number of epochs.
#[derive(Clone, Copy, Default, Debug)]
pub struct Counts {
    pub set_back: u32,
    pub begun: u32,
    pub heard: u32,
}

/// Reads an entry of a newer app.
fn newer(body: &[u8]) -> Option<Entry<Reading>> {
    let entry: Entry = serde_json::from_slice(body).ok()?;
    let kind = entry.kind.strip_suffix(NEWER)?.to_owned();
    let read = Entry { kind, ..entry.clone() }.read();
    read.payload.is_ok().then_some(Entry { kind: entry.kind, ..read })
}

fn sure<T>(result: Result<T, Infallible>) -> T {
    let Ok(value) = result;
    value
}

impl Office {
    pub fn new(chance: &mut Chance, sealing: bool) -> Self {
        let books = MemoryBooks::new(chance.epoch());
        let (backups, counts, revoked, phones, erased, erased_ids) = Default::default();
        let (no_helpers, audited) = Default::default();
        let (secret, is_newer, without_key, was_without_key) = (chance.bytes(), false, false, false);
        Self {
            books,
            backups,
            counts,
            revoked,
            no_helpers,
            audited,
            phones,
            is_newer,
            without_key,
            was_without_key,
            erased,
            erased_ids,
            secret,
            sealing,
        }
    }

    /// The public key that phones seal to.
    pub fn key(&self) -> ([u8; 32], String) {
        let public = public_of(self.secret);
        (public, key_id(public))
    }

    pub fn head(&mut self) -> Head {
        sure(self.books.count()).head()
    }

    /// Serves a request to the end: what it wrote is committed.
    pub fn serve(&mut self, wire: &Wire, request: &Request, chance: &mut Chance, now_ms: i64) -> Answer {
        let (today, person) = (Day::at(now_ms, 480), wire.person);
        match request {
            Request::Deposit(deposit) => Answer::Deposit(self.deposit(person, deposit, chance, now_ms)),
            _ if !wire.signed_in || self.revoked.contains(&person) => Answer::SignInNeeded,
            _ if self.no_helpers.contains(&person) => Answer::Refused { retry_after_ms: 0 },
            Request::Changes(cursor) => {
                Answer::Changes(sure(page_of(CARDS_MAX, &mut self.books, person, *cursor, today, now_ms)))
            }
            Request::Scope => Answer::Scope(sure(scope_list(&mut self.books, person, today))),
            Request::Cards(asked) => Answer::Cards(sure(cards_asked(&mut self.books, person, asked, today))),
        }
    }

    /// Takes a deposit in for somebody.
    pub fn deposit(
        &mut self,
        person: PersonId,
        deposit: &Deposit,
        chance: &mut Chance,
        now_ms: i64,
    ) -> DepositAnswer {
        let made = self.phones.made.entry(deposit.device).or_default();
        *made = deposit.made.max(*made);
        self.phones.before.extend(deposit.devices.iter().filter(|device| **device != deposit.device));
        let before = self.head().epoch;
        let heard = deposit.shown.is_some_and(|shown| !sure(self.books.knows_epoch(shown.epoch)));
        let met = sure(meet(&mut self.books, deposit.shown, chance.epoch(), now_ms));
        self.counts.heard += u32::from(heard);
        self.counts.begun += u32::from(met.epoch != before);
        let arrivals = self.opened(deposit);
        let receipts = sure(take_in(&mut self.books, person, &arrivals, now_ms));
        self.read_again();
        if receipts.iter().any(|receipt| receipt.status == Status::Erased) {
            self.list_erased();
        }
        let held = self.books.highest_seq(deposit.device);
        let key = OfficeKey { id: self.key().1, public: String::new() };
        DepositAnswer { receipts, head: self.head(), server_time_ms: now_ms, held, key }
    }

    fn opened(&self, deposit: &Deposit) -> Vec<Arrival> {
        let opened = deposit.records.iter().map(|record| Arrival::of(record.clone(), self.plain(record)));
        opened.collect()
    }

    fn plain(&self, record: &Record) -> Option<Vec<u8>> {
        match (self.without_key, self.sealing) {
            (true, _) => None,
            (_, true) => open(&record.bytes, self.secret).ok(),
            (_, false) => Some(record.bytes.0.clone()),
        }
    }

    pub fn lose_the_key(&mut self) {
        (self.without_key, self.was_without_key) = (true, true);
    }

    /// The key is back: what was held is opened.
    pub fn key_returns(&mut self) {
        self.without_key = false;
        let held = self.books.rows().iter().filter(|(row, _)| row.sealed_to.is_some());
        let opened = held.map(|(row, _)| {
            let (sealed_to, bytes) = (row.sealed_to.clone().unwrap_or_default(), Sealed(row.body.clone()));
            let (device, seq, id, entry_hash) = (row.device, row.seq, row.id, row.hash);
            let record = Record { device, seq, id, entry_hash, sealed_to, bytes };
            let plain = self.plain(&record);
            (row.brought_by, row.received_ms, Arrival::of(record, plain))
        });
        let opened: Vec<_> = opened.collect();
        sure(open_held(&mut self.books, &opened));
        self.read_again();
        self.list_erased();
    }

    /// From now on it reads what newer apps write. Whether something waited for that.
    pub fn is_upgraded(&mut self) -> bool {
        self.is_newer = true;
        let waited = self.read_again();
        self.list_erased();
        waited
    }

    /// Judges again what only a newer office can read, as one does that opens; whether there was any.
    fn read_again(&mut self) -> bool {
        let households = if self.is_newer { self.books.read_again(newer) } else { Vec::new() };
        if !households.is_empty() {
            sure(refold(&mut self.books, &households));
        }
        !households.is_empty()
    }

    /// Whether the list beside the books names this entry.
    pub fn lists(&self, id: EntryId) -> bool {
        self.erased.values().flatten().any(|gone| *gone == Gone::Entry(id))
    }

    /// Makes the list whole: all that is gone.
    fn list_erased(&mut self) {
        for (household, gone) in self.books.all_gone() {
            let listed = self.erased.entry(*household).or_default();
            let unlisted: Vec<Gone> = gone.iter().filter(|gone| !listed.contains(gone)).copied().collect();
            listed.extend(unlisted);
        }
    }

    /// Notes what is erased by now.
    pub fn note_erased(&mut self) {
        let erased = self.books.rows().iter().filter(|(row, _)| row.status == Status::Erased);
        self.erased_ids.extend(erased.map(|(row, _)| row.id));
    }

    /// Tries a deposit's transaction on a copy of the books that dies after so many steps.
    pub fn commit_up_to(&self, person: PersonId, deposit: &Deposit, steps: usize, now_ms: i64) -> Commit {
        let mut books = Failing { books: self.books.clone(), left: steps, taken: 0, died: false };
        let fresh = Chance::new(0).epoch();
        let met = meet(&mut books, deposit.shown, fresh, now_ms);
        let taken_in = met.and_then(|_| take_in(&mut books, person, &self.opened(deposit), now_ms));
        assert_eq!(taken_in.is_err(), books.died, "the books failed, and the ledger went on");
        if books.died { Commit::Died } else { Commit::Done { steps: books.taken } }
    }

    pub fn desk(&mut self, author: PersonId, entry: Entry, now_ms: i64) {
        let erases = matches!(entry.act(), Ok(Act::Erase(_) | Act::Merge(_)));
        let receipts = sure(take_in_desk(&mut self.books, author, &[entry], now_ms));
        if erases || receipts.iter().any(|receipt| receipt.status == Status::Erased) {
            self.list_erased();
        }
    }

    /// Makes persons known and judges again what waited for them.
    pub fn know(&mut self, persons: &[PersonId]) {
        let before = self.books.persons.len();
        self.books.persons.extend(persons);
        if self.books.persons.len() > before {
            let all = self.households();
            sure(refold(&mut self.books, &all));
        }
    }

    pub fn households(&self) -> Vec<HouseholdId> {
        self.books.files().keys().copied().collect()
    }

    pub fn back_up(&mut self) {
        let (books, phones) = (self.books.clone(), self.phones.clone());
        self.backups.push(Backup { books, phones, restored: 0 });
    }

    /// Goes on from a backup; with `announced` as `restore` does it, beginning an epoch. Tells
    /// whether that backup had been gone back to before.
    pub fn set_back(&mut self, at: usize, announced: bool, chance: &mut Chance, now_ms: i64) -> bool {
        let Some(backup) = self.backups.get_mut(at) else { return false };
        backup.restored += 1;
        let again = backup.restored > 1;
        (self.books, self.phones) = (backup.books.clone(), backup.phones.clone());
        self.counts.set_back += 1;
        if announced {
            let count = sure(self.books.count());
            sure(begin(&mut self.books, count, chance.epoch(), now_ms));
            self.counts.begun += 1;
        }
        // What an office does when it starts.
        sure(erase_again(&mut self.books, &self.erased));
        self.read_again();
        self.list_erased();
        self.audited = Audited::default();
        again
    }

    /// Whether something that was erased since lies in a backup.
    pub fn would_bring_back(&self, at: usize) -> bool {
        let rows = self.backups.get(at).map(|backup| backup.books.rows()).unwrap_or_default();
        rows.iter().any(|(row, _)| row.status != Status::Erased && self.erased_ids.contains(&row.id))
    }

    /// How many entries a device said that it made.
    pub fn told_of(&self, device: DeviceId) -> u64 {
        self.phones.made.get(&device).copied().unwrap_or(0)
    }

    /// Whether somebody who looks can see that this record never came: the device made more than arrived, or
    /// another device came in its place.
    pub fn reports(&self, record: &Record) -> bool {
        let arrived = self.books.rows().iter().filter(|(row, _)| row.device == record.device);
        let told = self.told_of(record.device);
        // What came that it never told of stands for nothing that it told of.
        let arrived: BTreeSet<u64> = arrived.map(|(row, _)| row.seq).filter(|seq| *seq <= told).collect();
        told > u64::try_from(arrived.len()).unwrap_or(0) || self.phones.before.contains(&record.device)
    }
}

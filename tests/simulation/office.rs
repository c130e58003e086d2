//! The office of a run: the real ledger over memory books, with backups and crashes.

use crate::{
    chance::Chance,
    wire::{Answer, Request},
};
use domain::{
    day::Day,
    entry::Entry,
    file::{Directory, Logged, Status, fold},
    id::{HouseholdId, PersonId},
};
use protocol::{
    deposit::{Deposit, DepositAnswer, Head},
    record::{key_id, open, public_of},
    sign_in::OfficeKey,
};
use std::convert::Infallible;
use sync::{
    ledger::{Arrival, Books, begin, cards_asked, meet, page_of, refold, scope_list, take_in, take_in_desk},
    memory::books::MemoryBooks,
};

/// Few cards on a page, so that small unions have many pages.
const CARDS_MAX: usize = 2;

/// The office.
#[derive(Clone, Debug)]
pub struct Office {
    pub books: MemoryBooks,
    pub backups: Vec<Backup>,
    pub counts: Counts,
    secret: [u8; 32],
    sealing: bool,
}

/// A copy of the books.
#[derive(Clone, Debug)]
pub struct Backup {
    pub books: MemoryBooks,
    pub restored: u32,
}

/// What bounds the number of epochs.
#[derive(Clone, Copy, Default, Debug)]
pub struct Counts {
    pub set_back: u32,
    pub begun: u32,
    pub heard: u32,
}

fn sure<T>(result: Result<T, Infallible>) -> T {
    let Ok(value) = result;
    value
}

impl Office {
    pub fn new(chance: &mut Chance, sealing: bool) -> Self {
        let books = MemoryBooks::new(chance.epoch());
        Self { books, backups: Vec::new(), counts: Counts::default(), secret: chance.bytes(), sealing }
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
    pub fn serve(&mut self, person: PersonId, request: &Request, chance: &mut Chance, now_ms: i64) -> Answer {
        let today = Day::at(now_ms, 480);
        match request {
            Request::Deposit(deposit) => Answer::Deposit(self.deposit(person, deposit, chance, now_ms)),
            Request::Changes(cursor) => {
                Answer::Changes(sure(page_of(CARDS_MAX, &mut self.books, person, *cursor, today, now_ms)))
            }
            Request::Scope => Answer::Scope(sure(scope_list(&mut self.books, person, today))),
            Request::Cards(asked) => Answer::Cards(sure(cards_asked(&mut self.books, person, asked, today))),
        }
    }

    fn deposit(
        &mut self,
        person: PersonId,
        deposit: &Deposit,
        chance: &mut Chance,
        now_ms: i64,
    ) -> DepositAnswer {
        let before = self.head().epoch;
        let heard = deposit.shown.is_some_and(|shown| !sure(self.books.knows_epoch(shown.epoch)));
        let met = sure(meet(&mut self.books, deposit.shown, chance.epoch(), now_ms));
        self.counts.heard += u32::from(heard);
        self.counts.begun += u32::from(met.epoch != before);
        let opened = deposit.records.iter().map(|record| {
            let plain = if self.sealing {
                open(&record.bytes, self.secret).ok()
            } else {
                Some(record.bytes.0.clone())
            };
            Arrival::of(record.clone(), plain)
        });
        let arrivals: Vec<Arrival> = opened.collect();
        let receipts = sure(take_in(&mut self.books, person, &arrivals, now_ms));
        let held = self.books.highest_seq(deposit.device);
        let key = OfficeKey { id: self.key().1, public: String::new() };
        DepositAnswer { receipts, head: self.head(), server_time_ms: now_ms, held, key }
    }

    pub fn desk(&mut self, author: PersonId, entry: Entry, now_ms: i64) {
        sure(take_in_desk(&mut self.books, author, &[entry], now_ms));
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
        self.backups.push(Backup { books: self.books.clone(), restored: 0 });
    }

    /// Goes on from a backup; with `announced` as `restore` does it, beginning an epoch. Tells
    /// whether that backup had been gone back to before.
    pub fn set_back(&mut self, at: usize, announced: bool, chance: &mut Chance, now_ms: i64) -> bool {
        let Some(backup) = self.backups.get_mut(at) else { return false };
        backup.restored += 1;
        let again = backup.restored > 1;
        self.books = backup.books.clone();
        self.counts.set_back += 1;
        if announced {
            let count = sure(self.books.count());
            sure(begin(&mut self.books, count, chance.epoch(), now_ms));
            self.counts.begun += 1;
        }
        again
    }

    /// Whether what is projected of the households that changed since `rev` is the fold over their
    /// rows, in an order of chance.
    pub fn check_files(&self, since: u64, chance: &mut Chance) {
        for (household, (rev, file)) in self.books.files() {
            if *rev <= since {
                continue;
            }
            let rows = self.books.rows().iter().map(|(row, _)| row).filter(|row| {
                row.taint != Some(domain::file::Reason::IdTaken)
                    && row.entry.as_ref().is_some_and(|entry| entry.household == *household)
            });
            let rows: Vec<_> = rows.collect();
            let mut shuffled: Vec<Logged> = Vec::new();
            for row in &rows {
                let Some(entry) = row.entry.clone() else { continue };
                shuffled.insert(chance.below(shuffled.len() + 1), Logged { entry, taint: row.taint });
            }
            let folded = fold(&shuffled, &Known(&self.books));
            assert!(folded.file == *file, "the file of {household} is not the fold over its rows");
            for row in rows {
                assert_eq!(folded.statuses.get(&row.id), Some(&row.status), "status of {}", row.id);
            }
        }
    }

    /// Whether every id was appended once.
    pub fn check_ids(&self) {
        for (row, _) in self.books.rows() {
            let standing = self
                .books
                .under(row.id)
                .filter(|(row, _)| row.status != Status::Quarantined(domain::file::Reason::IdTaken));
            assert_eq!(standing.count(), 1, "{} was appended more than once", row.id);
            let same = self.books.under(row.id).filter(|(other, _)| other.hash == row.hash);
            assert_eq!(same.count(), 1, "{} was appended twice with one hash", row.id);
        }
    }
}

struct Known<'a>(&'a MemoryBooks);

impl Directory for Known<'_> {
    fn knows(&self, person: PersonId) -> bool {
        self.0.persons.contains(&person)
    }
}

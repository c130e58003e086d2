//! What befalls a phone, a person or the office as a whole: set back, copied, wiped, killed, its clock moved.

use crate::{fault::Fault, world::World};
use domain::{
    file::{Reason, Status},
    id::EntryId,
};
use protocol::record::{EntryHash, Record};
use std::collections::BTreeSet;
use sync::ledger::LogRow;

const DAY_MS: i64 = 86_400_000;

/// More days than this do not pass in a run: a phone keeps what it sent for 90.
const DAYS_MAX: i64 = 60;

/// What a phone that was thrown away had made.
pub struct Gone {
    pub phone: usize,
    pub records: Vec<Record>,
    /// Its sentinel stayed, so that the next device knows of this one; and nothing happened to that since.
    pub sentinel: bool,
    /// The highest number that the office had been told of by then.
    pub told: u64,
    /// How often the office had been set back by then.
    pub set_back: u32,
}

impl World {
    pub fn set_back(&mut self) {
        let at = self.chance.below(self.office.backups.len());
        if at >= self.office.backups.len() {
            return;
        }
        let announced = self.chance.one_in(2);
        let brings_back = self.office.would_bring_back(at);
        let again = self.office.set_back(at, announced, &mut self.chance, self.now_ms);
        self.fired.note(if announced { Fault::Restored } else { Fault::SetBackSilently });
        self.excuse_what_is_nowhere();
        if brings_back {
            self.fired.note(Fault::ErasedBefore);
        }
        if again && announced {
            self.fired.note(Fault::RestoredTwice);
        }
    }

    pub fn phone_is_copied(&mut self) {
        let at = self.some_phone();
        let (now_ms, fate, few) = (self.now_ms, self.chance.below(4), self.phones.len() < 5);
        let Some(phone) = self.phones.get_mut(at) else { return };
        match fate {
            0 if few => {
                self.doubled.insert(phone.disk.work.counter.device);
                let mut clone = phone.clone();
                clone.restart(now_ms);
                self.phones.push(clone);
                self.fired.note(Fault::Cloned);
            }
            0 | 1 => {
                let Some(older) = phone.snapshots.pop() else { return };
                self.doubled.insert(older.work.counter.device);
                let lost = all_records(phone);
                phone.go_on_from(older, now_ms);
                self.gone.iter_mut().filter(|gone| gone.phone == at).for_each(|gone| gone.sentinel = false);
                let lost: Vec<(EntryId, EntryHash)> =
                    lost.iter().map(|record| (record.id, record.entry_hash)).collect();
                self.went_with_a_phone.extend(lost);
                self.excuse_what_is_nowhere();
                self.fired.note(Fault::ProfileRestored);
            }
            _ => phone.snapshots.push(phone.disk.clone()),
        }
    }

    /// A phone's storage is thrown away, or lost with the power in part.
    pub fn storage_is_lost(&mut self) {
        let (at, fate, undone) = (self.some_phone(), self.chance.below(8), 1 + self.chance.below(3));
        let fresh = self.chance.device(self.now_ms);
        let Some(phone) = self.phones.get_mut(at) else { return };
        if fate > 1 {
            if phone.lose_power(undone, self.now_ms) {
                self.fired.note(Fault::PowerLost);
            }
            return;
        }
        let sentinel = fate == 0;
        let (records, device) = (all_records(phone), phone.disk.work.counter.device);
        let devices = phone.disk.work.counter.devices.clone();
        phone.wipe(fresh, sentinel, self.now_ms);
        self.went_with_a_phone.extend(records.iter().map(|record| (record.id, record.entry_hash)));
        self.excuse_what_is_nowhere();
        let (told, set_back) = (self.office.told_of(device), self.office.counts.set_back);
        if !sentinel {
            self.gone.iter_mut().filter(|gone| gone.phone == at).for_each(|gone| gone.sentinel = false);
        }
        // What a file brought of another phone's is that one's to miss.
        let records = records.into_iter().filter(|record| devices.contains(&record.device)).collect();
        self.gone.push(Gone { phone: at, records, sentinel, told, set_back });
        self.fired.note(if sentinel { Fault::Wiped } else { Fault::Destroyed });
    }

    /// What went with a phone and is nowhere else is nobody's to keep. What the office or another phone has they keep,
    /// until the office is set back or that phone goes, too.
    fn excuse_what_is_nowhere(&mut self) {
        let (books, phones) = (&self.office.books, &self.phones);
        let is_somewhere = |(id, hash): &(EntryId, EntryHash)| {
            // What came damaged is nothing; where nobody can open it, nobody can tell.
            let is_whole = |row: &LogRow| {
                let is_doubtful = self.damaged.contains(id) && row.status == Status::Held;
                row.hash == *hash && row.taint != Some(Reason::Malformed) && !is_doubtful
            };
            books.under(*id).any(|(row, _)| is_whole(row))
                || (!self.damaged.contains(id) && phones.iter().any(|phone| phone.holds(*id, *hash)))
        };
        let gone = std::mem::take(&mut self.went_with_a_phone);
        let (there, nowhere): (BTreeSet<_>, BTreeSet<_>) = gone.into_iter().partition(is_somewhere);
        self.went_with_a_phone = there;
        self.excused.extend(nowhere);
    }

    pub fn clock_jumps(&mut self) {
        let (at, what, ahead) = (self.some_phone(), self.chance.below(5), self.chance.one_in(2));
        let days = [-366, -40, -1, 1, 40, 400].get(self.chance.below(6)).copied().unwrap_or(0);
        let minutes = [480, 540, 420, 0, -660, 840].get(self.chance.below(6)).copied().unwrap_or(480);
        let Some(phone) = self.phones.get_mut(at) else { return };
        self.fired.note(match what {
            0 => {
                phone.zone_minutes += if ahead { 60 } else { -60 };
                Fault::SummerTime
            }
            1 | 2 => {
                phone.zone_minutes = minutes;
                Fault::ZoneJump
            }
            _ => {
                phone.clock_shift_ms = days * DAY_MS;
                Fault::ClockJump
            }
        });
    }

    pub fn days_pass(&mut self) {
        let days = i64::try_from(1 + self.chance.below(20)).unwrap_or(1);
        if self.days_passed + days <= DAYS_MAX {
            self.days_passed += days;
            self.now_ms += days * DAY_MS;
            self.fired.note(Fault::DaysPassed);
        }
        self.time_out();
    }

    pub fn app_is_killed(&mut self) {
        let (at, is_new, is_old) = (self.some_phone(), self.chance.one_in(4), self.chance.one_in(3));
        let Some(phone) = self.phones.get_mut(at) else { return };
        if !phone.disk.drafts.is_empty() {
            self.fired.note(Fault::KilledWithDraft);
        }
        phone.restart(self.now_ms);
        phone.is_too_old = false;
        if is_new {
            phone.has_newer_app = true;
        } else if is_old && phone.has_newer_app {
            phone.has_newer_app = false;
            if phone.disk.work.outbox.keys().any(|id| self.newer.contains(id)) {
                self.fired.note(Fault::AppDowngraded);
            }
        }
    }

    /// A session ends or begins; somebody is not to come in any more, or is known (again).
    pub fn somebody_comes_or_goes(&mut self) {
        let (at, fate) = (self.some_phone(), self.chance.below(11));
        let person = self.chance.pick(&self.persons).copied();
        match (fate, self.phones.get_mut(at), person) {
            (0, Some(phone), _) if phone.signed_in => {
                phone.signed_in = false;
                self.fired.note(Fault::SessionExpired);
            }
            (1, _, Some(person)) => {
                // All sessions end with it. What was made before still comes in, and counts.
                self.phones.iter_mut().filter(|phone| phone.person == person).for_each(|phone| {
                    phone.signed_in = false;
                });
                self.office.revoked.insert(person);
                self.fired.note(Fault::Revoked);
            }
            (2, _, Some(person)) => {
                self.office.revoked.remove(&person);
            }
            (5, ..) => {
                self.office.lose_the_key();
                self.fired.note(Fault::KeyLost);
            }
            (6, ..) => self.office.key_returns(),
            (7, _, Some(person)) => {
                self.office.no_helpers.insert(person);
            }
            (8, _, Some(person)) => {
                self.office.no_helpers.remove(&person);
            }
            (9, ..) => {
                let learnt = self.office.is_upgraded().then_some(Fault::KindLearnt);
                learnt.into_iter().for_each(|fault| self.fired.note(fault));
            }
            (3 | 4, Some(phone), _) => phone.signed_in = !phone.only_deposits,
            (_, _, Some(person)) => self.office.know(&[person]),
            _ => {}
        }
    }
}

fn all_records(phone: &crate::phone::Phone) -> Vec<Record> {
    let work = &phone.disk.work;
    work.outbox.values().chain(work.sent.values().map(|sent| &sent.record)).cloned().collect()
}

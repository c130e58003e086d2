//! A helper does something and finishes it: the draft, then one strict transaction, whatever comes in between.

use crate::{
    desk,
    fault::Fault,
    helper::{self, Around},
    phone::Phone,
    world::World,
};
use domain::{
    day::Day,
    entry::Act,
    id::{EntryId, HouseholdId},
    visit::{Companion, Visit},
};
use protocol::record::{CannotOpen, EntryHash, Sealed};
use sync::replica::{self, Made, Making};

impl World {
    pub fn helper_acts(&mut self) {
        let at = self.some_phone();
        let now_ms = self.now_ms;
        // The day is that of the place where the helper is.
        let zone_minutes = self.phones.get(at).map_or(480, |phone| phone.zone_minutes);
        let today = Day::at(now_ms, zone_minutes);
        let around = Around {
            households: &self.households,
            persons: &self.persons,
            visits: &self.visits,
            today,
            now_ms,
        };
        let Some(phone) = self.phones.get(at) else { return };
        let (household, act) = helper::act(phone, &around, &mut self.chance);
        let mut making = self.making(at, None, household, &act);
        if self.chance.one_in(40) {
            making.kind = "of_a_newer_app".to_owned();
            self.fired.note(Fault::NewerApp);
        }
        if let Act::Visit(Visit { companion: Some(Companion::Person(_)), .. }) = act {
            self.visits.push((making.id, household));
        }
        let id = making.id;
        if let Some(phone) = self.phones.get_mut(at) {
            phone.disk.drafts.insert(id, making);
        }
        if self.chance.one_in(3) {
            return; // He goes on writing later.
        }
        self.save(at, id);
    }

    pub fn making(&mut self, at: usize, id: Option<EntryId>, household: HouseholdId, act: &Act) -> Making {
        let (key, key_id) = if self.sealing { self.office.key() } else { ([0; 32], String::new()) };
        let phone = self.phones.get(at);
        let (author, shift_ms) = phone.map_or((desk::DESK, 0), |phone| (phone.person, phone.clock_shift_ms));
        let clock_offset_ms = phone.and_then(|phone| phone.clock_offset_ms);
        Making {
            id: id.unwrap_or_else(|| self.chance.entry_id(self.now_ms + shift_ms)),
            kind: act.kind().to_owned(),
            payload: act.payload(),
            household,
            author,
            wall_ms: self.now_ms + shift_ms,
            clock_offset_ms,
            nonce: self.chance.bytes(),
            seal_random: self.chance.bytes(),
            key_id,
            key,
        }
    }

    pub fn finish_a_draft(&mut self) {
        let at = self.some_phone();
        let Some(phone) = self.phones.get(at) else { return };
        let drafts: Vec<EntryId> = phone.disk.drafts.keys().copied().collect();
        if let Some(id) = self.chance.pick(&drafts).copied() {
            self.save(at, id);
        }
    }

    /// 完成: one strict transaction of record, own copy, number; the draft goes once it is there.
    fn save(&mut self, at: usize, id: EntryId) {
        let (fate, coin, sealing) = (self.chance.below(14), self.chance.one_in(2), self.sealing);
        let Some(phone) = self.phones.get_mut(at) else { return };
        let Some(making) = phone.disk.drafts.get(&id).cloned() else { return };
        let work = &mut phone.disk.work;
        let mut commit = || {
            let saved = work.save(id, |counter| make(counter, &making, sealing));
            assert!(saved.is_ok(), "a record could not be sealed");
        };
        match fate {
            0 => {
                self.fired.note(Fault::CrashBeforeCommit);
                return phone.restart(self.now_ms);
            }
            1 => {
                self.fired.note(Fault::CrashAfterCommit);
                commit();
                return phone.restart(self.now_ms);
            }
            2 => {
                // Nobody knows whether it happened; the form is still there.
                self.fired.note(Fault::CommitUnknown);
                if coin {
                    commit();
                }
                return;
            }
            3 => {
                self.fired.note(Fault::QuotaAtSave);
                return;
            }
            4 => {
                self.fired.note(Fault::ConnectionLost);
                if coin {
                    commit();
                }
            }
            5 => {
                self.fired.note(Fault::SecondTap);
                commit();
            }
            _ => {}
        }
        commit();
        phone.disk.drafts.remove(&id);
        phone.next_try_ms = self.now_ms;
        // What a damaged file brought here before is not what was typed.
        let hash =
            work_record(phone, id).filter(|_| !self.misread.contains(&id) && !self.spoilt.contains(&id));
        self.acknowledged.extend(hash.map(|hash| (id, hash)));
    }
}

pub fn make(counter: &replica::Counter, making: &Making, sealing: bool) -> Result<Made, CannotOpen> {
    if sealing {
        replica::make(counter, making)
    } else {
        replica::make_with(counter, making, |plain| Ok(Sealed(plain.to_vec())))
    }
}

pub fn work_record(phone: &Phone, id: EntryId) -> Option<EntryHash> {
    let work = &phone.disk.work;
    let record = work.outbox.get(&id).or_else(|| work.sent.get(&id).map(|sent| &sent.record));
    record.map(|record| record.entry_hash)
}

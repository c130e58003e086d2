//! A helper does something and finishes it: the draft, then one strict transaction, whatever comes in between.

use crate::{
    desk,
    fault::Fault,
    helper::{self, Around},
    office::NEWER,
    phone::Phone,
    wire::{Carried, Wire},
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
        let phone_is_newer = phone.has_newer_app;
        let (household, act) = helper::act(phone, &around, &mut self.chance);
        let mut making = self.making(at, None, household, &act);
        if phone_is_newer && self.chance.one_in(4) {
            making.kind.push(NEWER);
            self.newer.insert(making.id);
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
            4 => return self.connection_is_lost(at, id),
            5 => {
                self.fired.note(Fault::SecondTap);
                commit();
            }
            _ => {}
        }
        commit();
        self.saved(at, id, making.household);
    }

    /// The transaction is aborted with all that was in it, and before it is repeated an answer is written down.
    fn connection_is_lost(&mut self, at: usize, id: EntryId) {
        self.fired.note(Fault::ConnectionLost);
        let (sealing, phones) = (self.sealing, &mut self.phones);
        let Some((phone, making)) = phones
            .get_mut(at)
            .and_then(|phone| phone.disk.drafts.get(&id).cloned().map(|making| (phone, making)))
        else {
            return;
        };
        let mut aborted = phone.disk.work.clone();
        assert!(
            aborted.save(id, |counter| make(counter, &making, sealing)).is_ok(),
            "it could not be sealed"
        );
        let is_its = |wire: &Wire| wire.phone == at && matches!(wire.what, Carried::Answer(_));
        if let Some(answer) = self.wires.iter().position(is_its) {
            let wire = self.wires.remove(answer);
            if let Carried::Answer(answer) = wire.what.clone() {
                self.answer_arrives(&wire, answer, false);
            }
        }
        let Some(phone) = self.phones.get_mut(at) else { return };
        let saved = phone.disk.work.save(id, |counter| make(counter, &making, sealing));
        assert!(saved.is_ok(), "a record could not be sealed");
        self.saved(at, id, making.household);
    }

    /// It is said to be saved: from here on it must not be lost.
    fn saved(&mut self, at: usize, id: EntryId, household: HouseholdId) {
        self.about.insert(id, household);
        self.note_company(at, household);
        let now_ms = self.now_ms;
        let Some(phone) = self.phones.get_mut(at) else { return };
        phone.disk.drafts.remove(&id);
        phone.next_try_ms = now_ms;
        // What a damaged file brought here before is not what was typed.
        let hash =
            work_record(phone, id).filter(|_| !self.misread.contains(&id) && !self.spoilt.contains(&id));
        self.acknowledged.extend(hash.map(|hash| (id, hash)));
    }

    /// Notes who else has something unsent.
    fn note_company(&mut self, at: usize, household: HouseholdId) {
        let Some(person) = self.phones.get(at).map(|phone| phone.person) else { return };
        for (_, phone) in self.phones.iter().enumerate().filter(|(other, _)| *other != at) {
            let mut unsent = phone.disk.work.outbox.keys();
            if phone.person == person && unsent.len() > 0 {
                self.fired.note(Fault::TwoOfOnePerson);
            }
            if unsent.any(|id| self.about.get(id) == Some(&household)) {
                self.fired.note(Fault::TwoOfOneHousehold);
            }
        }
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

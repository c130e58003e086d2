//! One run: three phones (one only deposits), one office, one desk, step by step from a seed. What is
//! under way between them is `carrying`'s, what befalls phones and office as a whole `mishap`'s.

use crate::{
    chance::Chance,
    desk,
    fault::{Fault, Fired},
    helper::{self, Around},
    office::Office,
    phone::Phone,
    wire::Wire,
};
use domain::{
    day::Day,
    entry::Act,
    id::{EntryId, HouseholdId, PersonId},
    visit::{Companion, Visit},
};
use protocol::record::{EntryHash, Sealed};
use std::collections::BTreeSet;
use sync::replica::{self, Made, Making};

/// 2026-11-21 09:00 in China.
const START_MS: i64 = 1_795_222_800_000;

/// How long a phone waits for an answer.
const PATIENCE_MS: i64 = 30_000;

/// A run.
pub struct World {
    pub chance: Chance,
    pub now_ms: i64,
    pub office: Office,
    pub phones: Vec<Phone>,
    pub fired: Fired,
    /// Saves that were acknowledged: what must never be lost.
    pub acknowledged: Vec<(EntryId, EntryHash)>,
    /// What was destroyed with a profile that went on from an older copy; nobody promised that.
    pub excused: BTreeSet<(EntryId, EntryHash)>,
    /// Stands for all that happened, in order.
    pub trace: u64,
    pub households: Vec<HouseholdId>,
    pub persons: Vec<PersonId>,
    pub wires: Vec<Wire>,
    visits: Vec<(EntryId, HouseholdId)>,
    pub sealing: bool,
    /// Tells every step: for a replay.
    pub aloud: bool,
}

impl World {
    pub fn new(seed: u64, sealing: bool) -> Self {
        let mut chance = Chance::new(seed);
        let mut office = Office::new(&mut chance, sealing);
        let persons: Vec<PersonId> = (1..=3).map(|n| PersonId::from_bytes([n; 16])).collect();
        let households: Vec<HouseholdId> = (0..5).map(|_| chance.household(START_MS)).collect();
        let phones =
            persons.iter().enumerate().map(|(n, person)| Phone::new(*person, n == 2, &mut chance, START_MS));
        let phones: Vec<Phone> = phones.collect();
        office.know(&[desk::DESK]);
        let mut fired = Fired::default();
        for person in &persons {
            if chance.one_in(4) {
                fired.note(Fault::UnknownPerson);
            } else {
                office.know(&[*person]);
            }
        }
        let (acknowledged, excused, wires, visits) = Default::default();
        let (now_ms, trace) = (START_MS, seed);
        let mut world = Self {
            chance,
            now_ms,
            office,
            phones,
            fired,
            acknowledged,
            excused,
            trace,
            households,
            persons,
            wires,
            visits,
            sealing,
            aloud: false,
        };
        world.open_some_files();
        world
    }

    fn open_some_files(&mut self) {
        let today = self.today();
        for household in self.households.clone().into_iter().take(3) {
            let acts = [
                desk::register(today, &mut self.chance),
                desk::assign(today, &self.persons, &mut self.chance),
                desk::assign(today, &self.persons, &mut self.chance),
            ];
            for act in acts {
                let entry = desk::make(household, &act, &mut self.chance, self.now_ms);
                self.office.desk(desk::DESK, entry, self.now_ms);
            }
        }
    }

    pub fn today(&self) -> Day {
        Day::at(self.now_ms, 480)
    }

    /// Notes something in the trace.
    pub fn note(&mut self, what: u64) {
        self.trace = (self.trace ^ what).wrapping_mul(0x0100_0000_01B3).rotate_left(23);
    }

    /// One step of whatever chance chooses, faults among it.
    pub fn step(&mut self) {
        self.now_ms += i64::try_from(self.chance.below(20_000)).unwrap_or(0);
        let what = self.chance.below(100);
        self.note(u64::try_from(what).unwrap_or(0));
        match what {
            0..=19 => self.helper_acts(),
            20..=29 => self.finish_a_draft(),
            30..=49 => self.phones_try(),
            50..=79 => (0..=self.chance.below(4)).for_each(|_| self.deliver(true)),
            80..=88 => self.desk_acts(),
            89 | 90 => self.office.back_up(),
            91 => self.set_back(),
            92 | 93 => self.phone_is_copied(),
            94 => self.clock_jumps(),
            95 => self.app_is_killed(),
            96 => self.know_somebody(),
            _ => self.time_passes(),
        }
        if self.aloud {
            self.tell(what);
        }
        let head = self.office.head();
        self.note(head.rev);
        self.note(u64::from_le_bytes(*head.chain.as_bytes()));
    }

    fn tell(&mut self, what: usize) {
        let head = self.office.head();
        println!("{what:2} office {:?} {} {:?}", head.epoch, head.rev, head.chain);
        for (at, phone) in self.phones.iter().enumerate() {
            let work = &phone.disk.work;
            let shown = work.head.map(|head| format!("{:?} {} {:?}", head.epoch, head.rev, head.chain));
            let (outbox, sent, waits) = (work.outbox.len(), work.sent.len(), phone.doing.is_some());
            println!("   phone {at}: {outbox} unsent, {sent} received, waits {waits}, was shown {shown:?}");
        }
    }

    pub fn some_phone(&mut self) -> usize {
        self.chance.below(self.phones.len())
    }

    fn helper_acts(&mut self) {
        let at = self.some_phone();
        let (today, now_ms) = (self.today(), self.now_ms);
        let around = Around {
            households: &self.households,
            persons: &self.persons,
            visits: &self.visits,
            today,
            now_ms,
        };
        let Some(phone) = self.phones.get(at) else { return };
        let (household, act) = helper::act(phone, &around, &mut self.chance);
        let making = self.making(at, None, household, &act);
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
        let (author, shift_ms) =
            self.phones.get(at).map_or((desk::DESK, 0), |phone| (phone.person, phone.clock_shift_ms));
        Making {
            id: id.unwrap_or_else(|| self.chance.entry_id(self.now_ms + shift_ms)),
            kind: act.kind().to_owned(),
            payload: act.payload(),
            household,
            author,
            wall_ms: self.now_ms + shift_ms,
            clock_offset_ms: None,
            nonce: self.chance.bytes(),
            seal_random: self.chance.bytes(),
            key_id,
            key,
        }
    }

    fn finish_a_draft(&mut self) {
        let at = self.some_phone();
        let Some(phone) = self.phones.get(at) else { return };
        let drafts: Vec<EntryId> = phone.disk.drafts.keys().copied().collect();
        if let Some(id) = self.chance.pick(&drafts).copied() {
            self.save(at, id);
        }
    }

    /// 完成: one strict transaction of record, own copy, number; the draft goes once it is there.
    fn save(&mut self, at: usize, id: EntryId) {
        let fate = self.chance.below(12);
        let sealing = self.sealing;
        let Some(phone) = self.phones.get_mut(at) else { return };
        let Some(making) = phone.disk.drafts.get(&id).cloned() else { return };
        let work = &mut phone.disk.work;
        let mut commit = || work.save(id, |counter| make(counter, &making, sealing));
        match fate {
            0 => {
                self.fired.note(Fault::CrashBeforeCommit);
                return phone.restart(self.now_ms);
            }
            1 => {
                self.fired.note(Fault::CrashAfterCommit);
                let _ = commit();
                return phone.restart(self.now_ms);
            }
            2 => {
                self.fired.note(Fault::CommitUnknown);
                if id.as_bytes().first().is_some_and(|byte| byte % 2 == 0) {
                    return; // It did not happen; the form is still there.
                }
                let _ = commit();
                return;
            }
            3 => {
                self.fired.note(Fault::SecondTap);
                let _ = commit();
            }
            _ => {}
        }
        let saved = commit();
        assert!(saved.is_ok(), "a record could not be sealed");
        phone.disk.drafts.remove(&id);
        phone.next_try_ms = self.now_ms;
        let record = work_record(phone, id);
        if let Some(hash) = record {
            self.acknowledged.push((id, hash));
        }
    }

    fn phones_try(&mut self) {
        let at = self.some_phone();
        let (now_ms, Some(phone)) = (self.now_ms, self.phones.get_mut(at)) else { return };
        if phone.doing.is_some() {
            if now_ms - phone.since_ms > PATIENCE_MS {
                phone.fail(&mut self.chance, now_ms);
            }
            return;
        }
        let request = phone.begin(now_ms);
        self.ask(at, request);
    }

    fn desk_acts(&mut self) {
        let mut households = self.households.clone();
        households.extend(self.office.households());
        let entry = desk::entry(&self.office, &households, &self.persons, &mut self.chance, self.now_ms);
        let Some(entry) = entry else { return };
        if self.chance.one_in(12) {
            return self.fired.note(Fault::OfficeCrash);
        }
        let before = self.office.head().rev;
        self.office.desk(desk::DESK, entry, self.now_ms);
        self.office.check_files(before, &mut self.chance);
    }

    fn know_somebody(&mut self) {
        if let Some(person) = self.chance.pick(&self.persons).copied() {
            self.office.know(&[person]);
        }
    }

    fn time_passes(&mut self) {
        self.now_ms += 60_000;
        let now_ms = self.now_ms;
        for phone in &mut self.phones {
            if phone.doing.is_some() && now_ms - phone.since_ms > PATIENCE_MS {
                phone.fail(&mut self.chance, now_ms);
            }
        }
    }

    /// The faults stop: a second of the time after, in which everything under way arrives in order.
    pub fn quiet_second(&mut self) {
        self.now_ms += 1_000;
        self.time_out();
        for at in 0..self.phones.len() {
            let now_ms = self.now_ms;
            let Some(phone) = self.phones.get_mut(at) else { continue };
            if phone.doing.is_none() && phone.next_try_ms <= now_ms {
                let request = phone.begin(now_ms);
                self.ask(at, request);
            }
        }
        while !self.wires.is_empty() {
            self.deliver(false);
            if self.aloud {
                self.tell(100);
            }
        }
    }

    fn time_out(&mut self) {
        let now_ms = self.now_ms;
        for phone in &mut self.phones {
            if phone.doing.is_some() && now_ms - phone.since_ms > PATIENCE_MS {
                phone.fail(&mut self.chance, now_ms);
            }
        }
    }

    /// The desk makes known again whom a set-back office forgot.
    pub fn know_everybody(&mut self) {
        let persons = self.persons.clone();
        self.office.know(&persons);
        self.office.know(&[desk::DESK]);
    }
}

pub fn make(
    counter: &replica::Counter,
    making: &Making,
    sealing: bool,
) -> Result<Made, protocol::record::CannotOpen> {
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

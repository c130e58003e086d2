//! One run: four phones (one only deposits, two are one person's), one office, one desk, step by step from a seed.
//! What is under way between them is `carrying`'s, what is saved `saving`'s, what befalls phones and office as a
//! whole `mishap`'s.

use crate::{
    chance::Chance,
    desk,
    fault::{Fault, Fired},
    mishap::Gone,
    office::Office,
    phone::Phone,
    rescuing::Rescue,
    wire::Wire,
};
use domain::{
    day::Day,
    id::{DeviceId, EntryId, HouseholdId, PersonId},
};
use protocol::record::EntryHash;
use std::collections::{BTreeMap, BTreeSet};

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
    /// What was lost with a phone and was nowhere else by then, or later; nobody promised that.
    pub excused: BTreeSet<(EntryId, EntryHash)>,
    /// What was lost with a phone, and is at the office or on another phone.
    pub went_with_a_phone: BTreeSet<(EntryId, EntryHash)>,
    /// What newer apps made.
    pub newer: BTreeSet<EntryId>,
    /// Which household each saved entry is about.
    pub about: BTreeMap<EntryId, HouseholdId>,
    /// Until then a gateway answers for the office.
    pub gateway_until_ms: i64,
    /// What was thrown away with a phone's storage: every such loss must be seen at the office.
    pub gone: Vec<Gone>,
    /// Queues that were saved to files.
    pub files: Vec<Rescue>,
    /// Records that a file brought damaged, in whatever way.
    pub damaged: BTreeSet<EntryId>,
    /// Records that came with half of their bytes.
    pub spoilt: BTreeSet<EntryId>,
    /// Records that came with another hash.
    pub misread: BTreeSet<EntryId>,
    /// Devices that were copied or set back: of those, two may have made an entry under one number.
    pub doubled: BTreeSet<DeviceId>,
    pub days_passed: i64,
    /// Stands for all that happened, in order.
    pub trace: u64,
    pub households: Vec<HouseholdId>,
    pub persons: Vec<PersonId>,
    pub wires: Vec<Wire>,
    /// Visits that name a companion.
    pub visits: Vec<(EntryId, HouseholdId)>,
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
        // The first person has two.
        let owners = persons.iter().chain(persons.first()).enumerate();
        let phones: Vec<Phone> =
            owners.map(|(n, person)| Phone::new(*person, n == 2, &mut chance, START_MS)).collect();
        office.know(&[desk::DESK]);
        let mut fired = Fired::default();
        for person in &persons {
            if chance.one_in(4) {
                fired.note(Fault::UnknownPerson);
            } else {
                office.know(&[*person]);
            }
        }
        let (acknowledged, excused, gone, doubled, wires, visits) = Default::default();
        let (files, damaged, spoilt, misread) = Default::default();
        let (went_with_a_phone, newer, about, gateway_until_ms) = Default::default();
        let (now_ms, days_passed, trace) = (START_MS, 0, seed);
        let mut world = Self {
            chance,
            now_ms,
            office,
            phones,
            fired,
            acknowledged,
            excused,
            went_with_a_phone,
            newer,
            about,
            gateway_until_ms,
            gone,
            files,
            damaged,
            spoilt,
            misread,
            doubled,
            days_passed,
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
            80..=87 => self.desk_acts(),
            88 => self.a_queue_is_rescued(),
            89 | 90 => self.office.back_up(),
            91 => self.set_back(),
            92 | 93 => self.phone_is_copied(),
            94 => self.clock_jumps(),
            95 => self.app_is_killed(),
            96 => self.somebody_comes_or_goes(),
            97 => self.storage_is_lost(),
            98 => self.days_pass(),
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
        if entry.kind == "erase" {
            self.fired.note(Fault::Erased);
        }
        self.office.desk(desk::DESK, entry, self.now_ms);
        self.office.check(&mut self.chance);
    }

    fn time_passes(&mut self) {
        self.now_ms += 60_000;
        self.time_out();
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

    /// Who has waited too long gives up for now.
    pub fn time_out(&mut self) {
        let now_ms = self.now_ms;
        for phone in &mut self.phones {
            if phone.doing.is_some() && now_ms - phone.since_ms > PATIENCE_MS {
                phone.fail(&mut self.chance, now_ms);
            }
        }
    }

    /// The desk makes known again whom a set-back office forgot; who may signs in.
    pub fn everybody_comes_back(&mut self) {
        let persons = self.persons.clone();
        self.office.know(&persons);
        self.office.know(&[desk::DESK]);
        self.office.revoked.clear();
        self.office.no_helpers.clear();
        self.office.key_returns();
        self.gateway_until_ms = 0;
        for phone in &mut self.phones {
            phone.signed_in = !phone.only_deposits;
            phone.is_too_old = false;
            phone.portal_until_ms = 0;
        }
    }
}

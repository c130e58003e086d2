//! One run: three phones (one only deposits), one office, one desk, and what goes wrong between them,
//! step by step from a seed. After every step what must always hold is checked.

use crate::{
    chance::Chance,
    desk,
    fault::{Fault, Fired},
    helper::{self, Around},
    office::Office,
    phone::{Death, Doing, Next, Phone},
    wire::{Answer, Carried, Request, Wire},
};
use domain::{
    day::Day,
    entry::Act,
    id::{EntryId, HouseholdId, PersonId},
    visit::{Companion, Visit},
};
use protocol::record::{EntryHash, Sealed};
use std::collections::BTreeSet;
use sync::replica::{self, Lost, Made, Making};

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
    wires: Vec<Wire>,
    visits: Vec<(EntryId, HouseholdId)>,
    sealing: bool,
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

    fn some_phone(&mut self) -> usize {
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

    fn making(&mut self, at: usize, id: Option<EntryId>, household: HouseholdId, act: &Act) -> Making {
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

    fn ask(&mut self, at: usize, request: Request) {
        let Some(phone) = self.phones.get_mut(at) else { return };
        phone.since_ms = self.now_ms;
        let (attempt, person) = (phone.attempt, phone.person);
        self.wires.push(Wire { phone: at, attempt, person, what: Carried::Request(request) });
    }

    /// Something under way arrives, or does not.
    fn deliver(&mut self, faults: bool) {
        let at = if faults { self.chance.below(self.wires.len()) } else { 0 };
        if at >= self.wires.len() {
            return;
        }
        let wire = self.wires.remove(at);
        match wire.what.clone() {
            Carried::Request(request) => {
                let overtook =
                    self.wires.iter().take(at).any(|other| matches!(other.what, Carried::Request(_)));
                if overtook {
                    self.fired.note(Fault::Reordered);
                }
                self.request_arrives(wire, &request, faults);
            }
            Carried::Answer(answer) => self.answer_arrives(&wire, answer, faults),
        }
    }

    fn request_arrives(&mut self, wire: Wire, request: &Request, faults: bool) {
        let fate = if faults { self.chance.below(20) } else { usize::MAX };
        let many = matches!(request, Request::Deposit(deposit) if deposit.records.len() > 1);
        let answer = match fate {
            0 => return self.fired.note(Fault::RequestLost),
            1 => {
                self.fired.note(Fault::OfficeCrash);
                // All of it happens in one transaction that is never committed.
                let mut doomed = self.office.clone();
                doomed.serve(wire.person, request, &mut self.chance, self.now_ms);
                return;
            }
            2 => {
                self.fired.note(Fault::Refused);
                Answer::Refused
            }
            3 | 4 if many => {
                self.fired.note(Fault::TooLarge);
                Answer::TooLarge
            }
            _ => self.office_serves(wire.person, request),
        };
        match fate {
            5 => return self.fired.note(Fault::AnswerLost),
            6 => {
                self.fired.note(Fault::Duplicated);
                self.wires.push(wire.clone());
            }
            _ => {}
        }
        self.wires.push(Wire { what: Carried::Answer(answer), ..wire });
    }

    fn office_serves(&mut self, person: PersonId, request: &Request) -> Answer {
        let before = self.office.head().rev;
        let answer = self.office.serve(person, request, &mut self.chance, self.now_ms);
        self.office.check_files(before, &mut self.chance);
        answer
    }

    fn answer_arrives(&mut self, wire: &Wire, answer: Answer, faults: bool) {
        let death = match if faults { self.chance.below(24) } else { usize::MAX } {
            0 => Some(Death::BeforeCommit),
            1 => Some(Death::AfterCommit),
            _ => None,
        };
        let Some(phone) = self.phones.get_mut(wire.phone) else { return };
        if phone.attempt != wire.attempt {
            return; // Nobody waits for it any more.
        }
        let fetching = matches!(phone.doing, Some(Doing::Fetching { .. }));
        let device = phone.disk.work.counter.device;
        let next = phone.hear(answer, death, &mut self.chance, self.now_ms);
        if phone.disk.work.counter.device != device {
            self.fired.note(Fault::DeviceReopened);
        }
        match next {
            Next::Ask(request) => self.ask(wire.phone, request),
            Next::Offer(lost) => self.offer(wire.phone, lost),
            Next::Died => self.fired.note(match (death, fetching) {
                (Some(Death::BeforeCommit), _) => Fault::CrashBeforeCommit,
                (_, true) => Fault::CrashBetweenDatabases,
                (_, false) => Fault::CrashAfterCommit,
            }),
            Next::Rest => {}
        }
    }

    /// Households that the office lost are saved as proposals.
    fn offer(&mut self, at: usize, lost: Vec<Lost>) {
        for Lost { id, household, act } in lost {
            self.fired.note(Fault::HouseholdLost);
            let making = self.making(at, Some(id), household, &act);
            let sealing = self.sealing;
            let Some(phone) = self.phones.get_mut(at) else { return };
            let saved = phone.disk.work.save(id, |counter| make(counter, &making, sealing));
            assert!(saved.is_ok(), "a record could not be sealed");
            phone.next_try_ms = self.now_ms;
            self.acknowledged.extend(work_record(phone, id).map(|hash| (id, hash)));
        }
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

    fn set_back(&mut self) {
        let at = self.chance.below(self.office.backups.len());
        if at >= self.office.backups.len() {
            return;
        }
        let announced = self.chance.one_in(2);
        let again = self.office.set_back(at, announced, &mut self.chance, self.now_ms);
        self.fired.note(if announced { Fault::Restored } else { Fault::SetBackSilently });
        if again && announced {
            self.fired.note(Fault::RestoredTwice);
        }
    }

    fn phone_is_copied(&mut self) {
        let at = self.some_phone();
        let (now_ms, fate, few) = (self.now_ms, self.chance.below(4), self.phones.len() < 4);
        let Some(phone) = self.phones.get_mut(at) else { return };
        match fate {
            0 if few => {
                let mut clone = phone.clone();
                clone.restart(now_ms);
                self.phones.push(clone);
                self.fired.note(Fault::Cloned);
            }
            0 | 1 => {
                let Some(older) = phone.snapshots.pop() else { return };
                let lost = phone
                    .disk
                    .work
                    .outbox
                    .values()
                    .chain(phone.disk.work.sent.values().map(|sent| &sent.record));
                let lost: Vec<(EntryId, EntryHash)> =
                    lost.map(|record| (record.id, record.entry_hash)).collect();
                phone.disk = older;
                self.excused.extend(lost.into_iter().filter(|(id, hash)| !phone.holds(*id, *hash)));
                phone.restart(now_ms);
                self.fired.note(Fault::ProfileRestored);
            }
            _ => phone.snapshots.push(phone.disk.clone()),
        }
    }

    fn clock_jumps(&mut self) {
        let at = self.some_phone();
        let days = [-366, -40, -1, 1, 40, 400].get(self.chance.below(6)).copied().unwrap_or(0);
        if let Some(phone) = self.phones.get_mut(at) {
            phone.clock_shift_ms = days * 86_400_000;
            self.fired.note(Fault::ClockJump);
        }
    }

    fn app_is_killed(&mut self) {
        let at = self.some_phone();
        if let Some(phone) = self.phones.get_mut(at) {
            if !phone.disk.drafts.is_empty() {
                self.fired.note(Fault::KilledWithDraft);
            }
            phone.restart(self.now_ms);
        }
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

fn make(
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

fn work_record(phone: &Phone, id: EntryId) -> Option<EntryHash> {
    let work = &phone.disk.work;
    let record = work.outbox.get(&id).or_else(|| work.sent.get(&id).map(|sent| &sent.record));
    record.map(|record| record.entry_hash)
}

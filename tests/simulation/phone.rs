//! A phone of a run: its disk, what it is just doing, and the real plans of `sync::replica`.
//!
//! Every answer that is written down goes through [`Phone::write`] and [`Phone::write_cards`], which are told
//! beforehand where it stops.

use crate::{
    chance::Chance,
    wire::{Answer, Request},
};
use domain::{
    entry::{Act, Entry},
    file::Status,
    id::{DeviceId, EntryId, HouseholdId, PersonId},
};
use protocol::{
    changes::{CardList, ChangesPage},
    deposit::{Deposit, DepositAnswer, Head, RECORDS_MAX},
    record::{EntryHash, Record},
};
use std::collections::BTreeMap;
use sync::{
    memory::disk::{Cards, Work},
    replica::{self, CardsWrite, Counter, Making, ScopeGap, WorkWrite},
};

/// What survives a crash.
#[derive(Clone, Debug)]
pub struct Disk {
    pub work: Work,
    pub cards: Cards,
    pub drafts: BTreeMap<EntryId, Making>,
}

/// A phone.
#[derive(Clone, Debug)]
pub struct Phone {
    pub person: PersonId,
    /// It never has a session: it may add, and reads nothing.
    pub only_deposits: bool,
    /// Its session is good.
    pub signed_in: bool,
    /// It writes kinds of entries that an office of its day cannot read.
    pub has_newer_app: bool,
    /// Whoever answers says that its app is too old.
    pub is_too_old: bool,
    /// Until then it is behind a captive portal.
    pub portal_until_ms: i64,
    pub clock_shift_ms: i64,
    pub zone_minutes: i32,
    /// How far the office's clock was ahead at the last contact.
    pub clock_offset_ms: Option<i64>,
    pub disk: Disk,
    /// What `cards` was before each of the last transactions: those are relaxed, a loss of power may undo them.
    undone_by_power_loss: Vec<Cards>,
    /// Older copies of the disk.
    pub snapshots: Vec<Disk>,
    pub doing: Option<Doing>,
    pub attempt: u64,
    pub since_ms: i64,
    pub failures: u32,
    pub next_try_ms: i64,
    /// When the last try began that heard all it asked for.
    pub in_touch_ms: i64,
    begun_ms: i64,
    records_max: usize,
}

/// What the app waits for; gone with a crash.
#[derive(Clone, Debug)]
pub enum Doing {
    Depositing { deposit: Deposit, counter: Counter, shown: Option<Head> },
    Fetching { shown: Option<Head> },
    AskingScope,
    AskingCards { gap: ScopeGap, head: Head },
}

/// What a step of a phone leads to.
#[derive(Clone, Debug)]
pub enum Next {
    /// It asks.
    Ask(Request),
    /// It is done for this time.
    Rest,
    /// It is stopped there.
    Stopped(Stop),
    /// Households that the office lost, to be offered again.
    Offer(Vec<replica::Lost>),
}

/// What stops an answer from being written down. After the commit of `work` is before that of `cards`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    /// The app dies before the transaction commits.
    BeforeCommit,
    /// The app dies after it.
    AfterCommit,
    /// The app dies when all is written.
    AfterAll,
    /// The storage is full: the transaction is aborted, the app lives.
    Quota,
}

/// How many relaxed transactions a loss of power may undo.
const RELAXED_MAX: usize = 3;

/// How long a phone waits that is asked to sign in.
const LONGEST_MS: i64 = 300_000;

impl Phone {
    pub fn new(person: PersonId, only_deposits: bool, chance: &mut Chance, now_ms: i64) -> Self {
        let work = Work::new(Counter::fresh(chance.device(now_ms)));
        Self {
            person,
            only_deposits,
            signed_in: !only_deposits,
            has_newer_app: chance.one_in(5),
            is_too_old: false,
            portal_until_ms: 0,
            clock_shift_ms: 0,
            zone_minutes: 480,
            clock_offset_ms: None,
            undone_by_power_loss: Vec::new(),
            disk: Disk { work, cards: Cards::default(), drafts: BTreeMap::new() },
            snapshots: Vec::new(),
            doing: None,
            attempt: 0,
            since_ms: now_ms,
            failures: 0,
            next_try_ms: now_ms,
            in_touch_ms: 0,
            begun_ms: 0,
            records_max: RECORDS_MAX,
        }
    }

    /// The app dies and starts again.
    pub fn restart(&mut self, now_ms: i64) {
        self.doing = None;
        self.attempt += 1;
        self.failures = 0;
        self.records_max = RECORDS_MAX;
        self.next_try_ms = now_ms;
    }

    /// Begins a try: a deposit, or a greeting that shows the head.
    pub fn begin(&mut self, now_ms: i64) -> Request {
        self.begun_ms = now_ms;
        self.attempt += 1;
        self.offer()
    }

    fn offer(&mut self) -> Request {
        let work = &self.disk.work;
        let outbox: Vec<Record> = work.outbox.values().cloned().collect();
        let deposit = replica::deposit(&work.counter, work.head, &outbox, self.records_max);
        let (counter, shown) = (work.counter.clone(), work.head);
        self.doing = Some(Doing::Depositing { deposit: deposit.clone(), counter, shown });
        Request::Deposit(deposit)
    }

    /// Takes an answer. The disk is written in transactions; `stop` says whether and where that ends early.
    pub fn hear(&mut self, answer: Answer, stop: Option<Stop>, chance: &mut Chance, now_ms: i64) -> Next {
        let Some(doing) = self.doing.take() else { return Next::Rest };
        let next = match (doing, answer) {
            (Doing::Depositing { deposit, counter, shown }, Answer::Deposit(answer)) => {
                self.clock_offset_ms = Some(answer.server_time_ms - (now_ms + self.clock_shift_ms));
                self.received(&deposit, &counter, shown, &answer, stop, chance.device(now_ms))
            }
            (Doing::Fetching { shown }, Answer::Changes(page)) => self.page(shown, &page, stop),
            (Doing::AskingScope, Answer::Scope(list)) => {
                let held: Vec<HouseholdId> = self.disk.cards.cards.keys().copied().collect();
                let gap = replica::scope_gap(&list.households, &held);
                let asked = [gap.missing.clone(), gap.surplus.clone()].concat();
                self.doing = Some(Doing::AskingCards { gap, head: list.head });
                Next::Ask(Request::Cards(asked))
            }
            (Doing::AskingCards { gap, head }, Answer::Cards(list)) => self.mend(&gap, head, &list, stop),
            (Doing::Depositing { deposit, .. }, Answer::TooLarge) if deposit.records.len() > 1 => {
                self.records_max = deposit.records.len() / 2;
                Next::Ask(self.offer())
            }
            // Nothing is ever let go of because somebody said no.
            (_, answer) => {
                self.fail(chance, now_ms);
                let asked_ms = match answer {
                    Answer::SignInNeeded => LONGEST_MS,
                    Answer::Refused { retry_after_ms } => retry_after_ms,
                    _ => 0,
                };
                self.next_try_ms = self.next_try_ms.max(now_ms + asked_ms);
                return Next::Rest;
            }
        };
        let next = if stop == Some(Stop::AfterAll) { Next::Stopped(Stop::AfterAll) } else { next };
        match &next {
            Next::Rest | Next::Offer(_) => self.rest(now_ms),
            Next::Stopped(Stop::Quota) => self.fail(chance, now_ms),
            Next::Stopped(_) => self.restart(now_ms),
            Next::Ask(_) => {}
        }
        next
    }

    /// No answer came: waits for 2 s to 5 min, full jitter.
    pub fn fail(&mut self, chance: &mut Chance, now_ms: i64) {
        self.doing = None;
        self.attempt += 1;
        self.failures = (self.failures + 1).min(16);
        let span_ms = (2_000_usize << self.failures).min(300_000);
        self.next_try_ms = now_ms + 2_000 + i64::try_from(chance.below(span_ms - 1_999)).unwrap_or(0);
    }

    fn rest(&mut self, now_ms: i64) {
        self.failures = 0;
        self.in_touch_ms = self.begun_ms;
        self.records_max = RECORDS_MAX;
        let waits = !self.disk.work.outbox.is_empty();
        self.next_try_ms = now_ms + if waits { 2_000 } else { 300_000 };
    }

    /// One transaction of `work`; a record leaves the outbox only for `sent`, with its own receipt.
    fn write(&mut self, writes: &[WorkWrite], stop: Option<Stop>) -> Result<(), Stop> {
        stops_before(stop)?;
        let before: Vec<(EntryId, EntryHash)> =
            self.disk.work.outbox.values().map(|record| (record.id, record.entry_hash)).collect();
        self.disk.work.apply(writes);
        for (id, hash) in before {
            let waits = self.disk.work.outbox.get(&id).is_some_and(|record| record.entry_hash == hash);
            let sent = self.disk.work.sent.get(&id).is_some_and(|sent| {
                sent.record.entry_hash == hash && sent.receipt.id == id && sent.receipt.entry_hash == hash
            });
            let erased = self.disk.work.statuses.get(&id).is_some_and(|line| line.status == Status::Erased);
            assert!(waits || sent || erased, "{id} left the outbox without a receipt of its hash");
        }
        match stop {
            Some(Stop::AfterCommit) => Err(Stop::AfterCommit),
            _ => Ok(()),
        }
    }

    /// One transaction of `cards`, relaxed.
    fn write_cards(&mut self, writes: &[CardsWrite]) {
        if self.undone_by_power_loss.len() == RELAXED_MAX {
            self.undone_by_power_loss.remove(0);
        }
        self.undone_by_power_loss.push(self.disk.cards.clone());
        self.disk.cards.apply(writes);
    }

    /// The power goes: so many of the last transactions of `cards` never happened. Whether there was one.
    pub fn lose_power(&mut self, transactions: usize, now_ms: i64) -> bool {
        let kept = self.undone_by_power_loss.len().saturating_sub(transactions);
        let before = self.undone_by_power_loss.drain(kept..).next();
        self.undone_by_power_loss.clear();
        let undone = before.is_some();
        self.disk.cards = before.unwrap_or_else(|| self.disk.cards.clone());
        self.restart(now_ms);
        undone
    }

    /// The phone goes on from an older copy of its disk.
    pub fn go_on_from(&mut self, older: Disk, now_ms: i64) {
        self.disk = older;
        self.undone_by_power_loss.clear();
        self.restart(now_ms);
    }

    /// The browser threw the databases away; with a sentinel the new ones know which device they were.
    pub fn wipe(&mut self, fresh: DeviceId, sentinel: bool, now_ms: i64) {
        let counter = self.disk.work.counter.clone();
        let counter = if sentinel { counter.reopened_as(fresh) } else { Counter::fresh(fresh) };
        self.disk = Disk { work: Work::new(counter), cards: Cards::default(), drafts: BTreeMap::new() };
        self.undone_by_power_loss.clear();
        self.restart(now_ms);
    }

    fn received(
        &mut self,
        deposit: &Deposit,
        counter: &Counter,
        shown: Option<Head>,
        answer: &DepositAnswer,
        stop: Option<Stop>,
        fresh: DeviceId,
    ) -> Next {
        let before = self.disk.work.outbox.len();
        let writes = replica::absorb_deposit(counter, shown, deposit, answer, fresh);
        if let Err(stop) = self.write(&writes, stop) {
            return Next::Stopped(stop);
        }
        // Without progress it waits for its next try, or it would ask without end.
        if (1..before).contains(&self.disk.work.outbox.len()) {
            return Next::Ask(self.offer());
        }
        if !self.signed_in {
            return Next::Rest;
        }
        self.fetch()
    }

    fn fetch(&mut self) -> Next {
        let shown = self.disk.work.head;
        self.doing = Some(Doing::Fetching { shown });
        Next::Ask(Request::Changes(replica::cursor(shown, self.disk.cards.cursor, self.disk.work.told)))
    }

    fn page(&mut self, shown: Option<Head>, page: &ChangesPage, stop: Option<Stop>) -> Next {
        let plan = replica::absorb_page(shown, page);
        if let Err(stop) = self.write(&plan.work, stop) {
            return Next::Stopped(stop);
        }
        self.write_cards(&plan.cards);
        if page.left > 0 {
            return self.fetch();
        }
        let held: Vec<HouseholdId> = self.disk.cards.cards.keys().copied().collect();
        match &page.scope {
            Some(scope) if !replica::in_step(scope, &held) => {
                self.doing = Some(Doing::AskingScope);
                Next::Ask(Request::Scope)
            }
            _ => Next::Rest,
        }
    }

    /// The phone's households are not its scope: takes what is missing, drops what left, offers again
    /// what the office lost.
    fn mend(&mut self, gap: &ScopeGap, head: Head, list: &CardList, stop: Option<Stop>) -> Next {
        let mut writes: Vec<CardsWrite> =
            list.cards.iter().map(|card| CardsWrite::Put(Box::new(card.clone()))).collect();
        let mut offers = Vec::new();
        for household in &gap.surplus {
            let card = self.disk.cards.cards.get(household);
            let lost = card
                .filter(|_| list.unknown.contains(household))
                .map(|card| replica::propose_again(card, head.epoch, self.disk.work.counter.device));
            let told = |lost: &replica::Lost| self.disk.work.statuses.get(&lost.id).map(|line| line.status);
            match lost {
                Some(lost) if !replica::is_decided(told(&lost)) => offers.push(lost),
                _ if list.cards.iter().any(|card| card.household == *household) => {}
                _ => writes.push(CardsWrite::Drop(*household)),
            }
        }
        if let Err(stop) = stops_before(stop) {
            return Next::Stopped(stop);
        }
        self.write_cards(&writes);
        if let Some(stop) = stop {
            return Next::Stopped(stop);
        }
        offers.retain(|lost| !self.disk.work.own.contains_key(&lost.id));
        if offers.is_empty() { Next::Rest } else { Next::Offer(offers) }
    }

    /// Whether exactly these bytes are still here to be offered (again).
    pub fn holds(&self, id: EntryId, hash: EntryHash) -> bool {
        let work = &self.disk.work;
        work.outbox.get(&id).is_some_and(|record| record.entry_hash == hash)
            || work.sent.get(&id).is_some_and(|sent| sent.record.entry_hash == hash)
    }

    /// One's own visits that were saved on this phone, with their households.
    pub fn own_acts(&self) -> Vec<(EntryId, HouseholdId, Act)> {
        let read =
            self.disk.work.own.values().filter_map(|plain| serde_json::from_slice::<Entry>(plain).ok());
        read.filter_map(|entry| entry.act().ok().map(|act| (entry.id, entry.household, act))).collect()
    }
}

fn stops_before(stop: Option<Stop>) -> Result<(), Stop> {
    match stop {
        Some(stop @ (Stop::BeforeCommit | Stop::Quota)) => Err(stop),
        _ => Ok(()),
    }
}

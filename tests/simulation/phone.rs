//! A phone of a run: its disk, what it is just doing, and the real plans of `sync::replica`.
//!
//! Every write to the disk goes through [`Phone::write`], which asks beforehand whether the app dies.

use crate::{
    chance::Chance,
    wire::{Answer, Request},
};
use domain::{
    entry::{Act, Entry},
    file::{Reason, Status},
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
    /// It has no session: it may add, and reads nothing.
    pub only_deposits: bool,
    pub clock_shift_ms: i64,
    pub disk: Disk,
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
    /// The app died.
    Died,
    /// Households that the office lost, to be offered again.
    Offer(Vec<replica::Lost>),
}

/// Where the app may die. After the commit of `work` is before that of `cards`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Death {
    BeforeCommit,
    AfterCommit,
}

impl Phone {
    pub fn new(person: PersonId, only_deposits: bool, chance: &mut Chance, now_ms: i64) -> Self {
        let work = Work::new(Counter::fresh(chance.device(now_ms)));
        Self {
            person,
            only_deposits,
            clock_shift_ms: 0,
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

    /// Takes an answer. The disk is written in transactions; `death` says whether and where the app
    /// dies meanwhile.
    pub fn hear(&mut self, answer: Answer, death: Option<Death>, chance: &mut Chance, now_ms: i64) -> Next {
        let Some(doing) = self.doing.take() else { return Next::Rest };
        let next = match (doing, answer) {
            (Doing::Depositing { deposit, counter, shown }, Answer::Deposit(answer)) => {
                self.received(&deposit, &counter, shown, &answer, death, chance.device(now_ms))
            }
            (Doing::Fetching { shown }, Answer::Changes(page)) => self.page(shown, &page, death),
            (Doing::AskingScope, Answer::Scope(list)) => {
                let held: Vec<HouseholdId> = self.disk.cards.cards.keys().copied().collect();
                let gap = replica::scope_gap(&list.households, &held);
                let asked = [gap.missing.clone(), gap.surplus.clone()].concat();
                self.doing = Some(Doing::AskingCards { gap, head: list.head });
                Next::Ask(Request::Cards(asked))
            }
            (Doing::AskingCards { gap, head }, Answer::Cards(list)) => self.mend(&gap, head, &list, death),
            (Doing::Depositing { deposit, .. }, Answer::TooLarge) if deposit.records.len() > 1 => {
                self.records_max = deposit.records.len() / 2;
                Next::Ask(self.offer())
            }
            // Nothing is ever let go of because somebody said no.
            _ => {
                self.fail(chance, now_ms);
                return Next::Rest;
            }
        };
        match &next {
            Next::Rest | Next::Offer(_) => self.rest(now_ms),
            Next::Died => self.restart(now_ms),
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
    fn write(&mut self, writes: &[WorkWrite], death: Option<Death>) -> bool {
        if death == Some(Death::BeforeCommit) {
            return false;
        }
        let before: Vec<(EntryId, EntryHash)> =
            self.disk.work.outbox.values().map(|record| (record.id, record.entry_hash)).collect();
        self.disk.work.apply(writes);
        for (id, hash) in before {
            let waits = self.disk.work.outbox.get(&id).is_some_and(|record| record.entry_hash == hash);
            let sent = self.disk.work.sent.get(&id).is_some_and(|sent| {
                sent.record.entry_hash == hash && sent.receipt.id == id && sent.receipt.entry_hash == hash
            });
            assert!(waits || sent, "{id} left the outbox without a receipt of its hash");
        }
        death != Some(Death::AfterCommit)
    }

    fn received(
        &mut self,
        deposit: &Deposit,
        counter: &Counter,
        shown: Option<Head>,
        answer: &DepositAnswer,
        death: Option<Death>,
        fresh: DeviceId,
    ) -> Next {
        let before = self.disk.work.outbox.len();
        let writes = replica::absorb_deposit(counter, shown, deposit, answer, fresh);
        if !self.write(&writes, death) {
            return Next::Died;
        }
        // Without progress it waits for its next try, or it would ask without end.
        if (1..before).contains(&self.disk.work.outbox.len()) {
            return Next::Ask(self.offer());
        }
        if self.only_deposits {
            return Next::Rest;
        }
        self.fetch()
    }

    fn fetch(&mut self) -> Next {
        let shown = self.disk.work.head;
        self.doing = Some(Doing::Fetching { shown });
        Next::Ask(Request::Changes(replica::cursor(shown, self.disk.cards.cursor)))
    }

    fn page(&mut self, shown: Option<Head>, page: &ChangesPage, death: Option<Death>) -> Next {
        let plan = replica::absorb_page(shown, page);
        if !self.write(&plan.work, death) {
            return Next::Died;
        }
        self.disk.cards.apply(&plan.cards);
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
    fn mend(&mut self, gap: &ScopeGap, head: Head, list: &CardList, death: Option<Death>) -> Next {
        let mut writes: Vec<CardsWrite> =
            list.cards.iter().map(|card| CardsWrite::Put(Box::new(card.clone()))).collect();
        let mut offers = Vec::new();
        for household in &gap.surplus {
            let card = self.disk.cards.cards.get(household);
            let lost = card
                .filter(|_| list.unknown.contains(household))
                .map(|card| replica::propose_again(card, head.epoch, self.disk.work.counter.device));
            let refused = |lost: &replica::Lost| {
                let told = self.disk.work.statuses.get(&lost.id).map(|line| line.status);
                told == Some(Status::Quarantined(Reason::Refused))
            };
            match lost {
                Some(lost) if !refused(&lost) => offers.push(lost),
                _ if list.cards.iter().any(|card| card.household == *household) => {}
                _ => writes.push(CardsWrite::Drop(*household)),
            }
        }
        if death == Some(Death::BeforeCommit) {
            return Next::Died;
        }
        self.disk.cards.apply(&writes);
        if death.is_some() {
            return Next::Died;
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

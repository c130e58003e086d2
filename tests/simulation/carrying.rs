//! What is under way between phones and office: lost, doubled, overtaken, late, cut, refused, or delivered.

use crate::{
    fault::Fault,
    phone::{Doing, Next, Stop},
    saving::{make, work_record},
    wire::{Answer, Carried, Request, Wire},
    world::World,
};
use serde::{Serialize, de::DeserializeOwned};
use sync::replica::Lost;

const DAY_MS: i64 = 86_400_000;

/// What happens to a request before the office serves it, or instead.
const REFUSALS: [(Fault, Answer); 6] = [
    (Fault::SignInAsked, Answer::SignInNeeded),
    (Fault::Forbidden, Answer::Refused { retry_after_ms: 0 }),
    (Fault::Conflict, Answer::Refused { retry_after_ms: 0 }),
    (Fault::TooMany, Answer::Refused { retry_after_ms: 90_000 }),
    (Fault::BadGateway, Answer::NotTheOffice),
    (Fault::Portal, Answer::NotTheOffice),
];

impl World {
    pub fn ask(&mut self, at: usize, request: Request) {
        let Some(phone) = self.phones.get_mut(at) else { return };
        phone.since_ms = self.now_ms;
        phone.attempt += 1;
        let (attempt, person, signed_in) = (phone.attempt, phone.person, phone.signed_in);
        let (due_ms, what) = (self.now_ms, Carried::Request(request));
        self.wires.push(Wire { phone: at, attempt, person, signed_in, due_ms, what });
    }

    /// Something under way arrives, or does not.
    pub fn deliver(&mut self, faults: bool) {
        let at = if faults { self.chance.below(self.wires.len()) } else { 0 };
        if self.wires.get(at).is_none_or(|wire| faults && wire.due_ms > self.now_ms) {
            return;
        }
        let wire = self.wires.remove(at);
        if wire.due_ms < self.now_ms - DAY_MS {
            self.fired.note(Fault::Delayed);
        }
        if faults && self.chance.one_in(60) {
            let days = i64::try_from(1 + self.chance.below(30)).unwrap_or(1);
            self.wires.push(Wire { due_ms: self.now_ms + days * DAY_MS, ..wire });
            return;
        }
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
        let fate = if faults { self.chance.below(28) } else { usize::MAX };
        let answer = match fate {
            0 => return self.fired.note(Fault::RequestLost),
            1 => {
                self.fired.note(Fault::OfficeCrash);
                // All of it happens in one transaction that is never committed.
                let mut doomed = self.office.clone();
                doomed.serve(&wire, request, &mut self.chance, self.now_ms);
                return;
            }
            2 => match self.refusal(request) {
                Some(refusal) => refusal,
                None => self.office_serves(&wire, request),
            },
            3 if matches!(request, Request::Deposit(_)) => {
                self.fired.note(Fault::RequestCut);
                if let Request::Deposit(deposit) = request {
                    self.half_is_not_understood(deposit);
                }
                Answer::Refused { retry_after_ms: 0 }
            }
            _ => self.office_serves(&wire, request),
        };
        match fate {
            4 => return self.fired.note(Fault::AnswerLost),
            5 => {
                self.fired.note(Fault::Duplicated);
                self.wires.push(wire.clone());
            }
            _ => {}
        }
        self.wires.push(Wire { what: Carried::Answer(answer), due_ms: self.now_ms, ..wire });
    }

    /// Somebody says no before the office hears of it. Too large is what has more than one record.
    fn refusal(&mut self, request: &Request) -> Option<Answer> {
        let many = matches!(request, Request::Deposit(deposit) if deposit.records.len() > 1);
        if many && self.chance.one_in(2) {
            self.fired.note(Fault::TooLarge);
            return Some(Answer::TooLarge);
        }
        let (fault, refusal) = self.chance.pick(&REFUSALS)?.clone();
        self.fired.note(fault);
        Some(refusal)
    }

    /// What is cut anywhere is nothing: it never reads as something shorter.
    fn half_is_not_understood<T: Serialize + DeserializeOwned>(&mut self, whole: &T) {
        let bytes = serde_json::to_vec(whole).unwrap_or_default();
        let cut = bytes.get(..self.chance.below(bytes.len())).unwrap_or_default();
        assert!(serde_json::from_slice::<T>(cut).is_err(), "half a body was understood");
    }

    fn office_serves(&mut self, wire: &Wire, request: &Request) -> Answer {
        let before = self.office.head().rev;
        let answer = self.office.serve(wire, request, &mut self.chance, self.now_ms);
        self.office.check_files(before, &mut self.chance);
        answer
    }

    fn answer_arrives(&mut self, wire: &Wire, answer: Answer, faults: bool) {
        let fate = if faults { self.chance.below(32) } else { usize::MAX };
        let stop = match fate {
            0 => Some(Stop::BeforeCommit),
            1 => Some(Stop::AfterCommit),
            2 => Some(Stop::AfterAll),
            3 => Some(Stop::Quota),
            _ => None,
        };
        let answer = if fate == 4 { self.cut(&answer) } else { answer };
        let Some(phone) = self.phones.get_mut(wire.phone) else { return };
        if phone.attempt != wire.attempt {
            return; // Nobody waits for it any more.
        }
        let fetching = matches!(phone.doing, Some(Doing::Fetching { .. }));
        let device = phone.disk.work.counter.device;
        let next = phone.hear(answer, stop, &mut self.chance, self.now_ms);
        if phone.disk.work.counter.device != device {
            self.fired.note(Fault::DeviceReopened);
        }
        match next {
            Next::Ask(request) => self.ask(wire.phone, request),
            Next::Offer(lost) => self.offer(wire.phone, lost),
            Next::Stopped(stop) => self.fired.note(match (stop, fetching) {
                (Stop::BeforeCommit, _) => Fault::CrashBeforeCommit,
                (Stop::AfterCommit, true) => Fault::CrashBetweenDatabases,
                (Stop::AfterCommit | Stop::AfterAll, _) => Fault::CrashAfterCommit,
                (Stop::Quota, _) => Fault::QuotaAtAnswer,
            }),
            Next::Rest => {}
        }
    }

    /// Half of an answer.
    fn cut(&mut self, answer: &Answer) -> Answer {
        self.fired.note(Fault::AnswerCut);
        match answer {
            Answer::Deposit(answer) => self.half_is_not_understood(answer),
            Answer::Changes(page) => self.half_is_not_understood(page),
            Answer::Scope(list) => self.half_is_not_understood(list),
            Answer::Cards(list) => self.half_is_not_understood(list),
            _ => {}
        }
        Answer::NotTheOffice
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
}

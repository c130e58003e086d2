//! What is under way between phones and office: lost, doubled, overtaken, late, cut, refused, or delivered.

use crate::{
    fault::Fault,
    phone::{Doing, Next, Stop},
    saving::{make, work_record},
    scope::Scope,
    wire::{Answer, Carried, Request, Wire},
    world::World,
};
use serde::{Serialize, de::DeserializeOwned};
use sync::replica::Lost;

const DAY_MS: i64 = 86_400_000;

/// 426: no word of what was deposited.
const TOO_OLD: Answer = Answer::Refused { retry_after_ms: 0 };

/// 502 of a gateway that asks to wait.
const OFFICE_IS_DOWN: Answer = Answer::Refused { retry_after_ms: 30_000 };

/// How long a portal or a gateway without its office lasts.
const IN_THE_WAY_MS: usize = 600_000;

/// What happens to a request before the office serves it, or instead.
const REFUSALS: [(Fault, Answer); 7] = [
    (Fault::SignInAsked, Answer::SignInNeeded),
    (Fault::Forbidden, Answer::Refused { retry_after_ms: 0 }),
    (Fault::Conflict, Answer::Refused { retry_after_ms: 0 }),
    (Fault::TooMany, Answer::Refused { retry_after_ms: 90_000 }),
    (Fault::UpgradeAsked, TOO_OLD),
    (Fault::BadGateway, OFFICE_IS_DOWN),
    (Fault::Portal, Answer::NotTheOffice),
];

impl World {
    pub fn ask(&mut self, at: usize, request: Request) {
        let Some(phone) = self.phones.get_mut(at) else { return };
        phone.since_ms = self.now_ms;
        phone.attempt += 1;
        let (attempt, person, signed_in) = (phone.attempt, phone.person, phone.signed_in);
        let (due_ms, what) = (self.now_ms, Carried::Request(request));
        self.wires.push(Wire { phone: at, attempt, person, signed_in, due_ms, is_late: false, what });
    }

    /// Something under way arrives, or does not.
    pub fn deliver(&mut self, faults: bool) {
        let at = if faults { self.chance.below(self.wires.len()) } else { 0 };
        if self.wires.get(at).is_none_or(|wire| faults && wire.due_ms > self.now_ms) {
            return;
        }
        let wire = self.wires.remove(at);
        if wire.is_late && wire.due_ms <= self.now_ms {
            self.fired.note(Fault::Delayed);
        }
        if faults && self.chance.one_in(60) {
            let days = i64::try_from(1 + self.chance.below(30)).unwrap_or(1);
            self.wires.push(Wire { due_ms: self.now_ms + days * DAY_MS, is_late: true, ..wire });
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
        if let Some(answer) = self.in_the_way(wire.phone) {
            return self.answer_goes(wire, answer);
        }
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
            2 => match self.refusal(wire.phone, request) {
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
        self.answer_goes(wire, answer);
    }

    fn answer_goes(&mut self, wire: Wire, answer: Answer) {
        let (what, due_ms) = (Carried::Answer(answer), self.now_ms);
        self.wires.push(Wire { what, due_ms, is_late: false, ..wire });
    }

    /// Who answers a phone for a while instead of the office.
    fn in_the_way(&mut self, at: usize) -> Option<Answer> {
        let phone = self.phones.get(at)?;
        let (fault, answer) = if phone.is_too_old {
            (Fault::UpgradeAsked, TOO_OLD)
        } else if self.now_ms < phone.portal_until_ms {
            (Fault::Portal, Answer::NotTheOffice)
        } else if self.now_ms < self.gateway_until_ms {
            (Fault::BadGateway, OFFICE_IS_DOWN)
        } else {
            return None;
        };
        self.fired.note(fault);
        Some(answer)
    }

    /// Somebody says no before the office hears of it. Too large is what has more than one record.
    fn refusal(&mut self, at: usize, request: &Request) -> Option<Answer> {
        let many = matches!(request, Request::Deposit(deposit) if deposit.records.len() > 1);
        if many && self.chance.one_in(2) {
            self.fired.note(Fault::TooLarge);
            return Some(Answer::TooLarge);
        }
        let (fault, refusal) = self.chance.pick(&REFUSALS)?.clone();
        self.fired.note(fault);
        let until_ms = self.now_ms + i64::try_from(self.chance.below(IN_THE_WAY_MS)).unwrap_or(0);
        match (fault, self.phones.get_mut(at)) {
            (Fault::UpgradeAsked, Some(phone)) => phone.is_too_old = true,
            (Fault::Portal, Some(phone)) => phone.portal_until_ms = until_ms,
            (Fault::BadGateway, _) => self.gateway_until_ms = until_ms,
            _ => {}
        }
        Some(refusal)
    }

    /// What is cut anywhere is nothing: it never reads as something shorter.
    fn half_is_not_understood<T: Serialize + DeserializeOwned>(&mut self, whole: &T) {
        let bytes = serde_json::to_vec(whole).unwrap_or_default();
        let cut = bytes.get(..self.chance.below(bytes.len())).unwrap_or_default();
        assert!(serde_json::from_slice::<T>(cut).is_err(), "half a body was understood");
    }

    fn office_serves(&mut self, wire: &Wire, request: &Request) -> Answer {
        let answer = self.office.serve(wire, request, &mut self.chance, self.now_ms);
        if matches!(answer, Answer::Refused { .. }) {
            self.fired.note(Fault::RoleChanged);
        }
        self.office.check(&mut self.chance);
        let leaving = answer.households();
        if !leaving.is_empty() {
            let scope = Scope::of(&self.office.books, self.today());
            let strange = leaving.into_iter().find(|household| !scope.has(wire.person, *household));
            assert!(strange.is_none(), "{strange:?} left the office for somebody who does not carry it");
        }
        answer
    }

    pub fn answer_arrives(&mut self, wire: &Wire, answer: Answer, faults: bool) {
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

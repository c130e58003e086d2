//! What is under way between phones and office: lost, doubled, overtaken, refused, or delivered.

use crate::{
    fault::Fault,
    phone::{Death, Doing, Next},
    wire::{Answer, Carried, Request, Wire},
    world::{World, make, work_record},
};
use domain::id::PersonId;
use sync::replica::Lost;

impl World {
    pub fn ask(&mut self, at: usize, request: Request) {
        let Some(phone) = self.phones.get_mut(at) else { return };
        phone.since_ms = self.now_ms;
        let (attempt, person) = (phone.attempt, phone.person);
        self.wires.push(Wire { phone: at, attempt, person, what: Carried::Request(request) });
    }

    /// Something under way arrives, or does not.
    pub fn deliver(&mut self, faults: bool) {
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
}

//! Turns the acts that count into observations, slot by slot.

use super::{Set, VisitLine, judging::Court};
use crate::{
    answer::Answer,
    day::Day,
    entry::{Act, Entry, Reading},
    id::DeviceId,
    import::ROSTER,
    observation::{Manner, Observation},
    slot::{Slot, Value, Values},
};

/// Every observation of the acts that count.
pub(super) fn all(set: &Set<'_>, court: &Court<'_, '_>, visits: &[VisitLine]) -> Vec<(Slot, Observation)> {
    let mut observed = Vec::new();
    for (read, act) in set.acts().filter(|(read, _)| court.counts(read.entry.id)) {
        let entry = &read.entry;
        match act {
            Act::Register(register) => stated(entry, register.day, &register.stated, &mut observed),
            Act::Import(import) => {
                let from = observed.len();
                stated(entry, import.day, &import.stated, &mut observed);
                observed.iter_mut().skip(from).for_each(|(_, one)| one.by = ROSTER);
            }
            Act::Propose(propose) if court.proposes(entry.id) => {
                stated(entry, propose.day, &propose.stated, &mut observed)
            }
            Act::Settle(settle) => {
                let value = Some(settle.value.clone());
                observed.push((settle.slot, one(entry, settle.day, Manner::Settled, value)));
            }
            _ => {}
        }
    }
    for line in visits {
        // The version's own entry gives device and seq: an amend is a later word than its visit.
        if let Some(read) = set.0.get(&line.version) {
            slots_of_visit(line, read.entry.device, read.entry.seq, &mut observed);
        }
    }
    observed
}

/// The observations of one visit.
pub(super) fn of_visit(line: &VisitLine, device: DeviceId, seq: u64) -> Vec<(Slot, Observation)> {
    let mut observed = Vec::new();
    slots_of_visit(line, device, seq, &mut observed);
    observed
}

/// At an attempt nobody was met, so nothing was observed, whatever answers it carries.
fn slots_of_visit(line: &VisitLine, device: DeviceId, seq: u64, observed: &mut Vec<(Slot, Observation)>) {
    if line.visit.is_attempt() {
        return;
    }
    let mut push = |slot: Slot, manner: Manner, value: Option<Value>| {
        let (entry, by, day) = (line.version, line.author, line.visit.day);
        observed.push((slot, Observation { entry, device, seq, by, day, manner, value }));
    };
    for (item, answer) in &line.visit.answers {
        match answer {
            Answer::Unchanged { confirmed } => each(confirmed, Manner::Confirmed, &mut push),
            Answer::Changed { stated, confirmed } => {
                each(stated, Manner::Stated, &mut push);
                // What was said anew was not also confirmed.
                let untouched = confirmed.iter().filter(|(slot, _)| !stated.contains_key(slot));
                untouched.for_each(|(slot, value)| push(*slot, Manner::Confirmed, Some(value.clone())));
            }
            Answer::Declined => push(Slot::of_item(*item), Manner::Declined, None),
            Answer::NotAsked { .. } => {}
        }
    }
}

fn each(values: &Values, manner: Manner, push: &mut impl FnMut(Slot, Manner, Option<Value>)) {
    for (slot, value) in values {
        push(*slot, manner, Some(value.clone()));
    }
}

fn stated(entry: &Entry<Reading>, day: Day, values: &Values, observed: &mut Vec<(Slot, Observation)>) {
    let each =
        values.iter().map(|(slot, value)| (*slot, one(entry, day, Manner::Stated, Some(value.clone()))));
    observed.extend(each);
}

fn one(entry: &Entry<Reading>, day: Day, manner: Manner, value: Option<Value>) -> Observation {
    let (device, seq, by) = (entry.device, entry.seq, entry.author);
    Observation { entry: entry.id, device, seq, by, day, manner, value }
}

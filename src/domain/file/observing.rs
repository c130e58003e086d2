//! Turns the acts that count into observations, slot by slot.

use super::VisitLine;
use crate::{
    answer::Answer,
    entry::{Act, Entry},
    id::DeviceId,
    observation::{Manner, Observation},
    slot::{Slot, Value, Values},
};

/// Every observation of the acts that count.
pub(super) fn all(counted: &[(&Entry, &Act)], visits: &[VisitLine]) -> Vec<(Slot, Observation)> {
    let mut observed = Vec::new();
    for (entry, act) in counted {
        match act {
            Act::Register(register) => {
                observed.extend(stated(entry, register.day, &register.stated));
            }
            Act::Propose(propose) => observed.extend(stated(entry, propose.day, &propose.stated)),
            Act::Settle(settle) => {
                let value = Some(settle.value.clone());
                observed.push((settle.slot, one(entry, settle.day, Manner::Settled, value)));
            }
            _ => {}
        }
    }
    for line in visits {
        // The version's own entry gives device and seq: an amend is a later word than its visit.
        if let Some((entry, _)) = counted.iter().find(|(entry, _)| entry.id == line.version) {
            observed.extend(slots_of_visit(line, entry.device, entry.seq));
        }
    }
    observed
}

/// The observations of one visit, without their slots.
pub(super) fn of_visit(line: &VisitLine, device: DeviceId, seq: u64) -> Vec<Observation> {
    slots_of_visit(line, device, seq).into_iter().map(|(_, observation)| observation).collect()
}

fn slots_of_visit(line: &VisitLine, device: DeviceId, seq: u64) -> Vec<(Slot, Observation)> {
    let mut observed = Vec::new();
    let mut push = |slot: Slot, manner: Manner, value: Option<Value>| {
        let (entry, by, day) = (line.version, line.author, line.visit.day);
        observed.push((slot, Observation { entry, device, seq, by, day, manner, value }));
    };
    for (item, answer) in &line.visit.answers {
        match answer {
            Answer::Unchanged { confirmed } => each(confirmed, Manner::Confirmed, &mut push),
            Answer::Changed { stated, confirmed } => {
                each(stated, Manner::Stated, &mut push);
                each(confirmed, Manner::Confirmed, &mut push);
            }
            Answer::Declined => push(Slot::of_item(*item), Manner::Declined, None),
            Answer::NotAsked { .. } => {}
        }
    }
    observed
}

fn each(values: &Values, manner: Manner, push: &mut impl FnMut(Slot, Manner, Option<Value>)) {
    for (slot, value) in values {
        push(*slot, manner, Some(value.clone()));
    }
}

fn stated(entry: &Entry, day: crate::day::Day, values: &Values) -> Vec<(Slot, Observation)> {
    let each = values.iter().map(|(slot, value)| (*slot, one(entry, day, Manner::Stated, Some(value.clone()))));
    each.collect()
}

fn one(entry: &Entry, day: crate::day::Day, manner: Manner, value: Option<Value>) -> Observation {
    let (device, seq, by) = (entry.device, entry.seq, entry.author);
    Observation { entry: entry.id, device, seq, by, day, manner, value }
}

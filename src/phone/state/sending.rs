//! The queue in lines and in figures: what waits, where, since when.
//!
//! Pure.

use crate::{
    engine::{LineState, Own, QueueLine},
    gather,
};
use domain::{
    entry::Act,
    id::{EntryId, HouseholdId},
};
use std::collections::{BTreeMap, BTreeSet};

/// Whether the union does not have it yet.
pub const fn is_waiting(state: &LineState) -> bool {
    matches!(state, LineState::OnPhone | LineState::SetAside(_))
}

/// How many of the lines that are shown the union does not have yet.
pub fn waiting(queue: &[QueueLine], own: &[Own]) -> usize {
    lines(queue, own).iter().filter(|line| is_waiting(&line.state)).count()
}

/// In which households something waits.
pub fn waiting_households(queue: &[QueueLine]) -> BTreeSet<HouseholdId> {
    gather::set(queue.iter().filter(|line| is_waiting(&line.state)).filter_map(|line| line.household))
}

/// When the oldest that waits was saved.
pub fn oldest_ms(queue: &[QueueLine]) -> Option<i64> {
    queue.iter().filter(|line| is_waiting(&line.state)).map(|line| line.saved_ms).min()
}

/// The lines that are shown: what was taken back is one line, with its corrections and with what took it back.
pub fn lines(queue: &[QueueLine], own: &[Own]) -> Vec<QueueLine> {
    let acts: BTreeMap<EntryId, &Act> =
        gather::map(own.iter().filter_map(|one| Some((one.entry.id, one.act()?))));
    let first = |id: EntryId| match acts.get(&id) {
        Some(Act::Withdraw(back)) => back.visit,
        Some(Act::Amend(amend)) => amend.visit,
        _ => id,
    };
    let takes_back = |id: EntryId| matches!(acts.get(&id), Some(Act::Withdraw(_)));
    let backs = queue.iter().filter(|line| takes_back(line.id));
    let backs: BTreeMap<EntryId, &QueueLine> = gather::map(backs.map(|line| (first(line.id), line)));
    let here: BTreeSet<EntryId> = gather::set(queue.iter().map(|line| line.id));
    let versions = own.iter().map(|one| one.entry.id).filter(|id| here.contains(id) && !takes_back(*id));
    let latest: BTreeMap<EntryId, EntryId> = gather::map(versions.map(|id| (first(id), id)));
    let told = |line: &QueueLine| {
        let Some(back) = backs.get(&first(line.id)) else { return Some(line.clone()) };
        if matches!(line.state, LineState::SetAside(_)) {
            // It waits for a person, whatever became of the rest.
            return Some(line.clone());
        }
        let is_shown = latest.get(&first(line.id)).is_none_or(|latest| *latest == line.id);
        let QueueLine { state, saved_ms, .. } = (*back).clone();
        let is_received = matches!(state, LineState::Received { .. });
        let state = if is_received && is_waiting(&line.state) { line.state.clone() } else { state };
        // It is the visit that was taken back, in whatever version.
        let is_visit = matches!(acts.get(&line.id), Some(Act::Amend(_)));
        let kind = if is_visit { "visit".to_owned() } else { line.kind.clone() };
        is_shown.then(|| QueueLine { kind, state, saved_ms, ..line.clone() })
    };
    queue.iter().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_waiting, lines};
    use crate::engine::{LineState, Own, QueueLine, SetAside};
    use crate::state::{
        builders::{card, day, entry},
        form::Form,
    };
    use domain::{
        entry::{Act, Amend, Withdraw},
        id::EntryId,
    };
    use std::sync::Arc;

    const RECEIVED: LineState = LineState::Received { at_ms: 5 };

    fn id(n: u8) -> EntryId {
        EntryId::new(i64::from(n), [n; 10])
    }

    fn told(made: &[(u8, Act, LineState)]) -> Vec<(EntryId, bool)> {
        let own = |(n, act, state): &(u8, Act, LineState)| Own {
            entry: Arc::new(entry(*n, act).read()),
            state: state.clone(),
            ahead_of_cards: false,
        };
        let own: Vec<Own> = made.iter().map(own).collect();
        let line = |own: &Own| QueueLine {
            id: own.entry.id,
            household: Some(own.entry.household),
            kind: own.entry.kind.clone(),
            saved_ms: 0,
            state: own.state.clone(),
        };
        let queue: Vec<QueueLine> = own.iter().map(line).collect();
        lines(&queue, &own).iter().map(|line| (line.id, is_waiting(&line.state))).collect()
    }

    #[test]
    fn a_visit_that_was_taken_back_is_one_line_with_what_took_it_back() {
        let form = || Form::new(card(), day(9), 1, None).visit();
        let visit = || Act::Visit(form());
        let amend = Act::Amend(Amend { visit: id(1), replaces: id(1), version: form() });
        let back = |of: u8| Act::Withdraw(Withdraw { visit: id(of), why: String::new() });
        let waits = LineState::OnPhone;
        let sent = [(1, visit(), RECEIVED), (2, visit(), RECEIVED), (3, back(1), RECEIVED)];
        assert_eq!(told(&sent), [(id(1), false), (id(2), false)]);
        let going = [(1, visit(), RECEIVED), (2, back(1), waits.clone())];
        assert_eq!(told(&going), [(id(1), true)], "it waits to be taken back");
        let unsent = [(1, visit(), waits.clone()), (2, amend.clone(), waits.clone()), (3, back(1), RECEIVED)];
        assert_eq!(told(&unsent), [(id(2), true)], "corrected before");
        assert_eq!(
            told(&[(1, visit(), RECEIVED), (2, amend.clone(), waits)]),
            [(id(1), false), (id(2), true)]
        );
        let aside = LineState::SetAside(SetAside::TooLarge);
        let held_up = [(1, visit(), aside), (2, amend, RECEIVED), (3, back(1), RECEIVED)];
        assert_eq!(told(&held_up), [(id(1), true), (id(2), false)], "what is set aside is always shown");
        assert_eq!(told(&[(3, back(1), RECEIVED)]), [(id(3), false)], "the visit has left the queue");
    }
}

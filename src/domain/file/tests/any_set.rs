//! Whatever set of entries there is: no order decides, and withdrawing is the inverse of recording.

use super::story::*;
use crate::{
    entry::{Act, Unmerge},
    file::{
        Logged, Reason, Status,
        erasing::{Gone, gone},
        fold,
    },
    id::EntryId,
    visit::Visit,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// An entry of any kind, which may name any other.
fn any_entry(n: u8) -> impl Strategy<Value = Logged> {
    let taint = prop_oneof![9 => Just(None), 1 => Just(Some(Reason::AuthorMismatch))];
    (any_act(), 1..5_u8, taint, 0..20_u8, 1..3_u8).prop_map(move |(act, by, taint, odd, file)| {
        let by = if odd == 0 { 30 } else { by };
        let at_desk = act.is_of_desk() != (odd == 1);
        let logged = if at_desk { from_desk(n, &act) } else { from_phone(n, by, &act) };
        of_file(file, Logged { taint, ..logged })
    })
}

fn any_act() -> impl Strategy<Value = Act> {
    let names = || prop_oneof![Just("A"), Just("B"), Just("")];
    let target = || 1..=SIZE;
    prop_oneof![
        6 => any_visit().prop_map(Act::Visit),
        4 => (target(), target(), any_visit()).prop_map(|(of, replaces, version)| amend(of, replaces, version)),
        1 => target().prop_map(withdraw),
        2 => target().prop_map(confirm),
        1 => (0..6).prop_map(alert),
        2 => (0..6, names()).prop_map(|(on, text)| propose(on, text)),
        3 => (0..6, 1..4_u8, names()).prop_map(|(on, unit, text)| register(on, unit, text)),
        2 => any_import(),
        3 => (1..5_u8, 0..6).prop_map(|(who, from)| assign(who, from)),
        1 => (0..6, 1..4_u8).prop_map(|(on, unit)| move_to(on, unit)),
        1 => (0..6, prop_oneof![Just("A"), Just("B")]).prop_map(|(on, text)| settle(on, text)),
        2 => (target(), any::<bool>()).prop_map(|(of, accept)| judge(of, accept)),
        2 => (1..4_u8, 0..6, prop_oneof![Just(None), target().prop_map(Some)])
            .prop_map(|(need, on, replaces)| correcting(need, on, replaces)),
        1 => (1..4_u8, target(), 0..6).prop_map(|(need, of, on)| tell(need, of, on)),
        1 => (target(), 0..6).prop_map(|(of, on)| take_up(of, on)),
        4 => (target(), target(), any::<bool>()).prop_map(|(of, other, is_one)| pair(of, other, is_one)),
        2 => proptest::collection::vec(target(), 1..4).prop_map(erase),
        2 => (1..3_u8).prop_map(merge),
        1 => target().prop_map(|of| Act::Unmerge(Unmerge { merge: id(of) })),
    ]
}

fn any_import() -> impl Strategy<Value = Act> {
    let unit = prop_oneof![Just(None), (1..4_u8).prop_map(Some)];
    (0..6, unit, prop_oneof![Just("A"), Just("B"), Just("")], 1..5_u8)
        .prop_map(|(on, unit, text, who)| import(on, unit, text, who))
}

fn any_visit() -> impl Strategy<Value = Visit> {
    (0..6, prop_oneof![Just("A"), Just("B"), Just("")], 0..8_u8, 0..4_u8).prop_map(|(on, text, how, need)| {
        let plain = if how % 2 == 0 { visit(on, text) } else { unchanged(on, text) };
        let plain = if how < 4 { with_companion(plain, how + 1) } else { plain };
        let plain = if how == 7 { Visit { met: None, ..plain } } else { plain };
        let plain = if how == 6 { consenting(plain, need.into()) } else { plain };
        let plain = if how == 4 { Visit { before: named("A"), ..plain } } else { plain };
        if need > 0 { asking(plain, need) } else { plain }
    })
}

const SIZE: u8 = 16;

/// A set of entries that mostly has a file, for without one everything waits; half of them of two files.
fn any_set() -> impl Strategy<Value = Vec<Logged>> {
    let entries: Vec<_> = (1..=SIZE).map(any_entry).collect();
    let opened = prop_oneof![1 => Just(false), 4 => Just(true)];
    (entries, opened, any::<bool>()).prop_map(|(mut entries, opened, are_two)| {
        if are_two {
            entries.push(of_file(2, from_desk(103, &move_to(0, 1))));
        } else {
            entries = entries.into_iter().map(|one| of_file(1, one)).collect();
        }
        if opened {
            entries.extend([from_desk(101, &register(0, 1, "")), from_desk(102, &assign(1, 0))]);
        }
        entries
    })
}

fn names(logged: &Logged, visit: EntryId) -> bool {
    match &logged.entry.payload {
        Ok(Act::Amend(act)) => act.visit == visit,
        Ok(Act::Withdraw(act)) => act.visit == visit,
        _ => false,
    }
}

fn judges(logged: &Logged, of: u8) -> bool {
    matches!(&logged.entry.payload, Ok(Act::Judge(act)) if act.entry == id(of))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_order_decides(
        (set, shuffled) in any_set().prop_flat_map(|set| (Just(set.clone()), Just(set).prop_shuffle())),
        repeats in proptest::collection::vec(0..18_usize, 0..6),
    ) {
        let mut arrived = shuffled;
        for at in repeats {
            let again = arrived[at % arrived.len()].clone();
            arrived.insert(at % arrived.len(), again);
        }
        prop_assert_eq!(fold(&set, &Union), fold(&arrived, &Union));
    }

    #[test]
    fn withdrawing_is_the_inverse_of_recording(set in any_set(), at in 0..SIZE) {
        let Some(visit) = set.iter().cycle().skip(at.into()).take(set.len()).find(|one| {
            matches!(one.entry.payload, Ok(Act::Visit(_) | Act::Alert(_))) && one.entry.author != person(30)
        }) else { return Ok(()) };
        let visit = visit.entry.clone();
        let by = visit.author.as_bytes()[0];
        let without: Vec<Logged> =
            set.iter().filter(|one| one.entry.id != visit.id && !names(one, visit.id)).cloned().collect();
        let mut with = set.clone();
        with.push(from_phone(110, by, &withdraw(visit.id.as_bytes()[0])));
        let (with, without) = (fold(&with, &Union), fold(&without, &Union));
        prop_assert_eq!(&with.file, &without.file);
        for (id, status) in &without.statuses {
            let gone = |named: EntryId| !without.statuses.contains_key(&named);
            // What was said of a record that was taken back waits for nothing; of one that never was, it waits.
            let of_gone = set.iter().filter(|one| one.entry.id == *id).any(|one| match &one.entry.payload {
                Ok(Act::Judge(judge)) => gone(judge.entry),
                Ok(Act::Pair(pair)) => gone(pair.visit) || gone(pair.other),
                Ok(Act::TakeUp(taken)) => gone(taken.alert),
                _ => false,
            });
            prop_assert!(of_gone || with.statuses.get(id) == Some(status), "{:?}", id);
        }
    }

    /// Taking an import back is a verdict on each of its entries.
    #[test]
    fn refusing_is_the_inverse_of_importing(set in any_set(), one in any_import()) {
        let without: Vec<Logged> = set.iter().filter(|one| !judges(one, 111)).cloned().collect();
        let mut with = without.clone();
        with.extend([from_desk(111, &one), from_desk(112, &judge(111, false))]);
        prop_assert_eq!(fold(&with, &Union).file, fold(&without, &Union).file);
    }

    #[test]
    fn taking_back_a_proposal_takes_back_all_its_authors_versions(set in any_set()) {
        let proposed = |one: &Logged| matches!(one.entry.payload, Ok(Act::Propose(_)));
        let of = |one: &&Logged| proposed(one) && one.entry.author != person(30);
        let Some(one) = set.iter().find(of).map(|one| one.entry.clone()) else { return Ok(()) };
        let mut with = set.clone();
        with.push(from_phone(110, one.author.as_bytes()[0], &withdraw(one.id.as_bytes()[0])));
        let is_theirs = |one_of: &Logged| proposed(one_of) && one_of.entry.author == one.author;
        let before = fold(&set, &Union).file;
        let without: Vec<Logged> = set.into_iter().filter(|one| !is_theirs(one)).collect();
        let expected = if before.is_open() { before } else { fold(&without, &Union).file };
        prop_assert_eq!(fold(&with, &Union).file, expected);
    }

    /// What is gone is remembered, so it may be taken away; the order that erased it decides nothing more.
    #[test]
    fn what_is_erased_stays_so_and_leaves_no_trace(set in any_set()) {
        let erased = gone(&set, &BTreeSet::new());
        let stays = |one: &&Logged| !erased.contains(&Gone::Entry(one.entry.id));
        let left: Vec<Logged> = set.iter().filter(stays).cloned().collect();
        prop_assert_eq!(gone(&left, &erased), erased.clone());
        let is_order = |one: &&Logged| matches!(one.entry.payload, Ok(Act::Erase(_)));
        let orderless: Vec<Logged> = left.iter().filter(|one| !is_order(one)).cloned().collect();
        prop_assert_eq!(gone(&orderless, &erased), erased);
        prop_assert_eq!(fold(&left, &Union).file, fold(&orderless, &Union).file);
    }

    /// Of visits that only say what is new: an earlier one, amended to whatever day before it, leaves it standing.
    #[test]
    fn amending_history_changes_nothing_that_stands_later(
        earlier in proptest::collection::vec((0..8, prop_oneof![Just("A"), Just("B")]), 1..6),
        at in any::<proptest::sample::Index>(), to in 0..8,
    ) {
        let said = earlier.iter().zip(10..).map(|((on, text), n)| from_phone(n, 1, &Act::Visit(visit(*on, text))));
        let latest = from_phone(50, 1, &Act::Visit(visit(8, "L")));
        let before = super::with_file(said.chain([latest]));
        let of = 10 + u8::try_from(at.index(earlier.len())).unwrap();
        let after = before.iter().cloned().chain([from_phone(60, 1, &amend(of, of, visit(to, "C")))]).collect::<Vec<_>>();
        let (before, after) = (fold(&before, &Union), fold(&after, &Union));
        prop_assert_eq!(after.statuses.get(&id(60)), Some(&Status::Projected));
        prop_assert_eq!(&after.file.standings, &before.file.standings);
        prop_assert_eq!(after.file.visits.len(), before.file.visits.len());
    }

    #[test]
    fn every_entry_has_a_status_and_only_what_counts_is_in_the_file(set in any_set()) {
        let folded = fold(&set, &Union);
        prop_assert_eq!(folded.statuses.len(), set.len());
        let counts = |id: EntryId| folded.statuses.get(&id) == Some(&Status::Projected);
        prop_assert!(folded.file.visits.iter().all(|line| counts(line.version)));
        prop_assert!(folded.file.alerts.iter().all(|line| counts(line.id)));
        let stands = folded.file.standings.values().flat_map(|standing| &standing.values);
        prop_assert!(stands.into_iter().all(|stands| counts(stands.entry)));
    }
}

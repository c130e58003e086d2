//! Whose door first.

use super::{Group, Marks, row, rows};
use crate::state::builders::{card, day, visited};
use domain::{
    day::Day,
    id::{CategoryId, HouseholdId},
    item::{ItemState, Six},
    rules::{Category, Rule},
};
use std::collections::BTreeSet;

fn categories(every: u16) -> Vec<Category> {
    let rule = Rule { visit_every_days: every, ..Rule::fallback() };
    vec![Category {
        id: CategoryId::new(1, [1; 10]),
        name: "特困户".into(),
        position: 0,
        rules: vec![rule],
        closed: false,
    }]
}

fn check(every: u16, today: Day, expected: (Group, i32)) {
    let card = protocol::changes::Card { category: Some(CategoryId::new(1, [1; 10])), ..card() };
    let row = row(&card, &categories(every), today);
    assert_eq!((row.group, row.due.days_since(today)), expected, "every {every} on {today}");
}

#[test]
fn groups_follow_coverage() {
    // Last visited on the 1st.
    check(9, day(11), (Group::Due, -1));
    check(10, day(11), (Group::Soon, 0));
    check(17, day(11), (Group::Soon, 7));
    check(18, day(11), (Group::Later, 8));
}

#[test]
fn most_overdue_comes_first() {
    let at = |n: u8, last: u8| protocol::changes::Card {
        household: HouseholdId::new(1, [n; 10]),
        last_visit: Some(day(last)),
        ..card()
    };
    let (a, b, c) = (at(1, 9), at(2, 2), at(3, 5));
    let found = rows([&a, &b, &c], &[], day(1).plus(200), |_| Marks::default());
    let order: Vec<_> = found.iter().map(|row| row.household).collect();
    assert_eq!(order, vec![b.household, c.household, a.household]);
}

#[test]
fn tiles_are_the_rules_tiles() {
    let states = row(&card(), &[], day(10)).states;
    let expected = Six { spouse: ItemState::NotApplicable, ..Six::from_fn(|_| ItemState::Known) };
    assert_eq!(states, expected);
}

#[test]
fn a_card_says_what_is_to_be_done_beside_a_visit() {
    let new = protocol::changes::Card { last_visit: None, ..card() };
    let (none, this) = (BTreeSet::new(), BTreeSet::from([new.household]));
    assert_eq!(Marks::of(&new, &none, &none), Marks::default());
    assert_eq!(Marks::of(&new, &this, &this), Marks { approved: true, unsent: true, ..Marks::default() });
    // Somebody has been there since it was approved.
    assert_eq!(Marks::of(&card(), &this, &none), Marks::default());
}

#[test]
fn a_card_says_that_nobody_was_met_since_the_last_visit() {
    let check = |attempts: &[u8], last_visit: Option<u8>, expected: Option<u8>| {
        let visits = attempts.iter().map(|on| protocol::changes::CardVisit { met: None, ..visited(*on) });
        let card = protocol::changes::Card {
            visits: visits.chain(last_visit.map(visited)).collect(),
            last_visit: last_visit.map(day),
            ..card()
        };
        let none = BTreeSet::new();
        assert_eq!(Marks::of(&card, &none, &none).tried, expected.map(day), "{attempts:?} {last_visit:?}");
    };
    check(&[], Some(3), None);
    check(&[5], Some(3), Some(5));
    check(&[5, 9, 7], Some(3), Some(9));
    check(&[5], None, Some(5));
    // Later that day, or since, somebody was met.
    check(&[5], Some(5), None);
    check(&[5], Some(6), None);
}

#[test]
fn a_day_the_family_was_told_is_shown_and_brings_them_up_the_list() {
    let visited = |on: u8, next: Option<Day>| protocol::changes::CardVisit { next, ..visited(on) };
    let with = |n: u8, visits: &[(u8, Option<Day>)]| protocol::changes::Card {
        household: HouseholdId::new(1, [n; 10]),
        category: Some(CategoryId::new(1, [1; 10])),
        last_visit: visits.iter().map(|(on, _)| day(*on)).max(),
        visits: visits.iter().rev().map(|(on, next)| visited(*on, *next)).collect(),
        ..card()
    };
    let check = |visits: &[(u8, Option<Day>)], expected: (Option<Day>, Group)| {
        let row = row(&with(1, visits), &categories(60), day(11));
        assert_eq!((row.promised, row.group), expected, "{visits:?}");
        assert_eq!(row.due, row.by.max(row.due), "what was promised changes no figure");
    };
    check(&[(10, None)], (None, Group::Later));
    check(&[(10, Some(day(20)))], (Some(day(20)), Group::Later));
    check(&[(10, Some(day(18)))], (Some(day(18)), Group::Soon));
    // Somebody has been there since; of one day, the later record says it.
    check(&[(3, Some(day(15))), (10, None)], (None, Group::Later));
    check(&[(3, Some(day(15))), (10, Some(day(29)))], (Some(day(29)), Group::Later));
    let (late, promised) = (with(1, &[(2, None)]), with(2, &[(10, Some(day(20)))]));
    let order = rows([&late, &promised], &categories(60), day(11), |_| Marks::default());
    assert_eq!(order[0].household, promised.household);
}

#[test]
fn days_are_counted_to_what_was_promised_until_the_rule_is_broken() {
    let check = |every: u16, next: Option<Day>, expected: i32| {
        let promised = protocol::changes::CardVisit { next, ..visited(1) };
        let card = protocol::changes::Card {
            category: Some(CategoryId::new(1, [1; 10])),
            visits: vec![promised],
            ..card()
        };
        let row = row(&card, &categories(every), day(11));
        assert_eq!(row.counts_to().days_since(day(11)), expected, "every {every}, {next:?}");
    };
    check(40, None, 30);
    check(40, Some(day(26)), 15);
    check(40, Some(day(9)), -2);
    check(12, Some(day(26)), 2);
    check(5, Some(day(26)), -5);
    check(5, Some(day(3)), -5);
}

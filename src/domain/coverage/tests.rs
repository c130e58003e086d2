//! Figures that add up, and items at the edges of their validity.

use super::*;
use crate::{
    id::{ChildId, EntryId, EventId, PersonId},
    import::ROSTER,
    observation::{Standing, Stands},
    slot::{Slot, Value},
    value::{
        ChildValue, Ended, EventKind, EventValue, Marital, NameValue, Rest, SpouseValue, Telephone,
        TelephoneValue, Whose,
    },
};

fn day(n: i32) -> Day {
    Day::from_number(20_000 + n)
}

/// Visit every 10 days; everything is valid for 5.
fn rule() -> Rule {
    Rule { visit_every_days: 10, valid_days: Six::from_fn(|_| 5), ..Rule::fallback() }
}

fn child(n: u8) -> ChildId {
    ChildId::from_bytes([n; 16])
}

fn named(text: &str) -> Value {
    Value::Name(NameValue { text: text.to_owned(), ..NameValue::default() })
}

fn spouse(marital: Marital) -> Value {
    Value::Spouse(SpouseValue { marital, ..SpouseValue::default() })
}

fn standing(values: &[(i32, Value)], declined: Option<i32>) -> Standing {
    let stands = |(on, value): &(i32, Value)| Stands {
        value: value.clone(),
        day: day(*on),
        by: PersonId::from_bytes([1; 16]),
        entry: EntryId::from_bytes([1; 16]),
    };
    Standing { values: values.iter().map(stands).collect(), declined: declined.map(day) }
}

/// The state of an item on some days, given what stands.
#[track_caller]
fn check(item: Item, stands: &[(Slot, Standing)], expected: &[(i32, ItemState)]) {
    let standings: Standings = stands.iter().cloned().collect();
    let standing = item_standing(&standings, item, &rule());
    for (on, state) in expected {
        assert_eq!(standing.on(day(*on)), *state, "on day {on}");
    }
}

#[test]
fn a_value_is_known_through_the_last_day_of_its_validity() {
    use ItemState::{Declined, Known, Rivals, Stale, Unknown};
    check(Item::Name, &[], &[(0, Unknown)]);
    check(
        Item::Name,
        &[(Slot::Name, standing(&[(0, named("A"))], None))],
        &[(0, Known), (5, Known), (6, Stale)],
    );
    check(
        Item::Name,
        &[(Slot::Name, standing(&[(0, named("A")), (0, named("B"))], None))],
        &[(0, Rivals), (9, Rivals)],
    );
    check(Item::Name, &[(Slot::Name, standing(&[], Some(0)))], &[(0, Declined), (9, Declined)]);
    let declined_since = standing(&[(0, named("A"))], Some(3));
    check(Item::Name, &[(Slot::Name, declined_since)], &[(3, Known), (5, Known), (6, Declined)]);
    let declined_before = standing(&[(4, named("A"))], Some(3));
    check(Item::Name, &[(Slot::Name, declined_before)], &[(9, Known), (10, Stale)]);
    // One helper was told it on the day on which another was not: that is not since.
    let declined_that_day = standing(&[(3, named("A"))], Some(3));
    check(Item::Name, &[(Slot::Name, declined_that_day)], &[(8, Known), (9, Stale)]);
}

#[test]
fn without_a_spouse_there_is_nothing_to_know() {
    use ItemState::{Known, NotApplicable, Stale};
    for marital in [Marital::Single, Marital::Divorced, Marital::Widowed] {
        let stands = [(Slot::Spouse, standing(&[(0, spouse(marital))], None))];
        check(Item::Spouse, &stands, &[(0, NotApplicable), (5, NotApplicable), (6, Stale)]);
    }
    check(
        Item::Spouse,
        &[(Slot::Spouse, standing(&[(0, spouse(Marital::Married))], None))],
        &[(5, Known), (6, Stale)],
    );
}

#[test]
fn a_list_is_known_when_each_on_it_is() {
    use ItemState::{Known, Rivals, Stale, Unknown};
    let list = |on: i32, of: &[u8]| {
        let ids = of.iter().map(|n| child(*n)).collect();
        (Slot::Schooling, standing(&[(on, Value::Children(ids))], None))
    };
    let one = |n: u8, values: &[(i32, Value)]| (Slot::Child(child(n)), standing(values, None));
    let called = |text: &str| Value::Child(ChildValue { name: text.to_owned(), ..ChildValue::default() });
    check(Item::Schooling, &[list(0, &[])], &[(5, Known), (6, Stale)]);
    check(Item::Schooling, &[list(0, &[1])], &[(0, Unknown)]);
    check(Item::Schooling, &[list(3, &[1]), one(1, &[(0, called("小明"))])], &[(5, Known), (6, Stale)]);
    check(
        Item::Schooling,
        &[list(3, &[1]), one(1, &[(0, called("小明")), (0, called("小红"))])],
        &[(3, Rivals)],
    );
    // A child of whom nothing stands is not known; nobody has anything to decide.
    check(Item::Schooling, &[list(0, &[1]), one(1, &[])], &[(0, Unknown), (9, Unknown)]);
    // A child that left is not asked about again: it does not make the rest stale.
    let ended = one(1, &[(-90, Value::Ended(Ended::default()))]);
    check(Item::Schooling, &[list(3, &[1]), ended], &[(8, Known), (9, Stale)]);
    // A child that is not on the list does not matter.
    check(Item::Schooling, &[list(3, &[]), one(1, &[(-90, called("小明"))])], &[(8, Known)]);
}

#[test]
fn events_are_known_when_each_on_their_list_is() {
    use ItemState::{Known, Rivals, Stale, Unknown};
    let event = |n: u8| EventId::from_bytes([n; 16]);
    let list = |on: i32, of: &[u8]| {
        let ids = of.iter().map(|n| event(*n)).collect();
        (Slot::Events, standing(&[(on, Value::EventList(ids))], None))
    };
    let one = |n: u8, values: &[(i32, Value)]| (Slot::Event(event(n)), standing(values, None));
    let ill = |who: &str| {
        let (day, what, cost_fen, rest) = (None, String::new(), None, Rest::new());
        Value::Event(EventValue { kind: EventKind::Illness, day, who: who.to_owned(), what, cost_fen, rest })
    };
    check(Item::Events, &[list(0, &[])], &[(5, Known), (6, Stale)]);
    check(Item::Events, &[list(0, &[1])], &[(0, Unknown)]);
    check(Item::Events, &[list(3, &[1]), one(1, &[(0, ill("王五"))])], &[(5, Known), (6, Stale)]);
    check(Item::Events, &[list(3, &[1]), one(1, &[(0, ill("王五")), (0, ill("赵六"))])], &[(3, Rivals)]);
    let over = one(1, &[(-90, Value::Ended(Ended::default()))]);
    check(Item::Events, &[list(3, &[1]), over], &[(8, Known), (9, Stale)]);
    check(Item::Events, &[list(3, &[]), one(1, &[(-90, ill("王五"))])], &[(8, Known)]);
}

#[test]
fn a_household_is_due_the_day_after_its_interval() {
    let check = |since: i32, last_visit: Option<i32>, today: i32, expected: DueState| {
        let row = CoverageRow::of(&Standings::new(), day(since), last_visit.map(day), &rule());
        assert_eq!(row.due_state(day(today)), expected, "{since} {last_visit:?} {today}");
    };
    check(0, Some(0), 10, DueState::OnTime);
    check(0, Some(0), 11, DueState::Overdue);
    check(0, None, 10, DueState::NotYetDue);
    check(0, None, 11, DueState::NeverVisitedDue);
    check(20, Some(0), 11, DueState::Overdue);
}

#[test]
fn figures_add_up() {
    let rows: Vec<CoverageRow> = (0..200)
        .map(|n| {
            let values: Vec<(i32, Value)> = (0..n % 3).map(|at| (n % 17, named(&at.to_string()))).collect();
            let stands = standing(&values, (n % 5 == 0).then_some(n % 13));
            let last_visit = (n % 4 > 0).then(|| day(n % 23));
            CoverageRow::of(&Standings::from([(Slot::Name, stands)]), day(n % 7), last_visit, &rule())
        })
        .collect();
    for today in 0..40 {
        let all = Coverage::count(&rows, day(today));
        let by_visit = all.on_time + all.overdue + all.never_visited_due + all.not_yet_due;
        assert_eq!((by_visit, all.households), (200, 200));
        assert_eq!(all.expected() + all.not_yet_due, 200, "what is new and not due is no failure");
        for (item, counts) in all.items.iter() {
            let ItemCounts { known, stale, unknown, rivals, declined, not_applicable } = counts;
            assert_eq!(known + stale + unknown + rivals + declined + not_applicable, 200, "{item:?}");
            assert_eq!(counts.lacking(), 200 - known - not_applicable, "{item:?}");
        }
        let (some, rest) = rows.split_at(71);
        assert_eq!(Coverage::count(some, day(today)).plus(&Coverage::count(rest, day(today))), all);
    }
}

#[test]
fn a_rosters_telephone_is_known_while_one_of_the_numbers_can_be_one() {
    use ItemState::{Known, Unknown};
    let check = |by: PersonId, numbers: &[&str], state| {
        let one = |number: &&str| Telephone {
            number: (*number).to_owned(),
            whose: Whose::Worker,
            rest: Rest::new(),
        };
        let value = TelephoneValue { numbers: numbers.iter().map(one).collect(), rest: Rest::new() };
        let mut stands = standing(&[(0, Value::Telephone(value))], None);
        stands.values.iter_mut().for_each(|one| one.by = by);
        check(Item::Telephone, &[(Slot::Telephone, stands)], &[(0, state)]);
    };
    check(ROSTER, &["1380000000"], Unknown);
    check(ROSTER, &["1380000000", "07732100000"], Known);
    check(ROSTER, &["8021"], Known);
    check(ROSTER, &["+84 912 345 678"], Known);
    check(ROSTER, &[], Known);
    // Who typed it, or confirmed it at the door, was told that it looks odd.
    check(PersonId::from_bytes([1; 16]), &["1380000000"], Known);
}

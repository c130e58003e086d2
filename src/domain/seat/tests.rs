//! Seats handed over and stood in for: whoever else was to sit there still does, in whatever order the
//! entries arrive.

use super::{Assign, Seat, Seats, Segment, hand_over, stand_in};
use crate::{
    day::Day,
    id::{EntryId, PersonId},
};

/// Somebody who leaves, who takes over, and two others.
const LEAVER: u8 = 1;
const TAKER: u8 = 2;
const FROM: i32 = 20;

fn person(number: u8) -> PersonId {
    PersonId::from_bytes([number; 16])
}

fn day(number: i32) -> Day {
    Day::from_number(20_000 + number)
}

fn assign(seat: Seat, number: u8, from: i32, until: Option<i32>) -> Assign {
    let person = (number > 0).then(|| person(number));
    Assign { seat, person, from: day(from), until: until.map(day) }
}

/// Folds assignments whose ids ascend as they were made, put in by this order.
fn seats(made: &[Assign], order: impl Iterator<Item = usize>) -> Seats {
    let mut seats = Seats::default();
    for at in order {
        let id = EntryId::new(i64::try_from(at).unwrap_or(0) + 1, [0; 10]);
        seats.add(id, made[at].clone());
    }
    seats
}

fn held_by(seats: &Seats, who: PersonId) -> Vec<Segment> {
    seats.segments().into_iter().filter(|segment| segment.person == who).collect()
}

/// Hands over and looks at every seat on every day: the leaver's are the taker's from then on, all else is as it was.
fn check(before: &[Assign], to: u8) {
    let was = seats(before, 0..before.len());
    let taker = (to > 0).then(|| person(to));
    let mut made = before.to_vec();
    made.extend(hand_over(&held_by(&was, person(LEAVER)), taker, day(FROM)));
    for order in [(0..made.len()).collect::<Vec<_>>(), (0..made.len()).rev().collect()] {
        let now = seats(&made, order.into_iter());
        for at in 0..80 {
            for seat in Seat::ALL {
                let held = was.holder(seat, day(at));
                let expected = if held == Some(person(LEAVER)) && at >= FROM { taker } else { held };
                assert_eq!(now.holder(seat, day(at)), expected, "{seat:?} on day {at} of {made:?}");
            }
        }
    }
}

#[test]
fn three_seats_are_three_people() {
    let three = |numbers: [u8; 3]| {
        let made: Vec<Assign> =
            Seat::ALL.into_iter().zip(numbers).map(|(seat, number)| assign(seat, number, 10, None)).collect();
        let seats = seats(&made, 0..made.len());
        assert!(!seats.are_three(day(9)), "{numbers:?}");
        seats.are_three(day(10))
    };
    assert!(three([1, 2, 3]));
    for too_few in [[1, 2, 0], [1, 1, 2], [1, 2, 1], [2, 1, 1], [1, 1, 1]] {
        assert!(!three(too_few), "{too_few:?}");
    }
}

#[test]
fn all_of_a_leaver_goes_to_the_taker_and_nothing_else() {
    use Seat::{Leader, LineManager, UnionOfficer};
    let one = assign(Leader, LEAVER, 3, None);
    let cases: Vec<Vec<Assign>> = vec![
        vec![],
        vec![one.clone()],
        vec![one.clone(), assign(UnionOfficer, LEAVER, 5, None), assign(LineManager, TAKER, 5, None)],
        // Somebody stands in for the leaver across the day; and before, and after.
        vec![one.clone(), assign(Leader, 3, 15, Some(25))],
        vec![one.clone(), assign(Leader, 3, 25, Some(40))],
        vec![one.clone(), assign(Leader, 3, 5, Some(8)), assign(Leader, 4, 50, Some(51))],
        // Somebody is to follow.
        vec![one.clone(), assign(Leader, 3, 60, None)],
        vec![one.clone(), assign(Leader, 0, 60, None)],
        // The leaver stands in for somebody.
        vec![assign(Leader, 3, 1, None), assign(Leader, LEAVER, 15, Some(30))],
        // The leaver is to begin later.
        vec![assign(Leader, 3, 1, None), assign(Leader, LEAVER, 40, None)],
        // It is over.
        vec![one, assign(Leader, 3, 10, None)],
    ];
    for before in &cases {
        for to in [TAKER, 3, 0] {
            check(before, to);
        }
    }
}

#[test]
fn who_stands_in_gives_it_back() {
    let base = assign(Seat::Leader, LEAVER, 3, None);
    let check = |from: i32, until: i32, days: &[(i32, u8)]| {
        let was = seats(std::slice::from_ref(&base), 0..1);
        let held = held_by(&was, person(LEAVER));
        let mut made = vec![base.clone()];
        made.extend(held.iter().filter_map(|held| stand_in(held, person(TAKER), day(from), day(until))));
        let now = seats(&made, (0..made.len()).rev());
        for (at, who) in days {
            assert_eq!(now.holder(Seat::Leader, day(*at)), Some(person(*who)), "day {at}");
        }
    };
    check(10, 12, &[(9, LEAVER), (10, TAKER), (12, TAKER), (13, LEAVER)]);
    check(1, 5, &[(3, TAKER), (5, TAKER), (6, LEAVER)]);
    check(12, 10, &[(10, LEAVER), (11, LEAVER), (12, LEAVER)]);
}

#[test]
fn one_entry_may_fill_several_seats() {
    let (entry, day) = (EntryId::from_bytes([1; 16]), Day::from_number(20_000));
    let person = |n| PersonId::from_bytes([n; 16]);
    let mut seats = Seats::default();
    for (n, seat) in [(1, Seat::LineManager), (2, Seat::Leader), (1, Seat::LineManager)] {
        seats.add(entry, Assign { seat, person: Some(person(n)), from: day, until: None });
    }
    let held: Vec<_> = seats.holders(day).collect();
    assert_eq!(held, [(Seat::Leader, person(2)), (Seat::LineManager, person(1))]);
    assert_eq!(seats.iter().count(), 2);
}

#[test]
fn whose_a_seat_is_while_somebody_stands_in() {
    let own = |made: &[Assign], who: u8| {
        let seats = seats(made, 0..made.len());
        held_by(&seats, person(who)).first().and_then(|segment| seats.own(segment))
    };
    let leader = |number, from, until| assign(Seat::Leader, number, from, until);
    // 3 stands in for 1, and then 4 does.
    let made = [leader(1, 0, None), leader(3, 10, Some(14)), leader(4, 15, Some(19))];
    assert_eq!([1, 3, 4].map(|who| own(&made, who)), [None, Some(person(1)), Some(person(1))]);
    // 3 stands in for 1 from the day on which 1 comes.
    let made = [leader(1, 10, None), leader(3, 10, Some(14))];
    assert_eq!([1, 3].map(|who| own(&made, who)), [None, Some(person(1))]);
    // 3 follows 1, and 1 is to come again: each in their own right.
    let made = [leader(1, 0, None), leader(3, 10, None), leader(1, 20, None)];
    assert_eq!([1, 3].map(|who| own(&made, who)), [None, None]);
}

#[test]
fn the_day_of_a_change_is_the_day_of_both() {
    let alone = [assign(Seat::Leader, LEAVER, 0, None)];
    let handed = [alone.as_slice(), &[assign(Seat::Leader, TAKER, FROM, None)]].concat();
    // Set into it and handed on within a day.
    let at_once = [assign(Seat::Leader, LEAVER, FROM, None), assign(Seat::Leader, TAKER, FROM, None)];
    // A stand-in's last day was named: there is no change on the day after.
    let stood_in = [alone.as_slice(), &[assign(Seat::Leader, TAKER, FROM - 5, Some(FROM - 1))]].concat();
    for (made, leaver, taker) in [
        (alone.as_slice(), [true, true, true], [false, false, false]),
        (&handed, [true, true, false], [false, true, true]),
        (&at_once, [false, true, false], [false, true, true]),
        (&stood_in, [false, true, true], [true, false, false]),
    ] {
        let seats = seats(made, 0..made.len());
        let on = |who| [-1, 0, 1].map(|at| seats.answers(person(who), day(FROM + at)));
        assert_eq!((on(LEAVER), on(TAKER)), (leaver, taker), "{made:?}");
    }
}

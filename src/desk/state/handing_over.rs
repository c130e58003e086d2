//! What handing seats over comes to: the acts, and what to say before. Pure.

use domain::{
    day::Day,
    entry::Act,
    id::{HouseholdId, PersonId},
    seat::{Seat, Segment, hand_over, stand_in},
};
use protocol::seats::SeatHeld;

/// Who is to sit there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum To {
    /// Somebody, for good.
    Person(PersonId),
    /// Somebody, until a day.
    Until(PersonId, Day),
    /// Nobody.
    Nobody,
}

/// The assignments that give these seats of `holder` away from a day on.
pub fn acts(holder: PersonId, seats: &[SeatHeld], to: To, from: Day) -> Vec<(HouseholdId, Act)> {
    let given = |held: &SeatHeld| {
        let segment = Segment { seat: held.seat, person: holder, from: held.from, until: held.until };
        let assigns = match to {
            To::Person(person) => hand_over(&[segment], Some(person), from),
            To::Nobody => hand_over(&[segment], None, from),
            To::Until(person, until) => stand_in(&segment, person, from, until).into_iter().collect(),
        };
        assigns.into_iter().map(|assign| (held.household, Act::Assign(assign))).collect::<Vec<_>>()
    };
    seats.iter().flat_map(given).collect()
}

/// The names of the households for which somebody answers already.
pub fn already_there(seats: &[SeatHeld], person: PersonId) -> Vec<String> {
    let mut there: Vec<&SeatHeld> = seats.iter().filter(|held| held.others.contains(&person)).collect();
    there.dedup_by_key(|held| held.household);
    there.into_iter().map(|held| held.name.clone()).collect()
}

/// Which of the three seats there are, each with how often.
pub fn by_seat(seats: &[SeatHeld]) -> Vec<(Seat, usize)> {
    let count = |seat: Seat| seats.iter().filter(|held| held.seat == seat).count();
    Seat::ALL.into_iter().map(|seat| (seat, count(seat))).filter(|(_, count)| *count > 0).collect()
}

/// What is wrong with the days of a hand-over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WrongDay {
    /// One is not chosen yet.
    Missing,
    /// Earlier visits stay theirs.
    BeforeToday,
    /// It ends before it begins.
    EndsFirst,
}

/// Looks at the first day, and at the last where it needs one.
pub fn wrong_day(from: Option<Day>, until: Option<Option<Day>>, today: Day) -> Option<WrongDay> {
    match (from, until) {
        (None, _) | (_, Some(None)) => Some(WrongDay::Missing),
        (Some(from), _) if from < today => Some(WrongDay::BeforeToday),
        (Some(from), Some(Some(until))) if until < from => Some(WrongDay::EndsFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{To, WrongDay, acts, already_there, by_seat, wrong_day};
    use domain::{
        day::Day,
        entry::Act,
        id::{HouseholdId, PersonId},
        seat::Seat,
    };
    use protocol::seats::SeatHeld;

    fn person(number: u8) -> PersonId {
        PersonId::new(1, [number; 10])
    }

    fn held(number: u8, seat: Seat, others: &[u8]) -> SeatHeld {
        SeatHeld {
            household: HouseholdId::new(1, [number; 10]),
            name: format!("{number}家"),
            unit_name: String::new(),
            seat,
            from: Day::from_number(20_000),
            until: None,
            stands_in_for: String::new(),
            meanwhile: String::new(),
            others: others.iter().map(|number| person(*number)).collect(),
        }
    }

    #[test]
    fn each_seat_is_given_once_and_who_is_there_already_is_named() {
        let seats =
            [held(1, Seat::Leader, &[5, 6]), held(2, Seat::LineManager, &[6]), held(2, Seat::Leader, &[6])];
        let day = Day::from_number(20_100);
        let made = acts(person(4), &seats, To::Person(person(5)), day);
        let given: Vec<_> = made
            .iter()
            .filter_map(|(household, act)| match act {
                Act::Assign(assign) => {
                    Some((*household, assign.seat, assign.person, assign.from, assign.until))
                }
                _ => None,
            })
            .collect();
        let expected: Vec<_> =
            seats.iter().map(|held| (held.household, held.seat, Some(person(5)), day, None)).collect();
        assert_eq!(given, expected);
        assert_eq!(already_there(&seats, person(5)), ["1家"]);
        assert_eq!(already_there(&seats, person(6)), ["1家", "2家"]);
        assert_eq!(by_seat(&seats), [(Seat::Leader, 2), (Seat::LineManager, 1)]);
    }

    #[test]
    fn a_day_that_is_not_chosen_is_asked_for() {
        let [yesterday, today, later] = [99, 100, 105].map(Day::from_number);
        for (from, until, expected) in [
            (Some(today), None, None),
            (Some(today), Some(None), Some(WrongDay::Missing)),
            (None, Some(Some(later)), Some(WrongDay::Missing)),
            (Some(yesterday), None, Some(WrongDay::BeforeToday)),
            (Some(later), Some(Some(today)), Some(WrongDay::EndsFirst)),
            (Some(today), Some(Some(today)), None),
        ] {
            assert_eq!(wrong_day(from, until, today), expected, "{from:?} {until:?}");
        }
    }
}

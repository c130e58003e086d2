//! The classes of each stage of school, and the class a child should be in by now.
//!
//! A school year begins on 1 September. Nobody is moved up by this: it is what to ask at the door.

use crate::{day::Day, value::Stage};

/// The grades a stage has, to choose from; empty where there are none. `grade` counts from the first class of primary
/// school (1–12), after senior high from 1 again.
#[must_use]
pub const fn grades(stage: Stage) -> &'static [u8] {
    match stage {
        Stage::NotYet | Stage::Kindergarten | Stage::Left => &[],
        Stage::Primary => &[1, 2, 3, 4, 5, 6],
        Stage::JuniorHigh => &[7, 8, 9],
        Stage::SeniorHigh => &[10, 11, 12],
        Stage::Vocational | Stage::College => &[1, 2, 3],
        // Architecture takes five years, medicine up to six before the degree.
        Stage::University => &[1, 2, 3, 4, 5, 6],
        Stage::Graduate => &[1, 2, 3, 4, 5],
    }
}

/// Where a child should be by now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ByNow {
    /// In this class.
    In(u8),
    /// Through with this stage, or nearly always.
    Finished,
}

/// Where a child that was in a class on the day it was `seen` should be; none where no school year has begun since, or
/// nothing is known of its class.
#[must_use]
pub fn by_now(stage: Stage, grade: u8, seen: Day, today: Day) -> Option<ByNow> {
    let years = school_year(today).checked_sub(school_year(seen)).filter(|years| *years > 0)?;
    let last = usually_last(stage)?;
    let now = u8::try_from(years).unwrap_or(u8::MAX).saturating_add(counted(stage, grade));
    Some(if now > last { ByNow::Finished } else { ByNow::In(now) })
}

/// The grade after which nearly everybody has finished the stage.
const fn usually_last(stage: Stage) -> Option<u8> {
    match stage {
        Stage::NotYet | Stage::Kindergarten | Stage::Left => None,
        Stage::Primary => Some(6),
        Stage::JuniorHigh => Some(9),
        Stage::SeniorHigh => Some(12),
        Stage::Vocational | Stage::College | Stage::Graduate => Some(3),
        Stage::University => Some(4),
    }
}

/// A class counted from the first of primary school: 初三 is 9, and often written 3.
pub(crate) const fn counted(stage: Stage, grade: u8) -> u8 {
    match (stage, grade) {
        (Stage::JuniorHigh, 1..=3) => grade + 6,
        (Stage::SeniorHigh, 1..=3) => grade + 9,
        _ => grade,
    }
}

/// The year in which the school year of a day began.
fn school_year(day: Day) -> i32 {
    let (year, month, _) = day.parts();
    if month >= 9 { year } else { year - 1 }
}

#[cfg(test)]
mod tests {
    use super::{ByNow, by_now, grades};
    use crate::{
        day::Day,
        slot::Value,
        value::{ChildValue, Stage},
    };

    #[track_caller]
    fn check(stage: Stage, grade: u8, seen: (i32, u8), today: (i32, u8), expected: Option<ByNow>) {
        let day = |(year, month)| Day::new(year, month, 1).unwrap();
        assert_eq!(by_now(stage, grade, day(seen), day(today)), expected);
    }

    #[test]
    fn a_new_school_year_moves_a_child_up() {
        check(Stage::Primary, 3, (2025, 9), (2026, 8), None);
        check(Stage::Primary, 3, (2026, 8), (2026, 9), Some(ByNow::In(4)));
        check(Stage::Primary, 3, (2024, 10), (2026, 11), Some(ByNow::In(5)));
        check(Stage::Primary, 6, (2026, 6), (2026, 9), Some(ByNow::Finished));
        check(Stage::JuniorHigh, 2, (2026, 6), (2026, 9), Some(ByNow::In(9)));
        check(Stage::JuniorHigh, 8, (2026, 6), (2026, 9), Some(ByNow::In(9)));
        check(Stage::SeniorHigh, 3, (2026, 6), (2026, 9), Some(ByNow::Finished));
        check(Stage::Left, 3, (2020, 6), (2026, 9), None);
        // A card from a clock that was ahead says nothing.
        check(Stage::Primary, 3, (2027, 9), (2026, 9), None);
    }

    #[test]
    fn one_class_counted_in_two_ways_is_one_value() {
        for (stage, one, other, expected) in [
            (Stage::JuniorHigh, 2, 8, true),
            (Stage::SeniorHigh, 1, 10, true),
            (Stage::SeniorHigh, 1, 11, false),
            (Stage::Primary, 2, 8, false),
            (Stage::University, 1, 10, false),
        ] {
            let child = |grade| {
                Value::Child(ChildValue { stage: Some(stage), grade: Some(grade), ..ChildValue::default() })
            };
            assert_eq!(child(one).is_same(&child(other)), expected, "{stage:?} {one} {other}");
        }
    }

    #[test]
    fn after_the_usual_end_it_is_asked_and_the_longer_classes_can_still_be_said() {
        check(Stage::University, 3, (2026, 6), (2026, 9), Some(ByNow::In(4)));
        for grade in [4, 5, 6] {
            check(Stage::University, grade, (2026, 6), (2026, 9), Some(ByNow::Finished));
        }
        check(Stage::College, 3, (2026, 6), (2026, 9), Some(ByNow::Finished));
        assert_eq!(grades(Stage::University), [1, 2, 3, 4, 5, 6]);
    }
}

//! A wrong clock is noticed and never blocks.

use super::{Doubt, doubt, last_day, today};
use crate::engine::Contact;
use domain::day::Day;

const DAY: i64 = 86_400_000;
const THEN: i64 = 20_000 * DAY;

fn check(shift_ms: i64, offset_ms: i64, expected: Option<Doubt>) {
    let contact = Contact { server_time_ms: THEN, offset_ms };
    assert_eq!(doubt(THEN - offset_ms + shift_ms, Some(contact)), expected);
}

#[test]
fn doubts() {
    check(DAY, 0, None);
    check(40 * DAY, 0, Some(Doubt::Long(40)));
    check(400 * DAY, 0, Some(Doubt::Long(400)));
    check(-365 * DAY, 0, Some(Doubt::Back));
    check(DAY, 180 * 60_000, Some(Doubt::Off(180)));
    assert_eq!(doubt(THEN, None), Some(Doubt::Unknown));
}

#[test]
fn the_offices_clock_and_zone_say_which_day_it_is() {
    let contact = Contact { server_time_ms: THEN, offset_ms: 2 * DAY };
    assert_eq!(today(THEN, Some(contact), 0), Day::from_number(20_002));
    assert_eq!(today(THEN - 1, None, 480), Day::from_number(20_000));
    let a_year_back = THEN - 365 * DAY;
    assert_eq!(today(a_year_back, Some(contact), 0), Day::from_number(20_000), "not before the last contact");
    assert_eq!(today(a_year_back, None, 0), Day::from_number(19_635), "nobody knows better");
}

#[test]
fn where_nobody_vouches_for_the_clock_a_later_day_may_be_said() {
    let day = Day::from_number(20_000);
    for (doubt, expected) in [
        (None, Some(day)),
        (Some(Doubt::Off(180)), Some(day)),
        (Some(Doubt::Unknown), None),
        (Some(Doubt::Long(40)), None),
        (Some(Doubt::Back), None),
    ] {
        assert_eq!(last_day(day, doubt), expected, "{doubt:?}");
    }
}

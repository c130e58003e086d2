//! Days: written, read, counted.

use super::*;

fn check(text: &str, expected: Option<&str>) {
    assert_eq!(LooseDay::parse(text).map(|d| d.to_string()).as_deref(), expected, "{text}");
}

#[test]
fn a_loose_day_keeps_what_is_known_and_no_more() {
    check("2015", Some("2015"));
    check("2015-08", Some("2015-08"));
    check("2015-8-2", Some("2015-08-02"));
    check("2015-02-30", None);
    check("2015-13", None);
    check("", None);
    check("上学", None);
}

#[test]
fn a_day_goes_through_json_and_numbers() {
    let day = Day::parse("2026-11-21").unwrap();
    assert_eq!(Day::from_number(day.number()), day);
    assert_eq!(serde_json::to_string(&day).unwrap(), "\"2026-11-21\"");
    assert_eq!(serde_json::from_str::<Day>("\"2026-11-21\"").unwrap(), day);
    assert_eq!(Day::parse("1970-01-01").unwrap().number(), 0);
}

#[test]
fn a_clock_far_off_still_gives_a_day() {
    for ms in [i64::MIN, -1, 0, 253_402_300_800_000, i64::MAX] {
        let _ = Day::at(ms, 480);
    }
    assert_eq!(Day::at(1_795_190_399_999, 480).to_string(), "2026-11-20");
    assert_eq!(Day::at(1_795_190_400_000, 480).to_string(), "2026-11-21");
}

#[test]
fn age_counts_birthdays() {
    let born = LooseDay::parse("1974-11-22").unwrap();
    assert_eq!(born.age_on(Day::parse("2026-11-21").unwrap()), 51);
    assert_eq!(born.age_on(Day::parse("2026-11-22").unwrap()), 52);
}

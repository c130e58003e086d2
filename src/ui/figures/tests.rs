//! What figures look like, and what is read back from a field.

use super::*;

fn d(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

#[test]
fn days_are_named_from_today() {
    let check = |at: &str, expected: &str| assert_eq!(day(d(at), d("2026-11-21")), expected);
    check("2026-11-21", "今天");
    check("2026-11-20", "昨天");
    check("2026-11-22", "明天");
    check("2026-11-02", "11-\u{2060}02");
    check("2025-11-21", "2025-\u{2060}11-\u{2060}21");
}

#[test]
fn due_days_say_how_far() {
    let check = |at: &str, expected: &str| assert_eq!(due(d(at), d("2026-11-21")), expected);
    check("2026-11-09", "超 12\u{a0}天");
    check("2026-11-21", "今天到期");
    check("2026-11-23", "还有 2\u{a0}天");
    check("2024-11-23", "超 728\u{a0}天");
    check("2024-11-21", "超 2\u{a0}年");
    check("2015-02-08", "超 11\u{a0}年");
}

#[test]
fn a_moment_is_in_the_unions_zone() {
    // 2026-11-19 00:12 UTC is 08:12 in China.
    let at = i64::from(d("2026-11-19").number()) * 86_400_000 + 12 * 60_000;
    assert_eq!(moment(at, 480, d("2026-11-21")), "11-\u{2060}19\u{a0}08:12");
    assert_eq!(time_of_day(-60_000, 0), "23:59");
}

#[test]
fn money_goes_out_and_in() {
    assert_eq!(money(900_000), "¥9,000");
    assert_eq!(money(123_456_789), "¥1,234,567.89");
    assert_eq!(money(-5), "-¥0.05");
    let check = |text: &str, expected: Option<i64>| assert_eq!(parse_yuan(text), expected, "{text}");
    check("9000", Some(900_000));
    check("９，０００．５元", Some(900_050));
    check("¥12.34", Some(1_234));
    check("12.345", None);
    check("约九千", None);
    check("", None);
    assert_eq!(yuan_in_field(900_050), "9000.5");
    assert_eq!(yuan_in_field(900_000), "9000");
    assert_eq!(yuan_in_field(0), "0");
}

#[test]
fn loose_days_are_read_as_people_write_them() {
    let check = |text: &str, expected: &str| {
        assert_eq!(parse_loose_day(text).map(|day| day.to_string()).unwrap_or_default(), expected, "{text}");
    };
    check("2015", "2015");
    check("2015-08", "2015-08");
    check("2015年8月", "2015-08");
    check("2015.8.12", "2015-08-12");
    check("201508", "2015-08");
    check("20150812", "2015-08-12");
    check("２０１５／８", "2015-08");
    check("2015-13", "");
    check("15-8", "");
}

#[test]
fn classes_have_their_names() {
    assert_eq!(class(Some(Stage::JuniorHigh), 9), "初三");
    assert_eq!(class(Some(Stage::JuniorHigh), 3), "初三");
    assert_eq!(class(Some(Stage::SeniorHigh), 10), "高一");
    assert_eq!(class(None, 4), "四年级");
    assert_eq!(class(Some(Stage::University), 2), "大二");
    assert_eq!(class(Some(Stage::Vocational), 3), "中职三年级");
}

#[test]
fn a_figure_stays_with_its_unit_and_a_date_whole() {
    let check = |text: &str, expected: &str| assert_eq!(unbroken(text.to_owned()), expected);
    check("超 12 天", "超 12\u{a0}天");
    check("2027-01-21 前", "2027-\u{2060}01-\u{2060}21\u{a0}前");
    check("红旗小区4 栋 4 单元 104", "红旗小区4\u{a0}栋 4\u{a0}单元 104");
    for plain in ["0432-1234567", "Q26765", "7 households", "李 国庆", "2 "] {
        check(plain, plain);
    }
    check(&unbroken("2027-01-21 前".to_owned()), "2027-\u{2060}01-\u{2060}21\u{a0}前");
}

#[test]
fn a_span_is_said_in_its_largest_unit() {
    let check = |minutes: i64, expected: &str| assert_eq!(span(minutes).replace('\u{a0}', " "), expected);
    check(14, "14 分钟");
    check(125, "2 小时");
    check(3 * 1_440, "3 天");
    check(1_429_269, "2 年");
}

#[test]
fn percent_is_a_hundred_only_when_all_are() {
    assert_eq!(percent(247, 312), 79);
    assert_eq!(percent(999, 1000), 99);
    assert_eq!(percent(0, 0), 100);
}

#[test]
fn a_class_is_offered_once() {
    let check = |stage, stands, offered: &[u8]| {
        assert_eq!(super::grades_with(Some(stage), stands), offered, "{stage:?} {stands:?}");
    };
    check(Stage::SeniorHigh, None, &[10, 11, 12]);
    check(Stage::SeniorHigh, Some(11), &[10, 11, 12]);
    check(Stage::SeniorHigh, Some(3), &[10, 11, 3]);
    check(Stage::JuniorHigh, Some(1), &[1, 8, 9]);
    check(Stage::University, Some(7), &[1, 2, 3, 4, 5, 6, 7]);
    check(Stage::Left, Some(2), &[2]);
}

#[test]
fn a_date_is_ahead_when_all_of_it_is() {
    let today = Day::new(2026, 11, 22).unwrap();
    for (text, ahead) in [
        ("2026", false),
        ("2027", true),
        ("2026-11", false),
        ("2026-12", true),
        ("2027-05", true),
        ("2026-11-22", false),
        ("2026-11-23", true),
    ] {
        assert_eq!(super::is_ahead(LooseDay::parse(text).unwrap(), today), ahead, "{text}");
    }
}

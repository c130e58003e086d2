//! How days, times and money are written and read back.
//!
//! Pure: the day of today and the union's time zone come in as arguments.

use crate::words::{Language, domain, language, shared};
use ::domain::day::{Day, LooseDay};
pub use ::domain::schooling::grades;
use ::domain::value::Stage;

/// From here on nobody counts in days: two years.
pub const YEARS_FROM: i32 = 730;

/// A due date against today: `超 12 天`, `今天到期`, `还有 2 天`; long ago `超 11 年`.
#[must_use]
pub fn due(day: Day, today: Day) -> String {
    match day.days_since(today) {
        0 => shared().due_today().to_owned(),
        left if left > 0 => shared().days_left(left),
        over if -over >= YEARS_FROM => shared().years_over(-over / 365),
        over => shared().days_over(-over),
    }
}

/// A day near today by its name, within this year as `11-19`, else in full.
#[must_use]
pub fn day(day: Day, today: Day) -> String {
    match day.days_since(today) {
        0 => shared().today().to_owned(),
        -1 => shared().yesterday().to_owned(),
        1 => shared().tomorrow().to_owned(),
        _ => short_day(day, today),
    }
}

/// A day as `11-19`, in another year `2025-11-19`.
#[must_use]
pub fn short_day(day: Day, today: Day) -> String {
    let (year, month, of_month) = day.parts();
    unbroken(if year == today.parts().0 { format!("{month:02}-{of_month:02}") } else { day.to_string() })
}

/// A month as a heading: `2026 年 11 月`, unbroken; in English `2026-11`.
#[must_use]
pub fn month(day: Day) -> String {
    let (year, month, _) = day.parts();
    match language() {
        Language::Chinese => format!("{year}\u{a0}年\u{a0}{month}\u{a0}月"),
        Language::English => format!("{year}-{month:02}"),
    }
}

/// The time of day `14:21` at a Unix time, where clocks are `utc_offset_minutes` ahead of UTC.
#[must_use]
pub fn time_of_day(unix_ms: i64, utc_offset_minutes: i32) -> String {
    let minutes = unix_ms.div_euclid(60_000) + i64::from(utc_offset_minutes);
    let of_day = minutes.rem_euclid(24 * 60);
    format!("{:02}:{:02}", of_day / 60, of_day % 60)
}

/// A moment: `今天 14:21`, `昨天 16:40`, `11-19 08:12`, `2025-11-19 08:12`.
#[must_use]
pub fn moment(unix_ms: i64, utc_offset_minutes: i32, today: Day) -> String {
    let name = day(Day::at(unix_ms, utc_offset_minutes), today);
    format!("{name}\u{a0}{}", time_of_day(unix_ms, utc_offset_minutes))
}

/// How long something is, in the largest unit that fills: `14 分钟`, `3 小时`, `2 年`.
#[must_use]
pub fn span(minutes: i64) -> String {
    match minutes {
        ..120 => shared().span_minutes(minutes),
        120..2_880 => shared().span_hours(minutes / 60),
        2_880..1_051_200 => shared().span_days(minutes / 1_440),
        _ => shared().span_years(minutes / 525_600),
    }
}

/// Words in which no line ends within a date or between a figure and its unit.
#[must_use]
pub fn unbroken(text: String) -> String {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let holds = |at: usize| match bytes.get(at) {
        Some(b' ') => at > 0 && digit(at - 1) && bytes.get(at + 1).is_some_and(|next| *next >= 0xe3),
        // A month or a day follows; a telephone's number is not touched.
        Some(b'-') => at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && !digit(at + 3),
        _ => false,
    };
    if !(0..bytes.len()).any(holds) {
        return text;
    }
    let mut whole = String::with_capacity(text.len() + 9);
    for (at, sign) in text.char_indices() {
        match (holds(at), sign) {
            (true, ' ') => whole.push('\u{a0}'),
            (true, _) => whole.push_str("-\u{2060}"),
            _ => whole.push(sign),
        }
    }
    whole
}

/// A few words that stay on one line where it has room for them.
#[must_use]
pub fn glued(text: &str) -> String {
    let mut whole = String::with_capacity(text.len() * 2);
    for sign in text.chars() {
        if !whole.is_empty() && sign != ' ' && !sign.is_ascii_alphanumeric() {
            whole.push('\u{2060}');
        }
        whole.push(if sign == ' ' { '\u{a0}' } else { sign });
    }
    whole
}

/// Money from fen: `¥9,000`, `¥9,000.50`.
#[must_use]
pub fn money(fen: i64) -> String {
    let yuan = grouped(fen.unsigned_abs() / 100);
    let cents = fen.unsigned_abs() % 100;
    let sign = if fen < 0 { "-" } else { "" };
    if cents == 0 { format!("{sign}¥{yuan}") } else { format!("{sign}¥{yuan}.{cents:02}") }
}

/// A whole number with commas: `12,000`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share in whole per cent; 99.6 % is 99 %, for only all is 100 %. Nothing of nothing is 100 %.
#[must_use]
pub const fn percent(part: u32, whole: u32) -> u32 {
    if whole == 0 { 100 } else { (part as u64 * 100 / whole as u64) as u32 }
}

/// Reads an amount in yuan (`9000`, `9,000.5`, `９０００`, `9000元`) into fen.
#[must_use]
pub fn parse_yuan(text: &str) -> Option<i64> {
    let text = plain(text);
    let text = text.trim_start_matches('¥').trim_end_matches('元');
    let (yuan, cents) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    (!yuan.is_empty() && digits(yuan) && digits(cents) && cents.len() <= 2).then_some(())?;
    let cents = format!("{cents:0<2}").parse::<i64>().ok()?;
    yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

/// An amount in fen as it stands in a field: `9000`, `9000.5`.
#[must_use]
pub fn yuan_in_field(fen: i64) -> String {
    let text = format!("{}.{:02}", fen / 100, (fen % 100).abs());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Reads a date that may know only its month or year, as people write it: `2015-08`, `2015.8.12`,
/// `2015年8月`, `201508`, `2015`.
#[must_use]
pub fn parse_loose_day(text: &str) -> Option<LooseDay> {
    let text = plain(text);
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<u8>().ok();
    match *parts.as_slice() {
        [run] if run.len() == 6 || run.len() == 8 => {
            let (year, rest) = run.split_at(4);
            let (month, day) = rest.split_at(2);
            let day = if day.is_empty() { None } else { Some(number(day)?) };
            LooseDay::new(year.parse().ok()?, Some(number(month)?), day)
        }
        [year] if year.len() == 4 => LooseDay::new(year.parse().ok()?, None, None),
        [year, month] if year.len() == 4 => LooseDay::new(year.parse().ok()?, Some(number(month)?), None),
        [year, month, day] if year.len() == 4 => {
            LooseDay::new(year.parse().ok()?, Some(number(month)?), Some(number(day)?))
        }
        _ => None,
    }
}

/// Whether all of a date lies after a day.
#[must_use]
pub fn is_ahead(date: LooseDay, today: Day) -> bool {
    let (year, month, of_month) = today.parts();
    match date.parts() {
        (of, None, _) => of > year,
        (of, Some(on), None) => (of, on) > (year, month),
        (of, Some(on), Some(at)) => (of, on, at) > (year, month, of_month),
    }
}

/// A class at school as people say it: `三年级`, `初三`, `高一`, `大二`, `中职三年级`; `grade` counts from the first
/// class of primary school (1–12), after senior high from 1 again.
#[must_use]
pub fn class(stage: Option<Stage>, grade: u8) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if language() == Language::English {
        return format!("Grade {grade}");
    }
    let say = |number: u8| {
        DIGITS.get(usize::from(number)).map_or_else(|| number.to_string(), |&digit| digit.to_owned())
    };
    match (stage, grade) {
        (Some(Stage::JuniorHigh), 1..=3) => format!("初{}", say(grade)),
        (Some(Stage::SeniorHigh), 1..=3) => format!("高{}", say(grade)),
        (Some(Stage::College | Stage::University), _) => format!("大{}", say(grade)),
        (Some(Stage::Graduate), _) => format!("研{}", say(grade)),
        (Some(Stage::Primary) | None, 1..=6) => format!("{}年级", say(grade)),
        (Some(Stage::JuniorHigh) | None, 7..=9) => format!("初{}", say(grade - 6)),
        (Some(Stage::SeniorHigh) | None, 10..=12) => format!("高{}", say(grade - 9)),
        (Some(Stage::Vocational), _) => format!("{}{}年级", domain().stage(Stage::Vocational), say(grade)),
        _ => format!("{}年级", say(grade)),
    }
}

/// The grades to choose from, with the one that stands, too: a roster may know classes that no list does, and counts
/// those of a school from 1 again. A class is offered once.
#[must_use]
pub fn grades_with(stage: Option<Stage>, stands: Option<u8>) -> Vec<u8> {
    let mut offered = stage.map_or(&[][..], grades).to_vec();
    let Some(stands) = stands else { return offered };
    match offered.iter_mut().find(|grade| class(stage, **grade) == class(stage, stands)) {
        Some(same) => *same = stands,
        None => offered.push(stands),
    }
    offered
}

/// Text without blanks and commas, full-width digits and marks made half-width.
fn plain(text: &str) -> String {
    let half = |c: char| match c {
        '，' => ',',
        '。' | '．' => '.',
        '￥' => '¥',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    text.chars().map(half).filter(|c| !c.is_whitespace() && *c != ',').collect()
}

#[cfg(test)]
mod tests;

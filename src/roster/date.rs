//! Dates as people write them. A month without a day stays a month; nothing is made up.

use crate::{sheet::Cell, text};
use domain::day::{Day, LooseDay};

/// The day that Excel calls 0, as days before 1970-01-01.
const EXCEL_DAY_0: i32 = -25_569;

/// What a cell says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Date {
    /// The date.
    pub day: LooseDay,
    /// Written `1970.1`: a spreadsheet writes October (`1970.10`) the same way.
    pub may_be_october: bool,
}

impl From<LooseDay> for Date {
    fn from(day: LooseDay) -> Self {
        Self { day, may_be_october: false }
    }
}

/// Reads a date; `today` tells which century a year of two digits is in. `None` where it is no date.
#[must_use]
pub fn read(cell: &Cell, today: Day) -> Option<Date> {
    match cell {
        Cell::Date(day) => Some(LooseDay::from(*day).into()),
        Cell::Number(number) if number.fract() != 0.0 && *number > 3000.0 => serial(*number).map(Date::from),
        Cell::Number(_) | Cell::Text(_) => from_text(&cell.text(), today),
        Cell::Failed(_) => None,
    }
}

fn from_text(text: &str, today: Day) -> Option<Date> {
    let plain = without_time(&text::squeeze(text), text);
    let plain = plain.trim_end_matches(['生', '日', '号', '.', '-', '/']);
    if plain.chars().all(|sign| sign.is_ascii_digit()) {
        return of_digits(plain).map(Date::from);
    }
    let numbers = numbers(plain)?;
    match numbers.as_slice() {
        [year] => LooseDay::new(year.in_full(today, None)?, None, None).map(Date::from),
        [year, month] => {
            let day = LooseDay::new(year.in_full(today, None)?, month.small(), None)?;
            let is_point = plain.contains('.') && plain.ends_with(".1");
            Some(Date { day, may_be_october: is_point })
        }
        [first, second, third] => three(first, second, third, today).map(Date::from),
        _ => None,
    }
}

/// A time of day behind the date, as exports from databases have it, is no part of it.
fn without_time(squeezed: &str, as_written: &str) -> String {
    let before = text::tidy(as_written);
    match before.split_once([' ', 'T']) {
        Some((date, time)) if time.contains(':') => text::squeeze(date),
        _ => squeezed.to_owned(),
    }
}

/// Only digits: 19850519, 198505, 1985, or the number of a day in Excel.
fn of_digits(digits: &str) -> Option<LooseDay> {
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i32>().ok();
    let small = |from: usize, to: usize| u8::try_from(number(from, to)?).ok();
    let nonzero = |value: Option<u8>| value.filter(|value| *value > 0);
    match digits.len() {
        8 => LooseDay::new(number(0, 4)?, nonzero(small(4, 6)), nonzero(small(6, 8))),
        6 => LooseDay::new(number(0, 4)?, nonzero(Some(small(4, 6)?)), None),
        4 => LooseDay::new(number(0, 4)?, None, None),
        5 => serial(f64::from(number(0, 5)?)),
        _ => None,
    }
}

/// A day by its number in Excel; the numbers of people who are alive or children to come.
fn serial(number: f64) -> Option<LooseDay> {
    if !(3_000.0..75_000.0).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "its range was just checked")]
    let day = number.floor() as i32;
    Some(Day::from_number(day + EXCEL_DAY_0).into())
}

fn three(first: &Part, second: &Part, third: &Part, today: Day) -> Option<LooseDay> {
    let nonzero = |part: &Part| part.small().filter(|value| *value > 0);
    if third.digits == 4 && first.digits <= 2 {
        // 5/19/1985: only where one of the two can be no month.
        let year = third.in_full(today, None)?;
        return match (first.value, second.value) {
            (month, day) if day > 12 => LooseDay::new(year, u8::try_from(month).ok(), u8::try_from(day).ok()),
            (day, month) if day > 12 => LooseDay::new(year, u8::try_from(month).ok(), u8::try_from(day).ok()),
            (day, month) if day == month => {
                LooseDay::new(year, u8::try_from(month).ok(), u8::try_from(day).ok())
            }
            _ => None,
        };
    }
    let year = first.in_full(today, Some((nonzero(second), nonzero(third))))?;
    LooseDay::new(year, nonzero(second), nonzero(third))
}

/// A number in a date, and with how many digits it was written.
struct Part {
    value: i32,
    digits: usize,
}

impl Part {
    fn small(&self) -> Option<u8> {
        u8::try_from(self.value).ok()
    }

    /// The year; of two digits the latest that is not after today.
    fn in_full(&self, today: Day, rest: Option<(Option<u8>, Option<u8>)>) -> Option<i32> {
        match self.digits {
            4 => Some(self.value),
            2 => {
                let this_century = 2000 + self.value;
                let (month, day) = rest.unwrap_or_default();
                let first = Day::new(this_century, month.unwrap_or(1), day.unwrap_or(1))?;
                Some(if first <= today { this_century } else { this_century - 100 })
            }
            _ => None,
        }
    }
}

/// The numbers of a date, Chinese ones too; `None` where something else stands between them.
fn numbers(plain: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut word = String::new();
    for sign in plain.chars().chain(['.']) {
        match sign {
            '.' | '-' | '/' | '年' | '月' | '日' | '号' | '。' | '、' | ',' | '_' | '~' => {
                if !word.is_empty() {
                    parts.push(part(&word)?);
                    word.clear();
                }
            }
            _ => word.push(sign),
        }
    }
    (!parts.is_empty()).then_some(parts)
}

fn part(word: &str) -> Option<Part> {
    if word.chars().all(|sign| sign.is_ascii_digit()) && word.len() <= 4 {
        return Some(Part { value: word.parse().ok()?, digits: word.len() });
    }
    // 一九八五年, or 十二月.
    let signs: Vec<char> = word.chars().collect();
    if signs.len() == 4 || (signs.len() == 2 && !signs.contains(&'十')) {
        let mut value = 0;
        for sign in &signs {
            value = value * 10 + i32::from(text::numeral(&sign.to_string())?);
        }
        return Some(Part { value, digits: signs.len() });
    }
    Some(Part { value: i32::from(text::numeral(word)?), digits: 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_cell(cell: &Cell) -> String {
        let date = read(cell, Day::new(2026, 11, 21).unwrap());
        date.map_or("-".to_owned(), |date| {
            format!("{}{}", date.day, if date.may_be_october { " or October" } else { "" })
        })
    }

    fn check(input: &str, expected: &str) {
        assert_eq!(read_cell(&Cell::Text(input.into())), expected, "{input:?}");
    }

    #[test]
    fn dates_of_every_style() {
        for (input, expected) in [
            ("1980-11-02", "1980-11-02"),
            ("1980/11/2", "1980-11-02"),
            ("1980.11.2", "1980-11-02"),
            ("1980.11.2.", "1980-11-02"),
            ("1980年11月2日", "1980-11-02"),
            ("1980 年 11 月 2 日", "1980-11-02"),
            ("１９８０．１１．２", "1980-11-02"),
            ("19801102", "1980-11-02"),
            ("1980-11-02 00:00:00", "1980-11-02"),
            ("1980-11-02T08:30:00", "1980-11-02"),
            ("29527", "1980-11-02"),
            ("一九八〇年十一月二日", "1980-11-02"),
            ("11/22/1980", "1980-11-22"),
            ("22/11/1980", "1980-11-22"),
            ("1980.11", "1980-11"),
            ("1980年11月", "1980-11"),
            ("1980年11月生", "1980-11"),
            ("198011", "1980-11"),
            ("1980-11-00", "1980-11"),
            ("19801100", "1980-11"),
            ("1980.1", "1980-01 or October"),
            ("1980.01", "1980-01"),
            ("1980年1月", "1980-01"),
            ("1980", "1980"),
            ("1980年", "1980"),
            ("80.11.2", "1980-11-02"),
            ("80年11月", "1980-11"),
            ("12.5.1", "2012-05-01"),
            ("26.11.22", "1926-11-22"),
            ("2062.6.10", "2062-06-10"),
        ] {
            check(input, expected);
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for input in
            ["", "不详", "1980-13-01", "1980-02-30", "2/3/1980", "12", "123456789", "1980-11-2-3", "约1980年"]
        {
            check(input, "-");
        }
    }

    #[test]
    fn numbers_are_days_months_or_serials() {
        for (number, expected) in [
            (29_527.0, "1980-11-02"),
            (29_527.5, "1980-11-02"),
            (19_801_102.0, "1980-11-02"),
            (198_011.0, "1980-11"),
            (1980.0, "1980"),
            (1980.11, "1980-11"),
            (1980.1, "1980-01 or October"),
            (7.0, "-"),
        ] {
            assert_eq!(read_cell(&Cell::Number(number)), expected, "{number}");
        }
    }
}

//! ID numbers (居民身份证号): length, check digit, and what they say of birth and sex.

use crate::{sheet::Cell, text};
use domain::{day::Day, value::Sex};

/// What is wrong with an ID number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// Neither 18 nor 15 signs.
    Length,
    /// The last sign does not follow from the others.
    CheckDigit,
    /// The date in it is none.
    Date,
    /// Excel kept only 15 digits of it.
    Precision,
}

/// An ID number as it is kept: squeezed, with a capital X.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IdNumber {
    /// As written; empty where Excel lost its digits.
    pub text: String,
    /// What is wrong with it.
    pub wrong: Option<Wrong>,
    /// The birth date in it, if nothing is wrong.
    pub born: Option<Day>,
    /// The sex in it, if nothing is wrong.
    pub sex: Option<Sex>,
}

/// What two ID numbers of one person have in common: the 15 digits of before 1999 are the 17 of today without 19.
#[must_use]
pub fn key(id: &str) -> String {
    match (id.len(), id.get(..6), id.get(6..)) {
        (15, Some(place), Some(rest)) => format!("{place}19{rest}"),
        (18, ..) => id.get(..17).unwrap_or(id).to_owned(),
        _ => id.to_owned(),
    }
}

/// Reads a cell. `None` where there is none. `may_be_number` says whether a text may have been a number before: in a text
/// table nobody can tell.
#[must_use]
pub fn read(cell: &Cell, may_be_number: bool) -> Option<IdNumber> {
    let written = cell.text();
    if text::says_nothing(&written) || text::says_none(&written) {
        return None;
    }
    let squeezed = text::squeeze(&written).to_uppercase();
    let lost = match cell {
        // A float holds 15 digits for certain; an ID number of 18 typed as a number ends in wrong zeros.
        Cell::Number(number) => number.abs() >= 1e15,
        _ => squeezed.contains("E+"),
    };
    if lost {
        return Some(IdNumber { text: String::new(), wrong: Some(Wrong::Precision), born: None, sex: None });
    }
    // An X is often typed as the Cyrillic, Greek or multiplication sign.
    let plain: String = squeezed
        .chars()
        .map(|sign| if matches!(sign, '×' | 'Х' | 'Χ' | '*') { 'X' } else { sign })
        .filter(char::is_ascii_alphanumeric)
        .collect();
    Some(match plain.len() {
        18 => of_18(plain, may_be_number),
        15 => of_15(plain),
        _ => wrong(if plain.is_empty() { squeezed } else { plain }, Wrong::Length),
    })
}

const fn wrong(text: String, wrong: Wrong) -> IdNumber {
    IdNumber { text, wrong: Some(wrong), born: None, sex: None }
}

/// Whether nothing is wrong with an ID number.
#[must_use]
pub fn is_right(id: &str) -> bool {
    read(&Cell::Text(id.to_owned()), false).is_some_and(|id| id.wrong.is_none())
}

fn of_18(text: String, may_be_number: bool) -> IdNumber {
    let is_whole = has_check_digit(&text);
    if !is_whole && may_be_number && text.ends_with("000") {
        // Excel kept 15 digits of it, and the file was saved as a text table since.
        return wrong(String::new(), Wrong::Precision);
    }
    if !is_whole {
        return wrong(text, Wrong::CheckDigit);
    }
    let born = day(&text, 6, 4, 0);
    let sex = sex(text.as_bytes().get(16));
    IdNumber { wrong: born.is_none().then_some(Wrong::Date), text, born, sex }
}

/// The form before 1999: a year of two digits, no check digit.
fn of_15(text: String) -> IdNumber {
    if !text.bytes().all(|sign| sign.is_ascii_digit()) {
        return wrong(text, Wrong::Length);
    }
    let born = day(&text, 6, 2, 1900);
    let sex = sex(text.as_bytes().get(14));
    IdNumber { wrong: born.is_none().then_some(Wrong::Date), text, born, sex }
}

fn day(text: &str, from: usize, year_digits: usize, century: i32) -> Option<Day> {
    let month_at = from + year_digits;
    let year: i32 = text.get(from..month_at)?.parse().ok()?;
    let month = text.get(month_at..month_at + 2)?.parse().ok()?;
    let day = text.get(month_at + 2..month_at + 4)?.parse().ok()?;
    Day::new(century + year, month, day)
}

fn sex(digit: Option<&u8>) -> Option<Sex> {
    match digit {
        Some(digit) if digit.is_ascii_digit() => Some(if digit % 2 == 1 { Sex::Male } else { Sex::Female }),
        _ => None,
    }
}

/// GB 11643: weighted sum of 17 digits, modulo 11.
fn has_check_digit(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let mut sum = 0;
    for (sign, weight) in text.chars().zip(WEIGHTS) {
        let Some(digit) = sign.to_digit(10) else { return false };
        sum += digit * weight;
    }
    let expected = usize::try_from(sum % 11).ok().and_then(|at| "10X98765432".chars().nth(at));
    text.chars().last() == expected
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, text: &str, wrong: Option<Wrong>, born: Option<&str>, sex: Option<Sex>) {
        let found = read(&Cell::Text(input.into()), true).unwrap();
        let born = born.and_then(Day::parse);
        assert_eq!(found, IdNumber { text: text.into(), wrong, born, sex }, "{input:?}");
    }

    #[test]
    fn id_numbers() {
        let male = Some(Sex::Male);
        let female = Some(Sex::Female);
        check("990000198011025736", "990000198011025736", None, Some("1980-11-02"), male);
        check("99000019730904525x", "99000019730904525X", None, Some("1973-09-04"), male);
        check("９９００００ 19690708 780Ｘ", "99000019690708780X", None, Some("1969-07-08"), female);
        check("'990000198011025736", "990000198011025736", None, Some("1980-11-02"), male);
        check("99000019690708780×", "99000019690708780X", None, Some("1969-07-08"), female);
        check("990000801102573", "990000801102573", None, Some("1980-11-02"), male);
        check("990000198011025737", "990000198011025737", Some(Wrong::CheckDigit), None, None);
        check("9900001980110257", "9900001980110257", Some(Wrong::Length), None, None);
        check("99000080110257X", "99000080110257X", Some(Wrong::Length), None, None);
        check("990000801302573", "990000801302573", Some(Wrong::Date), None, male);
        check("990000198011025000", "", Some(Wrong::Precision), None, None);
        check("9.90000E+17", "", Some(Wrong::Precision), None, None);
        assert_eq!(
            read(&Cell::Number(990_000_198_011_025_700.0), false).and_then(|id| id.wrong),
            Some(Wrong::Precision)
        );
        // A cell that is text was typed so.
        let typed = read(&Cell::Text("990000198011025000".into()), false).unwrap();
        assert_eq!((typed.text.as_str(), typed.wrong), ("990000198011025000", Some(Wrong::CheckDigit)));
        assert_eq!(read(&Cell::Text("不详".into()), true), None);
    }
}

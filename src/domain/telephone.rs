//! How many digits a telephone has. A doubt is a hint, never a refusal: only who dials it knows.

/// What is odd about a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Odd {
    /// It begins like a mobile, and lacks so many of its 11 digits.
    MobileLacks(usize),
    /// It begins like a mobile, and has so many digits too many.
    MobileExceeds(usize),
    /// It begins like a landline, and has a length none has.
    Landline,
}

/// The digits of a mobile.
const MOBILE: usize = 11;

/// The longest extension of a switchboard, which has no rule.
const EXTENSION_MAX: usize = 5;

/// What is odd about a number as it was written, if anything. What another country's has is not known here.
#[must_use]
pub fn odd(written: &str) -> Option<Odd> {
    let digits = at_home(written.chars().filter(char::is_ascii_digit).collect());
    let count = digits.len();
    let is_abroad = written.trim().starts_with('+') && !digits.starts_with("86");
    if digits.is_empty() || is_abroad || fits(&digits) {
        return None;
    }
    if !digits.starts_with('1') {
        return (count > EXTENSION_MAX).then_some(Odd::Landline);
    }
    Some(if count > MOBILE { Odd::MobileExceeds(count - MOBILE) } else { Odd::MobileLacks(MOBILE - count) })
        .filter(|odd| *odd != Odd::MobileLacks(0) && count > EXTENSION_MAX)
}

/// Digits without the country's code.
#[must_use]
pub fn at_home(digits: String) -> String {
    for code in ["0086", "86"] {
        let rest = digits.strip_prefix(code);
        if let Some(rest) = rest.filter(|rest| rest.len() == MOBILE && rest.starts_with('1')) {
            return rest.to_owned();
        }
    }
    digits
}

/// Whether a telephone can have so many digits: a mobile 11; a landline 7 or 8, with its area code 10 to 12;
/// 400 and 800.
#[must_use]
pub fn fits(digits: &str) -> bool {
    let mut signs = digits.chars();
    match (signs.next(), signs.next()) {
        (Some('1'), Some('3'..='9')) => digits.len() == MOBILE,
        (Some('0'), _) => (10..=12).contains(&digits.len()),
        (Some('4' | '8'), Some('0')) if digits.len() == 10 => true,
        (Some('2'..='9'), _) => (7..=8).contains(&digits.len()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Odd, odd};

    #[track_caller]
    fn check(written: &str, expected: Option<Odd>) {
        assert_eq!(odd(written), expected, "{written:?}");
    }

    #[test]
    fn a_wrong_length_is_doubted() {
        for right in [
            "",
            "13812345678",
            "138 1234 5678",
            "+86 13812345678",
            "0471-6281234",
            "021-62812345",
            "6281234",
            "62812345",
            "400-810-1234",
            "8008101234",
            "8021",
            "12345",
            "+84 912 345 678",
        ] {
            check(right, None);
        }
        check("1381234567", Some(Odd::MobileLacks(1)));
        check("138123456", Some(Odd::MobileLacks(2)));
        check("138123456789", Some(Odd::MobileExceeds(1)));
        check("+86 1381234567", Some(Odd::Landline));
        check("628123", Some(Odd::Landline));
        check("628123456", Some(Odd::Landline));
        check("0471-62812", Some(Odd::Landline));
        check("12812345678", None);
    }
}

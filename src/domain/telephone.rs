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

/// The longest number of a plant's own exchange, or short number of a group of mobiles: they follow no rule.
const SHORT_MAX: usize = 6;

/// What is odd about a number as it was written, if anything. What another country's has is not known here.
#[must_use]
pub fn odd(written: &str) -> Option<Odd> {
    let digits = at_home(written.chars().filter(char::is_ascii_digit).collect());
    let count = digits.len();
    let is_abroad = written.trim().starts_with('+') && !digits.starts_with("86");
    if digits.is_empty() || is_abroad || fits(&digits) || has_extension(written) {
        return None;
    }
    if !digits.starts_with('1') {
        return (count > SHORT_MAX).then_some(Odd::Landline);
    }
    Some(if count > MOBILE { Odd::MobileExceeds(count - MOBILE) } else { Odd::MobileLacks(MOBILE - count) })
        .filter(|odd| *odd != Odd::MobileLacks(0) && count > SHORT_MAX)
}

/// Whether it is a whole number and, behind a sign, the extension of a switchboard: `0773-2100000-8021`, `2100000转8021`.
fn has_extension(written: &str) -> bool {
    let written = written.trim_end_matches(|sign: char| !sign.is_ascii_digit());
    let head = written.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let extension = written.len() - head.len();
    head.len() < written.len()
        && extension <= SHORT_MAX
        && fits(&at_home(head.chars().filter(char::is_ascii_digit).collect()))
}

/// Digits without the country's code; a landline gets the 0 that is dropped behind the code.
#[must_use]
pub fn at_home(digits: String) -> String {
    for code in ["0086", "86"] {
        match digits.strip_prefix(code) {
            Some(rest) if rest.len() == MOBILE && rest.starts_with('1') => return rest.to_owned(),
            Some(rest) if (9..=11).contains(&rest.len()) && !rest.starts_with(['0', '1']) => {
                return format!("0{rest}");
            }
            _ => {}
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
            "660123",
            "0773-2100000-8021",
            "2100000转8021",
            "+86 773 2100000",
            "+84 912 345 678",
        ] {
            check(right, None);
        }
        check("1381234567", Some(Odd::MobileLacks(1)));
        check("138123456", Some(Odd::MobileLacks(2)));
        check("138123456789", Some(Odd::MobileExceeds(1)));
        check("+86 1381234567", Some(Odd::Landline));
        check("628123456", Some(Odd::Landline));
        check("0471-62812", Some(Odd::Landline));
        check("0773-2100000-80211234", Some(Odd::Landline));
        check("12812345678", None);
    }
}

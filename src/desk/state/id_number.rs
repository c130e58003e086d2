//! 身份证号 as it is typed: 18 signs whose last one checks the others, or the 15 digits of old. Pure.

/// What was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Typed {
    /// Nothing.
    Nothing,
    /// No ID number.
    Wrong,
    /// This one.
    Number(String),
}

/// Reads it; blanks, full width and a small `x` are no mistakes.
pub fn read(text: &str) -> Typed {
    let number: String = signs(text).map(|sign| sign.to_ascii_uppercase()).collect();
    match number.len() {
        0 => Typed::Nothing,
        15 if number.chars().all(|sign| sign.is_ascii_digit()) => Typed::Number(number),
        18 if has_check_digit(&number) => Typed::Number(number),
        _ => Typed::Wrong,
    }
}

/// The digits of a telephone number with its area are fewer, most of an ID number are no fewer.
const TELLING_DIGITS: usize = 12;

/// Whether an ID number, or most of one, stands in a text.
pub fn stands_in(text: &str) -> bool {
    let numbers: String = signs(text).map(|sign| if sign.is_ascii_digit() { sign } else { ' ' }).collect();
    numbers.split(' ').any(|number| number.len() >= TELLING_DIGITS)
}

/// Without blanks, in half width.
fn signs(text: &str) -> impl Iterator<Item = char> {
    let half = |sign: char| match sign {
        '０'..='９' | 'Ｘ' | 'ｘ' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        other => other,
    };
    text.chars().map(half).filter(|sign| !sign.is_whitespace())
}

/// GB 11643: the weighted sum of 17 digits modulo 11 gives the last sign.
fn has_check_digit(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = number.chars().zip(WEIGHTS).map(|(sign, weight)| Some(sign.to_digit(10)? * weight));
    let sum = digits.sum::<Option<u32>>().and_then(|sum| usize::try_from(sum % 11).ok());
    sum.is_some_and(|sum| "10X98765432".chars().nth(sum) == number.chars().last())
}

#[cfg(test)]
mod tests {
    use super::{Typed, read};

    #[test]
    fn numbers_as_people_type_them() {
        let number = |text: &str| Typed::Number(text.to_owned());
        let cases = [
            ("", Typed::Nothing),
            ("  ", Typed::Nothing),
            ("990000198011025736", number("990000198011025736")),
            ("990000 19801102 5736", number("990000198011025736")),
            ("99000019730904525x", number("99000019730904525X")),
            ("９９００００１９６９０７０８７８０Ｘ", number("99000019690708780X")),
            ("990000801102573", number("990000801102573")),
            ("990000198011025737", Typed::Wrong),
            ("99000019801102573", Typed::Wrong),
            ("99000019801102X736", Typed::Wrong),
            ("九九", Typed::Wrong),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text:?}");
        }
    }
}

//! Telephones: several in a cell, with separators, with whose they are. A wrong length is kept and said.

use crate::{sheet::Cell, synonyms::TELEPHONES_OF, text};
use domain::{
    telephone::{at_home, fits},
    value::{Telephone, Whose},
};

/// What a cell says.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Telephones {
    /// The numbers, in order, each once.
    pub numbers: Vec<Telephone>,
    /// The cell says that there is none.
    pub is_none: bool,
    /// Numbers of a length no telephone has.
    pub odd: Vec<String>,
    /// There is something, but no number.
    pub unreadable: bool,
}

/// Reads a cell of telephones; those without a word beside them are `whose`.
#[must_use]
pub fn read(cell: &Cell, whose: Whose) -> Telephones {
    let written = cell.text();
    let mut found = Telephones::default();
    if text::says_none(&written) {
        found.is_none = true;
        return found;
    }
    if text::says_nothing(&written) {
        return found;
    }
    for (number, words) in numbers(&written) {
        if found.numbers.iter().any(|telephone| telephone.number == number) {
            continue;
        }
        if !fits(&number) {
            found.odd.push(number.clone());
        }
        // Nothing with fewer than three digits can be dialled, nor with more than twenty.
        if (3..=20).contains(&number.len()) {
            let whose =
                TELEPHONES_OF.inside(&words).unwrap_or(if words.is_empty() { whose } else { Whose::Other });
            found.numbers.push(Telephone { number, whose, rest: Default::default() });
        }
    }
    found.unreadable = found.numbers.is_empty();
    found
}

/// Every number of a cell as digits, with the words that belong to it.
#[must_use]
pub fn numbers(written: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut words = String::new();
    let mut run = String::new();
    let mut in_brackets = false;
    let plain = written.chars().map(text::half_width).chain([';']);
    for sign in plain {
        if sign.is_ascii_digit()
            || (matches!(sign, ' ' | '-' | '+' | '\u{a0}') && !run.is_empty())
            || sign == '+'
        {
            run.push(sign);
            continue;
        }
        // An area code stands in brackets: (0471)1234567.
        if sign == ')' && in_brackets && !run.is_empty() && words.is_empty() {
            run.push('-');
            in_brackets = false;
            continue;
        }
        if run.chars().any(|sign| sign.is_ascii_digit()) {
            found.extend(cut(&run).into_iter().map(|number| (number, words.clone())));
            words.clear();
        }
        run.clear();
        match sign {
            '(' => in_brackets = true,
            // Brackets behind a number say whose it is.
            ')' if in_brackets => {
                if let Some(last) = found.last_mut().filter(|last| last.1.is_empty() && !words.is_empty()) {
                    last.1 = core::mem::take(&mut words);
                }
                in_brackets = false;
            }
            ':' | '是' => {}
            sign if sign.is_alphabetic() => words.push(sign),
            // 13912345678妻子、…: words behind a number, before the next separator.
            _ => {
                if let Some(last) = found.last_mut().filter(|last| last.1.is_empty() && !words.is_empty()) {
                    last.1 = core::mem::take(&mut words);
                }
                if !in_brackets {
                    words.clear();
                }
            }
        }
    }
    found
}

/// The numbers in a run of digits with blanks and strokes between: one, or several one after the other.
fn cut(run: &str) -> Vec<String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let whole = at_home(digits(run));
    if fits(&whole) {
        return vec![whole];
    }
    let blanks: Vec<String> = run.split_whitespace().map(|part| at_home(digits(part))).collect();
    if blanks.len() > 1 && blanks.iter().all(|part| fits(part)) {
        return blanks;
    }
    let middle = whole.len() / 2;
    match (whole.get(..middle), whole.get(middle..)) {
        (Some(first), Some(second)) if middle == 11 && fits(first) && fits(second) => {
            vec![first.to_owned(), second.to_owned()]
        }
        _ => vec![whole],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        let found = read(&Cell::Text(input.into()), Whose::Worker);
        let mut words: Vec<String> = found
            .numbers
            .iter()
            .map(|telephone| match telephone.whose {
                Whose::Worker => telephone.number.clone(),
                whose => format!("{} {whose:?}", telephone.number),
            })
            .collect();
        words.extend(found.odd.iter().map(|odd| format!("odd {odd}")));
        words.extend(found.is_none.then(|| "none".to_owned()));
        words.extend(found.unreadable.then(|| "unreadable".to_owned()));
        assert_eq!(words.join(", "), expected, "{input:?}");
    }

    #[test]
    fn one_number() {
        for input in [
            "15606490934",
            "156-0649-0934",
            "156 0649 0934",
            "15606490934 ",
            "１５６０６４９０９３４",
            "+86 15606490934",
            "86-15606490934",
            "手机：15606490934",
            "本人15606490934",
            "15606490934（本人）",
        ] {
            check(input, "15606490934");
        }
        check("0471-6281234", "04716281234");
        check("(0471)6281234", "04716281234");
        check("6281234", "6281234");
        check("400 810 1234", "4008101234");
    }

    #[test]
    fn several_and_whose() {
        check("15606490934、13273253987", "15606490934, 13273253987");
        check("15606490934/13273253987", "15606490934, 13273253987");
        check("15606490934 13273253987", "15606490934, 13273253987");
        check("1560649093413273253987", "15606490934, 13273253987");
        check("15606490934\n0471-6281234", "15606490934, 04716281234");
        check("15606490934、15606490934", "15606490934");
        check("15606490934（妻子）", "15606490934 Spouse");
        check("本人15606490934 妻子：13273253987", "15606490934, 13273253987 Spouse");
        check("15606490934（本人），13273253987（儿子）", "15606490934, 13273253987 Child");
        check("15606490934(父亲)/13273253987(邻居)", "15606490934 Parent, 13273253987 Neighbour");
        check("15606490934妻子、13273253987女儿", "15606490934 Spouse, 13273253987 Child");
        check("岳母13273253987", "13273253987 Other");
        check("张三13273253987", "13273253987 Other");
        check("住宅6281234 手机15606490934", "6281234, 15606490934");
    }

    #[test]
    fn odd_ones_are_kept_and_said() {
        check("1878814568", "1878814568, odd 1878814568");
        check("156064909345", "156064909345, odd 156064909345");
        check("12", "odd 12, unreadable");
        check("无", "none");
        check("-", "");
        check("不详", "");
        check("回头补", "unreadable");
    }

    #[test]
    fn numbers_typed_as_numbers() {
        let found = read(&Cell::Number(17_041_047_715.0), Whose::Worker);
        assert_eq!(found.numbers.first().map(|telephone| telephone.number.as_str()), Some("17041047715"));
    }
}

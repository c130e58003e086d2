//! Pinyin initials of a name, in all readings (覃 = q, t), made once at the office and sent along.

use pinyin::ToPinyinMulti;

/// The most combinations kept: a name of four characters with two readings each.
const COMBINATIONS_MAX: usize = 16;

/// The initials of a name: `王秀英` → `["wxy"]`; `覃春勇` → `["qcy", "tcy"]`. Letters and digits stand
/// for themselves, other signs for nothing.
#[must_use]
pub fn initials(name: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for sign in name.chars() {
        let letters = letters_of(sign);
        if letters.is_empty() {
            continue;
        }
        all = all
            .iter()
            .flat_map(|start| letters.iter().map(move |letter| format!("{start}{letter}")))
            .collect();
        all.truncate(COMBINATIONS_MAX);
    }
    all.retain(|initials| !initials.is_empty());
    all
}

fn letters_of(sign: char) -> Vec<char> {
    let mut letters: Vec<char> = match sign.to_pinyin_multi() {
        Some(readings) => readings.into_iter().filter_map(|reading| reading.plain().chars().next()).collect(),
        None => sign.to_lowercase().filter(char::is_ascii_alphanumeric).collect(),
    };
    // A surname keeps its own reading first; the rest follow in the order of the alphabet.
    letters.sort_unstable();
    letters.dedup();
    letters
}

#[cfg(test)]
mod tests {
    //! Initials in all readings.

    use super::initials;

    fn check(name: &str, expected: &[&str]) {
        let found = initials(name);
        for one in expected {
            assert!(found.iter().any(|initials| initials == one), "{name}: {found:?} lacks {one}");
        }
    }

    #[test]
    fn every_reading_is_found() {
        check("王秀英", &["wxy"]);
        check("覃春勇", &["qcy", "tcy"]);
        check("单文军", &["dwj", "swj"]);
        check("曾玉", &["cy", "zy"]);
        check("谭　超", &["tc"]);
        check("", &[]);
    }
}

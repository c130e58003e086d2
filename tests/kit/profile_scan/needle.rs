//! A word in every form of bytes in which a browser may write it. It finds; what it looks into is not its business.

use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use std::collections::BTreeSet;

/// Words, ready to be looked for all at once.
pub struct Needles {
    automaton: Option<AhoCorasick>,
    meanings: Vec<(String, &'static str)>,
}

impl Needles {
    /// Prepares the words.
    pub fn new(words: &[&str]) -> Self {
        let mut patterns = Vec::new();
        let mut meanings = Vec::new();
        for word in words.iter().filter(|word| !word.is_empty()) {
            for (encoding, bytes) in forms(word) {
                patterns.push(bytes);
                meanings.push(((*word).to_owned(), encoding));
            }
        }
        Self { automaton: AhoCorasick::new(patterns).ok(), meanings }
    }

    /// The words in these bytes, and their encodings.
    pub fn find(&self, bytes: &[u8]) -> BTreeSet<(&str, &'static str)> {
        let Some(automaton) = &self.automaton else { return BTreeSet::new() };
        let matches = automaton.find_overlapping_iter(bytes);
        let met: BTreeSet<usize> = matches.map(|found| found.pattern().as_usize()).collect();
        met.into_iter()
            .filter_map(|met| self.meanings.get(met))
            .map(|(word, how)| (word.as_str(), *how))
            .collect()
    }
}

/// The forms of a word. ASCII is the same in UTF-8, Latin-1 and an escaped text, so only differing forms are kept.
fn forms(word: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16: Vec<u16> = word.encode_utf16().collect();
    let mut forms: Vec<(&'static str, Vec<u8>)> = vec![
        ("UTF-8", word.as_bytes().to_vec()),
        ("UTF-16LE", utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect()),
        ("UTF-16BE", utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect()),
        ("JSON escapes", escaped(&utf16).into_bytes()),
        ("percent escapes", percent(word, true).into_bytes()),
        ("percent escapes", percent(word, false).into_bytes()),
    ];
    let latin: Option<Vec<u8>> = word.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
    forms.extend(latin.map(|latin| ("Latin-1", latin)));
    forms.extend((0..3).filter_map(|shift| base64(word, shift)).map(|form| ("Base64", form)));
    let mut seen = BTreeSet::new();
    forms.retain(|(_, bytes)| seen.insert(bytes.clone()));
    forms
}

fn escaped(utf16: &[u16]) -> String {
    let one = |unit: &u16| match u8::try_from(*unit) {
        Ok(ascii) if ascii.is_ascii() => char::from(ascii).to_string(),
        _ => format!("\\u{unit:04x}"),
    };
    utf16.iter().map(one).collect()
}

fn percent(word: &str, upper: bool) -> String {
    let one = |byte: &u8| match (byte.is_ascii_alphanumeric() || b"-_.~".contains(byte), upper) {
        (true, _) => char::from(*byte).to_string(),
        (false, true) => format!("%{byte:02X}"),
        (false, false) => format!("%{byte:02x}"),
    };
    word.as_bytes().iter().map(one).collect()
}

/// The word in the middle of a text in Base64, without the letters that its neighbours share;
/// none where too little of it would be left to be sure.
fn base64(word: &str, shift: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; shift];
    bytes.extend_from_slice(word.as_bytes());
    let whole = bytes.len() * 8 / 6;
    let text = STANDARD_NO_PAD.encode(&bytes);
    let sure = text.get((shift * 8).div_ceil(6)..whole)?;
    (sure.len() >= 6).then(|| sure.as_bytes().to_vec())
}

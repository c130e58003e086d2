//! The word lists themselves: both languages are there, in their own script, with the same arguments.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Words that are the same thing in both scripts.
const SAME_IN_BOTH: [&str; 5] = ["语言 Language", "中文", "English", "App", "Excel"];

#[test]
fn every_word_is_there_in_both_languages() {
    let mut words = 0;
    for path in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("words")) {
        let text = fs::read_to_string(&path).expect("text");
        for (chinese, english) in pairs(&text) {
            words += 1;
            check(&path, &chinese, &english);
        }
    }
    assert!(words > 150, "only {words} pairs found: this test no longer reads the lists");
}

/// The lists, those in folders too.
fn files(folder: &Path) -> Vec<PathBuf> {
    let within = fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").path());
    let lists = within.filter(|path| !path.ends_with("tests.rs"));
    lists.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn every_refusal_has_its_own_sentence() {
    use super::{Language, shared::SharedWords};
    use protocol::sign_in::RefusalCode;
    for language in [Language::Chinese, Language::English] {
        let said: BTreeSet<_> = RefusalCode::ALL.map(|code| SharedWords(language).refusal(code)).into();
        assert_eq!(said.len(), RefusalCode::ALL.len(), "two refusals say the same in {language:?}");
    }
}

fn check(path: &Path, chinese: &str, english: &str) {
    let place = format!("{}: {chinese:?}, {english:?}", path.display());
    assert!(!chinese.trim().is_empty() && !english.trim().is_empty(), "one is empty in {place}");
    assert_eq!(arguments(chinese), arguments(english), "not the same arguments in {place}");
    if !SAME_IN_BOTH.contains(&chinese) {
        assert!(!english.chars().any(is_han), "Chinese in the English of {place}");
    }
    assert!(![chinese, english].iter().any(|text| text.contains(" ·")), "a dot may begin a line in {place}");
    assert!(!chinese.contains([',', ';', '?', '!']), "a half-width mark in the Chinese of {place}");
}

fn is_han(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

/// The names in braces, without how they are written; a sign by its number is none.
fn arguments(text: &str) -> BTreeSet<&str> {
    let open = text.match_indices('{').filter(|(at, _)| !text[..*at].ends_with("\\u"));
    open.filter_map(|(at, _)| text[at + 1..].split(['}', ':']).next()).collect()
}

/// Every two string literals that follow each other with only a comma between, Chinese in the first.
fn pairs(source: &str) -> Vec<(String, String)> {
    let literals = literals(source);
    let follows = |between: &str| between.trim() == ",";
    let is_pair = |window: &&[(usize, usize, String)]| match window {
        [(_, end, first), (start, _, _)] => {
            source.get(*end..*start).is_some_and(follows)
                && (first.chars().any(is_han) || SAME_IN_BOTH.contains(&first.as_str()))
        }
        _ => false,
    };
    literals.windows(2).filter(is_pair).map(|window| (window[0].2.clone(), window[1].2.clone())).collect()
}

/// Start, end and content of every string literal outside comments.
fn literals(source: &str) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let code = if line.trim_start().starts_with("//") { "" } else { line };
        let marks: Vec<usize> = code.match_indices('"').map(|(index, _)| index).collect();
        for ends in marks.chunks_exact(2) {
            let content = code.get(ends[0] + 1..ends[1]).unwrap_or_default();
            found.push((at + ends[0], at + ends[1] + 1, content.to_owned()));
        }
        at += line.len();
    }
    found
}

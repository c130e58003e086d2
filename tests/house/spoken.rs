//! What people read is said in one place, in two languages: `src/ui/words/`. There a word that lacks a language does
//! not compile, so no rule compares the two.

use crate::code;
use crate::source::Source;

/// Chinese in the code of the apps, comments and tests apart. An English sentence cannot be told from a key; a Chinese one can.
fn said_elsewhere(sources: &[Source]) -> Vec<String> {
    let apps = ["src/phone/", "src/desk/"];
    let ours = |source: &&Source| apps.iter().any(|app| source.path.starts_with(app)) && !source.is_test();
    let mut found = Vec::new();
    for source in sources.iter().filter(ours) {
        let (code, _) = code::without_tests(&code::uncommented(&source.text));
        for (number, line) in code.lines().enumerate().filter(|(_, line)| line.chars().any(is_chinese)) {
            found.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
        }
    }
    found
}

fn is_chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

#[test]
fn words_are_said_in_one_place() {
    crate::holds(
        "Words that people read stand in src/ui/words, in both languages.",
        said_elsewhere(&crate::rust()),
    );
    let text = "//! 六知道\nfn a() { view(\"走访\") } // 家访\n#[cfg(test)]\nmod tests { fn b() { \"张\" } }";
    let found = said_elsewhere(&crate::example("src/phone/view.rs", text));
    assert_eq!(found, ["src/phone/view.rs:2: fn a() { view(\"走访\") }"]);
    assert!(said_elsewhere(&crate::example("src/ui/words/phone.rs", text)).is_empty());
}

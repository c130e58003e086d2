//! Every code has its sentence in both languages, in `src/ui/words/roster.rs`. This room does not know that one, so it
//! reads the file.

use crate::{
    field::Field,
    finding::{Code, Effect},
    people::Doubt,
    refusal::Refusal,
    synonyms::COLUMNS,
};

const WORDS: &str = include_str!("../../../ui/words/roster.rs");

#[test]
fn every_code_has_its_sentence() {
    let word = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    let mut codes: Vec<String> = Code::ALL.iter().map(|code| code.word().to_owned()).collect();
    codes.extend(Effect::ALL.iter().map(|effect| word(serde_json::to_value(effect).unwrap())));
    let doubts = [Doubt::OtherTelephone, Doubt::OtherBranch, Doubt::OtherName];
    codes.extend(doubts.iter().map(|doubt| word(serde_json::to_value(doubt).unwrap())));
    let fields = COLUMNS.lines().map(|(field, _)| field).chain([Field::HelperTelephones, Field::MemberName]);
    codes.extend(fields.map(|field| word(serde_json::to_value(field).unwrap())));
    codes.extend(Refusal::ALL.iter().map(|refusal| refusal.code().to_owned()));
    let silent: Vec<String> =
        codes.into_iter().filter(|code| !WORDS.contains(&format!("\"{code}\""))).collect();
    assert!(silent.is_empty(), "no words for {silent:?}");
}

#[test]
fn the_command_line_refuses_in_the_words_of_the_desk() {
    for refusal in Refusal::ALL {
        for said in refusal.said() {
            assert!(WORDS.contains(said), "the desk does not say: {said}");
        }
    }
}

#[test]
fn codes_are_written_as_they_are_named() {
    for code in Code::ALL {
        assert_eq!(serde_json::to_value(code).unwrap(), code.word());
    }
}

//! What is missing or not possible in a visit before it can be finished: findings, never errors.
//!
//! The phone shows them while the helper types; the office uses the same limits. Nothing here
//! refuses an entry: content is never refused (DESIGN §4).

use crate::{
    answer::Answer,
    day::Day,
    item::Item,
    slot::{Value, Values},
    telephone,
    visit::{Companion, Visit},
};

/// The longest note, in characters.
pub const NOTE_MAX: usize = 2_000;
/// The longest description of a need or an event, in characters.
pub const WORDS_MAX: usize = 500;
/// The longest address or school, in characters.
pub const LINE_MAX: usize = 200;
/// The longest name, in characters.
pub const NAME_MAX: usize = 40;
/// The most children, events, telephones or needs in one visit.
pub const LIST_MAX: usize = 12;

/// Something to put right before a visit can be finished.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finding {
    /// Nobody said who was met.
    MetMissing,
    /// The notice was not read out yet, and nobody said whether they agree, nor that it was not asked.
    ConsentMissing,
    /// An item has no answer yet.
    AnswerMissing(Item),
    /// 有变化 was chosen but a field that must be filled is empty.
    FieldMissing(Item),
    /// A text is longer than can be kept.
    TooLong(Item),
    /// A number has digits that no telephone has, and nobody said that it is so all the same.
    NumberOdd(Item),
    /// The day lies after today.
    DayInFuture,
    /// A need has no words.
    NeedEmpty,
    /// An alert does not say what happened.
    AlertUnsaid,
    /// Somebody came along, and the name is empty.
    CompanionUnnamed,
    /// The note is longer than [`NOTE_MAX`].
    NoteTooLong,
}

/// What was answered at a visit, be it by what the visit does not hold: nobody met, consent noted before or put off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
    /// Who was met, or that nobody was.
    pub met: bool,
    /// Whether they agree to the notice as it is now.
    pub consent: bool,
}

/// What keeps a visit from being finished, in the order of the form.
#[must_use]
pub fn findings(visit: &Visit, asked: Asked, today: Day) -> Vec<Finding> {
    let mut found = Vec::new();
    if !asked.met {
        found.push(Finding::MetMissing);
    }
    if !visit.is_attempt() && !asked.consent {
        found.push(Finding::ConsentMissing);
    }
    if visit.day > today {
        found.push(Finding::DayInFuture);
    }
    if !visit.is_attempt() {
        found.extend(Item::ALL.into_iter().filter_map(|item| answer_finding(visit, item)));
    }
    if visit.needs.iter().any(|need| need.words.trim().is_empty()) {
        found.push(Finding::NeedEmpty);
    }
    if matches!(&visit.companion, Some(Companion::Named(name)) if name.trim().is_empty()) {
        found.push(Finding::CompanionUnnamed);
    }
    if visit.note.chars().count() > NOTE_MAX {
        found.push(Finding::NoteTooLong);
    }
    found
}

fn answer_finding(visit: &Visit, item: Item) -> Option<Finding> {
    match visit.answers.get(&item) {
        None => Some(Finding::AnswerMissing(item)),
        Some(Answer::Changed { stated, .. }) => changed_finding(item, stated),
        Some(_) => None,
    }
}

fn changed_finding(item: Item, stated: &Values) -> Option<Finding> {
    if stated.is_empty() || stated.values().any(|value| !is_filled(value)) {
        return Some(Finding::FieldMissing(item));
    }
    stated.values().any(is_too_long).then_some(Finding::TooLong(item))
}

/// Whether the field that makes the value worth keeping is there.
fn is_filled(value: &Value) -> bool {
    match value {
        Value::Name(name) => !name.text.trim().is_empty(),
        Value::Address(address) => !address.text.trim().is_empty(),
        Value::Telephone(value) => value.numbers.iter().all(|telephone| is_number(&telephone.number)),
        Value::Child(child) => !child.name.trim().is_empty(),
        Value::Spouse(_) | Value::Event(_) | Value::Children(_) | Value::EventList(_) | Value::Ended(_) => {
            true
        }
    }
}

/// The numbers a visit says anew that have digits no telephone has, each with its item.
#[must_use]
pub fn odd_numbers(visit: &Visit) -> Vec<(Item, &str)> {
    let stated = visit.answers.values().filter_map(|answer| match answer {
        Answer::Changed { stated, .. } => Some(stated),
        _ => None,
    });
    let of_slot = stated.flatten().flat_map(|(slot, value)| {
        let numbers: Vec<&str> = match value {
            Value::Telephone(value) => value.numbers.iter().map(|one| one.number.as_str()).collect(),
            Value::Spouse(spouse) => vec![spouse.telephone.as_str()],
            _ => Vec::new(),
        };
        numbers.into_iter().map(|number| (slot.item(), number))
    });
    of_slot.filter(|(_, number)| telephone::odd(number).is_some()).collect()
}

/// Whether a text can be dialled: 3–20 digits, with `+`, `-` and blanks between.
#[must_use]
pub fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (3..=20).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || "+- ".contains(c))
}

fn is_too_long(value: &Value) -> bool {
    let over = |text: &str, max: usize| text.chars().count() > max;
    match value {
        Value::Name(name) => over(&name.text, NAME_MAX) || over(&name.work_number, NAME_MAX),
        Value::Address(address) => over(&address.text, LINE_MAX) || over(&address.landmark, LINE_MAX),
        Value::Telephone(value) => value.numbers.len() > LIST_MAX,
        Value::Spouse(spouse) => {
            over(&spouse.name, NAME_MAX) || over(&spouse.work, LINE_MAX) || over(&spouse.health, LINE_MAX)
        }
        Value::Child(child) => over(&child.name, NAME_MAX) || over(&child.school, LINE_MAX),
        Value::Event(event) => over(&event.who, NAME_MAX) || over(&event.what, WORDS_MAX),
        Value::Children(ids) => ids.len() > LIST_MAX,
        Value::EventList(ids) => ids.len() > LIST_MAX,
        Value::Ended(ended) => over(&ended.why, WORDS_MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Finding, WORDS_MAX, findings, odd_numbers};
    use crate::{day::Day, item::Item, visit::Visit};
    use serde_json::json;

    /// A visit in which only this is said anew.
    fn stating(item: &str, stated: &serde_json::Value) -> Visit {
        let answers = json!({ item: { "answer": "changed", "stated": stated } });
        serde_json::from_value(json!({ "day": "2026-11-21", "met": "worker", "answers": answers })).unwrap()
    }

    fn day() -> Day {
        Day::new(2026, 11, 21).unwrap()
    }

    #[track_caller]
    fn check(item: &str, stated: &serde_json::Value, odd: &[(Item, &str)]) {
        assert_eq!(odd_numbers(&stating(item, stated)), odd);
    }

    #[test]
    fn numbers_with_digits_no_telephone_has_are_found() {
        let number = |number: &str| json!({ "telephone": { "telephone": { "numbers": [{ "number": number, "whose": "worker" }] } } });
        check("telephone", &number("13812345678"), &[]);
        check("telephone", &number("1381234567"), &[(Item::Telephone, "1381234567")]);
        let spouse = json!({ "spouse": { "spouse": { "marital": "married", "telephone": "138123456789" } } });
        check("spouse", &spouse, &[(Item::Spouse, "138123456789")]);
    }

    #[test]
    fn the_reason_of_an_end_has_its_length_in_signs() {
        let slot = "child:01890000-0000-7000-8000-000000000001";
        let found = |signs: usize| {
            let ended = json!({ slot: { "ended": { "why": "𠮷".repeat(signs) } } });
            findings(&stating("schooling", &ended), Asked { met: true, consent: true }, day())
        };
        let too_long = Finding::TooLong(Item::Schooling);
        assert!(!found(WORDS_MAX).contains(&too_long) && found(WORDS_MAX + 1).contains(&too_long));
    }

    #[test]
    fn whoever_is_met_is_asked_for_consent() {
        let met = stating("name", &json!({}));
        let found = |visit: &Visit, consent: bool| {
            findings(visit, Asked { met: true, consent }, day()).contains(&Finding::ConsentMissing)
        };
        assert_eq!((found(&met, false), found(&met, true)), (true, false));
        assert!(!found(&Visit::attempt(day()), false), "nobody can be asked");
    }
}

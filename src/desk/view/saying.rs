//! What the desk says of failures and of values, in one line each. The only place here that turns a
//! failure into words; values are in `value`.

use crate::{
    state::{place::TodoKind, sending::Problem},
    trouble::Trouble,
};
use domain::{
    file::VisitLine,
    id::PersonId,
    import::ROSTER,
    observation::Standings,
    slot::{Slot, Value},
    visit::Companion,
};
use protocol::desk::Level;
use std::collections::BTreeMap;
use ui::words;

pub mod value;

/// Why nothing came back, and what to do.
pub fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Unreachable { .. } => words::desk().unreachable().to_owned(),
        Trouble::Refused(refusal) => words::shared().refusal(refusal.code).to_owned(),
        Trouble::Unreadable { .. } => words::desk().unreadable().to_owned(),
    }
}

/// Why a form did not do what it should, and that what was typed is still there.
pub fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Trouble(Trouble::Unreachable { .. }) => words::desk().unreachable_form().to_owned(),
        Problem::Trouble(other) => trouble(other),
        Problem::NotCounted(Some(reason)) => words::desk().kept_not_counted(words::desk().reason(*reason)),
        Problem::NotCounted(None) => words::desk().kept_sealed().to_owned(),
    }
}

/// Who observed something, by the names that came with it; empty where nobody knows.
pub fn observer(names: &BTreeMap<PersonId, String>, by: PersonId) -> String {
    match by {
        ROSTER => words::domain().from_roster().to_owned(),
        by => names.get(&by).cloned().unwrap_or_default(),
    }
}

/// What a list of things to do is called.
pub fn todo(kind: TodoKind) -> &'static str {
    let words = words::desk();
    match kind {
        TodoKind::Alerts => words.alerts(),
        TodoKind::Needs => words.needs_open(),
        TodoKind::Untold => words.needs_untold(),
        TodoKind::Rivals => words.rivals(),
        TodoKind::Pairs => words.pairs(),
        TodoKind::Quarantine => words.quarantine(),
        TodoKind::Proposals => words.proposals(),
        TodoKind::Phones => words.phones(),
        TodoKind::Feedback => words.feedback(),
    }
}

/// What the list itself is called: it shows every stage.
pub fn todo_list(kind: TodoKind) -> &'static str {
    if matches!(kind, TodoKind::Needs | TodoKind::Untold) { words::desk().needs() } else { todo(kind) }
}

/// What a level of the tree is called.
pub fn level(level: Level) -> &'static str {
    let words = words::desk_forms();
    match level {
        Level::Above => words.level_above(),
        Level::Union => words.level_union(),
        Level::Branch => words.level_branch(),
        Level::Group => words.level_group(),
    }
}

/// What a slot is called; a child or an event by what is known of it.
pub fn slot(slot: Slot) -> &'static str {
    match slot {
        Slot::Child(_) => words::desk().a_child(),
        Slot::Event(_) => words::desk().an_event(),
        other => words::domain().item(other.item()),
    }
}

/// The worker's name, as far as one stands.
pub fn worker_name(standings: &Standings) -> String {
    match standings.get(&Slot::Name).and_then(|standing| standing.values.first()).map(|stands| &stands.value)
    {
        Some(Value::Name(name)) => name.text.clone(),
        _ => String::new(),
    }
}

/// Who came along, by name; whom the office knows is said to have been there once they say it themselves.
pub fn companion(line: &VisitLine, names: &BTreeMap<PersonId, String>) -> Option<String> {
    match line.visit.companion.as_ref()? {
        Companion::Person(person) => {
            let name = names.get(person).filter(|name| !name.is_empty())?;
            Some(if line.confirmed { name.clone() } else { words::domain().unconfirmed(name) })
        }
        Companion::Named(name) => Some(name.clone()).filter(|name| !name.is_empty()),
    }
}

/// What may be wrong with a telephone's number: that it has so many digits. It is said, and keeps nobody.
pub fn telephone_doubt(number: &str) -> Option<String> {
    let words = words::desk_forms();
    domain::telephone::odd(number)?;
    let digits = number.chars().filter(char::is_ascii_digit).count();
    Some(words.telephone_digits(digits))
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Companion, PersonId, VisitLine, companion};
    use domain::{id::EntryId, visit::Visit};

    #[test]
    fn whom_the_office_knows_was_there_once_they_said_so() {
        let person = PersonId::new(1, [2; 10]);
        let names = BTreeMap::from([(person, "宋贵".to_owned())]);
        let (known, named) = (Companion::Person(person), Companion::Named("李国庆".to_owned()));
        for (with, confirmed, expected) in [
            (Some(known.clone()), false, Some("宋贵（待本人确认）")),
            (Some(known), true, Some("宋贵")),
            (Some(named), false, Some("李国庆")),
            (Some(Companion::Person(PersonId::new(1, [3; 10]))), false, None),
            (None, false, None),
        ] {
            let id = EntryId::new(1, [1; 10]);
            let mut visit: Visit = serde_json::from_str(r#"{ "day": "2026-11-20" }"#).unwrap();
            visit.companion = with;
            let line = VisitLine {
                id,
                version: id,
                author: PersonId::new(1, [1; 10]),
                confirmed,
                joined: None,
                visit,
            };
            assert_eq!(companion(&line, &names).as_deref(), expected);
        }
    }
}

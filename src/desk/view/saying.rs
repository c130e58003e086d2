//! What the desk says of failures and of values, in one line each. The only place here that turns a
//! failure into words; values are in `value`.

use crate::{
    state::{place::TodoKind, sending::Problem},
    trouble::Trouble,
};
use domain::{
    id::PersonId,
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

/// What a list of things to do is called.
pub fn todo(kind: TodoKind) -> &'static str {
    let words = words::desk();
    match kind {
        TodoKind::Alerts => words.alerts(),
        TodoKind::Needs => words.needs_open(),
        TodoKind::Untold => words.needs_untold(),
        TodoKind::Rivals => words.rivals(),
        TodoKind::Quarantine => words.quarantine(),
        TodoKind::Proposals => words.proposals(),
        TodoKind::Phones => words.phones(),
        TodoKind::Feedback => words.feedback(),
    }
}

/// What the list itself is called: it shows what is done, too.
pub fn todo_list(kind: TodoKind) -> &'static str {
    if kind == TodoKind::Needs { words::desk().needs() } else { todo(kind) }
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

/// Who came along, by name.
pub fn companion(companion: &Companion, names: &BTreeMap<PersonId, String>) -> String {
    match companion {
        Companion::Person(person) => names.get(person).cloned().unwrap_or_default(),
        Companion::Named(name) => name.clone(),
    }
}

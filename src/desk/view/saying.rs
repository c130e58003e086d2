//! What the desk says of failures and of values, in one line each. The only place here that turns a
//! failure into words, and a value into a line.

use crate::{
    link::Trouble,
    state::{place::TodoKind, sending::Problem},
};
use domain::{
    day::Day,
    id::PersonId,
    observation::Standings,
    slot::{Slot, Value},
    value::{ChildValue, EventValue, Marital, NameValue, SpouseValue, TelephoneValue},
    visit::Companion,
};
use protocol::desk::Level;
use std::collections::BTreeMap;
use ui::{figures, words};

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
        TodoKind::Rivals => words.rivals(),
        TodoKind::Quarantine => words.quarantine(),
        TodoKind::Proposals => words.proposals(),
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
    match standings.get(&Slot::Name).and_then(|standing| standing.values.first()).map(|stands| &stands.value) {
        Some(Value::Name(name)) => name.text.clone(),
        _ => String::new(),
    }
}

/// A value in one line. Lists name their children and events by what stands of them.
pub fn value(value: &Value, standings: &Standings, today: Day) -> String {
    match value {
        Value::Name(name) => of_name(name, today),
        Value::Address(address) => {
            let dwelling = address.dwelling.map(|dwelling| words::domain().dwelling(dwelling).to_owned());
            joined([Some(address.text.clone()), some(&address.landmark), dwelling])
        }
        Value::Telephone(telephones) => of_telephones(telephones),
        Value::Spouse(spouse) => of_spouse(spouse),
        Value::Child(child) => of_child(child, today),
        Value::Event(event) => of_event(event),
        Value::Children(ids) if ids.is_empty() => words::desk().no_children().to_owned(),
        Value::Children(ids) => listed(ids.iter().map(|id| Slot::Child(*id)), standings, today),
        Value::EventList(ids) if ids.is_empty() => words::domain().no_events().to_owned(),
        Value::EventList(ids) => listed(ids.iter().map(|id| Slot::Event(*id)), standings, today),
        Value::Ended(ended) => {
            let on = ended.on.map(|day| day.to_string());
            joined([Some(words::desk().ended().to_owned()), on, some(&ended.why)])
        }
    }
}

fn listed(slots: impl Iterator<Item = Slot>, standings: &Standings, today: Day) -> String {
    let line = |slot: Slot| {
        let first = standings.get(&slot).and_then(|standing| standing.values.first());
        first.map_or_else(|| words::desk().not_described().to_owned(), |stands| value(&stands.value, standings, today))
    };
    slots.map(line).collect::<Vec<_>>().join("；")
}

fn of_name(name: &NameValue, today: Day) -> String {
    let sex = name.sex.map(|sex| words::domain().sex(sex).to_owned());
    let age = name.born.map(|born| words::shared().age(born.age_on(today)));
    let number = some(&name.work_number).map(|number| words::desk().work_number_is(&number));
    joined([Some(name.text.clone()), sex, age, number])
}

fn of_telephones(telephones: &TelephoneValue) -> String {
    if telephones.numbers.is_empty() {
        return words::desk().no_telephone().to_owned();
    }
    let line = |telephone: &domain::value::Telephone| {
        format!("{} {}", telephone.number, words::domain().whose(telephone.whose))
    };
    telephones.numbers.iter().map(line).collect::<Vec<_>>().join("；")
}

fn of_spouse(spouse: &SpouseValue) -> String {
    let marital = words::domain().marital(spouse.marital).to_owned();
    if spouse.marital != Marital::Married {
        return marital;
    }
    joined([Some(marital), some(&spouse.name), some(&spouse.work), some(&spouse.health), some(&spouse.telephone)])
}

fn of_child(child: &ChildValue, today: Day) -> String {
    let age = child.born.map(|born| words::shared().age(born.age_on(today)));
    let stage = child.stage.map(|stage| words::domain().stage(stage).to_owned());
    let class = child.grade.map(|grade| figures::class(child.stage, grade));
    let cost = child.yearly_cost_fen.map(|fen| words::desk().per_year(&figures::money(fen)));
    joined([some(&child.name), age, some(&child.school), class.or(stage), cost])
}

fn of_event(event: &EventValue) -> String {
    let kind = words::domain().event_kind(event.kind).to_owned();
    let day = event.day.map(|day| day.to_string());
    let cost = event.cost_fen.map(figures::money);
    joined([Some(kind), day, some(&event.who), some(&event.what), cost])
}

/// Who came along, by name.
pub fn companion(companion: &Companion, names: &BTreeMap<PersonId, String>) -> String {
    match companion {
        Companion::Person(person) => names.get(person).cloned().unwrap_or_default(),
        Companion::Named(name) => name.clone(),
    }
}

fn some(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

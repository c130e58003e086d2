//! Values in words, as they are read out at a door: `王秀英 · 女 · 52 岁`.

use crate::state::Draft;
use domain::{
    answer::Answer,
    day::Day,
    id::PersonId,
    item::Item,
    observation::members,
    slot::{Slot, Value, Values},
    value::{ChildValue, EventValue, SpouseValue, Telephone},
    visit::Companion,
};
use protocol::changes::Card;
use ui::figures;
use ui::words;

/// One line per thing an item says; a list that is empty says so.
pub fn lines(item: Item, values: &Values, today: Day) -> Vec<String> {
    let Some(whole) = values.get(&Slot::of_item(item)) else {
        return values.values().map(|value| value_line(value, today)).collect();
    };
    let list = members(whole);
    if list.is_empty() {
        return vec![value_line(whole, today)];
    }
    let known =
        list.iter().filter_map(|slot| values.get(slot)).filter(|value| !matches!(value, Value::Ended(_)));
    known.map(|value| value_line(value, today)).collect()
}

/// One value in words.
pub fn value_line(value: &Value, today: Day) -> String {
    let (domain, phone) = (words::domain(), words::phone());
    match value {
        Value::Name(name) => joined([
            name.text.clone(),
            name.sex.map_or_else(String::new, |sex| domain.sex(sex).to_owned()),
            name.born.map_or_else(String::new, |born| words::shared().age(born.age_on(today))),
        ]),
        Value::Address(address) => joined([
            address.text.clone(),
            address.landmark.clone(),
            address.dwelling.map_or_else(String::new, |dwelling| domain.dwelling(dwelling).to_owned()),
        ]),
        Value::Telephone(value) if value.numbers.is_empty() => phone.no_telephone().to_owned(),
        Value::Telephone(value) => value.numbers.iter().map(telephone).collect::<Vec<_>>().join("\n"),
        Value::Spouse(value) => spouse(value),
        Value::Child(value) => child(value),
        Value::Event(value) => event(value),
        Value::Children(ids) if ids.is_empty() => phone.no_children().to_owned(),
        Value::EventList(ids) if ids.is_empty() => phone.no_events_known().to_owned(),
        Value::Children(ids) => ids.len().to_string(),
        Value::EventList(ids) => ids.len().to_string(),
        Value::Ended(_) => phone.ended().to_owned(),
    }
}

fn telephone(one: &Telephone) -> String {
    joined([one.number.clone(), words::domain().whose(one.whose).to_owned()])
}

fn spouse(value: &SpouseValue) -> String {
    let marital = words::domain().marital(value.marital).to_owned();
    joined([marital, value.name.clone(), value.work.clone(), value.health.clone(), value.telephone.clone()])
}

fn child(value: &ChildValue) -> String {
    let class = match (value.stage, value.grade) {
        (stage, Some(grade)) => figures::class(stage, grade),
        (Some(stage), None) => words::domain().stage(stage).to_owned(),
        (None, None) => String::new(),
    };
    joined([value.name.clone(), class, value.school.clone()])
}

fn event(value: &EventValue) -> String {
    let day = value.day.map_or_else(String::new, |day| day.to_string());
    let cost = value.cost_fen.map_or_else(String::new, figures::money);
    joined([
        words::domain().event_kind(value.kind).to_owned(),
        value.who.clone(),
        value.what.clone(),
        day,
        cost,
    ])
}

/// Parts with ` · ` between them, empty ones left out.
pub fn joined<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What was answered, in one word.
pub fn answer_word(answer: &Answer) -> String {
    let domain = words::domain();
    match answer {
        Answer::Unchanged { .. } => domain.answer_unchanged().to_owned(),
        Answer::Changed { .. } => domain.answer_changed().to_owned(),
        Answer::NotAsked { reason } => {
            format!("{} · {}", domain.answer_not_asked(), domain.not_asked(*reason))
        }
        Answer::Declined => domain.answer_declined().to_owned(),
    }
}

/// A person's name on a card; empty where it is not known.
pub fn person(card: &Card, person: PersonId) -> String {
    let seated = card.seats.iter().find(|seat| seat.person == person).map(|seat| seat.name.clone());
    seated.or_else(|| card.names.get(&person).cloned()).unwrap_or_default()
}

/// A companion's name.
pub fn companion(card: &Card, companion: &Companion) -> String {
    crate::state::laid::companion_name(card, companion)
}

/// A household's name for a heading.
pub fn household(card: &Card) -> String {
    let name = crate::state::due::name_of(card);
    if name.is_empty() { words::phone().unnamed().to_owned() } else { name }
}

/// Where a draft is gone on with.
pub fn route_of(draft: &Draft) -> String {
    match draft.kind.as_str() {
        "alert" => format!("/alert/{}", draft.id),
        "propose" => "/propose".to_owned(),
        _ => format!("/visit/{}", draft.id),
    }
}

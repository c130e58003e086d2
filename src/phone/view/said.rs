//! Values in words, as they are read out at a door: `王秀英 · 女 · 52 岁`. Whoever confirms a value has seen all
//! of it: a field that is not said here does not compile.

use crate::state::Draft;
use domain::{
    answer::Answer,
    day::{Day, LooseDay},
    file::NeedLine,
    id::PersonId,
    import::ROSTER,
    item::Item,
    observation::members,
    schooling::{self, ByNow},
    slot::{Slot, Value, Values},
    telephone::Odd,
    value::{AddressValue, ChildValue, Ended, EventValue, NameValue, SpouseValue, Telephone, TelephoneValue},
    visit::Companion,
};
use protocol::changes::{Card, CardVisit};
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
        Value::Name(value) => name(value, today),
        Value::Address(AddressValue { text, landmark, dwelling, rest: _ }) => joined([
            text.clone(),
            landmark.clone(),
            dwelling.map_or_else(String::new, |dwelling| domain.dwelling(dwelling).to_owned()),
        ]),
        Value::Telephone(TelephoneValue { numbers, rest: _ }) if numbers.is_empty() => {
            phone.no_telephone().to_owned()
        }
        Value::Telephone(TelephoneValue { numbers, rest: _ }) => {
            numbers.iter().map(telephone).collect::<Vec<_>>().join("\n")
        }
        Value::Spouse(value) => spouse(value),
        Value::Child(value) => child(value),
        Value::Event(value) => event(value),
        Value::Children(ids) if ids.is_empty() => phone.no_children().to_owned(),
        Value::EventList(ids) if ids.is_empty() => phone.no_events_known().to_owned(),
        Value::Children(ids) => ids.len().to_string(),
        Value::EventList(ids) => ids.len().to_string(),
        Value::Ended(Ended { on, why }) => {
            let since = on.map_or_else(String::new, |on| phone.said_since(&figures::short_day(on, today)));
            joined([phone.ended().to_owned(), since, why.clone()])
        }
    }
}

fn name(NameValue { text, sex, born, work_number, rest: _ }: &NameValue, today: Day) -> String {
    let words = words::phone();
    let number = if work_number.is_empty() { String::new() } else { words.said_work_number(work_number) };
    two_lines(
        [
            text.clone(),
            sex.map_or_else(String::new, |sex| words::domain().sex(sex).to_owned()),
            born.map_or_else(String::new, |born| words::shared().age(born.age_on(today))),
        ],
        [born.as_ref().map_or_else(String::new, born_on), figures::glued(&number)],
    )
}

fn telephone(Telephone { number, whose, rest: _ }: &Telephone) -> String {
    joined([number.clone(), figures::glued(words::domain().whose(*whose))])
}

fn spouse(value: &SpouseValue) -> String {
    let SpouseValue { marital, name, work, health, telephone, rest: _ } = value;
    let marital = words::domain().marital(*marital).to_owned();
    joined([marital, name.clone(), work.clone(), health.clone(), telephone.clone()])
}

fn child(value: &ChildValue) -> String {
    let ChildValue { name, born, stage, school, grade, yearly_cost_fen, rest: _ } = value;
    let words = words::phone();
    let class = match (*stage, *grade) {
        (stage, Some(grade)) => figures::class(stage, grade),
        (Some(stage), None) => words::domain().stage(stage).to_owned(),
        (None, None) => String::new(),
    };
    let born = born.as_ref().map_or_else(String::new, born_on);
    let cost = yearly_cost_fen.map_or_else(String::new, |fen| words.said_yearly(&figures::money(fen)));
    two_lines([name.clone(), class, school.clone()], [born, cost])
}

fn event(EventValue { kind, day, who, what, cost_fen, rest: _ }: &EventValue) -> String {
    let day = day.map_or_else(String::new, |day| day.to_string());
    let cost = cost_fen.map_or_else(String::new, figures::money);
    joined([words::domain().event_kind(*kind).to_owned(), who.clone(), what.clone(), day, cost])
}

/// Two lines that belong together, either of which may be empty: a line that breaks by itself would end with a dot.
fn two_lines<const A: usize, const B: usize>(upper: [String; A], lower: [String; B]) -> String {
    let lines = [joined(upper), joined(lower)];
    lines.iter().filter(|line| !line.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// See [`words::joined`].
pub fn joined<const N: usize>(parts: [String; N]) -> String {
    words::joined(&parts)
}

/// What the union replied; where the family was told another reply before, that too.
pub fn reply(line: &NeedLine) -> String {
    let now = line.reply.as_ref().map(|reply| reply.words.as_str()).unwrap_or_default();
    match line.told_before.as_ref().filter(|_| line.told.is_none()) {
        Some(before) => words::domain().told_before(&before.words, now),
        None => now.to_owned(),
    }
}

/// What was answered, in one word.
pub fn answer_word(answer: &Answer) -> String {
    let domain = words::domain();
    match answer {
        Answer::Unchanged { .. } => domain.answer_unchanged().to_owned(),
        Answer::Changed { .. } => domain.answer_changed().to_owned(),
        Answer::NotAsked { reason } => {
            joined([domain.answer_not_asked().to_owned(), domain.not_asked(*reason).to_owned()])
        }
        Answer::Declined => domain.answer_declined().to_owned(),
    }
}

/// When somebody was born; a date is not broken over two lines.
fn born_on(born: &LooseDay) -> String {
    words::phone().said_born(&figures::unbroken(born.to_string()))
}

/// What may be wrong with a telephone's number.
pub fn telephone_doubt(number: &str) -> Option<String> {
    let words = words::phone();
    Some(match domain::telephone::odd(number)? {
        Odd::MobileLacks(digits) => words.telephone_lacks(digits),
        Odd::MobileExceeds(digits) => words.telephone_exceeds(digits),
        Odd::Landline => words.telephone_landline().to_owned(),
    })
}

/// What to ask of a child's class, where a school year began since it was seen; the class it should be in by now.
pub fn class_to_ask(child: &ChildValue, seen: Day, today: Day) -> Option<(String, Option<u8>)> {
    let (stage, grade, words) = (child.stage?, child.grade?, words::phone());
    let class = |grade| figures::class(Some(stage), grade);
    Some(match schooling::by_now(stage, grade, seen, today)? {
        ByNow::In(now) => (words.class_up(&child.name, &class(grade), &class(now)), Some(now)),
        ByNow::Finished => (words.class_finished(&child.name), None),
    })
}

/// A person's name on a card; empty where it is not known. What came with the roster says so.
pub fn person(card: &Card, person: PersonId) -> String {
    if person == ROSTER {
        return words::domain().from_roster().to_owned();
    }
    let seated = card.seats.iter().find(|seat| seat.person == person).map(|seat| seat.name.clone());
    seated.or_else(|| card.names.get(&person).cloned()).unwrap_or_default()
}

/// Whether a visit names somebody the union knows, who has not said yet that they were there.
pub fn is_unconfirmed(visit: &CardVisit) -> bool {
    visit.companion_id.is_some() && !visit.confirmed && !visit.companion.is_empty()
}

/// Who came along on a visit.
pub fn companion_of(visit: &CardVisit) -> String {
    if is_unconfirmed(visit) {
        words::domain().unconfirmed(&visit.companion)
    } else {
        visit.companion.clone()
    }
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
        "propose" => format!("/propose/{}", draft.id),
        _ => format!("/visit/{}", draft.id),
    }
}

#[cfg(test)]
mod tests {
    use super::{CardVisit, companion_of};

    #[test]
    fn whom_the_union_knows_was_there_once_they_said_so() {
        let known = r#", "companion_id": "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b""#;
        for (companion, confirmed, expected) in
            [(known, false, "宋贵（待本人确认）"), (known, true, "宋贵"), ("", false, "宋贵")]
        {
            let of = r#""id": "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b", "author": "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2c""#;
            let visit = format!(
                r#"{{ {of}, "day": "2026-11-20", "companion": "宋贵", "confirmed": {confirmed} {companion} }}"#
            );
            let visit: CardVisit = serde_json::from_str(&visit).unwrap();
            assert_eq!(companion_of(&visit), expected);
        }
    }
}

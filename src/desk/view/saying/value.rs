//! A value in words: whole, in one line; or only what changed between two.

use domain::{
    day::{Day, LooseDay},
    observation::Standings,
    slot::{Slot, Value},
    value::{
        AddressValue, ChildValue, EventValue, Marital, NameValue, SpouseValue, Telephone, TelephoneValue,
    },
};
use ui::{figures, words};

/// A value in one line. Lists name their children and events by what stands of them.
pub fn line(value: &Value, standings: &Standings, today: Day) -> String {
    words::joined(&parts(value, standings, Some(today)))
}

/// Whether a value is of a child or an event of which nothing was said: then nobody had it wrong before.
pub const fn is_one_more(before: Option<&Value>, after: &Value) -> bool {
    before.is_none() && matches!(after, Value::Child(_) | Value::Event(_))
}

/// What changed between two values of one slot.
pub struct Difference {
    /// Whom it is about, where both say the same: a child's name.
    pub subject: String,
    /// What was said before and is no longer.
    pub before: String,
    /// What is said now and was not.
    pub after: String,
}

/// Only the parts that differ, to the letter; what both say first is whom it is about. Where no part does, both whole.
pub fn difference(before: &Value, after: &Value, standings: &Standings) -> Difference {
    let (old, new) = (parts(before, standings, None), parts(after, standings, None));
    let differing = |these: &[String], others: &[String]| {
        these.iter().filter(|part| !others.contains(part)).cloned().collect::<Vec<_>>()
    };
    let (gone, come) = (differing(&old, &new), differing(&new, &old));
    if gone.is_empty() && come.is_empty() {
        let (before, after) = (words::joined(&old), words::joined(&new));
        return Difference { subject: String::new(), before, after };
    }
    let subject = old.first().filter(|first| new.first() == Some(first)).cloned().unwrap_or_default();
    let said = |these: Vec<String>| match these.is_empty() {
        true => words::desk().not_said().to_owned(),
        false => words::joined(&these),
    };
    Difference { before: said(gone), after: said(come), subject }
}

fn parts(value: &Value, standings: &Standings, today: Option<Day>) -> Vec<String> {
    match value {
        Value::Name(name) => of_name(name, today),
        Value::Address(address) => of_address(address),
        Value::Telephone(telephones) => of_telephones(telephones),
        Value::Spouse(spouse) => of_spouse(spouse, today.is_none()),
        Value::Child(child) => of_child(child, today),
        Value::Event(event) => of_event(event),
        Value::Children(ids) if ids.is_empty() => vec![words::desk().no_children().to_owned()],
        Value::Children(ids) => listed(ids.iter().map(|id| Slot::Child(*id)), standings, today),
        Value::EventList(ids) if ids.is_empty() => vec![words::domain().no_events().to_owned()],
        Value::EventList(ids) => listed(ids.iter().map(|id| Slot::Event(*id)), standings, today),
        Value::Ended(ended) => {
            let on = ended.on.map(|day| day.to_string());
            filled([Some(words::desk().ended().to_owned()), on, some(&ended.why)])
        }
    }
}

fn listed(slots: impl Iterator<Item = Slot>, standings: &Standings, today: Option<Day>) -> Vec<String> {
    let one = |slot: Slot| {
        let first = standings.get(&slot).and_then(|standing| standing.values.first());
        first.map_or_else(
            || words::desk().not_described().to_owned(),
            |stands| words::joined(&parts(&stands.value, standings, today)),
        )
    };
    slots.map(one).collect()
}

fn of_name(name: &NameValue, today: Option<Day>) -> Vec<String> {
    let sex = name.sex.map(|sex| words::domain().sex(sex).to_owned());
    let age = name.born.map(|born| age(born, today));
    let number = some(&name.work_number).map(|number| words::desk().work_number_is(&number));
    filled([some(&name.text), sex, age, number])
}

/// The age as of today, or the date of birth itself.
fn age(born: LooseDay, today: Option<Day>) -> String {
    today.map_or_else(|| born.to_string(), |today| words::shared().age(born.age_on(today)))
}

fn of_address(address: &AddressValue) -> Vec<String> {
    let dwelling = address.dwelling.map(|dwelling| words::domain().dwelling(dwelling).to_owned());
    filled([some(&address.text), some(&address.landmark), dwelling])
}

fn of_telephones(telephones: &TelephoneValue) -> Vec<String> {
    if telephones.numbers.is_empty() {
        return vec![words::desk().no_telephone().to_owned()];
    }
    let one =
        |telephone: &Telephone| format!("{} {}", telephone.number, words::domain().whose(telephone.whose));
    telephones.numbers.iter().map(one).collect()
}

fn of_spouse(spouse: &SpouseValue, to_the_letter: bool) -> Vec<String> {
    let marital = words::domain().marital(spouse.marital).to_owned();
    if spouse.marital != Marital::Married && !to_the_letter {
        return vec![marital];
    }
    filled([
        Some(marital),
        some(&spouse.name),
        some(&spouse.work),
        some(&spouse.health),
        some(&spouse.telephone),
    ])
}

fn of_child(child: &ChildValue, today: Option<Day>) -> Vec<String> {
    let age = child.born.map(|born| age(born, today));
    let stage = child.stage.map(|stage| words::domain().stage(stage).to_owned());
    let class = child.grade.map(|grade| figures::class(child.stage, grade));
    let cost = child.yearly_cost_fen.map(|fen| words::desk().per_year(&figures::money(fen)));
    filled([some(&child.name), age, some(&child.school), class.or(stage), cost])
}

fn of_event(event: &EventValue) -> Vec<String> {
    let kind = words::domain().event_kind(event.kind).to_owned();
    let day = event.day.map(|day| day.to_string());
    let cost = event.cost_fen.map(figures::money);
    filled([Some(kind), day, some(&event.who), some(&event.what), cost])
}

fn some(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

fn filled<const N: usize>(parts: [Option<String>; N]) -> Vec<String> {
    parts.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::{difference, is_one_more, line};
    use domain::{
        day::{Day, LooseDay},
        observation::Standings,
        slot::Value,
        value::{ChildValue, Ended, EventKind, EventValue, Marital, NameValue, Rest, SpouseValue, Stage},
    };

    fn child(school: &str, grade: u8) -> Value {
        Value::Child(ChildValue {
            name: "张小燕".into(),
            stage: Some(Stage::JuniorHigh),
            school: school.into(),
            grade: Some(grade),
            ..ChildValue::default()
        })
    }

    #[test]
    fn only_what_changed_is_said() {
        let today = Day::from_number(20_000);
        let cases = [
            (child("青峰中学", 8), child("青峰中学", 9), ("初二", "初三")),
            (child("青峰小学", 7), child("青峰中学", 8), ("青峰小学\u{a0}· 初一", "青峰中学\u{a0}· 初二")),
            (child("", 8), child("青峰中学", 8), ("没有", "青峰中学")),
        ];
        for (before, after, expected) in cases {
            let found = difference(&before, &after, &Standings::new());
            assert_eq!((found.before.as_str(), found.after.as_str()), expected);
            assert_eq!(found.subject, "张小燕");
        }
        // One age, two dates; no marriage any more, another name.
        let born = |day: &str| {
            Value::Name(NameValue {
                text: "张山".into(), born: LooseDay::parse(day), ..NameValue::default()
            })
        };
        let divorced = |name: &str| {
            Value::Spouse(SpouseValue {
                marital: Marital::Divorced,
                name: name.into(),
                ..SpouseValue::default()
            })
        };
        for (before, after, expected) in [
            (born("1980-11"), born("1980-11-02"), ("1980-11", "1980-11-02")),
            (divorced(""), divorced("李水"), ("没有", "李水")),
            (born("1980-11"), born("1980-11"), ("张山\u{a0}· 1980-11", "张山\u{a0}· 1980-11")),
        ] {
            let found = difference(&before, &after, &Standings::new());
            let plain = |words: &str| words.replace('\u{2060}', "");
            assert_eq!((plain(&found.before).as_str(), plain(&found.after).as_str()), expected);
        }
        assert_eq!(
            line(&child("青峰中学", 9), &Standings::new(), today),
            "张小燕\u{a0}· 青峰中学\u{a0}· 初三"
        );
    }

    #[test]
    fn what_is_one_more_was_nobodys_mistake() {
        let (kind, what, rest) = (EventKind::Disaster, "厨房着火".into(), Rest::default());
        let fire =
            Value::Event(EventValue { kind, day: None, who: String::new(), what, cost_fen: None, rest });
        let unnamed = Value::Name(NameValue::default());
        for (before, after, expected) in [
            (None, child("青峰中学", 9), true),
            (None, fire.clone(), true),
            (Some(&fire), fire.clone(), false),
            (None, Value::Ended(Ended::default()), false),
            (None, unnamed, false),
        ] {
            assert_eq!(is_one_more(before, &after), expected, "{after:?}");
        }
    }
}

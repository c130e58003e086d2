//! Everything a record of one's own says, part by part. Each entry is taken apart field by field, so that one that
//! is not said here does not compile.

use super::said;
use domain::{
    answer::Answer,
    day::Day,
    entry::{Alert, Propose, Tell},
    item::Item,
    slot::{Slot, Value, Values},
    visit::{Consent, Need, Visit},
};
use ui::{figures, words};

/// A part of a record.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    /// The item it is about, if one of the six.
    pub item: Option<Item>,
    /// What it is.
    pub title: String,
    /// How it was answered.
    pub mark: String,
    /// What was said.
    pub lines: Vec<String>,
}

impl Told {
    fn of(title: &str, lines: impl IntoIterator<Item = String>) -> Option<Self> {
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        (!lines.is_empty()).then(|| Self { item: None, title: title.to_owned(), mark: String::new(), lines })
    }
}

/// The day, who was met, and with whom.
pub fn head(visit: &Visit, companion: &str, today: Day) -> String {
    let met = visit.met.map_or_else(|| words::domain().attempt(), |met| words::domain().whose(met));
    let with = if companion.is_empty() { String::new() } else { words::phone().with_companion(companion) };
    said::joined([figures::day(visit.day, today), met.to_owned(), with])
}

/// A visit below its [`head`]. `need` says what a need that was told about is called.
pub fn visit(visit: &Visit, need: impl Fn(domain::id::NeedId) -> String, today: Day) -> Vec<Told> {
    // `before` only serves a correction: what stood is not what was said.
    let Visit {
        day: _,
        companion: _,
        met: _,
        answers,
        needs,
        told,
        told_replies: _,
        before: _,
        note,
        consent,
        next,
        rest: _,
    } = visit;
    let words = words::phone();
    let consent = consent.iter().map(|Consent { notice, given }| {
        let given = if *given { words.consent_given() } else { words.consent_refused() };
        said::joined([given.to_owned(), words.said_notice(*notice)])
    });
    let items = Item::ALL.into_iter().filter_map(|item| Some(answered(item, answers.get(&item)?, today)));
    let needs = needs.iter().filter_map(|Need { id: _, kind, words: said, promised_until, rest: _ }| {
        let until = promised_until.map(|day| words.promised(&figures::day(day, today)));
        let title =
            said::joined([words::domain().need().to_owned(), words::domain().need_kind(*kind).to_owned()]);
        Told::of(&title, [said.clone(), until.unwrap_or_default()])
    });
    let mut parts: Vec<Told> = Told::of(words::domain().consent(), consent).into_iter().collect();
    parts.extend(items);
    parts.extend(needs);
    parts.extend(Told::of(words.reply_told(), told.iter().map(|id| need(*id))));
    parts.extend(Told::of(words.note_title(), [note.clone()]));
    parts.extend(Told::of(words.next_title(), next.map(|day| figures::day(day, today))));
    parts
}

fn answered(item: Item, answer: &Answer, today: Day) -> Told {
    let lines = match answer {
        Answer::Unchanged { confirmed } => said::lines(item, confirmed, today),
        Answer::Changed { stated, confirmed } => {
            let mut all = confirmed.clone();
            all.extend(stated.clone());
            let ended = all.values().filter(|value| matches!(value, Value::Ended(_)));
            let ended: Vec<String> = ended.map(|value| said::value_line(value, today)).collect();
            let mut lines = said::lines(item, &all, today);
            lines.extend(ended);
            lines
        }
        Answer::NotAsked { reason: _ } | Answer::Declined => Vec::new(),
    };
    let title = words::domain().item(item).to_owned();
    let mark = match (item, answer) {
        (Item::Events, Answer::Unchanged { .. }) => words::domain().no_new_events().to_owned(),
        _ => said::answer_word(answer),
    };
    Told { item: Some(item), title, mark, lines }
}

/// A proposal; `unit` is the name of the unit it names.
pub fn proposal(propose: &Propose, unit: String, today: Day) -> Vec<Told> {
    let Propose { day, unit: _, stated, why, rest: _ } = propose;
    let words = words::phone();
    let item = |item: Item| {
        let of_item: Values = stated
            .iter()
            .filter(|(slot, _)| slot.item() == item)
            .map(|(slot, value): (&Slot, &Value)| (*slot, value.clone()))
            .collect();
        let part = Told::of(words::domain().item(item), said::lines(item, &of_item, today))?;
        Some(Told { item: Some(item), ..part })
    };
    let mut parts: Vec<Told> = Item::ALL.into_iter().filter_map(item).collect();
    parts.extend(Told::of(words.propose_why(), [why.clone()]));
    parts.extend(Told::of(words.propose_unit(), [unit]));
    parts.extend(Told::of(words.found_day(), [figures::day(*day, today)]));
    parts
}

/// A reply told by telephone; `reply` is what was told.
pub fn telling(tell: &Tell, reply: String, today: Day) -> Vec<Told> {
    let Tell { need: _, reply: _, day, rest: _ } = tell;
    let told = Told::of(words::phone().reply_told(), [reply]);
    let day = Told::of(words::phone().tell_day(), [figures::day(*day, today)]);
    told.into_iter().chain(day).collect()
}

/// An alert.
pub fn alert(alert: &Alert, today: Day) -> Vec<Told> {
    let Alert { kind, words: said, day, rest: _ } = alert;
    let kind = words::domain().event_kind(*kind);
    // The kind alone says something too.
    let happened = match said.is_empty() {
        true => Told::of(words::phone().alert_words(), [kind.to_owned()]),
        false => Told::of(kind, [said.clone()]),
    };
    let learnt = Told::of(words::phone().alert_day(), [figures::day(*day, today)]);
    happened.into_iter().chain(learnt).collect()
}

#[cfg(test)]
mod tests;

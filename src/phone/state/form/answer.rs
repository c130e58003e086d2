//! From the form to the visit: what differs is stated, what was shown and not touched is confirmed.
//!
//! Pure; it checks nothing (that is `domain::check`) and leaves out what was not answered.

use super::{AlertForm, Form, ItemForm, Met, Pick, needs::NeedForm, no_events};
use crate::gather;
use domain::{
    answer::Answer,
    check::WORDS_MAX,
    day::Day,
    entry::{Act, Alert, Amend, ENTRY_BYTES_MAX},
    item::Item,
    slot::{Slot, Value, Values},
    value::{Rest, Telephone},
    visit::{Consent, Visit},
};
use std::collections::BTreeMap;

/// What was filled in and is not recorded, because nobody was met.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Dropped {
    /// Answers to the six.
    pub answers: usize,
    /// Needs.
    pub needs: usize,
    /// Replies that were told.
    pub told: usize,
    /// What the family said of keeping these data.
    pub consent: bool,
}

/// The most bytes a visit may have so that its entry, with who and when and what it replaces, is not too large.
const VISIT_BYTES_MAX: usize = ENTRY_BYTES_MAX - 1024;

impl Form {
    /// The visit as it would be recorded now.
    pub fn visit(&self) -> Visit {
        let met = match self.met {
            Some(Met::Somebody(whose)) => Some(whose),
            Some(Met::Nobody) | None => None,
        };
        let attempt = self.met == Some(Met::Nobody);
        Visit {
            day: self.day,
            companion: self.companion.clone(),
            met,
            answers: if attempt { BTreeMap::new() } else { self.answers() },
            needs: self.needs.iter().filter(|_| !attempt).map(NeedForm::need).collect(),
            told: self.told.iter().copied().filter(|_| !attempt).collect(),
            told_replies: gather::set(self.told_replies.iter().copied().filter(|_| !attempt)),
            before: if attempt { Values::new() } else { self.before() },
            note: self.note.trim().to_owned(),
            consent: self.consent().filter(|_| !attempt),
            next: self.next,
            rest: self.rest.clone(),
        }
    }

    /// What recording it now would drop.
    pub fn dropped(&self) -> Dropped {
        if self.met != Some(Met::Nobody) {
            return Dropped::default();
        }
        let is_said = |need: &&NeedForm| need.kind.is_some() || !need.words.trim().is_empty();
        Dropped {
            answers: self.items.iter().filter(|(_, form)| form.pick.is_some()).count(),
            needs: self.needs.iter().filter(is_said).count(),
            told: self.told.len(),
            consent: self.consent().is_some(),
        }
    }

    /// The alert as it begins: with the event noted last at this visit, if there is one.
    pub fn new_alert(&self) -> AlertForm {
        let Some(Answer::Changed { stated, .. }) = self.items.events.answer() else {
            return AlertForm::default();
        };
        let begun = stated.iter().rev().find_map(|(slot, value)| match (slot, value) {
            (Slot::Event(id), Value::Event(event)) => {
                let said =
                    [event.who.as_str(), event.what.as_str()].into_iter().filter(|said| !said.is_empty());
                let words = said.collect::<Vec<_>>().join("，").chars().take(WORDS_MAX).collect();
                Some(AlertForm { kind: self.kind_of(*id, event), words })
            }
            _ => None,
        });
        begun.unwrap_or_default()
    }

    fn consent(&self) -> Option<Consent> {
        Some(Consent { notice: self.notice?, given: self.consent? })
    }

    fn answers(&self) -> BTreeMap<Item, Answer> {
        gather::map(self.items.iter().filter_map(|(item, form)| Some((item, form.answer()?))))
    }

    /// What stood where something is said anew.
    fn before(&self) -> Values {
        let replaced = |(_, form): (Item, &ItemForm)| match form.answer() {
            Some(Answer::Changed { stated, .. }) => {
                let mut base = form.base.clone();
                base.retain(|slot, _| stated.contains_key(slot));
                base
            }
            _ => Values::new(),
        };
        self.items.iter().flat_map(replaced).collect()
    }

    /// The act that records it: a visit, or an amend of one. What stood before is left out where the entry would be
    /// larger than one may be: what is said now matters more.
    pub fn act(&self) -> Act {
        let mut version = self.visit();
        if serde_json::to_vec(&version).is_ok_and(|bytes| bytes.len() > VISIT_BYTES_MAX) {
            version.before = Values::new();
        }
        match self.amending {
            None => Act::Visit(version),
            Some(amending) => {
                Act::Amend(Amend { visit: amending.visit, replaces: amending.replaces, version })
            }
        }
    }
}

impl AlertForm {
    /// The act, once it says what sort of thing happened; words may follow by telephone.
    pub fn act(&self, day: Day) -> Option<Act> {
        let words = self.words.trim().to_owned();
        self.kind.map(|kind| Act::Alert(Alert { kind, words, day, rest: Rest::default() }))
    }
}

impl ItemForm {
    /// The answer, once there is one.
    pub fn answer(&self) -> Option<Answer> {
        Some(match self.pick? {
            Pick::Unchanged => Answer::Unchanged { confirmed: self.base.clone() },
            Pick::Changed if self.nothing => {
                Answer::Changed { stated: no_events(), confirmed: Values::new() }
            }
            Pick::Changed => {
                let (stated, confirmed) = self.split();
                Answer::Changed { stated, confirmed }
            }
            Pick::WhyNot => return None,
            Pick::NotAsked(reason) => Answer::NotAsked { reason },
            Pick::Declined => Answer::Declined,
        })
    }

    /// What is new or different, and what stayed as it was shown.
    fn split(&self) -> (Values, Values) {
        let tidied = self.edit.iter().map(|(slot, value)| (*slot, tidy(value)));
        let (stated, mut confirmed): (Values, Values) = tidied.partition(|(slot, value)| {
            self.base.get(slot).is_none_or(|before| before.normalised() != value.normalised())
        });
        // Confirmed as it was written before, to the letter.
        for (slot, value) in &mut confirmed {
            if let Some(before) = self.base.get(slot) {
                *value = before.clone();
            }
        }
        (stated, confirmed)
    }
}

/// The value without blanks at the ends of its texts.
pub fn tidy(value: &Value) -> Value {
    let trim = |text: &mut String| *text = text.trim().to_owned();
    let mut value = value.clone();
    match &mut value {
        Value::Name(name) => {
            trim(&mut name.text);
            trim(&mut name.work_number);
        }
        Value::Address(address) => {
            trim(&mut address.text);
            trim(&mut address.landmark);
        }
        Value::Telephone(telephone) => {
            telephone.numbers.iter_mut().for_each(|Telephone { number, .. }| trim(number));
        }
        Value::Spouse(spouse) => {
            for text in [&mut spouse.name, &mut spouse.work, &mut spouse.health, &mut spouse.telephone] {
                trim(text);
            }
        }
        Value::Child(child) => {
            trim(&mut child.name);
            trim(&mut child.school);
        }
        Value::Event(event) => {
            trim(&mut event.who);
            trim(&mut event.what);
        }
        Value::Ended(ended) => trim(&mut ended.why),
        Value::Children(ids) => ids.sort_unstable(),
        Value::EventList(ids) => ids.sort_unstable(),
    }
    value
}

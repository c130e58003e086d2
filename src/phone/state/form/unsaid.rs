//! What nobody said yet where a value always holds something: what sort of event it is, whose telephone. And what was
//! typed for a date or an amount and can be read as none: it stays as it is.
//!
//! Pure. Until it is said its item lacks it, and what the value holds meanwhile is shown nowhere.

use super::{Form, ItemForm, no_events};
use crate::gather;
use domain::{
    id::EventId,
    item::Item,
    slot::{Slot, Value},
    value::{EventKind, EventValue, TelephoneValue, Whose},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is still to be said.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Unsaid {
    /// The events of which nobody said what sort they are.
    kinds: BTreeSet<EventId>,
    /// The telephones, by their place, of which nobody said whose they are.
    owners: BTreeSet<usize>,
    /// What cannot be read, by slot and part of its value: `event:…/day`.
    unread: BTreeMap<String, String>,
}

impl Unsaid {
    /// An event begins.
    pub(super) fn event(&mut self, id: EventId) {
        self.kinds.insert(id);
    }

    /// The events of which nobody said what sort they are.
    pub(super) fn events(&self) -> impl Iterator<Item = EventId> {
        self.kinds.iter().copied()
    }

    /// A telephone begins, at this place.
    pub(super) fn telephone(&mut self, index: usize) {
        self.owners.insert(index);
    }

    /// The telephone at this place goes, and those behind it move up.
    pub(super) fn without_telephone(&mut self, index: usize) {
        let behind = |at: usize| if at > index { at - 1 } else { at };
        self.owners = gather::set(self.owners.iter().copied().filter(|at| *at != index).map(behind));
    }

    /// Other telephones stand in the place of these.
    fn other_telephones(&mut self) {
        self.owners.clear();
    }
}

impl Form {
    /// Whether something of an item is still to be said.
    pub fn is_unsaid(&self, item: Item) -> bool {
        let Some(fields) = self.items.get(item).fields() else { return false };
        let Unsaid { kinds, owners, unread } = &self.unsaid;
        let is_unread = |slot: Slot| unread.keys().any(|place| place.starts_with(&place_of(slot, "")));
        if fields.iter().any(|(slot, value)| !matches!(value, Value::Ended(_)) && is_unread(*slot)) {
            return true;
        }
        match (item, fields.get(&Slot::Telephone)) {
            (Item::Telephone, Some(Value::Telephone(value))) => {
                owners.iter().any(|at| *at < value.numbers.len())
            }
            (Item::Events, _) => kinds.iter().any(|id| fields.contains_key(&Slot::Event(*id))),
            _ => false,
        }
    }

    /// Whether something was typed for an item, whatever is answered now.
    pub fn is_typed(&self, item: Item) -> bool {
        let ItemForm { base, edit, .. } = self.items.get(item);
        !edit.is_empty() && edit != base && *edit != no_events()
    }

    /// What sort of event it is, once that is said.
    pub fn kind_of(&self, id: EventId, event: &EventValue) -> Option<EventKind> {
        (!self.unsaid.kinds.contains(&id)).then_some(event.kind)
    }

    /// Says what sort of event it is, or that this is open again.
    pub fn say_kind(&mut self, id: EventId, said: Option<EventKind>) {
        let Some(kind) = said else {
            self.unsaid.kinds.insert(id);
            return;
        };
        self.unsaid.kinds.remove(&id);
        if let Some(Value::Event(event)) = self.items.events.edit.get_mut(&Slot::Event(id)) {
            event.kind = kind;
        }
    }

    /// Whose the telephone at this place is, once that is said.
    pub fn owner_of(&self, index: usize) -> Option<Whose> {
        let one = telephones(&self.items.telephone)?.numbers.get(index)?;
        (!self.unsaid.owners.contains(&index)).then_some(one.whose)
    }

    /// Says whose the telephone at this place is, or that this is open again.
    pub fn say_owner(&mut self, index: usize, said: Option<Whose>) {
        let Some(whose) = said else {
            self.unsaid.owners.insert(index);
            return;
        };
        self.unsaid.owners.remove(&index);
        if let Some(Value::Telephone(value)) = self.items.telephone.edit.get_mut(&Slot::Telephone)
            && let Some(one) = value.numbers.get_mut(index)
        {
            one.whose = whose;
        }
    }

    /// What was typed for a part of a slot and cannot be read; empty where it can.
    pub fn unread(&self, slot: Slot, part: &str) -> String {
        self.unsaid.unread.get(&place_of(slot, part)).cloned().unwrap_or_default()
    }

    /// Keeps what was typed for a part of a slot and cannot be read; forgets it with nothing.
    pub fn keep_unread(&mut self, slot: Slot, part: &str, text: String) {
        let place = place_of(slot, part);
        if text.is_empty() {
            self.unsaid.unread.remove(&place);
        } else {
            self.unsaid.unread.insert(place, text);
        }
    }

    /// The right one of several versions was picked: it says everything.
    pub fn take_rival(&mut self, slot: Slot, value: Value) {
        if slot == Slot::Telephone {
            self.unsaid.other_telephones();
        }
        self.unsaid.unread.retain(|place, _| !place.starts_with(&place_of(slot, "")));
        self.items.get_mut(slot.item()).set(slot, value);
    }
}

fn place_of(slot: Slot, part: &str) -> String {
    format!("{slot}/{part}")
}

fn telephones(form: &ItemForm) -> Option<&TelephoneValue> {
    match form.edit.get(&Slot::Telephone) {
        Some(Value::Telephone(value)) => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Form, Met, Pick};
    use crate::state::builders::{card, day, stands};
    use domain::{
        answer::Answer,
        check::Finding,
        id::EventId,
        item::Item,
        observation::Standing,
        slot::{Slot, Value},
        value::{EventKind, EventValue, TelephoneValue, Whose},
    };
    use protocol::changes::Card;

    fn event(n: u8) -> EventId {
        EventId::new(i64::from(n), [n; 10])
    }

    fn standing(value: Value) -> Standing {
        Standing { values: vec![stands(value, day(1))], declined: None }
    }

    /// A household with this many events on file.
    fn with_events(before: u8) -> Card {
        let mut card = card();
        let ids: Vec<EventId> = (1..=before).map(event).collect();
        for id in &ids {
            let value = EventValue {
                kind: EventKind::Accident,
                who: "父亲".into(),
                ..super::super::lists::blank_event()
            };
            card.standings.insert(Slot::Event(*id), standing(Value::Event(value)));
        }
        card.standings.insert(Slot::Events, standing(Value::EventList(ids)));
        card
    }

    /// A form over a card in which all else is answered.
    fn form(card: Card, open: Item) -> Form {
        let mut form = Form::new(card, day(10), 1, None);
        form.met = Some(Met::Somebody(Whose::Worker));
        for item in Item::ALL.into_iter().filter(|item| *item != open) {
            form.pick(item, Pick::Declined);
        }
        form
    }

    #[track_caller]
    fn check(form: &Form, missing: &[Finding]) {
        assert_eq!((form.missing(day(10)).as_slice(), form.answered()), (missing, 6 - missing.len()));
    }

    #[test]
    fn an_event_is_of_no_sort_until_somebody_says_which() {
        for before in [0, 1] {
            let mut form = form(with_events(before), Item::Events);
            form.begin_event(event(9));
            check(&form, &[Finding::FieldMissing(Item::Events)]);
            let disk = serde_json::to_string(&form).unwrap();
            let mut form: Form = serde_json::from_str(&disk).unwrap();
            check(&form, &[Finding::FieldMissing(Item::Events)]);
            form.say_kind(event(9), Some(EventKind::Death));
            check(&form, &[]);
            form.say_kind(event(9), None);
            check(&form, &[Finding::FieldMissing(Item::Events)]);
        }
    }

    #[test]
    fn there_is_an_event_begins_a_new_one_and_leaves_those_on_file() {
        let mut form = form(with_events(2), Item::Events);
        form.begin_event(event(9));
        form.begin_event(event(8));
        form.say_kind(event(9), Some(EventKind::Death));
        let Some(Answer::Changed { stated, confirmed }) = form.items.events.answer() else { panic!() };
        assert_eq!(stated.keys().copied().collect::<Vec<_>>(), [Slot::Events, Slot::Event(event(9))]);
        assert_eq!(stated[&Slot::Events], Value::EventList(vec![event(1), event(2), event(9)]));
        assert_eq!(confirmed.len(), 2);
    }

    #[test]
    fn one_on_file_is_corrected_instead_and_a_blank_one_goes() {
        let mut form = form(with_events(1), Item::Events);
        form.begin_event(event(9));
        form.correct_events();
        assert_eq!(form.items.events.edit, form.items.events.base);
        check(&form, &[Finding::FieldMissing(Item::Events)]);
        form.say_kind(event(1), Some(EventKind::Illness));
        check(&form, &[]);
        // What was said of a new one stays, be it only its sort.
        form.add_event(event(8));
        form.say_kind(event(8), Some(EventKind::Illness));
        form.correct_events();
        assert!(form.items.events.edit.contains_key(&Slot::Event(event(8))));
    }

    #[test]
    fn with_the_only_new_one_the_answer_goes() {
        for before in [0, 1] {
            let mut form = form(with_events(before), Item::Events);
            form.begin_event(event(9));
            form.end_event(event(9), day(10));
            check(&form, &[Finding::AnswerMissing(Item::Events)]);
            form.begin_event(event(7));
            check(&form, &[Finding::FieldMissing(Item::Events)]);
        }
    }

    #[test]
    fn that_there_are_no_children_is_not_said_by_taking_one_off() {
        let mut bare = card();
        bare.standings.retain(|slot, _| slot.item() != Item::Schooling);
        let mut form = form(bare, Item::Schooling);
        form.pick(Item::Schooling, Pick::Changed);
        let child = domain::id::ChildId::new(5, [5; 10]);
        form.add_child(child);
        form.end_child(child, day(10));
        check(&form, &[Finding::FieldMissing(Item::Schooling)]);
        form.no_children();
        check(&form, &[]);
    }

    #[test]
    fn what_cannot_be_read_is_lacking_until_it_can_or_goes() {
        let mut form = form(with_events(1), Item::Events);
        form.begin_event(event(9));
        form.say_kind(event(9), Some(EventKind::Death));
        check(&form, &[]);
        let slot = Slot::Event(event(9));
        form.keep_unread(slot, "day", "上个月".to_owned());
        form.keep_unread(slot, "cost", "三千多".to_owned());
        check(&form, &[Finding::FieldMissing(Item::Events)]);
        let kept = serde_json::to_string(&form).and_then(|text| serde_json::from_str::<Form>(&text));
        assert_eq!(kept.as_ref().map(|form| form.unread(slot, "cost")).unwrap_or_default(), "三千多");
        form.keep_unread(slot, "day", String::new());
        check(&form, &[Finding::FieldMissing(Item::Events)]);
        form.keep_unread(slot, "cost", String::new());
        check(&form, &[]);
        // Of an event that goes nothing is lacking.
        form.keep_unread(slot, "day", "上个月".to_owned());
        form.add_event(event(8));
        form.say_kind(event(8), Some(EventKind::Illness));
        form.end_event(event(9), day(10));
        check(&form, &[]);
    }

    #[test]
    fn whose_telephone_it_is_somebody_says() {
        let number = |form: &mut Form, at: usize| {
            let Some(Value::Telephone(value)) = form.items.telephone.edit.get_mut(&Slot::Telephone) else {
                panic!()
            };
            value.numbers[at].number = format!("1381234567{at}");
        };
        let missing = [Finding::FieldMissing(Item::Telephone)];
        let mut form = form(card(), Item::Telephone);
        form.pick(Item::Telephone, Pick::Changed);
        form.add_telephone();
        form.add_telephone();
        number(&mut form, 1);
        number(&mut form, 2);
        assert_eq!([0, 1, 2].map(|at| form.owner_of(at)), [Some(Whose::Worker), None, None]);
        form.say_owner(2, Some(Whose::Child));
        check(&form, &missing);
        form.remove_telephone(1);
        assert_eq!(form.owner_of(1), Some(Whose::Child));
        check(&form, &[]);
        // Another version of all of them says whose they are.
        form.add_telephone();
        check(&form, &missing);
        form.take_rival(Slot::Telephone, Value::Telephone(TelephoneValue::default()));
        check(&form, &[]);
        let mut bare = card();
        bare.standings.remove(&Slot::Telephone);
        let mut form = self::form(bare, Item::Telephone);
        form.pick(Item::Telephone, Pick::Changed);
        number(&mut form, 0);
        check(&form, &missing);
        form.say_owner(0, Some(Whose::Worker));
        check(&form, &[]);
    }

    #[test]
    fn half_a_number_is_no_answer() {
        let mut form = form(card(), Item::Telephone);
        form.pick(Item::Telephone, Pick::Changed);
        if let Some(Value::Telephone(value)) = form.items.telephone.edit.get_mut(&Slot::Telephone) {
            value.numbers[0].number = "13".into();
        }
        check(&form, &[Finding::FieldMissing(Item::Telephone)]);
        assert_eq!(form.lacks(Item::Telephone), Some(Finding::FieldMissing(Item::Telephone)));
        assert_eq!(form.lacks(Item::Name), None);
    }
}

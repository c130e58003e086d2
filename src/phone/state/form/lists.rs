//! Children and events in the form: added, taken off again, ended, brought back; telephones too.
//!
//! Pure: new ids come in as arguments. Whenever a list changes, its slot says the new list.

use super::{Form, ItemForm, Pick, blank_telephone};
use domain::{
    answer::Answer,
    day::Day,
    id::{ChildId, EventId},
    item::Item,
    slot::{Slot, Value},
    value::{ChildValue, Ended, EventKind, EventValue, Rest, Stage, TelephoneValue},
};
use std::collections::BTreeMap;

impl Form {
    /// A child more.
    pub fn add_child(&mut self, id: ChildId) {
        let form = &mut self.items.schooling;
        form.set(Slot::Child(id), Value::Child(ChildValue::default()));
        form.change_children(|ids| ids.push(id));
    }

    /// A child is in this class by now.
    pub fn move_up(&mut self, id: ChildId, grade: u8) {
        if self.items.schooling.pick != Some(Pick::Changed) {
            self.pick(Item::Schooling, Pick::Changed);
        }
        if let Some(Value::Child(child)) = self.items.schooling.edit.get_mut(&Slot::Child(id)) {
            child.grade = Some(grade);
        }
    }

    /// A child's stage. The class and the school of another stage are no longer true, and come back with it; a school
    /// typed in this form stays.
    pub fn pick_stage(&mut self, id: ChildId, picked: Option<Stage>) {
        let form = &mut self.items.schooling;
        let slot = Slot::Child(id);
        let of = |fields: &BTreeMap<Slot, Value>| match fields.get(&slot) {
            Some(Value::Child(child)) => child.clone(),
            _ => ChildValue::default(),
        };
        let (base, mut child) = (of(&form.base), of(&form.edit));
        if child.stage == picked {
            return;
        }
        let is_back = picked == base.stage;
        child.grade = base.grade.filter(|_| is_back);
        if is_back && child.school.is_empty() {
            child.school = base.school;
        } else if !is_back && child.school == base.school {
            child.school = String::new();
        }
        child.stage = picked;
        form.set(slot, Value::Child(child));
    }

    /// No children at all to know of.
    pub fn no_children(&mut self) {
        self.items.schooling.set(Slot::Schooling, Value::Children(Vec::new()));
    }

    /// A child no longer belongs to the household; one added just now simply goes.
    pub fn end_child(&mut self, id: ChildId, on: Day) {
        let form = &mut self.items.schooling;
        form.end(Slot::Child(id), on);
        form.change_children(|ids| ids.retain(|one| *one != id));
        // That there are none, nobody said.
        if !form.base.contains_key(&Slot::Schooling) && form.child_slots().is_empty() {
            form.edit.remove(&Slot::Schooling);
        }
    }

    /// Ended by mistake: as it was.
    pub fn keep_child(&mut self, id: ChildId) {
        let form = &mut self.items.schooling;
        if form.restore(Slot::Child(id)) {
            form.change_children(|ids| ids.push(id));
        }
    }

    /// 有大事: a new one begins, unless something is said of events already.
    pub fn begin_event(&mut self, id: EventId) {
        self.pick(Item::Events, Pick::Changed);
        // Of lists that differ one is picked first.
        let torn = self.known(Item::Events).rivals.iter().any(|(slot, _)| *slot == Slot::Events);
        let events = &self.items.events;
        let says =
            matches!(events.answer(), Some(Answer::Changed { stated, .. }) if stated.keys().any(is_event));
        if !torn && !says {
            self.add_event(id);
        }
    }

    /// An event more.
    pub fn add_event(&mut self, id: EventId) {
        self.unsaid.event(id);
        let form = &mut self.items.events;
        form.set(Slot::Event(id), Value::Event(blank_event()));
        form.change_events(|ids| ids.push(id));
    }

    /// One of before is corrected: a new one in which nothing stands yet was not what was meant.
    pub fn correct_events(&mut self) {
        let blank = Value::Event(blank_event());
        let fields = &self.items.events.edit;
        let is_blank = |id: &EventId| fields.get(&Slot::Event(*id)) == Some(&blank);
        let blanks: Vec<EventId> = self.unsaid.events().filter(is_blank).collect();
        let form = &mut self.items.events;
        form.edit.retain(|slot, _| !blanks.iter().any(|id| *slot == Slot::Event(*id)));
        form.change_events(|ids| ids.retain(|id| !blanks.contains(id)));
    }

    /// An event is over; one added just now simply goes, and with the last of what was said the answer.
    pub fn end_event(&mut self, id: EventId, on: Day) {
        let form = &mut self.items.events;
        form.end(Slot::Event(id), on);
        form.change_events(|ids| ids.retain(|one| *one != id));
        if form.edit == form.base || (form.base.is_empty() && form.event_slots().is_empty()) {
            form.edit.clear();
            form.pick = None;
        }
    }

    /// Ended by mistake: as it was.
    pub fn keep_event(&mut self, id: EventId) {
        let form = &mut self.items.events;
        if form.restore(Slot::Event(id)) {
            form.change_events(|ids| ids.push(id));
        }
    }

    /// A telephone more.
    pub fn add_telephone(&mut self) {
        self.change_telephones(|value| value.numbers.push(blank_telephone()));
        if let Some(Value::Telephone(value)) = self.items.telephone.edit.get(&Slot::Telephone) {
            self.unsaid.telephone(value.numbers.len().saturating_sub(1));
        }
    }

    /// A telephone less; none is an answer too.
    pub fn remove_telephone(&mut self, index: usize) {
        self.unsaid.without_telephone(index);
        self.change_telephones(|value| {
            if index < value.numbers.len() {
                value.numbers.remove(index);
            }
        });
    }

    /// Whether a number was known before this form.
    pub fn knows_number(&self, number: &str) -> bool {
        let known = self.items.telephone.base.get(&Slot::Telephone);
        matches!(known, Some(Value::Telephone(value)) if value.numbers.iter().any(|one| one.number == number))
    }

    fn change_telephones(&mut self, change: impl FnOnce(&mut TelephoneValue)) {
        let form = &mut self.items.telephone;
        let mut value = match form.edit.get(&Slot::Telephone) {
            Some(Value::Telephone(value)) => value.clone(),
            _ => TelephoneValue::default(),
        };
        change(&mut value);
        form.set(Slot::Telephone, Value::Telephone(value));
    }
}

impl ItemForm {
    /// The children on the list now, and those ended in this form.
    pub fn child_slots(&self) -> Vec<ChildId> {
        let slots = self.edit.keys().filter_map(|slot| match slot {
            Slot::Child(id) => Some(*id),
            _ => None,
        });
        slots.collect()
    }

    /// Whether an event or a child was there before this form.
    pub fn was_there(&self, slot: Slot) -> bool {
        self.base.contains_key(&slot)
    }

    /// The events on the list now, and those ended in this form.
    pub fn event_slots(&self) -> Vec<EventId> {
        let slots = self.edit.keys().filter_map(|slot| match slot {
            Slot::Event(id) => Some(*id),
            _ => None,
        });
        slots.collect()
    }

    fn change_children(&mut self, change: impl FnOnce(&mut Vec<ChildId>)) {
        let mut ids = match self.edit.get(&Slot::Schooling) {
            Some(Value::Children(ids)) => ids.clone(),
            _ => Vec::new(),
        };
        change(&mut ids);
        ids.sort_unstable();
        ids.dedup();
        self.set(Slot::Schooling, Value::Children(ids));
    }

    fn change_events(&mut self, change: impl FnOnce(&mut Vec<EventId>)) {
        let mut ids = match self.edit.get(&Slot::Events) {
            Some(Value::EventList(ids)) => ids.clone(),
            _ => Vec::new(),
        };
        change(&mut ids);
        ids.sort_unstable();
        ids.dedup();
        self.set(Slot::Events, Value::EventList(ids));
    }

    fn end(&mut self, slot: Slot, on: Day) {
        if self.base.contains_key(&slot) {
            self.set(slot, Value::Ended(Ended { on: Some(on), why: String::new() }));
        } else {
            self.edit.remove(&slot);
        }
    }

    fn restore(&mut self, slot: Slot) -> bool {
        let before = self.base.get(&slot).cloned();
        before.is_some_and(|value| {
            self.set(slot, value);
            true
        })
    }
}

/// An event nothing is said of yet.
pub fn blank_event() -> EventValue {
    EventValue {
        kind: EventKind::Illness,
        day: None,
        who: String::new(),
        what: String::new(),
        cost_fen: None,
        rest: Rest::default(),
    }
}

const fn is_event(slot: &Slot) -> bool {
    matches!(slot, Slot::Event(_))
}

#[cfg(test)]
mod tests {
    use super::super::{Form, Met, Pick};
    use crate::state::builders::{card, child, day, stands};
    use domain::{
        check::Finding,
        item::Item,
        observation::Standing,
        slot::{Slot, Value},
        value::{ChildValue, Stage, Whose},
    };

    /// A form in which only the telephone has changed, to this number.
    fn with_number(number: &str) -> Form {
        let mut form = Form::new(card(), day(10), 1, None);
        form.met = Some(Met::Somebody(Whose::Worker));
        for item in [Item::Name, Item::Address, Item::Spouse, Item::Schooling] {
            form.pick(item, Pick::Unchanged);
        }
        form.no_events();
        form.pick(Item::Telephone, Pick::Changed);
        if let Some(Value::Telephone(value)) = form.items.telephone.edit.get_mut(&Slot::Telephone) {
            value.numbers.iter_mut().for_each(|one| one.number = number.to_owned());
        }
        form
    }

    #[track_caller]
    fn check(form: &Form, missing: &[Finding], answered: usize) {
        assert_eq!((form.missing(day(10)).as_slice(), form.answered()), (missing, answered));
    }

    #[test]
    fn a_number_that_looks_wrong_is_no_answer_until_somebody_is_sure() {
        check(&with_number("13812345679"), &[], 6);
        let mut form = with_number("1381234567");
        check(&form, &[Finding::NumberOdd(Item::Telephone)], 5);
        form.keep_number(" 1381234567");
        check(&form, &[], 6);
        // What stands already is confirmed and not asked about.
        form.sure.clear();
        form.pick(Item::Telephone, Pick::Unchanged);
        check(&form, &[], 6);
    }

    #[test]
    fn the_school_of_another_stage_goes_and_comes_back_with_it() {
        let slot = Slot::Child(child());
        let (school, stage) = (|| "矿区小学".to_owned(), Some(Stage::Primary));
        let known = ChildValue { stage, school: school(), grade: Some(6), ..Default::default() };
        let mut card = card();
        let standing = Standing { values: vec![stands(Value::Child(known), day(1))], declined: None };
        card.standings.insert(slot, standing);
        let mut form = Form::new(card, day(10), 1, None);
        form.pick(Item::Schooling, Pick::Changed);
        let check = |form: &Form, school: &str, grade| {
            let Some(Value::Child(now)) = form.items.schooling.edit.get(&slot) else { panic!("no child") };
            assert_eq!((now.school.as_str(), now.grade), (school, grade));
        };
        form.pick_stage(child(), Some(Stage::JuniorHigh));
        check(&form, "", None);
        form.pick_stage(child(), stage);
        check(&form, "矿区小学", Some(6));
        form.pick_stage(child(), Some(Stage::JuniorHigh));
        let typed =
            ChildValue {
                school: "矿区一中".into(), stage: Some(Stage::JuniorHigh), ..Default::default()
            };
        form.items.schooling.set(slot, Value::Child(typed));
        for picked in [Stage::SeniorHigh, Stage::Primary] {
            form.pick_stage(child(), Some(picked));
            check(&form, "矿区一中", Some(6).filter(|_| picked == Stage::Primary));
        }
    }

    #[test]
    fn a_child_moves_up_in_one_tap() {
        let mut form = Form::new(card(), day(10), 1, None);
        form.move_up(child(), 4);
        assert_eq!(form.items.schooling.pick, Some(Pick::Changed));
        let grade = form.items.schooling.edit.get(&Slot::Child(child())).map(|value| match value {
            Value::Child(child) => child.grade,
            _ => None,
        });
        assert_eq!(grade, Some(Some(4)));
    }
}

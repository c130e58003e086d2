//! The six things as a form holds them, and what a filled form states. Pure.
//!
//! Only what differs from what stands is stated: a form that was opened and saved untouched says
//! nothing. What a newer app wrote into a value stays in it.

use domain::{
    check::is_number,
    id::{ChildId, EventId},
    item::Item,
    observation::Standings,
    slot::{Slot, Value, Values},
    value::{
        AddressValue, ChildValue, Ended, EventKind, EventValue, NameValue, SpouseValue, Telephone,
        TelephoneValue, Whose,
    },
};

/// What is known of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Known {
    /// Nobody has said.
    #[default]
    NotYet,
    /// There are none.
    Nothing,
    /// These.
    These,
}

/// The six as a form holds them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SixDraft {
    /// 姓名.
    pub name: NameValue,
    /// 住址.
    pub address: AddressValue,
    /// Whether the telephones are known.
    pub telephones_known: Known,
    /// 电话.
    pub telephones: TelephoneValue,
    /// 配偶情况; none = not known.
    pub spouse: Option<SpouseValue>,
    /// Whether the children are known.
    pub children_known: Known,
    /// 子女.
    pub children: Vec<(ChildId, ChildValue)>,
    /// Whether events are known.
    pub events_known: Known,
    /// 大事.
    pub events: Vec<(EventId, EventValue)>,
}

/// The first value that stands in a slot; where rivals stand, settling them is another form.
fn stands(standings: &Standings, slot: Slot) -> Option<&Value> {
    standings.get(&slot)?.values.first().map(|stands| &stands.value)
}

fn known_of(length: Option<usize>) -> Known {
    match length {
        None => Known::NotYet,
        Some(0) => Known::Nothing,
        Some(_) => Known::These,
    }
}

impl SixDraft {
    /// A form filled with what stands.
    pub fn of(standings: &Standings) -> Self {
        let mut draft = Self::default();
        for (slot, standing) in standings {
            match (slot, standing.values.first().map(|stands| stands.value.clone())) {
                (Slot::Name, Some(Value::Name(name))) => draft.name = name,
                (Slot::Address, Some(Value::Address(address))) => draft.address = address,
                (Slot::Telephone, Some(Value::Telephone(telephones))) => {
                    draft.telephones_known = known_of(Some(telephones.numbers.len()));
                    draft.telephones = telephones;
                }
                (Slot::Spouse, Some(Value::Spouse(spouse))) => draft.spouse = Some(spouse),
                (Slot::Schooling, Some(Value::Children(ids))) => {
                    draft.children_known = known_of(Some(ids.len()));
                    draft.children = ids.iter().map(|id| (*id, child_of(standings, *id))).collect();
                }
                (Slot::Events, Some(Value::EventList(ids))) => {
                    draft.events_known = known_of(Some(ids.len()));
                    draft.events = ids.iter().map(|id| (*id, event_of(standings, *id))).collect();
                }
                _ => {}
            }
        }
        draft
    }

    /// What the form says that does not stand already.
    pub fn stated(&self, standings: &Standings) -> Values {
        let mut said = Values::new();
        if !self.name.text.trim().is_empty() {
            said.insert(Slot::Name, Value::Name(self.name.clone()));
        }
        if !self.address.text.trim().is_empty() {
            said.insert(Slot::Address, Value::Address(self.address.clone()));
        }
        match self.telephones_known {
            Known::NotYet => {}
            Known::Nothing => {
                let none = TelephoneValue { numbers: Vec::new(), rest: self.telephones.rest.clone() };
                said.insert(Slot::Telephone, Value::Telephone(none));
            }
            Known::These => {
                let mut telephones = self.telephones.clone();
                telephones.numbers.retain(|telephone| !telephone.number.trim().is_empty());
                said.insert(Slot::Telephone, Value::Telephone(telephones));
            }
        }
        if let Some(spouse) = &self.spouse {
            said.insert(Slot::Spouse, Value::Spouse(spouse.clone()));
        }
        self.say_children(standings, &mut said);
        self.say_events(standings, &mut said);
        let differs = |slot: &Slot, value: &Value| {
            stands(standings, *slot).is_none_or(|stands| stands.normalised() != value.normalised())
        };
        said.retain(|slot, value| differs(slot, value));
        said
    }

    fn say_children(&self, standings: &Standings, said: &mut Values) {
        let now: &[(ChildId, ChildValue)] = match self.children_known {
            Known::NotYet => return,
            Known::Nothing => &[],
            Known::These => &self.children,
        };
        let mut ids: Vec<ChildId> = now.iter().map(|(id, _)| *id).collect();
        ids.sort_unstable();
        for (id, child) in now {
            said.insert(Slot::Child(*id), Value::Child(child.clone()));
        }
        if let Some(Value::Children(before)) = stands(standings, Slot::Schooling) {
            for gone in before.iter().filter(|id| !ids.contains(id)) {
                said.insert(Slot::Child(*gone), Value::Ended(Ended::default()));
            }
        }
        said.insert(Slot::Schooling, Value::Children(ids));
    }

    fn say_events(&self, standings: &Standings, said: &mut Values) {
        let now: &[(EventId, EventValue)] = match self.events_known {
            Known::NotYet => return,
            Known::Nothing => &[],
            Known::These => &self.events,
        };
        let mut ids: Vec<EventId> = now.iter().map(|(id, _)| *id).collect();
        ids.sort_unstable();
        for (id, event) in now {
            said.insert(Slot::Event(*id), Value::Event(event.clone()));
        }
        if let Some(Value::EventList(before)) = stands(standings, Slot::Events) {
            for gone in before.iter().filter(|id| !ids.contains(id)) {
                said.insert(Slot::Event(*gone), Value::Ended(Ended::default()));
            }
        }
        said.insert(Slot::Events, Value::EventList(ids));
    }

    /// The items in which something still has to be put right.
    pub fn wrong(&self) -> Vec<Item> {
        let telephone_wrong =
            self.telephones_known == Known::These
                && (self.telephones.numbers.iter().all(|telephone| telephone.number.trim().is_empty())
                    || self.telephones.numbers.iter().any(|telephone| {
                        !telephone.number.trim().is_empty() && !is_number(&telephone.number)
                    }));
        let children_wrong = self.children_known == Known::These
            && (self.children.is_empty()
                || self.children.iter().any(|(_, child)| child.name.trim().is_empty()));
        let events_wrong = self.events_known == Known::These && self.events.is_empty();
        let found = [
            (Item::Name, self.name.text.trim().is_empty()),
            (Item::Telephone, telephone_wrong),
            (Item::Schooling, children_wrong),
            (Item::Events, events_wrong),
        ];
        found.into_iter().filter(|(_, wrong)| *wrong).map(|(item, _)| item).collect()
    }
}

fn child_of(standings: &Standings, id: ChildId) -> ChildValue {
    match stands(standings, Slot::Child(id)) {
        Some(Value::Child(child)) => child.clone(),
        _ => ChildValue::default(),
    }
}

fn event_of(standings: &Standings, id: EventId) -> EventValue {
    match stands(standings, Slot::Event(id)) {
        Some(Value::Event(event)) => event.clone(),
        _ => new_event(),
    }
}

/// An event nothing is said of yet.
pub fn new_event() -> EventValue {
    EventValue {
        kind: EventKind::Other,
        day: None,
        who: String::new(),
        what: String::new(),
        cost_fen: None,
        rest: Default::default(),
    }
}

/// A telephone nothing is said of yet.
pub fn new_telephone() -> Telephone {
    Telephone { number: String::new(), whose: Whose::Worker, rest: Default::default() }
}

#[cfg(test)]
mod tests;

//! What one row of a file says anew of its household.

use std::collections::BTreeSet;

use domain::{
    day::Day,
    entry::Register,
    id::{ChildId, EventId, ImportId, PersonId, UnitId},
    import::Import,
    observation::{Standings, members},
    seat::{Assign, Seat},
    slot::{Slot, Value, Values},
    value::{ChildValue, EventValue, Rest},
};
use serde_json::Value as Json;

use super::{
    Ids, finding,
    kept::Kept,
    known::{HelperKey, Known, KnownPerson, KnownUnit, Remembered, Stands, Tier},
    merging,
    same::{Pass, identify},
    seating::Seated,
};
use crate::{
    field::Field,
    finding::{Code, Effect, Finding},
    household::{Household, SeatHolder},
    id_number,
    mapping::Mapping,
    text,
};

/// One row that goes in, beside what the office knows of its household.
pub(super) struct One<'a> {
    pub(super) row: &'a Household,
    pub(super) mapping: &'a Mapping,
    pub(super) unit: UnitId,
    pub(super) day: Day,
    pub(super) before: &'a [Remembered],
    pub(super) stands: &'a Stands,
    pub(super) known: &'a Known<'a>,
    pub(super) people: &'a Seated,
}

impl One<'_> {
    /// The row with the ids of its children and events: the office's where it knows them.
    pub(super) fn remembered(&self, ids: &mut Ids<'_>) -> Remembered {
        let row = self.row;
        let (mut children, mut events): (OfId<ChildId, ChildValue>, OfId<EventId, EventValue>) =
            Default::default();
        for said in self.before.iter().rev() {
            children
                .extend(said.children.iter().copied().zip(said.household.children.iter().flatten().cloned()));
            events.extend(said.events.iter().copied().zip(said.household.events.iter().flatten().cloned()));
        }
        let (own_children, own_events) = standing_members(&self.stands.standings);
        let same_name: fn(&ChildValue, &ChildValue) -> bool =
            |one, other| text::squeeze(&one.name) == text::squeeze(&other.name);
        let same_born: fn(&ChildValue, &ChildValue) -> bool =
            |one, other| one.born.is_some() && one.born == other.born;
        let same_event: fn(&EventValue, &EventValue) -> bool =
            |one, other| Value::Event(one.clone()).is_same(&Value::Event(other.clone()));
        let same_kind: fn(&EventValue, &EventValue) -> bool = |one, other| one.kind == other.kind;
        let children = identify(
            row.children.as_deref().unwrap_or_default(),
            &[
                Pass { among: &children, is_same: same_name },
                Pass { among: &own_children, is_same: same_name },
                Pass { among: &children, is_same: same_born },
            ],
            || ChildId::new(ids.now_ms, (ids.chance)()),
        );
        let events = identify(
            row.events.as_deref().unwrap_or_default(),
            &[
                Pass { among: &events, is_same: same_event },
                Pass { among: &own_events, is_same: same_event },
                Pass { among: &events, is_same: same_kind },
            ],
            || EventId::new(ids.now_ms, (ids.chance)()),
        );
        Remembered { household: row.clone(), children, events }
    }

    /// What a person is told of the row beside what goes in.
    pub(super) fn told(&self, remembered: &Remembered) -> Vec<Finding> {
        let mut told = self.children_missing();
        told.extend(self.helpers_left());
        told.extend(self.id_kept());
        told.extend(self.registered_after());
        told.extend(self.cells_emptied(remembered));
        told
    }

    /// What the household's entry says; none where nothing is said anew.
    pub(super) fn says(&self, import: ImportId, remembered: &Remembered) -> Option<Import> {
        let before = self.nearest(remembered).map(Remembered::values).unwrap_or_default();
        let mut stated = Values::new();
        for (slot, value) in remembered.values() {
            let standing = self.stands.standings.get(&slot);
            if let Some(value) = merging::observed(before.get(&slot), &value, standing) {
                stated.insert(slot, value);
            }
        }
        let before = self.nearest(remembered).map(|before| &before.household);
        let (register, seats) = (self.register(before), self.seats(before));
        let says_nothing = register.is_none() && stated.is_empty() && seats.is_empty();
        (!says_nothing).then(|| Import {
            import,
            day: self.day,
            row: self.row.row,
            register,
            stated,
            seats,
            rest: Rest::new(),
        })
    }

    /// Of the sheets that the row may come from the one that it is likest to; of two the later.
    pub(super) fn nearest(&self, remembered: &Remembered) -> Option<&Remembered> {
        if self.before.len() < 2 {
            return self.before.last();
        }
        let says = leaves(&remembered.values());
        let likeness = |before: &&Remembered| {
            let (said, row) = (&before.household, self.row);
            let said_before = leaves(&before.values());
            let beside = [
                (&said.branch, &said.group) == (&row.branch, &row.group),
                said.category == row.category,
                said.causes == row.causes,
                said.id_number == row.id_number,
                said.seats == row.seats,
            ];
            says.intersection(&said_before).count() + beside.into_iter().filter(|same| *same).count()
        };
        self.before.iter().max_by_key(likeness)
    }

    /// Whether the household has a category once that is said.
    pub(super) fn has_category(&self, says: Option<&Import>) -> bool {
        let register = says.and_then(|says| says.register.as_ref());
        register.map_or(self.stands.category, |register| register.category).is_some()
    }

    /// What the office says beside the six, where the row says otherwise.
    pub(super) fn otherwise(&self, says: Option<&Import>) -> Option<Stands> {
        let says_otherwise = says.is_some_and(|says| says.register.is_some() || !says.seats.is_empty());
        says_otherwise.then(|| Stands {
            standings: Standings::new(),
            kept: Kept::new(),
            ..self.stands.clone()
        })
    }

    /// The registration, where the household is new or the file says something of it anew.
    fn register(&self, before: Option<&Household>) -> Option<Register> {
        let (row, stands) = (self.row, self.stands);
        let category = row.category.as_ref().and_then(|name| {
            self.known.categories.iter().find(|(known, _)| known == name).map(|(_, id)| *id)
        });
        let same = |is: fn(&Household, &Household) -> bool| before.is_some_and(|before| is(before, row));
        let unit = (!same(|one, other| (&one.branch, &one.group) == (&other.branch, &other.group))
            && !row.branch.is_empty())
        .then_some(self.unit)
        .filter(|unit| stands.unit != Some(*unit) && !self.is_in_group_of(*unit))
        .filter(|unit| !self.known.units.iter().any(|known| known.id == *unit && known.closed));
        let category = category
            .filter(|_| !same(|one, other| one.category == other.category))
            .filter(|category| stands.category != Some(*category));
        let causes = (!row.causes.is_empty() && !same(|one, other| one.causes == other.causes))
            .then(|| self.causes(before))
            .filter(|causes| stands.causes != *causes);
        let id_number =
            row.id_number.clone().filter(|_| !same(|one, other| one.id_number == other.id_number));
        let id_number = id_number.filter(|id| !self.is_kept(id) && stands.id_number.as_ref() != Some(id));
        let is_said = unit.is_some() || category.is_some() || causes.is_some() || id_number.is_some();
        (is_said || !stands.is_open).then(|| Register {
            day: if stands.is_open { self.day } else { self.opened() },
            unit: unit.or(stands.unit).unwrap_or(self.unit),
            category: category.or(stands.category),
            causes: causes.unwrap_or_else(|| stands.causes.clone()),
            id_number,
            stated: Values::new(),
            rest: Rest::new(),
        })
    }

    /// Whether the household is in a group of a branch, and the row names only that.
    fn is_in_group_of(&self, branch: UnitId) -> bool {
        let is_own = |known: &&KnownUnit| Some(known.id) == self.stands.unit;
        let own = self.known.units.iter().find(is_own);
        self.row.group.is_empty()
            && own.is_some_and(|own| own.tier == Tier::Group && own.parent == Some(branch))
    }

    /// Whether the household keeps its right ID number beside a wrong one.
    fn is_kept(&self, id: &str) -> bool {
        !id_number::is_right(id) && self.stands.id_number.as_deref().is_some_and(id_number::is_right)
    }

    /// The row's wrong ID number beside the right one that stays.
    fn id_kept(&self) -> Option<Finding> {
        let id = self.row.id_number.as_ref().filter(|id| self.is_kept(id))?;
        let mut finding = finding(self.row, Code::IdKept);
        finding.cell.clone_from(id);
        finding.against = self.stands.id_number.clone().unwrap_or_default();
        Some(finding)
    }

    /// 建档日期 as the row says it, of a month the first; not after the roster's day.
    fn opened(&self) -> Day {
        self.registered().filter(|day| *day <= self.day).unwrap_or(self.day)
    }

    fn registered(&self) -> Option<Day> {
        let (year, month, day) = self.row.registered?.parts();
        Day::new(year, month.unwrap_or(1), day.unwrap_or(1))
    }

    /// 建档日期 after the roster's day, of a household whose file begins with it.
    fn registered_after(&self) -> Option<Finding> {
        self.registered().filter(|day| *day > self.day && !self.stands.is_open)?;
        let mut finding = finding(self.row, Code::RegisteredAfter);
        if let Some(column) = self.mapping.column_of(Field::Registered).and_then(|at| self.mapping.at(at)) {
            finding.letters.clone_from(&column.letters);
            finding.column.clone_from(&column.header);
            finding.cell = text::tidy(&self.row.cell(column.at));
        }
        Some(finding)
    }

    fn seats(&self, before: Option<&Household>) -> Vec<Assign> {
        let mut seats = Vec::new();
        for holder in &self.row.seats {
            let key = HelperKey::of(self.row, holder);
            let person = self.people.persons.get(&key).copied();
            let is_said = |row: &Household| {
                row.seats.iter().any(|other| other.seat == holder.seat && HelperKey::of(row, other) == key)
            };
            // Of whom nobody knew then who it is, nothing was said.
            let said_before = before.is_some_and(is_said) && self.known.persons_said.contains_key(&key);
            let sits_already =
                self.stands.seats.iter().any(|(seat, who)| *seat == holder.seat && Some(*who) == person);
            let is_taken = self.namesake_there(holder).is_some();
            if person.is_some() && !said_before && !sits_already && !is_taken && !self.has_left(person) {
                seats.push(Assign { seat: holder.seat, person, from: self.day, until: None });
            }
        }
        seats
    }

    /// Helpers of the row who left: their seats stay as they are. Of whom sat there on the roster's day, and whose seat
    /// somebody took over since, the row says nothing wrong.
    fn helpers_left(&self) -> Vec<Finding> {
        let person_of =
            |holder: &SeatHolder| self.people.persons.get(&HelperKey::of(self.row, holder)).copied();
        let sat = |holder: &SeatHolder| {
            person_of(holder).is_some_and(|person| self.stands.seats.contains(&(holder.seat, person)))
        };
        let holds = |seat: Seat| {
            let since = self.stands.seats_since.iter();
            since.filter(move |(of, who)| *of == seat && !self.has_left(Some(*who))).map(|(_, who)| *who)
        };
        let is_past = |holder: &SeatHolder| sat(holder) && holds(holder.seat).next().is_some();
        let left = self.row.seats.iter().filter(|one| self.has_left(person_of(one)) && !is_past(one));
        let say = |holder: &SeatHolder| {
            let mut finding = finding(self.row, Code::HelperLeft);
            finding.cell.clone_from(&holder.name);
            if let Some(who) = holds(holder.seat).next_back() {
                let known = self.known.persons.iter().find(|known| known.id == who);
                finding.against = known.map(|known| known.name.clone()).unwrap_or_default();
                finding.effect = Effect::Stays;
            }
            finding
        };
        left.map(say).collect()
    }

    /// Helpers of the row of whom nobody knows who they are: their seats stay as they are. Whoever sits there already
    /// and may be the one is.
    pub(super) fn helpers_unclear(&self) -> impl Iterator<Item = &SeatHolder> {
        let is_unclear = move |holder: &&SeatHolder| {
            let may_be = self.people.unclear.get(&HelperKey::of(self.row, holder));
            let sits = |(seat, who): &(Seat, PersonId)| {
                *seat == holder.seat && may_be.is_some_and(|may_be| may_be.contains(who))
            };
            may_be.is_some() && !self.stands.seats.iter().any(sits)
                || self.namesake_there(holder).is_some_and(|there| {
                    there.telephone != holder.telephone || text::squeeze(&there.name) != holder.name
                })
        };
        self.row.seats.iter().filter(is_unclear)
    }

    /// Who sits there and has the name or the telephone of the row's helper, whom nobody said to be somebody else.
    fn namesake_there(&self, holder: &SeatHolder) -> Option<&KnownPerson> {
        let namesakes = self.people.namesakes.get(&HelperKey::of(self.row, holder))?;
        let sits = |one: &&KnownPerson| self.stands.seats.contains(&(holder.seat, one.id));
        self.known.persons.iter().filter(|one| namesakes.contains(&one.id)).find(sits)
    }

    fn has_left(&self, person: Option<PersonId>) -> bool {
        self.known.persons.iter().any(|known| Some(known.id) == person && known.has_left)
    }

    /// Children of the last file that this one lacks, and that have not ended.
    fn children_missing(&self) -> Vec<Finding> {
        let Some(before) = self.before.last() else { return Vec::new() };
        let named = |name: &str| {
            let children = self.row.children.iter().flatten();
            children.map(|child| text::squeeze(&child.name)).any(|other| other == text::squeeze(name))
        };
        let stands = match self.stands.standings.get(&Slot::Schooling).and_then(|standing| standing.one()) {
            Some(one) => members(&one.value),
            None => Vec::new(),
        };
        let children = before.children.iter().zip(before.household.children.iter().flatten());
        let missing =
            children.filter(|(id, child)| stands.contains(&Slot::Child(**id)) && !named(&child.name));
        let say = |(_, child): (&ChildId, &ChildValue)| {
            let mut finding = finding(self.row, Code::ChildMissing);
            finding.cell.clone_from(&child.name);
            finding
        };
        missing.map(say).collect()
    }
}

/// Everything that values say, piece by piece.
fn leaves(values: &Values) -> BTreeSet<(Slot, String)> {
    fn walk(slot: Slot, json: &Json, into: &mut BTreeSet<(Slot, String)>) {
        match json {
            Json::Object(fields) => fields.values().for_each(|field| walk(slot, field, into)),
            Json::Array(parts) => parts.iter().for_each(|part| walk(slot, part, into)),
            Json::String(text) => drop(into.insert((slot, text::squeeze(text)))),
            other => drop(into.insert((slot, other.to_string()))),
        }
    }
    let mut leaves = BTreeSet::new();
    for (slot, value) in values {
        // Strings, numbers and maps with string keys: writing them cannot fail.
        walk(*slot, &serde_json::to_value(value).unwrap_or_default(), &mut leaves);
    }
    leaves
}

/// Values by their ids.
type OfId<I, T> = Vec<(I, T)>;

/// The children and events that stand, those that have ended too.
fn standing_members(standings: &Standings) -> (OfId<ChildId, ChildValue>, OfId<EventId, EventValue>) {
    let (mut children, mut events) = (Vec::new(), Vec::new());
    for (slot, standing) in standings {
        for one in &standing.values {
            match (slot, &one.value) {
                (Slot::Child(id), Value::Child(child)) => children.push((*id, child.clone())),
                (Slot::Event(id), Value::Event(event)) => events.push((*id, event.clone())),
                _ => {}
            }
        }
    }
    (children, events)
}

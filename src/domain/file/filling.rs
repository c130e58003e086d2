//! Where files are one, what one of them knows and another leaves blank stays: a bare value is read with the fields that
//! the other file's has beside it.
//!
//! Only where the two say nothing that differs: what differs is decided as everywhere, by the latest day or by a person.
//! What the desk says after the merge it says in sight of both files, so a field that it clears stays clear.

use super::{Logged, Set};
use crate::{
    entry::{Act, OFFICE, Register},
    id::{EntryId, HouseholdId},
    observation::{Observation, Standing, standing, standing_in},
    slot::{Slot, Value, plain},
};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};

/// Which entries were written in which of the files that are one, and when those became one.
pub(super) struct Halves {
    files: BTreeSet<HouseholdId>,
    merged: Option<EntryId>,
}

impl Halves {
    pub(super) fn of(set: &Set<'_>) -> Self {
        let files: BTreeSet<HouseholdId> = set.0.values().map(|one| one.entry.household).collect();
        let merge = |(one, act): (&Logged, &Act)| match act {
            Act::Merge(merge) if one.entry.device == OFFICE && files.contains(&merge.other) => {
                Some(one.entry.id)
            }
            _ => None,
        };
        let merged = set.acts().filter_map(merge).max();
        Self { files, merged }
    }

    fn is_after(&self, entry: EntryId) -> bool {
        self.merged.is_some_and(|merged| merged < entry)
    }

    /// What stands in one slot, given all observations of it.
    pub(super) fn stand(&self, slot: Slot, mut observed: Vec<Observation>, set: &Set<'_>) -> Standing {
        if self.files.len() < 2 {
            return standing(&observed);
        }
        let file = |one: &Observation| {
            let is_of_all = one.device == OFFICE && self.is_after(one.entry);
            set.0.get(&one.entry).map(|read| read.entry.household).filter(|_| !is_of_all)
        };
        if matches!(slot, Slot::Name | Slot::Address | Slot::Spouse) {
            fill(&mut observed, file);
        }
        standing_in(&observed, file)
    }
}

/// Reads each value of one file with what stands beside it in the others.
fn fill(observed: &mut [Observation], file: impl Fn(&Observation) -> Option<HouseholdId>) {
    let mut of_file: BTreeMap<HouseholdId, Vec<Observation>> = BTreeMap::new();
    for one in observed.iter() {
        if let Some(file) = file(one) {
            of_file.entry(file).or_default().push(one.clone());
        }
    }
    let stand: Vec<_> = of_file.iter().map(|(file, of_it)| (*file, standing(of_it).values)).collect();
    for one in observed.iter_mut() {
        let Some(own) = file(one) else { continue };
        let beside = stand.iter().filter(|(file, _)| *file != own).flat_map(|(_, values)| values);
        if let Some(value) = &mut one.value {
            *value = filled(value, beside.map(|stands| &stands.value));
        }
    }
}

/// The value with the fields that it lacks, where those beside it differ neither from it nor among themselves.
fn filled<'a>(value: &Value, beside: impl Iterator<Item = &'a Value>) -> Value {
    let mut whole = fields(value);
    for other in beside.map(fields).filter(|other| agree(&fields(value), other)) {
        if !agree(&whole, &other) {
            return value.clone();
        }
        for (name, field) in other {
            if whole.get(&name).is_none_or(is_blank) {
                whole.insert(name, field);
            }
        }
    }
    let bytes = serde_json::to_vec(&BTreeMap::from([(kind(value), whole)]));
    bytes.and_then(|bytes| serde_json::from_slice(&bytes)).unwrap_or_else(|_| value.clone())
}

/// The fields of a value of one part.
fn fields(value: &Value) -> Map<String, Json> {
    let bytes = match value {
        Value::Name(name) => serde_json::to_vec(name),
        Value::Address(address) => serde_json::to_vec(address),
        Value::Spouse(spouse) => serde_json::to_vec(spouse),
        _ => return Map::new(),
    };
    bytes.and_then(|bytes| serde_json::from_slice(&bytes)).unwrap_or_default()
}

const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Address(_) => "address",
        Value::Spouse(_) => "spouse",
        _ => "name",
    }
}

fn agree(one: &Map<String, Json>, other: &Map<String, Json>) -> bool {
    one.iter().all(|(name, field)| {
        let said = other.get(name).filter(|said| !is_blank(said) && !is_blank(field));
        said.is_none_or(|said| plain(said) == plain(field))
    })
}

fn is_blank(field: &Json) -> bool {
    field.is_null() || field.as_str().is_some_and(|text| text.trim().is_empty())
}

/// The latest registration, with the category and the causes of the other files where it has none. `registers` are in
/// their order, each with its entry and its file.
pub(super) fn register(registers: &[(EntryId, HouseholdId, &Register)], halves: &Halves) -> Option<Register> {
    let (id, own, latest) = registers.last()?;
    let mut whole = Register::clone(latest);
    if halves.is_after(*id) {
        return Some(whole);
    }
    let mut heard = BTreeSet::from([*own]);
    // Of each other file its latest word.
    for (_, _, other) in registers.iter().rev().filter(|(_, file, _)| heard.insert(*file)) {
        whole.category = whole.category.or(other.category);
        if whole.causes.is_empty() {
            whole.causes.clone_from(&other.causes);
        }
    }
    Some(whole)
}

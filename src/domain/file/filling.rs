//! Where files are one, what one of them knows and another leaves blank stays: a bare value is read with the fields that
//! the other file's has beside it, a birth date of which only the month is known with its day.
//!
//! Only where the two say nothing that differs: what differs is decided as everywhere, by the latest day or by a person.
//! A field that somebody cleared in sight of it stays clear: the desk, of files that were one by then; a helper, of what
//! the visit was shown. What is said of that file from that day on is read so too, or a confirmation would be a rival.

use super::{Set, merging};
use crate::{
    day::Day,
    entry::{Act, OFFICE, Register},
    id::{EntryId, HouseholdId},
    observation::{Manner, Observation, Standing, standing, standing_in},
    rules::{CAUSES_MAX, Cause},
    slot::{Slot, Value, plain},
    visit::Visit,
};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};

/// The field of a name and of a spouse that may know only a month or a year.
const BORN: &str = "born";

/// Which files are one, and since when two of them are.
pub(super) struct Halves {
    files: BTreeSet<HouseholdId>,
    merges: Vec<(EntryId, HouseholdId, HouseholdId)>,
}

impl Halves {
    pub(super) fn of(set: &Set<'_>) -> Self {
        let files = set.0.values().map(|one| one.entry.household).collect();
        Self { files, merges: merging::merges(set) }
    }

    /// Whether what the desk wrote in a file was said in sight of another: the two were one by then.
    pub(super) fn sees(&self, entry: EntryId, own: HouseholdId, other: HouseholdId) -> bool {
        let mut seen = BTreeSet::from([own]);
        // Each merge may bring one more into sight, in whatever order they were made.
        for _ in &self.merges {
            for (_, one, two) in self.merges.iter().filter(|(merge, ..)| *merge < entry) {
                if seen.contains(one) || seen.contains(two) {
                    seen.extend([*one, *two]);
                }
            }
        }
        seen.contains(&other)
    }

    /// What stands in one slot, given all observations of it.
    pub(super) fn stand(&self, slot: Slot, mut observed: Vec<Observation>, set: &Set<'_>) -> Standing {
        if self.files.len() < 2 {
            return standing(&observed);
        }
        let said = observed.clone();
        if matches!(slot, Slot::Name | Slot::Address | Slot::Spouse) {
            fill(&mut observed, &Words { halves: self, set, slot });
        }
        let words = Words { halves: self, set, slot };
        standing_in(&observed, |later, one| {
            words.is_of(later, words.file(one)) || words.was_shown_anothers(later, one, &said)
        })
    }
}

/// What was said of one slot of files that are one.
struct Words<'a> {
    halves: &'a Halves,
    set: &'a Set<'a>,
    slot: Slot,
}

/// A word that left fields blank, and what it saw there.
struct Cleared<'a> {
    word: &'a Observation,
    said: Map<String, Json>,
    /// What a visit was shown; none where that is not known, or where it is the desk's.
    shown: Option<Map<String, Json>>,
}

impl Words<'_> {
    fn file(&self, one: &Observation) -> Option<HouseholdId> {
        self.set.0.get(&one.entry).map(|read| read.entry.household)
    }

    /// Whether a word is one of a file: said in it, or by the desk in sight of it.
    fn is_of(&self, one: &Observation, file: Option<HouseholdId>) -> bool {
        let sees = |(own, other)| one.device == OFFICE && self.halves.sees(one.entry, own, other);
        self.file(one) == file || self.file(one).zip(file).is_some_and(sees)
    }

    fn visit(&self, one: &Observation) -> Option<&Visit> {
        match self.set.act(one.entry)?.1 {
            Act::Visit(visit) => Some(visit),
            Act::Amend(amend) => Some(&amend.version),
            _ => None,
        }
    }

    /// Whether a visit was shown what stands in another file, and what its own never said: then it takes that back.
    fn was_shown_anothers(&self, later: &Observation, one: &Observation, said: &[Observation]) -> bool {
        let Some(shown) = self.visit(later).and_then(|visit| visit.before.get(&self.slot)) else {
            return false;
        };
        let is_it = |one: &Observation| one.value.as_ref().is_some_and(|value| value.is_same(shown));
        let own = self.file(later);
        is_it(one) && !said.iter().any(|one| self.file(one) == own && is_it(one))
    }

    /// The words that may have cleared something.
    fn cleared<'a>(&self, said: &'a [Observation]) -> Vec<Cleared<'a>> {
        let is_known = |word: &Observation| {
            said.iter()
                .any(|one| one.day < word.day && one.value.is_some() && self.is_of(one, self.file(word)))
        };
        let cleared = |word: &'a Observation| {
            let shown = match self.visit(word) {
                // An entry that is too large, or of an app of before, leaves out what was shown.
                Some(visit) if visit.before.is_empty() && is_known(word) => None,
                Some(visit) => Some(visit.before.get(&self.slot).map(fields).unwrap_or_default()),
                None if word.device == OFFICE => None,
                None => return None,
            };
            let said = word.value.as_ref().filter(|_| word.manner != Manner::Confirmed)?;
            Some(Cleared { word, said: fields(said), shown })
        };
        said.iter().filter_map(cleared).collect()
    }

    /// Whether a field of another file is not to be read in what was said of a file on a day.
    fn is_clear(&self, one: &Cleared<'_>, at: (HouseholdId, Day), of: &Field<'_>) -> bool {
        let has = |fields: &Map<String, Json>| fields.get(of.name).is_some_and(|own| !of.adds_to(own));
        one.word.day <= at.1
            && !has(&one.said)
            && self.is_of(one.word, Some(at.0))
            && one
                .shown
                .as_ref()
                .map_or(one.word.device != OFFICE || self.is_of(one.word, Some(of.file)), has)
    }
}

/// What another file says in one field.
struct Field<'a> {
    file: HouseholdId,
    name: &'a str,
    says: &'a Json,
}

impl Field<'_> {
    /// Whether it says more than what stands in that field here.
    fn adds_to(&self, own: &Json) -> bool {
        is_blank(own) || is_vaguer(self.name, own, self.says)
    }
}

/// Reads each value of one file with what stands beside it in the others.
fn fill(observed: &mut [Observation], words: &Words<'_>) {
    let said = observed.to_vec();
    let of = |file| said.iter().filter(|one| words.is_of(one, Some(file))).cloned().collect::<Vec<_>>();
    let stand = words.halves.files.iter().map(|file| (*file, standing(&of(*file)).values));
    let stand: Vec<_> = stand.collect();
    let cleared = words.cleared(&said);
    for one in observed.iter_mut() {
        let Some(own) = words.file(one) else { continue };
        let at = (own, one.day);
        let beside = stand.iter().filter(|(file, _)| *file != own);
        let beside = beside.flat_map(|(file, values)| values.iter().map(|stands| (*file, &stands.value)));
        let is_clear = |field: &Field<'_>| cleared.iter().any(|one| words.is_clear(one, at, field));
        if let Some(value) = &mut one.value {
            *value = filled(value, beside, is_clear);
        }
    }
}

/// The value with the fields that it lacks, where those beside it differ neither from it nor among themselves.
fn filled<'a>(
    value: &Value,
    beside: impl Iterator<Item = (HouseholdId, &'a Value)>,
    is_clear: impl Fn(&Field<'_>) -> bool,
) -> Value {
    let own = fields(value);
    let mut whole = own.clone();
    let beside = beside.map(|(file, other)| (file, fields(other)));
    for (file, other) in beside.filter(|(_, other)| agree(&own, other)) {
        if !agree(&whole, &other) {
            return value.clone();
        }
        for (name, says) in other {
            let field = Field { file, name: &name, says: &says };
            if whole.get(&name).is_none_or(|own| field.adds_to(own)) && !is_clear(&field) {
                whole.insert(name, says);
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
        let is_exact = |one, other| is_vaguer(name, one, other);
        said.is_none_or(|said| plain(said) == plain(field) || is_exact(said, field) || is_exact(field, said))
    })
}

/// Whether a birth date is known less exactly than another that it may be: `1962-06` and `1962-06-16`.
fn is_vaguer(name: &str, one: &Json, other: &Json) -> bool {
    let days = one.as_str().zip(other.as_str()).filter(|_| name == BORN);
    days.is_some_and(|(one, other)| other.strip_prefix(one).is_some_and(|rest| rest.starts_with('-')))
}

fn is_blank(field: &Json) -> bool {
    field.is_null() || field.as_str().is_some_and(|text| text.trim().is_empty())
}

/// The latest registration, with the category of the other files where it has none, and with their causes after its own
/// as far as there is room. `registers` are in their order, each with its entry and its file.
pub(super) fn register(registers: &[(EntryId, HouseholdId, &Register)], halves: &Halves) -> Option<Register> {
    let (id, own, latest) = registers.last()?;
    let mut whole = Register::clone(latest);
    let mut heard = BTreeSet::from([*own]);
    // Of each file that was not in sight its latest word.
    let unseen = registers.iter().rev().filter(|(_, file, _)| !halves.sees(*id, *own, *file));
    for (_, _, other) in unseen.filter(|(_, file, _)| heard.insert(*file)) {
        whole.category = whole.category.or(other.category);
        let further: Vec<Cause> =
            other.causes.iter().filter(|cause| !whole.causes.contains(cause)).copied().collect();
        whole.causes.extend(further);
    }
    whole.causes.truncate(CAUSES_MAX.max(latest.causes.len()));
    Some(whole)
}

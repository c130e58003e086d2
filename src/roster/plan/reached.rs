//! Helpers whom a person said to be somebody of the office, and whom the file gives another telephone: it is theirs from now
//! on. Where the file gives them several, or also the one they have, nobody can tell which holds, and theirs stays.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::PersonId;

use super::{
    PlacedRow,
    known::{HelperKey, Known, KnownPerson},
    of_cell,
    seating::{SamePerson, Seated},
};
use crate::{
    finding::{Code, Effect, Finding},
    household::Household,
    text,
};

/// Everybody with the telephones that they have from now on, and what is told of each at the first row that names them so.
pub(super) fn reached(
    people: Seated,
    known: &Known<'_>,
    said: &BTreeMap<HelperKey, SamePerson>,
    placed: &[PlacedRow<'_>],
) -> (Seated, Vec<Finding>) {
    let mut given: BTreeMap<PersonId, BTreeSet<&str>> = BTreeMap::new();
    for (key, person) in people.persons.iter().filter(|(key, _)| !key.telephone.is_empty()) {
        given.entry(*person).or_default().insert(&key.telephone);
    }
    let is_only = |key: &HelperKey, person: &KnownPerson| {
        given.get(&person.id).is_some_and(|given| given.iter().eq([&key.telephone.as_str()]))
    };
    let (mut telephones, mut told) = (BTreeMap::new(), Vec::new());
    for (key, person) in told_otherwise(&people, known, said) {
        let names = |row: &&Household| row.seats.iter().any(|holder| HelperKey::of(row, holder) == *key);
        let Some(row) = placed.iter().map(|(row, ..)| *row).find(names) else { continue };
        let mut finding = of_cell(row, Code::HelperTelephone, &key.telephone);
        finding.against = format!("{} {}", person.name, person.telephone).trim().to_owned();
        if is_only(key, person) {
            telephones.insert(person.id, key.telephone.clone());
        } else {
            finding.effect = Effect::Stays;
        }
        told.push(finding);
    }
    (Seated { telephones, ..people }, told)
}

/// Helpers whom a person said to be somebody of the office who has another telephone.
fn told_otherwise<'a>(
    people: &'a Seated,
    known: &'a Known<'_>,
    said: &'a BTreeMap<HelperKey, SamePerson>,
) -> impl Iterator<Item = (&'a HelperKey, &'a KnownPerson)> {
    let told = people.persons.iter().filter(|(key, id)| said.get(key) == Some(&SamePerson::Person(**id)));
    told.filter_map(|(key, id)| {
        let person = known.persons.iter().find(|person| person.id == *id)?;
        let is_other = !key.telephone.is_empty() && text::squeeze(&person.telephone) != key.telephone;
        (is_other && !person.has_left).then_some((key, person))
    })
}

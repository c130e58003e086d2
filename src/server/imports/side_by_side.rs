//! Where a sheet itself says that two of one name are two people: it has both in the seats of one household. Father and son
//! work in one mine.

use std::collections::BTreeSet;

use domain::id::PersonId;
use protocol::roster::PersonQuestion;
use roster::household::Household;
use roster::plan::known::HelperKey;

use super::look::Look;

/// The rows in which two of those asked about stand side by side.
pub fn rows(look: &Look, asked: &PersonQuestion) -> Vec<u32> {
    let persons: BTreeSet<PersonId> = asked.persons.iter().map(|one| one.person).collect();
    let is_asked = |key: &&HelperKey| {
        asked
            .helpers
            .iter()
            .any(|one| (&one.branch, &one.name, &one.telephone) == (&key.branch, &key.name, &key.telephone))
    };
    let is_of_office =
        |key: &&HelperKey| look.plan.people.persons.get(*key).is_some_and(|person| persons.contains(person));
    let has_two = |row: &&Household| {
        let keys: BTreeSet<HelperKey> = row.seats.iter().map(|holder| HelperKey::of(row, holder)).collect();
        keys.iter().filter(|key| is_asked(key) || is_of_office(key)).count() > 1
    };
    let rows = look.reading.households.iter().filter(|row| !row.is_repeat());
    rows.filter(has_two).map(|row| row.row).collect()
}

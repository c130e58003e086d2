//! Rows that name no branch, in a roster of a union that has branches: each is thought to be where the office has its
//! household, so that its helpers are looked for there, and no second group of the same name is made. A new one is where the
//! office has the group that it names.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{HouseholdId, UnitId};

use super::{
    known::{Known, KnownUnit, Tier},
    matching::Match,
    placing::Places,
};
use crate::{household::Household, reading::Reading, text};

/// The reading, with the branch of each row that names none and is found to be in one.
#[must_use]
pub fn homed(mut reading: Reading, known: &Known<'_>, recognised: &[(usize, Match)]) -> Reading {
    if reading.households.iter().all(|row| !row.branch.is_empty()) {
        return reading;
    }
    let book = Book::of(known);
    let mut homes: BTreeMap<usize, UnitId> = BTreeMap::new();
    let open = |at: &usize| reading.households.get(*at).filter(|row| row.branch.is_empty());
    for (at, found) in recognised.iter().filter(|(at, _)| open(at).is_some()) {
        homes.extend(book.of_match(found).map(|home| (*at, home)));
    }
    let known_there: BTreeSet<UnitId> = homes.values().copied().collect();
    let new = recognised.iter().filter(|(_, found)| *found == Match::New);
    let of_group = new.filter_map(|(at, _)| {
        let row = open(at).filter(|row| !row.group.is_empty())?;
        Some((*at, book.of_group(row).or_else(|| the_only(known_there.iter().copied()))?))
    });
    homes.extend(of_group.collect::<Vec<_>>());
    if homes.is_empty() {
        return reading;
    }
    for (at, home) in homes {
        if let (Some(row), Some(name)) = (reading.households.get_mut(at), book.names.get(&home)) {
            row.home.clone_from(name);
        }
    }
    reading.gather();
    reading
}

/// What is known of branches, as far as a name finds them.
struct Book<'a> {
    names: BTreeMap<UnitId, String>,
    groups: BTreeMap<String, BTreeSet<UnitId>>,
    branches: BTreeMap<HouseholdId, UnitId>,
    places: Places<'a>,
}

impl<'a> Book<'a> {
    fn of(known: &'a Known<'_>) -> Self {
        let places = Places::of(known);
        let is_named = |unit: &&KnownUnit| {
            let name = text::squeeze(&unit.name);
            unit.tier == Tier::Branch && unit.id != known.root && places.branch(&name) == Some(unit.id)
        };
        let names: BTreeMap<UnitId, String> =
            known.units.iter().filter(is_named).map(|unit| (unit.id, text::squeeze(&unit.name))).collect();
        let mut groups: BTreeMap<String, BTreeSet<UnitId>> = BTreeMap::new();
        for unit in known.units.iter().filter(|unit| unit.tier == Tier::Group && !unit.closed) {
            let branch = places.branch_above(unit.id);
            groups.entry(text::squeeze(&unit.name)).or_default().insert(branch);
        }
        let branches = known.households.iter().filter(|one| one.in_reach).map(|one| (one.id, one.branch));
        Self { branches: branches.collect(), names, groups, places }
    }

    /// Where the office has the household of a row; of several that it may be, where all are.
    fn of_match(&self, found: &Match) -> Option<UnitId> {
        let home = match found {
            Match::New => None,
            Match::Is(id) => self.branches.get(id).copied(),
            Match::Ask(_, near) => the_only(near.iter().filter_map(|id| self.branches.get(id).copied())),
        };
        home.filter(|home| self.names.contains_key(home))
    }

    /// The branch that alone has a group of this name.
    fn of_group(&self, row: &Household) -> Option<UnitId> {
        let is_own =
            |home: &UnitId| self.places.branch_above(*home) == *home && self.names.contains_key(home);
        the_only(self.groups.get(&row.group)?.iter().copied()).filter(is_own)
    }
}

/// What all are; none where they differ.
fn the_only(all: impl Iterator<Item = UnitId>) -> Option<UnitId> {
    let all: BTreeSet<UnitId> = all.collect();
    all.first().copied().filter(|_| all.len() == 1)
}

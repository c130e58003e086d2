//! Which files are one household's: merges that count and were not undone. Like all judging, by the set of entries:
//! here of all files that were ever merged with one another.

use super::{Logged, Set, judging};
use crate::{
    entry::{Act, OFFICE},
    id::{EntryId, HouseholdId},
};
use std::collections::{BTreeMap, BTreeSet};

/// The files that are one household's, each group ascending: its first is the id that all of them share. `logged` are
/// the entries of all `files`, which are all that were ever merged with one another.
#[must_use]
pub fn groups(files: &BTreeSet<HouseholdId>, logged: &[Logged]) -> Vec<Vec<HouseholdId>> {
    let mut first: BTreeMap<HouseholdId, HouseholdId> = files.iter().map(|file| (*file, *file)).collect();
    for (one, other) in pairs(logged) {
        let (Some(a), Some(b)) = (first.get(&one).copied(), first.get(&other).copied()) else { continue };
        let (least, most) = (a.min(b), a.max(b));
        first.values_mut().filter(|shared| **shared == most).for_each(|shared| *shared = least);
    }
    let mut groups: BTreeMap<HouseholdId, Vec<HouseholdId>> = BTreeMap::new();
    for (file, shared) in first {
        groups.entry(shared).or_default().push(file);
    }
    groups.into_values().collect()
}

/// Two files by two, as merges that count say.
fn pairs(logged: &[Logged]) -> Vec<(HouseholdId, HouseholdId)> {
    merges(&Set::of(logged)).into_iter().map(|(_, one, other)| (one, other)).collect()
}

/// The merges that count and were not undone, ascending, each with its two files.
pub(super) fn merges(set: &Set<'_>) -> Vec<(EntryId, HouseholdId, HouseholdId)> {
    // Every deposit folds a household, and hardly any was ever merged.
    if !set.acts().any(|(_, act)| matches!(act, Act::Merge(_))) {
        return Vec::new();
    }
    let verdicts = judging::verdicts(set);
    let counts = |one: &Logged| {
        one.taint.is_none() && one.entry.device == OFFICE && verdicts.get(&one.entry.id) != Some(&false)
    };
    let undone: BTreeSet<_> = set
        .acts()
        .filter(|(one, _)| counts(one))
        .filter_map(|(_, act)| if let Act::Unmerge(undo) = act { Some(undo.merge) } else { None })
        .collect();
    let merge = |(one, act): (&Logged, &Act)| match act {
        Act::Merge(merge) if counts(one) && !undone.contains(&one.entry.id) => {
            Some((one.entry.id, one.entry.household, merge.other))
        }
        _ => None,
    };
    set.acts().filter_map(merge).collect()
}

//! Which version of a visit stands, among the visit, its amends and its withdrawal.

use super::{Set, VisitLine, judging::Court};
use crate::{
    entry::{Act, Amend},
    id::EntryId,
};
use std::collections::{BTreeMap, BTreeSet};

/// The visits that count, each in the version that stands, by day and id; none confirmed yet.
///
/// A visit counts when one of its versions does: an amend that puts the day right makes a visit
/// count that by itself does not.
pub(super) fn lines(set: &Set<'_>, court: &Court<'_, '_>) -> Vec<VisitLine> {
    let withdrawn = withdrawn(set, court);
    let newer = newer_versions(set, court);
    let mut lines: Vec<VisitLine> = Vec::new();
    for (read, act) in set.acts() {
        let (id, author) = (read.entry.id, read.entry.author);
        let Act::Visit(first) = act else { continue };
        if withdrawn.contains(&id) {
            continue;
        }
        let latest = latest_version(&newer, id);
        let standing = latest.or_else(|| court.counts(id).then_some((id, first)));
        if let Some((version, visit)) = standing {
            lines.push(VisitLine {
                id,
                version,
                author,
                confirmed: false,
                joined: None,
                visit: visit.clone(),
            });
        }
    }
    lines.sort_by_key(|line| (line.visit.day, line.id));
    lines
}

/// What its author took back.
pub(super) fn withdrawn(set: &Set<'_>, court: &Court<'_, '_>) -> BTreeSet<EntryId> {
    set.acts()
        .filter(|(read, _)| court.counts(read.entry.id))
        .filter_map(|(_, act)| if let Act::Withdraw(withdraw) = act { Some(withdraw.visit) } else { None })
        .collect()
}

/// Whether an amend leads back to its visit, version by version, through amends of the same visit
/// by the same author. A ring leads nowhere.
pub(super) fn leads_back(set: &Set<'_>, amend: &Amend, author: crate::id::PersonId) -> bool {
    let mut at = amend.replaces;
    for _ in 0..=set.0.len() {
        if at == amend.visit {
            return true;
        }
        match set.act(at) {
            Some((read, Act::Amend(older))) if older.visit == amend.visit && read.entry.author == author => {
                at = older.replaces;
            }
            _ => return false,
        }
    }
    false
}

/// The amends that count, by the nearest version before them that counts too (or the visit itself):
/// of two for one, only the greater id.
fn newer_versions<'a>(set: &'a Set<'_>, court: &Court<'_, '_>) -> BTreeMap<EntryId, (EntryId, &'a Amend)> {
    let mut newer: BTreeMap<EntryId, (EntryId, &Amend)> = BTreeMap::new();
    for (read, act) in set.acts() {
        if let Act::Amend(amend) = act
            && court.counts(read.entry.id)
        {
            // Ascending by id, so the greater id replaces the smaller.
            newer.insert(nearest_that_counts(set, court, amend), (read.entry.id, amend));
        }
    }
    newer
}

fn nearest_that_counts(set: &Set<'_>, court: &Court<'_, '_>, amend: &Amend) -> EntryId {
    let mut at = amend.replaces;
    // It leads back to its visit, or it would not count: this ends.
    while at != amend.visit && !court.counts(at) {
        let Some((_, Act::Amend(older))) = set.act(at) else { break };
        at = older.replaces;
    }
    at
}

fn latest_version<'a>(
    newer: &BTreeMap<EntryId, (EntryId, &'a Amend)>,
    visit: EntryId,
) -> Option<(EntryId, &'a crate::visit::Visit)> {
    let mut latest = newer.get(&visit)?;
    while let Some(later) = newer.get(&latest.0) {
        latest = later;
    }
    Some((latest.0, &latest.1.version))
}

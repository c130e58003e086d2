//! Two records of one visit: helpers go in pairs, and both may write it down.
//!
//! What looks so is told; a person says whether it is ([`Pair`](crate::entry::Pair)). Joined, the visit counts once, by
//! the record of the later day (of one day, the greater id). What each of the two observed and heard stays theirs.

use super::{Set, VisitLine, judging::Court};
use crate::{entry::Act, id::EntryId, seat::Seats, visit::Companion};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far apart the days may lie: one of the two may have dated it from the evening after.
const DAYS_APART_MAX: i32 = 1;

/// Two records that look as if they were of one visit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PairLine {
    /// The earlier (of one day, the smaller id).
    pub visit: EntryId,
    /// The later.
    pub other: EntryId,
    /// Somebody said that they are of two visits; nobody said anything yet.
    pub is_two: bool,
}

/// Whether two records look as if they were of one visit: somebody was met, on one day or the next, two people wrote
/// it down, and both answer for the household or one names the other.
#[must_use]
pub fn same_visit(one: &VisitLine, other: &VisitLine, seats: &Seats) -> bool {
    let names = |of: &VisitLine, whom: &VisitLine| of.visit.companion == Some(Companion::Person(whom.author));
    let sits = |line: &VisitLine| seats.holds_any(line.author, line.visit.day);
    one.author != other.author
        && !one.visit.is_attempt()
        && !other.visit.is_attempt()
        && one.visit.day.days_since(other.visit.day).abs() <= DAYS_APART_MAX
        && (names(one, other) || names(other, one) || (sits(one) && sits(other)))
}

/// Joins the records that people said are of one visit, and tells which others look so. A word holds only while the
/// records still look so: one whose day was put right since is a visit of its own again.
pub(super) fn join(
    set: &Set<'_>,
    court: &Court<'_, '_>,
    seats: &Seats,
    visits: &mut [VisitLine],
) -> Vec<PairLine> {
    let said = said(set, court);
    let alike = alike(visits, seats);
    let verdict = |(one, other): &(EntryId, EntryId)| said.get(&key(*one, *other)).copied();
    let stands = stand_for(visits, alike.iter().filter(|pair| verdict(pair) == Some(true)));
    for line in visits.iter_mut() {
        line.joined = stands.get(&line.id).copied();
    }
    let is_joined = |id: &EntryId| stands.contains_key(id);
    alike
        .into_iter()
        .filter(|(visit, other)| !is_joined(visit) && !is_joined(other))
        .map(|pair| PairLine { visit: pair.0, other: pair.1, is_two: verdict(&pair) == Some(false) })
        .collect()
}

/// Two records, whichever was named first.
fn key(one: EntryId, other: EntryId) -> [EntryId; 2] {
    [one.min(other), one.max(other)]
}

/// The latest word on each two.
fn said(set: &Set<'_>, court: &Court<'_, '_>) -> BTreeMap<[EntryId; 2], bool> {
    // Ascending by id, so a later word overwrites an earlier one.
    let said = set.acts().filter(|(read, _)| court.counts(read.entry.id)).filter_map(|(_, act)| match act {
        Act::Pair(pair) => Some((key(pair.visit, pair.other), pair.is_one)),
        _ => None,
    });
    said.collect()
}

/// All that look alike, two by two, by day and id. `visits` are by day: those that may be lie close.
fn alike(visits: &[VisitLine], seats: &Seats) -> Vec<(EntryId, EntryId)> {
    let mut pairs = Vec::new();
    for (at, one) in visits.iter().enumerate() {
        let near = |other: &&VisitLine| other.visit.day.days_since(one.visit.day) <= DAYS_APART_MAX;
        let after = visits.iter().skip(at + 1).take_while(near);
        pairs.extend(after.filter(|other| same_visit(one, other, seats)).map(|other| (one.id, other.id)));
    }
    pairs
}

/// For each record that is a further one of a visit, the record that stands for it: the last of all that hang together.
fn stand_for<'a>(
    visits: &[VisitLine],
    one: impl Iterator<Item = &'a (EntryId, EntryId)>,
) -> BTreeMap<EntryId, EntryId> {
    let mut one = one.peekable();
    if one.peek().is_none() {
        return BTreeMap::new();
    }
    let places: BTreeMap<EntryId, usize> =
        visits.iter().enumerate().map(|(at, line)| (line.id, at)).collect();
    let mut last: BTreeMap<EntryId, EntryId> = visits.iter().map(|line| (line.id, line.id)).collect();
    for (visit, other) in one {
        let (Some(a), Some(b)) = (last.get(visit).copied(), last.get(other).copied()) else { continue };
        let (first, stands) = if places.get(&a) < places.get(&b) { (a, b) } else { (b, a) };
        last.values_mut().filter(|id| **id == first).for_each(|id| *id = stands);
    }
    last.retain(|id, stands| id != stands);
    last
}

//! Two records of one visit: helpers go in pairs, and both may write it down.
//!
//! What looks so is told; a person says whether it is ([`Pair`](crate::entry::Pair)): whoever wrote one of the two, or
//! somebody at the desk. Joined, the visit counts once, by the record of the later day (of one day, the greater id), and
//! who is its companion and wrote the other was there. What each of the two observed and heard stays theirs.

use super::{Set, VisitLine, judging::Court};
use crate::{
    day::Day,
    entry::{Act, OFFICE},
    id::{EntryId, PersonId},
    seat::Seats,
    visit::Companion,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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

/// What of a record says whether it may be of one visit with another.
#[derive(Clone, Copy, Debug)]
pub struct Record {
    /// Who wrote it down.
    pub author: PersonId,
    /// When it was.
    pub day: Day,
    /// Whether somebody was met.
    pub met: bool,
    /// Whom it names as companion, of those the office knows.
    pub companion: Option<PersonId>,
}

impl Record {
    fn of(line: &VisitLine) -> Self {
        let (author, day, met) = (line.author, line.visit.day, !line.visit.is_attempt());
        Self { author, day, met, companion: companion(line) }
    }
}

impl PairLine {
    /// The other of the two, where `record` is one of them.
    #[must_use]
    pub fn beside(&self, record: EntryId) -> Option<EntryId> {
        match record {
            one if one == self.visit => Some(self.other),
            one if one == self.other => Some(self.visit),
            _ => None,
        }
    }
}

fn companion(line: &VisitLine) -> Option<PersonId> {
    match line.visit.companion {
        Some(Companion::Person(person)) => Some(person),
        _ => None,
    }
}

/// Whether two records look as if they were of one visit: somebody was met, on one day or the next, two people wrote
/// it down, and both answer for the household (`sits`) or one names the other.
#[must_use]
pub fn same_visit(one: Record, other: Record, sits: impl Fn(Record) -> bool) -> bool {
    one.author != other.author
        && one.met
        && other.met
        && one.day.days_since(other.day).abs() <= DAYS_APART_MAX
        && (one.companion == Some(other.author)
            || other.companion == Some(one.author)
            || (sits(one) && sits(other)))
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
    confirm(visits);
    let is_joined = |id: &EntryId| stands.contains_key(id);
    alike
        .into_iter()
        .filter(|(visit, other)| !is_joined(visit) && !is_joined(other))
        .map(|pair| PairLine { visit: pair.0, other: pair.1, is_two: verdict(&pair) == Some(false) })
        .collect()
}

/// Whoever wrote one of the records that are joined was there, and need not say so of the others.
fn confirm(visits: &mut [VisitLine]) {
    let of = |line: &VisitLine| line.joined.unwrap_or(line.id);
    let wrote: BTreeSet<(EntryId, PersonId)> = visits.iter().map(|line| (of(line), line.author)).collect();
    for line in visits.iter_mut() {
        let with = companion(line).filter(|with| *with != line.author);
        line.confirmed |= with.is_some_and(|with| wrote.contains(&(of(line), with)));
    }
}

/// Two records, whichever was named first.
fn key(one: EntryId, other: EntryId) -> [EntryId; 2] {
    [one.min(other), one.max(other)]
}

/// What was said of each two: the desk's latest word; else what the helpers' latest words agree on.
fn said(set: &Set<'_>, court: &Court<'_, '_>) -> BTreeMap<[EntryId; 2], bool> {
    let mut words: BTreeMap<[EntryId; 2], Words> = BTreeMap::new();
    // Ascending by id, so a later word overwrites an earlier one.
    for (read, act) in set.acts().filter(|(read, _)| court.counts(read.entry.id)) {
        if let Act::Pair(pair) = act {
            let by = (read.entry.device != OFFICE).then_some(read.entry.author);
            words.entry(key(pair.visit, pair.other)).or_default().insert(by, pair.is_one);
        }
    }
    words.into_iter().filter_map(|(key, words)| Some((key, agreed(&words)?))).collect()
}

/// Each helper's latest word on two records; under none, the desk's.
type Words = BTreeMap<Option<PersonId>, bool>;

fn agreed(words: &Words) -> Option<bool> {
    let mut all = words.values();
    let helpers = || all.next().copied().filter(|first| all.all(|word| word == first));
    words.get(&None).copied().or_else(helpers)
}

/// All that look alike, two by two, by day and id. `visits` are by day: those that may be lie close.
fn alike(visits: &[VisitLine], seats: &Seats) -> Vec<(EntryId, EntryId)> {
    let sits = |record: Record| seats.answers(record.author, record.day);
    let mut pairs = Vec::new();
    for (at, one) in visits.iter().enumerate() {
        let near = |other: &&VisitLine| other.visit.day.days_since(one.visit.day) <= DAYS_APART_MAX;
        let after = visits.iter().skip(at + 1).take_while(near);
        let alike = after.filter(|other| same_visit(Record::of(one), Record::of(other), sits));
        pairs.extend(alike.map(|other| (one.id, other.id)));
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

//! A household's file: everything its entries say, folded into what stands today.
//!
//! [`fold`] is a pure function of the *set* of entries of one household: it judges each entry, and
//! what it can project it folds. Office, simulation and tests all use this one function.

use crate::{
    day::Day,
    entry::{Act, Alert, Entry, OFFICE, Propose, Reading, Register, Reply, TakeUp},
    id::{EntryId, PersonId, UnitId},
    observation::{Manner, Observation, Standings},
    seat::Seats,
    slot::{Slot, Value},
    visit::{Consent, Need, Visit},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

pub mod erasing;
mod filling;
mod judging;
pub mod merging;
mod needs;
mod observing;
mod pairing;
mod proposing;
mod versions;

pub use pairing::{PairLine, Record, same_visit};
pub use proposing::latest_version;

/// Why the office keeps an entry without projecting it. Each has a sentence for helper and desk.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The household is not known here (yet).
    UnknownHousehold,
    /// The household was proposed and waits for approval.
    AwaitingApproval,
    /// The author held no seat in this household on that day.
    NoSeat,
    /// The author is not a person of this union (yet).
    UnknownAuthor,
    /// The author is not the person whose phone sent it.
    AuthorMismatch,
    /// The phone's app is newer than the office: a kind unknown here.
    UnknownKind,
    /// The phone's app is newer than the office: a schema unknown here.
    UnknownSchema,
    /// The content cannot be read.
    Malformed,
    /// What it names is not here (yet), or is not the author's.
    AbsentTarget,
    /// Another entry has the same id.
    IdTaken,
    /// A phone may not do this.
    NotAllowed,
    /// A person at the desk decided against it.
    Refused,
}

/// What became of an entry at the office.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "status", content = "reason")]
pub enum Status {
    /// It counts.
    Projected,
    /// It is kept and does not count, for a reason.
    Quarantined(Reason),
    /// It is kept sealed: the office cannot open it.
    Held,
    /// Its content was erased by rule.
    Erased,
}

/// An entry as the office keeps it, with what was fixed when it arrived.
#[derive(Clone, PartialEq, Debug)]
pub struct Logged {
    /// The entry, read; it never changes, so whoever has read it may share it.
    pub entry: Arc<Entry<Reading>>,
    /// What arrival itself said against it, if anything.
    pub taint: Option<Reason>,
}

/// What the fold must know besides the entries.
pub trait Directory {
    /// Whether this is a person of the union, present or former.
    fn knows(&self, person: PersonId) -> bool;
}

/// A household's standing registration.
#[derive(Clone, PartialEq, Debug)]
pub struct Registered {
    /// The first day of the file (建档日期).
    pub since: Day,
    /// The unit now, after moves.
    pub unit: UnitId,
    /// 身份证号, as it was last stated.
    pub id_number: Option<String>,
    /// The latest registration.
    pub latest: Register,
}

/// A visit that counts, in its latest version.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct VisitLine {
    /// The visit's first entry.
    pub id: EntryId,
    /// The entry whose version stands: the visit or an amend.
    pub version: EntryId,
    /// Who recorded it.
    pub author: PersonId,
    /// The companion confirmed having been there.
    #[serde(default)]
    pub confirmed: bool,
    /// The record that stands for the visit, where this is a further one of it: what it says stays, its visit counts
    /// there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<EntryId>,
    /// The visit.
    pub visit: Visit,
}

/// A need and what became of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NeedLine {
    /// The need.
    pub need: Need,
    /// The visit that brought it.
    pub visit: EntryId,
    /// Who brought it.
    pub author: PersonId,
    /// When it was asked.
    pub asked: Day,
    /// The latest reply.
    pub reply: Option<Reply>,
    /// Who replied.
    pub replied_by: Option<PersonId>,
    /// The reply's entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_entry: Option<EntryId>,
    /// The last day on which the family was told the reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Day>,
    /// Who told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_by: Option<PersonId>,
    /// They were told by telephone, and not at a visit.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub told_by_telephone: bool,
    /// The reply that they were told before, while they were not told the one that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_before: Option<ToldBefore>,
}

/// A reply that the family was told and that stands no more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ToldBefore {
    /// Its words.
    pub words: String,
    /// The last day on which they were told them.
    pub day: Day,
    /// Who told them.
    pub by: PersonId,
    /// They were told by telephone, and not at a visit.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub by_telephone: bool,
}

/// An alert and who took it up.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AlertLine {
    /// Its entry.
    pub id: EntryId,
    /// Who raised it.
    pub author: PersonId,
    /// The alert.
    pub alert: Alert,
    /// The latest taking-up.
    pub taken_up: Option<TakeUp>,
    /// By whom.
    pub taken_up_by: Option<PersonId>,
}

/// A household's file, folded.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct File {
    /// The registration, once there is one.
    pub registered: Option<Registered>,
    /// The proposal that stands, with its entry and author: the latest word of who proposed first.
    pub proposed: Option<(EntryId, PersonId, Propose)>,
    /// Who answers for it.
    pub seats: Seats,
    /// What stands.
    pub standings: Standings,
    /// Visits and attempts that count, by day and id.
    pub visits: Vec<VisitLine>,
    /// Records that look as if they were of one visit, two by two, by day and id; without those that are joined.
    pub pairs: Vec<PairLine>,
    /// Needs, by day asked and id.
    pub needs: Vec<NeedLine>,
    /// Alerts, by day and id.
    pub alerts: Vec<AlertLine>,
    /// The latest consent, with its day.
    pub consent: Option<(Day, Consent)>,
}

impl File {
    /// The last day on which somebody was met; attempts do not count.
    #[must_use]
    pub fn last_visit(&self) -> Option<Day> {
        self.met().map(|line| line.visit.day).max()
    }

    /// The visits at which somebody was met, each once, whoever else recorded it; by day.
    pub fn met(&self) -> impl DoubleEndedIterator<Item = &VisitLine> {
        self.visits.iter().filter(|line| !line.visit.is_attempt() && line.joined.is_none())
    }

    /// Whether this is a file, and not only a proposal or a heap of waiting entries.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.registered.is_some()
    }

    /// Whether a person carries this household on a day: who holds a seat; who proposed it, until somebody does.
    #[must_use]
    pub fn is_carried_by(&self, person: PersonId, day: Day) -> bool {
        let found_it = self.proposed.as_ref().is_some_and(|(_, by, _)| *by == person);
        if !self.is_open() {
            return found_it;
        }
        self.seats.holds_any(person, day) || (found_it && self.seats.holders(day).next().is_none())
    }
}

impl VisitLine {
    /// What the visit said, value by value, in the order of the items.
    #[must_use]
    pub fn said(&self) -> Vec<(Slot, Manner, Value)> {
        let observed = observing::of_visit(self, OFFICE, 0).into_iter();
        observed.filter_map(|(slot, one)| one.value.map(|value| (slot, one.manner, value))).collect()
    }
}

/// A fold's result: the file, and the status of each entry.
#[derive(Clone, PartialEq, Debug)]
pub struct Folded {
    /// The file.
    pub file: File,
    /// One status per entry given.
    pub statuses: BTreeMap<EntryId, Status>,
}

/// Judges and folds all entries of one household. The order of `logged` does not matter; the same
/// entry twice is once.
///
/// Each step rests only on those before: who opened the file and sits in its seats, then which
/// visits count, then what names those visits.
#[must_use]
pub fn fold(logged: &[Logged], directory: &dyn Directory) -> Folded {
    let set = Set::of(logged);
    let mut court = judging::Court::new(&set, directory);
    let mut file = File::default();
    court.open(&mut file);
    court.judge_visits();
    file.visits = versions::lines(&set, &court);
    court.judge_confirms(&mut file.visits);
    file.standings = stand(&set, &court, &file.visits);
    file.consent = consent(&file.visits);
    file.needs = needs::asked(&file.visits);
    court.judge_what_is_left(&file);
    file.pairs = pairing::join(&set, &court, &file.seats, &mut file.visits);
    needs::answer(&set, &court, &mut file.needs);
    needs::tell(&set, &court, &file.visits, &mut file.needs);
    file.alerts = needs::alerts(&set, &court);
    Folded { file, statuses: court.into_statuses() }
}

/// The entries given, each once, ascending by id.
struct Set<'a>(BTreeMap<EntryId, &'a Logged>);

impl<'a> Set<'a> {
    fn of(logged: &'a [Logged]) -> Self {
        // Backwards, so that the first of two under one id is kept.
        Self(logged.iter().rev().map(|one| (one.entry.id, one)).collect())
    }

    /// The entries that can be read.
    fn acts(&self) -> impl Iterator<Item = (&'a Logged, &'a Act)> {
        self.0.values().filter_map(|one| one.entry.payload.as_ref().ok().map(|act| (*one, act)))
    }

    fn act(&self, id: EntryId) -> Option<(&'a Logged, &'a Act)> {
        self.0.get(&id).and_then(|one| one.entry.payload.as_ref().ok().map(|act| (*one, act)))
    }
}

fn stand(set: &Set<'_>, court: &judging::Court<'_, '_>, visits: &[VisitLine]) -> Standings {
    let mut observed: BTreeMap<Slot, Vec<Observation>> = BTreeMap::new();
    for (slot, observation) in observing::all(set, court, visits) {
        observed.entry(slot).or_default().push(observation);
    }
    let halves = filling::Halves::of(set);
    observed.into_iter().map(|(slot, observed)| (slot, halves.stand(slot, observed, set))).collect()
}

/// The latest consent: by the day of the visit that asked.
fn consent(visits: &[VisitLine]) -> Option<(Day, Consent)> {
    visits.iter().rev().find_map(|line| line.visit.consent.clone().map(|consent| (line.visit.day, consent)))
}

#[cfg(test)]
pub(crate) mod tests;

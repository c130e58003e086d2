//! A household's file: everything its entries say, folded into what stands today.
//!
//! [`fold`] is a pure function of the *set* of entries of one household: it judges each entry, and
//! what it can project it folds. Office, simulation and tests all use this one function.

use crate::{
    day::Day,
    entry::{Act, Alert, Amend, Confirm, Entry, Judge, Move, OFFICE, Propose, Register, Reply, TakeUp, Unreadable, Withdraw},
    id::{EntryId, NeedId, PersonId, UnitId},
    observation::{Observation, Standings, standing},
    seat::Seats,
    slot::Slot,
    visit::{Consent, Need, Visit},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

mod judging;
mod observing;

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
    /// The entry.
    pub entry: Entry,
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
    /// The first proposal, with its entry and author.
    pub proposed: Option<(EntryId, PersonId, Propose)>,
    /// Who answers for it.
    pub seats: Seats,
    /// What stands.
    pub standings: Standings,
    /// Visits and attempts that count, by day and id.
    pub visits: Vec<VisitLine>,
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
        self.visits.iter().filter(|line| !line.visit.is_attempt()).map(|line| line.visit.day).max()
    }

    /// Whether this is a file, and not only a proposal or a heap of waiting entries.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.registered.is_some()
    }

    /// What stood just before a visit's version in the slots it speaks of, to show what it changed.
    #[must_use]
    pub fn observations_of<'a>(&'a self, id: EntryId) -> Vec<Observation> {
        let line: Option<&'a VisitLine> = self.visits.iter().find(|line| line.id == id);
        line.map_or_else(Vec::new, |line| observing::of_visit(line, OFFICE, 0))
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

/// An entry with its act, where it can be read.
struct Read<'a> {
    logged: &'a Logged,
    act: Result<Act, Unreadable>,
}

/// Judges and folds all entries of one household. The order of `logged` does not matter; the same
/// entry twice is once.
#[must_use]
pub fn fold(logged: &[Logged], directory: &dyn Directory) -> Folded {
    let mut read: BTreeMap<EntryId, Read<'_>> = BTreeMap::new();
    for one in logged {
        read.entry(one.entry.id).or_insert_with(|| Read { logged: one, act: one.entry.act() });
    }
    let mut file = File::default();
    open_file(&read, &mut file);
    let statuses = judging::statuses(&read, &file, directory);
    let counts = |id: &EntryId| statuses.get(id) == Some(&Status::Projected);
    let counted: Vec<(&Entry, &Act)> = read
        .iter()
        .filter(|(id, _)| counts(id))
        .filter_map(|(_, read)| read.act.as_ref().ok().map(|act| (&read.logged.entry, act)))
        .collect();
    file.visits = visits(&counted);
    file.standings = stand(&counted, &file.visits);
    file.needs = needs(&counted, &file.visits);
    file.alerts = alerts(&counted);
    file.consent = consent(&file.visits);
    Folded { file, statuses }
}

/// Registration, proposal and seats: what judging itself rests on.
fn open_file(read: &BTreeMap<EntryId, Read<'_>>, file: &mut File) {
    let mut units: Vec<(Day, EntryId, UnitId)> = Vec::new();
    let mut registers: Vec<(Day, EntryId, &Register)> = Vec::new();
    for (id, one) in read {
        let from_desk = one.logged.entry.device == OFFICE && one.logged.taint.is_none();
        match &one.act {
            Ok(Act::Register(register)) if from_desk => {
                registers.push((register.day, *id, register));
                units.push((register.day, *id, register.unit));
            }
            Ok(Act::Move(Move { day, unit })) if from_desk => units.push((*day, *id, *unit)),
            Ok(Act::Assign(assign)) if from_desk => file.seats.add(*id, assign.clone()),
            Ok(Act::Propose(propose)) if file.proposed.is_none() && one.logged.taint.is_none() => {
                file.proposed = Some((*id, one.logged.entry.author, propose.clone()));
            }
            _ => {}
        }
    }
    let since = registers.iter().map(|(day, ..)| *day).min();
    let latest = registers.into_iter().max_by_key(|(day, id, _)| (*day, *id));
    let unit = units.into_iter().max_by_key(|(day, id, _)| (*day, *id));
    if let (Some(since), Some((_, _, latest)), Some((_, _, unit))) = (since, latest, unit) {
        file.registered = Some(Registered { since, unit, latest: latest.clone() });
    }
}

/// Visits that count, each in the version that stands.
fn visits(counted: &[(&Entry, &Act)]) -> Vec<VisitLine> {
    let withdrawn = |id: EntryId| counted.iter().any(|(_, act)| matches!(act, Act::Withdraw(Withdraw { visit, .. }) if *visit == id));
    let confirmed = |id: EntryId| counted.iter().any(|(_, act)| matches!(act, Act::Confirm(Confirm { visit }) if *visit == id));
    let mut lines: Vec<VisitLine> = Vec::new();
    for (entry, act) in counted {
        if let Act::Visit(first) = act
            && !withdrawn(entry.id)
        {
            let (version, visit) = latest_version(counted, entry.id, first);
            lines.push(VisitLine { id: entry.id, version, author: entry.author, confirmed: confirmed(entry.id), visit });
        }
    }
    lines.sort_by_key(|line| (line.visit.day, line.id));
    lines
}

/// Follows the amends of a visit: each replaces one version; two for one, the greater id.
fn latest_version(counted: &[(&Entry, &Act)], id: EntryId, first: &Visit) -> (EntryId, Visit) {
    let (mut version, mut visit, mut left) = (id, first, counted.len());
    let replacing = |version: EntryId| {
        let amends = counted.iter().filter_map(|(entry, act)| match act {
            Act::Amend(Amend { visit, replaces, version: newer }) if *visit == id && *replaces == version => {
                Some((entry.id, newer))
            }
            _ => None,
        });
        amends.max_by_key(|(id, _)| *id)
    };
    while let Some((next, newer)) = replacing(version) {
        if left == 0 {
            break; // Amends that name each other in a ring: the fold must end all the same.
        }
        (version, visit, left) = (next, newer, left - 1);
    }
    (version, visit.clone())
}

fn stand(counted: &[(&Entry, &Act)], visits: &[VisitLine]) -> Standings {
    let mut observed: BTreeMap<Slot, Vec<Observation>> = BTreeMap::new();
    for (slot, observation) in observing::all(counted, visits) {
        observed.entry(slot).or_default().push(observation);
    }
    observed.into_iter().map(|(slot, observations)| (slot, standing(&observations))).collect()
}

fn needs(counted: &[(&Entry, &Act)], visits: &[VisitLine]) -> Vec<NeedLine> {
    let mut replies: BTreeMap<NeedId, (Day, EntryId, &Reply, PersonId)> = BTreeMap::new();
    for (entry, act) in counted {
        if let Act::Reply(reply) = act {
            let key = (reply.day, entry.id);
            let slot = replies.entry(reply.need).or_insert((reply.day, entry.id, reply, entry.author));
            if key > (slot.0, slot.1) {
                *slot = (reply.day, entry.id, reply, entry.author);
            }
        }
    }
    let mut lines: BTreeMap<NeedId, NeedLine> = BTreeMap::new();
    for line in visits {
        for need in &line.visit.needs {
            let reply = replies.get(&need.id);
            lines.entry(need.id).or_insert_with(|| NeedLine {
                need: need.clone(),
                visit: line.id,
                author: line.author,
                asked: line.visit.day,
                reply: reply.map(|(_, _, reply, _)| (*reply).clone()),
                replied_by: reply.map(|(_, _, _, by)| *by),
            });
        }
    }
    let mut lines: Vec<NeedLine> = lines.into_values().collect();
    lines.sort_by_key(|line| (line.asked, line.need.id));
    lines
}

fn alerts(counted: &[(&Entry, &Act)]) -> Vec<AlertLine> {
    let taking_up = |id: EntryId| {
        let all = counted.iter().filter_map(|(entry, act)| match act {
            Act::TakeUp(take_up) if take_up.alert == id => Some((take_up, entry)),
            _ => None,
        });
        all.max_by_key(|(take_up, entry)| (take_up.day, entry.id))
    };
    let mut lines: Vec<AlertLine> = Vec::new();
    for (entry, act) in counted {
        if let Act::Alert(alert) = act {
            let taken_up = taking_up(entry.id);
            lines.push(AlertLine {
                id: entry.id,
                author: entry.author,
                alert: alert.clone(),
                taken_up: taken_up.map(|(take_up, _)| take_up.clone()),
                taken_up_by: taken_up.map(|(_, entry)| entry.author),
            });
        }
    }
    lines.sort_by_key(|line| (line.alert.day, line.id));
    lines
}

fn consent(visits: &[VisitLine]) -> Option<(Day, Consent)> {
    visits.iter().rev().find_map(|line| line.visit.consent.clone().map(|consent| (line.visit.day, consent)))
}

/// The latest verdict of a person on each entry: does it count?
fn verdicts(read: &BTreeMap<EntryId, Read<'_>>) -> BTreeMap<EntryId, bool> {
    // Ascending by id, so a later verdict overwrites an earlier one.
    let judged = read.values().filter_map(|one| match &one.act {
        Ok(Act::Judge(Judge { entry, accept, .. })) if one.logged.entry.device == OFFICE && one.logged.taint.is_none() => {
            Some((*entry, *accept))
        }
        _ => None,
    });
    judged.collect()
}

#[cfg(test)]
mod tests;

//! What becomes of each entry: judged by the set of the household's entries, never by arrival.
//!
//! In four steps, each resting only on those before it, so that nothing here can run in a ring:
//! who opened the file, what was withdrawn and who proposes it; visits, alerts and amends;
//! confirmations; what names those.

use super::{
    Directory, File, Logged, Reason, Registered, Set, Status, VisitLine, filling, proposing, versions,
};
use crate::{
    day::Day,
    entry::{Act, Judge, OFFICE, Pair, Register, Unreadable, Withdraw},
    id::{EntryId, HouseholdId, NeedId, PersonId, UnitId},
    seat::Seats,
    visit::Companion,
};
use std::collections::{BTreeMap, BTreeSet};

/// Who judges.
pub(super) struct Court<'a, 'r> {
    set: &'a Set<'r>,
    directory: &'a dyn Directory,
    /// The latest verdict of a person on each entry: does it count?
    verdicts: BTreeMap<EntryId, bool>,
    /// The proposals that stand, each with its author: they answer for the household too.
    proposals: BTreeMap<EntryId, PersonId>,
    is_open: bool,
    /// The seats of each of the files that are one: where one was merged, who visited before still did.
    seats: BTreeMap<HouseholdId, Seats>,
    statuses: BTreeMap<EntryId, Status>,
}

impl<'a, 'r> Court<'a, 'r> {
    pub(super) fn new(set: &'a Set<'r>, directory: &'a dyn Directory) -> Self {
        let (verdicts, proposals, statuses) = (verdicts(set), BTreeMap::new(), BTreeMap::new());
        Self { set, directory, verdicts, proposals, is_open: false, seats: BTreeMap::new(), statuses }
    }

    /// Whether an entry counts, as far as it was judged by now.
    pub(super) fn counts(&self, id: EntryId) -> bool {
        self.statuses.get(&id) == Some(&Status::Projected)
    }

    /// Whether an entry was heard: it counts, or a person decided against it.
    pub(super) fn is_heard(&self, read: &Logged) -> bool {
        let refused = self.statuses.get(&read.entry.id) == Some(&Status::Quarantined(Reason::Refused));
        self.counts(read.entry.id) || (refused && read.taint.is_none())
    }

    /// Whether a proposal is one that stands.
    pub(super) fn proposes(&self, id: EntryId) -> bool {
        self.proposals.contains_key(&id)
    }

    pub(super) fn into_statuses(self) -> BTreeMap<EntryId, Status> {
        self.statuses
    }

    fn put(&mut self, id: EntryId, reason: Option<Reason>) {
        self.statuses.insert(id, reason.map_or(Status::Projected, Status::Quarantined));
    }

    /// Judges what cannot be read, what opens the file, and what judging itself rests on.
    pub(super) fn open(&mut self, file: &mut File) {
        let set = self.set;
        for read in set.0.values() {
            match &read.entry.payload {
                Err(unreadable) => self.put(read.entry.id, Some(reason_of(*unreadable))),
                Ok(act) if act.register().is_some() || matches!(act, Act::Propose(_)) => {
                    let reason = self.by_itself(read, act);
                    self.put(read.entry.id, reason);
                }
                Ok(_) => {}
            }
        }
        self.is_open = set.acts().any(|(read, act)| act.register().is_some() && self.counts(read.entry.id));
        let is_open = self.is_open;
        for (read, act) in set.acts() {
            let adds = matches!(act, Act::Assign(_) | Act::Move(_) | Act::Settle(_) | Act::Import(_));
            if adds && act.register().is_none() {
                let waits = (!is_open).then_some(Reason::UnknownHousehold);
                let reason = self.by_itself(read, act).or(waits);
                self.put(read.entry.id, reason);
            }
            if let Act::Withdraw(withdraw) = act {
                let reason = self.by_itself(read, act).or_else(|| self.takes_nothing_back(read, withdraw));
                self.put(read.entry.id, reason);
            }
        }
        let proposals = proposing::standing(set, self);
        self.proposals = proposals.iter().map(|(id, author, _)| (*id, *author)).collect();
        file.proposed = proposals.first().map(|(id, author, propose)| (*id, *author, (*propose).clone()));
        self.fill(file);
    }

    /// Writes registration and seats into the file.
    fn fill(&mut self, file: &mut File) {
        let mut units: Vec<(Day, EntryId, UnitId)> = Vec::new();
        let mut registers: Vec<(Day, EntryId, HouseholdId, &Register)> = Vec::new();
        let mut since: Vec<(bool, Day)> = Vec::new();
        let mut seats: BTreeMap<HouseholdId, Seats> = BTreeMap::new();
        let files: BTreeSet<HouseholdId> = self.set.acts().map(|(read, _)| read.entry.household).collect();
        let halves = filling::Halves::of(self.set);
        for (read, act) in self.set.acts().filter(|(read, _)| self.counts(read.entry.id)) {
            let id = read.entry.id;
            if let Some(register) = act.register() {
                // A roster says these as of its day, whenever the file it opens began.
                let day = if let Act::Import(import) = act { import.day } else { register.day };
                registers.push((day, id, read.entry.household, register));
                units.push((day, id, register.unit));
                since.push((matches!(act, Act::Import(_)) && register.day == day, register.day));
            }
            match act {
                Act::Import(import) => {
                    let own = seats.entry(read.entry.household).or_default();
                    import.seats.iter().for_each(|assign| own.add(id, assign.clone()));
                    import.seats.iter().for_each(|assign| file.seats.add(id, assign.clone()));
                }
                Act::Move(act) => units.push((act.day, id, act.unit)),
                Act::Assign(assign) => {
                    // What the desk says after a merge, it says of all files that are one by then.
                    let of = |household: &&HouseholdId| halves.sees(id, read.entry.household, **household);
                    for household in files.iter().filter(of) {
                        seats.entry(*household).or_default().add(id, assign.clone());
                    }
                    file.seats.add(id, assign.clone());
                }
                _ => {}
            }
        }
        // 建档日期: the earliest that is said as such; a roster that says none only tells that it was there.
        let since = since.into_iter().min().map(|(_, day)| day);
        self.seats = seats;
        registers.sort_unstable_by_key(|(day, id, ..)| (*day, *id));
        let id_number = registers.iter().rev().find_map(|(.., register)| register.id_number.clone());
        let said: Vec<_> =
            registers.into_iter().map(|(_, id, file, register)| (id, file, register)).collect();
        let latest = filling::register(&said, &halves);
        let unit = units.into_iter().max_by_key(|(day, id, _)| (*day, *id));
        if let (Some(since), Some(latest), Some((_, _, unit))) = (since, latest, unit) {
            file.registered = Some(Registered { since, unit, id_number, latest });
        }
    }

    /// Judges visits and alerts, and what amends a visit.
    pub(super) fn judge_visits(&mut self) {
        let set = self.set;
        for (read, act) in set.acts() {
            let names_nothing = match act {
                Act::Visit(_) | Act::Alert(_) => None,
                Act::Amend(amend) => {
                    let leads_back = versions::leads_back(set, amend, read.entry.author);
                    (!leads_back || !self.is_own_visit(read, amend.visit)).then_some(Reason::AbsentTarget)
                }
                _ => continue,
            };
            let reason = if self.is_accepted(read) {
                names_nothing
            } else {
                let by_itself = self.by_itself(read, act);
                by_itself.or_else(|| self.at_the_door(read, act)).or(names_nothing)
            };
            self.put(read.entry.id, reason);
        }
    }

    /// Judges confirmations by the versions that stand, and notes those that count.
    pub(super) fn judge_confirms(&mut self, visits: &mut [VisitLine]) {
        let set = self.set;
        let places: BTreeMap<EntryId, usize> =
            visits.iter().enumerate().map(|(at, line)| (line.id, at)).collect();
        for (read, act) in set.acts() {
            let Act::Confirm(confirm) = act else { continue };
            let line = places.get(&confirm.visit).and_then(|at| visits.get_mut(*at));
            let by_itself = if self.is_accepted(read) { None } else { self.by_itself(read, act) };
            let reason = by_itself.or_else(|| match &line {
                None => Some(Reason::AbsentTarget),
                Some(line) if line.visit.companion != Some(Companion::Person(read.entry.author)) => {
                    Some(Reason::NotAllowed)
                }
                Some(_) if self.is_accepted(read) => None,
                Some(line) => self.seat_reason(read.entry.author, line.visit.day),
            });
            self.put(read.entry.id, reason);
            if let (None, Some(line)) = (reason, line) {
                line.confirmed = true;
            }
        }
    }

    /// Judges what names a need, an alert or another entry. Desk acts among them were permitted when they were made.
    pub(super) fn judge_what_is_left(&mut self, file: &File) {
        let set = self.set;
        let mut visits: BTreeSet<EntryId> = file.visits.iter().map(|line| line.id).collect();
        visits.extend(versions::withdrawn(set, self));
        let needs: BTreeSet<NeedId> = file.needs.iter().map(|line| line.need.id).collect();
        for (read, act) in set.acts() {
            let here = match act {
                Act::Judge(judge) => set.0.contains_key(&judge.entry),
                Act::Reply(reply) => needs.contains(&reply.need),
                Act::Tell(tell) => needs.contains(&tell.need),
                Act::TakeUp(act) => {
                    matches!(set.act(act.alert), Some((_, Act::Alert(_)))) && self.counts(act.alert)
                }
                // One that was taken back is one no more, and what was said of it waits for nothing.
                Act::Pair(pair) => visits.contains(&pair.visit) && visits.contains(&pair.other),
                Act::Merge(merge) => merge.other != read.entry.household,
                // The merge may lie in the other file's log: which files are one is said elsewhere (`merging`).
                // What is erased is no longer there to be named (`erasing`).
                Act::Unmerge(_) | Act::Erase(_) => true,
                _ => continue,
            };
            let verdict_on_verdict = matches!(act, Act::Judge(Judge { entry, .. }) if matches!(set.act(*entry), Some((_, Act::Judge(_)))));
            let is_others = here && matches!(act, Act::Pair(pair) if !may_pair(set, read, pair));
            let reason = self
                .by_itself(read, act)
                .or((verdict_on_verdict || is_others).then_some(Reason::NotAllowed))
                .or_else(|| if self.is_accepted(read) { None } else { self.at_the_door(read, act) })
                .or((!here).then_some(Reason::AbsentTarget));
            self.put(read.entry.id, reason);
        }
    }

    fn verdict(&self, read: &Logged) -> Option<bool> {
        self.verdicts.get(&read.entry.id).copied()
    }

    /// Whether a person said that it counts. The desk's acts are for the desk alone, whoever says so.
    fn is_accepted(&self, read: &Logged) -> bool {
        self.verdict(read) == Some(true)
            && read.entry.device != OFFICE
            && matches!(&read.entry.payload, Ok(act) if act.is_of_phone())
    }

    /// What speaks against an entry whatever the rest of the file says.
    fn by_itself(&self, read: &Logged, act: &Act) -> Option<Reason> {
        match self.verdict(read) {
            Some(false) if !matches!(act, Act::Judge(_)) => return Some(Reason::Refused),
            Some(true) if self.is_accepted(read) => return None,
            _ => {}
        }
        if read.taint.is_some() {
            return read.taint;
        }
        let at_desk = read.entry.device == OFFICE;
        if !(if at_desk { act.is_of_desk() } else { act.is_of_phone() }) {
            return Some(Reason::NotAllowed);
        }
        let unknown = !at_desk && !self.directory.knows(read.entry.author);
        unknown.then_some(Reason::UnknownAuthor)
    }

    /// Whether the household is a file, and the author held a seat in it on the day.
    fn at_the_door(&self, read: &Logged, act: &Act) -> Option<Reason> {
        let day = match act {
            Act::Visit(visit) => visit.day,
            Act::Alert(alert) => alert.day,
            Act::Amend(amend) => amend.version.day,
            Act::Tell(tell) => tell.day,
            _ => return None,
        };
        if !self.is_open {
            let proposed = !self.proposals.is_empty();
            return Some(if proposed { Reason::AwaitingApproval } else { Reason::UnknownHousehold });
        }
        self.seat_reason(read.entry.author, day)
    }

    /// By seats as of the day, of any of the files that are one; who proposed a household answers for it too.
    fn seat_reason(&self, author: PersonId, day: Day) -> Option<Reason> {
        let sits = self.seats.values().any(|seats| seats.answers(author, day));
        let may = sits || self.proposals.values().any(|by| *by == author);
        (!may).then_some(Reason::NoSeat)
    }

    /// Why a withdrawal takes nothing back, if so. Who withdraws needs neither file nor seat: it is their
    /// own word. Only what has become a file is no longer theirs alone to take back.
    fn takes_nothing_back(&self, read: &Logged, withdraw: &Withdraw) -> Option<Reason> {
        match self.set.act(withdraw.visit) {
            Some((target, _)) if target.entry.author != read.entry.author => Some(Reason::AbsentTarget),
            Some((_, Act::Visit(_) | Act::Tell(_) | Act::Alert(_))) => None,
            Some((_, Act::Propose(_))) => {
                (self.is_open && !self.is_accepted(read)).then_some(Reason::NotAllowed)
            }
            _ => Some(Reason::AbsentTarget),
        }
    }

    /// The author's own visit, whether or not that visit counts yet.
    fn is_own_visit(&self, read: &Logged, visit: EntryId) -> bool {
        matches!(self.set.act(visit), Some((target, Act::Visit(_))) if target.entry.author == read.entry.author)
    }
}

const fn reason_of(unreadable: Unreadable) -> Reason {
    match unreadable {
        Unreadable::UnknownKind => Reason::UnknownKind,
        Unreadable::UnknownSchema => Reason::UnknownSchema,
        Unreadable::Malformed => Reason::Malformed,
    }
}

pub(super) fn verdicts(set: &Set<'_>) -> BTreeMap<EntryId, bool> {
    // Ascending by id, so a later verdict overwrites an earlier one.
    let judged = set.acts().filter_map(|(read, act)| match act {
        Act::Judge(judge) if read.entry.device == OFFICE && read.taint.is_none() => {
            Some((judge.entry, judge.accept))
        }
        _ => None,
    });
    judged.collect()
}

/// Whether somebody may say of two records whether they are one visit: the desk; a helper where one is their own.
fn may_pair(set: &Set<'_>, read: &Logged, pair: &Pair) -> bool {
    let is_own = |id: &EntryId| set.0.get(id).is_some_and(|of| of.entry.author == read.entry.author);
    read.entry.device == OFFICE || [pair.visit, pair.other].iter().any(is_own)
}

//! What becomes of each entry: judged by the set of the household's entries, never by arrival.

use super::{Directory, File, Read, Reason, Status, verdicts};
use crate::{
    day::Day,
    entry::{Act, Entry, OFFICE, Unreadable},
    id::EntryId,
    visit::{Companion, Visit},
};
use std::collections::BTreeMap;

/// The status of every entry.
pub(super) fn statuses(
    read: &BTreeMap<EntryId, Read<'_>>,
    file: &File,
    directory: &dyn Directory,
) -> BTreeMap<EntryId, Status> {
    let court = Court { read, file, directory, verdicts: verdicts(read) };
    let found = read.iter().map(|(id, one)| {
        (*id, court.reason(one, 0).map_or(Status::Projected, Status::Quarantined))
    });
    found.collect()
}

/// How deep entries may name one another before it is taken for a ring.
const DEPTH_MAX: usize = 64;

struct Court<'a, 'r> {
    read: &'a BTreeMap<EntryId, Read<'r>>,
    file: &'a File,
    directory: &'a dyn Directory,
    verdicts: BTreeMap<EntryId, bool>,
}

impl Court<'_, '_> {
    /// Why an entry does not count; `None` when it does.
    fn reason(&self, one: &Read<'_>, depth: usize) -> Option<Reason> {
        let entry = &one.logged.entry;
        let act = match &one.act {
            Ok(act) => act,
            Err(Unreadable::UnknownKind) => return Some(Reason::UnknownKind),
            Err(Unreadable::UnknownSchema) => return Some(Reason::UnknownSchema),
            Err(Unreadable::Malformed) => return Some(Reason::Malformed),
        };
        if depth > DEPTH_MAX {
            return Some(Reason::AbsentTarget);
        }
        match self.verdicts.get(&entry.id) {
            Some(false) => return Some(Reason::Refused),
            Some(true) if !act.is_of_desk() => return self.target_reason(entry, act, depth),
            _ => {}
        }
        if let Some(taint) = one.logged.taint {
            return Some(taint);
        }
        if act.is_of_desk() != (entry.device == OFFICE) {
            return Some(Reason::NotAllowed);
        }
        if act.is_of_desk() { self.desk_reason(act) } else { self.phone_reason(entry, act, depth) }
    }

    /// Desk acts were permitted when they were made; they wait only for what they name.
    fn desk_reason(&self, act: &Act) -> Option<Reason> {
        let here = match act {
            Act::Judge(judge) => self.read.contains_key(&judge.entry),
            Act::TakeUp(take_up) => self.read.contains_key(&take_up.alert),
            Act::Reply(reply) => self.read.values().any(|one| asks(one, reply.need)),
            Act::Move(_) | Act::Settle(_) | Act::Assign(_) => self.file.is_open(),
            _ => true,
        };
        (!here).then_some(if matches!(act, Act::Move(_) | Act::Settle(_) | Act::Assign(_)) {
            Reason::UnknownHousehold
        } else {
            Reason::AbsentTarget
        })
    }

    fn phone_reason(&self, entry: &Entry, act: &Act, depth: usize) -> Option<Reason> {
        if !self.directory.knows(entry.author) {
            return Some(Reason::UnknownAuthor);
        }
        if matches!(act, Act::Propose(_)) {
            return None;
        }
        if !self.file.is_open() {
            let waits = self.file.proposed.is_some();
            return Some(if waits { Reason::AwaitingApproval } else { Reason::UnknownHousehold });
        }
        match act {
            Act::Visit(visit) => self.seat_reason(entry, visit.day),
            Act::Alert(alert) => self.seat_reason(entry, alert.day),
            Act::Amend(amend) => {
                self.seat_reason(entry, amend.version.day).or_else(|| self.target_reason(entry, act, depth))
            }
            _ => self.target_reason(entry, act, depth),
        }
    }

    /// By seats as of the day; who proposed a household answers for it too.
    fn seat_reason(&self, entry: &Entry, day: Day) -> Option<Reason> {
        let proposed_it = self.file.proposed.as_ref().is_some_and(|(_, by, _)| *by == entry.author);
        (!proposed_it && !self.file.seats.holds_any(entry.author, day)).then_some(Reason::NoSeat)
    }

    /// What an act names must be here, count, and be the author's own (or name them as companion).
    fn target_reason(&self, entry: &Entry, act: &Act, depth: usize) -> Option<Reason> {
        match act {
            Act::Amend(amend) => self
                .visit_reason(entry, amend.visit, depth)
                .or_else(|| (!self.read.contains_key(&amend.replaces)).then_some(Reason::AbsentTarget)),
            Act::Withdraw(withdraw) => self.visit_reason(entry, withdraw.visit, depth),
            Act::Confirm(confirm) => self.confirm_reason(entry, confirm.visit, depth),
            _ => None,
        }
    }

    /// The author's own visit, whether or not that visit counts yet.
    fn visit_reason(&self, entry: &Entry, visit: EntryId, _depth: usize) -> Option<Reason> {
        let target = self.read.get(&visit);
        let own = target.is_some_and(|one| {
            matches!(one.act, Ok(Act::Visit(_))) && one.logged.entry.author == entry.author
        });
        (!own).then_some(Reason::AbsentTarget)
    }

    fn confirm_reason(&self, entry: &Entry, visit: EntryId, depth: usize) -> Option<Reason> {
        let Some(target) = self.read.get(&visit) else { return Some(Reason::AbsentTarget) };
        if self.reason(target, depth + 1).is_some() {
            return Some(Reason::AbsentTarget);
        }
        match &target.act {
            Ok(Act::Visit(Visit { companion: Some(Companion::Person(person)), day, .. })) if *person == entry.author => {
                self.seat_reason(entry, *day)
            }
            _ => Some(Reason::NotAllowed),
        }
    }
}

/// Whether an entry's visit asks for this need.
fn asks(one: &Read<'_>, need: crate::id::NeedId) -> bool {
    match &one.act {
        Ok(Act::Visit(visit)) => visit.needs.iter().any(|asked| asked.id == need),
        Ok(Act::Amend(amend)) => amend.version.needs.iter().any(|asked| asked.id == need),
        _ => false,
    }
}

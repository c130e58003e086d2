//! Makes the card that helpers carry from a household's file. Names are looked up by the caller.

use domain::{
    day::Day,
    file::File,
    id::{EntryId, HouseholdId, PersonId},
    visit::Companion,
};
use protocol::changes::{Card, CardVisit, SeatLine};
use std::collections::{BTreeMap, BTreeSet};

/// The most visits on a card.
const VISITS_MAX: usize = 12;

/// For how many days an answered need stays on the card, and an alert that was taken up.
const ANSWERED_KEPT_DAYS: i32 = 365;

/// What a card needs to know beside the file.
pub trait Names {
    /// A person's name; `None` where unknown.
    fn person(&self, person: PersonId) -> Option<String>;
    /// A unit's full name; empty where unknown.
    fn unit(&self, unit: domain::id::UnitId) -> String;
}

/// The card of a household as of today; none while there is neither registration nor proposal.
#[must_use]
pub fn card(household: HouseholdId, rev: u64, file: &File, names: &dyn Names, today: Day) -> Option<Card> {
    let proposed = file.proposed.as_ref();
    let registered = file.registered.as_ref();
    let since = registered.map(|r| r.since).or_else(|| proposed.map(|(.., propose)| propose.day))?;
    let unit = registered.map(|r| r.unit).or_else(|| proposed.and_then(|(.., propose)| propose.unit));
    let seats: Vec<SeatLine> = file
        .seats
        .holders(today)
        .map(|(seat, person)| SeatLine { seat, person, name: names.person(person).unwrap_or_default() })
        .collect();
    let needs = file.needs.iter().filter(|line| {
        line.reply.as_ref().is_none_or(|reply| today.days_since(reply.day) <= ANSWERED_KEPT_DAYS)
    });
    let alerts = file
        .alerts
        .iter()
        .filter(|line| line.taken_up.is_none() || today.days_since(line.alert.day) <= ANSWERED_KEPT_DAYS);
    let visits: Vec<CardVisit> =
        file.visits.iter().rev().take(VISITS_MAX).map(|line| short(line, names)).collect();
    let is_here = |id: EntryId| visits.iter().any(|visit| visit.id == id);
    let pairs = file.pairs.iter().filter(|pair| is_here(pair.visit) && is_here(pair.other));
    let mut card = Card {
        household,
        rev,
        unit,
        unit_name: unit.map(|unit| names.unit(unit)).unwrap_or_default(),
        category: registered.and_then(|r| r.latest.category),
        causes: registered.map(|r| r.latest.causes.clone()).unwrap_or_default(),
        since,
        proposed: registered.is_none(),
        seats,
        standings: file.standings.clone(),
        last_visit: file.last_visit(),
        pairs: pairs.copied().collect(),
        visits,
        needs: needs.cloned().collect(),
        alerts: alerts.cloned().collect(),
        consent: file.consent.clone(),
        names: BTreeMap::new(),
        pinyin: Vec::new(),
        rest: serde_json::Map::new(),
    };
    card.names =
        mentioned(&card).into_iter().filter_map(|id| names.person(id).map(|name| (id, name))).collect();
    Some(card)
}

fn short(line: &domain::file::VisitLine, names: &dyn Names) -> CardVisit {
    let (companion, companion_id) = match &line.visit.companion {
        Some(Companion::Person(person)) => (names.person(*person).unwrap_or_default(), Some(*person)),
        Some(Companion::Named(name)) => (name.clone(), None),
        None => (String::new(), None),
    };
    CardVisit {
        id: line.id,
        day: line.visit.day,
        author: line.author,
        met: line.visit.met,
        companion,
        companion_id,
        confirmed: line.confirmed,
        joined: line.joined,
        note: line.visit.note.clone(),
        next: line.visit.next,
    }
}

/// Everybody a card mentions.
#[must_use]
pub fn mentioned(card: &Card) -> BTreeSet<PersonId> {
    let standing =
        card.standings.values().flat_map(|standing| standing.values.iter().map(|stands| stands.by));
    let visits = card.visits.iter().flat_map(|visit| [Some(visit.author), visit.companion_id]).flatten();
    let needs = card.needs.iter().flat_map(|line| [Some(line.author), line.replied_by]).flatten();
    let alerts = card.alerts.iter().flat_map(|line| [Some(line.author), line.taken_up_by]).flatten();
    standing
        .chain(visits)
        .chain(needs)
        .chain(alerts)
        .chain(card.seats.iter().map(|seat| seat.person))
        .collect()
}

#[cfg(test)]
mod tests;

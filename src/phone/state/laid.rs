//! One's own entries laid over the office's cards: what was just said is shown at once.
//!
//! Pure. Only what the cards do not carry yet is laid over; the office's next card replaces it all.

use super::proposals::{OwnProposal, proposals};
use crate::{
    engine::{LineState, Own},
    gather,
};
use domain::{
    answer::Answer,
    entry::{Act, Amend, Entry, Reading, Tell, Withdraw},
    file::{AlertLine, NeedLine, Reason},
    id::{EntryId, HouseholdId, PersonId, UnitId},
    observation::{Manner, Observation, Standing, Standings},
    slot::{Slot, Value, Values},
    value::Rest,
    visit::{Companion, Visit},
};
use protocol::changes::{Card, CardVisit, SeatLine, UnionCard};
use std::collections::BTreeMap;

/// A visit of one's own in the version that stands on this phone.
#[derive(Clone, PartialEq, Debug)]
pub struct OwnVisit {
    /// Its first entry.
    pub id: EntryId,
    /// The entry whose version this is.
    pub version: EntryId,
    /// Whose household.
    pub household: HouseholdId,
    /// The visit.
    pub visit: Visit,
    /// Taken away again.
    pub withdrawn: bool,
    seq: u64,
}

/// One's own visits, each in its latest version, oldest first.
pub fn visits(own: &[Own]) -> Vec<OwnVisit> {
    versions(own).map(Version::told).collect()
}

/// One of one's own visits, by its first entry, in its latest version.
pub fn visit(own: &[Own], id: EntryId) -> Option<OwnVisit> {
    versions(own).find(|version| version.id == id).map(Version::told)
}

/// The version of a visit that stands, where it lies.
struct Version<'own> {
    id: EntryId,
    entry: &'own Entry<Reading>,
    visit: &'own Visit,
    withdrawn: bool,
    /// The cards do not show this version yet.
    ahead: bool,
}

impl Version<'_> {
    fn told(self) -> OwnVisit {
        let Self { id, entry, visit, withdrawn, .. } = self;
        let Entry { id: version, household, seq, .. } = *entry;
        OwnVisit { id, version, household, visit: visit.clone(), withdrawn, seq }
    }
}

/// Whether the cards do not show an entry yet; what waits for the household's approval, they show once it counts.
const fn is_ahead(own: &Own) -> bool {
    own.ahead_of_cards || matches!(own.state, LineState::NeedsLook { reason: Reason::AwaitingApproval, .. })
}

/// The visits' versions that stand, oldest first; nothing is copied yet.
fn versions(own: &[Own]) -> impl Iterator<Item = Version<'_>> {
    let mut versions: BTreeMap<EntryId, Version> = BTreeMap::new();
    for one in own {
        let entry = &*one.entry;
        let version = |id, visit| Version { id, entry, visit, withdrawn: false, ahead: is_ahead(one) };
        match one.act() {
            Some(Act::Visit(visit)) => {
                versions.entry(entry.id).or_insert_with(|| version(entry.id, visit));
            }
            Some(Act::Amend(Amend { visit: first, version: visit, .. })) => {
                let withdrawn = versions.get(first).is_some_and(|before| before.withdrawn);
                versions.insert(*first, Version { withdrawn, ..version(*first, visit) });
            }
            Some(Act::Withdraw(Withdraw { visit: first, .. })) => {
                if let Some(before) = versions.get_mut(first) {
                    before.withdrawn = true;
                    before.ahead = before.ahead || is_ahead(one);
                }
            }
            _ => {}
        }
    }
    versions.into_values()
}

/// What became of a record since.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Since {
    /// A later version stands.
    Amended,
    /// It was taken back.
    Withdrawn,
}

/// What became of one's own records, where anything did.
pub fn since(own: &[Own]) -> BTreeMap<EntryId, Since> {
    let visits: BTreeMap<EntryId, (EntryId, bool)> =
        gather::map(versions(own).map(|stands| (stands.id, (stands.entry.id, stands.withdrawn))));
    let proposals = proposals(own);
    let became = |one: &Own| {
        let id = one.entry.id;
        let (stands, withdrawn) = match one.act()? {
            Act::Visit(_) => *visits.get(&id)?,
            Act::Amend(amend) => *visits.get(&amend.visit)?,
            Act::Propose(_) => {
                proposals.get(&one.entry.household).map(|own| (own.entry.id, own.withdrawn))?
            }
            Act::Tell(_) | Act::Alert(_) => (id, withdrawal(own, id).is_some()),
            _ => return None,
        };
        if withdrawn { Some(Since::Withdrawn) } else { (stands != id).then_some(Since::Amended) }
    };
    gather::map(own.iter().filter_map(|one| Some((one.entry.id, became(one)?))))
}

/// The cards with their units called as the union calls them now: a card that did not change keeps an old name.
pub fn named(mut cards: Vec<Card>, union: Option<&UnionCard>) -> Vec<Card> {
    let units = union.map(|union| union.units.as_slice()).unwrap_or_default();
    let names: BTreeMap<UnitId, &str> = gather::map(units.iter().map(|unit| (unit.id, unit.name.as_str())));
    for card in &mut cards {
        if let Some(name) = card.unit.and_then(|unit| names.get(&unit)) {
            (*name).clone_into(&mut card.unit_name);
        }
    }
    cards
}

/// The cards with one's own entries laid over, by household; proposed households among them.
pub fn lay(cards: Vec<Card>, own: &[Own], me: PersonId, my_name: &str) -> BTreeMap<HouseholdId, Card> {
    let mut laid: BTreeMap<HouseholdId, Card> =
        gather::map(cards.into_iter().map(|card| (card.household, card)));
    for (household, own) in proposals(own).into_iter().filter(|(_, own)| own.ahead) {
        // What became a file is the union's.
        if laid.get(&household).is_some_and(|card| !card.proposed) {
            continue;
        }
        if own.withdrawn {
            laid.remove(&household);
        } else {
            laid.insert(household, proposed(&own, my_name));
        }
    }
    for one in own {
        if let Some(card) = laid.get_mut(&one.entry.household) {
            lay_word(card, one, own);
        }
    }
    for version in versions(own).filter(|version| version.ahead) {
        if let Some(card) = laid.get_mut(&version.entry.household) {
            lay_visit(card, &version.told(), me, my_name);
        }
    }
    laid
}

/// What one tap said: a companion was there, a reply was told by telephone; and an alert.
fn lay_word(card: &mut Card, one: &Own, own: &[Own]) {
    match one.act() {
        Some(Act::Confirm(confirm)) if one.ahead_of_cards => {
            let line = card.visits.iter_mut().find(|line| line.id == confirm.visit);
            line.into_iter().for_each(|line| line.confirmed = true);
        }
        Some(Act::Alert(alert)) => match withdrawal(own, one.entry.id) {
            Some(_) => card.alerts.retain(|line| line.id != one.entry.id),
            None if is_ahead(one) && card.alerts.iter().all(|line| line.id != one.entry.id) => {
                let (id, author, alert) = (one.entry.id, one.entry.author, alert.clone());
                card.alerts.push(AlertLine { id, author, alert, taken_up: None, taken_up_by: None });
            }
            None => {}
        },
        Some(Act::Tell(tell)) => {
            let taken_back = withdrawal(own, one.entry.id);
            let line = card.needs.iter_mut().find(|line| line.reply_entry == Some(tell.reply));
            let Some(line) = line else { return };
            if taken_back.is_none() && one.ahead_of_cards && line.told < Some(tell.day) {
                (line.told, line.told_by_telephone) = (Some(tell.day), true);
                line.told_by = Some(one.entry.author);
            } else if taken_back.is_some_and(|back| back.ahead_of_cards) && is_this_word(line, one, tell) {
                (line.told, line.told_by, line.told_by_telephone) = (None, None, false);
            }
        }
        _ => {}
    }
}

/// Whether a line stands as told by this very word: somebody may have said it at the door on the same day.
fn is_this_word(line: &NeedLine, one: &Own, tell: &Tell) -> bool {
    line.told_by_telephone && line.told == Some(tell.day) && line.told_by == Some(one.entry.author)
}

/// What took an entry back, if anything did.
pub fn withdrawal(own: &[Own], entry: EntryId) -> Option<&Own> {
    own.iter().find(|one| matches!(one.act(), Some(Act::Withdraw(back)) if back.visit == entry))
}

/// The card of a household found at the door, until the office sends its own.
fn proposed(OwnProposal { entry, propose, .. }: &OwnProposal, my_name: &str) -> Card {
    let mut standings = Standings::new();
    for (slot, value) in &propose.stated {
        observe(
            &mut standings,
            *slot,
            &observation(entry.id, entry.author, entry.seq, propose.day, Manner::Stated, Some(value.clone())),
        );
    }
    Card {
        household: entry.household,
        rev: 0,
        unit: propose.unit,
        unit_name: String::new(),
        category: None,
        causes: Vec::new(),
        since: propose.day,
        proposed: true,
        seats: Vec::<SeatLine>::new(),
        standings,
        last_visit: None,
        visits: Vec::new(),
        pairs: Vec::new(),
        needs: Vec::new(),
        alerts: Vec::new(),
        consent: None,
        names: gather::map([(entry.author, my_name.to_owned())]),
        pinyin: Vec::new(),
        rest: Rest::default(),
    }
}

fn lay_visit(card: &mut Card, own: &OwnVisit, me: PersonId, my_name: &str) {
    let before = card.visits.iter().position(|line| line.id == own.id).map(|at| card.visits.remove(at));
    card.needs.retain(|line| line.visit != own.id || line.reply.is_some());
    if own.withdrawn {
        let met = card.visits.iter().filter(|line| line.met.is_some());
        card.last_visit = met.map(|line| line.day).max();
        return;
    }
    card.names.insert(me, my_name.to_owned());
    for (slot, manner, value) in observed(&own.visit) {
        observe(
            &mut card.standings,
            slot,
            &observation(own.version, me, own.seq, own.visit.day, manner, value),
        );
    }
    card.visits.push(line(card, own, me, before));
    gather::falling(&mut card.visits, |visit| (visit.day, visit.id));
    if own.visit.met.is_some() {
        card.last_visit = card.last_visit.max(Some(own.visit.day));
    }
    for need in &own.visit.needs {
        if !card.needs.iter().any(|line| line.need.id == need.id) {
            let (need, asked) = (need.clone(), own.visit.day);
            card.needs.push(NeedLine {
                need,
                visit: own.id,
                author: me,
                asked,
                reply: None,
                replied_by: None,
                reply_entry: None,
                told: None,
                told_by: None,
                told_by_telephone: false,
                told_before: None,
            });
        }
    }
    for line in card.needs.iter_mut().filter(|line| line.is_told_at(&own.visit)) {
        if line.told <= Some(own.visit.day) {
            (line.told, line.told_by_telephone) = (Some(own.visit.day), false);
        }
    }
    if let Some(consent) = &own.visit.consent
        && card.consent.as_ref().is_none_or(|(day, _)| *day <= own.visit.day)
    {
        card.consent = Some((own.visit.day, consent.clone()));
    }
}

/// A visit in short; what others said of it is as it was `before`.
fn line(card: &Card, own: &OwnVisit, me: PersonId, before: Option<CardVisit>) -> CardVisit {
    CardVisit {
        id: own.id,
        day: own.visit.day,
        author: me,
        met: own.visit.met,
        companion: own
            .visit
            .companion
            .as_ref()
            .map_or_else(String::new, |companion| companion_name(card, companion)),
        companion_id: match own.visit.companion {
            Some(Companion::Person(person)) => Some(person),
            _ => None,
        },
        confirmed: before.as_ref().is_some_and(|line| line.confirmed),
        joined: before.and_then(|line| line.joined),
        note: own.visit.note.clone(),
        next: own.visit.next,
    }
}

/// A companion's name, as far as the card knows it.
pub fn companion_name(card: &Card, companion: &Companion) -> String {
    match companion {
        Companion::Named(name) => name.clone(),
        Companion::Person(person) => {
            let seated = card.seats.iter().find(|seat| seat.person == *person).map(|seat| seat.name.clone());
            seated.or_else(|| card.names.get(person).cloned()).unwrap_or_default()
        }
    }
}

/// What a visit observes, slot by slot.
fn observed(visit: &Visit) -> Vec<(Slot, Manner, Option<Value>)> {
    fn each(values: &Values, manner: Manner, all: &mut Vec<(Slot, Manner, Option<Value>)>) {
        all.extend(values.iter().map(|(slot, value)| (*slot, manner, Some(value.clone()))));
    }
    let mut all = Vec::new();
    for (item, answer) in &visit.answers {
        match answer {
            Answer::Unchanged { confirmed } => each(confirmed, Manner::Confirmed, &mut all),
            Answer::Changed { stated, confirmed } => {
                each(stated, Manner::Stated, &mut all);
                each(confirmed, Manner::Confirmed, &mut all);
            }
            Answer::Declined => all.push((Slot::of_item(*item), Manner::Declined, None)),
            Answer::NotAsked { .. } => {}
        }
    }
    all
}

fn observation(
    entry: EntryId,
    by: PersonId,
    seq: u64,
    day: domain::day::Day,
    manner: Manner,
    value: Option<Value>,
) -> Observation {
    // Which database it was made in decides nothing in `Standing::with`.
    Observation { entry, device: domain::entry::OFFICE, seq, by, day, manner, value }
}

fn observe(standings: &mut Standings, slot: Slot, observation: &Observation) {
    let before = standings.remove(&slot).unwrap_or_default();
    let after: Standing = before.with(observation);
    standings.insert(slot, after);
}

#[cfg(test)]
mod tests;

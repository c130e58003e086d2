//! Two records of one visit, as the phone shows them: those that are joined are one; of those that look so it is asked
//! who wrote one of them.
//!
//! Pure. What looks so is the union's to say; of what it does not have yet, and what was just said of it here, the phone
//! shows it at once.

use crate::engine::{LineState, Own};
use domain::{
    entry::{Act, Pair},
    file::{Record, same_visit},
    id::{EntryId, PersonId},
};
use protocol::changes::{Card, CardVisit};

/// A visit, however many wrote it down.
#[derive(Clone, PartialEq, Debug)]
pub struct OneVisit {
    /// The record that stands for it.
    pub stands: CardVisit,
    /// Its further records.
    pub further: Vec<CardVisit>,
}

impl OneVisit {
    /// All of its records, the one that stands for it first.
    pub fn records(&self) -> impl Iterator<Item = &CardVisit> {
        std::iter::once(&self.stands).chain(&self.further)
    }
}

/// A card's visits, each once, newest first.
pub fn visits(card: &Card, own: &[Own]) -> Vec<OneVisit> {
    let records = records(card, own);
    let (further, standing): (Vec<CardVisit>, Vec<CardVisit>) = records
        .iter()
        .cloned()
        .partition(|record| records.iter().any(|other| record.joined == Some(other.id)));
    let of = |stands: CardVisit| {
        let further = further.iter().filter(|record| record.joined == Some(stands.id)).cloned().collect();
        OneVisit { stands, further }
    };
    standing.into_iter().map(of).collect()
}

/// The other records of the visit that a record is of.
pub fn others(card: &Card, own: &[Own], record: EntryId) -> Vec<CardVisit> {
    let one = visits(card, own).into_iter().find(|one| one.records().any(|of| of.id == record));
    let others = one.iter().flat_map(OneVisit::records).filter(|other| other.id != record);
    others.cloned().collect()
}

/// The record of another's that may be of one visit with a record of this person's own, as long as nobody said. Of what
/// the union has, it says what looks so, by the seats of the day; what it does not have yet is looked at here.
pub fn asked(card: &Card, own: &[Own], me: PersonId, mine: EntryId) -> Option<CardVisit> {
    let records = records(card, own);
    let apart = |id: EntryId| records.iter().find(|record| record.id == id && record.joined.is_none());
    let mine = apart(mine).filter(|record| record.author == me)?;
    let said = |other: &&CardVisit| {
        let two = [(mine.id, other.id), (other.id, mine.id)];
        let is_two = card.pairs.iter().any(|pair| pair.is_two && two.contains(&(pair.visit, pair.other)));
        is_two || words(own).any(|(pair, _)| two.contains(&(pair.visit, pair.other)))
    };
    let known = card.pairs.iter().filter_map(|pair| apart(pair.beside(mine.id)?));
    let is_new = own.iter().any(|own| own.entry.id == mine.id && own.ahead_of_cards);
    let sits = |record: Record| card.seats.iter().any(|seat| seat.person == record.author);
    let looks_so =
        |other: &&CardVisit| other.joined.is_none() && same_visit(record(mine), record(other), sits);
    let new = records.iter().filter(|_| is_new).filter(looks_so);
    known.chain(new).find(|other| !said(other)).cloned()
}

fn record(line: &CardVisit) -> Record {
    Record { author: line.author, day: line.day, met: line.met.is_some(), companion: line.companion_id }
}

/// What was said here of two records, and whether the card does not show it yet; oldest first. What the union does not
/// take was not said.
fn words(own: &[Own]) -> impl Iterator<Item = (&Pair, bool)> {
    let taken = own.iter().filter(|own| !matches!(own.state, LineState::NeedsLook { .. }));
    taken.filter_map(|own| match own.act() {
        Some(Act::Pair(pair)) => Some((pair, own.ahead_of_cards)),
        _ => None,
    })
}

/// The visits of two records become one, with all that was joined to either; newest first, so the first of their records
/// stands for it.
fn join(records: &mut [CardVisit], pair: &Pair) {
    let stand_of = |id| records.iter().find(|record| record.id == id).map(stand);
    let (Some(one), Some(other)) = (stand_of(pair.visit), stand_of(pair.other)) else { return };
    let mut of_it = records.iter_mut().filter(|record| [one, other].contains(&stand(record)));
    let Some(first) = of_it.next() else { return };
    first.joined = None;
    of_it.for_each(|record| record.joined = Some(first.id));
}

fn stand(record: &CardVisit) -> EntryId {
    record.joined.unwrap_or(record.id)
}

/// The card's records, joined and parted as it was said here.
fn records(card: &Card, own: &[Own]) -> Vec<CardVisit> {
    let mut records = card.visits.clone();
    for (pair, _) in words(own).filter(|(_, ahead)| *ahead) {
        if pair.is_one {
            join(&mut records, pair);
        } else {
            let of_it = [pair.visit, pair.other];
            let parted = |record: &&mut CardVisit| {
                of_it.contains(&record.id) && record.joined.is_some_and(|stands| of_it.contains(&stands))
            };
            records.iter_mut().filter(parted).for_each(|record| record.joined = None);
        }
    }
    records
}

#[cfg(test)]
mod tests;

//! Pages of changes for one person, from a cursor on.

use domain::{
    day::Day,
    id::{HouseholdId, PersonId},
};
use protocol::{
    changes::{CARDS_MAX, Card, CardList, ChangesPage, Scope, ScopeList, StatusLine},
    deposit::{Head, Short},
};
use std::collections::BTreeSet;

/// What pages are read from: one snapshot of the office's books.
pub trait Shelf {
    /// What can go wrong below: the disk.
    type Error;

    /// Where the office stands.
    ///
    /// # Errors
    /// The store's own.
    fn head(&mut self) -> Result<Head, Self::Error>;

    /// The short chain at a rev that the office gave.
    ///
    /// # Errors
    /// The store's own.
    fn chain_of(&mut self, rev: u64) -> Result<Option<Short>, Self::Error>;

    /// The households in a person's scope on a day whose rev lies after `after`, ascending by rev.
    ///
    /// # Errors
    /// The store's own.
    fn revs_in_scope(
        &mut self,
        person: PersonId,
        today: Day,
        after: u64,
    ) -> Result<Vec<(u64, HouseholdId)>, Self::Error>;

    /// Their cards.
    ///
    /// # Errors
    /// The store's own.
    fn cards(&mut self, households: &[HouseholdId], today: Day) -> Result<Vec<Card>, Self::Error>;

    /// Whether a household's whole file was erased, or is another's now: no phone shall offer it again.
    ///
    /// # Errors
    /// The store's own.
    fn is_no_more(&mut self, household: HouseholdId) -> Result<bool, Self::Error>;

    /// Statuses that changed after `after`, up to `upto`, of what a person brought, and of what is theirs though another
    /// brought it: their own phone may have brought it damaged.
    ///
    /// # Errors
    /// The store's own.
    fn statuses(&mut self, person: PersonId, after: u64, upto: u64) -> Result<Vec<StatusLine>, Self::Error>;
}

/// One page. A cursor of another epoch, or one that is not recognised, begins from the start.
///
/// # Errors
/// The store's own.
pub fn page<S: Shelf + ?Sized>(
    shelf: &mut S,
    person: PersonId,
    cursor: Option<Head>,
    today: Day,
    server_time_ms: i64,
) -> Result<ChangesPage, S::Error> {
    page_of(CARDS_MAX, shelf, person, cursor, today, server_time_ms)
}

/// A page of at most so many cards, which is never none.
///
/// # Errors
/// The store's own.
pub fn page_of<S: Shelf + ?Sized>(
    cards_max: usize,
    shelf: &mut S,
    person: PersonId,
    cursor: Option<Head>,
    today: Day,
    server_time_ms: i64,
) -> Result<ChangesPage, S::Error> {
    let head = shelf.head()?;
    let after = match cursor {
        Some(cursor) if cursor == head => cursor.rev,
        Some(cursor) if cursor.epoch == head.epoch && shelf.chain_of(cursor.rev)? == Some(cursor.chain) => {
            cursor.rev
        }
        _ => 0,
    };
    let whole = shelf.revs_in_scope(person, today, 0)?;
    let newer = || whole.iter().filter(|(rev, _)| *rev > after);
    let now: Vec<(u64, HouseholdId)> = newer().take(cards_max.max(1)).copied().collect();
    let left = newer().count() - now.len();
    // While cards are left, the cursor is the last card's rev: what comes after it is still to come.
    let last = now.last().filter(|_| left > 0).map(|(rev, _)| *rev);
    let upto = last.unwrap_or(head.rev);
    let chain = if upto == head.rev { head.chain } else { shelf.chain_of(upto)?.unwrap_or(head.chain) };
    let ids: Vec<HouseholdId> = now.iter().map(|(_, household)| *household).collect();
    Ok(ChangesPage {
        head,
        cursor: Head { epoch: head.epoch, rev: upto, chain },
        server_time_ms,
        statuses: shelf.statuses(person, after, upto)?,
        cards: shelf.cards(&ids, today)?,
        left: u32::try_from(left).unwrap_or(u32::MAX),
        union: None,
        scope: (left == 0).then(|| Scope::of(whole.iter().map(|(_, household)| *household))),
    })
}

/// Which households are in a person's scope.
///
/// # Errors
/// The store's own.
pub fn scope_list<S: Shelf + ?Sized>(
    shelf: &mut S,
    person: PersonId,
    today: Day,
) -> Result<ScopeList, S::Error> {
    let head = shelf.head()?;
    let whole = shelf.revs_in_scope(person, today, 0)?;
    Ok(ScopeList { head, households: whole.into_iter().map(|(_, household)| household).collect() })
}

/// The cards of those households that are in a person's scope. `unknown` are those that make no card
/// here: no registration and no proposal counts, though entries of theirs may be waiting. A household that was erased
/// or merged into another is none of them: no phone shall bring it back.
///
/// # Errors
/// The store's own.
pub fn cards_asked<S: Shelf + ?Sized>(
    shelf: &mut S,
    person: PersonId,
    asked: &[HouseholdId],
    today: Day,
) -> Result<CardList, S::Error> {
    let whole = shelf.revs_in_scope(person, today, 0)?;
    let in_scope: BTreeSet<HouseholdId> = whole.into_iter().map(|(_, household)| household).collect();
    let mut cards = shelf.cards(asked, today)?;
    let known: BTreeSet<HouseholdId> = cards.iter().map(|card| card.household).collect();
    cards.retain(|card| in_scope.contains(&card.household));
    let mut unknown = Vec::new();
    for household in asked.iter().filter(|id| !known.contains(id)) {
        if !shelf.is_no_more(*household)? {
            unknown.push(*household);
        }
    }
    Ok(CardList { cards, unknown })
}

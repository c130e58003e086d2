//! Pages of changes for one person, from a cursor on.

use domain::{
    day::Day,
    id::{HouseholdId, PersonId},
};
use protocol::{
    changes::{CARDS_MAX, Card, ChangesPage, Scope, StatusLine},
    deposit::{Head, Short},
};

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
    fn revs_in_scope(&mut self, person: PersonId, today: Day, after: u64) -> Result<Vec<(u64, HouseholdId)>, Self::Error>;

    /// Their cards.
    ///
    /// # Errors
    /// The store's own.
    fn cards(&mut self, households: &[HouseholdId], today: Day) -> Result<Vec<Card>, Self::Error>;

    /// Statuses of a person's own entries that changed after `after`, up to `upto`.
    ///
    /// # Errors
    /// The store's own.
    fn statuses(&mut self, person: PersonId, after: u64, upto: u64) -> Result<Vec<StatusLine>, Self::Error>;
}

/// One page. A cursor of another epoch, or one that is not recognised, begins from the start.
///
/// # Errors
/// The store's own.
pub fn page<S: Shelf>(
    shelf: &mut S,
    person: PersonId,
    cursor: Option<Head>,
    today: Day,
    server_time_ms: i64,
) -> Result<ChangesPage, S::Error> {
    let head = shelf.head()?;
    let after = match cursor {
        Some(cursor) if cursor == head => cursor.rev,
        Some(cursor) if cursor.epoch == head.epoch && shelf.chain_of(cursor.rev)? == Some(cursor.chain) => cursor.rev,
        _ => 0,
    };
    let whole = shelf.revs_in_scope(person, today, 0)?;
    let newer: Vec<(u64, HouseholdId)> = whole.iter().copied().filter(|(rev, _)| *rev > after).collect();
    let now: Vec<HouseholdId> = newer.iter().take(CARDS_MAX).map(|(_, household)| *household).collect();
    let left = newer.len() - now.len();
    let upto = if left == 0 { head.rev } else { newer.get(now.len() - 1).map_or(head.rev, |(rev, _)| *rev) };
    let chain = if upto == head.rev { head.chain } else { shelf.chain_of(upto)?.unwrap_or(head.chain) };
    Ok(ChangesPage {
        head,
        cursor: Head { epoch: head.epoch, rev: upto, chain },
        server_time_ms,
        statuses: shelf.statuses(person, after, upto)?,
        cards: shelf.cards(&now, today)?,
        left: u32::try_from(left).unwrap_or(u32::MAX),
        union: None,
        scope: (left == 0).then(|| Scope::of(whole.iter().map(|(_, household)| *household))),
    })
}

//! What every store must do: lists of cases, plain functions that a test runs over its own store.
//!
//! For the office's books implement [`Office`] over a fresh store that knows the persons
//! [`story::PERSONS`] and the units [`story::UNITS`], and run [`cases`], each over a store of its own:
//!
//! ```text
//! for (name, case) in sync::contract::cases::<SqlOffice>() {
//!     case(&mut SqlOffice::fresh(story::epoch(1))).unwrap_or_else(|error| panic!("{name}: {error:?}"));
//! }
//! ```
//!
//! For a phone's disk run [`disk::work_cases`] and [`disk::cards_cases`]: rows before, writes, rows after. A case fails by panic.

use crate::ledger::{Books, Shelf};
use core::fmt::Debug;
use domain::id::PersonId;

pub mod disk;
pub mod story;

mod bringing;
mod epochs;
mod erasing;
mod log;
mod merging;
mod pages;
mod waiting;

/// A store of the office under test: fresh, empty, in its first epoch [`story::epoch`]`(1)`, knowing
/// the persons and units of [`story`].
pub trait Office {
    /// What can go wrong below: the disk.
    type Error: Debug;

    /// One write transaction: committed when `work` gives `Ok`, undone when not.
    ///
    /// # Errors
    /// The store's own, and `work`'s.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Books<Error = Self::Error>) -> Result<T, Self::Error>,
    ) -> Result<T, Self::Error>;

    /// One snapshot.
    ///
    /// # Errors
    /// The store's own, and `work`'s.
    fn read<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Shelf<Error = Self::Error>) -> Result<T, Self::Error>,
    ) -> Result<T, Self::Error>;

    /// Makes somebody a person of the union.
    ///
    /// # Errors
    /// The store's own.
    fn add_person(&mut self, person: PersonId) -> Result<(), Self::Error>;
}

/// A case: its name, and what it does to a fresh store.
pub type Case<O> = (&'static str, fn(&mut O) -> Result<(), <O as Office>::Error>);

/// All cases for the office's books.
#[must_use]
pub fn cases<O: Office>() -> Vec<Case<O>> {
    vec![
        ("a record is appended once", log::once::<O>),
        ("a record twice in one deposit", log::twice_in_one_deposit::<O>),
        ("another content under a taken id", log::taken_id::<O>),
        ("a taken number of a device", log::taken_number::<O>),
        ("what cannot be read is kept", log::malformed::<O>),
        ("the largest entry that may be", log::largest::<O>),
        ("what cannot be opened is held", log::held::<O>),
        ("what was read comes sealed again", log::sealed_again::<O>),
        ("what came damaged is opened when it comes whole", bringing::mended::<O>),
        ("what came damaged, whoever brings it whole", bringing::mended_by_anyone::<O>),
        ("half of what came under a taken id", bringing::mended_under_a_taken_id::<O>),
        ("what came under another's name comes right", bringing::brought_right::<O>),
        ("a verdict on what another brought", bringing::decided_before_it_came_right::<O>),
        ("its author hears of what another brought", bringing::its_author_hears::<O>),
        ("what was held under a taken id", bringing::held_under_a_taken_id::<O>),
        ("a hash that was damaged on its way", bringing::damaged_hash::<O>),
        ("what a phone may not say is kept", log::not_the_phones::<O>),
        ("every rev has its chain", log::chain::<O>),
        ("what waits is judged again", waiting::judged_again::<O>),
        ("a person who becomes known", waiting::known_later::<O>),
        ("a person's verdict and words", waiting::verdict::<O>),
        ("statuses are the fold's", waiting::statuses_are_the_folds::<O>),
        ("a withdrawn visit leaves the card", waiting::withdrawn::<O>),
        ("two files that are one", merging::one_and_two_again::<O>),
        ("three files that are one", merging::three_in_a_chain::<O>),
        ("a visit that is erased", erasing::a_visit::<O>),
        ("what is erased before it comes", erasing::before_it_comes::<O>),
        ("a file that is erased", erasing::a_file::<O>),
        ("what comes of an erased file under a taken id", erasing::under_a_taken_id::<O>),
        ("an erasure that the books forgot", erasing::forgotten::<O>),
        ("a key that comes back", erasing::a_key_that_comes_back::<O>),
        ("a head that is recognised", epochs::recognised::<O>),
        ("a head that is not recognised", epochs::unrecognised::<O>),
        ("an old epoch is told the current", epochs::old_epoch::<O>),
        ("an epoch never heard of", epochs::never_heard_of::<O>),
        ("two restores of one backup", epochs::begun_by_hand::<O>),
        ("pages of many households", pages::many::<O>),
        ("a cursor of elsewhere begins anew", pages::cursor_of_elsewhere::<O>),
        ("a scope is a person's own", pages::scope::<O>),
        ("a proposal is the proposer's", pages::proposal::<O>),
        ("households asked for by id", pages::asked::<O>),
    ]
}

type Done<O> = Result<(), <O as Office>::Error>;

/// What is asked of a store in most cases.
trait Ask: Office {
    /// Takes in records of a person.
    fn take(
        &mut self,
        person: PersonId,
        arrivals: &[crate::ledger::Arrival],
    ) -> Result<Vec<protocol::deposit::Receipt>, Self::Error> {
        self.write(|books| crate::ledger::take_in(books, person, arrivals, story::NOW_MS))
    }

    /// Takes in entries of the desk.
    fn desk(
        &mut self,
        entries: &[domain::entry::Entry],
    ) -> Result<Vec<protocol::deposit::Receipt>, Self::Error> {
        self.write(|books| crate::ledger::take_in_desk(books, story::DESK, entries, story::NOW_MS))
    }

    /// A page of changes.
    fn page(
        &mut self,
        person: PersonId,
        cursor: Option<protocol::deposit::Head>,
    ) -> Result<protocol::changes::ChangesPage, Self::Error> {
        self.read(|shelf| crate::ledger::page(shelf, person, cursor, story::day(100), story::NOW_MS))
    }

    /// Where the office stands.
    fn head(&mut self) -> Result<protocol::deposit::Head, Self::Error> {
        self.read(|shelf| shelf.head())
    }
}

impl<O: Office> Ask for O {}

#[cfg(test)]
mod tests;

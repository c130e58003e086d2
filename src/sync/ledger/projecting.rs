//! Judges and folds a household, and tells what changed with it.

use super::{Books, LogLine, Stored};
use domain::{
    file::{Directory, Folded, Logged, Reason, Status, fold},
    id::{EntryId, HouseholdId, PersonId},
};
use protocol::record::EntryHash;
use std::collections::{BTreeMap, btree_map::Entry};

/// Folds one household from its whole log, writes what it says now, and gives the statuses that changed.
pub(super) fn project<B: Books + ?Sized>(
    books: &mut B,
    household: HouseholdId,
    rev: u64,
    log: Vec<LogLine>,
    people: &mut People,
) -> Result<Vec<(EntryId, Status)>, B::Error> {
    for line in &log {
        people.look_up(books, line.logged.entry.author)?;
    }
    let before: BTreeMap<EntryId, Status> =
        log.iter().map(|line| (line.logged.entry.id, line.status)).collect();
    let logged: Vec<Logged> = log.into_iter().map(|line| line.logged).collect();
    let Folded { file, statuses } = fold(&logged, people);
    let mut changed: Vec<(EntryId, Status)> = statuses.into_iter().collect();
    changed.retain(|(id, status)| before.get(id) != Some(status));
    if !changed.is_empty() {
        books.set_statuses(&changed, rev)?;
    }
    books.put_file(household, rev, &file)?;
    Ok(changed)
}

/// What is known under the ids of a deposit.
pub(super) type Known = BTreeMap<(EntryId, EntryHash), Stored>;

/// Puts statuses that changed into the receipts about to be given. What came under a taken id keeps
/// its own.
pub(super) fn tell(known: &mut Known, changed: &[(EntryId, Status)], rev: u64) {
    let (least, most) = (EntryHash::from_bytes([0; 32]), EntryHash::from_bytes([255; 32]));
    for (id, status) in changed {
        for (_, one) in known.range_mut((*id, least)..=(*id, most)) {
            if one.taint != Some(Reason::IdTaken) {
                (one.receipt.status, one.receipt.rev) = (*status, rev);
            }
        }
    }
}

/// Who of the authors met so far is a person of the union; each is looked up once a transaction.
#[derive(Default)]
pub(super) struct People(BTreeMap<PersonId, bool>);

impl People {
    fn look_up<B: Books + ?Sized>(&mut self, books: &mut B, person: PersonId) -> Result<(), B::Error> {
        if let Entry::Vacant(unknown) = self.0.entry(person) {
            unknown.insert(books.knows_person(person)?);
        }
        Ok(())
    }
}

impl Directory for People {
    fn knows(&self, person: PersonId) -> bool {
        self.0.get(&person) == Some(&true)
    }
}

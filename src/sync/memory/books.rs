//! The office's books in memory. A clone is a backup.

use crate::{
    card::{Names, card},
    ledger::{Books, Count, LogLine, LogRow, Shelf},
};
use core::convert::Infallible;
use domain::{
    day::Day,
    file::{File, Logged, Reason, Status},
    id::{EntryId, HouseholdId, PersonId, UnitId},
};
use protocol::{
    changes::{Card, StatusLine},
    deposit::{Head, Receipt, Short},
};
use std::collections::{BTreeMap, BTreeSet};

/// The office, in memory.
#[derive(Clone, Debug)]
pub struct MemoryBooks {
    count: Count,
    chains: BTreeMap<u64, Short>,
    epochs: BTreeSet<Short>,
    rows: Vec<(LogRow, u64)>,
    files: BTreeMap<HouseholdId, (u64, File)>,
    /// Who is a person of the union.
    pub persons: BTreeSet<PersonId>,
}

impl MemoryBooks {
    /// An empty office in its first epoch.
    #[must_use]
    pub fn new(epoch: Short) -> Self {
        let count = Count { epoch, rev: 0, chain: [0; 32] };
        Self {
            count,
            chains: BTreeMap::new(),
            epochs: BTreeSet::from([epoch]),
            rows: Vec::new(),
            files: BTreeMap::new(),
            persons: BTreeSet::new(),
        }
    }

    /// All log rows, with the rev of their status.
    #[must_use]
    pub fn rows(&self) -> &[(LogRow, u64)] {
        &self.rows
    }

    /// All files.
    #[must_use]
    pub const fn files(&self) -> &BTreeMap<HouseholdId, (u64, File)> {
        &self.files
    }

    /// How many epochs were had or heard of.
    #[must_use]
    pub fn epochs(&self) -> usize {
        self.epochs.len()
    }
}

impl Books for MemoryBooks {
    type Error = Infallible;

    fn count(&mut self) -> Result<Count, Infallible> {
        Ok(self.count.clone())
    }

    fn set_count(&mut self, count: &Count) -> Result<(), Infallible> {
        self.count = count.clone();
        Ok(())
    }

    fn chain_at(&mut self, rev: u64) -> Result<Option<Short>, Infallible> {
        Ok(self.chains.get(&rev).copied())
    }

    fn put_chain(&mut self, rev: u64, chain: Short) -> Result<(), Infallible> {
        self.chains.insert(rev, chain);
        Ok(())
    }

    fn knows_epoch(&mut self, epoch: Short) -> Result<bool, Infallible> {
        Ok(self.epochs.contains(&epoch))
    }

    fn add_epoch(&mut self, epoch: Short, _begun_ms: Option<i64>) -> Result<(), Infallible> {
        self.epochs.insert(epoch);
        Ok(())
    }

    fn stored(&mut self, ids: &[EntryId]) -> Result<Vec<Receipt>, Infallible> {
        let asked: BTreeSet<EntryId> = ids.iter().copied().collect();
        let found = self.rows.iter().filter(|(row, _)| asked.contains(&row.id));
        Ok(found
            .map(|(row, rev)| Receipt { id: row.id, entry_hash: row.hash, status: row.status, rev: *rev })
            .collect())
    }

    fn append(&mut self, rows: &[LogRow]) -> Result<(), Infallible> {
        for row in rows {
            self.chains.insert(row.rev, row.chain);
            self.rows.push((row.clone(), row.rev));
        }
        Ok(())
    }

    fn log_of(&mut self, household: HouseholdId) -> Result<Vec<LogLine>, Infallible> {
        let counting = self.rows.iter().filter(|(row, _)| {
            row.taint != Some(Reason::IdTaken) && row.status != Status::Erased
        });
        let of_household = counting.filter_map(|(row, _)| {
            let entry = row.entry.as_ref().filter(|entry| entry.household == household)?;
            Some(LogLine { logged: Logged { entry: entry.clone(), taint: row.taint }, status: row.status })
        });
        Ok(of_household.collect())
    }

    fn set_statuses(&mut self, statuses: &[(EntryId, Status)], rev: u64) -> Result<(), Infallible> {
        for (row, status_rev) in &mut self.rows {
            if row.taint == Some(Reason::IdTaken) {
                continue;
            }
            if let Some((_, status)) = statuses.iter().find(|(id, _)| *id == row.id) {
                row.status = *status;
                *status_rev = rev;
            }
        }
        Ok(())
    }

    fn put_file(&mut self, household: HouseholdId, rev: u64, file: &File) -> Result<(), Infallible> {
        self.files.insert(household, (rev, file.clone()));
        Ok(())
    }

    fn knows_person(&mut self, person: PersonId) -> Result<bool, Infallible> {
        Ok(self.persons.contains(&person))
    }
}

/// Ids stand in for names.
struct Nameless;

impl Names for Nameless {
    fn person(&self, person: PersonId) -> Option<String> {
        Some(person.to_string())
    }

    fn unit(&self, unit: UnitId) -> String {
        unit.to_string()
    }
}

impl Shelf for MemoryBooks {
    type Error = Infallible;

    fn head(&mut self) -> Result<Head, Infallible> {
        Ok(self.count.head())
    }

    fn chain_of(&mut self, rev: u64) -> Result<Option<Short>, Infallible> {
        Ok(self.chains.get(&rev).copied())
    }

    fn revs_in_scope(&mut self, person: PersonId, today: Day, after: u64) -> Result<Vec<(u64, HouseholdId)>, Infallible> {
        let in_scope = |file: &File| {
            let proposed_it = file.proposed.as_ref().is_some_and(|(_, by, _)| *by == person);
            (file.is_open() && file.seats.holds_any(person, today)) || (!file.is_open() && proposed_it)
        };
        let found = self.files.iter().filter(|(_, (rev, file))| *rev > after && in_scope(file));
        let mut revs: Vec<(u64, HouseholdId)> = found.map(|(household, (rev, _))| (*rev, *household)).collect();
        revs.sort_unstable();
        Ok(revs)
    }

    fn cards(&mut self, households: &[HouseholdId], today: Day) -> Result<Vec<Card>, Infallible> {
        let found = households.iter().filter_map(|household| {
            let (rev, file) = self.files.get(household)?;
            card(*household, *rev, file, &Nameless, today)
        });
        Ok(found.collect())
    }

    fn statuses(&mut self, person: PersonId, after: u64, upto: u64) -> Result<Vec<StatusLine>, Infallible> {
        let own = self.rows.iter().filter(|(row, rev)| {
            row.brought_by == person && row.taint != Some(Reason::IdTaken) && (after + 1..=upto).contains(rev)
        });
        Ok(own.map(|(row, rev)| StatusLine { id: row.id, status: row.status, why: String::new(), rev: *rev }).collect())
    }
}

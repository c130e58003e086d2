//! The office's books in memory. A clone is a backup.

use crate::{
    card::{Names, card},
    ledger::{Books, Count, LogLine, LogRow, Shelf, Stored},
};
use core::convert::Infallible;
use domain::{
    day::Day,
    entry::{Act, Entry, OFFICE, Reading, Unreadable},
    file::{File, Logged, Reason, Status, erasing::Gone},
    id::{DeviceId, EntryId, HouseholdId, PersonId, UnitId},
};
use protocol::{
    changes::{Card, StatusLine},
    deposit::{Head, Receipt, Short},
    record::EntryHash,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The office, in memory.
#[derive(Clone, Debug)]
pub struct MemoryBooks {
    count: Count,
    chains: BTreeMap<u64, Short>,
    epochs: BTreeSet<Short>,
    rows: Vec<(LogRow, u64)>,
    by_id: BTreeMap<EntryId, Vec<usize>>,
    by_household: BTreeMap<HouseholdId, Vec<usize>>,
    /// Who made it, of erased rows, too.
    authors: BTreeMap<usize, PersonId>,
    files: BTreeMap<HouseholdId, (u64, File)>,
    halves: BTreeMap<HouseholdId, BTreeSet<HouseholdId>>,
    shared: BTreeMap<HouseholdId, HouseholdId>,
    gone: BTreeMap<HouseholdId, BTreeSet<Gone>>,
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
            by_id: BTreeMap::new(),
            by_household: BTreeMap::new(),
            authors: BTreeMap::new(),
            files: BTreeMap::new(),
            halves: BTreeMap::new(),
            shared: BTreeMap::new(),
            gone: BTreeMap::new(),
            persons: BTreeSet::new(),
        }
    }

    /// All log rows, with the rev of their status.
    #[must_use]
    pub fn rows(&self) -> &[(LogRow, u64)] {
        &self.rows
    }

    /// What is remembered as gone, by household.
    #[must_use]
    pub const fn all_gone(&self) -> &BTreeMap<HouseholdId, BTreeSet<Gone>> {
        &self.gone
    }

    /// Whether these very bytes are in the log.
    #[must_use]
    pub fn holds(&self, id: EntryId, hash: EntryHash) -> bool {
        self.under(id).any(|(row, _)| row.hash == hash)
    }

    /// The rows under an id: the one that was first, then those that came under a taken id.
    pub fn under(&self, id: EntryId) -> impl Iterator<Item = &(LogRow, u64)> {
        self.by_id.get(&id).into_iter().flatten().filter_map(|at| self.rows.get(*at))
    }

    /// The highest seq held of a device: `protocol::deposit::DepositAnswer::held`.
    #[must_use]
    pub fn highest_seq(&self, device: DeviceId) -> u64 {
        self.rows.iter().filter(|(row, _)| row.device == device).map(|(row, _)| row.seq).max().unwrap_or(0)
    }

    /// A person's words on an entry, where a person judged.
    fn why(&self, judged: &LogRow) -> String {
        let Some(household) = judged.entry.as_ref().map(|entry| entry.household) else {
            return String::new();
        };
        let verdicts = self.of(household).filter_map(|(row, _)| match &row.entry.as_ref()?.payload {
            Ok(Act::Judge(judge)) if judge.entry == judged.id && row.status == Status::Projected => {
                Some((row.id, judge.why.clone()))
            }
            _ => None,
        });
        verdicts.max_by_key(|(id, _)| *id).map(|(_, why)| why).unwrap_or_default()
    }

    fn of(&self, household: HouseholdId) -> impl Iterator<Item = &(LogRow, u64)> {
        let rows =
            self.by_household.get(&household).into_iter().flatten().filter_map(|at| self.rows.get(*at));
        // A row that was written anew may speak of another one now.
        rows.filter(move |(row, _)| row.entry.as_ref().is_none_or(|entry| entry.household == household))
    }

    /// Reads anew what could not be read, as an upgraded office does; the households of what it can read now.
    pub fn read_again(&mut self, read: impl Fn(&[u8]) -> Option<Entry<Reading>>) -> Vec<HouseholdId> {
        let mut households = BTreeSet::new();
        for (row, _) in &mut self.rows {
            if row.entry.as_ref().is_some_and(|entry| entry.payload == Err(Unreadable::UnknownKind))
                && let Some(entry) = read(&row.body)
            {
                households.insert(entry.household);
                row.entry = Some(Arc::new(entry));
            }
        }
        households.into_iter().collect()
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

/// Whether a row is written anew by what was opened or came whole.
fn gives_way(row: &LogRow, opened: &LogRow) -> bool {
    let comes_whole = row.entry.is_none() && opened.entry.is_some();
    match (row.status, row.taint) {
        (Status::Erased, _) => false,
        (Status::Held, _) => true,
        (_, Some(Reason::IdTaken)) => row.entry.is_none() && opened.taint == Some(Reason::IdTaken),
        (_, Some(Reason::Malformed)) => comes_whole || opened.taint.is_none(),
        (_, Some(Reason::AuthorMismatch)) => opened.taint.is_none(),
        _ => false,
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

    fn stored(&mut self, ids: &[EntryId]) -> Result<Vec<Stored>, Infallible> {
        let asked: BTreeSet<EntryId> = ids.iter().copied().collect();
        let found = asked.iter().flat_map(|id| self.under(*id));
        Ok(found
            .map(|(row, rev)| Stored {
                receipt: Receipt { id: row.id, entry_hash: row.hash, status: row.status, rev: *rev },
                taint: row.taint,
                is_read: row.entry.is_some(),
            })
            .collect())
    }

    fn append(&mut self, rows: &[LogRow]) -> Result<(), Infallible> {
        for row in rows {
            let at = self.rows.len();
            self.by_id.entry(row.id).or_default().push(at);
            if let Some(entry) = &row.entry {
                self.by_household.entry(entry.household).or_default().push(at);
                self.authors.insert(at, entry.author);
            }
            self.chains.insert(row.rev, row.chain);
            self.rows.push((row.clone(), row.rev));
        }
        Ok(())
    }

    fn open_rows(&mut self, rows: &[LogRow]) -> Result<(), Infallible> {
        for opened in rows {
            for at in self.by_id.get(&opened.id).into_iter().flatten() {
                if let Some((row, status_rev)) = self.rows.get_mut(*at)
                    && row.hash == opened.hash
                    && gives_way(row, opened)
                {
                    *status_rev = opened.rev;
                    *row = LogRow { rev: row.rev, chain: row.chain, ..opened.clone() };
                    if let Some(entry) = &opened.entry {
                        let rows = self.by_household.entry(entry.household).or_default();
                        if !rows.contains(at) {
                            rows.push(*at);
                        }
                        self.authors.insert(*at, entry.author);
                    }
                }
            }
        }
        Ok(())
    }

    fn log_of(&mut self, household: HouseholdId) -> Result<Vec<LogLine>, Infallible> {
        let counting = self
            .of(household)
            .filter(|(row, _)| row.taint != Some(Reason::IdTaken) && row.status != Status::Erased);
        let lines = counting.filter_map(|(row, _)| {
            let entry = row.entry.clone()?;
            Some(LogLine { logged: Logged { entry, taint: row.taint }, status: row.status })
        });
        Ok(lines.collect())
    }

    fn set_statuses(&mut self, statuses: &[(EntryId, Status)], rev: u64) -> Result<(), Infallible> {
        for (id, status) in statuses {
            for at in self.by_id.get(id).into_iter().flatten() {
                if let Some((row, status_rev)) = self.rows.get_mut(*at)
                    && row.taint != Some(Reason::IdTaken)
                {
                    (row.status, *status_rev) = (*status, rev);
                }
            }
        }
        Ok(())
    }

    fn put_file(&mut self, household: HouseholdId, rev: u64, file: &File) -> Result<(), Infallible> {
        self.files.insert(household, (rev, file.clone()));
        Ok(())
    }

    fn halves(&mut self, household: HouseholdId) -> Result<Vec<HouseholdId>, Infallible> {
        Ok(self.halves.get(&household).into_iter().flatten().copied().collect())
    }

    fn add_half(&mut self, one: HouseholdId, other: HouseholdId) -> Result<(), Infallible> {
        self.halves.entry(one).or_default().insert(other);
        Ok(())
    }

    fn shared(&mut self, household: HouseholdId) -> Result<Option<HouseholdId>, Infallible> {
        Ok(self.shared.get(&household).copied())
    }

    fn set_shared(&mut self, household: HouseholdId, shared: Option<HouseholdId>) -> Result<(), Infallible> {
        match shared {
            Some(shared) => self.shared.insert(household, shared),
            None => self.shared.remove(&household),
        };
        Ok(())
    }

    fn gone(&mut self, household: HouseholdId) -> Result<Vec<Gone>, Infallible> {
        Ok(self.gone.get(&household).into_iter().flatten().copied().collect())
    }

    fn gone_among(&mut self, ids: &[EntryId]) -> Result<Vec<EntryId>, Infallible> {
        let is_gone = |id: &&EntryId| self.gone.values().any(|gone| gone.contains(&Gone::Entry(**id)));
        Ok(ids.iter().filter(is_gone).copied().collect())
    }

    fn erase(&mut self, household: HouseholdId, gone: &[Gone], rev: u64) -> Result<(), Infallible> {
        self.gone.entry(household).or_default().extend(gone);
        if gone.contains(&Gone::File(household)) {
            for (row, status_rev) in &mut self.rows {
                let lies_here = row.entry.as_ref().is_some_and(|entry| entry.household == household);
                if lies_here && row.taint == Some(Reason::IdTaken) {
                    row.entry = None;
                    row.body.clear();
                    (row.status, *status_rev) = (Status::Erased, rev);
                }
            }
        }
        for one in gone {
            let Gone::Entry(id) = one else { continue };
            for at in self.by_id.get(id).into_iter().flatten() {
                if let Some((row, status_rev)) = self.rows.get_mut(*at)
                    && row.entry.as_ref().is_none_or(|entry| entry.household == household)
                {
                    (row.entry, row.sealed_to) = (None, None);
                    row.body.clear();
                    (row.status, *status_rev) = (Status::Erased, rev);
                }
            }
        }
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

    fn revs_in_scope(
        &mut self,
        person: PersonId,
        today: Day,
        after: u64,
    ) -> Result<Vec<(u64, HouseholdId)>, Infallible> {
        let carried = |file: &File| file.is_carried_by(person, today);
        let found = self.files.iter().filter(|(_, (rev, file))| *rev > after && carried(file));
        let mut revs: Vec<(u64, HouseholdId)> =
            found.map(|(household, (rev, _))| (*rev, *household)).collect();
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

    fn is_no_more(&mut self, household: HouseholdId) -> Result<bool, Infallible> {
        let another = self.shared.get(&household).is_some_and(|shared| *shared != household);
        Ok(another || self.gone.get(&household).is_some_and(|gone| gone.contains(&Gone::File(household))))
    }

    fn statuses(&mut self, person: PersonId, after: u64, upto: u64) -> Result<Vec<StatusLine>, Infallible> {
        let own = self.rows.iter().enumerate().filter(|(at, (row, rev))| {
            let is_theirs = row.brought_by == person || self.authors.get(at) == Some(&person);
            let is_told = row.device != OFFICE && row.taint != Some(Reason::IdTaken);
            is_theirs && is_told && (after + 1..=upto).contains(rev)
        });
        let line = |(_, (row, rev)): (usize, &(LogRow, u64))| {
            let refused = row.status == Status::Quarantined(Reason::Refused);
            let why = if refused { self.why(row) } else { String::new() };
            StatusLine { id: row.id, status: row.status, why, rev: *rev }
        };
        Ok(own.map(line).collect())
    }
}

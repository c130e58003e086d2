//! Files that are one household's are folded as one, under the id they share; the others hold nothing meanwhile.
//!
//! Which are one follows from their entries alone, whatever arrived first.

use super::{Books, Count, LogLine, LogRow, People, projecting::project};
use domain::{
    entry::Act,
    file::{File, Logged, Status, merging::groups},
    id::{EntryId, HouseholdId},
};
use protocol::{deposit::Short, record::EntryHash};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

/// The logs of files, with those of all files that they were ever merged with.
#[derive(Default)]
pub(super) struct Logs {
    of: BTreeMap<HouseholdId, Vec<LogLine>>,
    /// Those that were ever merged. Most never meet another, and are not looked through together.
    met: BTreeSet<HouseholdId>,
}

impl Logs {
    pub(super) fn read<B: Books + ?Sized>(
        books: &mut B,
        households: impl IntoIterator<Item = HouseholdId>,
    ) -> Result<Self, B::Error> {
        let mut logs = Self::default();
        let mut left: Vec<HouseholdId> = households.into_iter().collect();
        while let Some(household) = left.pop() {
            if let Entry::Vacant(unread) = logs.of.entry(household) {
                unread.insert(books.log_of(household)?);
                let halves = books.halves(household)?;
                if !halves.is_empty() {
                    logs.met.insert(household);
                }
                left.extend(halves);
            }
        }
        Ok(logs)
    }

    pub(super) fn push(&mut self, household: HouseholdId, line: LogLine) {
        self.of.entry(household).or_default().push(line);
    }

    /// The groups, each with its lines.
    fn into_groups(mut self) -> Vec<(Vec<HouseholdId>, Vec<LogLine>)> {
        let met: Vec<Logged> = self
            .met
            .iter()
            .filter_map(|file| self.of.get(file))
            .flatten()
            .map(|line| line.logged.clone())
            .collect();
        let alone = self.of.keys().filter(|file| !self.met.contains(file)).map(|file| vec![*file]);
        let together: Vec<Vec<HouseholdId>> = alone.chain(groups(&self.met, &met)).collect();
        let mut lines = |files: &[HouseholdId]| -> Vec<LogLine> {
            files.iter().filter_map(|file| self.of.remove(file)).flatten().collect()
        };
        together
            .into_iter()
            .map(|files| (lines(&files), files))
            .map(|(lines, files)| (files, lines))
            .collect()
    }
}

/// Notes the pairs that new rows merge, so that each finds the other from now on.
pub(super) fn note_halves<B: Books + ?Sized>(books: &mut B, rows: &[LogRow]) -> Result<(), B::Error> {
    for row in rows {
        let Some(entry) = &row.entry else { continue };
        if let Ok(Act::Merge(merge)) = &entry.payload {
            books.add_half(entry.household, merge.other)?;
            books.add_half(merge.other, entry.household)?;
        }
    }
    Ok(())
}

/// A rev that no log row carries.
pub(super) fn fresh_rev<B: Books + ?Sized>(
    books: &mut B,
    count: &mut Count,
    household: HouseholdId,
) -> Result<u64, B::Error> {
    let rev = count.next(&EntryHash::of(household.as_bytes()));
    books.put_chain(rev, Short::of(&count.chain))?;
    Ok(rev)
}

/// The statuses that changed, by the rev under which they did.
type Changed = Vec<(u64, Vec<(EntryId, Status)>)>;

/// Folds every group that a rev touches, or that gained or lost a file.
pub(super) fn project_all<B: Books + ?Sized>(
    books: &mut B,
    logs: Logs,
    revs: BTreeMap<HouseholdId, u64>,
    count: &mut Count,
    people: &mut People,
) -> Result<Changed, B::Error> {
    let met = logs.met.clone();
    let groups = logs.into_groups();
    let regrouped = regroup(books, &met, groups.iter().map(|(files, _)| files.as_slice()))?;
    let mut all = Vec::new();
    for (files, lines) in groups {
        let Some(shared) = files.first().copied() else { continue };
        let rev = match files.iter().filter_map(|file| revs.get(file)).max() {
            Some(rev) => *rev,
            None if regrouped.contains(&shared) => fresh_rev(books, count, shared)?,
            None => continue,
        };
        for file in files.iter().filter(|file| **file != shared) {
            books.put_file(*file, rev, &File::default())?;
        }
        all.push((rev, project(books, shared, rev, lines, people)?));
    }
    Ok(all)
}

/// Writes which id each file shares, and gives the ids of groups that gained or lost one.
fn regroup<'a, B: Books + ?Sized>(
    books: &mut B,
    met: &BTreeSet<HouseholdId>,
    groups: impl Iterator<Item = &'a [HouseholdId]>,
) -> Result<BTreeSet<HouseholdId>, B::Error> {
    let mut changed = BTreeSet::new();
    for files in groups {
        for file in files.iter().filter(|file| met.contains(file)) {
            let now = files.first().copied().filter(|_| files.len() > 1);
            let before = books.shared(*file)?;
            if before != now {
                books.set_shared(*file, now)?;
                changed.extend([before.unwrap_or(*file), now.unwrap_or(*file)]);
            }
        }
    }
    Ok(changed)
}

//! Files that are one household's are folded as one, under the id they share; the others hold nothing meanwhile.
//!
//! Which are one follows from their entries alone, whatever arrived first.

use super::{Books, Count, LogLine, LogRow, People, erasing::take_out, projecting::project};
use domain::{
    entry::{Act, OFFICE},
    file::{File, Logged, Status, erasing::Gone, merging::groups},
    id::{EntryId, HouseholdId},
};
use protocol::{deposit::Short, record::EntryHash};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

/// The logs of files, with those of all files that they were ever merged with.
#[derive(Default)]
pub(super) struct Logs {
    of: BTreeMap<HouseholdId, Vec<LogLine>>,
    /// Those that were ever merged, with whom. Most never meet another.
    met: BTreeMap<HouseholdId, Vec<HouseholdId>>,
    /// What is to go, though no entry here says so any more.
    pub(super) ordered: BTreeSet<Gone>,
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
                left.extend(halves.iter().copied());
                if !halves.is_empty() {
                    logs.met.insert(household, halves);
                }
            }
        }
        Ok(logs)
    }

    pub(super) fn push(&mut self, household: HouseholdId, line: LogLine) {
        self.of.entry(household).or_default().push(line);
    }

    pub(super) fn lines(&self, household: HouseholdId) -> &[LogLine] {
        self.of.get(&household).map_or(&[], Vec::as_slice)
    }

    pub(super) fn keep(&mut self, household: HouseholdId, stays: impl Fn(&LogLine) -> bool) {
        if let Some(lines) = self.of.get_mut(&household) {
            lines.retain(stays);
        }
    }

    /// The groups, each with its lines.
    fn into_groups(mut self) -> Vec<(Vec<HouseholdId>, Vec<LogLine>)> {
        let mut together: Vec<Vec<HouseholdId>> = Vec::new();
        for ever in self.ever_together() {
            if ever.len() == 1 {
                together.push(ever.into_iter().collect());
                continue;
            }
            let lines = ever.iter().filter_map(|file| self.of.get(file)).flatten();
            let logged: Vec<Logged> = lines.map(|line| line.logged.clone()).collect();
            together.extend(groups(&ever, &logged));
        }
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

impl Logs {
    /// The files that were ever merged with one another; most alone. What is said in one such set says nothing of
    /// another.
    pub(super) fn ever_together(&self) -> Vec<BTreeSet<HouseholdId>> {
        let alone = self.of.keys().filter(|file| !self.met.contains_key(file));
        let mut sets: Vec<BTreeSet<HouseholdId>> = Vec::new();
        for file in self.met.keys() {
            if sets.iter().any(|set| set.contains(file)) {
                continue;
            }
            let (mut set, mut left) = (BTreeSet::new(), vec![*file]);
            while let Some(next) = left.pop() {
                if set.insert(next) {
                    left.extend(self.met.get(&next).into_iter().flatten());
                }
            }
            sets.push(set);
        }
        sets.extend(alone.map(|file| BTreeSet::from([*file])));
        sets
    }
}

/// Notes the pairs that new rows merge, so that each finds the other from now on.
pub(super) fn note_halves<B: Books + ?Sized>(books: &mut B, rows: &[LogRow]) -> Result<(), B::Error> {
    for row in rows {
        let Some(entry) = &row.entry else { continue };
        if let Ok(Act::Merge(merge)) = &entry.payload
            && merge.other != entry.household
            && row.taint.is_none()
            && entry.device == OFFICE
        {
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
pub(super) type Changed = Vec<(u64, Vec<(EntryId, Status)>)>;

/// Folds every group that a rev touches, or that gained or lost a file; what is erased goes before.
pub(super) fn project_all<B: Books + ?Sized>(
    books: &mut B,
    mut logs: Logs,
    mut revs: BTreeMap<HouseholdId, u64>,
    count: &mut Count,
    people: &mut People,
) -> Result<Changed, B::Error> {
    let mut all = Vec::new();
    for (file, gone) in take_out(books, &mut logs)? {
        let rev = match revs.get(&file) {
            Some(rev) => *rev,
            None => fresh_rev(books, count, file)?,
        };
        revs.insert(file, rev);
        books.erase(file, &gone, rev)?;
        let entry = |gone: &Gone| if let Gone::Entry(id) = gone { Some((*id, Status::Erased)) } else { None };
        all.push((rev, gone.iter().filter_map(entry).collect()));
    }
    let met: BTreeSet<HouseholdId> = logs.met.keys().copied().collect();
    let groups = logs.into_groups();
    let regrouped = regroup(books, &met, groups.iter().map(|(files, _)| files.as_slice()))?;
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

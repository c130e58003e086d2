//! What must hold of the office's books, looked at after every step of the office: each id appended once, nothing of what
//! was erased, every file the fold over its rows, no more epochs than there were reasons for.
//!
//! Of rows and files only those are looked at that came since the last time; after a step back all of them.

use crate::{chance::Chance, office::Office};
use domain::{
    entry::Act,
    file::{Directory, File, Logged, Reason, Status, fold, merging::groups},
    id::{HouseholdId, PersonId},
};
use std::collections::BTreeSet;
use sync::memory::books::MemoryBooks;

/// Up to where the books were looked at.
#[derive(Clone, Copy, Default, Debug)]
pub struct Audited {
    rows: usize,
    rev: u64,
}

impl Office {
    /// Looks at what is new.
    pub fn check(&mut self, chance: &mut Chance) {
        let Audited { rows, rev } = self.audited;
        let now = Audited { rows: self.books.rows().len(), rev: self.head().rev };
        self.note_erased();
        self.check_erased();
        self.check_ids(rows);
        if now.rev > rev {
            self.check_files(rev, chance);
        }
        let counts = self.counts;
        assert!(counts.begun <= counts.set_back + counts.heard, "epochs without end: {counts:?}");
        self.audited = now;
    }

    /// Whether everything that was erased is gone: its body, and whatever was in it. What nobody
    /// can read, sealed to a key that is lost or damaged, lies in no file: it goes by its id alone.
    fn check_erased(&self) {
        for (row, _) in self.books.rows() {
            let is_nobodys = row.entry.is_none();
            let is_erased = self.erased_ids.contains(&row.id)
                && row.taint != Some(Reason::IdTaken)
                && (!is_nobodys || self.lists(row.id));
            assert!(!is_erased || row.status == Status::Erased, "{} is back", row.id);
            let empty = row.body.is_empty() && row.entry.is_none() && row.sealed_to.is_none();
            assert!(row.status != Status::Erased || empty, "{} was erased, and is there", row.id);
        }
    }

    /// Whether what is projected of the files that changed since `rev` is the fold over their rows, in an order
    /// of chance: of all files together that are one household's.
    fn check_files(&self, since: u64, chance: &mut Chance) {
        for files in self.groups(since) {
            let (Some(shared), Some(rest)) = (files.first(), files.get(1..)) else { continue };
            let rows = self.books.rows().iter().map(|(row, _)| row).filter(|row| {
                row.taint != Some(Reason::IdTaken)
                    && row.entry.as_ref().is_some_and(|entry| files.contains(&entry.household))
            });
            let rows: Vec<_> = rows.collect();
            let mut shuffled: Vec<Logged> = Vec::new();
            for row in &rows {
                let Some(entry) = row.entry.clone() else { continue };
                shuffled.insert(chance.below(shuffled.len() + 1), Logged { entry, taint: row.taint });
            }
            let folded = fold(&shuffled, &Known(&self.books));
            let file = self.books.files().get(shared).map(|(_, file)| file);
            assert!(file == Some(&folded.file), "the file of {shared} is not the fold over its rows");
            for absorbed in rest.iter().filter_map(|file| self.books.files().get(file)) {
                assert!(absorbed.1 == File::default(), "a file that was merged still says something");
            }
            for row in rows {
                assert_eq!(folded.statuses.get(&row.id), Some(&row.status), "status of {}", row.id);
            }
        }
    }

    /// The files that changed since `rev`, each with those that are the same household's.
    fn groups(&self, since: u64) -> Vec<Vec<HouseholdId>> {
        let entries = self.books.rows().iter().filter_map(|(row, _)| Some((row, row.entry.clone()?)));
        let logged = entries
            .filter(|(row, _)| row.taint != Some(Reason::IdTaken))
            .map(|(row, entry)| Logged { entry, taint: row.taint });
        let merging = |act: &Act| matches!(act, Act::Merge(_) | Act::Unmerge(_) | Act::Judge(_));
        let merging: Vec<Logged> =
            logged.filter(|one| one.entry.payload.as_ref().is_ok_and(merging)).collect();
        let mut all: BTreeSet<HouseholdId> = self.books.files().keys().copied().collect();
        all.extend(merging.iter().filter_map(|one| match &one.entry.payload {
            Ok(Act::Merge(merge)) => Some(merge.other),
            _ => None,
        }));
        let changed = |file: &HouseholdId| self.books.files().get(file).is_some_and(|(rev, _)| *rev > since);
        groups(&all, &merging).into_iter().filter(|files| files.iter().any(changed)).collect()
    }

    /// Whether every id was appended once, of the rows from `from` on.
    fn check_ids(&self, from: usize) {
        for (row, _) in self.books.rows().iter().skip(from) {
            let standing = self.books.under(row.id).filter(|(row, _)| row.taint != Some(Reason::IdTaken));
            assert_eq!(standing.count(), 1, "{} was appended more than once", row.id);
            let same = self.books.under(row.id).filter(|(other, _)| other.hash == row.hash);
            assert_eq!(same.count(), 1, "{} was appended twice with one hash", row.id);
        }
    }
}

struct Known<'a>(&'a MemoryBooks);

impl Directory for Known<'_> {
    fn knows(&self, person: PersonId) -> bool {
        self.0.persons.contains(&person)
    }
}

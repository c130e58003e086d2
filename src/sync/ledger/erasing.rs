//! What is erased leaves the log: its body goes, its head stays. What comes of it later goes when it arrives.

use super::{
    Books, Offered,
    merging::{Logs, fresh_rev, project_all},
    projecting::People,
};
use domain::{
    file::{
        Logged,
        erasing::{Gone, gone},
    },
    id::HouseholdId,
};
use std::collections::{BTreeMap, BTreeSet};

/// What goes of a household now.
pub(super) type Going = BTreeMap<HouseholdId, Vec<Gone>>;

/// Takes out of the logs what is erased, and tells what of it was there or was not remembered yet.
pub(super) fn take_out<B: Books + ?Sized>(books: &mut B, logs: &mut Logs) -> Result<Going, B::Error> {
    let mut going = Going::new();
    for files in logs.ever_together() {
        let mut remembered = BTreeSet::new();
        for file in &files {
            remembered.extend(books.gone(*file)?);
        }
        let known = remembered.union(&logs.ordered).copied().collect();
        let found = gone(logged(logs, &files), &known);
        if found.is_empty() {
            continue;
        }
        let homes: BTreeMap<_, _> =
            logged(logs, &files).map(|one| (one.entry.id, one.entry.household)).collect();
        let home = |gone: &Gone| match gone {
            Gone::File(file) => Some(*file),
            Gone::Entry(id) => homes.get(id).copied(),
            Gone::Need(_) => None,
        };
        let is_there = |gone: &Gone| matches!(gone, Gone::Entry(id) if homes.contains_key(id));
        for gone in found.iter().filter(|gone| is_there(gone) || !remembered.contains(gone)) {
            if let Some(file) = home(gone).or_else(|| files.first().copied()) {
                going.entry(file).or_default().push(*gone);
            }
        }
        files
            .iter()
            .for_each(|file| logs.keep(*file, |line| !found.contains(&Gone::Entry(line.logged.entry.id))));
    }
    Ok(going)
}

/// Erases again what a list beside the books says was erased: an office that was set back no longer knows it.
///
/// # Errors
/// The store's own; nothing is written then.
pub fn erase_again<B: Books + ?Sized>(
    books: &mut B,
    erased: &BTreeMap<HouseholdId, Vec<Gone>>,
) -> Result<(), B::Error> {
    let mut count = books.count()?;
    for (household, listed) in erased {
        let known = books.gone(*household)?;
        let unknown: BTreeSet<Gone> = listed.iter().filter(|gone| !known.contains(gone)).copied().collect();
        if unknown.is_empty() {
            continue;
        }
        let mut logs = Logs::read(books, [*household])?;
        logs.ordered = unknown;
        let revs = BTreeMap::from([(*household, fresh_rev(books, &mut count, *household)?)]);
        project_all(books, logs, revs, &mut count, &mut People::default())?;
    }
    books.set_count(&count)
}

/// Whether it came under a taken id into a file that is erased: no log of it would say so.
pub(super) fn lies_in_erased<B: Books + ?Sized>(books: &mut B, one: &Offered) -> Result<bool, B::Error> {
    let Some(household) = one.entry.as_ref().map(|entry| entry.household) else { return Ok(false) };
    Ok(books.gone(household)?.contains(&Gone::File(household)))
}

fn logged<'a>(logs: &'a Logs, files: &'a BTreeSet<HouseholdId>) -> impl Iterator<Item = &'a Logged> {
    files.iter().flat_map(|file| logs.lines(*file)).map(|line| &line.logged)
}

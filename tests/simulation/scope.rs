//! Who carries which household on a day, found anew from the entries that count, by loops of its own: an oracle that
//! knows neither a file's seats nor the office's pages.

use domain::{
    day::Day,
    entry::{Act, Entry, OFFICE, Propose, Reading},
    file::{Reason, Status},
    id::{DeviceId, EntryId, HouseholdId, PersonId},
    seat::{Assign, Seat},
};
use std::collections::{BTreeMap, BTreeSet};
use sync::{ledger::LogRow, memory::books::MemoryBooks};

/// What the office's entries say of who carries what.
pub struct Scope<'b> {
    today: Day,
    /// Each file that was ever merged, with the one whose id it shares.
    shared: BTreeMap<HouseholdId, HouseholdId>,
    /// What is said of each household, of all its files together.
    said: BTreeMap<HouseholdId, Vec<(&'b LogRow, &'b Entry<Reading>)>>,
}

impl<'b> Scope<'b> {
    pub fn of(books: &'b MemoryBooks, today: Day) -> Self {
        let rows = books.rows().iter().map(|(row, _)| row).filter(|row| row.taint != Some(Reason::IdTaken));
        let read: Vec<_> = rows.filter_map(|row| Some((row, row.entry.as_deref()?))).collect();
        let shared = merged(&read);
        let mut said: BTreeMap<HouseholdId, Vec<_>> = BTreeMap::new();
        for (row, entry) in read {
            let household = shared.get(&entry.household).copied().unwrap_or(entry.household);
            said.entry(household).or_default().push((row, entry));
        }
        Self { today, shared, said }
    }

    /// All that somebody carries.
    pub fn whole(&self, person: PersonId) -> BTreeSet<HouseholdId> {
        self.said.keys().copied().filter(|household| self.has(person, *household)).collect()
    }

    /// Whether somebody carries a household: who holds one of its seats; who found it, until somebody does.
    pub fn has(&self, person: PersonId, household: HouseholdId) -> bool {
        let is_another = self.shared.get(&household).is_some_and(|shared| *shared != household);
        let Some(said) = self.said.get(&household).filter(|_| !is_another) else { return false };
        let is_open = acts(said).any(|(.., act)| act.register().is_some());
        let holders = holders(said, self.today);
        let sits = is_open && holders.contains(&person);
        sits || ((!is_open || holders.is_empty()) && found_by(said) == Some(person))
    }
}

/// Which id the files share that merges made one; least first.
fn merged(read: &[(&LogRow, &Entry<Reading>)]) -> BTreeMap<HouseholdId, HouseholdId> {
    let holds = |(row, entry): &&(&LogRow, &Entry<Reading>)| {
        entry.device == OFFICE && row.taint.is_none() && row.status != Status::Quarantined(Reason::Refused)
    };
    let mut pairs: BTreeMap<EntryId, (HouseholdId, HouseholdId)> = BTreeMap::new();
    let mut undone: Vec<EntryId> = Vec::new();
    for (_, entry) in read.iter().filter(holds) {
        match &entry.payload {
            Ok(Act::Merge(merge)) => pairs.extend([(entry.id, (entry.household, merge.other))]),
            Ok(Act::Unmerge(unmerge)) => undone.push(unmerge.merge),
            _ => {}
        }
    }
    pairs.retain(|merge, _| !undone.contains(merge));
    let mut shared: BTreeMap<HouseholdId, HouseholdId> =
        pairs.values().flat_map(|(one, other)| [(*one, *one), (*other, *other)]).collect();
    let mut is_moving = true;
    while is_moving {
        is_moving = false;
        for (one, other) in pairs.values() {
            let least = shared.get(one).min(shared.get(other)).copied();
            for file in [one, other] {
                if let Some(least) = least
                    && shared.get(file) != Some(&least)
                {
                    shared.insert(*file, least);
                    is_moving = true;
                }
            }
        }
    }
    shared
}

/// What counts.
fn acts<'b>(
    said: &[(&'b LogRow, &'b Entry<Reading>)],
) -> impl Iterator<Item = (&'b LogRow, &'b Entry<Reading>, &'b Act)> {
    let counting = said.iter().filter(|(row, _)| row.status == Status::Projected);
    counting.filter_map(|(row, entry)| Some((*row, *entry, entry.payload.as_ref().ok()?)))
}

/// Who sits in the seats on a day: of each seat whoever was put there last, of those whose time it is.
fn holders(said: &[(&LogRow, &Entry<Reading>)], today: Day) -> BTreeSet<PersonId> {
    let mut last: BTreeMap<Seat, ((Day, EntryId), Option<PersonId>)> = BTreeMap::new();
    for (_, entry, act) in acts(said) {
        let assigns: &[Assign] = match act {
            Act::Assign(assign) => std::slice::from_ref(assign),
            Act::Import(import) => &import.seats,
            _ => &[],
        };
        for assign in
            assigns.iter().filter(|one| one.from <= today && one.until.is_none_or(|end| today <= end))
        {
            let when = (assign.from, entry.id);
            if last.get(&assign.seat).is_none_or(|(before, _)| *before < when) {
                last.insert(assign.seat, (when, assign.person));
            }
        }
    }
    last.into_values().filter_map(|(_, person)| person).collect()
}

/// Who proposed the household first, of those who stand by it: nobody took theirs back, nor was their last word refused.
fn found_by(said: &[(&LogRow, &Entry<Reading>)]) -> Option<PersonId> {
    let is_proposal = |entry: &&Entry<Reading>| matches!(entry.payload, Ok(Act::Propose(Propose { .. })));
    let author_of = |id: EntryId| {
        let one = said.iter().map(|(_, entry)| *entry).filter(is_proposal).find(|entry| entry.id == id);
        one.map(|entry| entry.author)
    };
    let taken_back: BTreeSet<PersonId> = acts(said)
        .filter_map(|(.., act)| if let Act::Withdraw(act) = act { author_of(act.visit) } else { None })
        .collect();
    let mut heard: Vec<(&LogRow, &Entry<Reading>)> = said
        .iter()
        .filter(|(row, entry)| {
            let is_refused = row.status == Status::Quarantined(Reason::Refused) && row.taint.is_none();
            is_proposal(entry) && (row.status == Status::Projected || is_refused)
        })
        .filter(|(_, entry)| !taken_back.contains(&entry.author))
        .copied()
        .collect();
    heard.sort_unstable_by_key(|(_, entry)| entry.id);
    let stands_by_it = |author: PersonId| {
        let mut last: BTreeMap<DeviceId, (u64, EntryId, Status)> = BTreeMap::new();
        for (row, entry) in heard.iter().filter(|(_, entry)| entry.author == author) {
            let one = (entry.seq, entry.id, row.status);
            let kept = last.entry(entry.device).or_insert(one);
            if (kept.0, kept.1) < (one.0, one.1) {
                *kept = one;
            }
        }
        let last = last.into_values().max_by_key(|(_, id, _)| *id);
        last.is_some_and(|(.., status)| status == Status::Projected)
    };
    heard.iter().map(|(_, entry)| entry.author).find(|author| stands_by_it(*author))
}

//! What of a household is erased: what an [`Erase`](crate::entry::Erase) names, and what hangs on that. By the set of
//! its entries, in whatever order they arrived; for good, so that no verdict brings anything back.

use super::Logged;
use crate::{
    entry::{Act, Erase, Erased, OFFICE},
    id::{EntryId, HouseholdId, NeedId},
};
use std::collections::BTreeSet;

/// Something that is erased, and stays so: what is remembered of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Gone {
    /// All of a household.
    File(HouseholdId),
    /// An entry.
    Entry(EntryId),
    /// A need that an erased visit brought: replies to it go too.
    Need(NeedId),
}

/// All that is gone of a household, given its entries and what was remembered as gone before: those of its entries
/// too which this takes along. `logged` without what went before gives the same.
#[must_use]
pub fn gone<'a>(logged: impl IntoIterator<Item = &'a Logged>, remembered: &BTreeSet<Gone>) -> BTreeSet<Gone> {
    let (orders, mut left): (Vec<&Logged>, Vec<&Logged>) =
        logged.into_iter().partition(|one| order(one).is_some());
    let mut gone = remembered.clone();
    for one in orders {
        match order(one).map(|erase| &erase.what) {
            Some(Erased::File) => drop(gone.insert(Gone::File(one.entry.household))),
            Some(Erased::Entries(ids)) => gone.extend(ids.iter().copied().map(Gone::Entry)),
            None => {}
        }
    }
    // What hangs on a thing that hangs on an erased one goes as well.
    loop {
        let (falling, standing): (Vec<_>, Vec<_>) = left.into_iter().partition(|one| falls(one, &gone));
        if falling.is_empty() {
            return gone;
        }
        falling.into_iter().for_each(|one| gone.extend(left_by(one)));
        left = standing;
    }
}

/// The erasure that an entry orders, if it is one that holds: the desk's own, whoever says no to it later.
fn order(one: &Logged) -> Option<&Erase> {
    match &one.entry.payload {
        Ok(Act::Erase(erase)) if one.entry.device == OFFICE && one.taint.is_none() => Some(erase),
        _ => None,
    }
}

fn falls(one: &Logged, gone: &BTreeSet<Gone>) -> bool {
    let is_gone = |id: &EntryId| gone.contains(&Gone::Entry(*id));
    let hangs = match &one.entry.payload {
        Ok(Act::Amend(amend)) => is_gone(&amend.visit),
        Ok(Act::Withdraw(withdraw)) => is_gone(&withdraw.visit),
        Ok(Act::Confirm(confirm)) => is_gone(&confirm.visit),
        Ok(Act::Pair(pair)) => is_gone(&pair.visit) || is_gone(&pair.other),
        Ok(Act::Judge(judge)) => is_gone(&judge.entry),
        Ok(Act::TakeUp(act)) => is_gone(&act.alert),
        Ok(Act::Reply(reply)) => gone.contains(&Gone::Need(reply.need)),
        Ok(Act::Tell(tell)) => gone.contains(&Gone::Need(tell.need)),
        _ => false,
    };
    hangs || is_gone(&one.entry.id) || gone.contains(&Gone::File(one.entry.household))
}

/// What is to be remembered of an entry that goes.
fn left_by(one: &Logged) -> Vec<Gone> {
    let visit = match &one.entry.payload {
        Ok(Act::Visit(visit)) => Some(visit),
        Ok(Act::Amend(amend)) => Some(&amend.version),
        _ => None,
    };
    let needs = visit.into_iter().flat_map(|visit| visit.needs.iter().map(|need| Gone::Need(need.id)));
    needs.chain([Gone::Entry(one.entry.id)]).collect()
}

#[cfg(test)]
mod tests;

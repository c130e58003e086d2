//! Which proposals of a household stand: of each author the latest word, unless they took it back.
//!
//! It judges nothing: what may be said is in [`super::judging`].

use super::{Set, judging::Court};
use crate::{
    entry::{Act, Propose},
    id::{DeviceId, EntryId, PersonId},
};
use std::collections::{BTreeMap, BTreeSet};

/// A proposal with its entry and author.
pub(super) type Proposal<'r> = (EntryId, PersonId, &'r Propose);

/// The latest of an author's versions of one proposal: of one phone its later count, of several phones the
/// greater id. Phone and office say the same.
pub fn latest_version<T>(versions: impl IntoIterator<Item = (DeviceId, u64, EntryId, T)>) -> Option<T> {
    let mut of_device: BTreeMap<DeviceId, (u64, EntryId, T)> = BTreeMap::new();
    for (device, seq, id, version) in versions {
        let later = of_device.get(&device).is_none_or(|kept| (kept.0, kept.1) <= (seq, id));
        if later {
            of_device.insert(device, (seq, id, version));
        }
    }
    of_device.into_values().max_by_key(|(_, id, _)| *id).map(|(.., version)| version)
}

/// The proposals that stand, at most one of each author; who proposed first comes first.
///
/// A correction is simply a later proposal. One that a person refused takes the older ones with it:
/// what was refused does not come back in the words it had before.
pub(super) fn standing<'r>(set: &Set<'r>, court: &Court<'_, 'r>) -> Vec<Proposal<'r>> {
    let withdrawn = withdrawn(set, court);
    let heard: Vec<_> = set
        .acts()
        .filter_map(|(read, act)| if let Act::Propose(propose) = act { Some((read, propose)) } else { None })
        .filter(|(read, _)| court.is_heard(read) && !withdrawn.contains(&read.entry.author))
        .collect();
    let mut authors: Vec<PersonId> = Vec::new();
    for (read, _) in &heard {
        if !authors.contains(&read.entry.author) {
            authors.push(read.entry.author);
        }
    }
    let latest = |author: &PersonId| {
        let theirs = heard.iter().filter(|(read, _)| read.entry.author == *author);
        latest_version(theirs.map(|(read, propose)| {
            let entry = &read.entry;
            (entry.device, entry.seq, entry.id, (entry.id, entry.author, *propose))
        }))
    };
    authors.iter().filter_map(latest).filter(|(id, ..)| court.counts(*id)).collect()
}

/// Who took back what they proposed: in each version.
fn withdrawn(set: &Set<'_>, court: &Court<'_, '_>) -> BTreeSet<PersonId> {
    let taken_back = set.acts().filter(|(read, _)| court.counts(read.entry.id)).filter_map(|(_, act)| {
        let Act::Withdraw(withdraw) = act else { return None };
        match set.act(withdraw.visit) {
            Some((read, Act::Propose(_))) => Some(read.entry.author),
            _ => None,
        }
    });
    taken_back.collect()
}

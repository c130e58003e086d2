//! What one proposed oneself, in the version that stands on this phone.
//!
//! Pure. Which version that is says the same rule as at the office.

use crate::{
    engine::{LineState, Own},
    gather,
};
use domain::{
    entry::{Act, Entry, Propose, Reading, Withdraw},
    file::latest_version,
    id::{EntryId, HouseholdId},
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A household one proposed oneself.
#[derive(Clone, PartialEq, Debug)]
pub struct OwnProposal {
    /// The entry whose version this is.
    pub entry: Arc<Entry<Reading>>,
    /// What it says.
    pub propose: Propose,
    /// Where that entry is.
    pub state: LineState,
    /// It is not the first version.
    pub corrected: bool,
    /// Taken back again.
    pub withdrawn: bool,
    /// The cards do not show this yet.
    pub ahead: bool,
}

impl OwnProposal {
    /// Whether its record counts at the union, and somebody wrote it at a door.
    pub fn is_accepted(&self) -> bool {
        !self.withdrawn && !self.propose.why.is_empty() && matches!(self.state, LineState::Received { .. })
    }
}

/// One's own proposals, each in its latest version.
pub fn proposals(own: &[Own]) -> BTreeMap<HouseholdId, OwnProposal> {
    let mut versions: BTreeMap<HouseholdId, Vec<(&Own, Propose)>> = BTreeMap::new();
    for one in own {
        if let Some(Act::Propose(propose)) = one.act() {
            versions.entry(one.entry.household).or_default().push((one, propose.clone()));
        }
    }
    let withdrawals = withdrawals(own);
    let latest = |(household, versions): (HouseholdId, Vec<(&Own, Propose)>)| {
        let corrected = versions.len() > 1;
        let ids: BTreeSet<EntryId> = gather::set(versions.iter().map(|(own, _)| own.entry.id));
        let withdrawal = withdrawals.iter().find(|(of, _)| ids.contains(of));
        let keyed = versions.into_iter().map(|version| {
            let Entry { device, seq, id, .. } = *version.0.entry;
            (device, seq, id, version)
        });
        let (latest, propose) = latest_version(keyed)?;
        let ahead = latest.ahead_of_cards || withdrawal.is_some_and(|(_, ahead)| *ahead);
        let (entry, state) = (Arc::clone(&latest.entry), latest.state.clone());
        let withdrawn = withdrawal.is_some();
        Some((household, OwnProposal { entry, propose, state, corrected, withdrawn, ahead }))
    };
    gather::map(versions.into_iter().filter_map(latest))
}

/// The households one proposed that the union has accepted, as far as their records say. One that gives no reason was
/// not written at a door: the phone offered a lost file again.
pub fn approved(own: &[Own]) -> BTreeSet<HouseholdId> {
    let all = proposals(own).into_iter();
    gather::set(all.filter(|(_, own)| own.is_accepted()).map(|(household, _)| household))
}

/// What was taken back, and whether the cards do not show that yet. A withdrawal that the office does not count is none.
fn withdrawals(own: &[Own]) -> Vec<(EntryId, bool)> {
    let counts = |own: &&Own| !matches!(own.state, LineState::NeedsLook { .. });
    let named = own.iter().filter(counts).filter_map(|one| match one.act() {
        Some(Act::Withdraw(Withdraw { visit, .. })) => Some((*visit, one.ahead_of_cards)),
        _ => None,
    });
    named.collect()
}

//! A household that the office lost when it was set back: the phone offers it again as a proposal.

use domain::{
    day::Day,
    entry::{Act, Propose},
    file::{Reason, Status},
    id::{DeviceId, EntryId, HouseholdId},
    observation::Stands,
    slot::{Slot, Values},
    value::Rest,
};
use protocol::{changes::Card, deposit::Short};
use sha2::{Digest, Sha256};

/// A household to be offered again, under its own id.
#[derive(Clone, PartialEq, Debug)]
pub struct Lost {
    /// The entry's id: the same however often this is planned in one epoch, so that the save finds
    /// it where it was made before.
    pub id: EntryId,
    /// Which household.
    pub household: HouseholdId,
    /// The proposal.
    pub act: Act,
}

/// Offers a card that the office says is `unknown` (`protocol::changes::CardList`).
///
/// The day is the oldest of the days on which its values were observed, so that nothing looks fresher
/// than it is; what visits learnt since comes back with those visits. The caller keeps the card, and
/// drops it only where a person decided of an earlier such proposal ([`is_decided`]).
#[must_use]
pub fn propose_again(card: &Card, epoch: Short, device: DeviceId) -> Lost {
    let latest = card.standings.iter().filter_map(|(slot, standing)| {
        let stands = standing.values.iter().max_by_key(|stands| (stands.day, stands.entry));
        stands.map(|stands| (*slot, stands))
    });
    let latest: Vec<(Slot, &Stands)> = latest.collect();
    let oldest = latest.iter().map(|(_, stands)| stands.day).min();
    let day = oldest.unwrap_or(card.since);
    let stated: Values = latest.into_iter().map(|(slot, stands)| (slot, stands.value.clone())).collect();
    let (unit, why, rest) = (card.unit, String::new(), Rest::new());
    let act = Act::Propose(Propose { day, unit, stated, why, rest });
    Lost { id: id_of(card.household, epoch, device, day), household: card.household, act }
}

/// Whether a person decided of an earlier such proposal, by what the office said of it: it is not made again, and the card
/// goes. What was erased would be erased again, for ever (seed 1,257,732).
#[must_use]
pub const fn is_decided(told: Option<Status>) -> bool {
    matches!(told, Some(Status::Erased | Status::Quarantined(Reason::Refused)))
}

fn id_of(household: HouseholdId, epoch: Short, device: DeviceId, day: Day) -> EntryId {
    let hash: [u8; 32] = Sha256::new()
        .chain_update(household.as_bytes())
        .chain_update(epoch.as_bytes())
        .chain_update(device.as_bytes())
        .finalize()
        .into();
    let [a, b, c, d, e, f, g, h, i, j, ..] = hash;
    EntryId::new(i64::from(day.number()) * 86_400_000, [a, b, c, d, e, f, g, h, i, j])
}

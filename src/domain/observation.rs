//! What stands in a slot, given everything that was ever observed of it (DESIGN §4).
//!
//! [`standing`] is a pure function of the *set* of observations: no order of arrival and no clock
//! decides. [`Standing::with`] lays one's own unsent visit over what the office sent.

use crate::{
    day::Day,
    id::{DeviceId, EntryId, PersonId},
    item::{Item, ItemState},
    rules::Rule,
    slot::{Slot, Value},
    value::Marital,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How something was observed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// Said anew: 有变化, a registration, a proposal.
    Stated,
    /// 无变化: what was known was shown and confirmed.
    Confirmed,
    /// 不愿说.
    Declined,
    /// Decided at the desk between rivals.
    Settled,
}

/// One observation of one slot.
#[derive(Clone, PartialEq, Debug)]
pub struct Observation {
    /// The entry that carries it.
    pub entry: EntryId,
    /// The database it was made in.
    pub device: DeviceId,
    /// Its place in that database.
    pub seq: u64,
    /// Who observed.
    pub by: PersonId,
    /// The day observed.
    pub day: Day,
    /// How.
    pub manner: Manner,
    /// What; `None` exactly when declined.
    pub value: Option<Value>,
}

/// One value that stands.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Stands {
    /// The value.
    pub value: Value,
    /// The last day on which it was observed.
    pub day: Day,
    /// Who observed it then.
    pub by: PersonId,
    /// The entry that observed it then.
    pub entry: EntryId,
}

/// What stands in a slot: nothing, one value, or rivals.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Standing {
    /// One value, or rivals in an order that does not depend on arrival.
    #[serde(default)]
    pub values: Vec<Stands>,
    /// The last day on which the family did not want to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declined: Option<Day>,
}

/// What stands, slot by slot.
pub type Standings = BTreeMap<Slot, Standing>;

/// What stands in one slot.
#[must_use]
pub fn standing(observations: &[Observation]) -> Standing {
    let mut sorted: Vec<&Observation> = observations.iter().collect();
    sorted.sort_by_key(|o| (o.day, o.entry));
    sorted.dedup_by_key(|o| (o.day, o.entry, o.manner));
    let declined = sorted.iter().filter(|o| o.manner == Manner::Declined).map(|o| o.day).max();
    let latest = sorted.iter().filter(|o| is_base(o)).map(|o| o.day).max();
    let mut values = Rivals::default();
    for observation in base_of(&sorted, latest) {
        values.join(observation);
    }
    let settled = sorted.iter().any(|o| o.manner == Manner::Settled && Some(o.day) == latest);
    for observation in sorted.iter().filter(|o| o.manner == Manner::Confirmed) {
        let fresh = latest.is_none_or(|day| observation.day > day || (observation.day == day && !settled));
        if fresh && !overtaken(&sorted, observation) {
            values.join(observation);
        }
    }
    Standing { values: values.0, declined }
}

/// Whether an observation can make something stand by itself.
const fn is_base(observation: &Observation) -> bool {
    matches!(observation.manner, Manner::Stated | Manner::Settled)
}

/// What the latest day says: a settle first (the greater id), else each device's last word.
fn base_of<'a>(sorted: &[&'a Observation], latest: Option<Day>) -> Vec<&'a Observation> {
    let of_day = || sorted.iter().copied().filter(|o| is_base(o) && Some(o.day) == latest);
    if let Some(settle) = of_day().filter(|o| o.manner == Manner::Settled).max_by_key(|o| o.entry) {
        return vec![settle];
    }
    of_day().filter(|o| !overtaken(sorted, o)).collect()
}

/// Whether the same device said something later on the same day.
fn overtaken(sorted: &[&Observation], one: &Observation) -> bool {
    let later = |o: &&Observation| {
        is_base(o) && o.day == one.day && o.device == one.device && (o.seq, o.entry) > (one.seq, one.entry)
    };
    sorted.iter().any(|o| later(o))
}

/// Values that differ, each with its latest observation.
#[derive(Default)]
struct Rivals(Vec<Stands>);

impl Rivals {
    fn join(&mut self, observation: &Observation) {
        let Some(value) = &observation.value else { return };
        let one = Stands {
            value: value.clone(),
            day: observation.day,
            by: observation.by,
            entry: observation.entry,
        };
        let normal = one.value.normalised();
        match self.0.iter_mut().find(|stands| stands.value.normalised() == normal) {
            Some(equal) if (equal.day, equal.entry) < (one.day, one.entry) => {
                // The date is renewed; how it is written stays with the first that wrote it so.
                equal.day = one.day;
                equal.by = one.by;
                equal.entry = one.entry;
            }
            Some(_) => {}
            None => self.0.push(one),
        }
    }
}

impl Standing {
    /// The one value that stands, or none where nothing or rivals stand.
    #[must_use]
    pub fn one(&self) -> Option<&Stands> {
        match self.values.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// This standing with one's own, not yet received observation laid over it.
    ///
    /// What stands here is taken as stated by others on its day, so a confirmation renews and a
    /// newer statement replaces. The office's answer later replaces this view.
    #[must_use]
    pub fn with(&self, own: &Observation) -> Self {
        let mut result = self.clone();
        match (own.manner, &own.value) {
            (Manner::Declined, _) | (_, None) => result.declined = result.declined.max(Some(own.day)),
            (manner, Some(_)) if self.values.iter().all(|stands| stands.day <= own.day) => {
                let mut rivals = Rivals(std::mem::take(&mut result.values));
                if manner != Manner::Confirmed {
                    rivals.0.clear();
                }
                rivals.join(own);
                result.values = rivals.0;
            }
            (_, Some(_)) => {}
        }
        result
    }
}

/// How an item stands, before one asks on which day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ItemStanding {
    /// Nothing stands.
    Unknown,
    /// Several values stand.
    Rivals,
    /// Nothing stands, and the family did not want to say.
    Declined,
    /// One value stands, valid through `until`.
    Known {
        /// Last day on which it counts as known.
        until: Day,
        /// After it: was it declined since?
        declined_since: bool,
    },
    /// There is nothing to know, through `until`.
    NotApplicable {
        /// Last day on which that holds.
        until: Day,
    },
}

impl ItemStanding {
    /// The state on a day.
    #[must_use]
    pub fn on(self, today: Day) -> ItemState {
        match self {
            Self::Unknown => ItemState::Unknown,
            Self::Rivals => ItemState::Rivals,
            Self::Declined => ItemState::Declined,
            Self::Known { until, .. } if today <= until => ItemState::Known,
            Self::NotApplicable { until } if today <= until => ItemState::NotApplicable,
            Self::Known { declined_since: true, .. } => ItemState::Declined,
            Self::Known { .. } | Self::NotApplicable { .. } => ItemState::Stale,
        }
    }
}

/// How an item of a household stands under a rule.
///
/// Schooling and events stand when their list stands and each child or event on it does; an empty
/// list is known. The oldest observation counts.
#[must_use]
pub fn item_standing(standings: &Standings, item: Item, rule: &Rule) -> ItemStanding {
    let empty = Standing::default();
    let whole = standings.get(&Slot::of_item(item)).unwrap_or(&empty);
    let Some(one) = whole.one() else {
        return match (whole.values.is_empty(), whole.declined) {
            (false, _) => ItemStanding::Rivals,
            (true, Some(_)) => ItemStanding::Declined,
            (true, None) => ItemStanding::Unknown,
        };
    };
    let mut oldest = one.day;
    for slot in members(&one.value) {
        let Some(member) = standings.get(&slot) else { return ItemStanding::Unknown };
        match member.values.as_slice() {
            [] => return ItemStanding::Unknown,
            [stands] => oldest = oldest.min(stands.day),
            _ => return ItemStanding::Rivals,
        }
    }
    let until = oldest.plus(i32::from(*rule.valid_days.get(item)));
    if matches!(&one.value, Value::Spouse(spouse) if spouse.marital != Marital::Married) {
        return ItemStanding::NotApplicable { until };
    }
    ItemStanding::Known { until, declined_since: whole.declined.is_some_and(|day| day > oldest) }
}

/// The slots a list names.
#[must_use]
pub fn members(value: &Value) -> Vec<Slot> {
    match value {
        Value::Children(ids) => ids.iter().copied().map(Slot::Child).collect(),
        Value::EventList(ids) => ids.iter().copied().map(Slot::Event).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;

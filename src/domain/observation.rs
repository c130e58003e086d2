//! What stands in a slot, given everything that was ever observed of it (DESIGN §4).
//!
//! [`standing`] is a pure function of the *set* of observations: no order of arrival and no clock
//! decides. [`Standing::with`] lays one's own unsent visit over what the office sent.

use crate::{
    day::Day,
    entry::OFFICE,
    id::{DeviceId, EntryId, PersonId},
    import::ROSTER,
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
    standing_in(observations, |_, _| true)
}

/// What stands in one slot of files that are one: `sees` tells whether a word was said in sight of the file in which
/// another was. What is said of one file takes back nothing that was said of another.
pub(crate) fn standing_in(
    observations: &[Observation],
    sees: impl Fn(&Observation, &Observation) -> bool,
) -> Standing {
    let mut sorted: Vec<&Observation> = observations.iter().collect();
    sorted.sort_by_key(|o| (o.day, o.entry, o.manner));
    sorted.dedup_by_key(|o| (o.day, o.entry, o.manner));
    let declined = sorted.iter().filter(|o| o.manner == Manner::Declined).map(|o| o.day).max();
    let latest = sorted.iter().filter(|o| is_base(o)).map(|o| o.day).max();
    let since = sorted.partition_point(|o| latest.is_some_and(|latest| o.day < latest));
    let (_, fresh) = sorted.split_at(since);
    let last_words = LastWords::of(fresh, &sees);
    let mut values = Rivals::default();
    let settle = fresh.iter().filter(|o| o.manner == Manner::Settled).max_by_key(|o| o.entry);
    match settle {
        Some(settle) => values.join(settle),
        None => fresh.iter().filter(|o| is_base(o) && last_words.hold(o)).for_each(|o| values.join(o)),
    }
    for observation in fresh.iter().filter(|o| o.manner == Manner::Confirmed && last_words.hold(o)) {
        let settled_that_day = settle.is_some_and(|settle| settle.day == observation.day);
        if !settled_that_day {
            values.join(observation);
        }
    }
    Standing { values: values.0, declined }
}

/// Whether an observation can make something stand by itself.
const fn is_base(observation: &Observation) -> bool {
    matches!(observation.manner, Manner::Stated | Manner::Settled)
}

/// What each device said last of the slot on each day.
///
/// A later statement takes back what the same device stated or confirmed that day; a later
/// confirmation takes back only an earlier confirmation, for it makes nothing stand by itself.
struct LastWords<'a, F> {
    sees: F,
    said: BTreeMap<(Day, DeviceId), Vec<&'a Observation>>,
}

/// A place in a device's series. The desk's entries have no numbers: their ids order them. Two of
/// one number on a phone are a cloned phone's, and neither is later.
type Place = (u64, Option<EntryId>);

impl<'a, F: Fn(&Observation, &Observation) -> bool> LastWords<'a, F> {
    fn of(fresh: &[&'a Observation], sees: F) -> Self {
        let mut said: BTreeMap<_, Vec<&Observation>> = BTreeMap::new();
        for observation in fresh.iter().filter(|o| o.manner != Manner::Declined) {
            said.entry((observation.day, observation.device)).or_default().push(observation);
        }
        Self { sees, said }
    }

    /// Whether the device said nothing later that takes this back.
    fn hold(&self, one: &Observation) -> bool {
        let said = self.said.get(&(one.day, one.device)).into_iter().flatten();
        let mut later = said.filter(|later| place_of(later) > place_of(one) && (self.sees)(later, one));
        !later.any(|later| is_base(later) || !is_base(one))
    }
}

fn place_of(observation: &Observation) -> Place {
    (observation.seq, (observation.device == OFFICE).then_some(observation.entry))
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
        match self.0.iter_mut().find(|stands| stands.value.is_same(&one.value)) {
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

impl Stands {
    /// Whether these are a roster's telephones, and none of them can be one. Who typed or confirmed one that looks odd was
    /// told, and is sure of it.
    #[must_use]
    pub fn is_odd(&self) -> bool {
        self.by == ROSTER && matches!(&self.value, Value::Telephone(telephones) if telephones.are_odd())
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
    /// Telephones stand, and none of them can be one: see [`Stands::is_odd`].
    NumbersOdd,
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
            Self::Unknown | Self::NumbersOdd => ItemState::Unknown,
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
/// list is known. The oldest observation counts; what has ended does not age. A roster's telephones are known while
/// one of them can be one; that there is none is known, too.
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
            [Stands { value: Value::Ended(_), .. }] => {} // What is over is not asked again.
            [stands] => oldest = oldest.min(stands.day),
            _ => return ItemStanding::Rivals,
        }
    }
    if one.is_odd() {
        return ItemStanding::NumbersOdd;
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
pub(crate) mod tests;

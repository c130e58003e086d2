//! What is known of one item before a visit: the values to show and confirm, the rivals, the gaps.
//!
//! Pure. It only reads standings; what a helper does with them is in [`super::form`].

use domain::{
    day::Day,
    id::PersonId,
    item::Item,
    observation::{Standings, Stands, members},
    slot::{Slot, Values},
};

/// What is known of one item.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Known {
    /// The slots where one value stands.
    pub base: Values,
    /// The slots where several stand.
    pub rivals: Vec<(Slot, Vec<Stands>)>,
    /// A list names somebody of whom nothing stands.
    pub gaps: Vec<Slot>,
    /// When the oldest of it was last confirmed, and by whom.
    pub last: Option<(Day, PersonId)>,
    /// The last day on which the family did not want to say.
    pub declined: Option<Day>,
}

impl Known {
    /// What is known of an item.
    pub fn of(standings: &Standings, item: Item) -> Self {
        let mut known = Self::default();
        let whole = Slot::of_item(item);
        let Some(standing) = standings.get(&whole) else { return known };
        known.declined = standing.declined;
        known.take(whole, &standing.values);
        let mut slots: Vec<Slot> = standing.values.iter().flat_map(|one| members(&one.value)).collect();
        slots.sort_unstable();
        slots.dedup();
        for slot in slots {
            let values = standings.get(&slot).map_or(&[][..], |standing| standing.values.as_slice());
            if values.is_empty() {
                known.gaps.push(slot);
            }
            known.take(slot, values);
        }
        known
    }

    fn take(&mut self, slot: Slot, values: &[Stands]) {
        for one in values {
            let seen = (one.day, one.by);
            self.last = Some(self.last.map_or(seen, |last| last.min(seen)));
        }
        match values {
            [] => {}
            [one] => {
                self.base.insert(slot, one.value.clone());
            }
            several => self.rivals.push((slot, several.to_vec())),
        }
    }

    /// Whether it can be confirmed as it is: 无变化 exists only then.
    pub fn is_whole(&self) -> bool {
        !self.base.is_empty() && self.rivals.is_empty() && self.gaps.is_empty()
    }
}

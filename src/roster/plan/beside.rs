//! What stands of a household beside what a row says of it, where they differ: for a person to see before it goes in. Pure;
//! decides nothing.

use domain::{
    day::Day,
    import::Import,
    observation::Standing,
    slot::{Slot, Value},
};

use super::{known::Remembered, merging, row::One};

/// What becomes of a difference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Becomes {
    /// The row's value stands from now on.
    Changed,
    /// What stands was observed on the roster's day: both stand until a person decides.
    Rivals,
    /// What stands stays: it was learned later, or the row only repeats what the last file said.
    Stays,
}

/// One value of a household.
#[derive(Clone, PartialEq, Debug)]
pub struct Beside {
    /// Which.
    pub slot: Slot,
    /// What stands, and since which day.
    pub stands: Option<(Value, Day)>,
    /// What the row says.
    pub says: Value,
    /// What becomes of it.
    pub becomes: Becomes,
}

impl One<'_> {
    /// Every value of the row that is not what stands. `says` is what its entry says.
    pub(super) fn beside(&self, says: Option<&Import>, remembered: &Remembered) -> Vec<Beside> {
        let stated = says.map(|says| &says.stated);
        let one = |(slot, value): (Slot, Value)| {
            let standing = self.stands.standings.get(&slot);
            let stated = stated.and_then(|stated| stated.get(&slot)).cloned();
            let stays = || merging::observed(None, &value, standing);
            let (says, is_said) = stated.map(|value| (value, true)).or_else(|| Some((stays()?, false)))?;
            let latest = standing.and_then(latest);
            let becomes = match &latest {
                None => Becomes::Changed,
                Some(_) if !is_said => Becomes::Stays,
                Some((_, day)) if *day > self.day => Becomes::Stays,
                // What another file said of that day is only said anew.
                Some((value, day)) if *day == self.day && !self.said_before(slot, value) => Becomes::Rivals,
                Some(_) => Becomes::Changed,
            };
            Some(Beside { slot, stands: latest, says, becomes })
        };
        remembered.values().into_iter().filter_map(one).collect()
    }
}

impl One<'_> {
    fn said_before(&self, slot: Slot, value: &Value) -> bool {
        self.before.iter().any(|said| said.values().get(&slot).is_some_and(|said| said.is_same(value)))
    }
}

/// The value that stands since the latest day.
fn latest(standing: &Standing) -> Option<(Value, Day)> {
    let latest = standing.values.iter().max_by_key(|one| (one.day, one.entry))?;
    Some((latest.value.clone(), latest.day))
}

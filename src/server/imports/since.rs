//! What the office learned of households after a roster's day, beside the six: an older roster says what was before, and
//! what was learned since stays.

use std::collections::{BTreeMap, BTreeSet};

use domain::day::Day;
use domain::entry::{Act, Entry, Register};
use domain::id::{HouseholdId, PersonId};
use domain::seat::Seat;

use super::look::Look;
use crate::store::{Arg, Reader, StoreError, ToArg};

/// So many households are asked about at once.
const AT_ONCE: usize = 100;

/// What was learned since of one household.
#[derive(Default)]
pub(super) struct Since {
    /// Whether it was registered anew.
    pub registered: bool,
    /// Whether its ID number was said anew: an edit at the desk says none, unless somebody types one.
    pub numbered: bool,
    /// Whether its unit was said anew.
    pub placed: bool,
    /// Who sits where today by a later word.
    pub seats: BTreeSet<(Seat, PersonId)>,
}

/// What was learned after the look's day, of those of the households of which anything was; of a roster of today that
/// is nothing.
pub(super) fn since(
    reader: &Reader<'_>,
    households: &[HouseholdId],
    look: &Look,
) -> Result<BTreeMap<HouseholdId, Since>, StoreError> {
    let mut all = BTreeMap::new();
    if look.day < look.today {
        for some in households.chunks(AT_ONCE) {
            entries(reader, some, look.day, &mut all)?;
            seats(reader, some, look, &mut all)?;
        }
    }
    Ok(all)
}

/// The entries of some households, those of the files merged into them included.
fn entries_of(count: usize) -> String {
    let some = places(1, count);
    format!(
        "SELECT COALESCE(m.shared, e.household), e.body FROM entry e LEFT JOIN shared m ON m.household = e.household
         WHERE e.household IN (SELECT id FROM household WHERE id IN ({some})
                               UNION SELECT household FROM shared WHERE shared IN ({some}))
           AND e.status = 'projected' AND e.kind IN ('register', 'import', 'move')"
    )
}

fn entries(
    reader: &Reader<'_>,
    some: &[HouseholdId],
    day: Day,
    all: &mut BTreeMap<HouseholdId, Since>,
) -> Result<(), StoreError> {
    let args: Vec<Arg<'_>> = some.iter().map(ToArg::to_arg).collect();
    reader.each(&entries_of(some.len()), &args, |row| {
        let act = serde_json::from_slice::<Entry>(row.bytes(1)?).ok().and_then(|entry| entry.act().ok());
        let (said, register): (Day, Option<&Register>) = match &act {
            Some(Act::Register(register)) => (register.day, Some(register)),
            Some(Act::Import(import)) if import.register.is_some() => (import.day, import.register.as_ref()),
            Some(Act::Move(act)) => (act.day, None),
            _ => return Ok(()),
        };
        if said > day {
            let since: &mut Since = all.entry(row.get(0)?).or_default();
            since.placed = true;
            since.registered |= register.is_some();
            since.numbered |= register.is_some_and(|register| register.id_number.is_some());
        }
        Ok::<_, StoreError>(())
    })
}

fn seats(
    reader: &Reader<'_>,
    some: &[HouseholdId],
    look: &Look,
    all: &mut BTreeMap<HouseholdId, Since>,
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT household, seat, person FROM seat WHERE household IN ({}) AND from_day > ?1 AND from_day <= ?2
           AND (until_day IS NULL OR until_day >= ?2)",
        places(3, some.len())
    );
    let days = [look.day.number(), look.today.number()];
    let args: Vec<Arg<'_>> = days.iter().map(ToArg::to_arg).chain(some.iter().map(ToArg::to_arg)).collect();
    reader.each(&sql, &args, |row| {
        let word: String = row.get(1)?;
        let seat = serde_json::from_value(word.into()).map_err(|_| StoreError::Unreadable { column: 1 })?;
        all.entry(row.get(0)?).or_default().seats.insert((seat, row.get(2)?));
        Ok::<_, StoreError>(())
    })
}

/// So many places for what is asked about, from this number on.
fn places(first: usize, count: usize) -> String {
    let places: Vec<String> = (first..first + count).map(|place| format!("?{place}")).collect();
    places.join(", ")
}

//! What the office learned of a household after a roster's day, beside the six: an older roster says what was before, and
//! what was learned since stays.

use std::collections::BTreeSet;

use domain::day::Day;
use domain::entry::{Act, Entry};
use domain::id::{HouseholdId, PersonId};
use domain::seat::Seat;

use super::look::Look;
use crate::args;
use crate::store::{Reader, StoreError};

/// What was learned since.
#[derive(Default)]
pub(super) struct Since {
    /// Whether it was registered anew.
    pub registered: bool,
    /// Whether its unit was said anew.
    pub placed: bool,
    /// Who sits where today by a later word.
    pub seats: BTreeSet<(Seat, PersonId)>,
}

impl Since {
    /// Of one household, after the look's day; of a roster of today that is nothing.
    pub(super) fn of(reader: &Reader<'_>, household: HouseholdId, look: &Look) -> Result<Self, StoreError> {
        if look.day >= look.today {
            return Ok(Self::default());
        }
        let sql =
            "SELECT body FROM entry WHERE status = 'projected' AND kind IN ('register', 'import', 'move')
                     AND (household = ?1 OR household IN (SELECT household FROM shared WHERE shared = ?1))";
        let mut since = Self { seats: seats(reader, household, look)?, ..Self::default() };
        reader.each(sql, args![household], |row| {
            let act = serde_json::from_slice::<Entry>(row.bytes(0)?).ok().map(|entry| entry.act());
            let (registered, placed) = match &act {
                Some(Ok(Act::Register(register))) => (Some(register.day), Some(register.day)),
                Some(Ok(Act::Import(import))) => {
                    let day = import.register.as_ref().map(|_| import.day);
                    (day, day)
                }
                Some(Ok(Act::Move(act))) => (None, Some(act.day)),
                _ => (None, None),
            };
            let is_later = |day: Option<Day>| day.is_some_and(|day| day > look.day);
            since.registered |= is_later(registered);
            since.placed |= is_later(placed);
            Ok::<_, StoreError>(())
        })?;
        Ok(since)
    }
}

fn seats(
    reader: &Reader<'_>,
    household: HouseholdId,
    look: &Look,
) -> Result<BTreeSet<(Seat, PersonId)>, StoreError> {
    let sql = "SELECT seat, person FROM seat WHERE household = ?1 AND from_day > ?2 AND from_day <= ?3
                 AND (until_day IS NULL OR until_day >= ?3)";
    let rows = reader.all(sql, args![household, look.day.number(), look.today.number()], |row| {
        let word: String = row.get(0)?;
        let seat = serde_json::from_value(word.into()).map_err(|_| StoreError::Unreadable { column: 0 })?;
        Ok::<_, StoreError>((seat, row.get(1)?))
    })?;
    Ok(rows.into_iter().collect())
}

//! Records of visits in a subtree that look as if they were of one, two by two, until somebody says whether they are.

use domain::day::Day;
use domain::id::{EntryId, HouseholdId, PersonId, UnitId};
use protocol::office::{PairRow, PairedRecord};

use super::columns::IN_SUBTREE;
use super::lists::PART;
use crate::args;
use crate::books::names::NameBook;
use crate::store::{Reader, StoreError};
use crate::union::units::prefix_range;

/// How many there are between `?1` and `?2`. They are few: `CROSS` makes SQLite begin with them, and not with every
/// household.
pub(super) fn counted() -> String {
    format!(
        "SELECT count(*) FROM pair CROSS JOIN household h
         WHERE h.id = pair.household AND h.is_open = 1 AND h.{IN_SUBTREE}"
    )
}

type Found = (HouseholdId, String, Option<UnitId>, [(EntryId, i32, PersonId); 2]);

/// The list, the latest visits first.
///
/// # Errors
/// What the database says.
pub fn list(reader: &Reader<'_>, top: &str, skip: u32) -> Result<Vec<PairRow>, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!(
        "SELECT h.id, h.name, h.unit, one.id, one.day, one.author, two.id, two.day, two.author
         FROM pair JOIN household h ON h.id = pair.household
         JOIN visit one ON one.id = pair.visit JOIN visit two ON two.id = pair.other
         WHERE h.{IN_SUBTREE} AND h.is_open = 1 ORDER BY two.day DESC, two.id, one.id {PART}"
    );
    let found: Vec<Found> = reader.all(&sql, args![from, to, skip], |row| {
        let records = [(row.get(3)?, row.get(4)?, row.get(5)?), (row.get(6)?, row.get(7)?, row.get(8)?)];
        Ok::<_, StoreError>((row.get(0)?, row.get(1)?, row.get(2)?, records))
    })?;
    let mut names = NameBook::new(reader);
    let row = |(household, name, unit, [one, other]): Found| {
        let mut record = |(visit, day, author): (EntryId, i32, PersonId)| {
            let author_name = names.person(author)?;
            Ok::<_, StoreError>(PairedRecord { visit, day: Day::from_number(day), author_name })
        };
        let (visit, other) = (record(one)?, record(other)?);
        let unit_name = unit.map_or(Ok(String::new()), |unit| names.unit(unit))?;
        Ok(PairRow { household, name, unit_name, visit, other })
    };
    found.into_iter().map(row).collect()
}

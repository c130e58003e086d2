//! Records of visits in a subtree that look as if they were of one, two by two, until somebody says whether they are.

use domain::day::Day;
use domain::id::{EntryId, HouseholdId, PersonId, UnitId};
use protocol::office::{PairRow, PairedRecord};

use super::columns::IN_SUBTREE;
use crate::args;
use crate::books::names::NameBook;
use crate::store::{Reader, StoreError};
use crate::union::units::prefix_range;

/// The most rows of the list.
const ROWS_MAX: u32 = 500;

/// How many there are.
///
/// # Errors
/// What the database says.
pub fn count(reader: &Reader<'_>, top: &str) -> Result<u32, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!(
        "SELECT count(*) FROM pair JOIN household h ON h.id = pair.household WHERE h.is_open = 1 AND h.{IN_SUBTREE}"
    );
    Ok(u32::try_from(reader.count(&sql, args![from, to])?).unwrap_or(u32::MAX))
}

type Found = (HouseholdId, String, Option<UnitId>, [(EntryId, i32, PersonId); 2]);

/// The list, the latest visits first.
///
/// # Errors
/// What the database says.
pub fn list(reader: &Reader<'_>, top: &str) -> Result<Vec<PairRow>, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!(
        "SELECT h.id, h.name, h.unit, one.id, one.day, one.author, two.id, two.day, two.author
         FROM pair JOIN household h ON h.id = pair.household
         JOIN visit one ON one.id = pair.visit JOIN visit two ON two.id = pair.other
         WHERE h.{IN_SUBTREE} AND h.is_open = 1 ORDER BY two.day DESC, two.id, one.id LIMIT {ROWS_MAX}"
    );
    let found: Vec<Found> = reader.all(&sql, args![from, to], |row| {
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

//! What rosters wrote of a household: cells that no field takes, and what stands where the category should.

use domain::id::HouseholdId;
use protocol::office::{RosterCell, RosterWritten};
use roster::field::Field;
use roster::household::CellText;
use roster::mapping::Mapping;
use roster::plan::known::Remembered;

use crate::args;
use crate::books::kept::{Column, KeptBook};
use crate::store::{Reader, StoreError};

use super::merged::MEMBERS;

/// What they wrote; none where no roster named the household. The file is the latest of those that
/// wrote something: what it has no column for stands as earlier ones wrote it.
///
/// # Errors
/// What the database says.
pub fn of_household(
    reader: &Reader<'_>,
    household: HouseholdId,
) -> Result<Option<RosterWritten>, StoreError> {
    let (columns, latest) = KeptBook::default().columns(reader, household)?;
    let category = category(reader, household)?;
    let cells = || columns.iter().filter(|column| !column.text.is_empty());
    let cell = |column: &Column| RosterCell { header: column.header.clone(), text: column.text.clone() };
    let source = cells().next().map(|column| &column.source).or(latest.as_ref());
    Ok(source.map(|source| RosterWritten {
        day: source.day,
        file_name: source.name.clone(),
        cells: cells().map(cell).collect(),
        category,
    }))
}

/// What the last roster has where the category should be; empty where it has nothing there.
///
/// # Errors
/// What the database says.
pub fn category(reader: &Reader<'_>, household: HouseholdId) -> Result<String, StoreError> {
    let sql = format!(
        "SELECT r.mapping, s.said FROM roster_row s JOIN roster r ON r.id = s.roster
         WHERE s.household IN ({MEMBERS}) AND r.withdrawn_ms IS NULL AND r.is_export = 0
         ORDER BY r.day DESC, r.number DESC, s.place LIMIT 1"
    );
    let found = reader.first(&sql, args![household], |row| {
        let unreadable = |column: usize| move |_| StoreError::Unreadable { column };
        let (mapping, said): (String, String) = (row.get(0)?, row.get(1)?);
        let mapping: Mapping = serde_json::from_str(&mapping).map_err(unreadable(0))?;
        let said: Remembered = serde_json::from_str(&said).map_err(unreadable(1))?;
        let category = mapping.column_of(Field::Category).map(|at| in_column(&said.household.cells, at));
        Ok::<_, StoreError>(category.unwrap_or_default())
    })?;
    Ok(found.unwrap_or_default())
}

/// What stands in a column, row by row.
fn in_column(cells: &[CellText], at: u16) -> String {
    let texts = cells.iter().filter(|cell| cell.column == at).map(|cell| cell.text.trim());
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("；")
}

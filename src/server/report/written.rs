//! What the last roster wrote of a household: cells that no field takes, and what stands where the category should.

use domain::day::Day;
use domain::id::HouseholdId;
use protocol::office::{RosterCell, RosterWritten};
use roster::field::Field;
use roster::household::CellText;
use roster::mapping::Mapping;
use roster::plan::known::Remembered;

use crate::args;
use crate::store::{Reader, StoreError};

use super::merged::MEMBERS;

/// What it wrote; none where no roster named the household.
///
/// # Errors
/// What the database says.
pub fn of_household(
    reader: &Reader<'_>,
    household: HouseholdId,
) -> Result<Option<RosterWritten>, StoreError> {
    let sql = format!(
        "SELECT r.day, r.file_name, r.mapping, s.said FROM roster_row s JOIN roster r ON r.id = s.roster
         WHERE s.household IN ({MEMBERS}) AND r.withdrawn_ms IS NULL AND r.is_export = 0
         ORDER BY r.day DESC, r.number DESC, s.place LIMIT 1"
    );
    reader.first(&sql, args![household], |row| {
        let unreadable = |column: usize| move |_| StoreError::Unreadable { column };
        let (mapping, said): (String, String) = (row.get(2)?, row.get(3)?);
        let mapping: Mapping = serde_json::from_str(&mapping).map_err(unreadable(2))?;
        let said: Remembered = serde_json::from_str(&said).map_err(unreadable(3))?;
        let cells = &said.household.cells;
        let kept = mapping.kept().map(|column| (column.header.clone(), in_column(cells, column.at)));
        let category = mapping.column_of(Field::Category).map(|at| in_column(cells, at));
        Ok(RosterWritten {
            day: Day::from_number(row.get(0)?),
            file_name: row.get(1)?,
            cells: kept
                .filter(|(_, text)| !text.is_empty())
                .map(|(header, text)| RosterCell { header, text })
                .collect(),
            category: category.unwrap_or_default(),
        })
    })
}

/// What stands in a column, row by row.
fn in_column(cells: &[CellText], at: u16) -> String {
    let texts = cells.iter().filter(|cell| cell.column == at).map(|cell| cell.text.trim());
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("；")
}

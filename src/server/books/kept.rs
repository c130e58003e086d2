//! What files wrote of a household in columns that are not read: the latest file that has a column says what stands in it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::day::Day;
use domain::id::{HouseholdId, ImportId};
use roster::household::CellText;
use roster::mapping::Mapping;
use roster::plan::kept::{Kept, written};
use serde::Deserialize;

use crate::args;
use crate::store::{Reader, StoreError};

/// A file that was taken in.
pub struct Source {
    /// The day as of which it holds.
    pub day: Day,
    /// Its name.
    pub name: String,
    /// Its columns.
    pub mapping: Mapping,
}

/// A column of a household, by the file that wrote it last.
pub struct Column {
    /// Its name.
    pub header: String,
    /// What stands there; empty where that file says nothing.
    pub text: String,
    /// The file.
    pub source: Arc<Source>,
}

/// Of a row that was remembered only its cells.
#[derive(Deserialize)]
struct Said {
    household: Row,
}

#[derive(Deserialize)]
struct Row {
    cells: Vec<CellText>,
}

/// The files, each read once.
#[derive(Default)]
pub struct KeptBook {
    sources: HashMap<ImportId, Arc<Source>>,
}

impl KeptBook {
    /// The columns of a household, or of those that are one with it: those of the latest file first; and that file.
    ///
    /// # Errors
    /// What the database says.
    pub fn columns(
        &mut self,
        reader: &Reader<'_>,
        household: HouseholdId,
    ) -> Result<(Vec<Column>, Option<Arc<Source>>), StoreError> {
        let rows = reader.all(
            "SELECT r.id, s.household FROM roster_row s JOIN roster r ON r.id = s.roster
             WHERE s.household IN (SELECT household FROM shared WHERE shared = ?1 UNION SELECT ?1)
               AND r.withdrawn_ms IS NULL AND r.is_export = 0
             ORDER BY r.day DESC, r.number DESC, s.place",
            args![household],
            |row| Ok::<_, StoreError>((row.get::<ImportId>(0)?, row.get::<HouseholdId>(1)?)),
        )?;
        let latest = rows.first().map(|(import, _)| self.source(reader, *import)).transpose()?;
        let mut columns: Vec<Column> = Vec::new();
        for (import, household) in rows {
            let source = self.source(reader, import)?;
            let is_there = |header: &str| columns.iter().any(|column| column.header == header);
            if source.mapping.kept().all(|column| is_there(&column.header)) {
                continue;
            }
            let cells = cells(reader, import, household)?;
            let new = written(&source.mapping, &cells).into_iter().filter(|(header, _)| !is_there(header));
            let new: Vec<Column> = new
                .map(|(header, text)| Column { header: header.to_owned(), text, source: Arc::clone(&source) })
                .collect();
            columns.extend(new);
        }
        Ok((columns, latest))
    }

    /// What stands in the columns that a file has.
    ///
    /// # Errors
    /// What the database says.
    pub fn of(
        &mut self,
        reader: &Reader<'_>,
        household: HouseholdId,
        mapping: &Mapping,
    ) -> Result<Kept, StoreError> {
        if mapping.kept().next().is_none() {
            return Ok(Kept::new());
        }
        let is_asked = |header: &str| mapping.kept().any(|column| column.header == header);
        let all = self.columns(reader, household)?.0.into_iter().filter(|column| is_asked(&column.header));
        Ok(all.map(|column| (column.header, (column.text, column.source.day))).collect::<BTreeMap<_, _>>())
    }

    fn source(&mut self, reader: &Reader<'_>, import: ImportId) -> Result<Arc<Source>, StoreError> {
        if let Some(source) = self.sources.get(&import) {
            return Ok(Arc::clone(source));
        }
        let sql = "SELECT day, file_name, mapping FROM roster WHERE id = ?1";
        let found = reader.first(sql, args![import], |row| {
            let mapping = serde_json::from_str(&row.get::<String>(2)?);
            let mapping = mapping.map_err(|_| StoreError::Unreadable { column: 2 })?;
            Ok::<_, StoreError>(Source { day: Day::from_number(row.get(0)?), name: row.get(1)?, mapping })
        })?;
        let source = Arc::new(found.ok_or(StoreError::Unreadable { column: 0 })?);
        self.sources.insert(import, Arc::clone(&source));
        Ok(source)
    }
}

fn cells(reader: &Reader<'_>, import: ImportId, household: HouseholdId) -> Result<Vec<CellText>, StoreError> {
    let sql = "SELECT said FROM roster_row WHERE roster = ?1 AND household = ?2";
    let said = reader.first(sql, args![import, household], |row| row.get::<String>(0))?;
    let said: Option<Said> = said.and_then(|said| serde_json::from_str(&said).ok());
    Ok(said.ok_or(StoreError::Unreadable { column: 0 })?.household.cells)
}

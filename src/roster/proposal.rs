//! What the desk shows before a roster is read: the sheets, the first rows as they lie there, and which column seems to
//! hold what. Gives something to choose from even where reading is refused for want of a header or of a name.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    field::Field,
    header,
    mapping::Mapping,
    reading::{How, Opened, open},
    refusal::Refusal,
    sheet::{Cell, Sheet, SheetRow},
    text,
};

/// So many rows are shown.
const ROWS_SHOWN: usize = 12;

/// A row as it lies there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Shown {
    /// Its number.
    pub row: u32,
    /// Its cells from the first column on.
    pub cells: Vec<String>,
}

/// What seems to be in a file.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Proposal {
    /// The names of its sheets; one without a name for a .csv.
    pub sheets: Vec<String>,
    /// Which column seems to hold what; without columns where no row looks like a header.
    pub mapping: Mapping,
    /// The first rows of the sheet that is meant.
    pub rows: Vec<Shown>,
}

/// Looks into a file without reading its households.
///
/// # Errors
/// The file cannot be opened at all; a missing header or name is none here.
pub fn propose(bytes: &[u8], how: &How<'_>) -> Result<Proposal, Refusal> {
    open(bytes)?.propose(how)
}

impl Opened {
    /// The texts among which the names of its columns are.
    #[must_use]
    pub fn texts(&self) -> BTreeSet<String> {
        self.sheets.iter().flat_map(header::texts).collect()
    }

    /// Looks into a file without reading its households.
    ///
    /// # Errors
    /// No sheet holds anything; a missing header or name is none here.
    pub fn propose(&self, how: &How<'_>) -> Result<Proposal, Refusal> {
        let wanted = how.mapping.and_then(|mapping| mapping.sheet.as_deref());
        let named = |sheet: &&Sheet| wanted.is_none_or(|wanted| sheet.name == wanted);
        let filled = || self.sheets.iter().filter(|sheet| !sheet.rows.is_empty());
        let weight = |sheet: &&Sheet| {
            let header = header::best(sheet, how.mapping);
            header.map_or((false, 0), |header| (header.mapping.has(Field::Name), header.recognised))
        };
        let wanted = filled().find(named).filter(|_| wanted.is_some());
        let sheet = wanted.or_else(|| filled().rev().max_by_key(weight)).ok_or(Refusal::Empty)?;
        let header = header::told(sheet, how.mapping).or_else(|| header::best(sheet, how.mapping));
        let sheet_name = (!sheet.name.is_empty()).then(|| sheet.name.clone());
        let unknown = Mapping { sheet: sheet_name, header_rows: 1, ..Mapping::default() };
        Ok(Proposal {
            sheets: self.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
            mapping: header.map_or(unknown, |header| header.mapping),
            rows: sheet.rows.iter().take(ROWS_SHOWN).map(shown).collect(),
        })
    }
}

fn shown(row: &SheetRow) -> Shown {
    let last = row.cells().map(|(column, _)| column).max().unwrap_or(0);
    let cell = |column| row.get(column).map(Cell::text).map(|text| text::tidy(&text)).unwrap_or_default();
    Shown { row: row.number, cells: (0..=last).map(cell).collect() }
}

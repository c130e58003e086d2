//! Which column holds what: proposed from a sheet, edited by a person, remembered by the office.

use crate::{field::Field, text};
use serde::{Deserialize, Serialize};

/// One column.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Column {
    /// Its place, counted from 0.
    pub at: u16,
    /// Its letters in Excel, for people.
    pub letters: String,
    /// Its name in the header; of a header of two rows both, joined by `·`.
    pub header: String,
    /// What it holds; nothing known where none.
    #[serde(default)]
    pub field: Option<Field>,
    /// Whether its cells are written again when the roster is exported; a person may untick it.
    #[serde(default = "yes")]
    pub exported: bool,
}

/// What a person said of a text that names a category.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CategoryWord {
    /// The text, as it is written.
    pub written: String,
    /// The union's own name of the category; none = it is no category.
    #[serde(default)]
    pub is: Option<String>,
}

const fn yes() -> bool {
    true
}

/// Which column of which sheet holds what. Goes to the desk and back, and is given to the next reading, where columns
/// are found again by their names, not by their places.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Mapping {
    /// The sheet; `None` for a .csv, or to have it chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The last row of the header, as people count; `None` to have it found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u32>,
    /// How many rows the header has: 1 or 2.
    #[serde(default = "one")]
    pub header_rows: u32,
    /// Whether a person pointed at the header: then nothing else is one.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub header_told: bool,
    /// Every column that holds something.
    pub columns: Vec<Column>,
    /// Texts that a person took for a category.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<CategoryWord>,
}

const fn one() -> u32 {
    1
}

impl Mapping {
    /// What is known of another file of this kind: not where it stood in this one.
    #[must_use]
    pub fn for_another_file(self) -> Self {
        Self { sheet: None, header_row: None, header_rows: 1, header_told: false, ..self }
    }

    /// What a person said of a text that names a category.
    #[must_use]
    pub fn category(&self, written: &str) -> Option<&CategoryWord> {
        let written = text::squeeze(written);
        self.categories.iter().find(|word| text::squeeze(&word.written) == written)
    }

    /// The columns of a field, from left to right.
    pub fn columns_of(&self, field: Field) -> impl Iterator<Item = u16> + '_ {
        self.columns.iter().filter(move |column| column.field == Some(field)).map(|column| column.at)
    }

    /// The first column of a field.
    #[must_use]
    pub fn column_of(&self, field: Field) -> Option<u16> {
        self.columns_of(field).next()
    }

    /// Whether some column holds it.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.column_of(field).is_some()
    }

    /// The column at a place.
    #[must_use]
    pub fn at(&self, at: u16) -> Option<&Column> {
        self.columns.iter().find(|column| column.at == at)
    }

    /// Columns whose cells are kept as they are, known by name or not.
    pub fn kept(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| matches!(column.field, None | Some(Field::Kept)))
    }

    /// What a person or an earlier file said of the nth column with this name.
    #[must_use]
    pub fn said_of(&self, header: &str, nth: usize) -> Option<&Column> {
        self.columns.iter().filter(|column| column.header == header).nth(nth)
    }
}

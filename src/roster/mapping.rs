//! Which column holds what: proposed from a sheet, edited by a person, remembered by the office.

use std::collections::BTreeSet;

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

impl Column {
    /// Whether it has the same name and holds the same.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let read = |column: &Self| column.field.filter(|field| *field != Field::Kept);
        self.header == other.header && read(self) == read(other)
    }
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

    /// How many of its columns have their name among these texts.
    #[must_use]
    pub fn named_in(&self, texts: &BTreeSet<String>) -> usize {
        let own = |column: &&Column| column.header.rsplit('·').next().is_some_and(|own| texts.contains(own));
        self.columns.iter().filter(own).count()
    }

    /// Whether every person has a row, and the relation says who is the worker.
    #[must_use]
    pub fn is_by_person(&self) -> bool {
        self.has(Field::MemberRelation) && !self.has(Field::MemberName)
    }

    /// Whether it has the columns of another, wherever they stand.
    #[must_use]
    pub fn has_columns_of(&self, other: &Self) -> bool {
        self.columns.len() == other.columns.len()
            && self
                .columns
                .iter()
                .zip(&other.columns)
                .all(|(one, other)| one.is_like(other) && one.exported == other.exported)
    }

    /// Whether it holds what a column of another file does: its field, or what is kept under its name.
    #[must_use]
    pub fn holds(&self, column: &Column) -> bool {
        match column.field.filter(|field| *field != Field::Kept) {
            Some(field) => self.has(field),
            None => self.columns.iter().any(|own| own.header == column.header),
        }
    }

    /// Whether it holds something to be written that none of these does.
    pub fn adds_to<'m>(&self, others: impl Iterator<Item = &'m Self> + Clone) -> bool {
        let is_new = |column: &&Column| !others.clone().any(|other| other.holds(column));
        self.columns.iter().filter(|column| column.exported).any(|column| is_new(&column))
    }

    /// Whether it says who belongs to the family: children, or all its members.
    #[must_use]
    pub fn names_family(&self) -> bool {
        let fields = self.columns.iter().filter_map(|column| column.field);
        fields.into_iter().any(|field| field.is_of_child() || field.is_of_member())
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

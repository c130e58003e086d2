//! Columns that are not read, kept with a household as they are written: what a row writes otherwise than what stands there.

use std::collections::BTreeMap;

use domain::day::Day;

use super::row::One;
use crate::{household::CellText, mapping::Mapping, text};

/// What stands in the columns of a household that are not read: by their name, each with the day of the file it is of.
pub type Kept = BTreeMap<String, (String, Day)>;

/// A column of a household that is written otherwise from now on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptChange {
    /// Its name.
    pub header: String,
    /// What stands there.
    pub was: String,
    /// What the row writes.
    pub says: String,
}

/// What a household's rows write in columns that are not read: by the column's name, in the order of the columns; of
/// several with one name all.
#[must_use]
pub fn written<'m>(mapping: &'m Mapping, cells: &[CellText]) -> Vec<(&'m str, String)> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for column in mapping.kept() {
        let of_column = cells.iter().filter(|cell| cell.column == column.at).map(|cell| cell.text.trim());
        let texts = of_column.filter(|text| !text.is_empty());
        match all.iter_mut().find(|(header, _)| *header == column.header) {
            Some((_, there)) => there.extend(texts),
            None => all.push((&column.header, texts.collect())),
        }
    }
    all.into_iter().map(|(header, texts)| (header, texts.join("；"))).collect()
}

impl One<'_> {
    /// Every such column in which the row writes otherwise. What a later file wrote stays.
    pub(super) fn kept_changes(&self, mapping: &Mapping) -> Vec<KeptChange> {
        let nothing = (String::new(), self.day);
        let change = |(header, says): (&str, String)| {
            let (was, day) = self.stands.kept.get(header).unwrap_or(&nothing);
            let is_otherwise = *day <= self.day && text::squeeze(was) != text::squeeze(&says);
            is_otherwise.then(|| KeptChange { header: header.to_owned(), was: was.clone(), says })
        };
        written(mapping, &self.row.cells).into_iter().filter_map(change).collect()
    }
}

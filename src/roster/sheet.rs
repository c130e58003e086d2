//! A sheet as it lies there: rows that hold something, their cells, what is merged. Empty rows take no room.

use crate::refusal::{CELL_CHARS_MAX, CELLS_MAX, COLUMNS_MAX, ROWS_MAX, Refusal, TEXT_BYTES_MAX};
use domain::day::Day;

/// What stands in a cell; a cell without anything is not there.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// A number that the sheet shows as a date.
    Date(Day),
    /// A formula that failed: `#REF!`, `#N/A`.
    Failed(String),
}

impl Cell {
    /// The cell as text: whole numbers without a point, dates as `2026-11-21`.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Failed(text) => text.clone(),
            Self::Number(number) => number_text(*number),
            Self::Date(day) => day.to_string(),
        }
    }
}

/// A number as one would type it. Whole numbers are exact as far as a float can hold them.
fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e20 { format!("{number:.0}") } else { number.to_string() }
}

/// One row that holds something.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SheetRow {
    /// As people count: the first is 1.
    pub number: u32,
    cells: Vec<(u16, Cell)>,
}

impl SheetRow {
    /// What stands in a column, counted from 0.
    #[must_use]
    pub fn get(&self, column: u16) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        self.cells.get(at).map(|(_, cell)| cell)
    }

    /// The text in a column, or nothing.
    #[must_use]
    pub fn text(&self, column: u16) -> String {
        self.get(column).map(Cell::text).unwrap_or_default()
    }

    /// The cells that hold something, from left to right.
    pub fn cells(&self) -> impl Iterator<Item = (u16, &Cell)> {
        self.cells.iter().map(|(column, cell)| (*column, cell))
    }

    /// How many cells hold something.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether nothing is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

/// Cells that were made one; rows as people count, columns from 0, all ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Merge {
    /// First row.
    pub top: u32,
    /// Last row.
    pub bottom: u32,
    /// First column.
    pub left: u16,
    /// Last column.
    pub right: u16,
}

/// A sheet.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sheet {
    /// Its name on the tab; empty for a .csv.
    pub name: String,
    /// Whether it is a text table: its numbers are text too.
    pub is_text: bool,
    /// Rows that hold something, from the top.
    pub rows: Vec<SheetRow>,
    /// What is merged, by column and first row.
    merges: Vec<Merge>,
    cells: usize,
    text_bytes: usize,
}

/// How much sheets hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Held {
    rows: usize,
    cells: usize,
    text_bytes: usize,
}

impl Held {
    /// With what another sheet holds.
    #[must_use]
    pub const fn and(self, sheet: &Sheet) -> Self {
        Self {
            rows: self.rows + sheet.rows.len(),
            cells: self.cells + sheet.cells,
            text_bytes: self.text_bytes + sheet.text_bytes,
        }
    }

    /// Whether it is more than any roster has.
    #[must_use]
    pub const fn is_too_much(self) -> bool {
        self.rows > ROWS_MAX || self.cells > CELLS_MAX || self.text_bytes > TEXT_BYTES_MAX
    }
}

impl Sheet {
    /// An empty one.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// An empty text table.
    #[must_use]
    pub fn of_text() -> Self {
        Self { is_text: true, ..Self::default() }
    }

    /// Puts a cell in; rows come in order, blank text is nothing.
    ///
    /// # Errors
    /// More rows, cells or text than a roster has.
    pub fn put(&mut self, row: u32, column: u16, mut cell: Cell) -> Result<(), Refusal> {
        if column > COLUMNS_MAX {
            return Ok(());
        }
        if let Cell::Text(text) = &mut cell {
            if text.chars().all(|sign| sign.is_whitespace() || sign.is_control()) {
                return Ok(());
            }
            if let Some((end, _)) = text.char_indices().nth(CELL_CHARS_MAX) {
                text.truncate(end);
            }
            self.text_bytes += text.len();
        }
        self.cells += 1;
        if self.rows.last().is_none_or(|last| last.number < row) {
            self.rows.push(SheetRow { number: row, cells: Vec::new() });
        }
        if Held::default().and(self).is_too_much() {
            return Err(Refusal::TooManyRows);
        }
        let place = self.rows.partition_point(|one| one.number < row);
        let Some(found) = self.rows.get_mut(place).filter(|one| one.number == row) else {
            return Ok(());
        };
        match found.cells.binary_search_by_key(&column, |(column, _)| *column) {
            Ok(_) => {}
            Err(at) => found.cells.insert(at, (column, cell)),
        }
        Ok(())
    }

    /// Says what is merged.
    pub fn merge(&mut self, mut merges: Vec<Merge>) {
        merges.sort_unstable_by_key(|merge| (merge.left, merge.top));
        self.merges = merges;
    }

    /// The merged cells that begin in a column and cover a row, if there are any.
    #[must_use]
    pub fn merge_at(&self, row: u32, column: u16) -> Option<Merge> {
        let before = self.merges.partition_point(|merge| (merge.left, merge.top) <= (column, row));
        let last = self.merges.get(..before)?.last()?;
        (last.left == column && row <= last.bottom).then_some(*last)
    }

    /// The row with a number, if it holds something.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<&SheetRow> {
        let at = self.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        self.rows.get(at)
    }

    /// What stands at a place, or what stands at the top of the cells merged there.
    #[must_use]
    pub fn seen(&self, row: &SheetRow, column: u16) -> Option<Cell> {
        if let Some(cell) = row.get(column) {
            return Some(cell.clone());
        }
        let merge = self.merge_at(row.number, column)?;
        self.row(merge.top)?.get(merge.left).cloned()
    }
}

/// The letters over a column: 0 = A, 27 = AB.
#[must_use]
pub fn letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut left = u32::from(column) + 1;
    while left > 0 {
        let one = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + one));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (column, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (28, "AC"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(column), expected);
        }
    }

    #[test]
    fn merged_cells_show_their_first() {
        let mut sheet = Sheet::new("");
        sheet.put(1, 0, Cell::Text("动力厂".into())).unwrap();
        sheet.put(2, 1, Cell::Text("b".into())).unwrap();
        sheet.put(3, 1, Cell::Text("c".into())).unwrap();
        sheet.merge(vec![
            Merge { top: 1, bottom: 2, left: 0, right: 0 },
            Merge { top: 5, bottom: 6, left: 0, right: 3 },
        ]);
        let seen = |row: u32, column| {
            sheet.row(row).and_then(|row| sheet.seen(row, column)).map(|cell| cell.text()).unwrap_or_default()
        };
        assert_eq!([seen(1, 0), seen(2, 0), seen(3, 0)], ["动力厂", "动力厂", ""]);
    }
}

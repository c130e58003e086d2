//! The unit of a household: columns, the band above a section, or the row above where a block names it only once.

use super::{Placed, Reader};
use crate::{field::Field, finding::Code, sheet::SheetRow, text, words};

impl Reader<'_> {
    /// Branch and group of the household.
    pub(super) fn unit(
        &mut self,
        row: &SheetRow,
        band: &str,
        band_is_category: bool,
        carried: &mut Carried,
    ) -> (String, String) {
        let read = |reader: &Self, field| {
            let placed = reader.first(row, field).filter(Placed::says);
            placed.map(|placed| text::squeeze(&placed.text())).unwrap_or_default()
        };
        let (mut branch, mut group) = (read(self, Field::Branch), read(self, Field::Group));
        // 动力厂/供水工段 in one cell.
        let both = branch
            .split_once(['/', '\\', '>', '|'])
            .map(|(above, below)| (above.to_owned(), below.to_owned()));
        if let Some((above, below)) = both.filter(|_| group.is_empty()) {
            (branch, group) = (above, below.trim_matches('>').to_owned());
        }
        let is_category = band_is_category && words::category(band, self.categories).is_some();
        if branch.is_empty() && !band.is_empty() && !is_category {
            branch = band.to_owned();
        }
        if carried.branch_is_carried {
            carried.carry(&mut branch, &mut group);
        }
        if branch.is_empty() {
            branch = text::squeeze(self.branch);
        }
        if branch.is_empty() && self.mapping.has(Field::Branch) {
            let column = self.mapping.column_of(Field::Branch);
            self.note_at(row.number, column, Code::BranchMissing, String::new());
        }
        (branch, group)
    }
}

/// The branch and group of the household above: in a sheet whose blocks name them only once.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    branch_is_carried: bool,
    branch: String,
    group: String,
}

impl Carried {
    /// Nothing yet; whether the sheet is such a sheet.
    #[must_use]
    pub fn new(branch_is_carried: bool) -> Self {
        Self { branch_is_carried, ..Self::default() }
    }

    fn carry(&mut self, branch: &mut String, group: &mut String) {
        if branch.is_empty() {
            branch.clone_from(&self.branch);
            if group.is_empty() {
                group.clone_from(&self.group);
            }
        }
        self.branch.clone_from(branch);
        self.group.clone_from(group);
    }
}

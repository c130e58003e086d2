//! Cells that said something in the last file and are blank in this one: what the household has stays, and that is told.
//! A column that is not there any more says nothing.

use domain::id::ChildId;

use super::{finding, known::Remembered, row::One};
use crate::{
    export::{cause_word, child_texts, texts},
    field::Field,
    finding::{Code, Finding},
    household::Household,
    mapping::{Column, Mapping},
    text,
};

/// The columns of a child in the order of [`child_texts`], each with the member's that may say the same.
const OF_CHILD: [(Field, Option<Field>); 6] = [
    (Field::ChildName, None),
    (Field::ChildBorn, Some(Field::MemberBorn)),
    (Field::ChildSchool, Some(Field::MemberWork)),
    (Field::ChildStage, None),
    (Field::ChildGrade, None),
    (Field::ChildCost, None),
];

impl One<'_> {
    /// Every cell that was emptied.
    pub(super) fn cells_emptied(&self, remembered: &Remembered) -> Vec<Finding> {
        let Some(before) = self.nearest(remembered) else { return Vec::new() };
        let mut emptied = self.of_household(&before.household);
        emptied.extend(of_children(before, remembered, self.mapping));
        let say = |(column, was): (&Column, String)| {
            let (letters, column) = (column.letters.clone(), column.header.clone());
            Finding {
                letters,
                column,
                cell: String::new(),
                against: was,
                ..finding(self.row, Code::CellEmptied)
            }
        };
        emptied.into_iter().map(say).collect()
    }

    fn of_household(&self, was: &Household) -> Vec<(&Column, String)> {
        let (row, mapping) = (self.row, self.mapping);
        let marital = |household: &Household| household.spouse.as_ref().map(|spouse| spouse.marital);
        let is_new_marriage = marital(row).is_some() && marital(row) != marital(was);
        let mut emptied = Vec::new();
        for column in &mapping.columns {
            let Some(field) = column.field.filter(|field| mapping.column_of(*field) == Some(column.at))
            else {
                continue;
            };
            let is_over = is_new_marriage && is_of_spouse(field);
            // 建档日期 counts once, when the file begins.
            if is_over || matches!(field, Field::Name | Field::Registered) {
                continue;
            }
            let said =
                |household: &Household| texts(field, household, mapping).unwrap_or_default().join("、");
            let was = match field {
                Field::Cause | Field::FurtherCause => self
                    .causes_left_out(field, was)
                    .into_iter()
                    .map(cause_word)
                    .collect::<Vec<_>>()
                    .join("、"),
                _ if said(row).is_empty() => said(was),
                _ => continue,
            };
            // What nobody understood is no blank.
            // A seat is not emptied by a sheet, nor by one that says that there is nobody.
            let is_nobody = |cell: &str| field.is_of_seat() && text::says_none(cell);
            let mut cells = mapping.columns_of(field).map(|at| row.cell(at));
            let is_blank = cells.all(|cell| text::says_nothing(&cell) || is_nobody(&cell));
            if !was.is_empty() && is_blank {
                emptied.push((column, was));
            }
        }
        emptied
    }
}

/// Of children whom both files name; who is missing is told otherwise.
fn of_children<'m>(before: &Remembered, row: &Remembered, mapping: &'m Mapping) -> Vec<(&'m Column, String)> {
    let said = |of: &Remembered, id: ChildId| {
        let at = of.children.iter().position(|one| *one == id)?;
        of.household.children.as_ref()?.get(at).map(child_texts)
    };
    let mut emptied = Vec::new();
    for (nth, (field, of_member)) in OF_CHILD.into_iter().enumerate() {
        let at = mapping.column_of(field).or_else(|| mapping.column_of(of_member?));
        let Some(column) = at.and_then(|at| mapping.at(at)) else { continue };
        let nth_of = |texts: [String; 6]| texts.into_iter().nth(nth).unwrap_or_default();
        let is = |id: &ChildId| said(row, *id).map(nth_of).unwrap_or_default();
        let cells = row.household.cell(column.at);
        let written = cells.lines().filter(|line| !text::says_nothing(line)).count();
        if written > row.children.iter().filter(|id| !is(id).is_empty()).count() {
            // Something stands there that nobody understood.
            continue;
        }
        let was =
            row.children.iter().filter(|id| is(id).is_empty()).filter_map(|id| said(before, *id).map(nth_of));
        emptied.extend(was.filter(|was| !was.is_empty()).map(|was| (column, was)));
    }
    emptied
}

const fn is_of_spouse(field: Field) -> bool {
    matches!(field, Field::SpouseName | Field::SpouseWork | Field::SpouseHealth | Field::SpouseTelephone)
}

//! The children: a row each, columns of their own for each, several in a cell, or among the members of the family.

use domain::{
    check::{LINE_MAX, NAME_MAX},
    value::{ChildValue, Stage},
};

use super::{Placed, Reader, members::Member};
use crate::{
    family::Family,
    field::Field,
    finding::Code,
    mapping::Mapping,
    names, schooling,
    sheet::{Cell, SheetRow},
    synonyms::{Relation, STAGES},
    text,
};

/// What may be said of a child beside its name.
pub(crate) const BESIDE: [Field; 5] =
    [Field::ChildBorn, Field::ChildSchool, Field::ChildStage, Field::ChildGrade, Field::ChildCost];

/// The columns of one child, by [`BESIDE`].
pub(crate) struct Columns {
    /// Its name.
    pub(crate) name: u16,
    /// What is said beside it.
    pub(crate) beside: [Option<u16>; 5],
}

impl<'a> Reader<'a> {
    /// The children; empty where a cell says that there are none, nothing where no cell speaks of any.
    pub(super) fn children(&mut self, family: &Family<'a>, members: Vec<Member>) -> Option<Vec<ChildValue>> {
        let columns = columns(self.mapping);
        let mut children = Vec::new();
        let mut says_none = false;
        for row in &family.rows {
            for columns in &columns {
                says_none |= self.children_of(row, columns, &mut children);
            }
        }
        for member in members.into_iter().filter(|member| member.relation == Relation::Child) {
            if !children.iter().any(|child| child.name == member.name) {
                children.push(self.child_of_member(family, member));
            }
        }
        if columns.is_empty() && children.is_empty() {
            self.children_without_names(family);
        }
        (says_none || !children.is_empty()).then_some(children)
    }

    /// The children in one row's columns; whether the cell says that there are none.
    fn children_of(&mut self, row: &SheetRow, columns: &Columns, children: &mut Vec<ChildValue>) -> bool {
        let own = |column: u16| row.get(column).and_then(|_| self.at(row, column));
        let placed = own(columns.name);
        let beside = columns.beside.map(|column| column.and_then(own).filter(Placed::says));
        let written = placed.as_ref().map(Placed::text).unwrap_or_default();
        if text::says_none(&written) {
            return true;
        }
        if let Some(placed) = placed.as_ref().filter(|_| names::is_told(&written)) {
            // Prose of children is not their names: the cell is kept, and nobody is made of it.
            self.note(placed, Code::ChildWithoutName);
            return false;
        }
        let found = names::several(&written);
        if let Some(placed) = placed.as_ref().filter(|placed| placed.says()) {
            self.odd_names(placed, found.is_empty());
        }
        match (placed, found.as_slice()) {
            (Some(placed), [_]) => {
                let name = names::read(&written);
                let mut child = self.child(&beside);
                child.name = self.fit(&placed, name.text, NAME_MAX);
                child.stage = child.stage.or_else(|| STAGES.inside(&name.remark));
                children.push(child);
            }
            (Some(placed), [_, ..]) => {
                for (nth, (name, _)) in found.iter().enumerate() {
                    let of_one = beside.each_ref().map(|cell| part(cell.as_ref(), nth, found.len()));
                    let mut child = self.child(&of_one);
                    child.name = self.fit(&placed, name.clone(), NAME_MAX);
                    children.push(child);
                }
                let unmatched = |cell: &&Placed| text::parts(&cell.text()).count() != found.len();
                let unmatched: Vec<&Placed> = beside.iter().flatten().filter(unmatched).collect();
                for cell in unmatched {
                    self.note(cell, Code::ChildCellsUnmatched);
                }
            }
            _ => {
                let said = beside.iter().flatten().find(|cell| !text::says_none(&cell.text()));
                if let Some(said) = said {
                    self.note(said, Code::ChildWithoutName);
                }
            }
        }
        false
    }

    /// Says that a cell for names holds none, or none that looks like one.
    fn odd_names(&mut self, placed: &Placed, is_none: bool) {
        if is_none {
            self.note(placed, Code::ChildWithoutName);
        } else if text::parts(&placed.text()).any(|part| names::read(part).is_odd) {
            self.note(placed, Code::NameOdd);
        }
    }

    /// Says that something of children stands there, where no column names any.
    fn children_without_names(&mut self, family: &Family<'a>) {
        let cells = BESIDE.into_iter().flat_map(|field| self.every(family, field));
        let mut said = cells.filter(|cell| cell.says() && !text::says_none(&cell.text()));
        if let Some(said) = said.next() {
            self.note(&said, Code::ChildWithoutName);
        }
    }

    /// What the cells beside a name say.
    fn child(&mut self, [born, school, stage, grade, cost]: &[Option<Placed>; 5]) -> ChildValue {
        let spoken = |cell: &Option<Placed>| -> bool {
            cell.as_ref().is_some_and(|cell| !text::says_none(&cell.text()))
        };
        let mut child = ChildValue::default();
        if let Some(born) = born {
            child.born = self.day_of(born);
        }
        if let Some(school) = school.as_ref().filter(|cell| !text::says_none(&cell.text())) {
            let name = text::tidy(&school.text());
            child.school = self.fit(school, name, LINE_MAX);
        }
        if let Some(stage) = stage.as_ref().filter(|_| spoken(stage)) {
            match schooling::stage(&stage.text()) {
                Some(found) => (child.stage, child.grade) = (found.stage, found.grade),
                None => drop(self.note(stage, Code::StageUnknown)),
            }
        }
        if let Some(grade) = grade.as_ref().filter(|_| spoken(grade)) {
            match schooling::grade(&grade.cell) {
                Some(found) => {
                    child.grade = found.grade.or(child.grade);
                    child.stage = child.stage.or(found.stage);
                }
                None => drop(self.note(grade, Code::GradeUnreadable)),
            }
        }
        child.stage = child.stage.or_else(|| of_school_text(&child.school));
        if let Some(cost) = cost.as_ref().filter(|_| spoken(cost)) {
            child.yearly_cost_fen = fen(&cost.text());
            if child.yearly_cost_fen.is_none() {
                self.note(cost, Code::AmountUnreadable);
            }
        }
        child
    }

    /// A child among the members: its 工作单位或学校 may be a school, a stage, or work.
    fn child_of_member(&mut self, family: &Family<'a>, member: Member) -> ChildValue {
        let mut child = ChildValue { name: member.name, born: member.born, ..ChildValue::default() };
        // A sheet with a row for every person may have columns of schooling too.
        let row = family.rows.iter().find(|row| {
            let named =
                self.mapping.columns_of(Field::Name).chain(self.mapping.columns_of(Field::MemberName));
            named.into_iter().any(|column| names::read(&row.text(column)).text == child.name)
        });
        if let Some(row) = row {
            let beside = BESIDE.map(|field| self.first(row, field).filter(Placed::says));
            let said = self.child(&beside);
            child = ChildValue { name: child.name, born: child.born.or(said.born), ..said };
        }
        let is_school =
            ["学", "校", "园", "院", "高", "初", "中"].iter().any(|sign| member.work.contains(sign));
        if child.school.is_empty() && is_school {
            child.school.clone_from(&member.work);
        }
        child.stage = child.stage.or_else(|| STAGES.inside(&text::squeeze(&member.work)));
        if is_school && child.grade.is_none() {
            child.grade = schooling::grade(&Cell::Text(member.work)).and_then(|found| found.grade);
        }
        child
    }
}

/// 市一中高二, 青峰中学（初三）: a stage said along with the school, or the school's own.
fn of_school_text(school: &str) -> Option<Stage> {
    schooling::of_school(school)
}

/// The columns of each child: those between its name and the next child's.
pub(crate) fn columns(mapping: &Mapping) -> Vec<Columns> {
    let names: Vec<u16> = mapping.columns_of(Field::ChildName).collect();
    let beside = |field: Field, nth: usize| -> Option<u16> {
        let all: Vec<u16> = mapping.columns_of(field).collect();
        if all.len() == names.len() {
            return all.get(nth).copied();
        }
        // Fewer columns than names: each belongs to the last name left of it, or to the first of all.
        let owner = |column: u16| names.iter().rposition(|name| *name < column).unwrap_or(0);
        all.into_iter().find(|column| owner(*column) == nth)
    };
    let of_one =
        |(nth, name): (usize, &u16)| Columns { name: *name, beside: BESIDE.map(|field| beside(field, nth)) };
    names.iter().enumerate().map(of_one).collect()
}

/// The nth part of a cell that speaks of so many children.
fn part(placed: Option<&Placed>, nth: usize, of: usize) -> Option<Placed> {
    let placed = placed?;
    let text = placed.text();
    let parts: Vec<&str> = text::parts(&text).collect();
    let part = parts.get(nth).filter(|_| parts.len() == of)?;
    Some(Placed { row: placed.row, column: placed.column, cell: Cell::Text((*part).to_owned()) })
}

/// An amount in yuan as fen: `8000`, `8,000元`, `1.2万`.
fn fen(written: &str) -> Option<i64> {
    let plain: String = text::squeeze(written).chars().filter(|sign| *sign != ',').collect();
    let plain = plain.trim_start_matches(['约', '¥', '￥']);
    let plain = plain.split("/").next().unwrap_or_default().trim_end_matches(['元', '年', '左', '右']);
    let (number, factor) = match plain.strip_suffix('万') {
        Some(number) => (number, 1_000_000.0),
        None => (plain, 100.0),
    };
    let fen = (number.parse::<f64>().ok()? * factor).round();
    #[expect(clippy::cast_possible_truncation, reason = "its range is checked")]
    let amount = (0.0..1e12).contains(&fen).then_some(fen as i64);
    amount
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts() {
        for (input, expected) in [
            ("8000", Some(800_000)),
            ("8,000元", Some(800_000)),
            ("1.2万", Some(1_200_000)),
            ("8000元/年", Some(800_000)),
            ("85.5", Some(8_550)),
            ("很多", None),
            ("-5", None),
        ] {
            assert_eq!(fen(input), expected, "{input:?}");
        }
    }
}

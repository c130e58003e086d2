//! Spouse and children among the members of the family: a row for every person.

use domain::{
    day::LooseDay,
    value::{ChildValue, Marital},
};

use super::{Cells, Line};
use crate::{
    field::Field,
    mapping::Mapping,
    names,
    synonyms::{self, Relation},
    text,
};

/// A member as its row says it: name, birth, work or school, health.
#[derive(Clone, PartialEq, Eq)]
struct Member {
    relation: Relation,
    name: String,
    born: String,
    work: String,
    health: String,
}

/// Writes the rows of spouse and children, where any changed; other relatives stay.
pub(super) fn write(mapping: &Mapping, line: &Line<'_>, cells: &mut Cells) {
    let Some(relation) = mapping.column_of(Field::MemberRelation) else { return };
    let is_by_person = mapping.is_by_person();
    let (name, born) =
        if is_by_person { (Field::Name, Field::Born) } else { (Field::MemberName, Field::MemberBorn) };
    let columns = Columns {
        relation,
        name: mapping.column_of(name),
        born: mapping.column_of(born),
        work: mapping.column_of(Field::MemberWork),
        health: mapping.column_of(Field::MemberHealth),
        first_row: u32::from(is_by_person),
    };
    let before = line.of_family().map(|(said, _)| members(&said.household)).unwrap_or_default();
    let now = members(&line.now.household);
    if now == before {
        return;
    }
    for was in before.iter().filter(|was| !now.contains(was)) {
        let is = now.iter().find(|is| {
            is.relation == was.relation && (is.name == was.name || is.relation == Relation::Spouse)
        });
        if let Some(row) = columns.row_of(&was.name, cells) {
            columns.put(row, is, cells);
        }
    }
    // Who came in columns of their own is written there.
    let came_in = |field| match line.said.is_empty() {
        true => mapping.has(field),
        false => line.said.iter().any(|(_, file)| file.has(field)),
    };
    let has_own = |member: &Member| match member.relation {
        Relation::Spouse => came_in(Field::SpouseName),
        _ => came_in(Field::ChildName),
    };
    let is_there = |is: &Member| {
        before.iter().any(|was| {
            was.relation == is.relation && (was.name == is.name || is.relation == Relation::Spouse)
        })
    };
    for is in now.iter().filter(|is| !is_there(is) && !has_own(is)) {
        let row = columns.free_row(cells);
        columns.put(row, Some(is), cells);
    }
}

fn members(household: &crate::household::Household) -> Vec<Member> {
    let date = |day: Option<LooseDay>| day.map(|day| day.to_string()).unwrap_or_default();
    let spouse =
        household.spouse.iter().filter(|spouse| spouse.marital == Marital::Married).map(|spouse| Member {
            relation: Relation::Spouse,
            name: spouse.name.clone(),
            born: String::new(),
            work: spouse.work.clone(),
            health: spouse.health.clone(),
        });
    let child = |child: &ChildValue| Member {
        relation: Relation::Child,
        name: child.name.clone(),
        born: date(child.born),
        work: child.school.clone(),
        health: String::new(),
    };
    spouse.chain(household.children.iter().flatten().map(child)).filter(|one| !one.name.is_empty()).collect()
}

struct Columns {
    relation: u16,
    name: Option<u16>,
    born: Option<u16>,
    work: Option<u16>,
    health: Option<u16>,
    first_row: u32,
}

impl Columns {
    /// The row of spouse or child of a name.
    fn row_of(&self, name: &str, cells: &Cells) -> Option<u32> {
        let column = self.name?;
        let named = cells.iter().filter(|((row, at), _)| *at == column && *row >= self.first_row);
        named.filter(|(_, text)| names::read(text).text == name).map(|((row, _), _)| *row).find(|row| {
            let relation = cells.get(&(*row, self.relation)).map(String::as_str).unwrap_or_default();
            matches!(synonyms::relation(&text::squeeze(relation)), Some(Relation::Spouse | Relation::Child))
        })
    }

    fn free_row(&self, cells: &Cells) -> u32 {
        let used = cells
            .iter()
            .filter(|((_, at), text)| (*at == self.relation || Some(*at) == self.name) && !text.is_empty());
        used.map(|((row, _), _)| row + 1).max().unwrap_or(0).max(self.first_row)
    }

    fn put(&self, row: u32, member: Option<&Member>, cells: &mut Cells) {
        let relation = match member.map(|member| member.relation) {
            Some(Relation::Spouse) => "配偶",
            Some(_) => "子女",
            None => "",
        };
        let there = cells.get(&(row, self.relation)).is_some_and(|text| !text.is_empty());
        if member.is_none() || !there {
            cells.insert((row, self.relation), relation.to_owned());
        }
        let mut write = |column: Option<u16>, text: fn(&Member) -> &String| {
            if let Some(column) = column {
                cells.insert((row, column), member.map(text).cloned().unwrap_or_default());
            }
        };
        write(self.name, |member| &member.name);
        write(self.born, |member| &member.born);
        write(self.work, |member| &member.work);
        write(self.health, |member| &member.health);
    }
}

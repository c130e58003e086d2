//! Children in columns of their own: a row each, columns for each, or several in a cell.

use std::collections::BTreeSet;

use domain::id::ChildId;

use super::{Cells, Line, said};
use crate::{
    field::Field,
    mapping::Mapping,
    names,
    reader::children::{Columns, columns},
    text,
};

/// A child's place: the row counted from the household's first, and which of the columns.
type Place = (u32, usize);

/// Writes the columns of children, where any changed.
pub(super) fn write(mapping: &Mapping, line: &Line<'_>, cells: &mut Cells) {
    let columns = columns(mapping);
    // Children who came among the members are written there.
    let family = line.of_family();
    let are_members =
        family.is_some_and(|(_, file)| file.has(Field::MemberRelation) && !file.has(Field::ChildName));
    if columns.is_empty() || are_members {
        return;
    }
    let now = &line.now;
    let shown: Vec<(ChildId, [String; 6])> =
        now.children.iter().copied().zip(now.household.children.iter().flatten().map(said::child)).collect();
    let before: Vec<(ChildId, [String; 6])> = family
        .map(|(said, _)| {
            let children = said.household.children.iter().flatten().map(said::child);
            said.children.iter().copied().zip(children).collect()
        })
        .unwrap_or_default();
    let said_none = family.is_some_and(|(said, _)| said.household.children == Some(Vec::new()));
    let says_none = now.household.children == Some(Vec::new());
    if shown == before && said_none == says_none {
        return;
    }
    let places = places(&columns, cells);
    let kept = places.len() == before.len();
    if !kept {
        clear(&columns, cells, None);
    }
    let mut free = 0_u32..;
    let mut taken: BTreeSet<Place> = BTreeSet::new();
    for (nth, (id, was)) in before.iter().enumerate().filter(|_| kept) {
        let Some(place) = places.get(nth) else { continue };
        match shown.iter().find(|(other, _)| other == id) {
            None => clear(&columns, cells, Some(*place)),
            Some((_, is)) => {
                taken.insert(*place);
                put(&columns, cells, *place, is, Some(was));
            }
        }
    }
    let is_old = |id: &ChildId| kept && before.iter().any(|(other, _)| other == id);
    for (_, is) in shown.iter().filter(|(id, _)| !is_old(id)) {
        let place = next(&mut free, columns.len(), &taken);
        taken.insert(place);
        put(&columns, cells, place, is, None);
    }
    if let Some(first) = columns.first().filter(|_| says_none) {
        cells.insert((0, first.name), "无".to_owned());
    }
}

/// Where the file names one child a cell, in the order in which they are read.
fn places(columns: &[Columns], cells: &Cells) -> Vec<Place> {
    let last = cells.keys().map(|(row, _)| *row).max().unwrap_or(0);
    let mut places = Vec::new();
    for row in 0..=last {
        for (nth, of_one) in columns.iter().enumerate() {
            let written = cells.get(&(row, of_one.name)).map(String::as_str).unwrap_or_default();
            if text::says_nothing(written) || text::says_none(written) {
                continue;
            }
            match names::several(written).len() {
                0 => {}
                1 => places.push((row, nth)),
                // Several in a cell have no place of their own.
                _ => return Vec::new(),
            }
        }
    }
    places
}

/// The next place that nobody has, row by row.
fn next(free: &mut impl Iterator<Item = u32>, wide: usize, taken: &BTreeSet<Place>) -> Place {
    let wide = u32::try_from(wide).unwrap_or(1).max(1);
    let place = |nth: u32| (nth / wide, usize::try_from(nth % wide).unwrap_or(0));
    free.map(place).find(|place| !taken.contains(place)).unwrap_or_default()
}

/// Writes a child; what is as it was stays as it was written.
fn put(
    columns: &[Columns],
    cells: &mut Cells,
    (row, nth): Place,
    is: &[String; 6],
    was: Option<&[String; 6]>,
) {
    let Some(of_one) = columns.get(nth) else { return };
    let [name, beside @ ..] = is;
    let was_beside = was.map(|[_, beside @ ..]| beside);
    if was.is_none_or(|[was, ..]| was != name) {
        cells.insert((row, of_one.name), name.clone());
    }
    for (at, (column, text)) in of_one.beside.iter().zip(beside).enumerate() {
        let is_as_was = was_beside.and_then(|was| was.get(at)).is_some_and(|was| was == text);
        if let Some(column) = column.filter(|_| !is_as_was) {
            cells.insert((row, column), text.clone());
        }
    }
}

/// Empties a place, or all of them.
fn clear(columns: &[Columns], cells: &mut Cells, only: Option<Place>) {
    for (nth, of_one) in columns.iter().enumerate() {
        let of_child: Vec<u16> = of_one.beside.iter().flatten().copied().chain([of_one.name]).collect();
        cells.retain(|(row, column), _| {
            !of_child.contains(column)
                || only.is_some_and(|(only_row, only_nth)| (only_row, only_nth) != (*row, nth))
        });
    }
}

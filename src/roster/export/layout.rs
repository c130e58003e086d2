//! The columns of a roster that is written: those that most of its households came in with; behind them what only other
//! files had, and what files said beside their columns. Nothing that any file said is without a place.

use std::collections::BTreeMap;

use super::{Line, fields, plain_mapping};
use crate::{
    field::Field,
    mapping::{Column, Mapping},
    sheet::letters,
};

/// What a file may say of a household beside its columns: in a band over a section, in the name of its sheet.
const BESIDE: [(&str, Field); 2] = [("分会", Field::Branch), ("类别", Field::Category)];

/// The columns, and which of them each column of a file stands in.
#[derive(Debug)]
pub struct Layout<'a> {
    /// The columns.
    pub mapping: Mapping,
    files: Vec<(&'a Mapping, BTreeMap<u16, u16>)>,
}

impl<'a> Layout<'a> {
    /// The columns for these households; plain ones where no file said anything of them.
    #[must_use]
    pub fn of(lines: &[Line<'a>]) -> Self {
        let files = files(lines);
        // Of two with as many households the later.
        let Some((most, _)) = files.iter().max_by_key(|(_, count)| *count) else {
            return Self { mapping: plain_mapping(), files: Vec::new() };
        };
        let mut layout = Self { mapping: (*most).clone().for_another_file(), files: Vec::new() };
        for (file, _) in files {
            let mut places = places(file, &layout.mapping);
            for column in file.columns.iter().filter(|column| column.exported) {
                places.entry(column.at).or_insert_with(|| layout.push(&column.header, column.field));
            }
            layout.files.push((file, places));
        }
        for (header, field) in BESIDE {
            let says = |line: &Line<'_>| {
                fields::texts(field, &line.now.household, &layout.mapping).is_some_and(|all| !all.is_empty())
            };
            if !layout.mapping.has(field) && lines.iter().any(says) {
                layout.push(header, Some(field));
            }
        }
        layout
    }

    /// One column more, behind all others.
    fn push(&mut self, header: &str, field: Option<Field>) -> u16 {
        let at = self.mapping.columns.iter().map(|column| column.at + 1).max().unwrap_or(0);
        let header = header.to_owned();
        self.mapping.columns.push(Column { at, letters: letters(at), header, field, exported: true });
        at
    }

    /// Where a cell of a file stands, by its row counted from the household's first and its column.
    pub(super) fn place(&self, file: &Mapping, row: u32, column: u16) -> Option<u16> {
        let field = file.at(column)?.field.filter(|field| *field != Field::Kept);
        if row > 0
            && file.is_by_person()
            && !self.mapping.is_by_person()
            && let Some(field) = field.filter(|field| !field.is_of_many())
        {
            // What stands under the worker's name is a member's; here members have columns of their own.
            return match field {
                Field::Name => self.mapping.column_of(Field::MemberName),
                Field::Born => self.mapping.column_of(Field::MemberBorn),
                _ => None,
            };
        }
        let (_, places) = self.files.iter().find(|(one, _)| core::ptr::eq(*one, file))?;
        places.get(&column).copied()
    }
}

/// Which of the files that said something of a household, the latest first, it is written as: the latest that does not
/// only say a few things of it.
#[must_use]
pub fn written_as<'a>(files: impl Iterator<Item = &'a Mapping> + Clone) -> Option<usize> {
    let widest = files.clone().map(|file| file.columns.len()).max()?;
    files.into_iter().position(|file| file.columns.len() * 3 > widest * 2)
}

/// The files that said something of these households, in their order, each with how many are written in its columns.
fn files<'a>(lines: &[Line<'a>]) -> Vec<(&'a Mapping, usize)> {
    let mut files: Vec<(&'a Mapping, usize)> = Vec::new();
    for line in lines {
        let own = written_as(line.said.iter().map(|(_, file)| *file));
        for (nth, (_, file)) in line.said.iter().enumerate().rev() {
            let count = usize::from(own == Some(nth));
            match files.iter_mut().find(|(one, _)| core::ptr::eq(*one, *file)) {
                Some((_, counted)) => *counted += count,
                None => files.push((file, count)),
            }
        }
    }
    let of_columns = |file: &Mapping| -> usize {
        files.iter().filter(|(one, _)| one.has_columns_of(file)).map(|(_, count)| *count).sum()
    };
    files.iter().map(|(file, _)| (*file, of_columns(file))).collect()
}

/// Where the columns of a file stand: under their own header, else in a column of their field that is still free.
fn places(file: &Mapping, written: &Mapping) -> BTreeMap<u16, u16> {
    let under_own = |column: &Column| {
        let is_like = |one: &&Column| one.is_like(column);
        let nth = file.columns.iter().filter(is_like).take_while(|one| one.at != column.at).count();
        written.columns.iter().filter(is_like).nth(nth).map(|one| one.at)
    };
    let is_of_child = |column: &&Column| column.field.is_some_and(Field::is_of_child);
    // What is said beside a child's name belongs to the name left of it: they move together, or not at all.
    let children_move = file.columns.iter().filter(is_of_child).all(|column| under_own(column).is_some());
    let one_child = [file, written].iter().all(|one| one.columns_of(Field::ChildName).count() == 1);
    let moving = || file.columns.iter().filter(|column| children_move || one_child || !is_of_child(column));
    let mut places: BTreeMap<u16, u16> =
        moving().filter_map(|column| Some((column.at, under_own(column)?))).collect();
    for column in moving() {
        let Some(field) = column.field.filter(|field| *field != Field::Kept) else { continue };
        let is_free = |at: &u16| !places.values().any(|taken| taken == at);
        let free = written.columns_of(field).find(is_free);
        if let Some(free) = free.filter(|_| !places.contains_key(&column.at)) {
            places.insert(column.at, free);
        }
    }
    places
}

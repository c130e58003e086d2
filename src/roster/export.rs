//! The roster out again: the columns it came in with, and in every cell what stands.
//!
//! A cell whose value is still what the file said stays as it was written, but for digits of ID numbers and telephones,
//! which are half-width; only what changed since is written anew, so that the file differs from the one it came from in
//! just that.

use std::collections::BTreeMap;

use domain::{
    day::Day,
    id::{ChildId, EventId},
    observation::Standings,
    slot::{Slot, Value},
    value::{ChildValue, EventValue},
};

use crate::{
    field::Field,
    household::{Fate, Household, SeatHolder},
    mapping::{Column, Mapping},
    plan::{
        known::Remembered,
        same::{Pass, identify},
    },
    reading::{How, Reading},
    text,
};

mod children;
mod fields;
mod layout;
mod members;
mod said;
mod sheet;

pub(crate) use fields::texts;
pub use layout::{Layout, written_as};
pub(crate) use said::{cause as cause_word, child as child_texts};
pub use sheet::{csv, xlsx};

/// What the office says of a household beside the six.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Beside {
    /// Its category's name.
    pub category: Option<String>,
    /// Its causes.
    pub causes: Vec<domain::rules::Cause>,
    /// 分会.
    pub branch: String,
    /// 支会.
    pub group: String,
    /// Who answers for it.
    pub seats: Vec<SeatHolder>,
    /// 身份证号, as it was last stated.
    pub id_number: Option<String>,
    /// 建档日期, for a household that no file named.
    pub since: Option<Day>,
}

/// What a file said of a household, and which of its columns held what.
pub type Said<'a> = (&'a Remembered, &'a Mapping);

/// A household to be written.
pub struct Line<'a> {
    /// What files said of it, and which column of each held what: the latest first, then those that have columns which
    /// no later one has.
    pub said: Vec<Said<'a>>,
    /// What stands of it.
    pub now: Remembered,
}

impl<'a> Line<'a> {
    /// A household as it stands.
    #[must_use]
    pub fn of(said: Vec<Said<'a>>, standings: &Standings, beside: Beside) -> Self {
        let before = |is: &dyn Fn(&Mapping) -> bool| latest_where(&said, is).map(|(said, _)| said);
        let (children, child_ids) = children_of(standings, before(&Mapping::names_family));
        let (events, event_ids) = events_of(standings, before(&|file| file.has(Field::Events)));
        let registered = before(&|file| file.has(Field::Registered));
        let mut household = Household {
            sheet: String::new(),
            row: 0,
            fate: Fate::GoesIn,
            name: None,
            id_number: beside.id_number,
            category: beside.category,
            causes: beside.causes,
            branch: beside.branch,
            group: beside.group,
            home: String::new(),
            address: None,
            telephone: None,
            spouse: None,
            children,
            events,
            seats: beside.seats,
            // What a file leaves open stays open.
            registered: registered.map_or(beside.since.map(Into::into), |said| said.household.registered),
            cells: Vec::new(),
        };
        for slot in [Slot::Name, Slot::Address, Slot::Telephone, Slot::Spouse] {
            match value(standings, slot) {
                Some(Value::Name(name)) => household.name = Some(name.clone()),
                Some(Value::Address(address)) => household.address = Some(address.clone()),
                Some(Value::Telephone(telephone)) => household.telephone = Some(telephone.clone()),
                Some(Value::Spouse(spouse)) => household.spouse = Some(spouse.clone()),
                _ => {}
            }
        }
        Self { said, now: Remembered { household, children: child_ids, events: event_ids } }
    }

    /// The file that said last what a field is.
    fn of_field(&self, field: Field) -> Option<Said<'a>> {
        latest_where(&self.said, &|file| file.has(field))
    }

    /// The file that said last who belongs to the family.
    fn of_family(&self) -> Option<Said<'a>> {
        latest_where(&self.said, &Mapping::names_family)
    }

    /// Whether what the nth file has in a column is what was said last of that: members of a family are all of one file.
    fn is_said_last(&self, nth: usize, row: u32, column: &Column) -> bool {
        let Some((_, file)) = self.said.get(nth) else { return false };
        let field = column.field.filter(|field| *field != Field::Kept);
        let is_of_family =
            |field: Field| field.is_of_child() || field.is_of_member() || (row > 0 && file.is_by_person());
        if field.is_some_and(is_of_family) {
            return self.of_family().is_some_and(|(_, own)| core::ptr::eq(own, *file));
        }
        !self.said.iter().take(nth).any(|(_, later)| later.holds(column))
    }
}

/// Of the files that are like that the latest; where none is, the latest of all.
fn latest_where<'a>(said: &[Said<'a>], is: &dyn Fn(&Mapping) -> bool) -> Option<Said<'a>> {
    said.iter().find(|(_, file)| is(file)).or_else(|| said.first()).copied()
}

/// What stands in a slot; of rivals the latest.
fn value(standings: &Standings, slot: Slot) -> Option<&Value> {
    let values = standings.get(&slot).map(|standing| standing.values.as_slice()).unwrap_or_default();
    values.iter().max_by_key(|one| (one.day, one.entry)).map(|one| &one.value)
}

/// The children of the list that have not ended: those of the last file first, in its order.
fn children_of(standings: &Standings, said: Option<&Remembered>) -> (Option<Vec<ChildValue>>, Vec<ChildId>) {
    let Some(Value::Children(listed)) = value(standings, Slot::Schooling) else { return (None, Vec::new()) };
    let order = in_order(listed, said.map(|said| said.children.as_slice()).unwrap_or_default());
    let standing = |id: &ChildId| match value(standings, Slot::Child(*id)) {
        Some(Value::Child(child)) => Some((child.clone(), *id)),
        _ => None,
    };
    let (children, ids) = order.iter().filter_map(standing).unzip();
    (Some(children), ids)
}

/// The events of the list that have not ended, likewise.
fn events_of(standings: &Standings, said: Option<&Remembered>) -> (Option<Vec<EventValue>>, Vec<EventId>) {
    let Some(Value::EventList(listed)) = value(standings, Slot::Events) else { return (None, Vec::new()) };
    let order = in_order(listed, said.map(|said| said.events.as_slice()).unwrap_or_default());
    let standing = |id: &EventId| match value(standings, Slot::Event(*id)) {
        Some(Value::Event(event)) => Some((event.clone(), *id)),
        _ => None,
    };
    let (events, ids) = order.iter().filter_map(standing).unzip();
    (Some(events), ids)
}

fn in_order<I: Copy + PartialEq>(listed: &[I], said: &[I]) -> Vec<I> {
    let before = said.iter().filter(|id| listed.contains(id));
    before.chain(listed.iter().filter(|id| !said.contains(id))).copied().collect()
}

/// A roster to be written.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// The columns, from left to right.
    pub columns: Vec<OutColumn>,
    /// The rows below the header.
    pub rows: Vec<Vec<String>>,
    /// For each household the first of its rows, counted from 0 below the header.
    pub first_rows: Vec<usize>,
}

/// A column to be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutColumn {
    /// Its name.
    pub header: String,
    /// What it holds.
    pub field: Option<Field>,
}

impl Table {
    /// A table of texts alone.
    #[must_use]
    pub fn of_texts(columns: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        // A name is never read as a number or a date.
        let column = |header| OutColumn { header, field: Some(Field::Name) };
        Self { columns: columns.into_iter().map(column).collect(), rows, first_rows: Vec::new() }
    }
}

/// The columns of a roster that has never come in: those of the six and who answers.
fn plain_mapping() -> Mapping {
    let columns = [
        ("姓名", Field::Name),
        ("性别", Field::Sex),
        ("身份证号", Field::IdNumber),
        ("出生日期", Field::Born),
        ("类别", Field::Category),
        ("分会", Field::Branch),
        ("支会", Field::Group),
        ("联系电话", Field::Telephone),
        ("住址", Field::Address),
        ("婚姻状况", Field::Marital),
        ("配偶姓名", Field::SpouseName),
        ("配偶工作情况", Field::SpouseWork),
        ("配偶健康状况", Field::SpouseHealth),
        ("致困原因", Field::Cause),
        ("子女姓名", Field::ChildName),
        ("子女出生年月", Field::ChildBorn),
        ("就读学校", Field::ChildSchool),
        ("学段", Field::ChildStage),
        ("年级", Field::ChildGrade),
        ("家庭重大情况", Field::Events),
        ("单位领导", Field::Leader),
        ("单位领导电话", Field::LeaderTelephone),
        ("工会干部", Field::UnionOfficer),
        ("工会干部电话", Field::UnionOfficerTelephone),
        ("基层领导", Field::LineManager),
        ("基层领导电话", Field::LineManagerTelephone),
        ("建档日期", Field::Registered),
    ];
    let column = |(at, (header, field)): (u16, (&str, Field))| Column {
        at,
        letters: crate::sheet::letters(at),
        header: header.to_owned(),
        field: Some(field),
        exported: true,
    };
    Mapping { header_rows: 1, columns: (0..).zip(columns).map(column).collect(), ..Mapping::default() }
}

/// The cells of one household: by row counted from its first, and by column of the mapping.
type Cells = BTreeMap<(u32, u16), String>;

/// Writes households in these columns. `how` says what a cell is read as: one that by itself does not say what is known of
/// the household is written anew.
#[must_use]
pub fn table(layout: &Layout<'_>, lines: &[Line<'_>], how: &How<'_>) -> Table {
    let mapping = &layout.mapping;
    let columns: Vec<&Column> = mapping.columns.iter().filter(|column| column.exported).collect();
    let mut table = Table {
        columns: columns
            .iter()
            .map(|column| OutColumn { header: column.header.clone(), field: column.field })
            .collect(),
        rows: Vec::new(),
        first_rows: Vec::new(),
    };
    for (nth, line) in lines.iter().enumerate() {
        let mut cells = as_said(layout, line);
        fields::write(mapping, line, how, &mut cells);
        children::write(mapping, line, &mut cells);
        members::write(mapping, line, &mut cells);
        number(mapping, nth, &mut cells);
        table.first_rows.push(table.rows.len());
        let last =
            cells.iter().filter(|(_, text)| !text.is_empty()).map(|((row, _), _)| *row).max().unwrap_or(0);
        for row in 0..=last {
            let cell = |column: &&Column| {
                let text = cells.get(&(row, column.at)).map(String::as_str).unwrap_or_default();
                match column.field.is_some_and(Field::is_of_digits) {
                    true => text.chars().map(text::half_width_digit).collect(),
                    false => text.to_owned(),
                }
            };
            table.rows.push(columns.iter().map(cell).collect());
        }
    }
    table
}

/// What the written file says of each household, read back: what a person who edits it starts from. In the order of
/// `now`, which is what stands of each; none where it does not say it as it was written.
#[must_use]
pub fn remembered(reading: Reading, first_rows: &[usize], now: &[Remembered]) -> Vec<Option<Remembered>> {
    let mut by_row: BTreeMap<u32, Household> =
        reading.households.into_iter().map(|one| (one.row, one)).collect();
    let of_line = |(first, now): (&usize, &Remembered)| {
        // The header is row 1.
        let household = by_row.remove(&u32::try_from(first + 2).ok()?)?;
        let (mut unknown_child, mut unknown_event) = (false, false);
        let children: Vec<(ChildId, ChildValue)> =
            now.children.iter().copied().zip(now.household.children.iter().flatten().cloned()).collect();
        let events: Vec<(EventId, EventValue)> =
            now.events.iter().copied().zip(now.household.events.iter().flatten().cloned()).collect();
        let children = identify(
            household.children.as_deref().unwrap_or_default(),
            &[Pass { among: &children, is_same: |one, other| one.name == other.name }],
            || {
                unknown_child = true;
                ChildId::from_bytes([0; 16])
            },
        );
        let events = identify(
            household.events.as_deref().unwrap_or_default(),
            &[
                Pass { among: &events, is_same: |one, other| one.what == other.what },
                Pass { among: &events, is_same: |_, _| true },
            ],
            || {
                unknown_event = true;
                EventId::from_bytes([0; 16])
            },
        );
        let is_whole = !unknown_child && !unknown_event;
        is_whole.then_some(Remembered { household, children, events })
    };
    first_rows.iter().zip(now).map(of_line).collect()
}

/// The cells as the files had them, each in its place, and each as it was written last.
fn as_said(layout: &Layout<'_>, line: &Line<'_>) -> Cells {
    let mut cells = Cells::new();
    for (nth, (said, file)) in line.said.iter().enumerate() {
        for cell in &said.household.cells {
            let row = cell.row.saturating_sub(said.household.row);
            let is_last = file.at(cell.column).is_some_and(|column| line.is_said_last(nth, row, column));
            if let Some(column) = layout.place(file, row, cell.column).filter(|_| is_last) {
                cells.entry((row, column)).or_insert_with(|| cell.text.clone());
            }
        }
    }
    cells
}

/// 序号 counts anew.
fn number(mapping: &Mapping, nth: usize, cells: &mut Cells) {
    for column in mapping.columns_of(Field::Serial) {
        cells.insert((0, column), (nth + 1).to_string());
    }
}

#[cfg(test)]
pub(crate) mod tests;

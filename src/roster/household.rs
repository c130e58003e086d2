//! One household as a sheet states it, in the domain's own values.

use domain::day::LooseDay;
use domain::{
    id::{ChildId, EventId},
    rules::Cause,
    seat::Seat,
    slot::{Slot, Value, Values},
    value::{AddressValue, ChildValue, EventValue, NameValue, SpouseValue, TelephoneValue},
};
use serde::{Deserialize, Serialize};

use crate::mapping::Mapping;

/// Somebody who answers for the household.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SeatHolder {
    /// In which seat.
    pub seat: Seat,
    /// The name.
    pub name: String,
    /// The telephone as dialled; empty where none stands there.
    pub telephone: String,
}

/// The text of one cell of a household, kept as it was: what a later import is held against.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CellText {
    /// The row.
    pub row: u32,
    /// The column, counted from 0.
    pub column: u16,
    /// What stood there.
    pub text: String,
}

/// What happens to a household of a sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It goes in.
    GoesIn,
    /// It has no name.
    NameMissing,
    /// It stands in an earlier row already.
    DuplicateOf(u32),
    /// An earlier row has its ID number under another name.
    SameIdAs(u32),
}

/// One household as a sheet states it. What a cell does not say is `None`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Household {
    /// Its sheet, where several were read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// The row that names the worker.
    pub row: u32,
    /// What happens to it.
    pub fate: Fate,
    /// The worker.
    pub name: Option<NameValue>,
    /// 身份证号, squeezed, with a capital X; kept even where its check digit is wrong.
    pub id_number: Option<String>,
    /// The union's own name of the category.
    pub category: Option<String>,
    /// The main cause first.
    pub causes: Vec<Cause>,
    /// 分会, as the sheet names it.
    pub branch: String,
    /// 支会, as the sheet names it.
    pub group: String,
    /// 分会, where the sheet names none and the office knows where the household is; no sheet says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub home: String,
    /// 住址.
    pub address: Option<AddressValue>,
    /// 电话; with no numbers where the cell says that there is none.
    pub telephone: Option<TelephoneValue>,
    /// 配偶情况.
    pub spouse: Option<SpouseValue>,
    /// The children; empty where a cell says that there are none.
    pub children: Option<Vec<ChildValue>>,
    /// Major events; empty where the cell says that there are none.
    pub events: Option<Vec<EventValue>>,
    /// Who answers for it.
    pub seats: Vec<SeatHolder>,
    /// 建档日期.
    pub registered: Option<LooseDay>,
    /// Every cell of its rows.
    pub cells: Vec<CellText>,
}

impl Household {
    /// 分会, as the sheet names it, else where the office has the household.
    #[must_use]
    pub const fn of_branch(&self) -> &String {
        if self.branch.is_empty() { &self.home } else { &self.branch }
    }

    /// Whether it goes in.
    #[must_use]
    pub fn goes_in(&self) -> bool {
        self.fate == Fate::GoesIn
    }

    /// The last of its rows.
    #[must_use]
    pub fn last_row(&self) -> u32 {
        self.cells.iter().map(|cell| cell.row).max().unwrap_or(self.row)
    }

    /// Whether it repeats an earlier row, and so is no household of its own.
    #[must_use]
    pub const fn is_repeat(&self) -> bool {
        matches!(self.fate, Fate::DuplicateOf(_))
    }

    /// The worker's name; empty where it is missing.
    #[must_use]
    pub fn name_text(&self) -> &str {
        self.name.as_ref().map(|name| name.text.as_str()).unwrap_or_default()
    }

    /// What the sheet states of the six, as `Register.stated` takes it. The ids of children and events are the caller's:
    /// new ones, or those of children that the file knows by name.
    pub fn stated(
        &self,
        mut child: impl FnMut(&ChildValue) -> ChildId,
        mut event: impl FnMut(&EventValue) -> EventId,
    ) -> Values {
        let mut values = Values::new();
        values.extend(self.name.clone().map(|name| (Slot::Name, Value::Name(name))));
        values.extend(self.address.clone().map(|address| (Slot::Address, Value::Address(address))));
        values.extend(self.telephone.clone().map(|numbers| (Slot::Telephone, Value::Telephone(numbers))));
        values.extend(self.spouse.clone().map(|spouse| (Slot::Spouse, Value::Spouse(spouse))));
        if let Some(children) = &self.children {
            let mut ids = Vec::new();
            for one in children {
                let id = child(one);
                ids.push(id);
                values.insert(Slot::Child(id), Value::Child(one.clone()));
            }
            ids.sort_unstable();
            values.insert(Slot::Schooling, Value::Children(ids));
        }
        if let Some(events) = &self.events {
            let mut ids = Vec::new();
            for one in events {
                let id = event(one);
                ids.push(id);
                values.insert(Slot::Event(id), Value::Event(one.clone()));
            }
            ids.sort_unstable();
            values.insert(Slot::Events, Value::EventList(ids));
        }
        values
    }

    /// What stood in a column, over all its rows, a line each; blank lines at the end are left out.
    #[must_use]
    pub fn cell(&self, column: u16) -> String {
        let first = self.row;
        let mut lines: Vec<&str> = Vec::new();
        for cell in self.cells.iter().filter(|cell| cell.column == column) {
            let at = usize::try_from(cell.row - first).unwrap_or(0);
            lines.resize(at.max(lines.len()), "");
            lines.push(&cell.text);
        }
        lines.join("\n")
    }

    /// The cells of columns that are not read, by the column's name: kept with the household, exported again.
    #[must_use]
    pub fn kept(&self, mapping: &Mapping) -> Vec<(String, String)> {
        let cells = mapping.kept().map(|column| (column.header.clone(), self.cell(column.at)));
        cells.filter(|(_, text)| !text.is_empty()).collect()
    }
}

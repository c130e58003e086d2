//! Reads the rows of one family into a [`Household`]: every cell by its column's field, every doubt a finding.
//!
//! Looks at one household alone; repeats between households are found afterwards.

use domain::{
    check::{LINE_MAX, NAME_MAX, WORDS_MAX},
    day::{Day, LooseDay},
    rules::Cause,
    value::{AddressValue, EventValue, NameValue, Telephone, TelephoneValue, Whose},
};

use crate::{
    date,
    family::Family,
    field::Field,
    finding::{Code, Effect, Finding},
    household::{CellText, Fate, Household},
    id_number::{self, IdNumber, Wrong},
    mapping::Mapping,
    names,
    sheet::{Cell, Sheet, SheetRow, letters},
    telephone, text, words,
};

mod children;
mod members;
mod seats;
mod spouse;

/// A household has one main cause and up to three further.
const CAUSES_MAX: usize = 4;

/// What reading a household needs to know, and what it found.
pub struct Reader<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// What its columns hold.
    pub mapping: &'a Mapping,
    /// The union's categories, by name.
    pub categories: &'a [String],
    /// The day it is.
    pub today: Day,
    /// Findings so far.
    pub findings: Vec<Finding>,
}

/// A cell and its place.
struct Placed {
    row: u32,
    column: u16,
    cell: Cell,
}

impl Placed {
    fn text(&self) -> String {
        self.cell.text()
    }

    /// Whether it says something: not blank, not a stroke, not 不详.
    fn says(&self) -> bool {
        !text::says_nothing(&self.text())
    }
}

impl<'a> Reader<'a> {
    /// Reads one family. `carried` are the units that blocks of rows leave out after their first.
    pub fn household(&mut self, family: &Family<'a>, carried: &mut Carried) -> Option<Household> {
        let first = *family.rows.first()?;
        self.damaged_cells(family);
        let id = self.id_number(first);
        let name = self.name(first, id.as_ref());
        let category = self.category(first, &family.band);
        let (branch, group) = self.unit(first, &family.band, category.is_some(), carried);
        let members = self.members(family);
        let spouse = self.spouse(first, &members);
        Some(Household {
            row: first.number,
            fate: if name.is_some() { Fate::GoesIn } else { Fate::NameMissing },
            name,
            id_number: id.map(|id| id.text).filter(|text| !text.is_empty()),
            category,
            causes: self.causes(family),
            branch,
            group,
            address: self.address(first),
            telephone: self.telephone(family),
            spouse,
            children: self.children(family, members),
            events: self.events(family),
            seats: self.seats(first),
            registered: self.day(first, Field::Registered),
            cells: cells(family),
        })
    }

    /// The first cell of a field that holds something; merged cells show what they show on the screen.
    fn first(&self, row: &SheetRow, field: Field) -> Option<Placed> {
        self.mapping.columns_of(field).find_map(|column| self.at(row, column))
    }

    fn at(&self, row: &SheetRow, column: u16) -> Option<Placed> {
        let cell = self.sheet.seen(row, column)?;
        let blank = matches!(cell, Cell::Failed(_)) || text::squeeze(&cell.text()).is_empty();
        (!blank).then_some(Placed { row: row.number, column, cell })
    }

    /// Every cell of a field in all rows of the family.
    fn every(&self, family: &Family<'_>, field: Field) -> Vec<Placed> {
        let columns: Vec<u16> = self.mapping.columns_of(field).collect();
        let mut found = Vec::new();
        for (nth, row) in family.rows.iter().enumerate() {
            // Below the first row a merged cell would be the same cell again.
            let own = |column: &u16| nth == 0 || row.get(*column).is_some();
            found.extend(
                columns.iter().filter(|column| own(column)).filter_map(|column| self.at(row, *column)),
            );
        }
        found
    }

    /// Notes a finding about a cell.
    fn note(&mut self, placed: &Placed, code: Code) -> &mut Finding {
        let cell: String = text::tidy(&placed.text()).chars().take(80).collect();
        self.note_at(placed.row, Some(placed.column), code, cell)
    }

    /// Notes a finding about a row, or a column of it.
    fn note_at(&mut self, row: u32, column: Option<u16>, code: Code, cell: String) -> &mut Finding {
        let mut finding = Finding::of_row(row, code);
        if let Some(at) = column {
            finding.letters = letters(at);
            finding.column = self.mapping.at(at).map(|column| column.header.clone()).unwrap_or_default();
        }
        finding.cell = cell;
        self.findings.push_mut(finding)
    }

    fn damaged_cells(&mut self, family: &Family<'_>) {
        for row in &family.rows {
            for (column, cell) in row.cells() {
                let code = match cell {
                    Cell::Failed(_) => Code::CellFailed,
                    Cell::Text(text) if text.contains('\u{fffd}') => Code::SignsLost,
                    _ => continue,
                };
                self.note(&Placed { row: row.number, column, cell: cell.clone() }, code);
            }
        }
    }

    /// A text no longer than there is room for.
    fn fit(&mut self, placed: &Placed, text: String, chars_max: usize) -> String {
        if text.chars().count() <= chars_max {
            return text;
        }
        self.note(placed, Code::TooLong);
        text.chars().take(chars_max).collect()
    }

    /// The text of a field, as it is kept; empty where nothing is said.
    fn line(&mut self, row: &SheetRow, field: Field, chars_max: usize) -> String {
        let Some(placed) = self.first(row, field).filter(Placed::says) else { return String::new() };
        let text = text::tidy(&placed.text());
        self.fit(&placed, text, chars_max)
    }

    fn id_number(&mut self, row: &SheetRow) -> Option<IdNumber> {
        let placed = self.first(row, Field::IdNumber)?;
        let id = id_number::read(&placed.cell)?;
        let code = match id.wrong {
            Some(Wrong::CheckDigit) => Code::IdCheckDigit,
            Some(Wrong::Length) => Code::IdLength,
            Some(Wrong::Date) => Code::IdDate,
            Some(Wrong::Precision) => Code::IdPrecisionLost,
            None => return Some(id),
        };
        self.note(&placed, code);
        Some(id)
    }

    fn name(&mut self, row: &SheetRow, id: Option<&IdNumber>) -> Option<NameValue> {
        let born = self.born(row, id);
        let sex = self.sex(row, id);
        let work_number = self.line(row, Field::WorkNumber, NAME_MAX);
        let placed = self.first(row, Field::Name);
        let name = placed.as_ref().map(|placed| names::read(&placed.text())).unwrap_or_default();
        let Some(placed) = placed.filter(|_| !name.text.is_empty()) else {
            let column = self.mapping.column_of(Field::Name);
            self.note_at(row.number, column, Code::NameMissing, String::new());
            return None;
        };
        if name.is_odd {
            self.note(&placed, Code::NameOdd);
        }
        let text = self.fit(&placed, name.text, NAME_MAX);
        Some(NameValue { text, sex, born, work_number, ..NameValue::default() })
    }

    /// The birth date as it is written; the ID number's where none is written or it lies in the future.
    fn born(&mut self, row: &SheetRow, id: Option<&IdNumber>) -> Option<LooseDay> {
        let of_id = id.and_then(|id| id.born);
        let Some(placed) = self.first(row, Field::Born).filter(Placed::says) else {
            return of_id.map(LooseDay::from);
        };
        let Some(date) = date::read(&placed.cell, self.today) else {
            self.note(&placed, Code::DateUnreadable);
            return of_id.map(LooseDay::from);
        };
        let is_future = is_after(date.day, self.today);
        let differs = of_id.is_some_and(|of_id| !agrees(date.day, of_id));
        let october = of_id.filter(|of_id| date.may_be_october && of_id.parts().1 == 10);
        if let Some(of_id) = october.filter(|of_id| of_id.parts().0 == date.day.parts().0) {
            return LooseDay::new(of_id.parts().0, Some(10), None);
        }
        if !is_future && !differs {
            return Some(date.day);
        }
        let finding = self.note(&placed, Code::BirthInFutureOrDiffersFromId);
        finding.against = of_id.map(|day| day.to_string()).unwrap_or_default();
        if !is_future {
            return Some(date.day);
        }
        finding.effect = if of_id.is_some() { Effect::FromId } else { Effect::WithoutCell };
        of_id.map(LooseDay::from)
    }

    fn sex(&mut self, row: &SheetRow, id: Option<&IdNumber>) -> Option<domain::value::Sex> {
        let of_id = id.and_then(|id| id.sex);
        let Some(placed) = self.first(row, Field::Sex).filter(Placed::says) else { return of_id };
        let Some(sex) = words::sex(&placed.text()) else {
            self.note(&placed, Code::SexUnknown);
            return of_id;
        };
        if of_id.is_some_and(|of_id| of_id != sex) {
            self.note(&placed, Code::SexDiffersFromId);
        }
        Some(sex)
    }

    fn category(&mut self, row: &SheetRow, band: &str) -> Option<String> {
        let of_band = words::category(band, self.categories).map(str::to_owned);
        let Some(placed) = self.first(row, Field::Category).filter(Placed::says) else {
            if of_band.is_none() && self.mapping.has(Field::Category) {
                let column = self.mapping.column_of(Field::Category);
                self.note_at(row.number, column, Code::CategoryMissing, String::new());
            }
            return of_band;
        };
        let category = words::category(&placed.text(), self.categories).map(str::to_owned);
        if category.is_none() {
            self.note(&placed, Code::CategoryUnknown);
        }
        category
    }

    /// The causes, the main one first, each once.
    fn causes(&mut self, family: &Family<'_>) -> Vec<Cause> {
        let mut causes: Vec<Cause> = Vec::new();
        let placed: Vec<Placed> =
            [Field::Cause, Field::FurtherCause].iter().flat_map(|field| self.every(family, *field)).collect();
        for placed in &placed {
            let (known, unknown) = words::causes(&placed.text());
            if !unknown.is_empty() {
                self.note(placed, Code::CauseUnknown).cell = unknown.join("、");
            }
            for cause in known {
                if !causes.contains(&cause) {
                    causes.push(cause);
                }
            }
        }
        if let Some(last) = placed.last().filter(|_| causes.len() > CAUSES_MAX) {
            self.note(last, Code::CausesTooMany);
            causes.truncate(CAUSES_MAX);
        }
        causes
    }

    fn unit(
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
        if branch.is_empty() && self.mapping.has(Field::Branch) {
            let column = self.mapping.column_of(Field::Branch);
            self.note_at(row.number, column, Code::BranchMissing, String::new());
        }
        (branch, group)
    }

    fn address(&mut self, row: &SheetRow) -> Option<AddressValue> {
        let text = self.line(row, Field::Address, LINE_MAX);
        let dwelling = self.first(row, Field::Dwelling).filter(Placed::says).and_then(|placed| {
            let dwelling = words::dwelling(&placed.text());
            if dwelling.is_none() {
                self.note(&placed, Code::DwellingUnknown);
            }
            dwelling
        });
        // How somebody lives without where is no address.
        (!text.is_empty()).then(|| AddressValue { text, dwelling, ..AddressValue::default() })
    }

    fn telephone(&mut self, family: &Family<'_>) -> Option<TelephoneValue> {
        let mut numbers: Vec<Telephone> = Vec::new();
        let mut is_none = false;
        for placed in self.every(family, Field::Telephone) {
            let found = telephone::read(&placed.cell, Whose::Worker);
            is_none |= found.is_none;
            for odd in &found.odd {
                self.note(&placed, Code::PhoneLength).cell.clone_from(odd);
            }
            if found.unreadable && found.odd.is_empty() {
                self.note(&placed, Code::PhoneUnreadable);
            }
            for telephone in found.numbers {
                if !numbers.iter().any(|there| there.number == telephone.number) {
                    numbers.push(telephone);
                }
            }
        }
        (is_none || !numbers.is_empty()).then(|| TelephoneValue { numbers, ..TelephoneValue::default() })
    }

    fn events(&mut self, family: &Family<'_>) -> Option<Vec<EventValue>> {
        let placed = self.every(family, Field::Events);
        let mut events = Vec::new();
        for placed in placed.iter().filter(|placed| placed.says() && !text::says_none(&placed.text())) {
            let what = text::tidy(&placed.text());
            let kind = words::event_kind(&what);
            let what = self.fit(placed, what, WORDS_MAX);
            let rest = Default::default();
            events.push(EventValue { kind, day: None, who: String::new(), what, cost_fen: None, rest });
        }
        let is_none = placed.iter().any(|placed| text::says_none(&placed.text()));
        (is_none || !events.is_empty()).then_some(events)
    }

    /// A date that is not a birth date of the worker.
    fn day(&mut self, row: &SheetRow, field: Field) -> Option<LooseDay> {
        let placed = self.first(row, field)?;
        self.day_of(&placed)
    }

    fn day_of(&mut self, placed: &Placed) -> Option<LooseDay> {
        if !placed.says() || text::says_none(&placed.text()) {
            return None;
        }
        let Some(date) = date::read(&placed.cell, self.today) else {
            self.note(placed, Code::DateUnreadable);
            return None;
        };
        if is_after(date.day, self.today) {
            self.note(placed, Code::DateInFuture);
            return None;
        }
        Some(date.day)
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

fn cells(family: &Family<'_>) -> Vec<CellText> {
    let of_row = |row: &&SheetRow| -> Vec<CellText> {
        row.cells().map(|(column, cell)| CellText { row: row.number, column, text: cell.text() }).collect()
    };
    family.rows.iter().flat_map(of_row).collect()
}

/// Whether a date that may lack its day or month is the other's.
fn agrees(date: LooseDay, with: Day) -> bool {
    let (year, month, day) = with.parts();
    let (own_year, own_month, own_day) = date.parts();
    own_year == year && own_month.is_none_or(|own| own == month) && own_day.is_none_or(|own| own == day)
}

/// Whether all of what a date may mean lies after a day.
fn is_after(date: LooseDay, day: Day) -> bool {
    let (year, month, day_of_month) = date.parts();
    Day::new(year, month.unwrap_or(1), day_of_month.unwrap_or(1)).is_some_and(|first| first > day)
}

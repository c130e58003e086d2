//! Reads the rows of one family into a [`Household`]: every cell by its column's field, every doubt a finding.
//!
//! Looks at one household alone; repeats between households are found afterwards.

use domain::{
    check::{LINE_MAX, WORDS_MAX},
    day::{Day, LooseDay},
    rules::Cause,
    value::{AddressValue, EventValue, Telephone, TelephoneValue, Whose},
};

use crate::{
    date,
    family::Family,
    field::Field,
    finding::{Code, Effect, Finding},
    household::{CellText, Fate, Household},
    mapping::Mapping,
    read_as::ReadAs,
    sheet::{Cell, Sheet, SheetRow, letters},
    telephone, text, words,
};

pub(crate) mod children;
mod members;
mod seats;
mod spouse;
mod unit;
mod worker;

pub use unit::Carried;

/// A household has one main cause and up to three further.
pub(crate) const CAUSES_MAX: usize = 4;

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
    /// The branch of households that name none: the sheet's, where each branch has its own.
    pub branch: &'a str,
    /// Findings so far.
    pub findings: Vec<Finding>,
    /// Words that were taken for others so far.
    pub read_as: ReadAs,
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
            sheet: String::new(),
            row: first.number,
            fate: if name.is_some() { Fate::GoesIn } else { Fate::NameMissing },
            name,
            id_number: id.map(|id| id.text).filter(|text| !text.is_empty()),
            category,
            causes: self.causes(family),
            branch,
            group,
            home: String::new(),
            address: self.address(first),
            telephone: self.telephone(family),
            spouse,
            children: self.children(family, members),
            events: self.events(family),
            seats: self.seats(first),
            registered: self.registered(first),
            cells: cells(self.sheet, self.mapping, family),
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

    fn category(&mut self, row: &SheetRow, band: &str) -> Option<String> {
        let of_band = words::category(band, self.categories).map(str::to_owned);
        let Some(placed) = self.first(row, Field::Category).filter(Placed::says) else {
            if of_band.is_none() && self.mapping.has(Field::Category) {
                let column = self.mapping.column_of(Field::Category);
                self.note_at(row.number, column, Code::CategoryMissing, String::new());
            }
            return of_band;
        };
        let written = placed.text();
        // The name of a category is that category, whatever was said while there was none; and a category that the union
        // has no more is as unknown as it was.
        let has = |name: &str| self.categories.iter().any(|one| text::squeeze(one) == text::squeeze(name));
        let told = self.mapping.category(&written).filter(|_| !has(&written));
        let told = told.filter(|word| word.is.as_ref().is_none_or(|is| self.categories.contains(is)));
        let category = match told {
            Some(word) => word.is.clone(),
            None => words::category(&written, self.categories).map(str::to_owned),
        };
        if category.is_none() && told.is_none() {
            self.note(&placed, Code::CategoryUnknown);
        }
        self.read_as.category(&written, category.as_deref(), told.is_some());
        category
    }

    /// The causes, the main one first, each once.
    fn causes(&mut self, family: &Family<'_>) -> Vec<Cause> {
        let mut causes: Vec<Cause> = Vec::new();
        let placed: Vec<Placed> =
            [Field::Cause, Field::FurtherCause].iter().flat_map(|field| self.every(family, *field)).collect();
        for placed in &placed {
            let named = words::causes(&placed.text());
            let unknown: Vec<&str> =
                named.iter().filter(|(_, cause)| cause.is_none()).map(|(word, _)| word.as_str()).collect();
            if !unknown.is_empty() {
                self.note(placed, Code::CauseUnknown).cell = unknown.join("、");
            }
            for (word, cause) in named.iter().filter_map(|(word, cause)| Some((word, (*cause)?))) {
                self.read_as.cause(word, cause);
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

    /// 建档日期; one that is none is told with what becomes of it.
    fn registered(&mut self, row: &SheetRow) -> Option<LooseDay> {
        let before = self.findings.len();
        let day = self.day(row, Field::Registered);
        self.findings.iter_mut().skip(before).for_each(|finding| finding.effect = Effect::RostersDay);
        day
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

/// Every cell of the rows; in the first what is merged down to it from households above.
fn cells(sheet: &Sheet, mapping: &Mapping, family: &Family<'_>) -> Vec<CellText> {
    let of_row = |row: &&SheetRow| -> Vec<CellText> {
        row.cells().map(|(column, cell)| CellText { row: row.number, column, text: cell.text() }).collect()
    };
    let mut cells: Vec<CellText> = family.rows.iter().flat_map(of_row).collect();
    if let Some(first) = family.rows.first() {
        let unsaid = mapping.columns.iter().map(|column| column.at).filter(|at| first.get(*at).is_none());
        cells.extend(unsaid.filter_map(|column| {
            let text = sheet.seen(first, column)?.text();
            Some(CellText { row: first.number, column, text })
        }));
        cells.sort_unstable_by_key(|cell| (cell.row, cell.column));
    }
    cells
}

/// Whether all of what a date may mean lies after a day.
fn is_after(date: LooseDay, day: Day) -> bool {
    let (year, month, day_of_month) = date.parts();
    Day::new(year, month.unwrap_or(1), day_of_month.unwrap_or(1)).is_some_and(|first| first > day)
}

//! The rows of a file that was looked at: what happens to each, which stand beside which, and what was found at each,
//! with one verdict a row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use protocol::roster::{PlannedRow, RosterFinding, RosterRepeat};
use roster::finding::{Code, Effect, Finding};
use roster::household::{Fate, Household};
use roster::plan::Planned;

use super::look::Look;
use super::shown::{of_row, unit_of, word};

/// The rows of a look, by where they stand.
pub struct RowBook<'a> {
    look: &'a Look,
    /// Sheet and first row, to the row's place in the reading.
    places: BTreeMap<(&'a str, u32), usize>,
    /// A row's place in the reading, to its place in the plan.
    planned: HashMap<usize, usize>,
}

impl<'a> RowBook<'a> {
    /// Opens the book.
    #[must_use]
    pub fn of(look: &'a Look) -> Self {
        let rows = look.reading.households.iter().enumerate();
        let planned = look.plan.households.iter().enumerate();
        Self {
            look,
            places: rows.map(|(at, row)| ((row.sheet.as_str(), row.row), at)).collect(),
            planned: planned.map(|(nth, one)| (one.at, nth)).collect(),
        }
    }

    /// Every row, in the order of the file.
    #[must_use]
    pub fn rows(&self) -> Vec<PlannedRow> {
        let of_plan = self.look.plan.findings.iter().filter(|finding| finding.effect == Effect::HeldBack);
        let like = self.look.reading.findings.iter().filter(|finding| finding.code == Code::SimilarToRow);
        let why: HashMap<(&str, u32), Code> = like
            .chain(of_plan)
            .map(|finding| ((finding.sheet.as_str(), finding.row), finding.code))
            .collect();
        let row = |(at, row): (usize, &Household)| {
            let planned = self.planned_at(at);
            let (code, of) = match row.fate {
                Fate::GoesIn => (why.get(&(row.sheet.as_str(), row.row)).copied(), None),
                Fate::NameMissing => (Some(Code::NameMissing), None),
                Fate::DuplicateOf(of) => (Some(Code::DuplicateOfRow), Some(of)),
                Fate::SameIdAs(of) => (Some(Code::SameIdOtherName), Some(of)),
            };
            let is = match planned {
                None => "held_back",
                Some(one) if one.is_new => "new",
                Some(one) if one.changes() => "changed",
                Some(_) => "unchanged",
            };
            PlannedRow {
                sheet: row.sheet.clone(),
                row: row.row,
                name: row.name_text().to_owned(),
                unit: unit_of(row),
                is: is.to_owned(),
                household: planned.filter(|one| !one.is_new).map(|one| one.household),
                why: code
                    .filter(|_| planned.is_none())
                    .map(|code| code.word().to_owned())
                    .unwrap_or_default(),
                of: of.filter(|_| planned.is_none()),
            }
        };
        self.look.reading.households.iter().enumerate().map(row).collect()
    }

    /// What was found, in the order of the file. Where a household does not go in, nothing of it does.
    #[must_use]
    pub fn findings(&self) -> Vec<RosterFinding> {
        let (reading, plan) = (&self.look.reading, &self.look.plan);
        // Where the office keeps the right number, that says what is wrong with the row's; and what was filled in before
        // says more than that it is lacking.
        let found = |code: Code| -> BTreeSet<(&str, u32, &str)> {
            let found = plan.findings.iter().filter(|finding| finding.code == code);
            found.map(|one| (one.sheet.as_str(), one.row, one.letters.as_str())).collect()
        };
        let (kept, emptied) = (found(Code::IdKept), found(Code::CellEmptied));
        let is_said_better = |one: &Finding| match one.code {
            Code::IdCheckDigit | Code::IdLength | Code::IdDate => {
                kept.contains(&(one.sheet.as_str(), one.row, ""))
            }
            Code::CategoryMissing | Code::BranchMissing => {
                emptied.contains(&(one.sheet.as_str(), one.row, one.letters.as_str()))
            }
            _ => false,
        };
        // Nothing of a repeat goes in, so nothing of it is to be repaired: the row itself is all that is said.
        let is_in_repeat = |one: &Finding| {
            let at = self.household_at(&one.sheet, one.row);
            let row = at.and_then(|at| reading.households.get(at));
            one.code != Code::DuplicateOfRow && row.is_some_and(Household::is_repeat)
        };
        let of_reading = reading.findings.iter().filter(|one| !is_said_better(one) && !is_in_repeat(one));
        let mut all: Vec<&Finding> = of_reading.chain(&plan.findings).collect();
        all.sort_by_key(|finding| finding.row);
        all.into_iter().map(|finding| self.finding(finding)).collect()
    }

    fn finding(&self, finding: &Finding) -> RosterFinding {
        let at = self.household_at(&finding.sheet, finding.row);
        let row = at.and_then(|at| self.look.reading.households.get(at));
        let planned = at.and_then(|at| self.planned_at(at));
        let keeps_category = matches!(finding.code, Code::CategoryUnknown | Code::CategoryMissing)
            && planned.is_some_and(|planned| planned.has_category);
        let effect = match row {
            _ if keeps_category => Effect::Stays,
            // A person said that it is a household of its own.
            _ if finding.code == Code::SimilarToRow && planned.is_some() => Effect::AsWritten,
            // Only the file of a new household begins with a roster.
            _ if finding.effect == Effect::RostersDay && planned.is_some_and(|planned| !planned.is_new) => {
                Effect::Stays
            }
            _ if at.is_none() || planned.is_some() => finding.effect,
            Some(row) if row.is_repeat() => Effect::Repeat,
            _ => Effect::HeldBack,
        };
        RosterFinding {
            sheet: finding.sheet.clone(),
            row: finding.row,
            column: finding.column.clone(),
            letters: finding.letters.clone(),
            finding: finding.code.word().to_owned(),
            of: finding.of,
            name: row.map(|row| row.name_text().to_owned()).unwrap_or_default(),
            unit: row.map(unit_of).unwrap_or_default(),
            cell: finding.cell.clone(),
            against: finding.against.clone(),
            effect: word(&effect),
        }
    }

    /// What becomes of a row, by its place in the reading; none where it does not go in.
    fn planned_at(&self, at: usize) -> Option<&'a Planned> {
        self.planned.get(&at).and_then(|nth| self.look.plan.households.get(*nth))
    }

    /// The household whose rows a row is one of.
    fn household_at(&self, sheet: &str, row: u32) -> Option<usize> {
        let ((of, _), at) = self.places.range(..=(sheet, row)).next_back()?;
        let household = self.look.reading.households.get(*at)?;
        (*of == sheet && household.last_row() >= row).then_some(*at)
    }

    /// Rows that stand beside an earlier one.
    #[must_use]
    pub fn repeats(&self) -> Vec<RosterRepeat> {
        let findings = self.look.reading.findings.iter();
        findings.filter_map(|finding| self.repeat(finding, finding.of?)).collect()
    }

    fn repeat(&self, finding: &Finding, of: u32) -> Option<RosterRepeat> {
        let of_sheet = if finding.of_sheet.is_empty() { &finding.sheet } else { &finding.of_sheet };
        let at = |sheet: &str, row: u32| self.look.reading.households.get(*self.places.get(&(sheet, row))?);
        let (row, earlier) = (at(&finding.sheet, finding.row)?, at(of_sheet, of)?);
        Some(RosterRepeat {
            sheet: finding.sheet.clone(),
            row: finding.row,
            says: of_row(row),
            of_sheet: finding.of_sheet.clone(),
            of,
            of_says: of_row(earlier),
            why: finding.code.word().to_owned(),
            differs: self.differs(row, earlier),
        })
    }

    /// Columns in which two rows differ; their number in the sheet is none.
    fn differs(&self, row: &Household, earlier: &Household) -> Vec<(String, String, String)> {
        let columns = self.look.reading.mapping.columns.iter();
        let texts = columns
            .filter(|column| column.field != Some(roster::field::Field::Serial))
            .map(|column| (column.header.clone(), row.cell(column.at), earlier.cell(column.at)));
        texts.filter(|(_, here, there)| roster::text::squeeze(here) != roster::text::squeeze(there)).collect()
    }
}

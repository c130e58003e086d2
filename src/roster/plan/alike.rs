//! Rows of one file that may be one household. It is asked, as of a row that may be a household on file: until a person says
//! so the later one is held back. Said to be one, it repeats the earlier; said to be two, each goes in.

use std::collections::BTreeMap;

use domain::id::HouseholdId;

use super::{
    Answers,
    matching::{Match, Said},
};
use crate::{
    finding::{Code, Finding},
    household::{Fate, Household},
    reading::Reading,
};

/// How a question and its answer name a household that is a row of the file itself: by its place. No id of an office is like
/// it, for each of those says of what kind it is.
#[must_use]
pub fn of_file(at: usize) -> HouseholdId {
    let place = u128::try_from(at).unwrap_or(u128::MAX >> 64);
    HouseholdId::from_bytes(place.to_be_bytes())
}

/// The place of the row that an id names; none where it is an office's.
#[must_use]
pub fn row_of(id: HouseholdId) -> Option<usize> {
    let place = u128::from_be_bytes(*id.as_bytes());
    u64::try_from(place).ok().and_then(|place| usize::try_from(place).ok())
}

/// The reading, with rows that a person said to be an earlier one as repeats of that.
#[must_use]
pub fn alike(mut reading: Reading, answers: &Answers) -> Reading {
    let is_said = |(row, of): &(usize, usize)| {
        answers.households.get(row).is_some_and(|said| *said == Said::Is(of_file(*of)))
    };
    let said: Vec<(usize, usize)> = pairs(&reading).into_iter().filter(is_said).collect();
    if said.is_empty() {
        return reading;
    }
    for (row, of) in said {
        let Some(earlier) = reading.households.get(of).map(|earlier| earlier.row) else { continue };
        let Some(row) = reading.households.get_mut(row) else { continue };
        row.fate = Fate::DuplicateOf(earlier);
        let is_it = |one: &&mut Finding| is_similar(one) && is_at(row, &one.sheet, one.row);
        for finding in reading.findings.iter_mut().filter(is_it) {
            finding.code = Code::DuplicateOfRow;
            finding.effect = Code::DuplicateOfRow.effect();
        }
    }
    reading.gather();
    reading
}

/// What rows are, where a person has not said of each that is like an earlier one whether it is that.
pub(super) fn asked(reading: &Reading, found: &mut [(usize, Match)], answers: &Answers) {
    let earlier: BTreeMap<usize, usize> = pairs(reading).into_iter().collect();
    for (at, found) in found {
        let Some(of) = earlier.get(at).filter(|_| answers.households.get(at) != Some(&Said::New)) else {
            continue;
        };
        match found {
            Match::New => *found = Match::Ask(Code::SimilarToRow, vec![of_file(*of)]),
            Match::Ask(_, may_be) => may_be.push(of_file(*of)),
            Match::Is(_) => {}
        }
    }
}

/// The rows that are like an earlier one, each with that; by their places.
fn pairs(reading: &Reading) -> Vec<(usize, usize)> {
    let similar: Vec<&Finding> = reading.findings.iter().filter(|finding| is_similar(finding)).collect();
    if similar.is_empty() {
        return Vec::new();
    }
    let rows = reading.households.iter().enumerate();
    let places: BTreeMap<(&str, u32), usize> =
        rows.map(|(at, row)| ((row.sheet.as_str(), row.row), at)).collect();
    let pair = |finding: &&Finding| {
        let of_sheet = if finding.of_sheet.is_empty() { &finding.sheet } else { &finding.of_sheet };
        let row = places.get(&(finding.sheet.as_str(), finding.row))?;
        Some((*row, *places.get(&(of_sheet.as_str(), finding.of?))?))
    };
    similar.iter().filter_map(pair).collect()
}

fn is_similar(finding: &Finding) -> bool {
    finding.code == Code::SimilarToRow
}

fn is_at(household: &Household, sheet: &str, row: u32) -> bool {
    household.sheet == sheet && household.row == row
}

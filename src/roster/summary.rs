//! A reading in short, as `liuzhidao roster FILE --json` prints it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    finding::{Code, Finding},
    household::Household,
    mapping::Mapping,
    people::{Branch, Helper, Question},
    reading::Reading,
};

/// A reading in short.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Summary<'a> {
    /// Households, each counted once.
    pub households: usize,
    /// Of those, how many go in.
    pub goes_in: usize,
    /// Their children.
    pub children: usize,
    /// The units they name.
    pub units: &'a [Branch],
    /// Who answers for them.
    pub helpers: &'a [Helper],
    /// Helpers who may be one person.
    pub to_confirm: &'a [Question],
    /// The rows that do not go in.
    pub held_back: Vec<u32>,
    /// Which column holds what.
    pub mapping: &'a Mapping,
    /// What is not as it should be.
    pub findings: &'a [Finding],
}

impl<'a> Summary<'a> {
    /// Sums a reading up.
    #[must_use]
    pub fn of(reading: &'a Reading) -> Self {
        let own = || reading.households.iter().filter(|household| !household.is_repeat());
        // A row like an earlier one waits for a person's word.
        let like: BTreeSet<(&str, u32)> = reading
            .findings
            .iter()
            .filter(|finding| finding.code == Code::SimilarToRow)
            .map(|finding| (finding.sheet.as_str(), finding.row))
            .collect();
        let goes_in = |one: &&Household| one.goes_in() && !like.contains(&(one.sheet.as_str(), one.row));
        Self {
            households: own().count(),
            goes_in: own().filter(goes_in).count(),
            children: own().filter_map(|household| household.children.as_ref()).map(Vec::len).sum(),
            units: &reading.units,
            helpers: &reading.helpers,
            to_confirm: &reading.questions,
            held_back: reading.households.iter().filter(|one| !goes_in(one)).map(|one| one.row).collect(),
            mapping: &reading.mapping,
            findings: &reading.findings,
        }
    }
}

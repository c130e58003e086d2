//! Rows that a sheet alone takes for one household, and that the office has as two: somebody said at the desk that they are
//! two, or an earlier file was told so. Each is its own household then, and nothing is said of the other.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::HouseholdId;

use super::{
    known::Known,
    matching::{Found, Index, Match},
    placing::Places,
};
use crate::{
    finding::{Code, Finding},
    household::{Fate, Household},
    reading::Reading,
};

/// Where a row stands: sheet and number.
type At = (String, u32);

/// The reading, with what stands apart at the office apart.
#[must_use]
pub fn apart(mut reading: Reading, known: &Known<'_>) -> Reading {
    let pairs: BTreeMap<At, At> = reading.findings.iter().filter_map(pair).collect();
    if pairs.is_empty() {
        return reading;
    }
    let two = are_two(&reading.households, &pairs, known);
    for row in &mut reading.households {
        if two.contains(&at(row)) && row.is_repeat() {
            row.fate = Fate::GoesIn;
        }
    }
    reading.findings.retain(|one| pair(one).is_none_or(|(row, _)| !two.contains(&row)));
    let (own, others) = std::mem::take(&mut reading.of_repeats)
        .into_iter()
        .partition(|one: &Finding| two.contains(&(one.sheet.clone(), one.row)));
    reading.of_repeats = others;
    reading.findings.extend::<Vec<Finding>>(own);
    reading.gather();
    reading
}

/// The rows that are another household of the office than the row before that they look like; or one of several whom
/// nothing tells apart, for a person to say which.
fn are_two(rows: &[Household], pairs: &BTreeMap<At, At>, known: &Known<'_>) -> BTreeSet<At> {
    let (index, places) = (Index::of(known), Places::of(known));
    let mut taken: BTreeSet<HouseholdId> = BTreeSet::new();
    let mut is: BTreeMap<At, HouseholdId> = BTreeMap::new();
    let mut two = BTreeSet::new();
    for row in rows.iter().filter(|row| !row.name_text().is_empty()) {
        let found = index.find(known, (row, places.branch(&row.branch)), &taken);
        let earlier = pairs.get(&at(row));
        let is_two = match &found {
            Found::Plain(Match::Is(id)) => {
                earlier.and_then(|of| is.get(of)).is_some_and(|of| of != id) && !taken.contains(id)
            }
            Found::OneOf(_) => earlier.is_some(),
            Found::Plain(_) => false,
        };
        if is_two {
            two.insert(at(row));
        }
        if let Found::Plain(Match::Is(id)) = found
            && (is_two || row.goes_in())
            && taken.insert(id)
        {
            is.insert(at(row), id);
        }
    }
    two
}

fn at(row: &Household) -> At {
    (row.sheet.clone(), row.row)
}

/// A row, and the one before that it looks like.
fn pair(finding: &Finding) -> Option<(At, At)> {
    let of_sheet = if finding.of_sheet.is_empty() { &finding.sheet } else { &finding.of_sheet };
    let looks_alike = matches!(finding.code, Code::DuplicateOfRow | Code::SimilarToRow);
    looks_alike.then_some(())?;
    Some(((finding.sheet.clone(), finding.row), (of_sheet.clone(), finding.of?)))
}

//! Households that stand in a file twice: for certain, or perhaps.
//!
//! The key is the ID number, else name and birth date with unit or telephone. What is only near is said, never merged.

use std::collections::HashMap;

use domain::day::LooseDay;

use crate::{
    finding::{Code, Finding},
    household::{Fate, Household},
};

/// Marks repeats, and gives a finding for each.
#[must_use]
pub fn mark(households: &mut [Household]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut by_id: HashMap<String, (u32, String)> = HashMap::new();
    let mut by_person: HashMap<(String, LooseDay), Vec<Seen>> = HashMap::new();
    let mut by_telephone: HashMap<(String, String), u32> = HashMap::new();
    for household in households {
        let (fate, finding) = judge(household, &by_id, &by_person, &by_telephone);
        if let Some((code, of)) = finding {
            let mut finding = Finding::of_row(household.row, code);
            finding.of = Some(of);
            household.name_text().clone_into(&mut finding.cell);
            findings.push(finding);
        }
        household.fate = fate;
        if household.is_repeat() {
            continue;
        }
        let name = household.name_text().to_owned();
        if let Some(id) = &household.id_number {
            by_id.entry(id.clone()).or_insert((household.row, name.clone()));
        }
        if name.is_empty() {
            continue;
        }
        let seen = Seen::of(household);
        for telephone in &seen.telephones {
            by_telephone.entry((name.clone(), telephone.clone())).or_insert(seen.row);
        }
        if let Some(born) = born(household) {
            by_person.entry((name, born)).or_default().push(seen);
        }
    }
    findings
}

/// What is compared of a household with the same name and birth date.
struct Seen {
    row: u32,
    has_id: bool,
    unit: (String, String),
    telephones: Vec<String>,
}

impl Seen {
    fn of(household: &Household) -> Self {
        let numbers = household.telephone.iter().flat_map(|telephone| &telephone.numbers);
        Self {
            row: household.row,
            has_id: household.id_number.is_some(),
            unit: (household.branch.clone(), household.group.clone()),
            telephones: numbers.map(|telephone| telephone.number.clone()).collect(),
        }
    }

    fn is_near(&self, other: &Self) -> bool {
        let same_unit = self.unit == other.unit && !self.unit.0.is_empty();
        same_unit || self.telephones.iter().any(|telephone| other.telephones.contains(telephone))
    }
}

fn born(household: &Household) -> Option<LooseDay> {
    household.name.as_ref().and_then(|name| name.born)
}

type Judgement = (Fate, Option<(Code, u32)>);

fn judge(
    household: &Household,
    by_id: &HashMap<String, (u32, String)>,
    by_person: &HashMap<(String, LooseDay), Vec<Seen>>,
    by_telephone: &HashMap<(String, String), u32>,
) -> Judgement {
    let name = household.name_text();
    if let Some((row, earlier)) = household.id_number.as_ref().and_then(|id| by_id.get(id)) {
        return if name.is_empty() || earlier.is_empty() || earlier == name {
            (Fate::DuplicateOf(*row), Some((Code::DuplicateOfRow, *row)))
        } else {
            (Fate::SameIdAs(*row), Some((Code::SameIdOtherName, *row)))
        };
    }
    if name.is_empty() {
        return (household.fate, None);
    }
    let this = Seen::of(household);
    let same = born(household).and_then(|born| by_person.get(&(name.to_owned(), born)));
    if let Some(seen) = same.and_then(|seen| seen.iter().find(|seen| seen.is_near(&this))) {
        // Two ID numbers that differ are two people, or one written wrong: a person must say.
        return if seen.has_id && this.has_id {
            (household.fate, Some((Code::SimilarToRow, seen.row)))
        } else {
            (Fate::DuplicateOf(seen.row), Some((Code::DuplicateOfRow, seen.row)))
        };
    }
    let near = same.and_then(|seen| seen.first()).map(|seen| seen.row);
    let near = near.or_else(|| {
        let keys = this.telephones.iter().map(|telephone| (name.to_owned(), telephone.clone()));
        keys.into_iter().find_map(|key| by_telephone.get(&key).copied())
    });
    (household.fate, near.map(|row| (Code::SimilarToRow, row)))
}

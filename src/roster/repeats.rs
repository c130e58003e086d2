//! Households that stand in a file twice: for certain, or perhaps.
//!
//! The key is the ID number, else name and birth date with unit or telephone. What is only near is said, never merged.

use std::collections::HashMap;

use domain::day::LooseDay;

use crate::{
    finding::{Code, Finding},
    household::{Fate, Household},
    id_number::{self, key as id_key},
};

/// So many people of one name and year are compared.
const SEEN_MAX: usize = 50;

/// Marks repeats, and gives a finding for each.
#[must_use]
pub fn mark(households: &mut [Household]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut before = Before::default();
    for household in households {
        let (fate, finding) = before.judge(household);
        if let Some((code, of)) = finding {
            let mut finding = Finding::of_row(household.row, code);
            finding.of = Some(of.row);
            finding.sheet.clone_from(&household.sheet);
            finding.of_sheet = if of.sheet == household.sheet { String::new() } else { of.sheet };
            household.name_text().clone_into(&mut finding.cell);
            findings.push(finding);
        }
        household.fate = fate;
        if !household.is_repeat() {
            before.add(household);
        }
    }
    findings
}

/// Where a household stands.
#[derive(Clone)]
struct At {
    sheet: String,
    row: u32,
}

impl At {
    fn of(household: &Household) -> Self {
        Self { sheet: household.sheet.clone(), row: household.row }
    }
}

/// What is compared of a household.
#[derive(Clone)]
struct Seen {
    at: At,
    name: String,
    born: Option<LooseDay>,
    has_id: bool,
    id_is_right: bool,
    unit: (String, String),
    telephones: Vec<String>,
}

impl Seen {
    fn of(household: &Household) -> Self {
        let numbers = household.telephone.iter().flat_map(|telephone| &telephone.numbers);
        Self {
            at: At::of(household),
            born: born(household),
            name: household.name_text().to_owned(),
            has_id: household.id_number.is_some(),
            id_is_right: household.id_number.as_deref().is_some_and(id_number::is_right),
            unit: (household.branch.clone(), household.group.clone()),
            telephones: numbers.map(|telephone| telephone.number.clone()).collect(),
        }
    }

    /// Whether both were born on one day, as far as either says: a month holds all its days.
    fn is_born_with(&self, other: &Self) -> bool {
        let (Some((year, month, day)), Some((other_year, other_month, other_day))) =
            (self.born.map(LooseDay::parts), other.born.map(LooseDay::parts))
        else {
            return false;
        };
        let agree = |one: Option<u8>, other: Option<u8>| one.is_none() || other.is_none() || one == other;
        year == other_year && agree(month, other_month) && agree(day, other_day)
    }

    /// Whether the same name in the same branch may be the same household: where one does not say when it was born. Two
    /// right ID numbers are two people.
    fn is_perhaps(&self, other: &Self) -> bool {
        (self.born.is_none() || other.born.is_none()) && !(self.id_is_right && other.id_is_right)
    }

    /// Whether another name behind the same telephone may be the same household, written otherwise.
    fn is_perhaps_renamed(&self, other: &Self) -> bool {
        let same_branch = self.unit.0 == other.unit.0 && !self.unit.0.is_empty();
        let are_two = self.id_is_right && other.id_is_right;
        same_branch && !are_two && self.is_born_with(other) && is_written_like(&self.name, &other.name)
    }

    fn is_near(&self, other: &Self) -> bool {
        let same_unit = self.unit == other.unit && !self.unit.0.is_empty();
        same_unit || self.telephones.iter().any(|telephone| other.telephones.contains(telephone))
    }
}

/// Whether one name is written like another: all but one sign are the same.
fn is_written_like(name: &str, other: &str) -> bool {
    let count = name.chars().count();
    let differ = name.chars().zip(other.chars()).filter(|(one, other)| one != other).count();
    count > 1 && count == other.chars().count() && differ == 1
}

fn born(household: &Household) -> Option<LooseDay> {
    household.name.as_ref().and_then(|name| name.born)
}

type Judgement = (Fate, Option<(Code, At)>);

/// The households of the rows before, by what they are found by.
#[derive(Default)]
struct Before {
    by_id: HashMap<String, (At, String)>,
    by_person: HashMap<(String, i32), Vec<Seen>>,
    by_home: HashMap<(String, String), Vec<Seen>>,
    by_telephone: HashMap<String, Vec<Seen>>,
}

impl Before {
    fn add(&mut self, household: &Household) {
        let name = household.name_text().to_owned();
        if let Some(id) = &household.id_number {
            self.by_id.entry(id_key(id)).or_insert((At::of(household), name.clone()));
        }
        if name.is_empty() {
            return;
        }
        let seen = Seen::of(household);
        for telephone in &seen.telephones {
            push(self.by_telephone.entry(telephone.clone()).or_default(), &seen);
        }
        if !household.branch.is_empty() {
            push(self.by_home.entry((name.clone(), household.branch.clone())).or_default(), &seen);
        }
        if let Some(born) = seen.born {
            push(self.by_person.entry((name, born.parts().0)).or_default(), &seen);
        }
    }

    fn judge(&self, household: &Household) -> Judgement {
        let name = household.name_text();
        if let Some((at, earlier)) = household.id_number.as_ref().and_then(|id| self.by_id.get(&id_key(id))) {
            return if name.is_empty() || earlier.is_empty() || earlier == name {
                (Fate::DuplicateOf(at.row), Some((Code::DuplicateOfRow, at.clone())))
            } else {
                (Fate::SameIdAs(at.row), Some((Code::SameIdOtherName, at.clone())))
            };
        }
        if name.is_empty() {
            return (household.fate, None);
        }
        let this = Seen::of(household);
        let same_year = this.born.and_then(|born| self.by_person.get(&(name.to_owned(), born.parts().0)));
        let same = || same_year.into_iter().flatten().filter(|seen| seen.is_born_with(&this));
        if let Some(seen) = same().find(|seen| seen.is_near(&this)) {
            // Two ID numbers that differ are two people, or one written wrong: a person must say.
            return if seen.has_id && this.has_id {
                (household.fate, Some((Code::SimilarToRow, seen.at.clone())))
            } else {
                (Fate::DuplicateOf(seen.at.row), Some((Code::DuplicateOfRow, seen.at.clone())))
            };
        }
        let near = same().next().or_else(|| self.perhaps(&this));
        (household.fate, near.map(|seen| (Code::SimilarToRow, seen.at.clone())))
    }

    /// The household before that this may be, where its birth date does not say so.
    fn perhaps(&self, this: &Seen) -> Option<&Seen> {
        let behind = || this.telephones.iter().filter_map(|number| self.by_telephone.get(number)).flatten();
        let home = self.by_home.get(&(this.name.clone(), this.unit.0.clone()));
        behind()
            .find(|seen| seen.name == this.name)
            .or_else(|| home.into_iter().flatten().find(|seen| seen.is_perhaps(this)))
            .or_else(|| behind().find(|seen| seen.is_perhaps_renamed(this)))
    }
}

fn push(all: &mut Vec<Seen>, seen: &Seen) {
    if all.len() < SEEN_MAX {
        all.push(seen.clone());
    }
}

#[cfg(test)]
mod tests {
    use crate::reading::tests::builders::{Encoding, encode, read_with, rows, table};

    #[track_caller]
    fn of(lines: &str, expected: &str) {
        let rows = rows(&format!("姓名|身份证号|出生日期|分会|电话\n{lines}"));
        let bytes = encode(&table(&rows, ','), Encoding::Utf8);
        let reading = read_with(&bytes, None).unwrap();
        let found: Vec<String> = reading
            .findings
            .iter()
            .filter(|finding| finding.of.is_some())
            .map(|finding| format!("{} {} {}", finding.row, finding.code.word(), finding.of.unwrap_or(0)))
            .collect();
        assert_eq!(found.join(", "), expected, "{lines}");
    }

    #[test]
    fn one_household_twice_or_perhaps() {
        let id = "990000198011025736";
        of(&format!("张山|{id}||甲厂|1\n张山|{id}||乙厂|2"), "3 duplicate_of_row 2");
        of(&format!("张山|{id}||甲厂|\n李水|{id}||甲厂|"), "3 same_id_other_name 2");
        of(&format!("张山|{id}||甲厂|\n张山|990000801102573||甲厂|"), "3 duplicate_of_row 2");
        of(&format!("张山|{id}||甲厂|\n张山||1980-11-02|甲厂|"), "3 duplicate_of_row 2");
        of(&format!("张山|{id}||甲厂|\n张山||1980.11|甲厂|"), "3 duplicate_of_row 2");
        of(&format!("张山|{id}||甲厂|\n张山||1980-11-03|甲厂|"), "");
        of("张山||1980-11-02|甲厂|\n张山||1980-11-02|乙厂|", "3 similar_to_row 2");
        of("张山||1980-11-02|甲厂|13800000001\n张山||1980-11-02|乙厂|13800000001", "3 duplicate_of_row 2");
        of("张山|||甲厂|13800000001\n张山|||乙厂|13800000001", "3 similar_to_row 2");
        of("张山|||甲厂|13800000001\n李水|||甲厂|13800000001", "");
        // Without a birth date nobody can tell: in the same branch it is said, as it is asked over two files.
        of("张山||1980-11-02|甲厂|\n张山|||甲厂|", "3 similar_to_row 2");
        of("张山|||甲厂|\n张山||1980-11|甲厂|13800000001", "3 similar_to_row 2");
        of("张山|||甲厂|\n张山|||甲厂|", "3 similar_to_row 2");
        of("张山||1980-11-02|甲厂|\n张山|||乙厂|", "");
        of("张山|||甲厂|\n李水|||甲厂|", "");
        of(&format!("张山|{id}||甲厂|\n张山|||甲厂|"), "3 similar_to_row 2");
        of(&format!("张山|{id}||甲厂|\n张山|99000019730904525X||甲厂|"), "");
        // A name written otherwise, behind the same telephone.
        of("张山||1980-11|甲厂|13800000001\n张三||1980-11-02|甲厂|13800000001", "3 similar_to_row 2");
        of("张山||1980-11|甲厂|13800000001\n李水||1980-11|甲厂|13800000001", "");
        of("张山||1980-11|甲厂|13800000001\n张三||1980-12|甲厂|13800000001", "");
        of("张山||1980-11|甲厂|13800000001\n张三||1980-11|乙厂|13800000001", "");
    }
}

//! The findings of a roster, gathered by what they are: three hundred lines are ten groups. Pure.

use protocol::roster::RosterFinding;
use std::{collections::BTreeMap, sync::Arc};

/// The household does not go in.
pub const HELD_BACK: &str = "held_back";

/// What happens, the gravest first.
const EFFECTS: [&str; 10] = [
    HELD_BACK,
    "without_cell",
    "rosters_day",
    "not_read",
    "cut",
    "from_id",
    "stays",
    "repeat",
    "as_written",
    "kept",
];

/// Findings of one sort.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// What was found.
    pub finding: String,
    /// What happens to them.
    pub effect: String,
    /// Each at its place, in the order of the file.
    pub all: Arc<Vec<RosterFinding>>,
}

/// The groups, the gravest first, the largest of those first.
pub fn groups(findings: &[RosterFinding]) -> Vec<Group> {
    let mut by_sort: BTreeMap<(&str, &str), Vec<RosterFinding>> = BTreeMap::new();
    for finding in findings {
        by_sort.entry((&finding.effect, &finding.finding)).or_default().push(finding.clone());
    }
    let mut groups: Vec<Group> = by_sort
        .into_iter()
        .map(|((effect, finding), all)| Group {
            finding: finding.to_owned(),
            effect: effect.to_owned(),
            all: Arc::new(all),
        })
        .collect();
    groups.sort_by_key(|group| (rank(&group.effect), usize::MAX - group.all.len()));
    groups
}

/// In how many places each thing happens, the gravest first: together all that was found.
pub fn by_effect(groups: &[Group]) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for group in groups {
        match counts.iter_mut().find(|(effect, _)| *effect == group.effect) {
            Some((_, count)) => *count += group.all.len(),
            None => counts.push((group.effect.clone(), group.all.len())),
        }
    }
    counts
}

fn rank(effect: &str) -> usize {
    EFFECTS.iter().position(|one| *one == effect).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{by_effect, groups};
    use protocol::roster::RosterFinding;

    #[test]
    fn the_gravest_stand_first_and_then_the_most() {
        let found = |row, finding: &str, effect: &str| RosterFinding {
            sheet: String::new(),
            row,
            column: String::new(),
            letters: String::new(),
            finding: finding.to_owned(),
            of: None,
            name: String::new(),
            unit: String::new(),
            cell: String::new(),
            against: String::new(),
            effect: effect.to_owned(),
        };
        let all = [
            found(2, "name_odd", "as_written"),
            found(3, "category_unknown", "without_cell"),
            found(4, "phone_length", "as_written"),
            found(5, "phone_length", "as_written"),
            found(6, "name_missing", "held_back"),
            found(6, "phone_length", "held_back"),
        ];
        let groups = groups(&all);
        let named: Vec<(&str, usize)> =
            groups.iter().map(|group| (group.finding.as_str(), group.all.len())).collect();
        let expected = [
            ("name_missing", 1),
            ("phone_length", 1),
            ("category_unknown", 1),
            ("phone_length", 2),
            ("name_odd", 1),
        ];
        assert_eq!(named, expected);
        let counts =
            [("held_back".to_owned(), 2), ("without_cell".to_owned(), 1), ("as_written".to_owned(), 3)];
        assert_eq!(by_effect(&groups), counts);
        assert_eq!(counts.iter().map(|(_, count)| count).sum::<usize>(), all.len());
    }
}

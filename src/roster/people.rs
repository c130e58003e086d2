//! Helpers and units, gathered from the households of a sheet.
//!
//! Same name, same branch, same telephone is one person. Anything less is never merged here: it decides who reads whose
//! file, so it is listed for a person to say.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::household::Household;

/// Somebody who answers for households.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Helper {
    /// The branch of the households.
    pub branch: String,
    /// The name.
    pub name: String,
    /// The telephone; empty where none is given.
    pub phone: String,
    /// The rows of the households.
    #[serde(skip)]
    pub rows: Vec<u32>,
}

/// Why helpers are shown for confirmation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// The same name in one branch with another telephone, or without one.
    OtherTelephone,
    /// The same name in another branch.
    OtherBranch,
    /// The same telephone under another name.
    OtherName,
}

/// Helpers who may be one person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Question {
    /// Why.
    pub doubt: Doubt,
    /// Who, by their place in the list of helpers.
    pub helpers: Vec<usize>,
}

/// A branch and its groups, as the sheet names them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Branch {
    /// 分会.
    pub name: String,
    /// 支会.
    pub groups: Vec<String>,
    /// How many households of it there are.
    pub households: usize,
}

/// The helpers of households that are no repeats, by branch, name and telephone.
#[must_use]
pub fn helpers<'a>(households: impl IntoIterator<Item = &'a Household>) -> Vec<Helper> {
    let mut rows: BTreeMap<(String, String, String), Vec<u32>> = BTreeMap::new();
    for household in households.into_iter().filter(|household| !household.is_repeat()) {
        for holder in &household.seats {
            let key = (household.of_branch().clone(), holder.name.clone(), holder.telephone.clone());
            let rows = rows.entry(key).or_default();
            if rows.last() != Some(&household.row) {
                rows.push(household.row);
            }
        }
    }
    rows.into_iter().map(|((branch, name, phone), rows)| Helper { branch, name, phone, rows }).collect()
}

/// Which of the helpers may be one person.
#[must_use]
pub fn questions(helpers: &[Helper]) -> Vec<Question> {
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_phone: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, helper) in helpers.iter().enumerate() {
        by_name.entry(&helper.name).or_default().push(at);
        if !helper.phone.is_empty() {
            by_phone.entry(&helper.phone).or_default().push(at);
        }
    }
    let mut questions = Vec::new();
    for same_name in by_name.into_values().filter(|same| same.len() > 1) {
        let mut by_branch: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in &same_name {
            let branch = helpers.get(*at).map(|helper| helper.branch.as_str()).unwrap_or_default();
            by_branch.entry(branch).or_default().push(*at);
        }
        if by_branch.len() > 1 {
            questions.push(Question { doubt: Doubt::OtherBranch, helpers: same_name });
        }
        let in_one = by_branch.into_values().filter(|same| same.len() > 1);
        questions.extend(in_one.map(|helpers| Question { doubt: Doubt::OtherTelephone, helpers }));
    }
    for same in by_phone.into_values() {
        let names: BTreeSet<&str> =
            same.iter().filter_map(|at| helpers.get(*at)).map(|one| one.name.as_str()).collect();
        if names.len() > 1 {
            questions.push(Question { doubt: Doubt::OtherName, helpers: same });
        }
    }
    questions
}

/// The units that the households name, in the order in which they first stand in the sheet.
#[must_use]
pub fn units(households: &[Household]) -> Vec<Branch> {
    let mut units: Vec<Branch> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: BTreeSet<(&str, &str)> = BTreeSet::new();
    let named = households.iter().filter(|household| !household.is_repeat() && !household.branch.is_empty());
    for household in named {
        let (branch, group) = (household.branch.as_str(), household.group.as_str());
        let at = *places.entry(branch).or_insert_with(|| {
            units.push(Branch { name: branch.to_owned(), groups: Vec::new(), households: 0 });
            units.len() - 1
        });
        if let Some(unit) = units.get_mut(at) {
            unit.households += 1;
            if !group.is_empty() && groups.insert((branch, group)) {
                unit.groups.push(group.to_owned());
            }
        }
    }
    units
}

//! Which unit a row's branch and group are; those that the office lacks are made.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::UnitId;

use super::known::{Known, KnownUnit, Tier};
use crate::{household::Household, text};

/// Places rows of a file among the units below a root.
pub struct Places<'a> {
    root: UnitId,
    said: &'a BTreeMap<(String, String), UnitId>,
    /// All units below the root and the new ones, each after the one above.
    units: Vec<KnownUnit>,
    /// How many of them the office has already.
    known: usize,
    /// What the file means by branch and group.
    found: BTreeMap<(String, String), UnitId>,
}

impl<'a> Places<'a> {
    /// The units that the office has.
    #[must_use]
    pub fn of(known: &'a Known<'_>) -> Self {
        Self {
            root: known.root,
            said: &known.units_said,
            units: known.units.clone(),
            known: known.units.len(),
            found: BTreeMap::new(),
        }
    }

    /// The unit of a branch, where the office has it.
    #[must_use]
    pub fn branch(&self, branch: &str) -> Option<UnitId> {
        if branch.is_empty() {
            return Some(self.root);
        }
        let said = self.said.get(&(branch.to_owned(), String::new())).copied();
        said.filter(|id| self.unit(*id).is_some()).or_else(|| {
            let is_it = |unit: &&KnownUnit| unit.tier == Tier::Branch && text::squeeze(&unit.name) == branch;
            self.units.iter().find(is_it).map(|unit| unit.id)
        })
    }

    /// The unit of a row. For a household that the office has, and of which the row names no branch, none is made.
    pub fn of_row(&mut self, row: &Household, is_new: bool, fresh: impl FnMut() -> UnitId) -> Option<UnitId> {
        let (branch, group) = (row.of_branch(), &row.group);
        let above = self.branch(branch);
        let has_group = || above.is_some_and(|above| self.group(above, group).is_some());
        let is_said = || self.said.contains_key(&(branch.clone(), group.clone()));
        match is_new || !row.branch.is_empty() || has_group() || is_said() {
            true => self.place(branch, group, fresh),
            false => above,
        }
    }

    /// The unit of a row, made where the office lacks it; `None` where its branch lies outside the root.
    pub fn place(&mut self, branch: &str, group: &str, mut fresh: impl FnMut() -> UnitId) -> Option<UnitId> {
        let key = (branch.to_owned(), group.to_owned());
        if let Some(id) = self.found.get(&key) {
            return Some(*id);
        }
        let said = self.said.get(&key).copied().filter(|id| self.unit(*id).is_some());
        let id = match said {
            Some(id) => id,
            None => {
                let above = match self.branch(branch) {
                    Some(above) => above,
                    None if self.tier(self.root) == Tier::Union => {
                        self.make(self.root, Tier::Branch, branch, fresh())
                    }
                    None => return None,
                };
                self.found.insert((branch.to_owned(), String::new()), above);
                self.group(above, group).unwrap_or_else(|| self.make(above, Tier::Group, group, fresh()))
            }
        };
        self.found.insert(key, id);
        Some(id)
    }

    /// The group below a unit; the unit itself where no group is named, or it has none below it.
    fn group(&self, above: UnitId, group: &str) -> Option<UnitId> {
        if group.is_empty() || self.tier(above) == Tier::Group {
            return Some(above);
        }
        let is_it = |unit: &&KnownUnit| unit.parent == Some(above) && text::squeeze(&unit.name) == group;
        self.units.iter().find(is_it).map(|unit| unit.id).or_else(|| self.called_before(above, group))
    }

    /// The group below a unit that earlier files called so, whatever it is called today.
    fn called_before(&self, above: UnitId, group: &str) -> Option<UnitId> {
        let is_it = |id: &&UnitId| self.unit(**id).is_some_and(|unit| unit.parent == Some(above));
        let called = self.said.iter().filter(|((_, name), _)| name == group).map(|(_, id)| id);
        let ids: BTreeSet<&UnitId> = called.filter(is_it).collect();
        ids.first().filter(|_| ids.len() == 1).map(|id| **id)
    }

    fn make(&mut self, parent: UnitId, tier: Tier, name: &str, id: UnitId) -> UnitId {
        self.units.push(KnownUnit { id, parent: Some(parent), tier, name: name.to_owned(), closed: false });
        id
    }

    /// Whether a unit takes nothing in any more.
    #[must_use]
    pub fn is_closed(&self, id: UnitId) -> bool {
        self.unit(id).is_some_and(|unit| unit.closed)
    }

    fn unit(&self, id: UnitId) -> Option<&KnownUnit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    fn tier(&self, id: UnitId) -> Tier {
        self.unit(id).map_or(Tier::Union, |unit| unit.tier)
    }

    /// The branch that a unit belongs to; itself where it is above all branches.
    #[must_use]
    pub fn branch_above(&self, id: UnitId) -> UnitId {
        let mut at = id;
        while let Some(unit) = self.unit(at).filter(|unit| unit.tier == Tier::Group) {
            let Some(parent) = unit.parent else { break };
            at = parent;
        }
        at
    }

    /// The new units, each after the one above, and what the file means by branch and group.
    #[must_use]
    pub fn into_made(mut self) -> (Vec<KnownUnit>, BTreeMap<(String, String), UnitId>) {
        (self.units.split_off(self.known.min(self.units.len())), self.found)
    }
}

//! The units of the union as a tree. Pure; the office sends them each after its parent.

use domain::id::UnitId;
use protocol::desk::{Level, UnitRow};

/// The units in scope.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tree {
    rows: Vec<UnitRow>,
    /// What a unit without a name is called: the root is one until somebody has named the union.
    unnamed: String,
}

impl Tree {
    /// The tree of these rows.
    pub fn new(rows: Vec<UnitRow>, unnamed: &str) -> Self {
        Self { rows, unnamed: unnamed.to_owned() }
    }

    /// All units, each after its parent.
    pub fn rows(&self) -> &[UnitRow] {
        &self.rows
    }

    /// One unit.
    pub fn get(&self, unit: UnitId) -> Option<&UnitRow> {
        self.rows.iter().find(|row| row.id == unit)
    }

    /// What a unit is called; empty where it is not in scope.
    pub fn name(&self, unit: UnitId) -> String {
        self.get(unit).map_or_else(String::new, |row| self.called(row).to_owned())
    }

    fn called<'a>(&'a self, row: &'a UnitRow) -> &'a str {
        if row.name.trim().is_empty() { &self.unnamed } else { &row.name }
    }

    /// The units directly below.
    pub fn below(&self, unit: UnitId) -> impl Iterator<Item = &UnitRow> {
        self.rows.iter().filter(move |row| row.parent == Some(unit))
    }

    /// The unit and those above it that are in scope, the nearest first.
    pub fn line(&self, unit: UnitId) -> Vec<&UnitRow> {
        let mut line = Vec::new();
        let mut at = self.get(unit);
        // No tree is deeper than it has rows: a ring in bad data ends too.
        while let Some(row) = at.filter(|_| line.len() < self.rows.len()) {
            line.push(row);
            at = row.parent.and_then(|parent| self.get(parent));
        }
        line
    }

    /// Whether a unit lies in the subtree of `top`.
    pub fn is_under(&self, unit: UnitId, top: UnitId) -> bool {
        unit == top || self.line(unit).iter().any(|row| row.id == top)
    }

    /// The units of the subtree of `top`, each with how deep it lies below it.
    pub fn subtree(&self, top: UnitId) -> Vec<(u32, &UnitRow)> {
        let base = self.get(top).map_or(0, |row| row.depth);
        let under = self.rows.iter().filter(|row| self.is_under(row.id, top));
        under.map(|row| (row.depth.saturating_sub(base), row)).collect()
    }

    /// A unit's name with those above it, below the union: `林业站 北山林场`.
    pub fn full_name(&self, unit: UnitId) -> String {
        let line = self.line(unit);
        let below_top: Vec<&str> = match line.as_slice() {
            [] => Vec::new(),
            [top] => vec![self.called(top)],
            [below @ .., _] => below.iter().rev().map(|row| self.called(row)).collect(),
        };
        below_top.join(" ")
    }

    /// The unit that something new is first thought to be of: where one came from, unless that is a whole union; the only
    /// one there is.
    pub fn preset(&self, came_from: Option<UnitId>, tops: &[UnitId]) -> Option<UnitId> {
        let is_whole = |unit: UnitId| {
            self.get(unit).is_some_and(|row| row.level <= Level::Union) && self.below(unit).next().is_some()
        };
        let only = || match self.open_choices(tops).as_slice() {
            [(only, _)] => Some(*only),
            _ => None,
        };
        came_from.filter(|unit| self.get(*unit).is_some() && !is_whole(*unit)).or_else(only)
    }

    /// Every unit with its name, drawn in to show the tree, for a list to choose from.
    pub fn choices(&self, tops: &[UnitId]) -> Vec<(UnitId, String)> {
        let line = |(depth, row): (u32, &UnitRow)| {
            (row.id, format!("{}{}", "\u{3000}".repeat(depth as usize), self.called(row)))
        };
        tops.iter().flat_map(|top| self.subtree(*top)).map(line).collect()
    }

    /// The same with those that are closed at the end, each marked.
    pub fn choices_living_first(&self, tops: &[UnitId], closed_mark: &str) -> Vec<(UnitId, String)> {
        let is_closed = |unit: UnitId| self.get(unit).is_some_and(|row| row.closed);
        let (living, closed): (Vec<_>, Vec<_>) =
            self.choices(tops).into_iter().partition(|(unit, _)| !is_closed(*unit));
        let marked = |(unit, name): (UnitId, String)| (unit, format!("{} {closed_mark}", name.trim_start()));
        living.into_iter().chain(closed.into_iter().map(marked)).collect()
    }

    /// The same without those that are closed: they take in nothing new.
    pub fn open_choices(&self, tops: &[UnitId]) -> Vec<(UnitId, String)> {
        let is_open = |(unit, _): &(UnitId, String)| self.get(*unit).is_some_and(|row| !row.closed);
        self.choices(tops).into_iter().filter(is_open).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;
    use domain::id::UnitId;
    use protocol::desk::{Level, UnitRow};

    fn unit(number: u8) -> UnitId {
        UnitId::new(0, [number; 10])
    }

    fn tree() -> Tree {
        let row = |number: u8, parent: Option<u8>, depth, name: &str| UnitRow {
            id: unit(number),
            parent: parent.map(unit),
            level: Level::Group,
            name: name.to_owned(),
            depth,
            closed: false,
            counts: None,
        };
        Tree::new(
            vec![
                row(1, None, 0, "青峰矿工会"),
                row(2, Some(1), 1, "林业站"),
                row(3, Some(2), 2, "北山林场"),
                row(4, Some(1), 1, ""),
            ],
            "（未命名）",
        )
    }

    #[test]
    fn names_are_full_below_the_union() {
        for (number, name) in
            [(1, "青峰矿工会"), (2, "林业站"), (3, "林业站 北山林场"), (4, "（未命名）"), (9, "")]
        {
            assert_eq!(tree().full_name(unit(number)), name);
        }
    }

    #[test]
    fn nothing_is_thought_to_be_of_a_whole_union() {
        let mut rows = tree().rows().to_vec();
        rows.iter_mut().filter(|row| row.id == unit(1)).for_each(|row| row.level = Level::Union);
        let tree = Tree::new(rows.clone(), "");
        for (came_from, top, expected) in [
            (Some(2), 1, Some(2)),
            (Some(3), 1, Some(3)),
            (Some(1), 1, None),
            (None, 1, None),
            (None, 2, None),
            (None, 3, Some(3)),
            (Some(9), 1, None),
        ] {
            assert_eq!(
                tree.preset(came_from.map(unit), &[unit(top)]),
                expected.map(unit),
                "{came_from:?} {top}"
            );
        }
        rows.truncate(1);
        assert_eq!(Tree::new(rows, "").preset(None, &[unit(1)]), Some(unit(1)), "there is no other");
    }

    #[test]
    fn what_is_closed_takes_in_nothing() {
        let mut rows = tree().rows().to_vec();
        rows.iter_mut().filter(|row| row.id == unit(2)).for_each(|row| row.closed = true);
        let open =
            |tree: Tree| tree.open_choices(&[unit(1)]).into_iter().map(|(unit, _)| unit).collect::<Vec<_>>();
        assert_eq!(open(Tree::new(rows.clone(), "")), [unit(1), unit(3), unit(4)]);
        let all = Tree::new(rows, "").choices_living_first(&[unit(1)], "·");
        let order: Vec<UnitId> = all.iter().map(|(unit, _)| *unit).collect();
        assert_eq!(order, [unit(1), unit(3), unit(4), unit(2)]);
        assert_eq!(all[3].1, "林业站 ·");
    }

    #[test]
    fn a_subtree_is_what_lies_under_it() {
        let under = |number| tree().subtree(unit(number)).iter().map(|(depth, _)| *depth).collect::<Vec<_>>();
        assert_eq!(under(1), [0, 1, 2, 1]);
        assert_eq!(under(2), [0, 1]);
        assert!(tree().is_under(unit(3), unit(1)) && !tree().is_under(unit(4), unit(2)));
    }
}

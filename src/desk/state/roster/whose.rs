//! Whose roster a file is: the unit that a person chose; until then the one that the page before was about. Where the file
//! itself speaks of another it is proposed, never taken.

use super::{Roster, answers::Answers};
use crate::state::{rights::Doing, tree::Tree};
use domain::id::UnitId;
use leptos::prelude::*;
use protocol::{desk::Level, roster::RosterPreview};

/// A unit that the file itself speaks for, and why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proposed {
    /// Its title or its name names this one.
    Named(UnitId),
    /// It has households beyond the unit; this is the one above.
    Above(UnitId),
}

impl Proposed {
    /// The unit.
    pub const fn unit(self) -> UnitId {
        match self {
            Self::Named(unit) | Self::Above(unit) => unit,
        }
    }
}

impl Roster {
    /// The unit that the file is of, followed.
    pub fn unit(self) -> Option<UnitId> {
        let tops = self.desk.tops(Doing::Keep);
        let is_kept = |unit: &UnitId| {
            self.desk.tree.with(|tree| tree.open_choices(&tops).iter().any(|(one, _)| one == unit))
        };
        let looked_at = || self.desk.unit.get().filter(is_kept);
        self.unit.get().or_else(looked_at).or_else(|| tops.first().copied())
    }

    /// The file is of this unit, as a person says; whatever is looked at next is of it, too.
    pub fn set_unit(self, unit: Option<UnitId>) {
        self.change(|| {
            self.unit.set(unit);
            self.desk.unit.set(unit);
            self.answers.update(Answers::lift);
        });
    }

    /// Another unit that the file speaks for, as long as nobody said whose it is; followed.
    pub fn proposed(self) -> Option<Proposed> {
        if self.unit.get().is_some() {
            return None;
        }
        let (now, tops) = (self.unit()?, self.desk.tops(Doing::Keep));
        let file = self.named.with(|named| named.as_ref().map(|named| named.name.clone()))?;
        self.preview.with(|preview| {
            let preview = preview.as_ref()?;
            self.desk.tree.with(|tree| {
                let top = tops.into_iter().find(|top| tree.is_under(now, *top))?;
                proposed(tree, preview, &file, (now, top))
            })
        })
    }
}

/// What a file of this name speaks for, looked at as the roster of `now`; `top` is the highest above it that there is to choose.
fn proposed(
    tree: &Tree,
    preview: &RosterPreview,
    file: &str,
    (now, top): (UnitId, UnitId),
) -> Option<Proposed> {
    let has_others = || {
        let plan = preview.plan.as_ref();
        plan.is_some_and(|plan| plan.findings.iter().any(|one| one.finding == "other_branch"))
    };
    if now != top && has_others() {
        return Some(Proposed::Above(top));
    }
    let says_branches =
        preview.mapping.columns.iter().any(|column| column.field.as_deref() == Some("branch"));
    let is_whole = tree.get(now).is_some_and(|row| row.level <= Level::Union);
    if says_branches || !is_whole {
        return None;
    }
    let ends = preview.mapping.header_row.unwrap_or(0).saturating_sub(preview.mapping.header_rows.max(1));
    let above = preview.rows.iter().filter(|row| row.row <= ends).flat_map(|row| &row.cells);
    let texts: Vec<&str> = above.map(String::as_str).chain([file]).collect();
    let is_named = |name: &str| name.chars().count() > 1 && texts.iter().any(|text| text.contains(name));
    let branches = tree.subtree(now).into_iter().map(|(_, row)| row);
    let branches = branches.filter(|row| row.level == Level::Branch && !row.closed);
    let named: Vec<_> = branches.filter(|row| is_named(row.name.trim())).collect();
    // Of 一矿 and 十一矿 the longer one is named; of two others neither.
    let longest = named.iter().max_by_key(|row| row.name.len())?;
    named.iter().all(|row| longest.name.contains(row.name.trim())).then_some(Proposed::Named(longest.id))
}

#[cfg(test)]
mod tests {
    use super::{Proposed, proposed};
    use crate::state::tree::Tree;
    use domain::id::UnitId;
    use protocol::{
        desk::{Level, UnitRow},
        roster::{RosterColumn, RosterMapping, RosterPreview, ShownRow},
    };

    fn unit(number: u8) -> UnitId {
        UnitId::new(0, [number; 10])
    }

    fn tree() -> Tree {
        let row = |number: u8, level, name: &str| UnitRow {
            id: unit(number),
            parent: (number > 1).then(|| unit(1)),
            level,
            name: name.to_owned(),
            depth: u32::from(number > 1),
            closed: false,
            counts: None,
        };
        let rows = vec![
            row(1, Level::Union, "红岩矿工会"),
            row(2, Level::Branch, "动力厂"),
            row(3, Level::Branch, "一矿"),
            row(4, Level::Branch, "十一矿"),
        ];
        Tree::new(rows, "")
    }

    fn look(title: &str, header: &str) -> RosterPreview {
        let row = |row, cell: &str| ShownRow { row, cells: vec![cell.to_owned()] };
        let column = RosterColumn {
            at: 0,
            letters: "A".into(),
            header: header.into(),
            field: Some(if header == "分会" { "branch" } else { "name" }.into()),
            exported: true,
        };
        RosterPreview {
            sheets: Vec::new(),
            mapping: RosterMapping {
                header_row: Some(2),
                header_rows: 1,
                columns: vec![column],
                ..RosterMapping::default()
            },
            as_in: String::new(),
            rows: vec![row(1, title), row(2, header), row(3, "动力厂")],
            refused: None,
            plan: None,
        }
    }

    #[test]
    fn a_branch_that_the_title_or_the_name_names_is_proposed() {
        for (title, header, file, expected) in [
            ("红岩矿动力厂分会困难职工表", "姓名", "表.xlsx", Some(2)),
            ("困难职工表", "姓名", "动力厂11月.xlsx", Some(2)),
            ("十一矿困难职工表", "姓名", "表.xlsx", Some(4)),
            ("困难职工表", "姓名", "表.xlsx", None),
            ("动力厂、一矿困难职工表", "姓名", "表.xlsx", None),
            ("动力厂分会困难职工表", "分会", "表.xlsx", None),
        ] {
            let found = proposed(&tree(), &look(title, header), file, (unit(1), unit(1)));
            assert_eq!(found, expected.map(|number| Proposed::Named(unit(number))), "{title} {file}");
        }
        let found = proposed(&tree(), &look("动力厂", "姓名"), "", (unit(3), unit(1)));
        assert_eq!(found, None, "a branch is one already");
    }
}

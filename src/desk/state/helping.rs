//! Who may be given households, in the order in which one looks for them. Pure.

use super::tree::Tree;
use domain::id::{PersonId, UnitId};
use protocol::{desk::PersonRow, seats::HelperLoad, sign_in::Role};

/// Somebody who helps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Helper {
    /// Who.
    pub row: PersonRow,
    /// The full name of the unit, with the name to sign in with where it is another.
    pub aside: String,
    /// For how many households they answer, where that is known.
    pub households: Option<u32>,
}

/// Everybody with a helper's role but one: those of the unit first, then those near it.
pub fn offered(
    rows: &[PersonRow],
    loads: &[HelperLoad],
    but: Option<PersonId>,
    near: Option<UnitId>,
    tree: &Tree,
) -> Vec<Helper> {
    let line: Vec<UnitId> =
        near.map(|near| tree.line(near).iter().map(|row| row.id).collect()).unwrap_or_default();
    let far = |row: &PersonRow| line.iter().position(|top| tree.is_under(row.unit, *top));
    let helps = |row: &&PersonRow| row.grants.iter().any(|grant| grant.role == Role::Helper);
    let mut found: Vec<(usize, Helper)> = rows
        .iter()
        .filter(helps)
        .filter(|row| Some(row.id) != but)
        .map(|row| {
            let load = loads.iter().find(|load| load.person == row.id).map(|load| load.households);
            let helper = Helper { aside: aside(row, tree), row: row.clone(), households: load };
            (far(row).unwrap_or(line.len()), helper)
        })
        .collect();
    found.sort_by_key(|(far, _)| *far);
    found.into_iter().map(|(_, helper)| helper).collect()
}

/// What tells somebody from another of the same name.
fn aside(row: &PersonRow, tree: &Tree) -> String {
    let unit = tree.full_name(row.unit);
    let signs_in_as = if row.sign_in_name == row.name { "" } else { row.sign_in_name.as_str() };
    let tail = row.tail().unwrap_or_default();
    let parts: Vec<&str> =
        [unit.as_str(), signs_in_as, &tail].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// Whether somebody is found by these words: part of a name or telephone, or how the initials begin.
pub fn is_found(row: &PersonRow, words: &str) -> bool {
    let wanted: String = words.split_whitespace().collect::<String>().to_lowercase();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_number = !wanted.is_empty() && wanted.chars().all(|sign| sign.is_ascii_digit() || sign == '-');
    row.sign_in_name.to_lowercase().contains(&wanted)
        || row.name.contains(&wanted)
        || row.pinyin.iter().any(|initials| initials.starts_with(&wanted))
        || (is_number && digits(&row.telephone).contains(&digits(&wanted)))
}

#[cfg(test)]
mod tests {
    use super::{is_found, offered};
    use crate::state::tree::Tree;
    use domain::id::{PersonId, UnitId};
    use protocol::{
        desk::{Level, PersonRow, Standing, UnitRow},
        seats::HelperLoad,
        sign_in::{Grant, Role},
    };

    fn unit(number: u8) -> UnitId {
        UnitId::new(1, [number; 10])
    }

    fn person(number: u8, name: &str, sign_in_name: &str, at: u8, role: Role) -> PersonRow {
        PersonRow {
            id: PersonId::new(1, [number; 10]),
            name: name.into(),
            sign_in_name: sign_in_name.into(),
            unit: unit(at),
            telephone: "139 7861 0427".into(),
            grants: vec![Grant { role, unit: unit(at) }],
            standing: Standing::Joined,
            last_contact_ms: None,
            invited_ms: None,
            left_ms: None,
            pinyin: vec!["qgd".into(), "tgd".into()],
            namesake: name == "李强",
        }
    }

    #[test]
    fn those_of_the_unit_come_first_then_those_near_it() {
        let row = |number: u8, parent: Option<u8>, depth, name: &str| UnitRow {
            id: unit(number),
            parent: parent.map(unit),
            level: Level::Group,
            name: name.to_owned(),
            depth,
            closed: false,
            counts: None,
        };
        let tree = Tree::new(
            vec![
                row(1, None, 0, "矿工会"),
                row(2, Some(1), 1, "南山"),
                row(3, Some(2), 2, "一队"),
                row(4, Some(2), 2, "二队"),
                row(5, Some(1), 1, "北山"),
            ],
            "",
        );
        let rows = [
            person(1, "覃国栋", "覃国栋", 5, Role::Helper),
            person(2, "王伟", "王伟6033", 4, Role::Helper),
            person(3, "李强", "李强", 3, Role::Helper),
            person(4, "周平", "周平", 3, Role::Chair),
            person(5, "吴军", "吴军", 3, Role::Helper),
        ];
        let load = HelperLoad {
            person: rows[2].id,
            name: "李强".into(),
            sign_in_name: "李强".into(),
            unit: unit(3),
            unit_name: String::new(),
            households: 7,
            late: 0,
            seats: [0; 3],
            standing_in: 0,
        };
        let found = offered(&rows, &[load], Some(rows[4].id), Some(unit(3)), &tree);
        let shown: Vec<_> =
            found.iter().map(|one| (one.row.name.as_str(), one.aside.as_str(), one.households)).collect();
        let expected = [
            ("李强", "南山 一队 · 0427", Some(7)),
            ("王伟", "南山 二队 · 王伟6033", None),
            ("覃国栋", "北山", None),
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn somebody_is_found_by_name_initials_and_telephone() {
        let row = person(1, "覃国栋", "覃国栋2", 2, Role::Helper);
        for (words, found) in [
            ("", true),
            (" 国栋", true),
            ("覃国栋2", true),
            ("QGD", true),
            ("tg", true),
            ("gd", false),
            ("13978610427", true),
            ("0427", true),
            ("139-7861", true),
            ("9999", false),
            ("韦", false),
        ] {
            assert_eq!(is_found(&row, words), found, "{words}");
        }
    }
}

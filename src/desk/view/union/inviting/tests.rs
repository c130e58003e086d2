//! Whom one may invite: nobody whose roles one could not give.

use super::is_in_hand;
use crate::state::tree::Tree;
use domain::id::{PersonId, UnitId};
use protocol::{
    desk::{Level, PersonRow, Standing, UnitRow},
    sign_in::{Grant, Role},
};

fn unit(number: u8) -> UnitId {
    UnitId::new(1, [number; 10])
}

#[test]
fn who_could_not_give_a_role_does_not_invite_who_holds_it() {
    let row = |number, parent: Option<u8>, level| UnitRow {
        id: unit(number),
        parent: parent.map(unit),
        level,
        name: number.to_string(),
        depth: 0,
        closed: false,
        counts: None,
    };
    let rows =
        vec![row(1, None, Level::Union), row(2, Some(1), Level::Branch), row(3, Some(1), Level::Branch)];
    let tree = Tree::new(rows, "");
    let check = |mine: (Role, u8), theirs: &[(Role, u8)], expected: bool| {
        let grant = |(role, at): &(Role, u8)| Grant { role: *role, unit: unit(*at) };
        let person = PersonRow {
            id: PersonId::new(1, [1; 10]),
            name: "覃国栋".into(),
            sign_in_name: "覃国栋".into(),
            unit: unit(2),
            telephone: String::new(),
            grants: theirs.iter().map(grant).collect(),
            standing: Standing::NotInvited,
            last_contact_ms: None,
            invited_ms: None,
            left_ms: None,
            pinyin: Vec::new(),
            namesake: false,
        };
        assert_eq!(is_in_hand(&[grant(&mine)], &person, &tree), expected, "{mine:?} {theirs:?}");
    };
    check((Role::Registrar, 1), &[(Role::Helper, 2)], true);
    check((Role::Registrar, 1), &[], true);
    check((Role::Registrar, 1), &[(Role::Helper, 2), (Role::Chair, 2)], false);
    check((Role::Registrar, 2), &[(Role::Helper, 3)], false);
    check((Role::Admin, 1), &[(Role::Supervisor, 1), (Role::Helper, 3)], true);
    check((Role::Admin, 2), &[(Role::Helper, 1)], false);
    check((Role::Chair, 1), &[(Role::Helper, 2)], false);
}

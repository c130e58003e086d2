//! Whom somebody may take in hand: nobody who may do more than they, nobody above them.

use protocol::desk::PersonChange;
use protocol::sign_in::{Grant, Role, SessionKind};

use crate::world::{NORTH, World, unit};

#[tokio::test]
async fn a_registrar_takes_no_administrator_in_hand() {
    let world = World::new("access_hand").await;
    let admin = world.person("管理员乙", NORTH, &[(Role::Admin, NORTH)]).await;
    let mut desk = world.desk("档案员甲", Role::Registrar, NORTH).await;
    desk.post(&format!("/api/persons/{admin}/invite"), &()).await.refused(403, "not_allowed");
    let promoted = PersonChange {
        name: "档案员乙".to_owned(),
        sign_in_name: String::new(),
        unit: unit(NORTH),
        telephone: String::new(),
        grants: vec![Grant { role: Role::Admin, unit: unit(NORTH) }],
    };
    desk.put(&format!("/api/persons/{admin}"), &promoted).await.refused(403, "not_allowed");
    let helper = world.person("帮扶人甲", NORTH, &[(Role::Helper, NORTH)]).await;
    desk.put(&format!("/api/persons/{helper}"), &promoted).await.refused(403, "not_allowed");
    // An administrator of a branch does not reach above it.
    let mut branch = world.signed_in(admin, SessionKind::Desk).await;
    let above = PersonChange {
        grants: vec![Grant { role: Role::Chair, unit: unit(crate::world::ROOT) }],
        ..promoted
    };
    branch.put(&format!("/api/persons/{helper}"), &above).await.refused(403, "not_allowed");
}

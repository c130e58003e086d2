//! What is read of households is on record: whose file, by whom, and at which list.

use domain::entry::Act;
use domain::id::{HouseholdId, NeedId, PersonId};
use protocol::changes::{CardsAsked, ChangesPage, ChangesQuery};
use protocol::office::{HouseholdList, NeedRow};
use protocol::sign_in::Role;
use server::store::{Reader, StoreError};

use crate::deposit::Visited;
use crate::field::{asking, household, register};
use crate::field::{assign, put_down};
use crate::world::{NORTH, SOUTH, World, today, unit};

/// Who read what: the rows of reading, in their order.
async fn on_record(world: &World) -> Vec<(PersonId, String, Option<HouseholdId>, String)> {
    let rows = |reader: &Reader<'_>| {
        let sql = "SELECT person, act, household, detail FROM audit
                   WHERE act IN ('read_household', 'read_list') ORDER BY number";
        let read = |row: &server::store::Row<'_>| {
            Ok::<_, StoreError>((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        };
        reader.all(sql, &[], read)
    };
    world.office.db().read(rows).await.unwrap()
}

fn file(person: PersonId, of: u8, detail: &str) -> (PersonId, String, Option<HouseholdId>, String) {
    (person, "read_household".to_owned(), Some(household(of)), detail.to_owned())
}

#[tokio::test]
async fn a_file_read_at_the_desk() {
    let mut visited = Visited::new("on_record_desk").await;
    let chair = visited.world.person("主席甲", NORTH, &[(Role::Chair, NORTH)]).await;
    let mut desk = visited.world.signed_in(chair, protocol::sign_in::SessionKind::Desk).await;
    desk.get(&format!("/api/households/{}", household(1))).await.ok::<serde_json::Value>();
    desk.get(&format!("/api/households/{}", household(9))).await.refused(404, "not_found");
    assert_eq!(on_record(&visited.world).await, [file(chair, 1, "")]);
    // A list of nothing shows nothing of anybody.
    let needs = format!("/api/needs?unit={}", unit(NORTH));
    desk.get(&needs).await.ok::<Vec<NeedRow>>();
    assert_eq!(on_record(&visited.world).await.len(), 1);
    let need = asking(today(), NeedId::from_bytes([5; 16]), None);
    let record = visited.phone.record(household(1), &Act::Visit(need));
    visited.phone.deposit(&[record]).await;
    desk.get(&needs).await.ok::<Vec<NeedRow>>();
    let mut south = visited.world.desk("主席乙", Role::Chair, SOUTH).await;
    south.get(&needs).await.refused(404, "not_found");
    let list = (chair, "read_list".to_owned(), None, format!("needs {}", unit(NORTH)));
    assert_eq!(on_record(&visited.world).await, [file(chair, 1, ""), list.clone()]);
    // Whoever looks through all households or looks for some of them, too.
    for search in ["", "nobody", "%E8%A6%83"] {
        let path = format!("/api/households?unit={}&search={search}", unit(NORTH));
        desk.get(&path).await.ok::<HouseholdList>();
    }
    let households = (chair, "read_list".to_owned(), None, format!("households {}", unit(NORTH)));
    let read = on_record(&visited.world).await;
    assert_eq!(read.get(2..), Some([households.clone(), households].as_slice()), "{read:?}");
}

#[tokio::test]
async fn files_handed_to_a_phone() {
    let mut visited = Visited::new("on_record_phone").await;
    let helper = visited.phone.person;
    let registrar = visited.world.person("档案员乙", NORTH, &[(Role::Registrar, NORTH)]).await;
    let mut desk = visited.world.signed_in(registrar, protocol::sign_in::SessionKind::Desk).await;
    let acts = [
        (household(2), register(NORTH, "单田芳", today().plus(-1))),
        (household(2), assign(helper, today().plus(-1))),
        (household(3), register(NORTH, "别家", today().plus(-1))),
    ];
    put_down(&visited.world, &mut desk, registrar, &acts).await;
    let phone = &mut visited.phone.browser;
    let first: ChangesPage = phone.get("/api/changes").await.ok();
    assert_eq!(first.cards.len(), 2);
    let handed = [file(helper, 1, "phone"), file(helper, 2, "phone")];
    assert_eq!(on_record(&visited.world).await, handed);
    // Nothing new writes nothing.
    let cursor = first.cursor;
    let nothing = ChangesQuery {
        epoch: Some(cursor.epoch.to_string()),
        rev: Some(cursor.rev),
        chain: Some(cursor.chain.to_string()),
        ..ChangesQuery::default()
    };
    let query = format!(
        "/api/changes?epoch={}&rev={}&chain={}",
        nothing.epoch.unwrap(),
        nothing.rev.unwrap(),
        nothing.chain.unwrap()
    );
    let again: ChangesPage = phone.get(&query).await.ok();
    assert_eq!(again.cards.len(), 0);
    assert_eq!(on_record(&visited.world).await.len(), 2);
    // Asked for by their ids: what is not handed out is not read.
    let asked = CardsAsked { households: vec![household(1), household(3), household(7)] };
    phone.post("/api/cards", &asked).await.ok::<serde_json::Value>();
    assert_eq!(on_record(&visited.world).await, [&handed[..], &[file(helper, 1, "phone")]].concat());
}

//! What a phone fetches: its households and no other, the union, and almost nothing when nothing is new.

use domain::entry::{Act, Alert, TakeUp, Withdraw};
use domain::file::{AlertLine, Status};
use domain::id::{EntryId, NeedId};
use domain::slot::{Slot, Value};
use domain::value::{EventKind, Rest};
use protocol::changes::{CardList, CardsAsked, ChangesPage, Scope, ScopeList};
use protocol::deposit::Head;
use protocol::desk::{Level, UnionSettings};
use protocol::sign_in::{Role, SessionKind};
use server::args;
use server::books::categories;
use server::error::ApiError;
use server::store::Tx;
use server::store::db::Alone;
use server::union::settings::{self, MadeFor};
use server::union::{card, units};

use crate::deposit::Visited;
use crate::field::{asking, assign, household, put_down, register, renaming, visit};
use crate::world::{NOON_MS, NORTH, SOUTH, folder, place, today, unit};

fn after(cursor: Head, stamp: &str) -> String {
    format!("/api/changes?epoch={}&rev={}&chain={}&union={stamp}", cursor.epoch, cursor.rev, cursor.chain)
}

#[tokio::test]
async fn the_first_page_brings_what_a_helper_carries() {
    let mut visited = Visited::new("changes_first").await;
    let page: ChangesPage = visited.phone.browser.get("/api/changes").await.ok();
    assert_eq!((page.left, page.cursor), (0, page.head));
    assert_eq!(page.scope, Some(Scope::of([household(1)])));
    let card = &page.cards[0];
    assert_eq!(
        (card.household, card.unit, card.unit_name.as_str()),
        (household(1), Some(unit(NORTH)), "北山林场")
    );
    assert!(
        card.pinyin.contains(&"qxy".to_owned()) && card.pinyin.contains(&"txy".to_owned()),
        "{:?}",
        card.pinyin
    );
    assert_eq!(card.seats[0].name, "帮扶人甲");
    let union = page.union.unwrap();
    assert_eq!(union.units.len(), 1, "only where the helper works");
    assert!(!union.notice.words.is_empty());
}

#[tokio::test]
async fn a_phone_gets_nothing_by_the_session_of_somebody_else() {
    let mut visited = Visited::new("changes_else").await;
    let other = visited.world.person("帮扶人乙", NORTH, &[(Role::Helper, NORTH)]).await;
    let mut beside = visited.world.signed_in(other, SessionKind::Desk).await;
    let author = visited.phone.person;
    let path = format!("/api/changes?person={author}");
    let page: ChangesPage = visited.phone.browser.get(&path).await.ok();
    assert_eq!(page.cards.len(), 1);
    beside.get(&path).await.refused(403, "not_allowed");
    visited.phone.browser.get("/api/changes?person=nobody").await.refused(422, "not_understood");
}

#[tokio::test]
async fn nothing_new_costs_next_to_nothing() {
    let mut visited = Visited::new("changes_none").await;
    let page: ChangesPage = visited.phone.browser.get("/api/changes").await.ok();
    let answer = visited.phone.browser.get(&after(page.cursor, &page.union.unwrap().stamp)).await;
    let next: ChangesPage = answer.ok();
    assert!(next.cards.is_empty() && next.statuses.is_empty() && next.union.is_none());
    assert!(answer.text.len() <= 500, "{} bytes: {}", answer.text.len(), answer.text);
}

#[tokio::test]
async fn a_visit_comes_back_as_a_status_and_a_card() {
    let mut visited = Visited::new("changes_visit").await;
    let page: ChangesPage = visited.phone.browser.get("/api/changes").await.ok();
    let record = visited.phone.record(household(1), &Act::Visit(renaming(today(), "覃秀莲")));
    visited.phone.deposit(std::slice::from_ref(&record)).await;
    let next: ChangesPage = visited.phone.browser.get(&after(page.cursor, "")).await.ok();
    assert_eq!((next.statuses[0].id, next.statuses[0].status), (record.id, Status::Projected));
    let card = &next.cards[0];
    assert_eq!(card.last_visit, Some(today()));
    let standing = card.standings[&Slot::Name].one().unwrap();
    assert!(matches!(&standing.value, Value::Name(name) if name.text == "覃秀莲"));
}

#[tokio::test]
async fn an_answer_reaches_the_helper_who_asked() {
    let mut visited = Visited::new("changes_reply").await;
    let need = NeedId::from_bytes([3; 16]);
    let record = visited.phone.record(household(1), &Act::Visit(asking(today(), need, None)));
    visited.phone.deposit(&[record]).await;
    let chair = visited.world.person("主席甲", NORTH, &[(Role::Chair, NORTH)]).await;
    let mut desk = visited.world.signed_in(chair, SessionKind::Desk).await;
    let reply =
        domain::entry::Reply { need, day: today(), words: "已批 2000 元".to_owned(), replaces: None };
    put_down(&visited.world, &mut desk, chair, &[(household(1), Act::Reply(reply))]).await;
    let page: ChangesPage = visited.phone.browser.get("/api/changes").await.ok();
    let line = &page.cards[0].needs[0];
    assert_eq!(line.reply.as_ref().unwrap().words, "已批 2000 元");
    assert_eq!(page.cards[0].names[&chair], "主席甲");
}

#[tokio::test]
async fn a_household_that_left_the_scope_leaves_the_list() {
    let mut visited = Visited::new("changes_left").await;
    let registrar = visited.world.person("档案员乙", NORTH, &[(Role::Registrar, NORTH)]).await;
    let mut desk = visited.world.signed_in(registrar, SessionKind::Desk).await;
    let other = visited.world.person("帮扶人乙", NORTH, &[(Role::Helper, NORTH)]).await;
    put_down(&visited.world, &mut desk, registrar, &[(household(1), assign(other, today()))]).await;
    let list: ScopeList = visited.phone.browser.get("/api/scope").await.ok();
    assert!(list.households.is_empty());
    let page: ChangesPage = visited.phone.browser.get("/api/changes").await.ok();
    assert!(page.cards.is_empty());
    assert_eq!(page.scope.unwrap().count, 0);
    let asked = CardsAsked { households: vec![household(1), household(88)] };
    let cards: CardList = visited.phone.browser.post("/api/cards", &asked).await.ok();
    assert!(cards.cards.is_empty());
    assert_eq!(cards.unknown, [household(88)], "the one it was told of is known, only not theirs");
}

fn propose(name: &str) -> Act {
    Act::Propose(domain::entry::Propose {
        day: today(),
        unit: None,
        stated: crate::field::stated(name),
        why: "房子漏雨".to_owned(),
        rest: serde_json::Map::new(),
    })
}

#[tokio::test]
async fn the_desk_sees_a_proposal_as_it_was_last_corrected_until_it_is_taken_back() {
    let mut visited = Visited::new("changes_corrected").await;
    let first = visited.phone.record(household(5), &propose("路边人家"));
    let corrected = visited.phone.record(household(5), &propose("路边李家"));
    let withdraw = Act::Withdraw(domain::entry::Withdraw { visit: first.id, why: "认错了".to_owned() });
    let withdrawn = visited.phone.record(household(5), &withdraw);
    let registrar = visited.world.person("档案员乙", NORTH, &[(Role::Registrar, NORTH)]).await;
    let mut desk = visited.world.signed_in(registrar, SessionKind::Desk).await;
    let list = format!("/api/proposals?unit={}", unit(NORTH));
    for (record, expected) in [(&first, Some("路边人家")), (&corrected, Some("路边李家")), (&withdrawn, None)]
    {
        visited.phone.deposit(std::slice::from_ref(record)).await;
        let rows: Vec<protocol::office::ProposalRow> = desk.get(&list).await.ok();
        let names: Vec<_> =
            rows.iter().map(|row| (row.entry, row.propose.stated[&Slot::Name].clone())).collect();
        let one = |name: &str| (record.id, crate::field::stated(name)[&Slot::Name].clone());
        assert_eq!(names, expected.map(one).into_iter().collect::<Vec<_>>());
        let page: ChangesPage = visited.phone.browser.get("/api/changes").await.ok();
        let held: Vec<_> = page.cards.iter().filter(|card| card.household == household(5)).collect();
        assert_eq!(held.len(), usize::from(expected.is_some()));
        let statuses: Vec<Status> = page.statuses.iter().map(|line| line.status).collect();
        assert!(statuses.iter().all(|status| *status == Status::Projected), "{statuses:?}");
    }
}

#[tokio::test]
async fn a_proposal_is_carried_by_its_finder_alone() {
    let mut visited = Visited::new("changes_propose").await;
    let records = [
        visited.phone.record(household(5), &propose("路边人家")),
        visited.phone.record(household(5), &Act::Visit(visit(today()))),
    ];
    visited.phone.deposit(&records).await;
    let list: ScopeList = visited.phone.browser.get("/api/scope").await.ok();
    assert_eq!(list.households, [household(1), household(5)]);
    let page: ChangesPage = visited.phone.browser.get("/api/changes").await.ok();
    assert!(page.cards.iter().any(|card| card.household == household(5) && card.proposed));
    // The desk of its finder's branch approves it under its own id; another branch's may not.
    let south = visited.world.person("档案员丙", SOUTH, &[(Role::Registrar, SOUTH)]).await;
    let mut far = visited.world.signed_in(south, SessionKind::Desk).await;
    let entries = vec![crate::field::desk_entry(
        &visited.world,
        south,
        household(5),
        &register(SOUTH, "路边人家", today()),
    )];
    far.post("/api/office", &protocol::office::DeskEntries { entries }).await.refused(404, "not_found");
    let registrar = visited.world.person("档案员乙", NORTH, &[(Role::Registrar, NORTH)]).await;
    let mut desk = visited.world.signed_in(registrar, SessionKind::Desk).await;
    put_down(&visited.world, &mut desk, registrar, &[(household(5), register(NORTH, "路边人家", today()))])
        .await;
    let file: protocol::office::HouseholdFile =
        desk.get(&format!("/api/households/{}", household(5))).await.ok();
    assert_eq!(file.visits.len(), 1, "the finder's visit counts from the approval on");
}

#[tokio::test]
async fn a_page_is_packed_on_its_way() {
    let mut visited = Visited::new("changes_packed").await;
    let plain = visited.phone.browser.get("/api/changes").await;
    visited.phone.browser.unpacks = true;
    let packed = visited.phone.browser.get("/api/changes").await;
    assert_eq!(packed.headers["content-encoding"], "gzip");
    assert!(!plain.headers.contains_key("content-encoding"));
}

type Write = fn(&Tx<'_>) -> Result<(), ApiError>;

fn named(tx: &Tx<'_>, name: &str, utc_offset_minutes: i32) -> Result<(), ApiError> {
    Ok(settings::put(tx, &UnionSettings { name: name.to_owned(), utc_offset_minutes })?)
}

fn category(tx: &Tx<'_>, name: &str) -> Result<(), ApiError> {
    let id = domain::id::CategoryId::from_bytes([1; 16]);
    let one = categories::shipped(&[("特困户", 30)], |_| id).remove(0);
    Ok(categories::put(tx, &domain::rules::Category { name: name.to_owned(), ..one })?)
}

fn raw(tx: &Tx<'_>, sql: &str) -> Result<(), ApiError> {
    Ok(tx.execute(sql, args![])?)
}

/// Every way to write what the union's card shows, and whether it changes the card: the stamp then
/// changes with it, and only then.
const WRITES: [(&str, bool, Write); 11] = [
    ("a unit", true, |tx| {
        units::insert::<ApiError>(tx, unit(NORTH), None, Level::Union, "总工会", NOON_MS).map(drop)
    }),
    ("a unit below", true, |tx| {
        units::insert::<ApiError>(tx, unit(SOUTH), Some(unit(NORTH)), Level::Branch, "南", NOON_MS).map(drop)
    }),
    ("a unit's name", true, |tx| Ok(units::rename(tx, unit(SOUTH), "南山林场")?)),
    ("a category", true, |tx| category(tx, "特困户")),
    ("a category's name", true, |tx| category(tx, "特别困难户")),
    ("the union's name", true, |tx| named(tx, "矿工会", 480)),
    ("its time zone", true, |tx| named(tx, "矿工会", 420)),
    ("by hand: a category goes", true, |tx| raw(tx, "DELETE FROM category")),
    ("by hand: a unit goes", true, |tx| raw(tx, "DELETE FROM unit WHERE parent IS NOT NULL")),
    ("a backup", false, |tx| Ok(settings::note_backup(tx, NOON_MS)?)),
    ("a rev", false, |tx| raw(tx, "UPDATE meta SET rev = rev + 1")),
];

#[test]
fn the_stamp_changes_with_the_card_whoever_writes() {
    let mut db = Alone::open(&place(&folder("changes_stamp")), NOON_MS).unwrap();
    db.write(|tx| settings::begin(tx, MadeFor::Union, [1; 8], NOON_MS)).unwrap();
    let mut before = db.read(|reader| card::card(reader, &[String::new()])).unwrap();
    for (what, changes, write) in WRITES {
        db.write(write).unwrap();
        let after = db.read(|reader| card::card(reader, &[String::new()])).unwrap();
        assert_eq!(after != before, changes, "{what}");
        assert_eq!(after.stamp != before.stamp, changes, "{what}");
        before = after;
    }
    let stamp =
        |db: &mut Alone, path: &str| db.read(|reader| card::stamp(reader, &[path.to_owned()])).unwrap();
    assert_ne!(stamp(&mut db, "a/"), stamp(&mut db, "a/b/"), "who works elsewhere is shown another card");
    let restored = stamp(&mut db, "");
    db.write(|tx| server::books::begin_epoch(tx, protocol::deposit::Short::from_bytes([2; 8]), NOON_MS))
        .unwrap();
    assert_ne!(stamp(&mut db, ""), restored, "an office set back counts by the same numbers again");
}

#[tokio::test]
async fn who_raised_an_alert_sees_who_took_it_up() {
    let mut visited = Visited::new("changes_alert").await;
    let (words, rest) = ("井下受伤".to_owned(), Rest::default());
    let raised = Act::Alert(Alert { kind: EventKind::Illness, words, day: today(), rest });
    let raised = visited.phone.entry(household(1), &raised);
    let record = visited.phone.seal(&raised);
    visited.phone.deposit(&[record]).await;
    let alerts = |page: ChangesPage| -> Vec<(EntryId, Option<String>)> {
        let card = &page.cards[0];
        let who = |line: &AlertLine| line.taken_up_by.and_then(|by| card.names.get(&by).cloned());
        card.alerts.iter().map(|line| (line.id, who(line))).collect()
    };
    assert_eq!(alerts(visited.phone.browser.get("/api/changes").await.ok()), [(raised.id, None)]);
    let registrar = visited.world.person("档案员乙", NORTH, &[(Role::Registrar, NORTH)]).await;
    let mut desk = visited.world.signed_in(registrar, SessionKind::Desk).await;
    let words = "上午上门".to_owned();
    let taken = Act::TakeUp(TakeUp { alert: raised.id, day: today(), words });
    put_down(&visited.world, &mut desk, registrar, &[(household(1), taken)]).await;
    let who = Some("档案员乙".to_owned());
    assert_eq!(alerts(visited.phone.browser.get("/api/changes").await.ok()), [(raised.id, who)]);
    let back = Act::Withdraw(Withdraw { visit: raised.id, why: "写错了户".to_owned() });
    let record = visited.phone.record(household(1), &back);
    visited.phone.deposit(&[record]).await;
    assert_eq!(alerts(visited.phone.browser.get("/api/changes").await.ok()), []);
}

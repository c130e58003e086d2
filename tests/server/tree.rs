//! The tree of units changed at the desk: moved, ordered, closed, taken away, and each refusal.

use domain::entry::{Act, Move};
use protocol::desk::{Level, NewPerson, NewUnit, UnitClose, UnitPlace, UnitRow};
use protocol::office::DeskEntries;
use protocol::sign_in::{Role, SessionKind};

use crate::browser::{Answer, Browser};
use crate::field::{assign, desk_entry, household, put_down, register};
use crate::world::{ABROAD, NORTH, ROOT, SOUTH, World, today, unit};

/// A group below the north branch, made by each test's own desk.
const GROUP: u8 = 21;

struct Desk {
    world: World,
    browser: Browser,
    registrar: domain::id::PersonId,
}

impl Desk {
    async fn at(test: &str, role: Role, place: u8) -> Self {
        let world = World::new(test).await;
        let registrar = world.person("档案员甲", place, &[(role, place)]).await;
        let mut browser = world.signed_in(registrar, SessionKind::Desk).await;
        browser.post("/api/units", &below(GROUP, NORTH, Level::Group, "一组")).await.ok::<UnitRow>();
        Self { world, browser, registrar }
    }

    async fn put(&mut self, moved: u8, to: Option<u8>, level: Level, before: Option<u8>) -> Answer {
        let place = UnitPlace { parent: to.map(unit), level, before: before.map(unit) };
        self.browser.post(&format!("/api/units/{}/place", unit(moved)), &place).await
    }

    async fn close(&mut self, which: u8, closed: bool) -> Answer {
        self.browser.post(&format!("/api/units/{}/close", unit(which)), &UnitClose { closed }).await
    }

    async fn remove(&mut self, which: u8) -> Answer {
        self.browser.post(&format!("/api/units/{}/remove", unit(which)), &()).await
    }

    async fn names(&mut self) -> Vec<(u32, String)> {
        let rows: Vec<UnitRow> = self.browser.get("/api/units").await.ok();
        rows.into_iter().map(|row| (row.depth, row.name)).collect()
    }
}

fn below(number: u8, parent: u8, level: Level, name: &str) -> NewUnit {
    NewUnit { id: unit(number), parent: Some(unit(parent)), level, name: name.to_owned() }
}

fn named(names: &[(u32, &str)]) -> Vec<(u32, String)> {
    names.iter().map(|(depth, name)| (*depth, (*name).to_owned())).collect()
}

#[tokio::test]
async fn a_unit_moves_with_all_that_hangs_on_it() {
    let mut desk = Desk::at("tree_move", Role::Registrar, ROOT).await;
    let acts = [(household(1), register(GROUP, "覃秀英", today()))];
    put_down(&desk.world, &mut desk.browser, desk.registrar, &acts).await;
    desk.put(GROUP, Some(SOUTH), Level::Group, None).await.ok::<UnitRow>();
    let tree = [(0, "青峰矿工会"), (1, "北山林场"), (1, "南山矿"), (2, "一组")];
    assert_eq!(desk.names().await, named(&tree));
    let list = format!("/api/households?unit={}", unit(SOUTH));
    let listed: protocol::office::HouseholdList = desk.browser.get(&list).await.ok();
    assert_eq!((listed.total, listed.households[0].unit_name.as_str()), (1, "南山矿 一组"));
    // Whoever works in the south sees it now, whoever works in the north no longer does.
    let file = format!("/api/households/{}", household(1));
    desk.world.desk("档案员南", Role::Registrar, SOUTH).await.get(&file).await.ok::<serde_json::Value>();
    desk.world.desk("档案员北", Role::Registrar, NORTH).await.get(&file).await.refused(404, "not_found");
}

#[tokio::test]
async fn siblings_stand_as_they_were_put() {
    let mut desk = Desk::at("tree_order", Role::Registrar, ROOT).await;
    desk.put(SOUTH, Some(ROOT), Level::Branch, Some(NORTH)).await.ok::<UnitRow>();
    let tree = [(0, "青峰矿工会"), (1, "南山矿"), (1, "北山林场"), (2, "一组")];
    assert_eq!(desk.names().await, named(&tree));
    desk.put(SOUTH, Some(ROOT), Level::Branch, None).await.ok::<UnitRow>();
    assert_eq!(desk.names().await.last().map(|(_, name)| name.as_str()), Some("南山矿"));
}

#[tokio::test]
async fn what_the_tree_does_not_take_is_refused() {
    let mut desk = Desk::at("tree_refused", Role::Admin, ROOT).await;
    desk.put(NORTH, Some(GROUP), Level::Branch, None).await.refused(409, "unit_under_itself");
    desk.put(NORTH, Some(NORTH), Level::Branch, None).await.refused(409, "unit_under_itself");
    desk.put(NORTH, Some(SOUTH), Level::Branch, None).await.refused(409, "level_not_below");
    // What hangs on it has to stand below it still.
    desk.put(NORTH, Some(SOUTH), Level::Group, None).await.refused(409, "level_not_below");
    desk.put(SOUTH, Some(GROUP), Level::Group, None).await.refused(409, "level_not_below");
    desk.put(SOUTH, None, Level::Branch, None).await.refused(403, "not_allowed");
    desk.put(SOUTH, Some(ABROAD), Level::Branch, None).await.refused(404, "not_found");
    let under_group = below(30, GROUP, Level::Group, "二组");
    desk.browser.post("/api/units", &under_group).await.refused(409, "level_not_below");
}

#[tokio::test]
async fn a_branch_moves_nothing_beyond_itself() {
    let mut desk = Desk::at("tree_scope", Role::Registrar, NORTH).await;
    desk.put(GROUP, Some(SOUTH), Level::Group, None).await.refused(404, "not_found");
    desk.put(SOUTH, Some(NORTH), Level::Group, None).await.refused(404, "not_found");
    // Not even its own place among its siblings.
    desk.put(NORTH, Some(ROOT), Level::Branch, None).await.refused(404, "not_found");
    desk.close(SOUTH, true).await.refused(404, "not_found");
    desk.remove(SOUTH).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_closed_unit_keeps_what_it_has_and_takes_in_nothing() {
    let mut desk = Desk::at("tree_close", Role::Registrar, ROOT).await;
    let (world, registrar) = (&desk.world, desk.registrar);
    let acts = [
        (household(1), register(GROUP, "覃秀英", today())),
        (household(2), register(SOUTH, "单玉琴", today())),
    ];
    put_down(world, &mut desk.browser, registrar, &acts).await;
    desk.close(NORTH, true).await.ok::<UnitRow>();
    let rows: Vec<UnitRow> = desk.browser.get("/api/units").await.ok();
    let closed: Vec<_> = rows.iter().filter(|row| row.closed).map(|row| row.name.as_str()).collect();
    assert_eq!(closed, ["北山林场", "一组"], "what stands below is closed with it");
    for act in [
        (household(3), register(GROUP, "蒙小荷", today())),
        (household(2), Act::Move(Move { day: today(), unit: unit(NORTH) })),
    ] {
        let entries = vec![desk_entry(&desk.world, registrar, act.0, &act.1)];
        desk.browser.post("/api/office", &DeskEntries { entries }).await.refused(409, "unit_closed");
    }
    // The household that lies there may be registered anew, and may move away.
    let acts = [
        (household(1), register(GROUP, "覃秀英", today())),
        (household(1), Act::Move(Move { day: today(), unit: unit(SOUTH) })),
    ];
    put_down(&desk.world, &mut desk.browser, registrar, &acts).await;
    let under = below(31, NORTH, Level::Group, "二组");
    desk.browser.post("/api/units", &under).await.refused(409, "unit_closed");
    let person = NewPerson {
        id: domain::id::PersonId::from_bytes([40; 16]),
        name: "蒙小荷".to_owned(),
        sign_in_name: String::new(),
        unit: unit(NORTH),
        telephone: String::new(),
        grants: Vec::new(),
    };
    desk.browser.post("/api/persons", &person).await.refused(409, "unit_closed");
    desk.put(SOUTH, Some(NORTH), Level::Group, None).await.refused(409, "unit_closed");
    desk.close(GROUP, false).await.refused(409, "unit_closed");
    desk.close(ROOT, true).await.refused(403, "not_allowed");
    desk.close(NORTH, false).await.ok::<UnitRow>();
    desk.close(GROUP, false).await.ok::<UnitRow>();
    desk.browser.post("/api/units", &under).await.ok::<UnitRow>();
}

#[tokio::test]
async fn only_what_nothing_ever_hung_on_is_taken_away() {
    let mut desk = Desk::at("tree_remove", Role::Registrar, ROOT).await;
    desk.remove(NORTH).await.refused(409, "unit_in_use");
    let acts = [
        (household(1), register(GROUP, "覃秀英", today())),
        (household(1), Act::Move(Move { day: today(), unit: unit(SOUTH) })),
    ];
    put_down(&desk.world, &mut desk.browser, desk.registrar, &acts).await;
    desk.remove(GROUP).await.refused(409, "unit_in_use");
    desk.browser.post("/api/units", &below(32, NORTH, Level::Group, "建错的")).await.ok::<UnitRow>();
    desk.remove(32).await.ok::<UnitRow>();
    desk.remove(32).await.refused(404, "not_found");
    assert!(desk.names().await.iter().all(|(_, name)| name != "建错的"));
}

#[tokio::test]
async fn each_unit_says_how_much_there_is_in_it_and_below_it() {
    let mut desk = Desk::at("tree_counts", Role::Registrar, ROOT).await;
    // Whoever answers for its households is a unit's helper, wherever they belong; whoever answers for nobody is nobody's.
    let helper = desk.world.person("覃国栋", ROOT, &[(Role::Helper, ROOT)]).await;
    desk.world.person("韦桂芳", GROUP, &[(Role::Helper, GROUP)]).await;
    let acts = [
        (household(1), register(GROUP, "覃秀英", today())),
        (household(2), register(NORTH, "单玉琴", today())),
        (household(3), register(SOUTH, "李水", today())),
        (household(1), assign(helper, today())),
        (household(2), assign(helper, today())),
        (household(3), assign(helper, today().plus(1))),
    ];
    put_down(&desk.world, &mut desk.browser, desk.registrar, &acts).await;
    let rows: Vec<UnitRow> = desk.browser.get("/api/units?counts=1").await.ok();
    let of = |at: u8| {
        let counts = rows.iter().find(|row| row.id == unit(at)).unwrap().counts.unwrap();
        (counts.households, counts.helpers)
    };
    assert_eq!([ROOT, NORTH, GROUP, SOUTH].map(of), [(3, 1), (2, 1), (1, 1), (1, 0)]);
    let plain: Vec<UnitRow> = desk.browser.get("/api/units").await.ok();
    assert!(plain.iter().all(|row| row.counts.is_none()));
}

#[tokio::test]
async fn a_new_unit_stands_where_its_numeral_belongs() {
    let mut desk = Desk::at("tree_numerals", Role::Registrar, ROOT).await;
    for (number, name) in [(41, "三工区"), (42, "选矿厂"), (43, "十一工区"), (44, "一工区"), (45, "二工区")]
    {
        desk.browser.post("/api/units", &below(number, SOUTH, Level::Group, name)).await.ok::<UnitRow>();
    }
    let names: Vec<_> = desk.names().await.into_iter().map(|(_, name)| name).collect();
    let at = names.iter().position(|name| name == "一工区").unwrap();
    assert_eq!(names[at..at + 5], ["一工区", "二工区", "三工区", "选矿厂", "十一工区"]);
}

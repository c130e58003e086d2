//! The union's categories changed at the desk: from which day a rule holds, what it changes, each refusal.

use domain::coverage::DueState;
use domain::day::Day;
use domain::entry::{Act, Register};
use domain::id::{CategoryId, HouseholdId, PersonId};
use domain::rules::{Category, Rule};
use protocol::desk::{BeginWith, CategoriesChange, Outlook, OutlookAsked, ShippedSet};
use protocol::office::{CoverageReport, HouseholdFile, HouseholdList};
use protocol::sign_in::{Role, SessionKind};
use server::books::recount;
use server::store::db::Alone;
use server::store::{Reader, StoreError, Tx};

use crate::browser::{Answer, Browser};
use crate::field::{Phone, assign, household, put_down, register, visit};
use crate::world::{NOON_MS, NORTH, ROOT, World, commanded, place, today, unit};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn rule(from: Day, every: u16) -> Rule {
    Rule { from, visit_every_days: every, ..Rule::fallback() }
}

fn category(rules: &[Rule]) -> Category {
    let id = CategoryId::from_bytes([7; 16]);
    Category { id, name: "特困户".to_owned(), position: 0, rules: rules.to_vec(), closed: false }
}

/// What is asked of another interval from today on.
pub fn outlook(every: u16) -> OutlookAsked {
    OutlookAsked { category: CategoryId::from_bytes([7; 16]), visit_every_days: every, from: today() }
}

async fn put(admin: &mut Browser, row: &Category) -> Answer {
    admin.put("/api/categories", &CategoriesChange { rows: vec![row.clone()] }).await
}

/// A household of the category, visited 40 days ago.
struct Visited {
    world: World,
    registrar: PersonId,
    helper: PersonId,
    admin: Browser,
    before: Rule,
}

impl Visited {
    async fn new(test: &str, every: u16) -> Self {
        let world = World::new(test).await;
        let registrar = world.person("档案员甲", ROOT, &[(Role::Registrar, ROOT)]).await;
        let helper = world.person("帮扶人甲", NORTH, &[(Role::Helper, NORTH)]).await;
        let mut admin = world.desk("管理员乙", Role::Admin, ROOT).await;
        let before = rule(today().plus(-400), every);
        put(&mut admin, &category(std::slice::from_ref(&before))).await.ok::<Vec<Category>>();
        let Act::Register(opened) = register(NORTH, "覃秀英", today().plus(-90)) else { unreachable!() };
        let opened = Register { category: Some(CategoryId::from_bytes([7; 16])), ..opened };
        let acts = [(household(1), Act::Register(opened)), (household(1), assign(helper, today().plus(-90)))];
        let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
        put_down(&world, &mut desk, registrar, &acts).await;
        let mut phone = Phone::of(&world, helper, 9).await;
        let record = phone.record(household(1), &Act::Visit(visit(today().plus(-40))));
        phone.deposit(&[record]).await;
        Self { world, registrar, helper, admin, before }
    }

    /// Figures, list and file, which have to say the same.
    async fn stands(&self) -> DueState {
        let mut desk = self.world.signed_in(self.registrar, SessionKind::Desk).await;
        let report: CoverageReport = desk.get(&format!("/api/coverage?unit={}", unit(ROOT))).await.ok();
        let file: HouseholdFile = desk.get(&format!("/api/households/{}", household(1))).await.ok();
        let list = format!("/api/households?unit={}&show=overdue", unit(ROOT));
        let overdue: HouseholdList = desk.get(&list).await.ok();
        assert_eq!(
            (report.total.on_time, report.total.overdue),
            if file.due_state == DueState::Overdue { (0, 1) } else { (1, 0) }
        );
        assert_eq!(overdue.total, report.total.overdue);
        file.due_state
    }

    async fn on_time_month_ago(&self) -> Option<u32> {
        let mut desk = self.world.signed_in(self.registrar, SessionKind::Desk).await;
        let report: CoverageReport = desk.get(&format!("/api/coverage?unit={}", unit(ROOT))).await.ok();
        report.on_time_month_ago
    }
}

#[tokio::test]
async fn a_rule_from_today_holds_at_once_and_the_past_keeps_its_own() {
    let mut visited = Visited::new("rules_today", 60).await;
    assert_eq!(visited.stands().await, DueState::OnTime);
    assert_eq!(visited.on_time_month_ago().await, Some(1));
    let stricter = category(&[visited.before.clone(), rule(today(), 5)]);
    put(&mut visited.admin, &stricter).await.ok::<Vec<Category>>();
    assert_eq!(visited.stands().await, DueState::Overdue);
    // Thirty days ago it was ten days since the visit: on time by the rule of that day, not by today's.
    assert_eq!(visited.on_time_month_ago().await, Some(1));
    put(&mut visited.admin, &category(&[visited.before.clone()])).await.ok::<Vec<Category>>();
    assert_eq!(visited.stands().await, DueState::OnTime, "what began today may be taken back today");
}

#[tokio::test]
async fn a_rule_from_a_later_day_holds_from_that_day_whoever_looks_first() {
    let mut visited = Visited::new("rules_later", 60).await;
    let later = category(&[visited.before.clone(), rule(today().plus(3), 5)]);
    put(&mut visited.admin, &later).await.ok::<Vec<Category>>();
    assert_eq!(visited.stands().await, DueState::OnTime);
    visited.world.set.pass(2 * DAY_MS);
    assert_eq!(visited.stands().await, DueState::OnTime);
    visited.world.set.pass(DAY_MS);
    assert_eq!(visited.stands().await, DueState::Overdue);
    // And by what phones bring after that day.
    let mut phone = Phone::of(&visited.world, visited.helper, 10).await;
    let record = phone.record(household(1), &Act::Visit(visit(today().plus(1))));
    phone.deposit(&[record]).await;
    assert_eq!(visited.stands().await, DueState::OnTime);
    visited.world.set.pass(4 * DAY_MS);
    assert_eq!(visited.stands().await, DueState::Overdue);
}

#[tokio::test]
async fn what_is_no_category_is_refused() {
    let mut visited = Visited::new("rules_refused", 60).await;
    let admin = &mut visited.admin;
    let now = rule(today(), 30);
    let changed_past = category(&[rule(today().plus(-400), 10), now.clone()]);
    put(admin, &changed_past).await.refused(409, "rules_past");
    put(admin, &category(std::slice::from_ref(&now))).await.refused(409, "rules_past");
    let in_the_past = category(&[visited.before.clone(), rule(today().plus(-1), 30)]);
    put(admin, &in_the_past).await.refused(409, "rules_past");
    put(admin, &category(&[visited.before.clone(), rule(today(), 0)])).await.refused(422, "field_invalid");
    put(admin, &category(&[])).await.refused(422, "field_invalid");
    let nameless = Category { name: " ".to_owned(), ..category(&[visited.before.clone()]) };
    put(admin, &nameless).await.refused(422, "field_invalid");
    let namesake = Category { id: CategoryId::from_bytes([8; 16]), ..category(&[visited.before.clone()]) };
    put(admin, &namesake).await.refused(422, "field_invalid");
    let set = BeginWith { set: ShippedSet::NationalThree };
    admin.post("/api/categories/begin", &set).await.refused(409, "categories_in_use");
    let mut registrar = visited.world.desk("档案员乙", Role::Registrar, ROOT).await;
    put(&mut registrar, &category(&[visited.before.clone()])).await.refused(403, "not_allowed");
    let mut branch = visited.world.desk("管理员丙", Role::Admin, NORTH).await;
    put(&mut branch, &category(&[visited.before.clone()])).await.refused(403, "not_allowed");
}

#[tokio::test]
async fn a_new_union_begins_with_either_set() {
    let world = World::new("rules_begin").await;
    let mut admin = world.desk("管理员乙", Role::Admin, ROOT).await;
    for (set, names) in [
        (ShippedSet::MinesSix, vec!["特困户", "困难户", "准困难户", "困难边缘户", "大病职工", "帮扶助学"]),
        (ShippedSet::NationalThree, vec!["深度困难", "相对困难", "意外致困"]),
    ] {
        let rows: Vec<Category> = admin.post("/api/categories/begin", &BeginWith { set }).await.ok();
        assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), names);
    }
    let all: Vec<Category> = admin.get("/api/categories").await.ok();
    let closed = Category { closed: true, ..all[0].clone() };
    assert!(put(&mut admin, &closed).await.ok::<Vec<Category>>()[0].closed);
}

/// What is said before is what is so afterwards.
#[tokio::test]
async fn what_another_interval_comes_to_is_said_before() {
    let mut visited = Visited::new("rules_outlook", 60).await;
    for (every, after) in [(60, 0), (40, 0), (39, 1), (30, 1)] {
        let told: Outlook = visited.admin.post("/api/categories/outlook", &outlook(every)).await.ok();
        let expected = Outlook { households: 1, overdue_before: 0, overdue_after: after };
        assert_eq!(told, expected, "every {every} days");
    }
    let changed = category(&[visited.before.clone(), rule(today(), 39)]);
    put(&mut visited.admin, &changed).await.ok::<Vec<Category>>();
    assert_eq!(visited.stands().await, DueState::Overdue);
}

/// A count that broke off, as when the power fails, goes on by itself and is right in the end.
#[tokio::test]
async fn a_count_that_broke_off_goes_on() {
    let visited = Visited::new("rules_broken_off", 60).await;
    let db = visited.world.office.db();
    let spoil = |tx: &Tx<'_>| {
        tx.execute("UPDATE household SET due = 0", &[])?;
        recount::begin(tx, CategoryId::from_bytes([7; 16]))
    };
    db.write(spoil).await.unwrap();
    let due = || async {
        let ask = |reader: &Reader<'_>| {
            let due = reader.count("SELECT due FROM household", &[])?;
            Ok::<_, StoreError>((due, recount::is_due(reader)?))
        };
        visited.world.office.db().read(ask).await.unwrap()
    };
    assert_eq!(due().await, (0, true));
    visited.world.set.pass(60_000);
    assert_eq!(visited.stands().await, DueState::OnTime);
    assert_eq!(due().await, (i64::from(today().plus(20).number()), false));
}

/// Puts more households into the category, and lets every one be counted anew; each stands wrong until then.
async fn with_more(visited: &Visited, count: u16) -> Vec<HouseholdId> {
    let ids: Vec<_> = (0..count)
        .map(|nth| {
            let [high, low] = nth.to_be_bytes();
            HouseholdId::from_bytes([9, high, low, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9])
        })
        .collect();
    let Act::Register(opened) = register(NORTH, "覃秀兰", today().plus(-10)) else { unreachable!() };
    let opened = Register { category: Some(CategoryId::from_bytes([7; 16])), ..opened };
    let acts: Vec<_> = ids.iter().map(|id| (*id, Act::Register(opened.clone()))).collect();
    let mut desk = visited.world.signed_in(visited.registrar, SessionKind::Desk).await;
    for some in acts.chunks(100) {
        put_down(&visited.world, &mut desk, visited.registrar, some).await;
    }
    let spoil = |tx: &Tx<'_>| {
        tx.execute("UPDATE household SET due = 0", &[])?;
        recount::begin(tx, CategoryId::from_bytes([7; 16]))
    };
    visited.world.office.db().write(spoil).await.unwrap();
    ids
}

async fn uncounted(world: &World) -> i64 {
    let ask = |reader: &Reader<'_>| reader.count("SELECT count(*) FROM household WHERE due = 0", &[]);
    world.office.db().read(ask).await.unwrap()
}

#[tokio::test]
async fn whoever_asks_waits_for_the_first_of_a_large_union_only() {
    let visited = Visited::new("rules_large", 60).await;
    with_more(&visited, 600).await;
    visited.world.set.pass(60_000);
    visited.world.office.see_the_day().await;
    // While this thread looks, nothing else runs on it: the others are not counted yet, and were not waited for.
    let place = place(&visited.world.data.folder);
    let is_due = commanded(|| Alone::open(&place, NOON_MS).unwrap().read(recount::is_due).unwrap());
    assert!(is_due);
    while uncounted(&visited.world).await > 0 {}
}

#[tokio::test]
async fn a_row_that_cannot_be_read_keeps_nobody_out_and_no_other_from_being_counted() {
    let visited = Visited::new("rules_unreadable", 60).await;
    let ids = with_more(&visited, 3).await;
    let bad = ids[1];
    let damage = move |tx: &Tx<'_>| {
        tx.execute("UPDATE household SET card = ?2 WHERE id = ?1", server::args![bad, vec![0_u8]])
    };
    visited.world.office.db().write(damage).await.map_err(|cause: StoreError| cause).unwrap();
    visited.world.set.pass(60_000);
    let mut desk = visited.world.signed_in(visited.registrar, SessionKind::Desk).await;
    desk.get("/api/me").await.ok::<serde_json::Value>();
    assert_eq!(uncounted(&visited.world).await, 1);
    assert!(!visited.world.office.db().read(recount::is_due).await.unwrap());
}

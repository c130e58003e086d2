//! The desk's forms and lists: a union is set up without a demonstration, and reads what phones bring.

use domain::entry::{Act, Alert, Entry, Judge, Reply, Settle, TakeUp, Tell, Withdraw};
use domain::file::{Reason, Status};
use domain::id::{EntryId, NeedId, PersonId, UnitId};
use domain::slot::{Slot, Value as Said, Values};
use domain::value::{EventKind, NameValue, Rest};
use protocol::desk::{Level, NewPerson, NewUnit, UnionSettings, UnitRow};
use protocol::office::{
    AlertRow, CoverageReport, DeskEntries, DeskReceipts, FeedbackRow, HouseholdFile, HouseholdList, NeedRow,
    NewFeedback, QuarantineRow, RivalRow,
};
use protocol::sign_in::{Grant, Role, SessionKind};
use serde_json::Value;

use crate::deposit::Visited;
use crate::field::{Phone, asking, assign, desk_entry, household, put_down, register, renaming, visit};
use crate::world::{NOON_MS, NORTH, ROOT, SOUTH, World, today, unit};

#[tokio::test]
async fn a_union_is_set_up_by_its_forms() {
    let world = World::empty("desk_forms").await;
    server::first_start::greet(&world.office, "http://x").await.unwrap();
    let admin: PersonId = world
        .office
        .db()
        .read(|reader: &server::store::Reader<'_>| {
            reader.first("SELECT id FROM person", &[], |row| row.get::<PersonId>(0)).map(Option::unwrap)
        })
        .await
        .map_err(|cause: server::store::StoreError| cause)
        .unwrap();
    let mut desk = world.signed_in(admin, SessionKind::Desk).await;
    let settings = UnionSettings { name: "青峰矿工会".to_owned(), utc_offset_minutes: 480 };
    desk.put("/api/union", &settings).await.ok::<UnionSettings>();
    let units: Vec<UnitRow> = desk.get("/api/units").await.ok();
    assert_eq!((units.len(), units[0].name.as_str()), (1, "青峰矿工会"), "the root takes the union's name");
    let branch = NewUnit {
        id: unit(NORTH),
        parent: Some(units[0].id),
        level: Level::Branch,
        name: "北山林场".to_owned(),
    };
    for _ in 0..2 {
        desk.post("/api/units", &branch).await.ok::<UnitRow>();
    }
    let units: Vec<UnitRow> = desk.get("/api/units").await.ok();
    assert_eq!(units.iter().map(|unit| unit.depth).collect::<Vec<_>>(), [0, 1], "a repeat is harmless");
    let person = NewPerson {
        id: PersonId::from_bytes([9; 16]),
        name: "王伟".to_owned(),
        sign_in_name: String::new(),
        unit: unit(NORTH),
        telephone: String::new(),
        grants: vec![Grant { role: Role::Helper, unit: unit(NORTH) }],
    };
    desk.post("/api/persons", &person).await.ok::<Value>();
    let namesake = NewPerson { id: PersonId::from_bytes([10; 16]), ..person.clone() };
    desk.post("/api/persons", &namesake).await.refused(409, "name_taken");
    let told_apart = NewPerson { sign_in_name: "王伟2".to_owned(), ..namesake };
    desk.post("/api/persons", &told_apart).await.ok::<Value>();
    let nameless = NewPerson { id: PersonId::from_bytes([11; 16]), name: "  ".to_owned(), ..person };
    desk.post("/api/persons", &nameless).await.refused(422, "field_invalid");
}

#[tokio::test]
async fn somebody_has_to_remain_who_administers() {
    let world = World::empty("desk_last").await;
    server::first_start::greet(&world.office, "http://x").await.unwrap();
    let found = world.office.db().read(|reader: &server::store::Reader<'_>| {
        reader.first("SELECT id, unit FROM person", &[], |row| {
            Ok((row.get::<PersonId>(0)?, row.get::<UnitId>(1)?))
        })
    });
    let (admin, root) = found.await.map_err(|cause: server::store::StoreError| cause).unwrap().unwrap();
    let mut desk = world.signed_in(admin, SessionKind::Desk).await;
    let change = protocol::desk::PersonChange {
        name: "管理员".to_owned(),
        sign_in_name: String::new(),
        unit: root,
        telephone: String::new(),
        grants: vec![Grant { role: Role::Registrar, unit: root }],
    };
    desk.put(&format!("/api/persons/{admin}"), &change).await.refused(409, "last_administrator");
}

#[tokio::test]
async fn a_visit_is_counted_and_its_need_listed() {
    let mut visited = Visited::new("desk_counts").await;
    let path = format!("/api/coverage?unit={}", unit(NORTH));
    let before: CoverageReport = visited.desk.get(&path).await.ok();
    assert_eq!((before.total.households, before.total.never_visited_due, before.total.on_time), (1, 1, 0));
    assert_eq!(before.on_time_month_ago, None, "this office was not there a month ago");
    let need = NeedId::from_bytes([3; 16]);
    let asked = asking(today(), need, Some(today().plus(-1)));
    let record = visited.phone.record(household(1), &Act::Visit(asked));
    visited.phone.deposit(&[record]).await;
    let after: CoverageReport = visited.desk.get(&path).await.ok();
    assert_eq!((after.total.on_time, after.todo.needs, after.todo.needs_late), (1, 1, 1));
    assert_eq!(after.todo.without_category, 1);
    let needs: Vec<NeedRow> = visited.desk.get(&format!("/api/needs?unit={}&open=1", unit(NORTH))).await.ok();
    assert_eq!((needs[0].name.as_str(), needs[0].author_name.as_str()), ("覃秀英", "帮扶人甲"));
    let list: HouseholdList =
        visited.desk.get(&format!("/api/households?unit={}&show=on_time&search=qxy", unit(NORTH))).await.ok();
    assert_eq!((list.total, list.households[0].needs_open), (1, 1));
    let far: CoverageReport = visited
        .world
        .desk("主席乙", Role::Chair, ROOT)
        .await
        .get(&format!("/api/coverage?unit={}", unit(ROOT)))
        .await
        .ok();
    assert_eq!(far.total, after.total, "seen from above it is the same");
    assert_eq!(far.units.len(), 2);
}

#[tokio::test]
async fn a_change_is_shown_against_what_the_phone_showed() {
    let mut visited = Visited::new("desk_changes").await;
    let named = |text: &str| Said::Name(NameValue { text: text.to_owned(), ..NameValue::default() });
    let before = Values::from([(Slot::Name, named("覃秀英（花名册）"))]);
    let said = domain::visit::Visit { before, ..renaming(today(), "覃秀瑛") };
    let record = visited.phone.record(household(1), &Act::Visit(said));
    visited.phone.deposit(&[record]).await;
    let file: HouseholdFile = visited.desk.get(&format!("/api/households/{}", household(1))).await.ok();
    let change = &file.visits[0].changes[0];
    assert_eq!((&change.before, &change.after), (&Some(named("覃秀英（花名册）")), &named("覃秀瑛")));
}

#[tokio::test]
async fn an_answer_waits_until_the_family_is_told() {
    let mut visited = Visited::new("desk_told").await;
    let chair = visited.world.person("主席甲", NORTH, &[(Role::Chair, NORTH)]).await;
    let mut desk = visited.world.signed_in(chair, SessionKind::Desk).await;
    let need = NeedId::from_bytes([3; 16]);
    let record = visited.phone.record(household(1), &Act::Visit(asking(today().plus(-3), need, None)));
    visited.phone.deposit(&[record]).await;
    let reply = Reply { need, day: today().plus(-2), words: "已批".to_owned(), replaces: None };
    put_down(&visited.world, &mut desk, chair, &[(household(1), Act::Reply(reply))]).await;
    let list = |stage: &str| format!("/api/needs?unit={}&open={stage}", unit(NORTH));
    let coverage = format!("/api/coverage?unit={}", unit(NORTH));
    let waiting: Vec<NeedRow> = desk.get(&list("untold")).await.ok();
    assert_eq!((waiting.len(), waiting[0].replied_by_name.as_str()), (1, "主席甲"));
    assert!(desk.get(&list("0")).await.ok::<Vec<NeedRow>>().is_empty(), "not done before the family knows");
    assert_eq!(desk.get(&coverage).await.ok::<CoverageReport>().todo.needs_untold, 1);
    let telling = domain::visit::Visit { told: vec![need], ..visit(today()) };
    let record = visited.phone.record(household(1), &Act::Visit(telling));
    visited.phone.deposit(&[record]).await;
    assert!(desk.get(&list("untold")).await.ok::<Vec<NeedRow>>().is_empty());
    assert_eq!(desk.get(&coverage).await.ok::<CoverageReport>().todo.needs_untold, 0);
    let answered: Vec<NeedRow> = desk.get(&list("0")).await.ok();
    assert_eq!((answered[0].line.told, answered[0].told_by_name.as_str()), (Some(today()), "帮扶人甲"));
}

#[tokio::test]
async fn an_answer_told_by_telephone_waits_no_longer_and_is_no_visit() {
    let mut visited = Visited::new("desk_told_by_telephone").await;
    let chair = visited.world.person("主席甲", NORTH, &[(Role::Chair, NORTH)]).await;
    let mut desk = visited.world.signed_in(chair, SessionKind::Desk).await;
    let need = NeedId::from_bytes([3; 16]);
    let record = visited.phone.record(household(1), &Act::Visit(asking(today().plus(-3), need, None)));
    visited.phone.deposit(&[record]).await;
    let reply = Reply { need, day: today().plus(-2), words: "已批".to_owned(), replaces: None };
    put_down(&visited.world, &mut desk, chair, &[(household(1), Act::Reply(reply))]).await;
    let list = |stage: &str| format!("/api/needs?unit={}&open={stage}", unit(NORTH));
    let untold: Vec<NeedRow> = desk.get(&list("untold")).await.ok();
    let reply = untold[0].line.reply_entry.unwrap();
    let tell = Tell { need, reply, day: today(), rest: serde_json::Map::new() };
    let telling = visited.phone.record(household(1), &Act::Tell(tell));
    let said = telling.id;
    visited.phone.deposit(&[telling]).await;
    let done: Vec<NeedRow> = desk.get(&list("0")).await.ok();
    assert_eq!((done[0].line.told_by_telephone, done[0].told_by_name.as_str()), (true, "帮扶人甲"));
    let file: HouseholdFile = desk.get(&format!("/api/households/{}", household(1))).await.ok();
    assert_eq!((file.card.last_visit, file.visits.len()), (Some(today().plus(-3)), 1));
    // A slip of the finger: it waits again.
    let back = Withdraw { visit: said, why: String::new() };
    let record = visited.phone.record(household(1), &Act::Withdraw(back));
    visited.phone.deposit(&[record]).await;
    assert_eq!(desk.get(&list("untold")).await.ok::<Vec<NeedRow>>().len(), 1);
}

#[tokio::test]
async fn a_withdrawn_visit_leaves_a_line() {
    let mut visited = Visited::new("desk_withdrawn").await;
    let visit = Act::Visit(renaming(today().plus(-3), "覃桂英"));
    let record = visited.phone.record(household(1), &visit);
    let withdraw = Withdraw { visit: record.id, why: "记错了户".to_owned() };
    let withdrawn = visited.phone.record(household(1), &Act::Withdraw(withdraw));
    visited.phone.deposit(&[record, withdrawn]).await;
    let file: HouseholdFile = visited.desk.get(&format!("/api/households/{}", household(1))).await.ok();
    assert!(file.visits.is_empty());
    let [line] = file.withdrawn.as_slice() else { panic!("one was taken back: {:?}", file.withdrawn) };
    assert_eq!((line.day, line.by.as_str(), line.why.as_str()), (today().plus(-3), "帮扶人甲", "记错了户"));
    assert_eq!(line.at_ms, NOON_MS);
}

#[tokio::test]
async fn an_alert_in_hand_takes_further_words_and_one_taken_back_leaves_a_line() {
    let mut visited = Visited::new("desk_alert").await;
    let alert = Alert {
        kind: EventKind::Disaster,
        words: "厨房起火".to_owned(),
        day: today(),
        rest: Rest::default(),
    };
    let raised = visited.phone.record(household(1), &Act::Alert(alert));
    let id = raised.id;
    visited.phone.deposit(&[raised]).await;
    let list = |open: u8| format!("/api/alerts?unit={}&open={open}", unit(NORTH));
    let waiting: Vec<AlertRow> = visited.desk.get(&list(1)).await.ok();
    assert_eq!((waiting.len(), waiting[0].taken_up_by_name.as_str()), (1, ""));
    let names = ["主席甲", "主席乙"];
    for (at, (name, words)) in (0..).zip(names.into_iter().zip(["明天上午上门", "去过了，已送生活用品"]))
    {
        let chair = visited.world.person(name, NORTH, &[(Role::Chair, NORTH)]).await;
        let mut desk = visited.world.signed_in(chair, SessionKind::Desk).await;
        let act = Act::TakeUp(TakeUp { alert: id, day: today(), words: words.to_owned() });
        let entry = desk_entry(&visited.world, chair, household(1), &act);
        let entry = Entry { id: EntryId::new(NOON_MS + at, [0; 10]), ..entry };
        let _: DeskReceipts = desk.post("/api/office", &DeskEntries { entries: vec![entry] }).await.ok();
        assert!(desk.get(&list(1)).await.ok::<Vec<AlertRow>>().is_empty());
        let in_hand: Vec<AlertRow> = desk.get(&list(0)).await.ok();
        let stands = in_hand[0].line.taken_up.as_ref().map(|taken| taken.words.as_str());
        assert_eq!((stands, in_hand[0].taken_up_by_name.as_str()), (Some(words), name));
    }
    let withdraw = Withdraw { visit: id, why: "写错了户".to_owned() };
    let record = visited.phone.record(household(1), &Act::Withdraw(withdraw));
    visited.phone.deposit(&[record]).await;
    let file: HouseholdFile = visited.desk.get(&format!("/api/households/{}", household(1))).await.ok();
    assert!(file.alerts.is_empty());
    let [line] = file.withdrawn.as_slice() else { panic!("one was taken back: {:?}", file.withdrawn) };
    let who = (line.by.as_str(), line.why.as_str(), line.at_ms);
    assert_eq!((line.visit, line.alert, line.day), (id, Some(EventKind::Disaster), today()));
    assert_eq!(who, ("帮扶人甲", "写错了户", NOON_MS));
}

#[tokio::test]
async fn an_answer_changed_on_the_day_of_the_telling_waits_again() {
    let mut visited = Visited::new("desk_told_again").await;
    let chair = visited.world.person("主席甲", NORTH, &[(Role::Chair, NORTH)]).await;
    let mut desk = visited.world.signed_in(chair, SessionKind::Desk).await;
    let need = NeedId::from_bytes([3; 16]);
    let record = visited.phone.record(household(1), &Act::Visit(asking(today().plus(-3), need, None)));
    visited.phone.deposit(&[record]).await;
    let list = format!("/api/needs?unit={}&open=untold", unit(NORTH));
    for (after_ms, words) in [(0, "已批"), (1, "已批，另加两百元")] {
        let act = Act::Reply(Reply { need, day: today(), words: words.to_owned(), replaces: None });
        let id = EntryId::new(NOON_MS + after_ms, [0; 10]);
        let entry = Entry { id, ..desk_entry(&visited.world, chair, household(1), &act) };
        let _: DeskReceipts = desk.post("/api/office", &DeskEntries { entries: vec![entry] }).await.ok();
        let waiting: Vec<NeedRow> = desk.get(&list).await.ok();
        let [row] = waiting.as_slice() else { panic!("one waits: {waiting:?}") };
        assert_eq!(row.line.reply.as_ref().map(|reply| reply.words.as_str()), Some(words));
        // What they hold by now stands beside it, with who told it when.
        let held =
            row.line.told_before.as_ref().map(|told| (told.words.as_str(), told.day, told.by_telephone));
        let before = (after_ms > 0).then_some(("已批", today(), false));
        let by = if after_ms > 0 { "帮扶人甲" } else { "" };
        assert_eq!((held, row.told_before_by_name.as_str()), (before, by));
        let file: HouseholdFile = desk.get(&format!("/api/households/{}", household(1))).await.ok();
        assert_eq!(file.needs[0].told_before, row.line.told_before);
        let told_replies = row.line.reply_entry.into_iter().collect();
        let telling = domain::visit::Visit { told: vec![need], told_replies, ..visit(today()) };
        let record = visited.phone.record(household(1), &Act::Visit(telling));
        visited.phone.deposit(&[record]).await;
        assert!(desk.get(&list).await.ok::<Vec<NeedRow>>().is_empty(), "{words} was told");
    }
}

#[tokio::test]
async fn a_need_past_its_day_comes_first_and_one_without_a_day_does_not_sink() {
    let mut visited = Visited::new("desk_needs_order").await;
    let days = |n| today().plus(n);
    let needs = [(1, -9, Some(30)), (2, -7, None), (3, -5, Some(-1)), (4, -3, Some(0)), (5, -2, Some(-2))];
    for (number, asked, promised) in needs {
        let asking = asking(days(asked), NeedId::from_bytes([number; 16]), promised.map(days));
        let record = visited.phone.record(household(1), &Act::Visit(asking));
        visited.phone.deposit(&[record]).await;
    }
    let rows: Vec<NeedRow> = visited.desk.get(&format!("/api/needs?unit={}&open=1", unit(NORTH))).await.ok();
    let order: Vec<u8> = rows.iter().map(|row| row.line.need.id.as_bytes()[0]).collect();
    assert_eq!(order, [3, 5, 1, 2, 4]);
}

#[tokio::test]
async fn rivals_are_settled_at_the_desk() {
    let mut visited = Visited::new("desk_rivals").await;
    let registrar = visited.world.person("档案员乙", NORTH, &[(Role::Registrar, NORTH)]).await;
    let mut desk = visited.world.signed_in(registrar, SessionKind::Desk).await;
    let second = visited.world.person("帮扶人乙", NORTH, &[(Role::Helper, NORTH)]).await;
    let seat = domain::seat::Assign {
        seat: domain::seat::Seat::LineManager,
        person: Some(second),
        from: today().plus(-9),
        until: None,
    };
    put_down(&visited.world, &mut desk, registrar, &[(household(1), Act::Assign(seat))]).await;
    let mut other = Phone::of(&visited.world, second, 11).await;
    let one = visited.phone.record(household(1), &Act::Visit(renaming(today(), "覃秀莲")));
    let two = other.record(household(1), &Act::Visit(renaming(today(), "秦秀莲")));
    visited.phone.deposit(&[one]).await;
    other.deposit(&[two]).await;
    let path = format!("/api/rivals?unit={}", unit(NORTH));
    let rivals: Vec<RivalRow> = desk.get(&path).await.ok();
    assert_eq!((rivals.len(), rivals[0].slot, rivals[0].standing.values.len()), (1, Slot::Name, 2));
    let value = Said::Name(NameValue { text: "覃秀莲".to_owned(), ..NameValue::default() });
    let settle = Act::Settle(Settle { slot: Slot::Name, value, day: today() });
    put_down(&visited.world, &mut desk, registrar, &[(household(1), settle)]).await;
    assert!(desk.get(&path).await.ok::<Vec<RivalRow>>().is_empty());
    let file: HouseholdFile = desk.get(&format!("/api/households/{}", household(1))).await.ok();
    assert_eq!(file.visits.len(), 2);
    assert_eq!(file.card.standings[&Slot::Name].values.len(), 1);
}

#[tokio::test]
async fn what_waits_is_judged_at_the_desk() {
    let visited = Visited::new("desk_judge").await;
    let registrar = visited.world.person("档案员乙", NORTH, &[(Role::Registrar, NORTH)]).await;
    let mut desk = visited.world.signed_in(registrar, SessionKind::Desk).await;
    let second = visited.world.person("帮扶人乙", NORTH, &[(Role::Helper, NORTH)]).await;
    let mut other = Phone::of(&visited.world, second, 11).await;
    let record = other.record(household(1), &Act::Visit(visit(today())));
    let answer = other.deposit(std::slice::from_ref(&record)).await;
    assert_eq!(answer.receipts[0].status, Status::Quarantined(Reason::NoSeat));
    let path = format!("/api/quarantine?unit={}", unit(NORTH));
    let rows: Vec<QuarantineRow> = desk.get(&path).await.ok();
    assert_eq!((rows[0].entry, rows[0].reason), (record.id, Some(Reason::NoSeat)));
    let judge = Act::Judge(Judge { entry: record.id, accept: true, why: "代班".to_owned() });
    // A desk of another branch may not.
    let south = visited.world.person("档案员丙", SOUTH, &[(Role::Registrar, SOUTH)]).await;
    let mut far = visited.world.signed_in(south, SessionKind::Desk).await;
    let entries = vec![desk_entry(&visited.world, south, household(1), &judge)];
    far.post("/api/office", &DeskEntries { entries }).await.refused(404, "not_found");
    put_down(&visited.world, &mut desk, registrar, &[(household(1), judge)]).await;
    assert!(desk.get(&path).await.ok::<Vec<QuarantineRow>>().is_empty());
    let again = other.deposit(&[record]).await;
    assert_eq!(again.receipts[0].status, Status::Projected);
}

#[tokio::test]
async fn desk_entries_are_taken_all_or_none_and_repeats_are_harmless() {
    let world = World::new("desk_all").await;
    let registrar = world.person("档案员甲", NORTH, &[(Role::Registrar, NORTH)]).await;
    let helper = world.person("帮扶人甲", NORTH, &[(Role::Helper, NORTH)]).await;
    let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
    let here = desk_entry(&world, registrar, household(1), &register(NORTH, "覃秀英", today()));
    let there = desk_entry(&world, registrar, household(2), &register(SOUTH, "单田芳", today()));
    let seat = desk_entry(&world, registrar, household(1), &assign(helper, today()));
    let mixed = DeskEntries { entries: vec![here.clone(), there] };
    desk.post("/api/office", &mixed).await.refused(404, "not_found");
    let list = format!("/api/households?unit={}", unit(NORTH));
    assert_eq!(desk.get(&list).await.ok::<HouseholdList>().total, 0);
    let good = DeskEntries { entries: vec![here.clone(), seat] };
    for _ in 0..2 {
        desk.post("/api/office", &good).await.ok::<Value>();
    }
    assert_eq!(desk.get(&list).await.ok::<HouseholdList>().total, 1);
    let mut forged = here;
    forged.author = helper;
    desk.post("/api/office", &DeskEntries { entries: vec![forged] }).await.refused(403, "not_allowed");
    let visit = desk_entry(&world, registrar, household(1), &Act::Visit(visit(today())));
    desk.post("/api/office", &DeskEntries { entries: vec![visit] }).await.refused(403, "not_allowed");
}

#[tokio::test]
async fn the_count_of_words_about_the_app_is_the_length_of_their_list() {
    let world = World::new("desk_feedback").await;
    let mut desk = world.desk("档案员甲", Role::Registrar, ROOT).await;
    for (number, place) in [(1, NORTH), (2, NORTH), (3, SOUTH)] {
        let writer = world.person(&format!("帮扶人{number}"), place, &[(Role::Helper, place)]).await;
        let words =
            NewFeedback { id: format!("{number:032x}"), words: "字太小".to_owned(), about: String::new() };
        world.signed_in(writer, SessionKind::Phone).await.post("/api/feedback", &words).await.ok::<Value>();
    }
    desk.post(&format!("/api/feedback/{:032x}/read", 2), &()).await.ok::<Value>();
    for (place, unread, all) in [(ROOT, 2, 3), (NORTH, 1, 2), (SOUTH, 1, 1)] {
        let report: CoverageReport = desk.get(&format!("/api/coverage?unit={}", unit(place))).await.ok();
        let rows: Vec<FeedbackRow> = desk.get(&format!("/api/feedback?unit={}", unit(place))).await.ok();
        let shown = rows.iter().filter(|row| !row.read).count();
        assert_eq!((report.todo.feedback, shown, rows.len()), (unread, unread as usize, all));
    }
    let mut north = world.desk("档案员乙", Role::Registrar, NORTH).await;
    north.get(&format!("/api/feedback?unit={}", unit(SOUTH))).await.refused(404, "not_found");
}

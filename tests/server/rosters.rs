//! A roster brought, looked at, taken in and taken back.

use domain::entry::{Act, Reply};
use domain::id::{HouseholdId, NeedId, PersonId, UnitId};
use domain::item::Item;
use domain::slot::Slot;
use domain::visit::Visit;
use protocol::office::HouseholdFile;
use protocol::roster::{
    HelperName, PersonAnswer, RosterAsked, RosterFile, RosterFormat, RosterList, RosterOut, RosterPlan,
    RosterPreview, RosterTaken, RosterWithdrawal, RowAnswer,
};
use protocol::sign_in::Role;

use crate::field::{Phone, asking, household, put_down, register};
use crate::world::{ABROAD, ROOT, SOUTH, World, today, unit};

mod again;

mod apart;

mod desk;

mod exported;

mod headings;

mod kept;

mod looking;

mod mine;

mod written;

use desk::Desk;
pub use desk::asked_of;

const HEAD: &str =
    "姓名,身份证号,出生日期,分会,支会,类别,联系电话,住址,子女姓名,年级,单位领导,单位领导电话,备注\n";
const ID: &str = "990000198011025736";

fn first() -> String {
    format!(
        "{HEAD}张山,{ID},,北山林场,采伐队,特困户,13800000001,甲路1号,张小,二年级,王海,13900000001,会木工\n\
         李水,,1975-03,新厂,,困难户,13800000002,乙路2号,无,,赵江,13900000002,\n"
    )
}

fn found(plan: &RosterPlan) -> Vec<String> {
    plan.findings.iter().map(|finding| format!("{} {}", finding.row, finding.finding)).collect()
}

#[tokio::test]
async fn what_was_shown_goes_in_whole_and_comes_back_whole() {
    let mut desk = Desk::of("rosters_in_and_back").await;
    let (plan, taken) = desk.take_in(&first(), Some(today().plus(-30))).await;
    assert_eq!(plan.units, ["北山林场 采伐队", "新厂"]);
    assert_eq!((plan.counts.new, plan.counts.children, plan.counts.persons), (2, 1, 2));
    assert_eq!((taken.counts, taken.file_name.as_str()), (plan.counts, "花名册.csv"));
    let both = [("张山".to_owned(), "甲路1号".to_owned()), ("李水".to_owned(), "乙路2号".to_owned())];
    assert_eq!(desk.households().await, both);
    assert_eq!(desk.units().await, ["青峰矿工会", "北山林场", "采伐队", "南山矿", "新厂"]);
    let file = desk.file("张山").await;
    assert_eq!(file.card.seats.iter().map(|seat| seat.name.as_str()).collect::<Vec<_>>(), ["王海"]);
    assert_eq!((file.card.category.is_some(), file.card.since), (true, today().plus(-30)));
    assert_eq!(file.card.standings[&Slot::Name].values[0].day, today().plus(-30));
    let list: Vec<RosterTaken> =
        desk.browser.get(&format!("/api/roster/imports?unit={}", unit(ROOT))).await.ok();
    assert_eq!(list.as_slice(), std::slice::from_ref(&taken));

    let back: RosterTaken = desk.withdraw(taken.import).await.ok();
    assert!(back.withdrawn_ms.is_some());
    assert_eq!(desk.households().await, []);
    assert_eq!(desk.units().await, ["青峰矿工会", "北山林场", "南山矿"]);
    assert!(desk.persons().await.iter().all(|row| row.name != "王海"));
    // Taken back again nothing happens, and the same file goes in anew.
    desk.withdraw(taken.import).await.ok::<RosterTaken>();
    desk.take_in(&first(), None).await;
    assert_eq!(desk.households().await, both);
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_a_later_one_only_what_it_says() {
    let mut desk = Desk::of("rosters_again").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let revs = |file: &HouseholdFile| file.card.rev;
    let before = desk.file("张山").await;
    let (plan, _) = desk.take_in(&first(), Some(today().plus(-20))).await;
    assert_eq!((plan.counts.new, plan.counts.changed, plan.counts.unchanged), (0, 0, 2));
    assert_eq!((plan.counts.units, plan.counts.persons, plan.persons_asked.len()), (0, 0, 0));
    assert_eq!(revs(&desk.file("张山").await), revs(&before));
    // A visit learns another address; the roster that still has the old one leaves it.
    let wang = desk.persons().await.into_iter().find(|row| row.name == "王海").unwrap().id;
    let household = desk.household("张山").await;
    visit(&desk.world, wang, household, "新村5号").await;
    let later = first().replace("13800000001", "13800000009");
    let (plan, _) = desk.take_in(&later, None).await;
    assert_eq!(plan.changes.iter().map(|change| change.what.clone()).collect::<Vec<_>>(), [["telephone"]]);
    let known = [("张山".to_owned(), "新村5号".to_owned()), ("李水".to_owned(), "乙路2号".to_owned())];
    assert_eq!(desk.households().await, known);
    let (plan, _) = desk.take_in(&first().replace(&format!("张山,{ID}"), "孙天,"), None).await;
    let missing: Vec<&str> = plan.missing.iter().map(|one| one.name.as_str()).collect();
    assert_eq!((missing, plan.counts.new), (vec!["张山"], 1));
}

async fn visit(world: &World, helper: PersonId, household: HouseholdId, address: &str) {
    let visit: Visit = serde_json::from_value(serde_json::json!({
        "day": today(), "met": "worker",
        "answers": { Item::Address.code(): {
            "answer": "changed", "stated": { "address": { "address": { "text": address } } } } },
    }))
    .unwrap();
    let mut phone = Phone::of(world, helper, 9).await;
    let record = phone.record(household, &domain::entry::Act::Visit(visit));
    let receipts = phone.deposit(&[record]).await;
    assert_eq!(format!("{receipts:?}").matches("Projected").count(), 1, "{receipts:?}");
}

#[tokio::test]
async fn what_is_near_is_asked_and_only_in_scope() {
    let mut desk = Desk::of("rosters_asked").await;
    let (_, taken) = desk.take_in(&first(), Some(today().plus(-30))).await;
    let li = desk.household("李水").await;
    let near = format!("{HEAD}李水,,1975-03,南山矿,,困难户,,,,,王海,13900000003,\n");
    let asked = desk.asked(near.clone().into_bytes()).await;
    let plan = desk.plan(&asked).await;
    assert_eq!(found(&plan).last().map(String::as_str), Some("2 perhaps_known"));
    assert_eq!((plan.rows_asked[0].may_be[0].household, plan.counts.held_back), (Some(li), 1));
    let answered = RosterAsked {
        households: vec![RowAnswer { at: plan.rows_asked[0].at, is: Some(li) }],
        ..asked.clone()
    };
    let plan = desk.plan(&answered).await;
    assert_eq!((plan.counts.changed, plan.rows_asked.len()), (1, 0));
    // 王海 of another branch is a person of his own, until somebody says.
    let other = &plan.persons_asked[0];
    assert_eq!((other.doubt.as_str(), plan.counts.persons), ("other_branch", 1));
    let helper =
        HelperName { branch: "南山矿".into(), name: "王海".into(), telephone: "13900000003".into() };
    let same = PersonAnswer { helper, person: Some(other.persons[0].person), same_as: None };
    let plan = desk.plan(&RosterAsked { persons: vec![same], ..answered }).await;
    assert_eq!(plan.counts.persons, 0);

    // Whoever sees only the south is told that the north has it, and not what.
    let mut south = desk.world.desk("南山档案员", Role::Registrar, SOUTH).await;
    let text = format!("{HEAD}张山,{ID},,南山矿,,,,,,,,,\n李水,,1975-03,北山林场,,,,,,,,,\n");
    let file: RosterFile = south.bring("/api/roster/files?name=a.csv", text.into_bytes()).await.ok();
    let asked = asked_of(file.file.clone(), 90, SOUTH);
    let preview: RosterPreview = south.post("/api/roster/preview", &asked).await.ok();
    let plan = preview.plan.unwrap();
    let held: Vec<String> = found(&plan).into_iter().filter(|line| !line.contains("missing")).collect();
    assert!(
        held.contains(&"2 known_elsewhere".to_owned()) && held.contains(&"3 other_branch".to_owned()),
        "{held:?}"
    );
    assert_eq!((plan.rows_asked, plan.missing), (vec![], vec![]));
    // What another brought, and what lies elsewhere, is not theirs.
    south.post("/api/roster/preview", &asked_of(file.file.clone(), 91, ROOT)).await.refused(404, "not_found");
    desk.browser
        .post("/api/roster/preview", &asked_of(file.file, 92, ROOT))
        .await
        .refused(409, "roster_file_gone");
    south
        .post(&format!("/api/roster/imports/{}/withdraw", taken.import), &())
        .await
        .refused(404, "not_found");
}

/// What hangs on a file is told before it is taken back: who stays, and what waits.
#[tokio::test]
async fn what_taking_back_does_is_told_before() {
    let mut desk = Desk::of("rosters_withdrawal").await;
    let (_, taken) = desk.take_in(&first(), Some(today().plus(-30))).await;
    let path = format!("/api/roster/imports/{}/withdrawal", taken.import);
    let told: RosterWithdrawal = desk.browser.get(&path).await.ok();
    assert_eq!(told, RosterWithdrawal { households: 2, ..RosterWithdrawal::default() });
    let wang = desk.persons().await.into_iter().find(|row| row.name == "王海").unwrap().id;
    let household = desk.household("张山").await;
    desk.browser.post(&format!("/api/persons/{wang}/invite"), &()).await.ok::<serde_json::Value>();
    visit(&desk.world, wang, household, "新村5号").await;
    let told: RosterWithdrawal = desk.browser.get(&path).await.ok();
    let staying: Vec<_> =
        told.staying.iter().map(|one| (one.name.as_str(), one.unit.as_str(), one.came)).collect();
    assert_eq!(staying, [("王海", "北山林场", false)]);
    let recorded: Vec<_> = told.recorded.iter().map(|one| (one.name.as_str(), one.household)).collect();
    assert_eq!((told.households, told.visits, told.needs, told.untold), (2, 1, 0, 0));
    assert_eq!(recorded, [("张山", Some(household))]);
    // An answer that nobody told the family yet.
    let need = NeedId::from_bytes([3; 16]);
    let mut phone = Phone::of(&desk.world, wang, 8).await;
    let record = phone.record(household, &Act::Visit(asking(today().plus(-3), need, None)));
    phone.deposit(&[record]).await;
    assert_eq!(desk.browser.get(&path).await.ok::<RosterWithdrawal>().needs, 1);
    let reply = Reply { need, day: today(), words: "已批".to_owned(), replaces: None };
    let own = desk.persons_of("档案员").await;
    put_down(&desk.world, &mut desk.browser, own, &[(household, Act::Reply(reply))]).await;
    let told: RosterWithdrawal = desk.browser.get(&path).await.ok();
    assert_eq!((told.visits, told.needs, told.untold), (2, 0, 1));
    // A household that somebody registered besides stays.
    let registrar = desk.persons_of("档案员").await;
    let by_hand = [(household, register(SOUTH, "张山", today().plus(-9)))];
    put_down(&desk.world, &mut desk.browser, registrar, &by_hand).await;
    let told: RosterWithdrawal = desk.browser.get(&path).await.ok();
    assert_eq!((told.households, told.visits), (1, 0));
    desk.withdraw(taken.import).await.ok::<RosterTaken>();
    assert_eq!(desk.households().await.len(), 1);
    assert!(desk.persons().await.iter().any(|row| row.name == "王海"));
}

#[tokio::test]
async fn what_changed_since_it_was_shown_is_shown_again() {
    let mut desk = Desk::of("rosters_changed").await;
    let asked = desk.asked(first().into_bytes()).await;
    let plan = desk.plan(&asked).await;
    let again = desk.plan(&asked).await;
    assert_eq!(plan, again);
    desk.browser.post("/api/roster/imports", &asked).await.refused(409, "roster_changed");
    let seen = RosterAsked { seen: plan.stamp.clone(), ..asked };
    let later = RosterAsked { day: Some(today().plus(-1)), ..seen.clone() };
    desk.browser.post("/api/roster/imports", &later).await.refused(409, "roster_changed");
    let taken: RosterTaken = desk.browser.post("/api/roster/imports", &seen).await.ok();
    // The answer was lost; the repeat says the same and does nothing.
    let repeated: RosterTaken = desk.browser.post("/api/roster/imports", &seen).await.ok();
    assert_eq!((taken.import, repeated), (seen.import, taken));
    assert_eq!(desk.households().await.len(), 2);
    let tomorrow = RosterAsked { day: Some(today().plus(1)), ..seen };
    desk.browser.post("/api/roster/preview", &tomorrow).await.refused(422, "field_invalid");
}

#[tokio::test]
async fn what_was_visited_before_a_file_was_taken_back_counts_when_it_comes_again() {
    let mut desk = Desk::of("rosters_again_in").await;
    let (_, taken) = desk.take_in(&first(), Some(today().plus(-30))).await;
    let wang = desk.persons().await.into_iter().find(|row| row.name == "王海").unwrap().id;
    let household = desk.household("张山").await;
    visit(&desk.world, wang, household, "新村5号").await;
    desk.withdraw(taken.import).await.ok::<RosterTaken>();
    assert_eq!(desk.households().await, []);
    desk.take_in(&first(), Some(today().plus(-20))).await;
    assert_eq!(desk.household("张山").await, household);
    let known = [("张山".to_owned(), "新村5号".to_owned()), ("李水".to_owned(), "乙路2号".to_owned())];
    assert_eq!(desk.households().await, known);
}

#[tokio::test]
async fn of_another_union_in_the_office_nothing_is_said() {
    let mut desk = Desk::of("rosters_other_union").await;
    desk.take_in(&first(), None).await;
    let mut abroad = desk.world.desk("别的档案员", Role::Registrar, ABROAD).await;
    let text = format!("{HEAD}张山,{ID},,别厂,,,,,,,,,\n李水,,1975-03,别厂,,,,,,,,,\n");
    let file: RosterFile = abroad.bring("/api/roster/files?name=a.csv", text.into_bytes()).await.ok();
    let asked = asked_of(file.file, 90, ABROAD);
    let preview: RosterPreview = abroad.post("/api/roster/preview", &asked).await.ok();
    let plan = preview.plan.unwrap();
    assert_eq!((plan.counts.new, plan.counts.held_back, plan.missing.len()), (2, 0, 0));
}

#[tokio::test]
async fn a_file_is_forgotten_after_a_day() {
    let mut desk = Desk::of("rosters_forgotten").await;
    let asked = desk.asked(first().into_bytes()).await;
    desk.world.set.pass(25 * 3_600_000);
    let mut later = desk.world.desk("档案员丙", Role::Registrar, ROOT).await;
    later.get("/api/units").await.ok::<serde_json::Value>();
    let left = |reader: &server::store::Reader<'_>| reader.count("SELECT count(*) FROM roster_file", &[]);
    assert_eq!(desk.world.office.db().read(left).await.unwrap(), 0);
    let registrar = desk.persons_of("档案员").await;
    let mut same = desk.world.signed_in(registrar, protocol::sign_in::SessionKind::Desk).await;
    same.post("/api/roster/preview", &asked).await.refused(409, "roster_file_gone");
}

#[tokio::test]
async fn only_the_last_word_is_taken_back() {
    let mut desk = Desk::of("rosters_order").await;
    let (_, first_taken) = desk.take_in(&first(), Some(today().plus(-30))).await;
    let (_, second) = desk.take_in(&first().replace("甲路1号", "丙路3号"), Some(today().plus(-10))).await;
    // Nor is it told what taking it back would do.
    let told = format!("/api/roster/imports/{}/withdrawal", first_taken.import);
    desk.browser.get(&told).await.refused(409, "roster_built_upon");
    desk.withdraw(first_taken.import).await.refused(409, "roster_built_upon");
    desk.withdraw(second.import).await.ok::<RosterTaken>();
    assert_eq!(desk.households().await[0].1, "甲路1号");
    desk.withdraw(first_taken.import).await.ok::<RosterTaken>();
    assert_eq!(desk.households().await, []);
}

#[tokio::test]
async fn a_file_that_is_no_roster_says_why() {
    let mut desk = Desk::of("rosters_refused").await;
    for (bytes, code) in [
        (Vec::new(), "empty"),
        (b"PK\x03\x04 nothing".to_vec(), "damaged"),
        ("今天天气很好\n明天也好\n".as_bytes().to_vec(), "no_header"),
    ] {
        let asked = desk.asked(bytes).await;
        let preview = desk.preview(&asked).await;
        assert_eq!((preview.refused.as_deref(), preview.plan), (Some(code), None));
    }
}

#[tokio::test]
async fn two_of_one_name_can_both_sign_in() {
    let mut desk = Desk::of("rosters_names").await;
    let two =
        format!("{HEAD}张山,,,北山林场,,,,,,,王海,13900000001,\n李水,,,北山林场,,,,,,,王海,13900000002,\n");
    desk.take_in(&two, None).await;
    let mut names: Vec<String> = desk.persons().await.into_iter().map(|row| row.sign_in_name).collect();
    names.retain(|name| name.starts_with("王海"));
    names.sort();
    assert_eq!(names, ["王海", "王海0002"]);
}

#[tokio::test]
async fn what_is_written_out_says_nothing_when_it_comes_back() {
    let mut desk = Desk::of("rosters_out").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let wang = desk.persons().await.into_iter().find(|row| row.name == "王海").unwrap().id;
    let household = desk.household("张山").await;
    visit(&desk.world, wang, household, "新村5号").await;
    let out = |format| RosterOut { unit: unit(ROOT), format };
    let written = desk.browser.post("/api/roster/exports", &out(RosterFormat::Csv)).await;
    let expected = first().replace("甲路1号", "新村5号");
    assert_eq!(written.text.trim_start_matches('\u{feff}').replace("\r\n", "\n"), expected);
    let (plan, _) = desk.take_in(&written.text, None).await;
    assert_eq!((plan.counts.new, plan.counts.changed, plan.counts.unchanged), (0, 0, 2));
    // What is edited in it goes in, and nothing else.
    let edited = written.text.replace("新村5号", "新村6号");
    let (plan, _) = desk.take_in(&edited, None).await;
    assert_eq!(plan.changes.iter().map(|change| change.what.clone()).collect::<Vec<_>>(), [["address"]]);
    let book = desk.browser.post("/api/roster/exports", &out(RosterFormat::Xlsx)).await;
    let disposition = book.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.ends_with("2026-11-21.xlsx") && book.text.starts_with("PK"), "{disposition}");
}

/// What the desk found, to be written down.
pub fn a_list(format: RosterFormat) -> RosterList {
    let texts = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
    let rows = [["12", ID], ["13", "=1+1"]].map(texts).to_vec();
    RosterList { name: "问题清单".to_owned(), format, columns: texts(["行", "表里写的"]), rows }
}

#[tokio::test]
async fn a_list_is_written_as_a_file() {
    let mut desk = Desk::of("rosters_list").await;
    let written = desk.browser.post("/api/roster/lists", &a_list(RosterFormat::Csv)).await;
    assert_eq!(written.text, format!("\u{feff}行,表里写的\r\n12,{ID}\r\n13,'=1+1\r\n"));
    let book = desk.browser.post("/api/roster/lists", &a_list(RosterFormat::Xlsx)).await;
    let disposition = book.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.ends_with(".xlsx") && book.text.starts_with("PK"), "{disposition}");
}

#[tokio::test]
async fn only_what_a_file_brought_is_missing_from_another() {
    let mut desk = Desk::of("rosters_missing").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let registrar = desk.persons_of("档案员").await;
    let by_hand = [(household(9), register(SOUTH, "手录户", today().plus(-9)))];
    put_down(&desk.world, &mut desk.browser, registrar, &by_hand).await;
    let out = RosterOut { unit: unit(ROOT), format: RosterFormat::Csv };
    assert!(desk.browser.post("/api/roster/exports", &out).await.text.contains("手录户"));
    let asked = desk.asked(first().into_bytes()).await;
    let plan = desk.plan(&asked).await;
    assert_eq!((plan.missing, plan.counts.unchanged), (vec![], 2));
}

/// What lies elsewhere in the tree is no unit of theirs.
#[tokio::test]
async fn another_root_is_out_of_reach() {
    let mut desk = Desk::of("rosters_abroad").await;
    let asked = desk.asked(first().into_bytes()).await;
    let abroad = RosterAsked { unit: unit(ABROAD), ..asked };
    desk.browser.post("/api/roster/preview", &abroad).await.refused(404, "not_found");
    let nowhere = RosterAsked { unit: UnitId::from_bytes([77; 16]), ..abroad };
    desk.browser.post("/api/roster/imports", &nowhere).await.refused(404, "not_found");
}

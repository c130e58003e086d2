//! What somebody said at the desk, and a roster does not know: two households who look like one, a category given by hand.

use domain::day::LooseDay;
use domain::entry::{Act, Merge, Register};
use domain::id::HouseholdId;
use domain::slot::{Slot, Value, Values};
use domain::value::{AddressValue, NameValue, TelephoneValue};
use protocol::desk::UnitRow;
use protocol::office::CoverageReport;
use protocol::roster::{RosterAsked, RosterFile, RosterFormat, RosterOut, RosterPreview, RosterTaken};
use protocol::sign_in::Role;

use super::desk::Desk;
use super::{HEAD, asked_of, first, found};
use crate::field::{household, put_down};
use crate::world::{NORTH, ROOT, SOUTH, today, unit};

/// Another 李水 of the same month, in the same branch, entered by hand.
async fn another_li(desk: &mut Desk) -> HouseholdId {
    let rows: Vec<UnitRow> = desk.browser.get("/api/units").await.ok();
    let unit = rows.into_iter().find(|row| row.name == "新厂").unwrap().id;
    let name = NameValue { text: "李水".into(), born: LooseDay::parse("1975-03"), ..NameValue::default() };
    let address = AddressValue { text: "丁路7号".into(), ..AddressValue::default() };
    let stated = Values::from([
        (Slot::Name, Value::Name(name)),
        (Slot::Address, Value::Address(address)),
        (Slot::Telephone, Value::Telephone(TelephoneValue::default())),
    ]);
    let register = Register {
        day: today().plus(-9),
        unit,
        category: None,
        causes: Vec::new(),
        id_number: None,
        stated,
        rest: serde_json::Map::new(),
    };
    let registrar = desk.persons_of("档案员").await;
    let by_hand = [(household(9), Act::Register(register))];
    put_down(&desk.world, &mut desk.browser, registrar, &by_hand).await;
    household(9)
}

#[tokio::test]
async fn two_that_somebody_said_are_two_stay_two_when_they_come_back() {
    let mut desk = Desk::of("rosters_apart").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let other = another_li(&mut desk).await;
    let out = RosterOut { unit: unit(ROOT), format: RosterFormat::Csv };
    let written = desk.browser.post("/api/roster/exports", &out).await.text;
    assert_eq!(written.matches("李水").count(), 2, "{written}");
    let (plan, taken) = desk.take_in(&written, None).await;
    assert_eq!(
        (plan.counts.unchanged, plan.counts.changed, plan.counts.new),
        (3, 0, 0),
        "{:?}",
        found(&plan)
    );
    assert_eq!((plan.counts.repeats, plan.repeats.len(), plan.rows_asked.len()), (0, 0, 0));
    assert!(found(&plan).iter().all(|one| !one.contains("of_row")), "{:?}", found(&plan));
    // What is changed of one of them is that one's.
    let moved = written.replace("丁路7号", "戊路8号");
    let (plan, _) = desk.take_in(&moved, None).await;
    let changed: Vec<HouseholdId> = plan.changes.iter().map(|change| change.household).collect();
    assert_eq!((changed, plan.counts.unchanged), (vec![other], 2));
    // Of the file as it first was, the sheet alone is right: its one row is the one that it was.
    let (plan, _) = desk.take_in(&first(), None).await;
    assert_eq!((plan.counts.rows, plan.counts.new, plan.rows_asked.len()), (2, 0, 0));
    desk.withdraw(taken.import).await.refused(409, "roster_built_upon");
}

#[tokio::test]
async fn a_category_given_by_hand_is_no_more_lacking_whatever_the_file_says() {
    let mut desk = Desk::of("rosters_by_hand").await;
    let file = first().replace("特困户", "特殊户").replace("困难户", "");
    let effects = |plan: &protocol::roster::RosterPlan| {
        let of_category = plan.findings.iter().filter(|one| one.finding.starts_with("category_"));
        of_category.map(|one| format!("{} {}", one.finding, one.effect)).collect::<Vec<_>>()
    };
    let (plan, _) = desk.take_in(&file, Some(today().plus(-30))).await;
    assert_eq!(effects(&plan), ["category_unknown without_cell", "category_missing without_cell"]);
    let (zhang, card) = (desk.household("张山").await, desk.file("张山").await.card);
    let register = Register {
        day: today().plus(-9),
        unit: card.unit.unwrap(),
        category: Some(domain::id::CategoryId::from_bytes([1; 16])),
        causes: card.causes,
        id_number: None,
        stated: Values::new(),
        rest: serde_json::Map::new(),
    };
    let registrar = desk.persons_of("档案员").await;
    put_down(&desk.world, &mut desk.browser, registrar, &[(zhang, Act::Register(register))]).await;
    let (plan, _) = desk.take_in(&file, None).await;
    assert_eq!(effects(&plan), ["category_unknown stays", "category_missing without_cell"]);
    let report: CoverageReport = desk.browser.get(&format!("/api/coverage?unit={}", unit(ROOT))).await.ok();
    assert_eq!(report.todo.without_category, 1);
}

/// A roster of the whole mine reached the branches that have households of it.
#[tokio::test]
async fn a_branch_has_the_files_that_brought_its_households() {
    let mut desk = Desk::of("rosters_reached").await;
    let (_, whole) = desk.take_in(&first(), Some(today().plus(-30))).await;
    let mut north = desk.world.desk("北山档案员", Role::Registrar, NORTH).await;
    let own = format!("{HEAD}周田,,1980-01,北山林场,,困难户,,,,,,,\n");
    let file: RosterFile = north.bring("/api/roster/files?name=a.csv", own.into_bytes()).await.ok();
    let asked = asked_of(file.file, 90, NORTH);
    let preview: RosterPreview = north.post("/api/roster/preview", &asked).await.ok();
    let asked = RosterAsked { seen: preview.plan.unwrap().stamp, ..asked };
    let own: RosterTaken = north.post("/api/roster/imports", &asked).await.ok();
    for (at, expected) in
        [(ROOT, vec![own.import, whole.import]), (NORTH, vec![own.import, whole.import]), (SOUTH, vec![])]
    {
        let list: Vec<RosterTaken> =
            desk.browser.get(&format!("/api/roster/imports?unit={}", unit(at))).await.ok();
        assert_eq!(list.iter().map(|one| one.import).collect::<Vec<_>>(), expected, "{at}");
    }
    // Whose it is, and what else is in it, is not theirs; nor to take it back.
    let list: Vec<RosterTaken> = north.get(&format!("/api/roster/imports?unit={}", unit(NORTH))).await.ok();
    let told: Vec<_> =
        list.iter().map(|one| (one.file_name.as_str(), one.taken_by.as_str(), one.counts.new)).collect();
    assert_eq!((told, list[1].import), (vec![("a.csv", "北山档案员", 1), ("", "", 0)], whole.import));
    let back = format!("/api/roster/imports/{}/withdraw", whole.import);
    north.post(&back, &()).await.refused(404, "not_found");
    desk.withdraw(whole.import).await.ok::<RosterTaken>();
    let list: Vec<RosterTaken> = north.get(&format!("/api/roster/imports?unit={}", unit(NORTH))).await.ok();
    assert_eq!(list.iter().map(|one| one.import).collect::<Vec<_>>(), [own.import]);
}

/// Said to be one after all, they are one.
#[tokio::test]
async fn two_that_were_merged_are_not_asked_about() {
    let mut desk = Desk::of("rosters_merged_apart").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let li = desk.household("李水").await;
    let other = another_li(&mut desk).await;
    let registrar = desk.persons_of("档案员").await;
    let merge = Act::Merge(Merge { other, words: String::new() });
    put_down(&desk.world, &mut desk.browser, registrar, &[(li, merge)]).await;
    let asked = desk.asked(first().replace("13800000002", "13800000012").into_bytes()).await;
    let plan = desk.plan(&asked).await;
    assert_eq!((plan.counts.new, plan.rows_asked.len(), plan.counts.rows), (0, 0, 2), "{:?}", found(&plan));
}

/// What was taken back is no second household that a later row might be.
#[tokio::test]
async fn of_one_that_was_taken_back_and_came_again_otherwise_nothing_is_asked() {
    let mut desk = Desk::of("rosters_back_otherwise").await;
    let (_, taken) = desk.take_in(&first(), Some(today().plus(-30))).await;
    desk.withdraw(taken.import).await.ok::<RosterTaken>();
    let telephone = |end: u8| first().replace("13800000002", &format!("1380000001{end}"));
    desk.take_in(&telephone(1), Some(today().plus(-20))).await;
    let (plan, _) = desk.take_in(&telephone(2), None).await;
    assert_eq!(
        (plan.counts.changed, plan.counts.new, plan.rows_asked.len()),
        (1, 0, 0),
        "{:?}",
        found(&plan)
    );
}

/// Two rows of one file that may be one household are asked about like a row and a household on file.
#[tokio::test]
async fn a_row_like_an_earlier_one_is_asked_about() {
    let mut desk = Desk::of("rosters_alike").await;
    let row = |telephone: &str| format!("李水,,,新厂,,困难户,{telephone},乙路2号,,,赵江,13900000002,\n");
    let file = format!("{HEAD}{}{}", row("13800000002"), row("13800000009"));
    let asked = desk.asked(file.into_bytes()).await;
    let plan = desk.plan(&asked).await;
    let question = plan.rows_asked.first().unwrap();
    let earlier = question.may_be.first().unwrap();
    assert_eq!(
        (question.row, earlier.name.as_str(), earlier.telephones.as_str()),
        (3, "李水", "13800000002")
    );
    assert_eq!((plan.counts.new, plan.counts.held_back, plan.counts.repeats), (1, 1, 0));
    let verdict = |plan: &protocol::roster::RosterPlan| {
        let row = plan.rows.get(1).unwrap();
        let of_row = plan.findings.iter().filter(|finding| finding.row == 3 && finding.of == Some(2));
        let effects: Vec<String> = of_row.map(|one| format!("{} {}", one.finding, one.effect)).collect();
        (row.is.clone(), row.why.clone(), effects.join(", "))
    };
    let expected = ("held_back", "similar_to_row", "similar_to_row held_back");
    let (is, why, effects) = verdict(&plan);
    assert_eq!((is.as_str(), why.as_str(), effects.as_str()), expected);
    for (is, expected, new, repeats) in [
        (earlier.household, ("held_back", "duplicate_of_row", "duplicate_of_row repeat"), 1, 1),
        (None, ("new", "", "similar_to_row as_written"), 2, 0),
    ] {
        let answer = protocol::roster::RowAnswer { at: question.at, is };
        let plan = desk.plan(&RosterAsked { households: vec![answer], ..asked.clone() }).await;
        let (is, why, effects) = verdict(&plan);
        assert_eq!((is.as_str(), why.as_str(), effects.as_str()), expected);
        assert_eq!((plan.counts.new, plan.counts.repeats, plan.rows_asked.len()), (new, repeats, 0));
    }
}

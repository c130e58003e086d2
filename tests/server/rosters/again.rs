//! A roster that comes back: without telephones, under units' new names, with ID numbers that a spreadsheet spoilt.

use protocol::desk::{PersonRow, UnitName, UnitPlace, UnitRow};
use protocol::roster::{PersonAnswer, RosterAsked, RosterFormat, RosterOut, RosterPlan, RowAnswer, WordSort};

use domain::entry::Act;
use domain::seat::{Assign, Seat};
use protocol::office::HouseholdFile;

use super::desk::Desk;
use super::{ID, first, found};
use crate::field::put_down;
use crate::world::{ROOT, SOUTH, today, unit};

async fn unit_called(desk: &mut Desk, name: &str) -> UnitRow {
    let rows: Vec<UnitRow> = desk.browser.get("/api/units").await.ok();
    rows.into_iter().find(|row| row.name == name).unwrap()
}

async fn exported(desk: &mut Desk) -> String {
    let out = RosterOut { unit: unit(ROOT), format: RosterFormat::Csv };
    let written = desk.browser.post("/api/roster/exports", &out).await;
    written.text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

#[tokio::test]
async fn without_telephones_nobody_is_made_twice() {
    let mut desk = Desk::of("rosters_silent").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let silent = first().replace("13900000001", "").replace("13900000002", "");
    let (plan, _) = desk.take_in(&silent, None).await;
    assert_eq!((plan.counts.persons, plan.counts.changed, plan.persons_asked.len()), (0, 0, 0));
    let helpers = plan.words.iter().filter(|word| word.sort == WordSort::Helper);
    let taken: Vec<(&str, Option<&str>, u32)> =
        helpers.map(|word| (word.written.as_str(), word.is.as_deref(), word.cells)).collect();
    let expected =
        [("北山林场 王海", Some("王海 13900000001"), 1), ("新厂 赵江", Some("赵江 13900000002"), 1)];
    assert_eq!(taken, expected);
    // Said once, it is known.
    let (plan, _) = desk.take_in(&silent, None).await;
    assert!(plan.words.iter().all(|word| word.sort != WordSort::Helper), "{:?}", plan.words);
}

#[tokio::test]
async fn of_two_of_one_name_without_a_telephone_it_is_asked_which() {
    let mut desk = Desk::of("rosters_silent_two").await;
    let two = first().replace("新厂", "北山林场").replace("赵江", "王海");
    desk.take_in(&two, Some(today().plus(-30))).await;
    let silent = two.replace("13900000001", "").replace("13900000002", "");
    let (plan, _) = desk.take_in(&silent, None).await;
    assert_eq!(
        (plan.counts.persons, plan.counts.changed, plan.persons_asked.len()),
        (0, 0, 0),
        "who sits stays"
    );
    // A third household: which of the two nobody knows, and nobody is made.
    let file = format!("{two}周田,,1980-01,北山林场,,困难户,13800000009,丙路9号,无,,王海,,\n");
    let asked = desk.asked(file.clone().into_bytes()).await;
    let plan = desk.plan(&asked).await;
    let questions: Vec<(&str, usize)> =
        plan.persons_asked.iter().map(|one| (one.doubt.as_str(), one.persons.len())).collect();
    assert_eq!((questions, plan.counts.persons), (vec![("no_telephone", 2)], 0));
    assert!(found(&plan).iter().any(|one| one.contains("helper_unclear")), "{:?}", found(&plan));
    let before = desk.seats_empty().await;
    desk.take_in(&file, None).await;
    assert_eq!(desk.seats_empty().await, before + 1, "it is on the to-do list");
    // Said to be the first of them, it is.
    let (helper, known) = (plan.persons_asked[0].helpers[0].clone(), plan.persons_asked[0].persons[0].person);
    let answer = PersonAnswer { helper, person: Some(known), same_as: None };
    let asked = desk.asked(file.into_bytes()).await;
    let asked = RosterAsked { persons: vec![answer], ..asked };
    let plan = desk.plan(&asked).await;
    assert_eq!((plan.counts.persons, plan.counts.changed), (0, 1));
}

#[tokio::test]
async fn a_unit_is_written_as_it_is_called_now_and_understood_when_it_comes_back() {
    let mut desk = Desk::of("rosters_renamed").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    for (was, now) in [("采伐队", "采育队"), ("新厂", "电厂")] {
        let id = unit_called(&mut desk, was).await.id;
        let name = UnitName { name: now.to_owned() };
        let _: serde_json::Value = desk.browser.put(&format!("/api/units/{id}"), &name).await.ok();
    }
    let renamed = first().replace("采伐队", "采育队").replace("新厂", "电厂");
    assert_eq!(exported(&mut desk).await, renamed);
    let (plan, _) = desk.take_in(&renamed, None).await;
    assert_eq!((plan.counts.unchanged, plan.counts.units, plan.counts.persons), (2, 0, 0));
    // The group under another branch.
    let group = unit_called(&mut desk, "采育队").await;
    let place = UnitPlace { parent: Some(unit(SOUTH)), level: group.level, before: None };
    let _: serde_json::Value =
        desk.browser.post(&format!("/api/units/{}/place", group.id), &place).await.ok();
    let moved = renamed.replace("北山林场,采育队", "南山矿,采育队");
    assert_eq!(exported(&mut desk).await, moved);
    let (plan, _) = desk.take_in(&moved, None).await;
    assert_eq!((plan.counts.unchanged, plan.counts.units, plan.counts.persons), (2, 0, 0));
    // An older sheet still means that unit.
    let asked = desk.asked(first().into_bytes()).await;
    let plan = desk.plan(&asked).await;
    assert_eq!((plan.counts.unchanged, plan.counts.units, plan.counts.new), (2, 0, 0));
}

#[tokio::test]
async fn a_right_id_number_stays_beside_a_wrong_one() {
    let mut desk = Desk::of("rosters_id_kept").await;
    let born = first().replace(&format!("{ID},,"), &format!("{ID},1980-11-02,"));
    desk.take_in(&born, Some(today().plus(-30))).await;
    let wrong = "990000198011025737";
    let (plan, _) = desk.take_in(&born.replace(ID, wrong), None).await;
    assert_eq!((of_id(&plan), plan.counts.changed), (vec!["2 id_kept".to_owned()], 0));
    let kept = plan.findings.iter().find(|finding| finding.finding == "id_kept").unwrap();
    assert_eq!((kept.cell.as_str(), kept.against.as_str()), (wrong, ID));
    let (plan, _) = desk.take_in(&born.replace(ID, "990000198011025000"), None).await;
    assert_eq!((of_id(&plan), plan.counts.changed), (vec!["2 id_precision_lost".to_owned()], 0));
    assert!(exported(&mut desk).await.contains(ID));
    // A right one says what it replaces.
    let asked = desk.asked(born.replace(ID, "99000019730904525X").into_bytes()).await;
    let row = desk.plan(&asked).await.rows_asked[0].at;
    let is = Some(desk.household("张山").await);
    let asked = RosterAsked { households: vec![RowAnswer { at: row, is }], ..asked };
    let plan = desk.plan(&asked).await;
    let texts: Vec<_> = plan.changes.iter().flat_map(|change| &change.texts).collect();
    assert_eq!((texts[0].what.as_str(), texts[0].was.as_slice()), ("id_number", [ID.to_owned()].as_slice()));
}

fn of_id(plan: &RosterPlan) -> Vec<String> {
    found(plan).into_iter().filter(|found| found.contains(" id_")).collect()
}

#[tokio::test]
async fn two_sheets_of_one_household_take_nothing_back_from_each_other_or_from_a_visit() {
    let mut desk = Desk::of("rosters_two_sheets").await;
    let ours = first();
    let theirs = first().replace("甲路1号", "甲路一号二单元").replace("13800000002", "13800000008");
    let day = |at: i32| Some(today().plus(at - 30));
    for (at, (name, file, changed)) in [
        ("ours-2026-01.csv", &ours, 0),
        ("theirs-2026-01.csv", &theirs, 2),
        ("ours-2026-02.csv", &ours, 0),
        ("theirs-2026-02.csv", &theirs, 0),
    ]
    .into_iter()
    .enumerate()
    {
        let asked = desk.asked_as(name, file.clone().into_bytes()).await;
        let (plan, _) =
            desk.take_in_asked(RosterAsked { day: day(i32::try_from(at).unwrap()), ..asked }).await;
        assert_eq!(plan.counts.changed, changed, "{name}");
    }
    assert_eq!(desk.households().await[0], ("张山".to_owned(), "甲路一号二单元".to_owned()));
    // A sheet that says a thing, another, and the first again, means it.
    for (at, (address, changed)) in [("丙路9号", 1), ("甲路1号", 1)].into_iter().enumerate() {
        let file = ours.replace("甲路1号", address);
        let asked = desk.asked_as("ours-2026-03.csv", file.into_bytes()).await;
        let at = 10 + i32::try_from(at).unwrap();
        let (plan, _) = desk.take_in_asked(RosterAsked { day: day(at), ..asked }).await;
        assert_eq!(plan.counts.changed, changed, "{address}");
        assert_eq!(desk.households().await[0].1, address);
    }
}

/// A file of each month, and under which name: what the third says is what the first said.
async fn a_correction_goes_in(test: &str, names: [&str; 3]) {
    let mut desk = Desk::of(test).await;
    for (at, (name, address)) in (0..).zip(names.into_iter().zip(["甲路1号", "丙路9号", "甲路1号"]))
    {
        let asked = desk.asked_as(name, first().replace("甲路1号", address).into_bytes()).await;
        desk.take_in_asked(RosterAsked { day: Some(today().plus(at - 30)), ..asked }).await;
        if at == 0 {
            // It is behind what comes next, whoever has it.
            exported(&mut desk).await;
        }
        assert_eq!(desk.households().await[0], ("张山".to_owned(), address.to_owned()), "{name}");
    }
}

#[tokio::test]
async fn the_next_months_file_is_the_next_edition_whatever_it_is_called() {
    // 花名册1月, 花名册2月, 花名册3月.
    let month = |at: u8| format!("%E8%8A%B1%E5%90%8D%E5%86%8C{at}%E6%9C%88.csv");
    let names = [1, 2, 3].map(month);
    a_correction_goes_in("rosters_months", [&names[0], &names[1], &names[2]]).await;
    a_correction_goes_in("rosters_unlike", ["ours.csv", "from-li.csv", "from-wang.csv"]).await;
}

#[tokio::test]
async fn who_stands_in_is_in_no_roster_and_stays_when_it_comes_back() {
    let mut desk = Desk::of("rosters_stand_in").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let other = desk.persons_of("赵江").await;
    let (household, registrar) = (desk.household("张山").await, desk.persons_of("档案员").await);
    let act = Act::Assign(Assign {
        seat: Seat::Leader,
        person: Some(other),
        from: today().plus(-1),
        until: Some(today().plus(9)),
    });
    put_down(&desk.world, &mut desk.browser, registrar, &[(household, act)]).await;
    assert_eq!(exported(&mut desk).await, first(), "the seat is still the other's");
    // What is said of others, or of the remark alone, gives nobody's seat away.
    for (file, changed) in [(first(), 0), (first().replace("会木工", "会瓦工"), 1)] {
        let (plan, _) = desk.take_in(&file, None).await;
        assert_eq!(plan.counts.changed, changed);
        assert!(plan.changes.iter().all(|change| change.what == ["kept"]), "{:?}", plan.changes);
    }
    let sits = |file: HouseholdFile| file.card.seats.into_iter().map(|seat| seat.name).collect::<Vec<_>>();
    assert_eq!(sits(desk.file("张山").await), ["赵江"]);
}

#[tokio::test]
async fn a_seat_that_was_handed_over_is_given_whoever_the_file_still_names() {
    let mut desk = Desk::of("rosters_handed_over").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let (left, taker) = (desk.persons_of("王海").await, desk.persons_of("赵江").await);
    let (household, registrar) = (desk.household("张山").await, desk.persons_of("档案员").await);
    let hands_over = |person, ago: i32| {
        Act::Assign(Assign { seat: Seat::Leader, person, from: today().plus(-ago), until: None })
    };
    let leaves = format!("/api/persons/{left}/leave");
    put_down(&desk.world, &mut desk.browser, registrar, &[(household, hands_over(Some(taker), 5))]).await;
    desk.browser.post(&leaves, &()).await.ok::<PersonRow>();
    // As of a day on which he sat there nothing is wrong; as of today he has left, and that is told.
    let again = |day| (first().replace("会木工", "会瓦工"), Some(today().plus(day)));
    let left = |plan: &RosterPlan| {
        let left = plan.findings.iter().filter(|finding| finding.finding == "helper_left");
        left.map(|one| format!("{} {} {} {}", one.row, one.cell, one.against, one.effect)).collect::<Vec<_>>()
    };
    for ((file, day), told) in [(again(-20), vec![]), (again(0), vec!["2 王海 赵江 stays".to_owned()])] {
        let asked = RosterAsked { day, ..desk.asked(file.into_bytes()).await };
        assert_eq!(left(&desk.plan(&asked).await), told);
    }
    put_down(&desk.world, &mut desk.browser, registrar, &[(household, hands_over(None, 0))]).await;
    let asked = RosterAsked { day: Some(today()), ..desk.asked(first().into_bytes()).await };
    assert!(found(&desk.plan(&asked).await).contains(&"2 helper_left".to_owned()));
}

/// A helper whom a person says to be the same has the telephone of the later sheet, and the old one when that is taken back.
#[tokio::test]
async fn a_helpers_new_telephone_is_taken_over_and_given_back() {
    let mut desk = Desk::of("rosters_telephone").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let later = first().replace("13900000001", "13900000009");
    let asked = desk.asked(later.into_bytes()).await;
    let plan = desk.plan(&asked).await;
    let (helper, person) =
        (plan.persons_asked[0].helpers[0].clone(), plan.persons_asked[0].persons[0].person);
    let answer = PersonAnswer { helper, person: Some(person), same_as: None };
    let (plan, taken) = desk.take_in_asked(RosterAsked { persons: vec![answer], ..asked }).await;
    let told = plan.findings.iter().find(|finding| finding.finding == "helper_telephone").unwrap();
    assert_eq!((told.cell.as_str(), told.against.as_str()), ("13900000009", "王海 13900000001"));
    assert_eq!((told.effect.as_str(), plan.counts.changed, plan.counts.persons), ("as_written", 0, 0));
    let telephone = |rows: Vec<PersonRow>| rows.into_iter().find(|row| row.id == person).unwrap().telephone;
    assert_eq!(telephone(desk.persons().await), "13900000009");
    desk.withdraw(taken.import).await.ok::<protocol::roster::RosterTaken>();
    assert_eq!(telephone(desk.persons().await), "13900000001");
}

/// A later file that changed nothing does not stand in the way of taking an older one back; brought again, it goes in.
#[tokio::test]
async fn a_later_file_that_changed_nothing_lets_an_older_one_be_taken_back() {
    let mut desk = Desk::of("rosters_silent_later").await;
    let (_, taken) = desk.take_in(&first(), Some(today().plus(-30))).await;
    let moved = first().replace("甲路1号", "丙路3号");
    let (_, second) = desk.take_in(&moved, Some(today().plus(-20))).await;
    let (plan, _) = desk.take_in(&moved, Some(today().plus(-10))).await;
    assert_eq!((plan.counts.new, plan.counts.changed), (0, 0));
    desk.withdraw(taken.import).await.refused(409, "roster_built_upon");
    desk.withdraw(second.import).await.ok::<protocol::roster::RosterTaken>();
    assert_eq!(desk.households().await[0].1, "甲路1号");
    // What the silent one said is news again.
    let asked = desk.asked(moved.clone().into_bytes()).await;
    assert_eq!(desk.plan(&asked).await.counts.changed, 1);
    desk.take_in(&first(), Some(today().plus(-5))).await;
    desk.withdraw(taken.import).await.ok::<protocol::roster::RosterTaken>();
    assert_eq!((desk.households().await, desk.units().await.len()), (vec![], 3));
    let (plan, _) = desk.take_in(&first(), None).await;
    assert_eq!((plan.counts.new, plan.missing.len()), (2, 0));
}

/// Two sorts of columns say one list of causes: what one of them said before goes with it, and what the other said stays.
#[tokio::test]
async fn causes_go_with_the_column_that_said_them() {
    let mut desk = Desk::of("rosters_causes").await;
    let of = |columns: &str, causes: &str| {
        format!("姓名,出生日期,分会,联系电话,{columns}\n张山,1975-03,新厂,1,{causes}\n")
    };
    let both = "主要致困原因,次要致困原因";
    desk.take_in(&of(both, "患病、未参保,上学"), Some(today().plus(-30))).await;
    for (columns, causes, expected) in [
        (both, "下岗,", vec!["laid_off", "schooling"]),
        ("主要致困原因", "患病、意外事故", vec!["severe_illness", "accident", "schooling"]),
        ("主要致困原因", "意外事故", vec!["accident", "schooling"]),
        ("致困原因", "上学", vec!["schooling"]),
    ] {
        desk.take_in(&of(columns, causes), Some(today())).await;
        let stand: Vec<String> = desk.file("张山").await.card.causes.iter().map(said).collect();
        assert_eq!(stand, expected, "{columns} {causes}");
    }
}

fn said(cause: &domain::rules::Cause) -> String {
    serde_json::to_value(cause).unwrap().as_str().unwrap().to_owned()
}

/// What waits for a household whose file was taken back is told by the name that the file gave it.
#[tokio::test]
async fn what_waits_for_a_file_that_was_taken_back_has_its_name() {
    let mut desk = Desk::of("rosters_waiting").await;
    let (_, taken) = desk.take_in(&first(), Some(today().plus(-30))).await;
    let wang = desk.persons_of("王海").await;
    let household = desk.household("张山").await;
    super::visit(&desk.world, wang, household, "新村5号").await;
    desk.withdraw(taken.import).await.ok::<protocol::roster::RosterTaken>();
    let path = format!("/api/quarantine?unit={}", unit(ROOT));
    let waits: Vec<protocol::office::QuarantineRow> = desk.browser.get(&path).await.ok();
    let told: Vec<(&str, &str)> = waits.iter().map(|row| (row.kind.as_str(), row.name.as_str())).collect();
    assert_eq!(told, [("visit", "张山")]);
}

//! What a look at a roster tells: its own day, every row with one verdict, old beside new, words taken for others.

use domain::day::Day;
use domain::entry::{Act, Register};
use domain::id::CategoryId;
use domain::item::{Item, ItemState};
use domain::slot::{Slot, Value, Values};
use protocol::office::{CoverageReport, HouseholdList};
use protocol::roster::{
    CategoryWord, PersonAnswer, RosterAsked, RosterMapping, RosterPlan, RosterPreview, RosterTaken, RowAnswer,
};

use super::{Desk, HEAD, ID, first, visit};
use crate::field::{put_down, register};
use crate::world::{ROOT, today, unit};

/// A look at a text, with what is told.
async fn look(desk: &mut Desk, text: &str, tell: impl FnOnce(RosterAsked) -> RosterAsked) -> RosterPreview {
    let asked = tell(desk.asked(text.as_bytes().to_vec()).await);
    desk.preview(&asked).await
}

async fn plan(desk: &mut Desk, text: &str) -> RosterPlan {
    look(desk, text, |asked| asked).await.plan.unwrap()
}

#[tokio::test]
async fn a_roster_is_of_the_day_that_it_says_of_itself() {
    let mut desk = Desk::of("rosters_dated").await;
    let october = Day::new(2026, 10, 31).unwrap();
    let titled = format!("困难职工花名册,,,,\n填报日期：2026年10月31日,,,,\n{}", first());
    let told = plan(&mut desk, &titled).await;
    let dated = told.dated.unwrap();
    assert_eq!((told.day, dated.row, dated.text.as_str()), (october, Some(2), "填报日期：2026年10月31日"));
    // A person's word counts before the file's; without either it is today.
    let other = look(&mut desk, &titled, |asked| RosterAsked { day: Some(today()), ..asked }).await;
    assert_eq!(other.plan.unwrap().day, today());
    assert_eq!(plan(&mut desk, &first()).await.day, today());
    // What is taken in without a word of the day is of the file's.
    let (_, taken) = desk.take_in(&titled, None).await;
    assert_eq!(taken.day, october);
}

#[tokio::test]
async fn who_is_past_a_first_visit_is_counted_before() {
    let mut desk = Desk::of("rosters_due").await;
    let text = "姓名,分会,类别,联系电话,建档日期\n\
                张山,新厂,特困户,1,2019-05-01\n李水,新厂,困难户,2,2026-11-20\n王土,新厂,困难户,3,\n";
    assert_eq!(plan(&mut desk, text).await.due, 1);
    desk.take_in(text, None).await;
    assert_eq!(plan(&mut desk, text).await.due, 0, "nobody is new any more");
}

/// 建档日期 that cannot be read: the file of a new household begins on the roster's day, that of a known one is what it was.
#[tokio::test]
async fn what_becomes_of_a_file_without_its_first_day_is_told() {
    let mut desk = Desk::of("rosters_registered").await;
    let effect = |plan: &RosterPlan| {
        let of_day = plan.findings.iter().find(|finding| finding.finding == "date_unreadable");
        of_day.map(|finding| finding.effect.clone())
    };
    let text = "姓名,分会,联系电话,建档日期\n张山,新厂,1,老户\n";
    let (plan, _) = desk.take_in(text, Some(today().plus(-9))).await;
    assert_eq!(effect(&plan).as_deref(), Some("rosters_day"));
    assert_eq!(desk.file("张山").await.card.since, today().plus(-9));
    let known = self::plan(&mut desk, text).await;
    assert_eq!(effect(&known).as_deref(), Some("stays"));
}

/// Of a row that does not go in nothing does; and two rows of one household lie side by side.
#[tokio::test]
async fn every_row_has_one_verdict_and_the_rows_add_up() {
    let mut desk = Desk::of("rosters_verdicts").await;
    let text = format!(
        "{}张山,{ID},,北山林场,采伐队,特困户,13800000009,甲路1号,,,王海,13900000001,\n\
         ,,1990-13-01,新厂,,没有的类别,123,丙路,,,,,\n",
        first()
    );
    let plan = plan(&mut desk, &text).await;
    let counts = plan.counts;
    assert_eq!((counts.rows, counts.households, counts.repeats), (4, 3, 1));
    assert_eq!((counts.new, counts.held_back), (2, 2));
    assert_eq!(counts.new + counts.changed + counts.unchanged + counts.held_back, counts.rows);
    let is = |what: &str| u32::try_from(plan.rows.iter().filter(|row| row.is == what).count()).unwrap();
    assert_eq!(
        (is("new"), is("held_back")),
        (counts.new, counts.held_back),
        "the list is what the figure says"
    );
    let rows: Vec<String> =
        plan.rows.iter().map(|row| format!("{} {} {} {:?}", row.row, row.is, row.why, row.of)).collect();
    assert_eq!(
        rows,
        [
            "2 new  None",
            "3 new  None",
            "4 held_back duplicate_of_row Some(2)",
            "5 held_back name_missing None"
        ]
    );
    let verdicts: Vec<(&str, &str)> = plan
        .findings
        .iter()
        .filter(|finding| finding.row == 5)
        .map(|finding| (finding.unit.as_str(), finding.effect.as_str()))
        .collect();
    assert!(verdicts.len() > 2 && verdicts.iter().all(|one| *one == ("新厂", "held_back")), "{verdicts:?}");
    let of_repeat = plan.findings.iter().filter(|finding| finding.row == 4);
    let of_repeat: Vec<(&str, &str)> =
        of_repeat.map(|finding| (finding.finding.as_str(), finding.effect.as_str())).collect();
    assert_eq!(of_repeat, [("duplicate_of_row", "repeat")], "nothing of a repeat is to be repaired");
    let repeat = &plan.repeats[0];
    assert_eq!((repeat.row, repeat.of, repeat.says.name.as_str()), (4, 2, "张山"));
    let differs: Vec<&str> = repeat.differs.iter().map(|(column, ..)| column.as_str()).collect();
    assert_eq!(differs, ["联系电话", "子女姓名", "年级", "备注"]);
    assert_eq!(repeat.differs[0].1, "13800000009");
}

#[tokio::test]
async fn old_stands_beside_new_and_what_stays_is_told() {
    let mut desk = Desk::of("rosters_old_new").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let wang = desk.persons().await.into_iter().find(|row| row.name == "王海").unwrap().id;
    let household = desk.household("张山").await;
    visit(&desk.world, wang, household, "新村5号").await;
    let later = first().replace("13800000001", "13800000007").replace("困难户", "特困户");
    let asked = RosterAsked { day: Some(today().plus(-1)), ..desk.asked(later.into_bytes()).await };
    let plan = desk.plan(&asked).await;
    let number = |value: &Value| match value {
        Value::Telephone(telephone) => telephone.numbers[0].number.clone(),
        Value::Address(address) => address.text.clone(),
        other => panic!("{other:?}"),
    };
    let [zhang, li] = plan.changes.as_slice() else { panic!("{:?}", plan.changes) };
    let change = &zhang.values[0];
    assert_eq!((zhang.name.as_str(), zhang.values.len(), zhang.texts.len()), ("张山", 1, 0));
    assert_eq!(
        (change.was.as_ref().map(number), change.was_day),
        (Some("13800000001".to_owned()), Some(today().plus(-30)))
    );
    assert_eq!((number(&change.says), change.rivals), ("13800000007".to_owned(), false));
    assert_eq!(
        (li.texts[0].what.as_str(), &li.texts[0].was[0], &li.texts[0].says[0]),
        ("category", &"困难户".to_owned(), &"特困户".to_owned())
    );
    // The visit of today learned another address than the file repeats.
    let stays = &plan.stays[0];
    assert_eq!((plan.stays.len(), stays.name.as_str()), (1, "张山"));
    assert_eq!(
        (stays.values[0].was.as_ref().map(number), stays.values[0].was_day),
        (Some("新村5号".to_owned()), Some(today()))
    );
    assert_eq!(number(&stays.values[0].says), "甲路1号");
}

/// An older roster moves and seats nobody who was moved or seated since: that is told beside what it says.
#[tokio::test]
async fn what_was_said_after_the_rosters_day_is_told_to_stay() {
    let mut desk = Desk::of("rosters_since").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    desk.take_in(&first().replace("王海,13900000001", "赵江,13900000009").replace("特困户", "困难户"), None)
        .await;
    let older = first().replace("王海,13900000001", "孙天,13900000008").replace("特困户", "大病职工");
    let asked = RosterAsked { day: Some(today().plus(-10)), ..desk.asked(older.into_bytes()).await };
    let (plan, _) = desk.take_in_asked(asked).await;
    let texts = plan.changes.iter().filter(|change| change.name == "张山").flat_map(|change| &change.texts);
    let told: Vec<String> =
        texts.map(|one| format!("{} {:?} {:?} {}", one.what, one.was, one.says, one.stays)).collect();
    assert_eq!(
        told,
        [
            r#"category ["困难户"] ["大病职工"] true"#.to_owned(),
            r#"leader ["赵江"] ["孙天"] true"#.to_owned()
        ]
    );
    let card = desk.file("张山").await.card;
    assert_eq!(card.seats.iter().map(|seat| seat.name.as_str()).collect::<Vec<_>>(), ["赵江（0009）"]);
}

/// An edit at the desk says no ID number, unless somebody types one: the older roster's goes in, and that is told.
#[tokio::test]
async fn an_id_number_stays_only_where_a_later_word_has_one() {
    let mut desk = Desk::of("rosters_since_number").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let registrar = desk.persons_of("档案员").await;
    let file = desk.file("张山").await;
    let edit = |category: u8, number: Option<&str>| {
        let Act::Register(register) = register(ROOT, "张山", today().plus(-2)) else {
            panic!("a register")
        };
        Act::Register(Register {
            unit: file.card.unit.unwrap(),
            category: Some(CategoryId::from_bytes([category; 16])),
            id_number: number.map(str::to_owned),
            stated: Values::default(),
            ..register
        })
    };
    let older = first().replace(ID, "990000198011025752").replace("特困户", "大病职工");
    // Another number is another person, unless somebody says that it is this one.
    let is_zhang = vec![RowAnswer { at: 0, is: Some(file.card.household) }];
    let asked = RosterAsked { day: Some(today().plus(-10)), ..desk.asked(older.into_bytes()).await };
    let asked = RosterAsked { households: is_zhang, ..asked };
    let told = |plan: &RosterPlan| -> Vec<String> {
        let of_zhang = plan.changes.iter().filter(|change| change.name == "张山");
        of_zhang.flat_map(|change| &change.texts).map(|one| format!("{} {}", one.what, one.stays)).collect()
    };
    put_down(&desk.world, &mut desk.browser, registrar, &[(file.card.household, edit(2, None))]).await;
    let plan = desk.plan(&asked).await;
    assert_eq!(told(&plan), ["category true", "id_number false"]);
    put_down(&desk.world, &mut desk.browser, registrar, &[(file.card.household, edit(3, Some(ID)))]).await;
    assert_eq!(told(&desk.plan(&asked).await), ["category true", "id_number true"]);
}

/// A cell that was filled in and is blank now is told once, in place of what is lacking, and what is on file stays.
#[tokio::test]
async fn a_blank_where_something_stood_is_told() {
    let mut desk = Desk::of("rosters_blank").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let blank = first().replace("特困户", "").replace("13800000001", "");
    let (plan, _) = desk.take_in(&blank, None).await;
    let told: Vec<String> = plan
        .findings
        .iter()
        .filter(|one| one.row == 2)
        .map(|one| format!("{} {} {} {}", one.finding, one.column, one.against, one.effect))
        .collect();
    assert!(told.contains(&"cell_emptied 类别 特困户 stays".to_owned()), "{told:?}");
    assert!(told.contains(&"cell_emptied 联系电话 13800000001 stays".to_owned()), "{told:?}");
    assert!(!told.iter().any(|one| one.starts_with("category_missing")), "{told:?}");
    let card = desk.file("张山").await.card;
    assert!(card.category.is_some() && card.standings.contains_key(&domain::slot::Slot::Telephone));
}

/// What is one person most likely is asked first, and is two until somebody says.
#[tokio::test]
async fn one_name_and_one_telephone_in_two_branches_is_asked_first() {
    let mut desk = Desk::of("rosters_one_telephone").await;
    let text = format!(
        "{HEAD}张山,,,北山林场,,,,,,,丁水,13900000004,\n李水,,,新厂,,,,,,,丁水,13900000005,\n\
         周田,,,北山林场,,,,,,,王海,13900000001,\n吴土,,,新厂,,,,,,,王海,13900000001,\n"
    );
    let asked = desk.asked(text.into_bytes()).await;
    let plan = desk.plan(&asked).await;
    let doubts: Vec<&str> = plan.persons_asked.iter().map(|one| one.doubt.as_str()).collect();
    assert_eq!((doubts, plan.counts.persons), (vec!["same_telephone", "other_branch"], 4));
    let [first, second] = plan.persons_asked[0].helpers.as_slice() else {
        panic!("{:?}", plan.persons_asked)
    };
    let one = PersonAnswer { helper: second.clone(), person: None, same_as: Some(first.clone()) };
    let plan = desk.plan(&RosterAsked { persons: vec![one], ..asked }).await;
    assert_eq!(plan.counts.persons, 3);
}

#[tokio::test]
async fn a_category_named_once_is_remembered_and_said() {
    let mut desk = Desk::of("rosters_words").await;
    let text = "姓名,分会,类别,致困原因\n张山,新厂,低保户,大病\n李水,新厂,困难,大病\n";
    let said = |plan: &RosterPlan| -> Vec<String> {
        let word = |word: &protocol::roster::WordRead| {
            format!("{} {} {} {}", word.written, word.is.as_deref().unwrap_or("-"), word.told, word.cells)
        };
        plan.words.iter().map(word).collect()
    };
    let preview = look(&mut desk, text, |asked| asked).await;
    assert_eq!(preview.as_in, "");
    let plan = preview.plan.unwrap();
    assert_eq!(said(&plan), ["大病 severe_illness false 2", "低保户 - false 1", "困难 困难户 false 1"]);
    assert!(plan.categories.contains(&"特困户".to_owned()));
    let word = CategoryWord { written: "低保户".to_owned(), is: Some("特困户".to_owned()) };
    let mapping = RosterMapping { categories: vec![word], ..preview.mapping };
    let asked = RosterAsked { mapping: Some(mapping), ..desk.asked(text.as_bytes().to_vec()).await };
    let plan = desk.plan(&asked).await;
    assert!(said(&plan).contains(&"低保户 特困户 true 1".to_owned()), "{:?}", plan.words);
    assert!(plan.findings.iter().all(|finding| finding.finding != "category_unknown"));
    let seen = RosterAsked { seen: plan.stamp, ..asked };
    desk.browser.post("/api/roster/imports", &seen).await.ok::<RosterTaken>();
    // Another file: read as the last, and that is said.
    let next = look(&mut desk, &text.replace("张山", "赵木"), |asked| asked).await;
    assert_eq!(next.as_in, "花名册.csv");
    assert!(said(&next.plan.unwrap()).contains(&"低保户 特困户 true 1".to_owned()));
}

#[tokio::test]
async fn the_header_that_is_pointed_at_is_the_header() {
    let mut desk = Desk::of("rosters_header").await;
    let text = format!("{HEAD}张山,,,新厂,,困难户,1,甲路1号,,,,,\n姓名,备用\n李水,2\n");
    let pointed = |row: u32| {
        move |asked: RosterAsked| {
            let mapping = RosterMapping {
                header_row: Some(row),
                header_rows: 1,
                header_told: true,
                ..RosterMapping::default()
            };
            RosterAsked { mapping: Some(mapping), ..asked }
        }
    };
    let told = look(&mut desk, &text, pointed(3)).await;
    assert_eq!((told.mapping.header_row, told.plan.unwrap().rows[0].name.as_str()), (Some(3), "李水"));
    let told = look(&mut desk, &text, pointed(4)).await;
    assert_eq!((told.refused.as_deref(), told.mapping.header_row), (Some("no_name_column"), Some(4)));
}

#[tokio::test]
async fn two_of_one_name_in_one_household_are_said_to_be_two_by_the_sheet_itself() {
    let mut desk = Desk::of("rosters_side_by_side").await;
    let head = "姓名,分会,单位领导,单位领导电话,工会干部,工会干部电话\n";
    let own = format!(
        "{head}张山,北山林场,王海,13900000001,王海,13900000002\n李水,北山林场,王海,13900000001,赵江,13900000003\n"
    );
    let look = plan(&mut desk, &own).await;
    let [asked] = look.persons_asked.as_slice() else { panic!("one question: {:?}", look.persons_asked) };
    assert_eq!((asked.helpers.len(), asked.side_by_side.as_slice()), (2, [2].as_slice()));
    // Known from an earlier file, beside another of the name who comes new.
    desk.take_in(&format!("{head}李水,北山林场,王海,13900000001,赵江,13900000003\n"), None).await;
    let look = plan(&mut desk, &own).await;
    let sides: Vec<_> = look.persons_asked.iter().map(|asked| asked.side_by_side.clone()).collect();
    assert_eq!(sides, [[2]]);
    // In two households nothing speaks against it.
    let apart = own.replace("王海,13900000001,王海,13900000002", "王海,13900000002,赵江,13900000003");
    let look = plan(&mut desk, &apart).await;
    assert!(look.persons_asked.iter().all(|asked| asked.side_by_side.is_empty()), "{:?}", look.persons_asked);
}

/// A telephone that nobody can have is not known and waits, while a roster alone says it: who types it was told.
#[tokio::test]
async fn a_rosters_telephone_that_nobody_has_waits_to_be_put_right() {
    let mut desk = Desk::of("rosters_numbers").await;
    let odd = "1380000000";
    desk.take_in(&first().replace("13800000001", odd), Some(today().plus(-30))).await;
    let registrar = desk.persons_of("档案员").await;
    let value = serde_json::json!({ "telephone": { "numbers": [{ "number": odd, "whose": "worker" }] } });
    let stated = Values::from([(Slot::Telephone, serde_json::from_value(value).unwrap())]);
    for (is_odd, state) in [(true, ItemState::Unknown), (false, ItemState::Known)] {
        let listed = async |desk: &mut Desk, show: &str| {
            let path = format!("/api/households?unit={}&show={show}", unit(ROOT));
            desk.browser.get(&path).await.ok::<HouseholdList>().total
        };
        let report: CoverageReport =
            desk.browser.get(&format!("/api/coverage?unit={}", unit(ROOT))).await.ok();
        let count = u32::from(is_odd);
        assert_eq!((listed(&mut desk, "numbers_odd").await, report.todo.numbers_odd), (count, count));
        assert_eq!(listed(&mut desk, "telephone.unknown").await, count);
        let file = desk.file("张山").await;
        assert_eq!(*file.items.get(Item::Telephone), state);
        // Whatever was written is kept.
        let kept = serde_json::to_value(&file.card.standings[&Slot::Telephone].values[0].value).unwrap();
        assert_eq!(kept["telephone"]["numbers"][0]["number"], odd);
        let Act::Register(register) = register(ROOT, "张山", today()) else { panic!("a register") };
        let unit = file.card.unit.unwrap();
        let typed = Act::Register(Register { unit, stated: stated.clone(), ..register });
        put_down(&desk.world, &mut desk.browser, registrar, &[(file.card.household, typed)]).await;
    }
}

/// An ID number that was written wrong and is put right opens no second household.
#[tokio::test]
async fn whose_id_number_was_put_right_is_asked_about() {
    let mut desk = Desk::of("rosters_id_put_right").await;
    let right = first().replace("13800000001", "");
    desk.take_in(&right.replace(ID, "990001198011025736"), Some(today().plus(-30))).await;
    let zhang = desk.household("张山").await;
    let plan = plan(&mut desk, &right).await;
    assert_eq!((plan.counts.new, plan.counts.held_back, plan.missing.len()), (0, 1, 0));
    assert_eq!(plan.rows_asked[0].may_be[0].household, Some(zhang));
}

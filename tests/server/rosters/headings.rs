//! Files with other headings than the last: each comes out again with what it said, and is read as its own union's
//! earlier ones were.

use protocol::roster::{
    CategoryWord, RosterAsked, RosterColumn, RosterFile, RosterFormat, RosterOut, RosterPreview,
};
use protocol::sign_in::Role;

use super::desk::Desk;
use super::{HEAD, asked_of, first};
use crate::browser::Browser;
use crate::world::{ABROAD, NORTH, ROOT, SOUTH, today, unit};

/// The sheet of another branch, whose registrar has other words for everything.
const OTHER: &str = "职工姓名,单位,困难程度,手机,现住址,食堂卡号,帮扶责任人,帮扶人电话\n\
    周田,南山矿,困难,13800000003,丙路3号,0815,孙天、钱新,13900000003、13900000004\n";

async fn written(desk: &mut Desk, of: u8) -> String {
    let out = RosterOut { unit: unit(of), format: RosterFormat::Csv };
    let text = desk.browser.post("/api/roster/exports", &out).await.text;
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

#[tokio::test]
async fn files_with_other_headings_come_out_with_all_they_said() {
    let mut desk = Desk::of("rosters_headings").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    desk.take_in(OTHER, Some(today().plus(-20))).await;
    let both = written(&mut desk, ROOT).await;
    let of_first: String = first().lines().skip(1).map(|line| format!("{line},,,\n")).collect();
    let expected = format!(
        "{},食堂卡号,帮扶责任人,帮扶人电话\n{of_first}\
         周田,,,南山矿,,困难,13800000003,丙路3号,,,,,,0815,孙天、钱新,13900000003、13900000004\n",
        HEAD.trim_end()
    );
    assert_eq!(both, expected);
    let (plan, _) = desk.take_in(&both, None).await;
    assert_eq!((plan.counts.new, plan.counts.changed, plan.counts.unchanged), (0, 0, 3));
    assert_eq!((plan.counts.units, plan.counts.persons, plan.persons_asked.len()), (0, 0, 0));
}

#[tokio::test]
async fn each_branch_gets_the_columns_it_came_in_with() {
    let mut desk = Desk::of("rosters_branch_columns").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    desk.take_in(OTHER, Some(today().plus(-20))).await;
    assert_eq!(written(&mut desk, SOUTH).await, OTHER);
    assert_eq!(
        written(&mut desk, NORTH).await,
        first().lines().take(2).map(|line| format!("{line}\n")).collect::<String>()
    );
}

/// A look at a file of a unit, with the columns as a person tells them.
async fn look(
    browser: &mut Browser,
    (text, top): (&str, u8),
    tell: impl Fn(RosterAsked) -> RosterAsked,
) -> (RosterAsked, RosterPreview) {
    let file: RosterFile = browser.bring("/api/roster/files?name=b.csv", text.as_bytes().to_vec()).await.ok();
    let asked = tell(asked_of(file.file, 100 + top, top));
    let preview = browser.post("/api/roster/preview", &asked).await.ok();
    (asked, preview)
}

#[tokio::test]
async fn what_was_said_of_columns_is_remembered_whoever_brings_others_since() {
    let mut desk = Desk::of("rosters_remembered").await;
    let own = "当家的,分会,类别,联系电话\n张山,北山林场,低保户,13800000001\n";
    let (asked, refused) = look(&mut desk.browser, (own, NORTH), |asked| asked).await;
    assert_eq!(refused.refused.as_deref(), Some("no_name_column"));
    let mut mapping = refused.mapping;
    let is_name = |column: &&mut RosterColumn| column.header == "当家的";
    mapping.columns.iter_mut().find(is_name).unwrap().field = Some("name".to_owned());
    mapping.categories = vec![CategoryWord { written: "低保户".into(), is: Some("困难户".into()) }];
    let (_, taken) = desk.take_in_asked(RosterAsked { mapping: Some(mapping), ..asked }).await;
    let mut south = desk.world.desk("南山档案员", Role::Registrar, SOUTH).await;
    let theirs = "姓名,分会,类别,联系电话,住址\n李水,南山矿,困难户,13800000002,甲路1号\n";
    let (asked, preview) = look(&mut south, (theirs, SOUTH), |asked| asked).await;
    // Another branch's file is not theirs to know of.
    assert_eq!(preview.as_in, "");
    let seen = RosterAsked { seen: preview.plan.unwrap().stamp, ..asked };
    south.post("/api/roster/imports", &seen).await.ok::<serde_json::Value>();
    let next = own.replace("张山", "王土");
    let (_, preview) = look(&mut desk.browser, (&next, NORTH), |asked| asked).await;
    assert_eq!((preview.refused, preview.as_in.as_str()), (None, "b.csv"));
    // A file of their own kind is read as theirs, of whichever unit it is.
    let (_, preview) = look(&mut desk.browser, (&next, ROOT), |asked| asked).await;
    assert_eq!(preview.refused, None);
    // Taken back, it is brought again as it was read.
    desk.withdraw(taken.import).await;
    let (_, preview) = look(&mut desk.browser, (own, NORTH), |asked| asked).await;
    assert_eq!((preview.refused, preview.as_in.as_str()), (None, "b.csv"));
    let plan = preview.plan.unwrap();
    assert_eq!((plan.findings, plan.words[0].is.as_deref()), (vec![], Some("困难户")));
    // In another union of this office nobody said anything.
    let mut abroad = desk.world.desk("别的档案员", Role::Registrar, ABROAD).await;
    let (_, preview) = look(&mut abroad, (&next, ABROAD), |asked| asked).await;
    assert_eq!((preview.refused.as_deref(), preview.as_in.as_str()), (Some("no_name_column"), ""));
}

/// A branch's registrar named a column; the union's own sheets are otherwise. It is not asked for again where one has it.
#[tokio::test]
async fn a_column_that_was_named_in_another_unit_is_known() {
    let mut desk = Desk::of("rosters_columns_elsewhere").await;
    let own = "姓名,联系电话,住址,包片的\n张山,13800000001,甲路1号,王海\n";
    let (asked, preview) = look(&mut desk.browser, (own, NORTH), |asked| asked).await;
    let mut mapping = preview.mapping;
    let is_it = |column: &&mut RosterColumn| column.header == "包片的";
    mapping.columns.iter_mut().find(is_it).unwrap().field = Some("leader".to_owned());
    desk.take_in_asked(RosterAsked { mapping: Some(mapping), ..asked }).await;
    let of_union = "姓名,联系电话,住址,类别,分会\n李水,13800000002,乙路1号,困难户,新厂\n";
    desk.take_in(of_union, None).await;
    let next = of_union.replace(",分会", ",分会,包片的").replace(",新厂", ",新厂,赵江");
    let (_, preview) = look(&mut desk.browser, (&next, ROOT), |asked| asked).await;
    let fields: Vec<_> = preview.mapping.columns.iter().filter_map(|one| one.field.as_deref()).collect();
    assert_eq!(fields, ["name", "telephone", "address", "category", "branch", "leader"]);
}

//! Columns that are not read: what is written there otherwise goes in, and what a file has no column for stays.

use protocol::roster::{RosterFormat, RosterOut};

use super::desk::Desk;
use super::{ID, first};
use crate::world::{ROOT, today, unit};

async fn cells(desk: &mut Desk, name: &str) -> Vec<(String, String)> {
    let written = desk.file(name).await.written.unwrap();
    written.cells.into_iter().map(|cell| (cell.header, cell.text)).collect()
}

fn cell(header: &str, text: &str) -> (String, String) {
    (header.to_owned(), text.to_owned())
}

async fn written(desk: &mut Desk) -> String {
    let out = RosterOut { unit: unit(ROOT), format: RosterFormat::Csv };
    desk.browser.post("/api/roster/exports", &out).await.text
}

/// The roster with another remark and a column more.
fn next() -> String {
    let of = |(nth, line): (usize, &str)| {
        let more = ["是否党员", "是", "否"][nth];
        format!("{},{more}\n", line.replace("会木工", "会电工"))
    };
    first().lines().enumerate().map(of).collect()
}

#[tokio::test]
async fn what_is_written_otherwise_is_a_change_that_goes_in_and_comes_back() {
    let mut desk = Desk::of("kept_changes").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let (plan, taken) = desk.take_in(&next(), Some(today().plus(-20))).await;
    assert_eq!((plan.counts.new, plan.counts.changed, plan.counts.unchanged), (0, 2, 0));
    assert_eq!(plan.rows.iter().map(|row| row.is.as_str()).collect::<Vec<_>>(), ["changed", "changed"]);
    let texts = plan.changes.iter().flat_map(|change| &change.texts);
    let texts: Vec<_> =
        texts.map(|text| (text.what.as_str(), text.was.concat(), text.says.concat())).collect();
    let text = |what, was: &str, says: &str| (what, was.to_owned(), says.to_owned());
    let member = |is| text("kept:是否党员", "", is);
    assert_eq!(texts, [text("kept:备注", "会木工", "会电工"), member("是"), member("否")]);
    assert_eq!(cells(&mut desk, "张山").await, [cell("备注", "会电工"), cell("是否党员", "是")]);
    let (again, same) = desk.take_in(&next(), Some(today().plus(-19))).await;
    assert_eq!((again.counts.changed, again.counts.unchanged), (0, 2));
    desk.withdraw(same.import).await;
    desk.withdraw(taken.import).await;
    assert_eq!(cells(&mut desk, "张山").await, [cell("备注", "会木工")]);
}

#[tokio::test]
async fn a_narrow_file_leaves_the_columns_that_it_lacks() {
    let mut desk = Desk::of("kept_narrow").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let was = written(&mut desk).await;
    let narrow = format!("姓名,身份证号,联系电话\n张山,{ID},13800000009\n");
    let (plan, _) = desk.take_in(&narrow, Some(today().plus(-20))).await;
    assert_eq!((plan.counts.changed, plan.counts.new), (1, 0));
    assert_eq!(cells(&mut desk, "张山").await, [cell("备注", "会木工")]);
    assert_eq!(written(&mut desk).await, was.replace("13800000001", "13800000009"));
    // The whole roster again says nothing anew of what is kept.
    let (plan, _) = desk.take_in(&first().replace("13800000001", "13800000009"), None).await;
    assert_eq!((plan.counts.changed, plan.counts.unchanged), (0, 2));
}

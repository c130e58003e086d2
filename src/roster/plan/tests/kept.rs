//! Columns that are not read: what is written there otherwise is a change like any other.

use super::office::Office;
use crate::plan::Plan;

const FIRST: &str = "姓名|身份证号|分会|联系电话|家庭年收入|备注\n\
    张山|990000198011025736|动力厂|13800000001|7300|会木工\n\
    李水||动力厂|13800000002|8000|\n";

fn kept(plan: &Plan) -> Vec<String> {
    let of = |one: &crate::plan::kept::KeptChange| format!("{}: {} → {}", one.header, one.was, one.says);
    plan.households.iter().flat_map(|one| &one.kept).map(of).collect()
}

#[test]
fn what_is_kept_changes_where_it_is_written_otherwise() {
    let cases: [(String, &[&str]); 6] = [
        (FIRST.to_owned(), &[]),
        (FIRST.replace("7300", "7 300"), &[]),
        (FIRST.replace("7300", "12000"), &["家庭年收入: 7300 → 12000"]),
        (FIRST.replace("会木工", ""), &["备注: 会木工 → "]),
        // A column more; columns that are not there say nothing.
        (
            FIRST
                .replace("|家庭年收入|备注", "|是否党员")
                .replace("|7300|会木工", "|是")
                .replace("|8000|", "|否"),
            &["是否党员:  → 是", "是否党员:  → 否"],
        ),
        ("姓名|分会|联系电话\n张山|动力厂|13800000001\n".to_owned(), &[]),
    ];
    for (next, expected) in cases {
        let mut office = Office::new();
        office.take_in(FIRST, "2026-01-01");
        let plan = office.take_in(&next, "2026-02-01");
        assert_eq!(kept(&plan), expected, "{next}");
        assert!(plan.households.iter().all(|one| !one.is_new && one.says.is_none()), "{next}");
        assert_eq!(plan.households.iter().filter(|one| one.changes()).count(), expected.len(), "{next}");
        // What was not there stays as it was.
        assert_eq!(kept(&office.take_in(&next, "2026-03-01")), [""; 0], "{next}");
    }
}

#[test]
fn what_a_later_file_wrote_stays() {
    let mut office = Office::new();
    office.take_in(FIRST, "2026-01-01");
    let plan = office.take_in(&FIRST.replace("7300", "12000"), "2025-12-01");
    assert_eq!(kept(&plan), [""; 0]);
}

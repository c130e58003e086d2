//! Headers that name two things in one, or count several of one: nothing of what they hold is lost without a word.

use super::builders::{Encoding, columns, encode, found, line, read_with, rows, table};
use crate::{
    Reading,
    plan::{Answers, tests::office::Office},
};

fn read(text: &str) -> Reading {
    read_with(&encode(&table(&rows(text), ','), Encoding::Utf8), None).unwrap()
}

/// What is read of a household under a header, and what is found.
#[track_caller]
fn check(text: &str, expected: &str, findings: &[&str]) {
    let reading = read(text);
    let told: Vec<String> = reading.households.iter().map(line).collect();
    assert_eq!(told.join("; "), expected, "{}", columns(&reading));
    assert_eq!(reading.findings.iter().map(found).collect::<Vec<_>>(), findings, "{text}");
    // And it comes out as it went in.
    let mut office = Office::new();
    office.take_in_reading(&reading, "2026-01-01", &Answers::default());
    let (bytes, _) = office.export("2026-02-01");
    let plan = office.take_in_bytes(&bytes, "2026-03-01");
    assert!(plan.households.iter().all(|one| !one.changes()), "{}", String::from_utf8_lossy(&bytes));
}

const THREE: &str = "2 张山, 动力厂/, -, 甲路1号, Leader=王海13900000001, UnionOfficer=赵江13900000002, LineManager=孙天13900000003";

#[test]
fn helpers_and_their_telephones_in_one_cell() {
    for header in [
        "帮扶责任人及联系电话",
        "帮扶责任人及电话",
        "责任人和电话",
        "帮扶责任人、联系电话",
        "帮扶责任人/电话",
        "帮扶责任人姓名及联系方式",
        "结对帮扶人与手机号",
        "帮扶责任人以及手机号码",
    ] {
        let cell = "王海13900000001、赵江13900000002、孙天 13900000003";
        check(&format!("姓名|分会|住址|{header}\n张山|动力厂|甲路1号|{cell}"), THREE, &[]);
    }
    check(
        "姓名|分会|住址|帮扶责任人|||\n|||姓名及电话|职务||\n张山|动力厂|甲路1号|王海13900000001、赵江13900000002、孙天13900000003|科长||",
        &THREE.replace("2 张", "3 张"),
        &[],
    );
    check(
        "姓名|分会|住址|单位领导及电话|工会干部及电话|基层领导及电话\n张山|动力厂|甲路1号|王海13900000001|赵江13900000002|孙天13900000003",
        THREE,
        &[],
    );
}

#[test]
fn helpers_in_columns_that_are_counted() {
    let without: String = THREE.chars().collect::<String>().replace("13900000001", "");
    let without = without.replace("13900000002", "").replace("13900000003", "");
    for header in
        ["责任人1|责任人2|责任人3", "帮扶责任人一|帮扶责任人二|帮扶责任人三", "帮扶人|帮扶人|帮扶人"]
    {
        check(&format!("姓名|分会|住址|{header}\n张山|动力厂|甲路1号|王海|赵江|孙天"), &without, &[]);
    }
    for header in [
        "责任人1|电话1|责任人2|电话2|责任人3|电话3",
        "责任人1|责任人1电话|责任人2|责任人2电话|责任人3|责任人3电话",
        "责任人|电话|责任人|电话|责任人|电话",
    ] {
        let cells = "王海|13900000001|赵江|13900000002|孙天|13900000003";
        check(&format!("姓名|分会|住址|{header}\n张山|动力厂|甲路1号|{cells}"), THREE, &[]);
    }
    // Whom else a sheet names is no helper; and the household's own telephones are its own.
    check(
        "姓名|分会|住址|帮扶责任人|电话1|电话2|联系人\n张山|动力厂|甲路1号|王海、赵江、孙天|13800000001|13800000002|李河",
        "2 张山, 动力厂/, -, 甲路1号, Worker 13800000001, Worker 13800000002, Leader=王海, UnionOfficer=赵江, LineManager=孙天",
        &["1G column_unknown"],
    );
}

#[test]
fn children_under_a_short_name() {
    for header in ["子女", "孩子", "子女情况"] {
        let text = format!("姓名|分会|{header}|年级\n张山|动力厂|张小、张大|三年级、高一\n李水|动力厂|无|");
        check(&text, "2 张山, 动力厂/, -, [张小  3 ], [张大  SeniorHigh1 ]; 3 李水, 动力厂/, -", &[]);
        let text = format!("姓名|分会|{header}|住址\n张山|动力厂|2|甲路1号\n李水|动力厂|1子1女|乙路2号");
        let codes: Vec<String> = read(&text).findings.iter().map(found).collect();
        assert_eq!(codes, ["2C child_without_name 2", "3C name_odd 1子1女"]);
    }
    let text = "姓名|分会|孩子1|年级1|孩子2|年级2\n张山|动力厂|张小|三年级|张大|高一";
    check(text, "2 张山, 动力厂/, -, [张小  3 ], [张大  SeniorHigh1 ]", &[]);
}

#[test]
fn a_spouse_with_their_work_in_one_cell() {
    let of = |cell: &str| format!("姓名|分会|配偶姓名及工作单位|住址\n张山|动力厂|{cell}|甲路1号");
    for cell in ["李花、市医院", "李花 市医院", "李花（市医院）", "李花，市医院"] {
        check(&of(cell), "2 张山, 动力厂/, -, 甲路1号, Married 李花 市医院", &[]);
    }
    check(&of("李花"), "2 张山, 动力厂/, -, 甲路1号, Married 李花", &[]);
    check(&of("无"), "2 张山, 动力厂/, -, 甲路1号", &[]);
}

#[test]
fn what_is_said_of_nobody_is_told() {
    check(
        "姓名|分会|年级|学费\n张山|动力厂|高一|800\n李水|动力厂|无|",
        "2 张山, 动力厂/, -; 3 李水, 动力厂/, -",
        &["2C child_without_name 高一"],
    );
    check(
        "姓名|分会|住址|帮扶人电话\n张山|动力厂|甲路1号|王海13900000001\n李水|动力厂|乙路2号|",
        "2 张山, 动力厂/, -, 甲路1号; 3 李水, 动力厂/, -, 乙路2号",
        &["2D helper_phones_unmatched 王海13900000001"],
    );
    check(
        "姓名|分会|住址|单位领导电话\n张山|动力厂|甲路1号|13900000001",
        "2 张山, 动力厂/, -, 甲路1号",
        &["2D helper_phones_unmatched 13900000001"],
    );
}

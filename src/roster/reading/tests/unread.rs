//! What stands in a sheet and is not read: each is told at its place, and its text is kept.

use super::builders::{Encoding, encode, line, read_with, rows, table};
use crate::reading::Reading;

fn reading(text: &str) -> Reading {
    read_with(&encode(&table(&rows(text), ','), Encoding::Utf8), None).unwrap()
}

/// The households, and what was found in columns.
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let reading = reading(text);
    let found = reading
        .findings
        .iter()
        .filter(|one| !one.letters.is_empty() && one.code.word() != "fewer_than_three_helpers");
    let found = found.map(|one| format!("{} {} {} {}", one.row, one.letters, one.code.word(), one.cell));
    (reading.households.iter().map(line).collect(), found.collect())
}

#[test]
fn prose_of_children_is_no_child() {
    let (households, found) = read(
        "姓名|联系电话|子女情况\n张山|13800000001|儿子在读大学，女儿已婚\n李水|13800000002|李小水、李小山\n王土|13800000003|无",
    );
    assert_eq!(
        households,
        [
            "2 张山, /, -, Worker 13800000001",
            "3 李水, /, -, Worker 13800000002, [李小水   ], [李小山   ]",
            "4 王土, /, -, Worker 13800000003",
        ]
    );
    assert_eq!(found, ["2 C child_without_name 儿子在读大学，女儿已婚"]);
}

#[test]
fn members_without_their_relation_are_columns_nobody_knows() {
    let text = "姓名|联系电话|家庭成员姓名|家庭成员工作单位\n张山|13800000001|李水|服装厂";
    let (_, found) = read(text);
    assert_eq!(found, ["1 C column_unknown ", "1 D column_unknown "]);
    let reading = reading(text);
    assert_eq!(reading.mapping.kept().map(|column| column.letters.as_str()).collect::<Vec<_>>(), ["C", "D"]);
    // Said to be members by a person, they are not read all the same, and that is told.
    let mut told = reading.mapping.clone();
    told.columns[2].field = Some(crate::field::Field::MemberName);
    let again = read_with(&encode(&table(&rows(text), ','), Encoding::Utf8), Some(&told)).unwrap();
    let found: Vec<String> = again
        .findings
        .iter()
        .filter(|one| one.row == 1)
        .map(|one| format!("{} {}", one.letters, one.code.word()))
        .collect();
    assert_eq!(found, ["D column_unknown", "C members_unread"]);
    // With the relation they are.
    let (households, found) = read("姓名|联系电话|与户主关系|家庭成员姓名\n张山|13800000001|妻子|李水");
    assert_eq!(
        (households, found),
        (vec!["2 张山, /, -, Worker 13800000001, Married 李水".to_owned()], vec![])
    );
}

#[test]
fn a_second_telephone_of_a_helper_is_told() {
    let (_, found) = read(
        "姓名|联系电话|单位领导|单位领导电话|帮扶责任人\n张山|1|王海|13900000001、13900000002|赵江13900000003\n李水|2|王海|13900000001|赵江13900000003/13900000004",
    );
    let found: Vec<&String> = found.iter().filter(|one| one.contains("helper")).collect();
    assert_eq!(
        found,
        [
            "2 D helper_phones_several 13900000001、13900000002",
            "3 E helper_phones_several 赵江13900000003/13900000004"
        ]
    );
}

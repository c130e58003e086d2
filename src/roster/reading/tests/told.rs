//! What a person says of a file holds: its header, its columns, its words.

use super::builders::{Encoding, encode, line, read_with, rows, table, today};
use crate::{
    How, Refusal,
    mapping::{CategoryWord, Mapping},
    read,
    reading::Reading,
    words::shipped_categories as words_of,
};

fn bytes(text: &str) -> Vec<u8> {
    encode(&table(&rows(text), ','), Encoding::Utf8)
}

fn pointed_at(row: u32) -> Mapping {
    Mapping { header_row: Some(row), header_rows: 1, header_told: true, ..Mapping::default() }
}

#[test]
fn a_header_that_a_person_pointed_at_is_the_header() {
    // Row 2 names more, yet the list below row 4 is meant.
    let file = bytes(
        "姓名|联系电话|家庭住址|性别\n张山|13800000001|山下|男\n姓名|备用电话|说\n李水|13800000002|水边",
    );
    assert_eq!(read_with(&file, None).unwrap().mapping.header_row, Some(1));
    let reading = read_with(&file, Some(&pointed_at(3))).unwrap();
    assert_eq!(reading.households.iter().map(line).collect::<Vec<_>>(), ["4 李水, /, -, Worker 13800000002"]);
    // Told back as it was read, it is read so again.
    assert_eq!(read_with(&file, Some(&reading.mapping)).unwrap(), reading);
    // One that names no worker is still the one: the columns are named by hand.
    assert_eq!(read_with(&file, Some(&pointed_at(4))), Err(Refusal::NoNameColumn));
    // Of another file nothing is said.
    assert_eq!(reading.mapping.for_another_file().header_row, None);
}

/// Each word that was taken for another.
fn words(reading: &Reading) -> Vec<String> {
    let all = reading.read_as.most_first();
    all.iter().map(|(written, word, cells)| format!("{written} {word:?} {cells}")).collect()
}

#[test]
fn an_unknown_category_is_named_once_and_remembered() {
    let file =
        bytes("姓名|类别|致困原因\n张山|低保户|大病\n李水|低 保 户|大病、子女上学\n王土|困难|\n赵木|其它|");
    let reading = read_with(&file, None).unwrap();
    assert_eq!(
        words(&reading),
        [
            "低保户 Category { is: None, told: false } 2",
            "大病 Cause(SevereIllness) 2",
            "其它 Category { is: None, told: false } 1",
            "困难 Category { is: Some(\"困难户\"), told: false } 1",
        ]
    );
    let word = |written: &str, is: Option<&str>| CategoryWord {
        written: written.to_owned(),
        is: is.map(str::to_owned),
    };
    let categories = vec![word("低保户", Some("特困户")), word("其它", None), word("困难", Some("没有了的"))];
    let told = Mapping { categories, ..reading.mapping };
    let reading = read_with(&file, Some(&told)).unwrap();
    let of: Vec<&str> = reading.households.iter().map(|one| one.category.as_deref().unwrap_or("-")).collect();
    // What the union has no more is as if nothing was said.
    assert_eq!(of, ["特困户", "特困户", "困难户", "-"]);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    // Once the union has a category of that very name, it is that.
    let categories = [words_of(), vec!["低保户".to_owned()]].concat();
    let how = How { today: today(), categories: &categories, mapping: Some(&reading.mapping) };
    let since = read(&file, &how).unwrap();
    assert_eq!(since.households[0].category.as_deref(), Some("低保户"));
    assert!(!words(&since).iter().any(|word| word.starts_with("低保户")), "{:?}", words(&since));
    let next = read_with(&file, Some(&reading.mapping.for_another_file())).unwrap();
    assert_eq!(next.households[0].category.as_deref(), Some("特困户"));
}

#[test]
fn the_day_of_a_roster_stands_above_or_below_its_households() {
    for (file, expected) in [
        ("花名册|||\n填报日期：2026年10月31日|||\n姓名|电话|住址\n张山|13800000001|山下", Some("2026-10-31")),
        (
            "姓名|电话|住址|出生日期\n张山|13800000001|山下|2020-01-01\n制表：王|2026.9.1||",
            Some("2026-09-01"),
        ),
        ("姓名|电话|住址|建档日期\n张山|13800000001|山下|2020-01-01", None),
    ] {
        let dated = read_with(&bytes(file), None).unwrap().dated.map(|dated| dated.day.to_string());
        assert_eq!(dated.as_deref(), expected, "{file}");
    }
}

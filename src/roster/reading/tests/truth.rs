//! The roster of the mine against its truth, both as .xlsx and as .csv. The three files lie in `mine/`, as they were given:
//! wherever the project is tested, this is tested.

use domain::{day::Day, value::Marital};
use serde_json::{Value as Json, json};

use crate::{How, Reading, Summary, household::Household, read, words};

pub const FILES: [(&str, &[u8]); 2] = [
    ("roster-mine.xlsx", include_bytes!("mine/roster-mine.xlsx")),
    ("roster-mine.gb18030.csv", include_bytes!("mine/roster-mine.gb18030.csv")),
];

const TRUTH: &[u8] = include_bytes!("mine/roster-mine.expected.json");

fn reading(bytes: &[u8]) -> Reading {
    let categories = words::shipped_categories();
    let today = Day::new(2026, 11, 21).unwrap();
    read(bytes, &How { today, categories: &categories, mapping: None }).unwrap()
}

fn marital(marital: Marital) -> &'static str {
    match marital {
        Marital::Single => "未婚",
        Marital::Married => "已婚",
        Marital::Divorced => "离异",
        Marital::Widowed => "丧偶",
    }
}

fn stage(stage: domain::value::Stage) -> &'static str {
    use domain::value::Stage::*;
    match stage {
        Primary => "小学",
        JuniorHigh => "初中",
        SeniorHigh => "高中",
        Vocational => "中职",
        College => "大专",
        University => "本科",
        _ => "?",
    }
}

/// A household in the words of the truth file.
fn told(household: &Household) -> Json {
    let spouse = household.spouse.as_ref();
    let telephone = household.telephone.as_ref().and_then(|telephone| telephone.numbers.first());
    let children: Vec<Json> = household
        .children
        .iter()
        .flatten()
        .map(|child| json!({"name": child.name, "stage": child.stage.map(stage), "grade": child.grade, "school": child.school}))
        .collect();
    let helpers: Vec<&str> = household.seats.iter().map(|holder| holder.name.as_str()).collect();
    json!({
        "row": household.row,
        "name": household.name_text(),
        "id": household.id_number,
        "category": household.category,
        "branch": household.branch,
        "group": household.group,
        "phone": telephone.map(|telephone| &telephone.number),
        "children": children,
        "marital": spouse.map(|spouse| marital(spouse.marital)),
        "spouse": spouse.map(|spouse| &spouse.name).filter(|name| !name.is_empty()),
        "helpers": helpers,
    })
}

#[test]
fn the_roster_of_the_mine_is_read_as_it_was_meant() {
    let truth: Json = serde_json::from_slice(TRUTH).unwrap();
    for (name, bytes) in FILES {
        check(name, &reading(bytes), &truth);
    }
}

fn check(name: &str, reading: &Reading, truth: &Json) {
    let summary = serde_json::to_value(Summary::of(reading)).unwrap();
    for whole in ["households", "children", "helpers", "held_back"] {
        assert_eq!(summary[whole], truth[whole], "{name}: {whole}");
    }
    assert_eq!(summary["goes_in"], 311, "{name}");
    assert_eq!(summary["mapping"]["header_row"], truth["header_row"], "{name}");
    assert_eq!(reading.units.len(), 8, "{name}: branches");
    let findings: Vec<Json> = reading
        .findings
        .iter()
        .map(|finding| match finding.of {
            Some(of) => json!({"row": finding.row, "finding": finding.code, "of": of}),
            None => json!({"row": finding.row, "finding": finding.code}),
        })
        .collect();
    assert_eq!(Json::from(findings), truth["findings"], "{name}: findings");
    let own = reading.households.iter().filter(|household| !household.is_repeat());
    for (household, expected) in own.zip(truth["truth"].as_array().unwrap()) {
        let mut expected = expected.clone();
        let birth = expected.as_object_mut().unwrap().remove("birth").unwrap();
        assert_eq!(told(household), expected, "{name}");
        check_birth(name, household, birth.as_str().unwrap());
    }
}

/// The truth knows days that the sheet does not say: a month stays a month. The one birth date in the future is not
/// taken; the ID number's is.
fn check_birth(name: &str, household: &Household, truth: &str) {
    let Some(born) = household.name.as_ref().and_then(|name| name.born) else {
        assert_eq!(household.row, 230, "{name}: only the nameless household has no birth date");
        return;
    };
    let expected = if household.row == 138 { "1962-06-10" } else { truth };
    assert!(expected.starts_with(&born.to_string()), "{name}, row {}: {born} for {truth}", household.row);
}

#[test]
fn helpers_of_one_name_are_asked_about() {
    let reading = reading(FILES[0].1);
    let questions: Vec<(String, Vec<String>)> = reading
        .questions
        .iter()
        .map(|question| {
            let who = question.helpers.iter().map(|at| &reading.helpers[*at]);
            (
                format!("{:?}", question.doubt),
                who.map(|helper| format!("{} {}", helper.branch, helper.name)).collect(),
            )
        })
        .collect();
    let words = |words: [&str; 2]| words.map(str::to_owned).to_vec();
    assert_eq!(
        questions,
        [
            ("OtherBranch".to_owned(), words(["运输部 徐磊敏", "采矿场 徐磊敏"])),
            ("OtherTelephone".to_owned(), words(["大山选矿厂 谭海娜", "大山选矿厂 谭海娜"])),
        ]
    );
}

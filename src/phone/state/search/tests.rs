//! What is found by what is typed.

use super::find;
use crate::state::{
    builders::{card, day},
    due::row,
};

fn check(query: &str, expected: bool) {
    let rows = vec![row(&card(), &[], day(10))];
    assert_eq!(!find(&rows, query).is_empty(), expected, "{query}");
}

#[test]
fn finds_by_name_initials_address_and_number() {
    for query in [
        "",
        " ",
        "王",
        "秀英",
        "wxy",
        "WX",
        "ｗｘ",
        "xy",
        "红旗",
        "12栋",
        "红旗小区 12",
        "1381",
        "5678",
        "138 1234",
    ] {
        check(query, true);
    }
    for query in ["李", "wxyz", "78", "139", "qcy"] {
        check(query, false);
    }
}

#[test]
fn a_name_that_begins_so_comes_before_an_address_that_holds_it() {
    let mut other = card();
    other.household = domain::id::HouseholdId::new(9, [9; 10]);
    other.pinyin = vec!["hq".into()];
    let rows = vec![row(&card(), &[], day(10)), row(&other, &[], day(10))];
    assert_eq!(find(&rows, "hq"), vec![1]);
}

//! Rows that look like one household, and that the office has as two.

use super::{Answers, Office, Said, file, findings, said, sheet};
use crate::{household::Fate, plan::Plan};

const FIRST: &str = "李水||1975-03|动力厂|供水段|困难户|13800000002|乙路2号|无||王海|13900000001";

/// An office that has the first, and the other, of which somebody said that it is none of those on file.
fn of_two(other: &str) -> Office {
    let mut office = Office::new();
    office.take_in(&sheet(&[FIRST]), "2026-01-01");
    let new = Answers { households: [(0, Said::New)].into(), ..Answers::default() };
    office.take_in_with(&sheet(&[other]), "2026-01-02", &new);
    assert_eq!(office.all().len(), 2);
    office
}

/// What a file of these rows would do: what is said anew, what was found, how many go in.
#[track_caller]
fn taken(office: &Office, lines: &[&str]) -> (Vec<String>, Vec<String>, usize) {
    let plan: Plan = office.clone().take_in(&sheet(lines), "2026-02-01");
    (said(&plan), findings(&plan), plan.households.len())
}

#[test]
fn the_sheet_alone_takes_them_for_one() {
    let other = FIRST.replace("13800000002", "13800000009");
    let reading = file(&sheet(&[FIRST, &other]));
    assert_eq!(reading.households[1].fate, Fate::DuplicateOf(2));
}

#[test]
fn each_is_its_own_where_the_office_has_two() {
    for other in [
        FIRST.replace("13800000002", "13800000009"),
        FIRST.replace("13800000002", ""),
        FIRST.replace("乙路2号", "丙路9号"),
        FIRST.replace("李水||", "李水|990000197503025734|"),
        FIRST.to_owned(),
    ] {
        let office = of_two(&other);
        for lines in [[FIRST, other.as_str()], [other.as_str(), FIRST]] {
            assert_eq!(taken(&office, &lines), (vec![], vec![], 2), "{lines:?}");
        }
    }
}

#[test]
fn what_is_written_out_says_nothing_when_it_comes_back() {
    let mut office = of_two(&FIRST.replace("乙路2号", "丙路9号"));
    let (bytes, _) = office.export("2026-01-03");
    let plan = office.take_in_bytes(&bytes, "2026-02-01");
    assert_eq!((said(&plan), plan.households.len(), plan.missing.len()), (vec![], 2, 0));
}

#[test]
fn a_row_that_stands_there_twice_is_still_a_repeat() {
    let other = FIRST.replace("乙路2号", "丙路9号");
    let office = of_two(&other);
    let (said, found, count) = taken(&office, &[FIRST, FIRST, &other, &other]);
    assert_eq!((said, found, count), (vec![], vec![], 2));
    // The office has one: the sheet is right.
    let mut office = Office::new();
    office.take_in(&sheet(&[FIRST]), "2026-01-01");
    assert_eq!(taken(&office, &[FIRST, &other]), (vec![], vec![], 1));
}

#[test]
fn what_changed_goes_to_whose_row_it_is_or_is_asked() {
    let other = FIRST.replace("13800000002", "13800000009");
    let office = of_two(&other);
    let moved = other.replace("乙路2号", "丁路7号");
    assert_eq!(taken(&office, &[FIRST, &moved]), (vec!["3: address".to_owned()], vec![], 2));
    // Another sheet of the same, in which only the telephone tells them apart; and one in which nothing does.
    let plain = |telephone: &str| format!("李水||1975-03|动力厂|||{telephone}|||||");
    let (_, found, count) = taken(&office, &[&plain("13800000002"), &plain("13800000009")]);
    assert_eq!((found, count), (vec![], 2));
    let (said, found, count) = taken(&office, &[&plain(""), &plain("")]);
    let asked = ["2 perhaps_known", "3 perhaps_known"].map(str::to_owned).to_vec();
    assert_eq!((said, found, count), (vec![], asked, 0));
}

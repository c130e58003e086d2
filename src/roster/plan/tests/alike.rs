//! Rows of one file that may be one household.

use super::{Answers, Office, Said, file, findings, said, sheet};
use crate::{
    Summary,
    plan::{Plan, alike::of_file},
};

const FIRST: &str = "李水|||动力厂|供水段|困难户|13800000002|乙路2号|无||王海|13900000001";
const LIKE: &str = "李水|||动力厂|供水段|困难户|13800000009|丙路9号|无||王海|13900000001";

fn answered(at: usize, is: Said) -> Answers {
    Answers { households: [(at, is)].into(), ..Answers::default() }
}

fn asked(plan: &Plan) -> Vec<(usize, Vec<domain::id::HouseholdId>)> {
    plan.questions.clone()
}

#[test]
fn a_row_like_an_earlier_one_waits_until_a_person_says_what_it_is() {
    let both = sheet(&[FIRST, LIKE]);
    let plan = Office::new().take_in(&both, "2026-01-01");
    assert_eq!(asked(&plan), [(1, vec![of_file(0)])]);
    assert_eq!((plan.households.len(), findings(&plan)), (1, vec![]), "the sheet itself says why");
    let reading = file(&both);
    let summary = Summary::of(&reading);
    assert_eq!((summary.households, summary.goes_in, summary.held_back), (2, 1, vec![3]));
    for (is, households) in [(Said::New, 2), (Said::Is(of_file(0)), 1)] {
        let mut office = Office::new();
        let plan = office.take_in_with(&both, "2026-01-01", &answered(1, is));
        assert_eq!(
            (plan.households.len(), asked(&plan), office.all().len()),
            (households, vec![], households)
        );
    }
    // An answer about another row is none.
    let plan = Office::new().take_in_with(&both, "2026-01-01", &answered(1, Said::Is(of_file(7))));
    assert_eq!((plan.households.len(), asked(&plan).len()), (1, 1));
}

#[test]
fn what_was_said_to_be_two_stays_two_and_is_not_asked_again() {
    let both = sheet(&[FIRST, LIKE]);
    let mut office = Office::new();
    office.take_in_with(&both, "2026-01-01", &answered(1, Said::New));
    let again = office.take_in(&both, "2026-02-01");
    assert_eq!((said(&again), asked(&again), again.households.len()), (vec![], vec![], 2));
    let (bytes, _) = office.export("2026-03-01");
    let out = office.take_in_bytes(&bytes, "2026-04-01");
    assert_eq!((said(&out), asked(&out), office.all().len()), (vec![], vec![], 2));
}

/// The earlier row may be on file, the later may be on file too, and it may be the earlier row: all is asked at once.
#[test]
fn a_row_like_a_household_on_file_and_like_an_earlier_row() {
    let mut office = Office::new();
    office.take_in(&sheet(&[FIRST]), "2026-01-01");
    let known = office.household("李水");
    let plan = office.clone().take_in(&sheet(&[FIRST, LIKE]), "2026-02-01");
    assert_eq!(asked(&plan), [(1, vec![known, of_file(0)])]);
    let repeat = answered(1, Said::Is(of_file(0)));
    let plan = office.take_in_with(&sheet(&[FIRST, LIKE]), "2026-02-01", &repeat);
    assert_eq!((said(&plan), asked(&plan), office.all().len()), (vec![], vec![], 1));
}

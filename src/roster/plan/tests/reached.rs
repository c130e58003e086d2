//! Helpers who are reached under another number than before.

use super::{Answers, Office, SamePerson, first, said, sheet};
use crate::{finding::Code, plan::Plan};

/// What is told of helpers' telephones.
fn told(plan: &Plan) -> Vec<String> {
    let found = plan.findings.iter().filter(|finding| finding.code == Code::HelperTelephone);
    found.map(|one| format!("{} {} -> {} {:?}", one.row, one.against, one.cell, one.effect)).collect()
}

/// Every helper whom the office asks about is the first of whom it asks.
fn the_same(plan: &Plan) -> Answers {
    let asked = plan.person_questions().iter();
    let persons = asked.map(|one| (one.helper.clone(), SamePerson::Person(one.person))).collect();
    Answers { persons, ..Answers::default() }
}

#[test]
fn another_telephone_of_whom_a_person_says_is_the_same_is_theirs() {
    let mut office = Office::new();
    office.take_in(&first(), "2026-01-01");
    let later = first().replace("13900000001", "13900000009");
    let unsaid = office.clone().take_in(&later, "2026-02-01");
    assert_eq!((told(&unsaid), unsaid.person_questions().len()), (vec![], 1), "it is asked, and waits");
    let plan = office.take_in_with(&later, "2026-02-01", &the_same(&unsaid));
    assert_eq!(
        (told(&plan), said(&plan)),
        (vec!["2 王海 13900000001 -> 13900000009 AsWritten".into()], vec![])
    );
    assert_eq!(office.persons[0].telephone, "13900000009");
    // The older sheet names whom it named, and gives nobody the old number back unasked.
    for again in [first(), later] {
        let plan = office.take_in(&again, "2026-03-01");
        assert_eq!((told(&plan), said(&plan), plan.person_questions().len()), (vec![], vec![], 0));
    }
    assert_eq!(office.persons[0].telephone, "13900000009");
}

#[test]
fn where_the_file_itself_has_two_theirs_stays() {
    let mut office = Office::new();
    office.take_in(&first(), "2026-01-01");
    let both = format!("{}\n周田||1980-01|动力厂|||||||王海|13900000009", first());
    let answers = the_same(&office.clone().take_in(&both, "2026-02-01"));
    let plan = office.take_in_with(&both, "2026-02-01", &answers);
    assert_eq!(told(&plan), ["4 王海 13900000001 -> 13900000009 Stays"]);
    assert_eq!(office.persons[0].telephone, "13900000001");
    let mut nobodys = Office::new();
    nobodys.take_in(&sheet(&["甲一|||动力厂|||||||王海|"]), "2026-01-01");
    let answers = the_same(&nobodys.clone().take_in(&first(), "2026-02-01"));
    assert_eq!(
        told(&nobodys.take_in_with(&first(), "2026-02-01", &answers)),
        ["2 王海 -> 13900000001 AsWritten"]
    );
}

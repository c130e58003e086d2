//! What was said of a row stays with the row, wherever its place moves to.

use super::{Answers, HelperIs, RowIs};
use domain::{
    day::Day,
    id::{HouseholdId, PersonId},
};
use protocol::roster::{
    HelperName, KnownHelper, NamedHousehold, PersonQuestion, RosterCounts, RosterPlan, RowQuestion,
};

fn household(number: u8) -> HouseholdId {
    HouseholdId::new(1, [number; 10])
}

fn named(name: &str, id: Option<HouseholdId>) -> NamedHousehold {
    NamedHousehold {
        household: id,
        name: name.into(),
        unit: String::new(),
        address: String::new(),
        telephones: String::new(),
    }
}

fn row(at: u32, row: u32, name: &str, may_be: &[u8]) -> RowQuestion {
    let may_be = may_be.iter().map(|number| named(name, Some(household(*number)))).collect();
    RowQuestion { at, row, says: named(name, None), may_be }
}

fn helper(name: &str, telephone: &str) -> HelperName {
    HelperName { branch: "北山林场".into(), name: name.into(), telephone: telephone.into() }
}

fn plan(rows_asked: Vec<RowQuestion>, persons_asked: Vec<PersonQuestion>) -> RosterPlan {
    RosterPlan {
        stamp: String::new(),
        day: Day::from_number(20_000),
        counts: RosterCounts::default(),
        units: Vec::new(),
        persons: Vec::new(),
        findings: Vec::new(),
        rows_asked,
        persons_asked,
        missing: Vec::new(),
        changes: Vec::new(),
    }
}

fn told(answers: &Answers) -> Vec<(u32, Option<HouseholdId>)> {
    answers.told().0.iter().map(|one| (one.at, one.is)).collect()
}

#[test]
fn what_was_answered_stays_to_be_seen_and_taken_back() {
    let mut answers = Answers::default();
    assert!(!answers.meet(&plan(vec![row(3, 7, "李水", &[1]), row(5, 9, "王海", &[2])], vec![])));
    assert_eq!(answers.open_rows(), 2);
    answers.say_row(3, RowIs::Household(household(1)));
    assert_eq!(told(&answers), [(3, Some(household(1)))]);
    assert!(!answers.meet(&plan(vec![row(5, 9, "王海", &[2])], vec![])));
    assert_eq!((answers.rows().len(), answers.open_rows()), (2, 1));
    answers.say_row(5, RowIs::New);
    answers.say_row(3, RowIs::Household(household(1)));
    assert_eq!(told(&answers), [(5, None)]);
}

#[test]
fn read_otherwise_the_same_row_gets_the_same_answer() {
    let mut answers = Answers::default();
    answers.meet(&plan(vec![row(3, 7, "李水", &[1]), row(5, 9, "王海", &[2])], vec![]));
    answers.say_row(3, RowIs::Household(household(1)));
    answers.say_row(5, RowIs::Household(household(2)));
    answers.lift();
    assert_eq!(told(&answers), []);
    // The header lies lower now: the rows have other places, and one of them may be another household only.
    assert!(answers.meet(&plan(vec![row(2, 7, "李水", &[1]), row(4, 9, "王海", &[8])], vec![])));
    assert_eq!(told(&answers), [(2, Some(household(1)))]);
    answers.lift();
    assert!(!answers.meet(&plan(vec![], vec![])), "nothing is asked that was answered");
}

#[test]
fn helpers_are_told_by_name_and_their_cards_stay_where_they_are() {
    let (one, other) = (helper("王海", "1"), helper("王海", "2"));
    let question = PersonQuestion {
        doubt: "other_telephone".into(),
        helpers: vec![one.clone(), other.clone()],
        persons: vec![],
    };
    let mut answers = Answers::default();
    answers.meet(&plan(vec![], vec![question.clone()]));
    assert_eq!(answers.told().1, []);
    answers.say_helper(other.clone(), Some(HelperIs::Helper(one.clone())));
    let told = answers.told().1;
    assert_eq!((told[0].helper.clone(), told[0].same_as.clone()), (other.clone(), Some(one)));
    answers.meet(&plan(vec![], vec![]));
    assert_eq!(answers.persons(), [question.clone()]);
    // A row that is asked about anew brings no helper until it is answered: theirs stays said.
    answers.lift();
    assert!(!answers.meet(&plan(vec![], vec![])));
    assert_eq!(answers.told().1.len(), 1);
    answers.say_helper(other, None);
    answers.meet(&plan(vec![], vec![]));
    assert_eq!(answers.persons(), []);
}

#[test]
fn a_pair_of_whom_the_office_knows_one_is_asked_about_once() {
    let (known, new) = (helper("王海", "1"), helper("王海", "2"));
    let asked = |helpers: Vec<HelperName>, persons| PersonQuestion {
        doubt: "other_telephone".into(),
        helpers,
        persons,
    };
    let person = KnownHelper {
        person: PersonId::new(1, [1; 10]),
        name: "王海".into(),
        unit: "北山林场".into(),
        telephone: "1".into(),
    };
    let of_office = asked(vec![new.clone()], vec![person]);
    let mut answers = Answers::default();
    answers.meet(&plan(vec![], vec![asked(vec![known, new], vec![]), of_office.clone()]));
    assert_eq!(answers.persons(), [of_office]);
}

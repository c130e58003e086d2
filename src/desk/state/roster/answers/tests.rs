//! What was said of a row stays with the row, wherever its place moves to.

use super::{Answers, HelperIs, RowIs};
use domain::{day::Day, id::HouseholdId};
use protocol::roster::{
    HelperName, NamedHousehold, PersonAnswer, PersonQuestion, RosterCounts, RosterPlan, RowQuestion,
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
    RowQuestion { at, sheet: String::new(), row, says: named(name, None), may_be }
}

fn helper(name: &str, telephone: &str) -> HelperName {
    HelperName { branch: "北山林场".into(), name: name.into(), telephone: telephone.into() }
}

fn plan(rows_asked: Vec<RowQuestion>, persons_asked: Vec<PersonQuestion>) -> RosterPlan {
    RosterPlan {
        stamp: String::new(),
        day: Day::from_number(20_000),
        dated: None,
        counts: RosterCounts::default(),
        due: 0,
        rows: Vec::new(),
        repeats: Vec::new(),
        words: Vec::new(),
        categories: Vec::new(),
        units: Vec::new(),
        persons: Vec::new(),
        findings: Vec::new(),
        rows_asked,
        persons_asked,
        missing: Vec::new(),
        changes: Vec::new(),
        stays: Vec::new(),
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
        side_by_side: vec![],
    };
    let mut answers = Answers::default();
    answers.meet(&plan(vec![], vec![question.clone()]));
    assert_eq!((answers.told().1, answers.open_persons()), (vec![], 1), "nothing is presumed");
    answers.say_helper(other.clone(), HelperIs::Own);
    let own = PersonAnswer { helper: other.clone(), person: None, same_as: None };
    assert_eq!((answers.told().1, answers.open_persons()), (vec![own], 0));
    answers.say_helper(other.clone(), HelperIs::Helper(one.clone()));
    let told = answers.told().1;
    assert_eq!((told[0].helper.clone(), told[0].same_as.clone()), (other.clone(), Some(one.clone())));
    answers.meet(&plan(vec![], vec![]));
    assert_eq!(answers.persons(), std::slice::from_ref(&question));
    // A row that is asked about anew brings no helper until it is answered: theirs stays said.
    answers.lift();
    assert!(!answers.meet(&plan(vec![], vec![])));
    assert_eq!(answers.told().1.len(), 1);
    answers.say_helper(other, HelperIs::Helper(one));
    answers.meet(&plan(vec![], vec![]));
    assert_eq!(answers.persons(), []);
}

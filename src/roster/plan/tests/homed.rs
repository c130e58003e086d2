//! A branch's sheet that does not name the branch, taken in as the union's.

use super::*;

const OF_BRANCH: &str = "姓名|身份证号|出生日期|支会|联系电话|单位领导|单位领导电话|子女姓名";

fn of_branch(lines: &[&str]) -> String {
    format!("{OF_BRANCH}\n{}", lines.join("\n"))
}

/// Who sits in the leader's seat of a household.
fn leader(office: &Office, name: &str) -> Option<PersonId> {
    office.file(office.household(name)).seats.holder(Seat::Leader, day("2026-12-01"))
}

fn units(plan: &Plan) -> Vec<&str> {
    plan.units.iter().map(|unit| unit.name.as_str()).collect()
}

/// The file's people and places are those of the branch where the households are.
#[test]
fn a_row_without_a_branch_is_where_its_household_is() {
    let mut office = Office::new();
    let wang = office.take_in(&first(), "2026-01-01").new_persons()[0].id;
    let again = [
        format!("张山|{ID}||供水段|13800000001|王海||张小"),
        format!("张山|{ID}||供水段|13800000001|王海|13900000001|张小"),
        format!("张山|{ID}||供电段|13800000001|王海||张小"),
    ];
    for line in &again {
        let mut office = office.clone();
        let plan = office.take_in(&of_branch(&[line]), "2026-02-01");
        assert_eq!((said(&plan), findings(&plan), units(&plan)), (vec![], vec![], vec![]), "{line}");
        assert_eq!((plan.new_persons().len(), plan.person_questions().len()), (0, 0), "{line}");
        assert_eq!(leader(&office, "张山"), Some(wang));
        assert_eq!(said(&office.take_in(&of_branch(&[line]), "2026-03-01")), Vec::<String>::new());
    }
}

#[test]
fn a_new_household_is_where_its_group_is() {
    let mut office = Office::new();
    let known = office.take_in(&first(), "2026-01-01");
    let group = known.units[1].id;
    let new = "孙来||1980-01|供水段|13800000009|王海|";
    let plan = office.clone().take_in(&of_branch(&[new]), "2026-02-01");
    let register = plan.households[0].says.as_ref().unwrap().register.as_ref().unwrap();
    assert_eq!((register.unit, units(&plan)), (group, vec![]));
    assert_eq!(plan.people.persons.values().collect::<Vec<_>>(), [&known.new_persons()[0].id]);
    // A group that the office lacks is one of the branch where the other rows are.
    let with_other =
        of_branch(&[&format!("张山|{ID}||供水段|13800000001|王海|"), &new.replace("供水", "供热")]);
    let plan = office.clone().take_in(&with_other, "2026-02-01");
    assert_eq!((units(&plan), plan.units[0].parent), (vec!["供热段"], Some(known.units[0].id)));
    // Two branches have a group of that name: nobody knows which is meant.
    office.take_in(&sheet(&["丙三||1981-02|运输部|供水段||||||马江|13900000002"]), "2026-01-02");
    let plan = office.take_in(&of_branch(&[new]), "2026-02-01");
    assert_eq!(plan.units.first().and_then(|unit| unit.parent), Some(office.units[0].id));
}

/// A unit was renamed at the office, and a branch's own sheet still has the old name.
#[test]
fn a_unit_is_known_by_what_earlier_files_called_it() {
    let mut office = Office::new();
    let known = office.take_in(&first(), "2026-01-01");
    let group = known.units[1].id;
    // The branch is all that its registrar sees.
    office.units.retain(|unit| known.units.iter().any(|made| made.id == unit.id));
    office.units.iter_mut().filter(|unit| unit.id == group).for_each(|unit| unit.name = "水务段".to_owned());
    let lines = [
        &format!("张山|{ID}||供水段|13800000001|王海|13900000001|张小"),
        "孙来||1980-01|供水段|13800000009|王海|13900000001|",
    ];
    let plan = office.take_in(&of_branch(&lines), "2026-02-01");
    let register =
        |place: usize| plan.households[place].says.as_ref().and_then(|says| says.register.as_ref());
    assert_eq!((units(&plan), register(1).map(|register| register.unit)), (vec![], Some(group)));
}

/// The office puts a name right in its sheet: who has the telephone keeps the seat until a person says who it is.
#[test]
fn a_name_put_right_makes_nobody_new_unasked() {
    let mut office = Office::new();
    let wang = office.take_in(&first(), "2026-01-01").new_persons()[0].id;
    let other = first().replacen("王海|13900000001", "汪海|13900000001", 1);
    let mut silent = office.clone();
    let plan = silent.take_in(&other, "2026-02-01");
    assert_eq!((said(&plan), findings(&plan)), (vec![], vec!["2 helper_unclear".to_owned()]));
    let questions = plan.person_questions();
    assert_eq!((plan.new_persons().len(), questions.len(), questions[0].person), (0, 1, wang));
    assert_eq!(leader(&silent, "张山"), Some(wang));
    let key = questions[0].helper.clone();
    for (is, new) in [(SamePerson::Own, 1), (SamePerson::Person(wang), 0)] {
        let mut office = office.clone();
        let answers = Answers { persons: [(key.clone(), is)].into(), ..Answers::default() };
        let plan = office.take_in_with(&other, "2026-02-01", &answers);
        assert_eq!((plan.new_persons().len(), said(&plan).len(), findings(&plan)), (new, new, vec![]));
        assert_eq!(leader(&office, "张山") == Some(wang), new == 0);
    }
    // Of another branch it is another's: a switchboard is nobody.
    let plan = office.take_in(&other.replace("动力厂", "运输部"), "2026-02-01");
    assert_eq!(plan.person_questions().len(), 0);
}

/// A seat goes from nobody to somebody new of the same name, unless a person says that they are two.
#[test]
fn a_namesake_takes_no_seat_unasked() {
    let mut office = Office::new();
    let wang = office.take_in(&first(), "2026-01-01").new_persons()[0].id;
    let other = first().replacen("王海|13900000001", "王海|13900000009", 1);
    let mut silent = office.clone();
    let plan = silent.take_in(&other, "2026-02-01");
    assert_eq!((said(&plan), findings(&plan)), (vec![], vec!["2 helper_unclear".to_owned()]));
    assert_eq!((plan.new_persons().len(), plan.person_questions().len()), (0, 1));
    assert_eq!(leader(&silent, "张山"), Some(wang));
    // Whoever nobody has in that seat is made, and sits elsewhere.
    let third = format!("{other}\n周田||1980-01|动力厂|||||||王海|13900000009");
    let plan = office.clone().take_in(&third, "2026-02-01");
    assert_eq!((said(&plan).len(), plan.new_persons().len(), findings(&plan).len()), (1, 1, 1));
    let key = plan.new_persons()[0].key.clone();
    // The file has both telephones: whoever is the same keeps theirs, and that is told.
    for (is, new, told) in
        [(SamePerson::Own, 1, vec![]), (SamePerson::Person(wang), 0, vec!["2 helper_telephone".to_owned()])]
    {
        let mut office = office.clone();
        let answers = Answers { persons: [(key.clone(), is)].into(), ..Answers::default() };
        let plan = office.take_in_with(&other, "2026-02-01", &answers);
        assert_eq!((plan.new_persons().len(), said(&plan).len(), findings(&plan)), (new, new, told));
        assert_eq!(leader(&office, "张山") == Some(wang), new == 0);
    }
}

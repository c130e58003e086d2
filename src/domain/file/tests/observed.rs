//! Who observed what: a roster, or somebody at the door; and what a visit said, value by value.

use super::*;
use crate::{
    answer::{Answer, NotAskedReason},
    id::ChildId,
    import::ROSTER,
    item::Item,
    observation::Standing,
    slot::Values,
    value::{ChildValue, Whose},
};

fn child(n: u8) -> Slot {
    Slot::Child(ChildId::from_bytes([n; 16]))
}

fn called(text: &str) -> Value {
    Value::Child(ChildValue { name: text.to_owned(), ..ChildValue::default() })
}

/// What is known of the name, by whom, and on what day.
fn known(entries: &[Logged]) -> Option<(Value, PersonId, i32)> {
    let standings = fold(entries, &Union).file.standings;
    let stands = standings.get(&Slot::Name).and_then(Standing::one)?;
    Some((stands.value.clone(), stands.by, stands.day.days_since(day_zero())))
}

#[test]
fn what_a_roster_states_was_observed_by_the_roster_on_its_day() {
    let roster = || from_desk(20, &import(2, Some(1), "A", 1));
    assert_eq!(known(&[roster()]), Some((name("A"), ROSTER, 2)), "whoever took it in was at nobody's door");
    // It says so of what it states, and of nothing that others said.
    let by_hand = || from_desk(10, &register(1, 1, "B"));
    assert_eq!(known(&[by_hand(), roster()]), Some((name("A"), ROSTER, 2)));
    let later = |on| from_desk(21, &register(on, 1, "B"));
    assert_eq!(known(&[roster(), later(3)]), Some((name("B"), person(9), 3)));
    let confirmed = from_phone(30, 1, &Act::Visit(unchanged(4, "A")));
    assert_eq!(known(&[roster(), confirmed]), Some((name("A"), person(1), 4)), "confirmed at the door");
    check(&[roster(), from_desk(40, &judge(20, false))], "20: Refused");
}

#[test]
fn a_visit_says_again_what_it_was_told_at_the_door() {
    let stated = Values::from([(child(1), called("小明")), (child(2), called("小红"))]);
    // An app that shows all it knew as confirmed: what was said anew is said once.
    let confirmed = Values::from([(child(1), called("小名")), (child(3), called("小刚"))]);
    let mut visit = visit(3, "A");
    visit.answers.insert(Item::Schooling, Answer::Changed { stated, confirmed });
    visit.answers.insert(Item::Spouse, Answer::Declined);
    visit.answers.insert(Item::Events, Answer::NotAsked { reason: NotAskedReason::NoTime });
    let said = |visit: &Visit| {
        let entries = with_file([from_phone(10, 1, &Act::Visit(visit.clone()))]);
        let file = fold(&entries, &Union).file;
        let children: Vec<Option<Value>> =
            [1, 2, 3].map(|n| file.standings.get(&child(n))?.one().map(|one| one.value.clone())).into();
        (file.visits.first().map(VisitLine::said).unwrap_or_default(), children)
    };
    let (words, children) = said(&visit);
    let expected = [
        (Slot::Name, Manner::Stated, name("A")),
        (child(1), Manner::Stated, called("小明")),
        (child(2), Manner::Stated, called("小红")),
        (child(3), Manner::Confirmed, called("小刚")),
    ];
    assert_eq!(words, expected, "what was not asked, or not told, says no value");
    assert_eq!(children, [Some(called("小明")), Some(called("小红")), Some(called("小刚"))], "no rivals");
    assert_eq!(said(&unchanged(3, "A")).0, [(Slot::Name, Manner::Confirmed, name("A"))]);
    assert_eq!(visit.met, Some(Whose::Worker));
    let nobody_met = Visit { met: None, ..visit };
    assert_eq!(said(&nobody_met).0, [], "at an attempt nobody said anything");
}

//! What a filled form states, and what it leaves unsaid.

use super::{Known, SixDraft};
use domain::{
    day::Day,
    id::{ChildId, EntryId, PersonId},
    item::Item,
    observation::{Standing, Standings, Stands},
    slot::{Slot, Value},
    value::{ChildValue, NameValue},
};

fn child() -> ChildId {
    ChildId::new(1, [1; 10])
}

fn standings() -> Standings {
    let name = NameValue { text: "王秀英".into(), ..NameValue::default() };
    let small = ChildValue { name: "张小燕".into(), ..ChildValue::default() };
    let stands = |value: Value| Standing {
        values: vec![Stands {
            value,
            day: Day::from_number(20_000),
            by: PersonId::new(1, [2; 10]),
            entry: EntryId::new(1, [3; 10]),
        }],
        declined: None,
    };
    Standings::from([
        (Slot::Name, stands(Value::Name(name))),
        (Slot::Schooling, stands(Value::Children(vec![child()]))),
        (Slot::Child(child()), stands(Value::Child(small))),
    ])
}

fn check(change: impl FnOnce(&mut SixDraft), expected: &[Slot]) {
    let standings = standings();
    let mut draft = SixDraft::of(&standings);
    change(&mut draft);
    let stated: Vec<Slot> = draft.stated(&standings).into_keys().collect();
    assert_eq!(stated, expected);
}

#[test]
fn only_what_differs_is_stated() {
    check(|_| {}, &[]);
    check(|draft| draft.name.text = "王 秀英 ".into(), &[]);
    check(|draft| draft.address.text = "红旗小区".into(), &[Slot::Address]);
    check(|draft| draft.children[0].1.school = "市一中".into(), &[Slot::Child(child())]);
    check(|draft| draft.events_known = Known::Nothing, &[Slot::Events]);
}

#[test]
fn a_child_that_left_is_ended_and_no_longer_in_the_list() {
    check(|draft| draft.children_known = Known::Nothing, &[Slot::Schooling, Slot::Child(child())]);
}

#[test]
fn what_has_to_be_put_right_is_found() {
    let mut draft =
        SixDraft { telephones_known: Known::These, children_known: Known::These, ..SixDraft::default() };
    assert_eq!(draft.wrong(), [Item::Name, Item::Telephone, Item::Schooling]);
    draft.name.text = "何玉梅".into();
    draft.telephones_known = Known::Nothing;
    draft.children_known = Known::NotYet;
    assert_eq!(draft.wrong(), []);
}

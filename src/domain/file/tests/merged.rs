//! Two files that are one: what one knows and the other leaves blank stays, whichever has the smaller id, and whichever
//! was opened first.

use super::*;
use crate::{
    entry::Entry,
    id::{CategoryId, HouseholdId},
    slot::Values,
    visit::Visit,
};

/// An entry of the second file.
pub fn of_other(one: Logged) -> Logged {
    of_file(2, one)
}

pub fn value(json: &str) -> (Slot, Value) {
    let value: Value = serde_json::from_str(json).unwrap();
    let slot = match value {
        Value::Address(_) => Slot::Address,
        Value::Spouse(_) => Slot::Spouse,
        Value::Telephone(_) => Slot::Telephone,
        _ => Slot::Name,
    };
    (slot, value)
}

pub fn opened(on: i32, json: &str) -> Act {
    let Act::Register(register) = register(on, 1, "") else { unreachable!() };
    Act::Register(crate::entry::Register { stated: Values::from([value(json)]), ..register })
}

pub fn merge() -> Logged {
    merge_with(100, 2)
}

pub fn merge_with(n: u8, other: u8) -> Logged {
    from_desk(n, &super::story::merge(other))
}

/// What stands where the first file says one thing on a day, the second another on day 5, and more came; `|` between
/// rivals. The fold sorts by id, so the ids that mean nothing are dealt out in every way, and the two files change theirs.
#[track_caller]
pub fn check_with(one: (i32, &str), other: &str, more: &[Logged], expected: &str) {
    let (slot, _) = value(other);
    // Of one day the first by its id is the one that writes it, and the first of rivals.
    let ids = if one.0 == 5 { vec![vec![0, 1, 2]] } else { crate::observation::tests::orders(3) };
    for ids in ids {
        let n = |at: usize| 10 + u8::try_from(ids[at]).unwrap();
        let first = [from_desk(n(0), &opened(one.0, one.1)), from_desk(n(2), &assign(1, 0))];
        let all = [&first, [of_other(from_desk(n(1), &opened(5, other))), merge()].as_slice(), more].concat();
        assert_eq!(stands(&all, slot), expected, "with the ids {ids:?}");
        let changed: Vec<Logged> = all.iter().map(under_the_others_id).collect();
        assert_eq!(stands(&changed, slot), expected, "with the ids {ids:?}, and the files' ids changed");
    }
}

/// What stands in a slot, `|` between rivals: fields by their names, and the day.
pub fn stands(all: &[Logged], slot: Slot) -> String {
    let file = fold(all, &Union).file;
    let stands = file.standings[&slot].values.iter().map(|stands| {
        let json = serde_json::to_value(&stands.value).unwrap();
        let fields = json.as_object().unwrap().values().next().unwrap().as_object().unwrap();
        let words = fields.values().map(|field| field.as_str().unwrap_or_default());
        format!("{} {}", words.collect::<Vec<_>>().join(" "), stands.day.days_since(day_zero()))
    });
    stands.collect::<Vec<_>>().join(" | ")
}

/// An entry of the first file as one of the second, and the other way round.
fn under_the_others_id(one: &Logged) -> Logged {
    let [first, second] = [1, 2].map(|file| HouseholdId::from_bytes([file; 16]));
    let change = |home: &mut HouseholdId| {
        *home = if *home == first {
            second
        } else if *home == second {
            first
        } else {
            *home
        };
    };
    let mut entry = Entry::clone(&one.entry);
    change(&mut entry.household);
    if let Ok(Act::Merge(merge)) = &mut entry.payload {
        change(&mut merge.other);
    }
    Logged { entry: entry.into(), ..one.clone() }
}

#[track_caller]
fn check(one: (i32, &str), other: &str, expected: &str) {
    check_with(one, other, &[], expected);
}

const BARE: &str = r#"{"name": {"text": "张山"}}"#;
const FULL: &str =
    r#"{"name": {"text": "张 山", "sex": "male", "born": "1970-02-03", "work_number": "071"}}"#;

#[test]
fn a_bare_name_is_read_with_what_the_fuller_has_beside_it() {
    // Fields by their names: born, sex, text, work number.
    check((9, BARE), FULL, "1970-02-03 male 张山 071 9");
    // On one day they are equal then, and one.
    check((5, BARE), FULL, "1970-02-03 male 张山 071 5");
    check((3, BARE), FULL, "1970-02-03 male 张 山 071 5");
    let half = r#"{"name": {"text": "张山", "sex": "male"}}"#;
    check((9, half), r#"{"name": {"text": "张山", "work_number": "071"}}"#, "male 张山 071 9");
}

#[test]
fn a_month_of_birth_is_read_with_the_day_that_the_other_knows() {
    let month = r#"{"name": {"text": "张山", "born": "1970-02"}}"#;
    check((9, month), FULL, "1970-02-03 male 张山 071 9");
    check((3, month), FULL, "1970-02-03 male 张 山 071 5");
    check((9, r#"{"name": {"text": "张山", "born": "1970"}}"#), month, "1970-02 张山 9");
    // Another month is another birth.
    check((9, r#"{"name": {"text": "张山", "born": "1970-03"}}"#), FULL, "1970-03 张山 9");
    // Who saw the day and left only the month meant it.
    check_with((7, BARE), FULL, &[from_desk(110, &opened(9, month))], "1970-02 张山 9");
    check_with((7, BARE), FULL, &[from_desk(90, &opened(9, month))], "1970-02-03 male 张山 071 9");
}

#[test]
fn what_both_know_and_differs_is_decided_as_everywhere() {
    let other = r#"{"name": {"text": "张山", "sex": "female"}}"#;
    check((5, FULL), other, "1970-02-03 male 张 山 071 5 | female 张山 5");
    check((9, FULL), other, "1970-02-03 male 张 山 071 9");
    // Another name may be another person: husband and wife each had a file.
    check((9, r#"{"name": {"text": "王丽"}}"#), FULL, "王丽 9");
    check((5, r#"{"name": {"text": "王丽"}}"#), FULL, "王丽 5 | 1970-02-03 male 张 山 071 5");
}

#[test]
fn an_address_and_a_spouse_too_but_not_those_of_another() {
    let door = r#"{"address": {"text": "东山2号", "landmark": "井边"}}"#;
    check((9, r#"{"address": {"text": "东山2号"}}"#), door, "井边 东山2号 9");
    check((9, r#"{"address": {"text": "西沟5号"}}"#), door, "西沟5号 9");
    let wife = r#"{"spouse": {"marital": "married", "name": "李梅", "work": "矿灯房"}}"#;
    check((9, r#"{"spouse": {"marital": "married"}}"#), wife, "married 李梅 矿灯房 9");
    check((9, r#"{"spouse": {"marital": "married", "name": "王丽"}}"#), wife, "married 王丽 9");
    check((9, r#"{"spouse": {"marital": "widowed"}}"#), wife, "widowed 9");
}

#[test]
fn a_confirmation_by_who_saw_only_one_file_confirms_the_whole() {
    let confirmed = from_phone(30, 1, &Act::Visit(Visit { ..unchanged(9, "张山") }));
    check_with((7, FULL), BARE, &[of_other(confirmed.clone())], "1970-02-03 male 张 山 071 9");
    check_with((7, BARE), FULL, &[confirmed], "1970-02-03 male 张山 071 9");
}

#[test]
fn what_the_desk_clears_in_sight_of_both_stays_clear() {
    let cleared = |n| from_desk(n, &opened(9, r#"{"name": {"text": "张山", "sex": "male"}}"#));
    check_with((7, BARE), FULL, &[cleared(110)], "male 张山 9");
    // Before the merge it was not in sight.
    check_with((7, BARE), FULL, &[cleared(90)], "1970-02-03 male 张山 071 9");
}

#[test]
fn category_and_causes_stay_where_the_later_file_has_none() {
    let category = CategoryId::from_bytes([7; 16]);
    let Act::Register(bare) = register(9, 1, "") else { unreachable!() };
    let known = crate::entry::Register {
        day: day(5),
        category: Some(category),
        causes: vec![crate::rules::Cause::SevereIllness],
        ..bare.clone()
    };
    let two = |n| {
        let of_first = from_desk(n, &Act::Register(bare.clone()));
        vec![of_first, of_other(from_desk(11, &Act::Register(known.clone()))), merge()]
    };
    let stands = |all: &[Logged]| fold(all, &Union).file.registered.unwrap().latest;
    let latest = stands(&two(10));
    assert_eq!((latest.day, latest.category, latest.causes), (day(9), Some(category), known.causes.clone()));
    assert_eq!(stands(&two(110)).category, None, "said in sight of both");
}

#[test]
fn no_cause_of_either_file_is_lost_to_sight() {
    use crate::rules::Cause::{self, Accident, Disaster, LaidOff, Other, SevereIllness, Uninsured};
    let Act::Register(bare) = register(5, 1, "") else { unreachable!() };
    let of = |n: u8, on: i32, causes: &[Cause]| {
        let register = crate::entry::Register { day: day(on), causes: causes.to_vec(), ..bare.clone() };
        from_desk(n, &Act::Register(register))
    };
    #[track_caller]
    fn check(entries: &[Logged], expected: &[Cause]) {
        for order in crate::observation::tests::orders(entries.len()) {
            let arrived: Vec<Logged> = order.iter().map(|at| entries[*at].clone()).collect();
            assert_eq!(fold(&arrived, &Union).file.registered.unwrap().latest.causes, expected);
        }
    }
    let considered = || of_other(of(11, 5, &[SevereIllness, LaidOff]));
    check(&[of(10, 9, &[Disaster]), considered(), merge()], &[Disaster, SevereIllness, LaidOff]);
    check(&[of(10, 9, &[LaidOff]), considered(), merge()], &[LaidOff, SevereIllness]);
    // There is room for four; the later file's own come first.
    let full = [Disaster, Accident, Uninsured];
    check(&[of(10, 9, &full), considered(), merge()], &[Disaster, Accident, Uninsured, SevereIllness]);
    // What the desk says in sight of both is all there is.
    check(&[of(10, 4, &[Other]), considered(), merge(), of(110, 9, &[Other])], &[Other]);
}

//! What a file says anew of one value, held against what the last file said and against what stands.
//!
//! A cell that is blank, that the last file had too, or that repeats what stands, says nothing (DESIGN §4). A value of
//! several cells is compared cell by cell, so that a new telephone in one column does not take back what a visit learnt
//! of another.

use domain::{
    observation::Standing,
    slot::Value,
    value::{SpouseValue, Telephone, TelephoneValue},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value as Json};

use crate::text;

/// The value that a file observes; `None` where it says nothing anew. `said_before` is what the sheet said before it was
/// edited.
#[must_use]
pub fn observed(said_before: Option<&Value>, says: &Value, standing: Option<&Standing>) -> Option<Value> {
    let stands = standing.map(|standing| standing.values.as_slice()).unwrap_or_default();
    let stands_already = |value: &Value| stands.iter().any(|one| one.value.is_same(value));
    if said_before.is_some_and(|before| before.is_same(says)) || stands_already(says) {
        return None;
    }
    let Some(latest) = stands.iter().max_by_key(|one| (one.day, one.entry)) else {
        return Some(says.clone());
    };
    Some(merged(said_before, says, &latest.value)).filter(|merged| !stands_already(merged))
}

/// What stands, with what the file says anew laid over it.
fn merged(before: Option<&Value>, says: &Value, stands: &Value) -> Value {
    macro_rules! of_kind {
        ($($kind:ident $how:ident,)*) => {
            match (says, stands) {
                $((Value::$kind(says), Value::$kind(stands)) => {
                    let before = before.and_then(|value| match value {
                        Value::$kind(before) => Some(before),
                        _ => None,
                    });
                    Value::$kind($how(before, says, stands))
                })*
                // A child that had ended is spoken of again.
                _ => says.clone(),
            }
        };
    }
    of_kind! {
        Name by_field, Address by_field, Telephone telephones, Spouse spouse, Child by_field, Event by_field,
        Children lists, EventList lists,
    }
}

/// Field by field: one that is blank or as before stays as it stands.
fn by_field<T: Serialize + DeserializeOwned + Clone>(before: Option<&T>, says: &T, stands: &T) -> T {
    let fields = |value: &T| match serde_json::to_value(value) {
        Ok(Json::Object(fields)) => fields,
        _ => Map::new(),
    };
    let (before, says_fields, mut result) =
        (before.map(fields).unwrap_or_default(), fields(says), fields(stands));
    for (name, value) in says_fields {
        let is_blank = value.is_null() || value.as_str().is_some_and(str::is_empty);
        let is_as_before = before.get(&name).is_some_and(|before| is_same(before, &value));
        if !is_blank && !is_as_before {
            result.insert(name, value);
        }
    }
    serde_json::from_value(Json::Object(result)).unwrap_or_else(|_| says.clone())
}

fn is_same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::String(one), Json::String(other)) => text::squeeze(one) == text::squeeze(other),
        _ => one == other,
    }
}

/// Another marriage is another spouse: nothing of the old one is kept.
fn spouse(before: Option<&SpouseValue>, says: &SpouseValue, stands: &SpouseValue) -> SpouseValue {
    let is_new = says.marital != stands.marital && before.is_none_or(|before| before.marital != says.marital);
    if is_new { says.clone() } else { by_field(before, says, stands) }
}

/// A number that the file dropped goes, one that it added comes; what visits learnt stays.
fn telephones(
    before: Option<&TelephoneValue>,
    says: &TelephoneValue,
    stands: &TelephoneValue,
) -> TelephoneValue {
    let before = before.map(|before| before.numbers.as_slice()).unwrap_or_default();
    let has = |numbers: &[Telephone], one: &Telephone| numbers.iter().any(|other| other.number == one.number);
    let mut result = stands.clone();
    result.numbers.retain(|one| !has(before, one) || has(&says.numbers, one));
    for one in &says.numbers {
        if !has(before, one) && !has(&result.numbers, one) {
            result.numbers.push(one.clone());
        }
    }
    result
}

/// A list grows by what the file added. Whoever is missing in a file has not ended; but "there are none" is said.
fn lists<I: Copy + Ord>(before: Option<&Vec<I>>, says: &[I], stands: &[I]) -> Vec<I> {
    if says.is_empty() {
        return Vec::new();
    }
    let added = says.iter().filter(|id| before.is_none_or(|before| !before.contains(id)));
    let mut result: Vec<I> = stands.iter().chain(added).copied().collect();
    result.sort_unstable();
    result.dedup();
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        day::Day,
        id::{ChildId, EntryId, PersonId},
        observation::Stands,
    };

    fn value(json: &str) -> Value {
        serde_json::from_str(json).unwrap()
    }

    /// What stood, as one value of a visit.
    fn standing(values: &[&str]) -> Standing {
        let stands = |(n, json): (usize, &&str)| Stands {
            value: value(json),
            day: Day::from_number(20_000),
            by: PersonId::from_bytes([1; 16]),
            entry: EntryId::from_bytes([u8::try_from(n).unwrap(); 16]),
        };
        Standing { values: values.iter().enumerate().map(stands).collect(), declined: None }
    }

    #[track_caller]
    fn check(before: &str, says: &str, stands: &[&str], expected: Option<&str>) {
        let before = (!before.is_empty()).then(|| value(before));
        let found = observed(before.as_ref(), &value(says), Some(&standing(stands)));
        let shown = |value: Option<&Value>| value.map(Value::normalised);
        assert_eq!(
            shown(found.as_ref()),
            shown(expected.map(value).as_ref()),
            "{before:?} {says} {stands:?}"
        );
    }

    fn address(text: &str, landmark: &str) -> String {
        format!(r#"{{"address":{{"text":"{text}","landmark":"{landmark}"}}}}"#)
    }

    #[test]
    fn only_what_is_said_anew_is_observed() {
        let [a, b, c] = ["甲路1号", "乙路2号", "丙路3号"].map(|text| address(text, ""));
        check("", &a, &[], Some(&a));
        check("", &a, &[&a], None);
        check(&a, &a, &[&b], None);
        check(&a, &address("甲路 １号", ""), &[&b], None);
        check(&a, &b, &[&b], None);
        check(&a, &b, &[&a], Some(&b));
        check(&a, &b, &[&c], Some(&b));
        // A rival that stands is no news, whichever it is.
        check(&a, &b, &[&b, &c], None);
    }

    #[test]
    fn a_visit_learnt_more_than_the_file_knows() {
        let (was, moved) = (address("甲路1号", ""), address("乙路2号", ""));
        let learnt = address("甲路1号", "小卖部后面");
        check(&was, &moved, &[&learnt], Some(&address("乙路2号", "小卖部后面")));
        check(&was, &was, &[&learnt], None);
        let child = |grade: u8, school: &str| {
            format!(r#"{{"child":{{"name":"小山","grade":{grade},"school":"{school}"}}}}"#)
        };
        check(&child(2, ""), &child(3, ""), &[&child(2, "一小")], Some(&child(3, "一小")));
        check(&child(2, ""), &child(3, ""), &[&child(3, "一小")], None);
    }

    #[test]
    fn numbers_come_and_go_one_by_one() {
        let phones = |numbers: &[&str]| {
            let one = |number: &&str| format!(r#"{{"number":"{number}","whose":"worker"}}"#);
            let all: Vec<String> = numbers.iter().map(one).collect();
            format!(r#"{{"telephone":{{"numbers":[{}]}}}}"#, all.join(","))
        };
        check(&phones(&["1"]), &phones(&["2"]), &[&phones(&["1", "9"])], Some(&phones(&["9", "2"])));
        check("", &phones(&["2"]), &[&phones(&["1"])], Some(&phones(&["1", "2"])));
        check(&phones(&["1"]), &phones(&["1", "9"]), &[&phones(&["1", "9"])], None);
    }

    #[test]
    fn lists_only_grow() {
        let list = |ids: &[u8]| {
            let ids: Vec<ChildId> = ids.iter().map(|id| ChildId::from_bytes([*id; 16])).collect();
            serde_json::to_string(&Value::Children(ids)).unwrap()
        };
        check(&list(&[1, 2]), &list(&[1]), &[&list(&[1, 2, 5])], None);
        check(&list(&[1]), &list(&[1, 2]), &[&list(&[1, 5])], Some(&list(&[1, 2, 5])));
        check(&list(&[1]), &list(&[]), &[&list(&[1])], Some(&list(&[])));
        check("", &list(&[]), &[], Some(&list(&[])));
    }

    #[test]
    fn another_marriage_is_another_spouse() {
        let spouse = |marital: &str, name: &str, health: &str| {
            format!(r#"{{"spouse":{{"marital":"{marital}","name":"{name}","health":"{health}"}}}}"#)
        };
        let (was, ill) = (spouse("married", "李水", ""), spouse("married", "李水", "尿毒症"));
        check(&was, &spouse("divorced", "", ""), &[&ill], Some(&spouse("divorced", "", "")));
        check(&was, &spouse("married", "李小水", ""), &[&ill], Some(&spouse("married", "李小水", "尿毒症")));
        check(&was, &was, &[&spouse("widowed", "", "")], None);
    }
}

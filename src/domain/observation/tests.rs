//! What stands, sentence by sentence of DESIGN §4, each in every order of arrival.

use super::*;
use crate::value::NameValue;

/// Observations as a helper would jot them down: `3=A` said on day 3, `5~A` confirmed, `5!A` settled,
/// `5?` declined; `@1.2` made on phone 1 as its second, else each on a phone of its own. The entry's
/// id is its place in the line. Expected: the values that stand with their days, `?` for declined.
///
/// The line is tried in every order.
fn check(observed: &str, expected: &str) {
    let observations: Vec<Observation> =
        observed.split_whitespace().enumerate().map(|(at, word)| observation(at, word)).collect();
    for order in orders(observations.len()) {
        let arrived: Vec<Observation> = order.iter().map(|at| observations[*at].clone()).collect();
        assert_eq!(shown(&standing(&arrived)), expected, "{observed} in the order {order:?}");
    }
}

fn observation(at: usize, word: &str) -> Observation {
    let (said, place) = word.split_once('@').unwrap_or((word, ""));
    let at = u8::try_from(at).unwrap() + 1;
    let (device, seq) =
        place.split_once('.').map_or((100 + at, 1), |(d, s)| (d.parse().unwrap(), s.parse().unwrap()));
    let mark = said.find(['=', '~', '!', '?']).unwrap();
    let manner = match &said[mark..=mark] {
        "=" => Manner::Stated,
        "~" => Manner::Confirmed,
        "!" => Manner::Settled,
        _ => Manner::Declined,
    };
    let text = said[mark + 1..].to_owned();
    Observation {
        entry: EntryId::from_bytes([at; 16]),
        device: DeviceId::from_bytes([device; 16]),
        seq,
        by: PersonId::from_bytes([device; 16]),
        day: Day::from_number(said[..mark].parse().unwrap()),
        manner,
        value: (manner != Manner::Declined).then(|| Value::Name(NameValue { text, ..NameValue::default() })),
    }
}

fn shown(standing: &Standing) -> String {
    let mut words: Vec<String> = standing
        .values
        .iter()
        .map(|stands| match &stands.value {
            Value::Name(name) => format!("{}{}", name.text, stands.day.number()),
            other => format!("{other:?}"),
        })
        .collect();
    words.extend(standing.declined.map(|day| format!("?{}", day.number())));
    words.join(" ")
}

pub(crate) fn orders(count: usize) -> Vec<Vec<usize>> {
    let Some(last) = count.checked_sub(1) else { return vec![Vec::new()] };
    let insert = |order: Vec<usize>| {
        (0..=order.len()).map(move |at| {
            let mut order = order.clone();
            order.insert(at, last);
            order
        })
    };
    orders(last).into_iter().flat_map(insert).collect()
}

#[test]
fn the_latest_day_stands() {
    check("", "");
    check("1=A", "A1");
    check("1=A 2=B", "B2");
    check("2=B 1=A 1=C", "B2");
}

#[test]
fn on_one_day_a_settle_comes_first() {
    check("3=A 3!B 3=C", "B3");
    check("3!A 3!B", "B3");
    check("3!A 4=B", "B4");
    check("4=B 3!A", "B4");
    check("3=A 3~B 3!A", "A3");
}

#[test]
fn on_one_day_the_later_word_of_one_device_counts() {
    check("3=A@1.1 3=B@1.2", "B3");
    check("3=B@1.2 3=A@1.1", "B3");
    check("3=A@1.1 3=B@1.2 3=C", "B3 C3");
    // A cloned phone: one number, two words; neither is later.
    check("3=A@1.1 3=B@1.1", "A3 B3");
    // The desk's series has no numbers: the greater id is later.
    check("3=A@0.0 3=B@0.0", "B3");
}

#[test]
fn equal_values_are_one_and_others_rivals() {
    check("3=AB 3=ＡＢ", "AB3");
    check("3=A 3=B", "A3 B3");
    check("3=A 3=B 3=A", "A3 B3");
}

#[test]
fn unchanged_renews_joins_or_is_history() {
    check("1=A 5~A", "A5");
    check("3=A 5~B", "A3 B5");
    check("3=A 3~B", "A3 B3");
    check("3=A 2~B", "A3");
    check("3=A 2~A", "A3");
    check("3=A 3=B 5~A", "A5 B3");
    check("3!A 5~A", "A5");
    check("3!A 5~B", "A3 B5");
    check("1=A 2~A 4~A 3~A", "A4");
    // Picked among rivals: that is a statement.
    check("3=A 5~B 6=A", "A6");
    // The statement it confirmed was withdrawn: what was shown and confirmed still stands.
    check("2~A 5~A", "A5");
    check("2~A 5~B", "A2 B5");
}

#[test]
fn a_later_word_takes_back_a_confirmation_of_the_same_phone_and_day() {
    check("3~B@1.1 3=A@1.2", "A3");
    check("3=A@1.1 3~A@1.2", "A3");
    check("1=A 3~B@1.1 3~A@1.2", "A3");
    check("1=A 3~B@1.1 4~A@1.2", "A4 B3");
}

#[test]
fn who_said_it_last_is_who_it_stands_by() {
    // Expected: the place in the line of whoever it stands by.
    let check = |observed: &str, expected: u8| {
        let words = observed.split_whitespace().enumerate();
        let observations: Vec<Observation> = words.map(|(at, word)| observation(at, word)).collect();
        for order in orders(observations.len()) {
            let arrived: Vec<Observation> = order.iter().map(|at| observations[*at].clone()).collect();
            let standing = standing(&arrived);
            let by: Vec<(EntryId, PersonId)> =
                standing.values.iter().map(|stands| (stands.entry, stands.by)).collect();
            let wanted = &observations[usize::from(expected) - 1];
            assert_eq!(by, [(wanted.entry, wanted.by)], "{observed} in the order {order:?}");
        }
    };
    check("1=A 5~A", 2);
    check("5~A 1=A", 1);
    check("1=A 5~A 4~A", 2);
    // Of one day it is the greater id, said anew or confirmed.
    check("3=A 3=A", 2);
    check("3=A 3~A", 2);
    check("3~A 3=A", 2);
    check("3~A 3=A 3~A", 3);
    // One's own unsent word of the same day as the office's, with a smaller id, makes it nobody else's.
    let office = standing(&[observation(7, "3=A")]);
    for own in ["3~A", "2~A"] {
        assert_eq!(office.with(&observation(2, own)), office, "{own}");
    }
    assert_eq!(office.with(&observation(8, "3~A")).values[0].entry, EntryId::from_bytes([9; 16]));
}

#[test]
fn declined_is_noted_beside_what_stands() {
    check("2?", "?2");
    check("1=A 2? 4?", "A1 ?4");
}

#[test]
fn ones_own_unsent_word_lies_over_what_stands() {
    let check = |stands: &str, own: &str, expected: &str| {
        let observed: Vec<Observation> =
            stands.split_whitespace().enumerate().map(|(at, word)| observation(at, word)).collect();
        assert_eq!(shown(&standing(&observed).with(&observation(90, own))), expected, "{stands} with {own}");
    };
    check("", "3=A", "A3");
    check("1=A", "3=B", "B3");
    check("1=A", "3~A", "A3");
    check("1=A", "3~B", "A1 B3");
    check("1=A 1=B", "3=A", "A3");
    check("5=A", "3=B", "A5");
    check("1=A", "3?", "A1 ?3");
}

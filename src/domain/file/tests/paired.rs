//! Two records of one visit: which look so, what joining them changes, and what it never does.

use super::*;
use crate::{
    entry::Withdraw,
    seat::{Assign, Seat},
    visit::Companion,
};
use proptest::prelude::*;

/// A file with 1, 2 and 3 in the three seats, and 4 let in once by the desk.
fn with_three(entries: impl IntoIterator<Item = Logged>) -> Vec<Logged> {
    let sits = |(n, seat): (u8, Seat)| {
        let person = Some(person(n));
        from_desk(200 + n, &Act::Assign(Assign { seat, person, from: day(0), until: None }))
    };
    let mut all = vec![from_desk(200, &register(0, 1, ""))];
    all.extend((1..4).zip(Seat::ALL).map(sits));
    all.extend(entries);
    all
}

/// Each visit that counts with what it is joined to, then the pairs asked about (`?`) and those said to be two (`2`).
#[track_caller]
fn check(entries: impl IntoIterator<Item = Logged>, expected: &str) {
    let entries = with_three(entries);
    let folded = fold(&entries, &Union);
    let backwards: Vec<Logged> = entries.iter().rev().chain(&entries).cloned().collect();
    assert_eq!(fold(&backwards, &Union), folded, "the order of arrival decided");
    let number = |id: EntryId| id.as_bytes()[0];
    let visits = folded.file.visits.iter().map(|line| match line.joined {
        Some(stands) => format!("{}={}", number(line.id), number(stands)),
        None => number(line.id).to_string(),
    });
    let pairs = folded.file.pairs.iter().map(|pair| {
        format!("{}-{}{}", number(pair.visit), number(pair.other), if pair.is_two { "2" } else { "?" })
    });
    assert_eq!(visits.chain(pairs).collect::<Vec<_>>().join(" "), expected);
}

fn by(who: u8, n: u8, on: i32) -> Logged {
    from_phone(n, who, &Act::Visit(visit(on, "")))
}

#[test]
fn what_looks_like_one_visit() {
    check([by(1, 10, 3), by(2, 11, 3)], "10 11 10-11?");
    check([by(1, 10, 4), by(2, 11, 3)], "11 10 11-10?");
    check([by(1, 10, 3), by(2, 11, 5)], "10 11");
    check([by(1, 10, 3), by(1, 11, 3)], "10 11");
    // Nobody was met: there is no visit to count twice.
    let attempt = from_phone(11, 2, &Act::Visit(Visit::attempt(day(3))));
    check([by(1, 10, 3), attempt], "10 11");
    // Whoever has no seat came along only if one of the two says so.
    let let_in = || [by(4, 11, 3), from_desk(100, &judge(11, true))];
    check([by(1, 10, 3)].into_iter().chain(let_in()), "10 11");
    let with_4 = Visit { companion: Some(Companion::Person(person(4))), ..visit(3, "") };
    let named = from_phone(10, 1, &Act::Visit(with_4));
    check([named].into_iter().chain(let_in()), "10 11 10-11?");
}

#[test]
fn a_person_says_whether_it_is_one() {
    let two = || [by(1, 10, 3), by(2, 11, 4)];
    let say = |said: &[(u8, bool)]| {
        let said = said.iter().map(|(n, is_one)| from_desk(*n, &pair(10, 11, *is_one)));
        two().into_iter().chain(said).collect::<Vec<_>>()
    };
    check(say(&[(100, true)]), "10=11 11");
    check(say(&[(100, false)]), "10 11 10-112");
    check(say(&[(100, true), (101, false)]), "10 11 10-112");
    check(say(&[(101, true), (100, false)]), "10=11 11");
    // Named the other way round it is the same word.
    let turned = [from_desk(100, &pair(11, 10, true))];
    check(two().into_iter().chain(turned), "10=11 11");
    // Refused, it was not said.
    let refused = [from_desk(100, &pair(10, 11, true)), from_desk(101, &judge(100, false))];
    check(two().into_iter().chain(refused), "10 11 10-11?");
}

#[test]
fn whoever_wrote_one_of_the_two_may_say_so() {
    let said = |said: &[(u8, u8, bool)]| {
        let said = said.iter().map(|(n, who, is_one)| match who {
            0 => from_desk(*n, &pair(10, 11, *is_one)),
            who => from_phone(*n, *who, &pair(10, 11, *is_one)),
        });
        [by(1, 10, 3), by(2, 11, 3)].into_iter().chain(said).collect::<Vec<_>>()
    };
    check(said(&[(100, 1, true)]), "10=11 11");
    check(said(&[(100, 2, false)]), "10 11 10-112");
    check(said(&[(100, 1, true), (101, 1, false)]), "10 11 10-112");
    check(said(&[(100, 1, true), (101, 2, true)]), "10=11 11");
    // The two do not agree: it is asked again, of the desk too, whose word holds whenever it was said.
    check(said(&[(100, 1, true), (101, 2, false)]), "10 11 10-11?");
    check(said(&[(99, 0, true), (100, 1, true), (101, 2, false)]), "10=11 11");
    check(said(&[(99, 0, false), (100, 1, true)]), "10 11 10-112");
    // The third of the seats wrote none of the two.
    let of_third = said(&[(100, 3, true)]);
    assert_eq!(status(100, of_third.clone()), Some(Status::Quarantined(Reason::NotAllowed)));
    check(of_third, "10 11 10-11?");
    // The other record is not there yet: it waits.
    let alone = [by(1, 10, 3), from_phone(100, 1, &pair(10, 11, true))];
    assert_eq!(status(100, alone), Some(Status::Quarantined(Reason::AbsentTarget)));
}

fn status(n: u8, entries: impl IntoIterator<Item = Logged>) -> Option<Status> {
    fold(&with_three(entries), &Union).statuses.get(&id(n)).copied()
}

#[test]
fn what_was_said_of_a_record_that_was_taken_back_waits_for_nothing() {
    for (taken, who, left) in [(11, 2, "10"), (10, 1, "11")] {
        let withdraw = Act::Withdraw(Withdraw { visit: id(taken), why: String::new() });
        let said = from_phone(12, 1, &pair(10, 11, true));
        let all = [by(1, 10, 3), by(2, 11, 3), said, from_phone(13, who, &withdraw)];
        assert_eq!(status(12, all.clone()), Some(Status::Projected), "{taken}");
        check(all, left);
    }
}

#[test]
fn a_helpers_word_that_another_brought_can_be_accepted() {
    let said = tainted(from_phone(12, 1, &pair(10, 11, true)), Reason::AuthorMismatch);
    let all = [by(1, 10, 3), by(2, 11, 3), said];
    assert_eq!(status(12, all.clone()), Some(Status::Quarantined(Reason::AuthorMismatch)));
    check(all.clone(), "10 11 10-11?");
    let accepted = all.into_iter().chain([from_desk(100, &judge(12, true))]);
    check(accepted, "10=11 11");
}

#[test]
fn who_wrote_the_other_record_was_there() {
    let with = |n, who, with| {
        let companion = Some(Companion::Person(person(with)));
        from_phone(n, who, &Act::Visit(Visit { companion, ..visit(3, "") }))
    };
    let confirmed = |said: Option<Logged>| {
        let all = with_three([with(10, 1, 2), with(11, 2, 3)].into_iter().chain(said));
        fold(&all, &Union).file.visits.iter().map(|line| line.confirmed).collect::<Vec<_>>()
    };
    assert_eq!(confirmed(None), [false, false]);
    assert_eq!(confirmed(Some(from_phone(100, 2, &pair(10, 11, true)))), [true, false]);
}

#[test]
fn three_who_went_together_are_one_visit() {
    let three = || [by(1, 10, 3), by(2, 11, 3), by(3, 12, 3)];
    let said = [from_desk(100, &pair(10, 11, true))];
    check(three().into_iter().chain(said), "10=11 11 12 11-12?");
    let said = [from_desk(100, &pair(10, 11, true)), from_desk(101, &pair(12, 11, true))];
    check(three().into_iter().chain(said), "10=12 11=12 12");
}

#[test]
fn a_word_holds_while_the_records_look_so() {
    let one = || vec![by(1, 10, 3), by(2, 11, 3), from_desk(100, &pair(10, 11, true))];
    let and = |more: Logged| one().into_iter().chain([more]);
    check(and(from_phone(20, 1, &amend(10, 10, visit(6, "")))), "11 10");
    check(and(from_phone(20, 1, &withdraw(10))), "11");
    check(and(from_phone(20, 2, &withdraw(11))), "10");
}

#[test]
fn what_both_said_stays() {
    let said = |n, who, text, need| from_phone(n, who, &Act::Visit(asking(visit(3, text), need)));
    let apart = with_three([said(10, 1, "A", 5), said(11, 2, "B", 6)]);
    let mut joined = apart.clone();
    joined.push(from_desk(100, &pair(10, 11, true)));
    let (apart, joined) = (fold(&apart, &Union).file, fold(&joined, &Union).file);
    assert_eq!((apart.met().count(), joined.met().count()), (2, 1));
    assert_eq!(joined.standings[&Slot::Name].values.len(), 2, "two people said two things");
    assert_eq!((joined.standings, joined.needs.len()), (apart.standings, 2));
}

fn any_visit(n: u8) -> impl Strategy<Value = Logged> {
    (1..4_u8, 0..6).prop_map(move |(who, on)| by(who, n, on))
}

fn any_word(n: u8) -> impl Strategy<Value = Logged> {
    (1..10_u8, 1..10_u8, any::<bool>(), 0..4_u8).prop_map(move |(of, other, is_one, who)| match who {
        0 => from_desk(n, &pair(of, other, is_one)),
        who => from_phone(n, who, &pair(of, other, is_one)),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is joined, in whatever order it was said: nothing that stands, no need and no last day moves.
    #[test]
    fn joining_loses_nothing(
        visits in (1..10_u8).map(any_visit).collect::<Vec<_>>(),
        (words, shuffled) in (100..112_u8).map(any_word).collect::<Vec<_>>()
            .prop_flat_map(|words| (Just(words.clone()), Just(words).prop_shuffle())),
    ) {
        let without = fold(&with_three(visits.clone()), &Union).file;
        let with = fold(&with_three(visits.iter().cloned().chain(words)), &Union).file;
        let other = fold(&with_three(shuffled.into_iter().chain(visits)), &Union).file;
        prop_assert_eq!(&with, &other);
        prop_assert_eq!((&with.standings, &with.needs), (&without.standings, &without.needs));
        prop_assert_eq!(with.last_visit(), without.last_visit());
        let joined = with.visits.iter().filter(|line| line.joined.is_some()).count();
        prop_assert_eq!(with.met().count() + joined, without.met().count());
        let stands = |id: EntryId| with.met().any(|line| line.id == id);
        prop_assert!(with.visits.iter().filter_map(|line| line.joined).all(stands));
        prop_assert!(with.pairs.iter().all(|pair| stands(pair.visit) && stands(pair.other)));
    }
}

//! When the family counts as told: it is the reply that stands that they must have been told, whatever the day.

use super::*;
use std::collections::BTreeSet;

#[test]
fn a_reply_is_told_at_a_visit_since_it_was_given() {
    let asked = || from_phone(10, 1, &Act::Visit(asking(visit(1, ""), 5)));
    let replied = |on| from_desk(20, &reply(5, on));
    let told = |on| from_phone(11, 1, &Act::Visit(telling(visit(on, ""), 5)));
    let visits = |on| format!("visit 10 v10 on 1, visit 11 v11 on {on}, need 5");
    check(&with_file([asked(), told(4)]), &format!("{} open", visits(4)));
    check(&with_file([asked(), replied(3), told(4)]), &format!("{} answered on 3 told on 4 by 1", visits(4)));
    check(&with_file([asked(), replied(3), told(3)]), &format!("{} answered on 3 told on 3 by 1", visits(3)));
    // What was told was another reply.
    check(&with_file([asked(), replied(5), told(4)]), &format!("{} answered on 5", visits(4)));
    let withdrawn = from_phone(12, 1, &withdraw(11));
    check(&with_file([asked(), replied(3), told(4), withdrawn]), "visit 10 v10 on 1, need 5 answered on 3");
    let attempt = Visit { met: None, ..telling(visit(4, ""), 5) };
    let attempt = from_phone(11, 1, &Act::Visit(attempt));
    check(&with_file([asked(), replied(3), attempt]), &format!("{} answered on 3", visits(4)));
}

#[test]
fn a_reply_changed_on_the_day_of_the_telling_is_not_told() {
    let asked = || from_phone(10, 1, &Act::Visit(asking(visit(1, ""), 5)));
    let replied = |n: u8| from_desk(n, &reply(5, 4));
    let told = |n: u8, replies: &[u8]| {
        let told_replies: BTreeSet<EntryId> = replies.iter().map(|reply| id(*reply)).collect();
        from_phone(n, 1, &Act::Visit(Visit { told_replies, ..telling(visit(4, ""), 5) }))
    };
    let visits = "visit 10 v10 on 1, visit 11 v11 on 4";
    check(
        &with_file([asked(), replied(20), told(11, &[20])]),
        &format!("{visits}, need 5 answered on 4 told on 4 by 1"),
    );
    check(
        &with_file([asked(), replied(20), told(11, &[20]), replied(21)]),
        &format!("{visits}, need 5 answered on 4"),
    );
    check(
        &with_file([asked(), replied(20), told(11, &[20]), replied(21), told(12, &[21])]),
        &format!("{visits}, visit 12 v12 on 4, need 5 answered on 4 told on 4 by 1"),
    );
    // An app of before says the day only.
    check(
        &with_file([asked(), replied(20), told(11, &[]), replied(21)]),
        &format!("{visits}, need 5 answered on 4 told on 4 by 1"),
    );
    // What was told stays told, though the office dates it later.
    let dated = from_desk(20, &reply(5, 6));
    check(
        &with_file([asked(), dated, told(11, &[20])]),
        &format!("{visits}, need 5 answered on 6 told on 4 by 1"),
    );
    let file = fold(&with_file([asked(), replied(20), replied(21)]), &Union).file;
    assert_eq!(file.needs[0].reply_entry, Some(id(21)));
}

#[test]
fn a_corrected_reply_stands_whatever_the_desks_clock_says() {
    let asked = || from_phone(10, 1, &Act::Visit(asking(visit(1, ""), 5)));
    // Replies numbered from 0: `4` given on day 4, `4>0` in the place of the first. Expected: which one stands. They have
    // the ids given, in that order: a desk's clock deals them out.
    let stands = |given: &str, ids: &[u8], refused: Option<usize>, expected: usize| {
        let word = |(at, word): (usize, &str)| {
            let (on, replaces) = word.split_once('>').unwrap_or((word, ""));
            let replaces = replaces.parse::<usize>().ok().map(|at| ids.get(at).copied().unwrap_or(10));
            from_desk(ids[at], &correcting(5, on.parse().unwrap(), replaces))
        };
        let refused = refused.map(|at| from_desk(90, &judge(ids[at], false)));
        let replies = given.split_whitespace().enumerate().map(word).chain(refused);
        let file = fold(&with_file(replies.chain([asked()])), &Union).file;
        assert_eq!(file.needs[0].reply_entry, Some(id(ids[expected])), "{given} with the ids {ids:?}");
    };
    let whatever_the_clock = |given: &str, refused, expected| {
        for order in crate::observation::tests::orders(given.split_whitespace().count()) {
            let ids: Vec<u8> = order.iter().map(|at| 20 + u8::try_from(*at).unwrap()).collect();
            stands(given, &ids, refused, expected);
        }
    };
    whatever_the_clock("4 4>0", None, 1);
    whatever_the_clock("5 4>0", None, 1);
    whatever_the_clock("4 4>0 4>1", None, 2);
    // One that is refused takes nobody's place; who corrected it, took the place of both.
    whatever_the_clock("4 4>0", Some(1), 0);
    whatever_the_clock("4 4>0 4>1", Some(1), 2);
    // Two in the place of one, or of none: the later day, then the greater id.
    whatever_the_clock("4 5>0 4>0", None, 1);
    whatever_the_clock("4 5", None, 1);
    stands("4 4>0 4>0", &[20, 18, 19], None, 2);
    stands("4 4>0 4>0", &[20, 19, 18], None, 1);
    stands("4 4", &[20, 21], None, 1);
    stands("4 4", &[21, 20], None, 0);
    // Who corrects the one that stands, brings back none that had lost to it.
    whatever_the_clock("4 4>0 5>0 4>2", None, 3);
    whatever_the_clock("4 5 3>1", None, 2);
    whatever_the_clock("4 4>0 4>0 9>1", None, 3);
    stands("4 4>0 4>0 4>2", &[20, 18, 19, 17], None, 3);
    stands("4 4>0 4>0 4>2", &[20, 18, 19, 17], Some(2), 1);
    // What it replaces is not here, or says nothing of this need (10 is the visit).
    whatever_the_clock("4 3>7", None, 0);
    stands("4>7", &[19], None, 0);
    // No desk writes a ring; one stands all the same.
    stands("4>1 4>0", &[20, 19], None, 0);
    stands("4>1 4>0", &[19, 20], None, 1);
}

#[test]
fn a_reply_may_be_told_by_telephone_which_is_no_visit() {
    let asked = || from_phone(10, 1, &Act::Visit(asking(visit(1, ""), 5)));
    let replied = |n| from_desk(n, &reply(5, 3));
    let told = |of| from_phone(11, 1, &tell(5, of, 4));
    let file = |more: &[Logged]| with_file([asked(), replied(20)].into_iter().chain(more.iter().cloned()));
    let (visit_10, answered) = ("visit 10 v10 on 1", "need 5 answered on 3");
    check(&file(&[told(20)]), &format!("{visit_10}, {answered} told on 4 by 1 by telephone"));
    assert_eq!(fold(&file(&[told(20)]), &Union).file.last_visit(), Some(day(1)));
    // Another reply stands by now.
    check(&file(&[told(20), replied(21)]), &format!("{visit_10}, {answered}"));
    // Told of another need, it tells nothing of this one.
    let two = from_phone(13, 1, &Act::Visit(asking(visit(2, ""), 6)));
    check(
        &file(&[two, from_phone(11, 1, &tell(6, 20, 4))]),
        &format!("{visit_10}, visit 13 v13 on 2, {answered}, need 6 open"),
    );
    // Said again at the door.
    let at_the_door = Visit { told_replies: BTreeSet::from([id(20)]), ..telling(visit(6, ""), 5) };
    check(
        &file(&[told(20), from_phone(12, 1, &Act::Visit(at_the_door))]),
        &format!("{visit_10}, visit 12 v12 on 6, {answered} told on 6 by 1"),
    );
    // A slip of the finger is taken back; nobody else's.
    check(&file(&[told(20), from_phone(12, 1, &withdraw(11))]), &format!("{visit_10}, {answered}"));
    check(
        &file(&[told(20), from_phone(12, 2, &withdraw(11))]),
        &format!("{visit_10}, {answered} told on 4 by 1 by telephone, 12: AbsentTarget"),
    );
    // Only who answers for the household, of a need that is here.
    check(&file(&[from_phone(11, 2, &tell(5, 20, 4))]), &format!("{visit_10}, {answered}, 11: NoSeat"));
    check(&file(&[from_phone(11, 1, &tell(6, 20, 4))]), &format!("{visit_10}, {answered}, 11: AbsentTarget"));
    check(&[told(20)], "11: UnknownHousehold");
    check(&file(&[from_desk(11, &tell(5, 20, 4))]), &format!("{visit_10}, {answered}, 11: NotAllowed"));
}

#[test]
fn what_the_family_was_told_before_is_known_until_they_are_told_anew() {
    let asked = || from_phone(10, 1, &Act::Visit(asking(visit(1, ""), 5)));
    let replied = |n, on| from_desk(n, &reply(5, on));
    let told = |n, on, of| {
        let told_replies = BTreeSet::from([id(of)]);
        from_phone(n, 1, &Act::Visit(Visit { told_replies, ..telling(visit(on, ""), 5) }))
    };
    let check = |more: Vec<Logged>, expected: Option<i32>| {
        let file = fold(&with_file(more.into_iter().chain([asked()])), &Union).file;
        let before = file.needs[0].told_before.as_ref().map(|told| told.day.days_since(day_zero()));
        assert_eq!(before, expected);
    };
    check(vec![replied(20, 2)], None);
    check(vec![replied(20, 2), told(11, 3, 20)], None);
    check(vec![replied(20, 2), told(11, 3, 20), replied(21, 4)], Some(3));
    check(vec![replied(20, 2), from_phone(11, 1, &tell(5, 20, 3)), replied(21, 4)], Some(3));
    check(vec![replied(20, 2), told(11, 3, 20), replied(21, 4), told(12, 5, 21)], None);
    // Told twice, it is the later; what was refused since was told all the same.
    let twice = || vec![replied(20, 2), told(11, 3, 20), replied(21, 4), told(12, 5, 21), replied(22, 6)];
    check(twice(), Some(5));
    check(twice().into_iter().chain([from_desk(90, &judge(21, false))]).collect(), Some(5));
    // An app of before names no reply: it told the last that there was by then.
    let of_before = |n, on| from_phone(n, 1, &Act::Visit(telling(visit(on, ""), 5)));
    check(vec![replied(20, 2), of_before(11, 3), replied(21, 4)], Some(3));
    check(vec![replied(20, 2), of_before(11, 1), replied(21, 4)], None);
    check(vec![replied(20, 2), of_before(11, 3)], None);
    let words = |more: Vec<Logged>| {
        let file = fold(&with_file(more.into_iter().chain([asked()])), &Union).file;
        file.needs[0].told_before.as_ref().map(|told| told.words.clone())
    };
    let said = |n, on, words: &str| {
        let Act::Reply(reply) = reply(5, on) else { panic!("a reply") };
        from_desk(n, &Act::Reply(Reply { words: words.to_owned(), ..reply }))
    };
    let three = vec![said(20, 1, "一"), said(21, 2, "二"), of_before(11, 3), said(22, 4, "三")];
    assert_eq!(words(three), Some("二".to_owned()));
    // Of a visit that was taken back nothing is left.
    check(vec![replied(20, 2), told(11, 3, 20), replied(21, 4), from_phone(13, 1, &withdraw(11))], None);
    // Another reply stands no more: nothing is to be told.
    check(vec![replied(20, 2), told(11, 3, 20), from_desk(90, &judge(20, false))], None);
}

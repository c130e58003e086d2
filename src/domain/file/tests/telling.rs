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
    /// `20:4` given on day 4, `19:4>20` in the place of 20; expected: which one stands. In every order.
    fn stands(asked: &dyn Fn() -> Logged, given: &str, refused: Option<u8>, expected: u8) {
        let replies: Vec<Logged> = given
            .split_whitespace()
            .map(|word| {
                let (said, replaces) = word.split_once('>').unwrap_or((word, ""));
                let (entry, on) = said.split_once(':').unwrap();
                let act = correcting(5, on.parse().unwrap(), replaces.parse().ok());
                from_desk(entry.parse().unwrap(), &act)
            })
            .chain(refused.map(|entry| from_desk(90, &judge(entry, false))))
            .collect();
        for order in crate::observation::tests::orders(replies.len()) {
            let arrived = order.iter().map(|at| replies[*at].clone());
            let file = fold(&with_file(arrived.chain([asked()])), &Union).file;
            assert_eq!(file.needs[0].reply_entry, Some(id(expected)), "{given} in the order {order:?}");
        }
    }
    stands(&asked, "20:4 21:4", None, 21);
    stands(&asked, "20:4 19:4>20", None, 19);
    stands(&asked, "20:5 19:4>20", None, 19);
    stands(&asked, "20:4 19:4>20 18:4>19", None, 18);
    // Two in the place of one: the later day, then the greater id.
    stands(&asked, "20:4 18:4>20 19:4>20", None, 19);
    stands(&asked, "20:4 18:5>20 19:4>20", None, 18);
    // Who corrects the one that stands, brings back none that had lost to it.
    stands(&asked, "20:4 18:4>20 19:4>20 17:4>19", None, 17);
    stands(&asked, "20:4 21:4 19:3>21", None, 19);
    stands(&asked, "20:4 18:4>20 19:4>20 17:9>18", None, 17);
    stands(&asked, "20:4 18:4>20 19:4>20 17:4>19", Some(19), 18);
    // One that is refused takes nobody's place; who corrected it, took the place of both.
    stands(&asked, "20:4 19:4>20", Some(19), 20);
    stands(&asked, "20:4 19:4>20 18:4>19", Some(19), 18);
    // What it replaces is not here, or says nothing of this need.
    stands(&asked, "20:4 19:4>44", None, 20);
    stands(&asked, "19:4>10", None, 19);
    // No desk writes a ring; one stands all the same.
    stands(&asked, "20:4>19 19:4>20", None, 20);
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

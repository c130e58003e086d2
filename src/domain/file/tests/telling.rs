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

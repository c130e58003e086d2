//! Two records of one visit are shown as one once somebody said so, and asked about until then.

use super::{asked, others, visits};
use crate::{
    engine::{LineState, Own},
    state::builders::{card, day, entry, person, visited},
};
use domain::{
    entry::{Act, Pair, Withdraw},
    file::{PairLine, Reason},
    id::{EntryId, PersonId},
};
use protocol::changes::{Card, CardVisit};
use std::sync::Arc;

fn other() -> PersonId {
    PersonId::new(3, [3; 10])
}

/// My record of day 9, and the other's of day 10, which look to the union like one visit.
fn both() -> Card {
    let visits = vec![CardVisit { author: other(), ..visited(10) }, visited(9)];
    Card { visits, pairs: vec![alike(false)], ..card() }
}

fn alike(is_two: bool) -> PairLine {
    PairLine { visit: id(9), other: id(10), is_two }
}

fn id(on: u8) -> EntryId {
    visited(on).id
}

fn said(n: u8, is_one: bool) -> Own {
    let act = Act::Pair(Pair { visit: id(9), other: id(10), is_one });
    Own { entry: Arc::new(entry(n, &act).read()), state: LineState::OnPhone, ahead_of_cards: true }
}

/// Each visit by the days of its records, then `?` where it is asked of the other's.
#[track_caller]
fn check(card: &Card, own: &[Own], expected: &str) {
    let day = |record: &CardVisit| record.day.parts().2.to_string();
    let all = visits(card, own);
    let shown = all.iter().map(|one| one.records().map(day).collect::<Vec<_>>().join("="));
    let asked = asked(card, own, person(), id(9)).map(|other| format!("{}?", day(&other)));
    assert_eq!(shown.chain(asked).collect::<Vec<_>>().join(" "), expected);
}

#[test]
fn it_is_asked_until_it_is_said() {
    check(&both(), &[], "10 9 10?");
    check(&both(), &[said(1, true)], "10=9");
    check(&both(), &[said(1, false)], "10 9");
    check(&both(), &[said(1, true), said(2, false)], "10 9");
    let refused = LineState::NeedsLook { reason: Reason::Refused, why: String::new() };
    check(&both(), &[Own { state: refused, ahead_of_cards: false, ..said(1, true) }], "10 9 10?");
    // The union has it: its card says what is so, and nobody is asked twice.
    check(&both(), &[Own { ahead_of_cards: false, ..said(1, true) }], "10 9");
}

#[test]
fn what_the_union_says_holds() {
    let mut joined = both();
    joined.visits[1].joined = Some(id(10));
    check(&joined, &[], "10=9");
    check(&joined, &[said(1, false)], "10 9");
    let others_of = |record| others(&joined, &[], record).iter().map(|one| one.id).collect::<Vec<_>>();
    assert_eq!((others_of(id(9)), others_of(id(10))), (vec![id(10)], vec![id(9)]));
    check(&Card { pairs: vec![alike(true)], ..both() }, &[], "10 9");
    // What it stands for is not on the card: it is shown by itself.
    let mut alone = joined.clone();
    alone.visits.remove(0);
    check(&alone, &[], "9");
}

#[test]
fn a_third_record_stays_with_the_one_it_was_joined_to() {
    let with_third = |of: u8| {
        let third = CardVisit { joined: Some(id(of)), ..visited(8) };
        Card { visits: both().visits.into_iter().chain([third]).collect(), ..card() }
    };
    check(&with_third(9), &[said(1, true)], "10=9=8");
    check(&with_third(10), &[said(1, true)], "10=9=8");
    check(&with_third(10), &[said(1, true), said(2, true)], "10=9=8");
}

#[test]
fn only_what_looks_so_is_asked_of_who_wrote_one() {
    check(&Card { pairs: Vec::new(), ..both() }, &[], "10 9");
    assert_eq!(asked(&both(), &[], person(), id(10)), None, "that one is another's");
    let mut alone = both();
    alone.visits.remove(0);
    check(&alone, &[], "9");
}

#[test]
fn what_the_union_does_not_have_yet_is_looked_at_here() {
    let unsent = || {
        let act = Act::Withdraw(Withdraw { visit: id(9), why: String::new() });
        let entry = domain::entry::Entry { id: id(9), ..entry(9, &act) };
        Own { entry: Arc::new(entry.read()), state: LineState::OnPhone, ahead_of_cards: true }
    };
    let card = |change: fn(&mut Vec<CardVisit>)| {
        let mut card = Card { pairs: Vec::new(), ..both() };
        card.visits[1].companion_id = Some(other());
        change(&mut card.visits);
        card
    };
    check(&card(|_| ()), &[unsent()], "10 9 10?");
    check(&card(|_| ()), &[], "10 9");
    check(&card(|_| ()), &[unsent(), said(1, false)], "10 9");
    check(&card(|visits| visits[1].companion_id = None), &[unsent()], "10 9");
    check(&card(|visits| visits[0].met = None), &[unsent()], "10 9");
    check(&card(|visits| visits[0].day = day(12)), &[unsent()], "12 9");
}

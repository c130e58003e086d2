//! What is news, and that it is so only once.

use super::{News, Seen, What, news};
use crate::engine::{LineState, Own, SetAside};
use crate::state::{
    builders::{card, day, entry, person},
    proposals::proposals,
};
use domain::{
    entry::{Act, Propose, Reply},
    file::{NeedLine, Reason},
    id::{EntryId, NeedId},
    slot::Values,
    value::Rest,
    visit::{Need, NeedKind},
};
use protocol::changes::Card;
use std::{collections::BTreeMap, sync::Arc};

fn need(reply: Option<u8>, told: Option<u8>) -> NeedLine {
    let id = NeedId::new(1, [1; 10]);
    let reply = reply.map(|on| Reply { need: id, day: day(on), words: "已批".into(), replaces: None });
    let need = Need {
        id,
        kind: NeedKind::Living,
        words: "缺煤".into(),
        promised_until: None,
        rest: Rest::default(),
    };
    let visit = EntryId::new(1, [1; 10]);
    NeedLine {
        need,
        visit,
        author: person(),
        asked: day(1),
        reply,
        replied_by: None,
        reply_entry: None,
        told: told.map(day),
        told_by: None,
        told_by_telephone: false,
        told_before: None,
    }
}

fn proposed(why: &str, state: LineState) -> Own {
    let act = Act::Propose(Propose {
        day: day(1),
        unit: None,
        stated: Values::new(),
        why: why.to_owned(),
        rest: Rest::default(),
    });
    Own { entry: Arc::new(entry(2, &act).read()), state, ahead_of_cards: false }
}

fn all(card: Card, own: &[Own]) -> Vec<News> {
    news(&BTreeMap::from([(card.household, card)]), own, &proposals(own), day(20))
}

#[track_caller]
fn check(card: Card, own: &[Own], expected: &[What]) {
    let found: Vec<What> = all(card, own).into_iter().map(|news| news.what).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_reply_is_news_until_the_family_knows() {
    let with = |line: NeedLine| Card { needs: vec![line], ..card() };
    check(with(need(None, None)), &[], &[]);
    check(with(need(Some(5), None)), &[], &[What::Replied(Box::new(need(Some(5), None)))]);
    check(with(need(Some(5), Some(6))), &[], &[]);
    let old = NeedLine {
        reply: need(Some(5), None).reply.map(|reply| Reply { day: day(20).plus(-31), ..reply }),
        ..need(None, None)
    };
    check(with(old), &[], &[]);
    // Changed on the same day it is news again.
    let keys = [1, 2].map(|n| {
        let line = NeedLine { reply_entry: Some(EntryId::new(1, [n; 10])), ..need(Some(5), None) };
        all(with(line), &[]).pop().map(|news| news.key)
    });
    assert_ne!(keys[0], keys[1]);
}

#[test]
fn an_approved_proposal_and_a_record_held_back_are_news() {
    let received = || LineState::Received { at_ms: 0 };
    let look = |reason| LineState::NeedsLook { reason, why: String::new() };
    check(card(), &[proposed("独居", received())], &[What::Approved]);
    check(Card { proposed: true, ..card() }, &[proposed("独居", received())], &[]);
    check(card(), &[proposed("", received())], &[]);
    let held = |state: LineState| {
        let own = proposed("独居", state);
        let expected = What::HeldBack(own.entry.id);
        (own, expected)
    };
    for state in [look(Reason::Refused), look(Reason::NoSeat), LineState::SetAside(SetAside::TooLarge)] {
        let (own, expected) = held(state);
        check(card(), &[own], &[expected]);
    }
    for state in
        [look(Reason::AwaitingApproval), look(Reason::AbsentTarget), LineState::Held, LineState::OnPhone]
    {
        check(card(), &[held(state).0], &[]);
    }
}

#[test]
fn what_was_seen_is_news_no_more_until_it_changes() {
    let with = |reply: u8| all(Card { needs: vec![need(Some(reply), None)], ..card() }, &[]);
    let mut seen = Seen::default();
    assert_eq!(seen.unseen(&with(5)).len(), 1);
    seen.see(with(5).into_iter().map(|news| news.key), &with(5));
    assert_eq!(seen.unseen(&with(5)).len(), 0);
    assert_eq!(seen.unseen(&with(6)).len(), 1, "another reply is other news");
    seen.see([], &with(6));
    assert_eq!(seen, Seen::default(), "what is no news any more is forgotten");
}

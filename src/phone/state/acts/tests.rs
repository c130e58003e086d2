//! What one tap says is said once, until it is taken back.

use super::said;
use crate::{
    engine::{Draft, LineState, Own},
    state::builders::{card, day, entry},
};
use domain::{
    entry::{Act, Tell, Withdraw},
    id::{EntryId, NeedId},
    value::Rest,
    verbatim::Verbatim,
};
use std::{collections::BTreeMap, sync::Arc};

fn id(number: u8) -> EntryId {
    EntryId::new(i64::from(number), [number; 10])
}

fn own(number: u8, act: &Act) -> Own {
    Own { entry: Arc::new(entry(number, act).read()), state: LineState::OnPhone, ahead_of_cards: true }
}

fn draft(number: u8) -> Draft {
    Draft {
        id: id(number),
        household: card().household,
        kind: "tell".to_owned(),
        nonce: String::new(),
        seal_random: String::new(),
        wall_ms: 0,
        form: Verbatim::default(),
        saved_at_ms: 0,
        hand: crate::engine::Hand::default(),
        seen: crate::engine::Hand::default(),
    }
}

#[test]
fn a_second_tap_is_the_first_ones_until_that_is_taken_back() {
    let reply = id(9);
    let tapped = BTreeMap::from([(reply, draft(1))]);
    let tell = Act::Tell(Tell { need: NeedId::new(1, [4; 10]), reply, day: day(9), rest: Rest::default() });
    let back = |visit| Act::Withdraw(Withdraw { visit: id(visit), why: String::new() });
    let check = |own: &[Own], expected: Option<u8>| {
        assert_eq!(said(&tapped, own, reply).map(|draft| draft.id), expected.map(id));
    };
    check(&[], Some(1));
    check(&[own(1, &tell)], Some(1));
    check(&[own(1, &tell), own(2, &back(7))], Some(1));
    check(&[own(1, &tell), own(2, &back(1))], None);
    assert_eq!(said(&tapped, &[], id(8)).map(|draft| draft.id), None);
}

//! What was just said is shown at once, and only once.

use super::{Since, lay, since, visits};
use crate::engine::{LineState, Own};
use crate::state::{
    builders::{card, day, entry, person, visited},
    due,
    form::{Form, Met, Pick},
};
use domain::{
    entry::{Act, Alert, Amend, Confirm, Propose, Reply, Tell, Withdraw},
    file::{AlertLine, NeedLine, Reason},
    id::{EntryId, HouseholdId, NeedId, PersonId},
    item::{Item, ItemState},
    observation::Stands,
    slot::{Slot, Value, Values},
    value::{AddressValue, EventKind, NameValue, Rest, Whose},
    visit::{Need, NeedKind, Visit},
};
use protocol::changes::{Card, CardVisit};
use std::sync::Arc;

fn own(n: u8, act: &Act, ahead_of_cards: bool) -> Own {
    Own { entry: Arc::new(entry(n, act).read()), state: LineState::OnPhone, ahead_of_cards }
}

fn moved_to(text: &str, on: u8) -> Visit {
    let mut form = Form::new(card(), day(on), 1, None);
    form.met = Some(Met::Somebody(Whose::Worker));
    form.pick(Item::Address, Pick::Changed);
    form.items
        .address
        .set(Slot::Address, Value::Address(AddressValue { text: text.into(), ..Default::default() }));
    form.visit()
}

fn addresses(own: &[Own]) -> Vec<(String, u8)> {
    let laid = lay(vec![card()], own, person(), "刘");
    let standing = laid
        .get(&card().household)
        .and_then(|card| card.standings.get(&Slot::Address).cloned())
        .unwrap_or_default();
    let text = |stands: &Stands| match &stands.value {
        Value::Address(address) => (address.text.clone(), stands.day.parts().2),
        _ => (String::new(), 0),
    };
    standing.values.iter().map(text).collect()
}

#[test]
fn a_visit_of_ones_own_lies_over_the_card() {
    let visit = Act::Visit(moved_to("矿山路", 9));
    assert_eq!(addresses(&[own(1, &visit, true)]), vec![("矿山路".to_owned(), 9)]);
    let laid = lay(vec![card()], &[own(1, &visit, true)], person(), "刘");
    let card = laid.into_values().next();
    assert_eq!(card.as_ref().and_then(|card| card.last_visit), Some(day(9)));
    assert_eq!(card.map(|card| card.visits.len()), Some(1));
}

#[test]
fn what_the_card_shows_already_is_not_laid_again() {
    assert_eq!(
        addresses(&[own(1, &Act::Visit(moved_to("矿山路", 9)), false)]),
        vec![("红旗小区 12 栋".to_owned(), 1)]
    );
}

#[test]
fn an_older_visit_does_not_cover_a_newer_card() {
    let mut form = Form::new(card(), day(1).plus(-3), 1, None);
    form.met = Some(Met::Somebody(Whose::Worker));
    form.pick(Item::Address, Pick::Unchanged);
    assert_eq!(addresses(&[own(1, &Act::Visit(form.visit()), true)]), vec![("红旗小区 12 栋".to_owned(), 1)]);
}

#[test]
fn the_latest_version_counts_and_a_withdrawal_takes_it_away() {
    let visit = own(1, &Act::Visit(moved_to("矿山路", 9)), true);
    let first = visit.entry.id;
    let amend =
        own(2, &Act::Amend(Amend { visit: first, replaces: first, version: moved_to("老工房", 8) }), true);
    assert_eq!(addresses(&[visit.clone(), amend.clone()]), vec![("老工房".to_owned(), 8)]);
    let withdraw = own(3, &Act::Withdraw(Withdraw { visit: first, why: String::new() }), true);
    assert_eq!(
        addresses(&[visit.clone(), amend.clone(), withdraw.clone()]),
        vec![("红旗小区 12 栋".to_owned(), 1)]
    );
    assert!(visits(&[visit, amend, withdraw]).iter().all(|visit| visit.withdrawn));
}

#[test]
fn a_household_found_at_the_door_is_on_the_list() {
    let stated =
        Values::from([(Slot::Name, Value::Name(NameValue { text: "覃勇".into(), ..Default::default() }))]);
    let act = Act::Propose(Propose {
        day: day(9),
        unit: None,
        stated,
        why: String::new(),
        rest: Default::default(),
    });
    let mut found = own(1, &act, true);
    Arc::make_mut(&mut found.entry).household = HouseholdId::new(5, [5; 10]);
    let laid = lay(vec![card()], &[found.clone()], person(), "刘");
    assert_eq!(laid.get(&found.entry.household).map(|card| card.proposed), Some(true));
}

#[test]
fn a_corrected_proposal_replaces_the_card_until_it_is_a_file_and_a_withdrawn_one_leaves() {
    let proposing = |name: &str| {
        let name = Value::Name(NameValue { text: name.into(), ..Default::default() });
        let stated = Values::from([(Slot::Name, name)]);
        Act::Propose(Propose {
            day: day(9),
            unit: None,
            stated,
            why: String::new(),
            rest: Default::default(),
        })
    };
    let (first, second) = (own(1, &proposing("覃勇"), false), own(2, &proposing("覃勇军"), true));
    let withdraw = own(3, &Act::Withdraw(Withdraw { visit: first.entry.id, why: String::new() }), true);
    let shown = |card: Card, own: &[Own]| {
        let laid = lay(vec![card], own, person(), "刘").into_values().next();
        laid.map(|card| crate::state::due::name_of(&card))
    };
    let waiting = || Card { proposed: true, ..card() };
    let name = |text: &str| Some(text.to_owned());
    assert_eq!(shown(waiting(), std::slice::from_ref(&first)), name("王秀英"));
    assert_eq!(shown(waiting(), &[first.clone(), second.clone()]), name("覃勇军"));
    assert_eq!(shown(card(), &[first.clone(), second.clone()]), name("王秀英"));
    assert_eq!(shown(waiting(), &[first.clone(), second.clone(), withdraw.clone()]), None);
    assert_eq!(shown(card(), &[first.clone(), second.clone(), withdraw.clone()]), name("王秀英"));
    // What the office did not let them take back is still there.
    let state = LineState::NeedsLook { reason: Reason::NotAllowed, why: String::new() };
    let refused = Own { state, ahead_of_cards: false, ..withdraw };
    assert_eq!(shown(waiting(), &[first, second, refused]), name("覃勇军"));
}

#[test]
fn what_was_told_and_confirmed_is_shown_at_once() {
    let (need, other) = (NeedId::new(1, [1; 10]), EntryId::new(9, [9; 10]));
    let card = || {
        let asked = Need {
            id: need,
            kind: NeedKind::Living,
            words: "缺煤".into(),
            promised_until: None,
            rest: Rest::new(),
        };
        let reply = Some(Reply { need, day: day(5), words: "已批".into(), replaces: None });
        let needs = vec![NeedLine {
            need: asked,
            visit: other,
            author: person(),
            asked: day(1),
            reply,
            replied_by: None,
            reply_entry: None,
            told: None,
            told_by: None,
            told_by_telephone: false,
            told_before: None,
        }];
        let visits = vec![CardVisit {
            id: other,
            day: day(5),
            author: PersonId::new(3, [3; 10]),
            met: Some(Whose::Worker),
            companion: String::new(),
            companion_id: Some(person()),
            confirmed: false,
            joined: None,
            note: String::new(),
            next: None,
        }];
        Card { needs, visits, ..card() }
    };
    let visit = Visit { told: vec![need], ..moved_to("矿山路", 9) };
    let confirm = Act::Confirm(Confirm { visit: other });
    let shown = |own: &[Own]| {
        let laid = lay(vec![card()], own, person(), "刘").into_values().next().unwrap();
        let confirmed = laid.visits.iter().any(|line| line.id == other && line.confirmed);
        (laid.needs[0].told, confirmed)
    };
    assert_eq!(shown(&[]), (None, false));
    assert_eq!(shown(&[own(1, &Act::Visit(visit), true), own(2, &confirm, true)]), (Some(day(9)), true));
    assert_eq!(shown(&[own(2, &confirm, false)]), (None, false));
}

#[test]
fn an_alert_is_on_the_card_until_it_is_taken_back() {
    let alert =
        Alert { kind: EventKind::Illness, words: "住院".into(), day: day(9), rest: Default::default() };
    let raised = |ahead| own(1, &Act::Alert(alert.clone()), ahead);
    let id = raised(true).entry.id;
    let back = own(2, &Act::Withdraw(Withdraw { visit: id, why: String::new() }), true);
    let (author, taken_up, taken_up_by) = (person(), None, None);
    let line = AlertLine { id, author, alert: alert.clone(), taken_up, taken_up_by };
    let shown = |card: Card, own: &[Own]| {
        let laid = lay(vec![card], own, person(), "刘").into_values().next().unwrap();
        laid.alerts.iter().map(|line| line.id).collect::<Vec<_>>()
    };
    let carried = || Card { alerts: vec![line.clone()], ..card() };
    assert_eq!(shown(card(), &[raised(true)]), [id]);
    assert_eq!(
        shown(carried(), &[raised(true)]),
        [id],
        "once, where the union has it and the receipt was lost"
    );
    assert_eq!(shown(carried(), &[raised(false), back.clone()]), []);
    assert_eq!(shown(card(), &[raised(false), back]), []);
}

#[test]
fn what_others_said_of_a_visit_stays_when_it_is_corrected() {
    let first = own(1, &Act::Visit(moved_to("矿山路", 9)), false);
    let (id, stands) = (first.entry.id, EntryId::new(9, [9; 10]));
    let amend = Act::Amend(Amend { visit: id, replaces: id, version: moved_to("老工房", 9) });
    let visits = vec![CardVisit { id, confirmed: true, joined: Some(stands), ..visited(9) }];
    let card = Card { visits, ..card() };
    let laid = lay(vec![card], &[first, own(2, &amend, true)], person(), "刘").into_values().next().unwrap();
    let shown = laid.visits.iter().map(|line| (line.id, line.confirmed, line.joined)).collect::<Vec<_>>();
    assert_eq!(shown, [(id, true, Some(stands))]);
}

#[test]
fn that_nothing_happened_is_known_at_once() {
    let mut card = card();
    card.standings.remove(&Slot::Events);
    let mut form = Form::new(card.clone(), day(9), 1, None);
    form.met = Some(Met::Somebody(Whose::Worker));
    form.no_events();
    let state = |own: &[Own]| {
        let laid = lay(vec![card.clone()], own, person(), "刘").into_values().next().unwrap();
        *due::row(&laid, &[], day(9)).states.get(Item::Events)
    };
    assert_eq!(state(&[]), ItemState::Unknown);
    assert_eq!(state(&[own(1, &Act::Visit(form.visit()), true)]), ItemState::Known);
}

#[test]
fn a_visit_that_waits_for_the_households_approval_is_shown() {
    let of = |reason| {
        let state = LineState::NeedsLook { reason, why: String::new() };
        Own { state, ..own(1, &Act::Visit(moved_to("矿山路", 9)), false) }
    };
    assert_eq!(addresses(&[of(Reason::AwaitingApproval)]), vec![("矿山路".to_owned(), 9)]);
    assert_eq!(addresses(&[of(Reason::Refused)]), vec![("红旗小区 12 栋".to_owned(), 1)]);
}

#[test]
fn a_unit_is_called_as_the_union_calls_it_now() {
    let unit = |n| domain::id::UnitId::new(1, [n; 10]);
    let of = |n: u8| protocol::changes::Card { unit: Some(unit(n)), unit_name: "旧名".into(), ..card() };
    let union = serde_json::from_value(serde_json::json!({
        "stamp": "", "name": "", "utc_offset_minutes": 480, "categories": [],
        "units": [{ "id": unit(1), "name": "新名" }], "notice": { "version": 1, "words": "" },
    }))
    .unwrap();
    let names = |cards: Vec<protocol::changes::Card>| {
        cards.into_iter().map(|card| card.unit_name).collect::<Vec<_>>()
    };
    assert_eq!(names(super::named(vec![of(1), of(2)], Some(&union))), ["新名", "旧名"]);
    assert_eq!(names(super::named(vec![of(1)], None)), ["旧名"]);
}

#[test]
fn a_reply_told_by_telephone_is_told_at_once_and_until_it_is_taken_back() {
    let (need, reply) = (NeedId::new(1, [4; 10]), EntryId::new(7, [7; 10]));
    let tell = Act::Tell(Tell { need, reply, day: day(9), rest: Rest::default() });
    let back = Act::Withdraw(Withdraw { visit: EntryId::new(1, [1; 10]), why: String::new() });
    let laid_over = |known: Option<u8>, by_telephone: bool, by: PersonId, own: &[Own]| {
        let asked = Need {
            id: need,
            kind: NeedKind::Living,
            words: String::new(),
            promised_until: None,
            rest: Rest::default(),
        };
        let needs = vec![NeedLine {
            need: asked,
            visit: EntryId::new(3, [3; 10]),
            author: person(),
            asked: day(1),
            reply: Some(Reply { need, day: day(5), words: "已批".into(), replaces: None }),
            replied_by: None,
            reply_entry: Some(reply),
            told: known.map(day),
            told_by: known.map(|_| by),
            told_by_telephone: by_telephone,
            told_before: None,
        }];
        let laid = lay(vec![Card { needs, ..card() }], own, person(), "刘");
        assert_eq!(laid[&card().household].last_visit, card().last_visit, "it is no visit");
        let line = &laid[&card().household].needs[0];
        (line.told, line.told_by_telephone)
    };
    let check = |known: Option<u8>, own: &[Own], expected: Option<u8>| {
        let laid = laid_over(known, known.is_some(), person(), own);
        assert_eq!(laid, (expected.map(day), expected.is_some()));
    };
    check(None, &[own(1, &tell, true)], Some(9));
    // The office's card is the later word.
    check(None, &[own(1, &tell, false)], None);
    check(None, &[own(1, &tell, true), own(2, &back, true)], None);
    check(Some(9), &[own(1, &tell, false), own(2, &back, true)], None);
    check(Some(9), &[own(1, &tell, false), own(2, &back, false)], Some(9));
    // Somebody told them at the door on that day, or by telephone too: that stands.
    let taken_back = [own(1, &tell, false), own(2, &back, true)];
    assert_eq!(laid_over(Some(9), false, person(), &taken_back), (Some(day(9)), false));
    assert_eq!(laid_over(Some(9), true, PersonId::new(3, [3; 10]), &taken_back), (Some(day(9)), true));
}

#[test]
fn a_record_that_no_longer_stands_says_what_became_of_it() {
    let visit = own(1, &Act::Visit(moved_to("矿山路", 9)), false);
    let first = visit.entry.id;
    let amend = Act::Amend(Amend { visit: first, replaces: first, version: moved_to("老工房", 9) });
    let amend = own(2, &amend, false);
    let withdraw = own(3, &Act::Withdraw(Withdraw { visit: first, why: String::new() }), true);
    let second = amend.entry.id;
    let check = |own: &[Own], expected: &[(EntryId, Since)]| {
        assert_eq!(since(own).into_iter().collect::<Vec<_>>(), expected);
    };
    check(std::slice::from_ref(&visit), &[]);
    check(&[visit.clone(), amend.clone()], &[(first, Since::Amended)]);
    check(&[visit, amend, withdraw], &[(first, Since::Withdrawn), (second, Since::Withdrawn)]);
}

#[test]
fn what_the_family_was_told_of_the_next_visit_is_on_the_card_at_once() {
    let visit = Visit { next: Some(day(20)), ..moved_to("矿山路", 9) };
    let own = [own(1, &Act::Visit(visit), true)];
    let laid = lay(vec![card()], &own, person(), "刘").into_values().next().unwrap();
    assert_eq!(laid.promised(), Some(day(20)));
}

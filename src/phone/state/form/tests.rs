//! The form as data: what is tapped and typed, and the visit that comes of it.

use super::{AlertForm, Amending, Form, Met, Pick, needs::NeedForm, reopen::OwnWord};
use crate::engine::Draft;
use crate::state::builders::{card, child, day, person, stands};
use domain::{
    answer::{Answer, NotAskedReason},
    check::{Finding, LINE_MAX, NAME_MAX, NOTE_MAX, WORDS_MAX},
    entry::{Act, ENTRY_BYTES_MAX},
    id::{ChildId, EntryId, EventId, NeedId},
    item::Item,
    observation::{Standing, Stands},
    slot::{Slot, Value, Values},
    value::{AddressValue, ChildValue, EventKind, EventValue, Whose},
    verbatim::Verbatim,
    visit::{Companion, Consent, NeedKind, Visit},
};
use protocol::changes::Card;

mod dropping;
mod telling;

fn form() -> Form {
    Form::new(card(), day(10), 1, None)
}

fn answer(form: &Form, item: Item) -> Answer {
    form.items.get(item).answer().unwrap_or(Answer::Declined)
}

fn changed(form: &Form, item: Item) -> (Values, Values) {
    match answer(form, item) {
        Answer::Changed { stated, confirmed } => (stated, confirmed),
        other => (
            Values::new(),
            Values::from([(
                Slot::Name,
                Value::Name(domain::value::NameValue { text: format!("{other:?}"), ..Default::default() }),
            )]),
        ),
    }
}

#[test]
fn six_taps_of_unchanged_make_a_whole_visit() {
    let mut form = form();
    form.met = Some(Met::Somebody(Whose::Worker));
    assert_eq!(form.missing(day(10)).len(), 6);
    for item in [Item::Name, Item::Address, Item::Telephone, Item::Spouse, Item::Schooling] {
        form.pick(item, Pick::Unchanged);
    }
    form.no_events();
    assert_eq!(form.missing(day(10)), Vec::new());
    let Answer::Unchanged { confirmed } = answer(&form, Item::Schooling) else { panic!("not unchanged") };
    assert_eq!(confirmed.keys().copied().collect::<Vec<_>>(), vec![Slot::Schooling, Slot::Child(child())]);
    assert!(form.visit().answers.iter().all(|(item, answer)| answer.fits(*item)));
}

#[test]
fn before_anybody_is_said_to_be_met_all_seven_are_missing() {
    assert_eq!(form().missing(day(10)).len(), 7);
}

#[test]
fn an_attempt_asks_nothing() {
    let mut form = form();
    form.pick(Item::Name, Pick::Unchanged);
    form.met = Some(Met::Nobody);
    assert_eq!((form.missing(day(10)), form.visit().answers.len()), (Vec::new(), 0));
}

#[test]
fn a_day_after_today_is_found() {
    let mut form = form();
    form.met = Some(Met::Nobody);
    form.day = day(11);
    assert_eq!(form.missing(day(10)), vec![Finding::DayInFuture]);
}

#[test]
fn what_is_touched_is_stated_and_the_rest_of_the_item_confirmed() {
    let mut form = form();
    form.pick(Item::Schooling, Pick::Changed);
    form.items.schooling.set(
        Slot::Child(child()),
        Value::Child(ChildValue {
            name: "张小燕".into(), school: "市第一中学".into(), ..Default::default()
        }),
    );
    let (stated, confirmed) = changed(&form, Item::Schooling);
    assert_eq!(stated.keys().copied().collect::<Vec<_>>(), vec![Slot::Child(child())]);
    assert_eq!(confirmed.keys().copied().collect::<Vec<_>>(), vec![Slot::Schooling]);
}

#[test]
fn blanks_alone_are_no_change() {
    let mut form = form();
    form.pick(Item::Address, Pick::Changed);
    form.items.address.set(
        Slot::Address,
        Value::Address(AddressValue { text: " 红旗小区12 栋 ".into(), ..Default::default() }),
    );
    let (stated, confirmed) = changed(&form, Item::Address);
    assert!(stated.is_empty());
    assert_eq!(confirmed, form.items.address.base);
}

#[test]
fn a_child_added_changes_the_list() {
    let mut form = form();
    let new = ChildId::new(5, [5; 10]);
    form.pick(Item::Schooling, Pick::Changed);
    form.add_child(new);
    let (stated, confirmed) = changed(&form, Item::Schooling);
    assert_eq!(
        stated.keys().copied().collect::<Vec<_>>(),
        vec![Slot::Schooling, Slot::Child(new)]
            .into_iter()
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
    assert_eq!(confirmed.keys().copied().collect::<Vec<_>>(), vec![Slot::Child(child())]);
    form.end_child(new, day(10));
    assert!(changed(&form, Item::Schooling).0.is_empty());
}

#[test]
fn a_child_that_left_is_ended_and_off_the_list() {
    let mut form = form();
    form.pick(Item::Schooling, Pick::Changed);
    form.end_child(child(), day(10));
    let (stated, _) = changed(&form, Item::Schooling);
    assert_eq!(stated.get(&Slot::Schooling), Some(&Value::Children(Vec::new())));
    assert!(matches!(stated.get(&Slot::Child(child())), Some(Value::Ended(_))));
    form.keep_child(child());
    assert!(changed(&form, Item::Schooling).0.is_empty());
}

#[test]
fn no_event_where_nothing_was_known_states_the_empty_list() {
    let mut card = card();
    card.standings.remove(&Slot::Events);
    let mut form = Form::new(card, day(10), 1, None);
    form.no_events();
    assert!(form.says_no_events());
    let (stated, _) = changed(&form, Item::Events);
    assert_eq!(stated, Values::from([(Slot::Events, Value::EventList(Vec::new()))]));
    // Then there was one after all: the fields begin anew.
    form.pick(Item::Events, Pick::Changed);
    form.add_event(EventId::new(1, [1; 10]));
    assert!(!form.says_no_events());
}

#[test]
fn what_nobody_knows_begins_blank_and_must_be_filled() {
    let mut card = card();
    card.standings.remove(&Slot::Address);
    let mut form = Form::new(card, day(10), 1, None);
    assert!(!form.items.address.whole);
    form.met = Some(Met::Somebody(Whose::Spouse));
    form.pick(Item::Address, Pick::Changed);
    assert!(form.missing(day(10)).contains(&Finding::FieldMissing(Item::Address)));
}

#[test]
fn rivals_have_no_unchanged_and_the_one_picked_is_stated() {
    let mut card = card();
    let other = Value::Address(AddressValue { text: "老工房 26 栋".into(), ..Default::default() });
    if let Some(standing) = card.standings.get_mut(&Slot::Address) {
        standing.values.push(stands(other.clone(), day(3)));
    }
    let mut form = Form::new(card, day(10), 1, None);
    assert!(!form.items.address.whole);
    form.pick(Item::Address, Pick::Changed);
    assert!(changed(&form, Item::Address).0.is_empty());
    form.items.address.set(Slot::Address, other.clone());
    assert_eq!(changed(&form, Item::Address).0, Values::from([(Slot::Address, other)]));
}

#[test]
fn not_asked_is_no_answer_before_its_reason() {
    let mut form = form();
    form.pick(Item::Name, Pick::WhyNot);
    assert_eq!(form.items.name.answer(), None);
    form.pick(Item::Name, Pick::NotAsked(NotAskedReason::NoTime));
    assert_eq!(answer(&form, Item::Name), Answer::NotAsked { reason: NotAskedReason::NoTime });
}

#[test]
fn the_next_open_question_is_the_one_below_then_from_the_top() {
    let mut form = form();
    form.pick(Item::Address, Pick::Unchanged);
    assert_eq!(form.next_open(Item::Address), Some(Item::Telephone));
    for item in [Item::Telephone, Item::Spouse, Item::Schooling, Item::Events] {
        form.pick(item, Pick::Declined);
    }
    assert_eq!(form.next_open(Item::Events), Some(Item::Name));
}

#[test]
fn a_draft_survives_the_disk() {
    let mut form = form();
    form.pick(Item::Schooling, Pick::Changed);
    form.add_child(ChildId::new(5, [5; 10]));
    let again: Form = serde_json::to_string(&form)
        .and_then(|text| serde_json::from_str(&text))
        .unwrap_or_else(|_| self::form());
    assert_eq!(again, form);
}

#[test]
fn an_untouched_correction_is_the_same_visit() {
    let mut form = form();
    form.met = Some(Met::Somebody(Whose::Worker));
    form.pick(Item::Name, Pick::Unchanged);
    form.pick(Item::Address, Pick::Changed);
    form.items.address.set(
        Slot::Address,
        Value::Address(AddressValue { text: "矿山路 54 栋".into(), ..Default::default() }),
    );
    form.pick(Item::Schooling, Pick::Changed);
    form.end_child(child(), day(10));
    form.pick(Item::Spouse, Pick::Declined);
    form.note = "不通车".into();
    let visit = form.visit();
    let id = EntryId::new(1, [1; 10]);
    let again = Form::reopen(card(), &visit, Amending { visit: id, replaces: id });
    assert_eq!(again.visit(), visit);
    assert_eq!(person(), person());
}

#[test]
fn what_is_being_corrected_is_not_shown_as_known_before() {
    let id = EntryId::new(1, [1; 10]);
    let again = |change: &dyn Fn(&mut Form)| {
        let mut form = form();
        form.met = Some(Met::Somebody(Whose::Worker));
        change(&mut form);
        let mut after = card();
        // The card shows by then what the visit said.
        let address =
            form.items.address.edit.get(&Slot::Address).unwrap_or(&form.items.address.base[&Slot::Address]);
        let stands = Stands { entry: id, ..stands(address.clone(), day(10)) };
        after.standings.insert(Slot::Address, Standing { values: vec![stands], declined: None });
        Form::reopen(after, &form.visit(), Amending { visit: id, replaces: id })
    };
    let kept = again(&|form| form.pick(Item::Address, Pick::Unchanged));
    assert_eq!((kept.own_word(Item::Address), kept.own_word(Item::Name)), (Some(OwnWord::Shown), None));
    let moved = again(&|form| {
        form.pick(Item::Address, Pick::Changed);
        let address = AddressValue { text: "矿山路".into(), ..Default::default() };
        form.items.address.set(Slot::Address, Value::Address(address));
    });
    assert_eq!(moved.own_word(Item::Address), Some(OwnWord::Replaced));
    assert_eq!(form().own_word(Item::Address), None);
}

#[test]
fn a_change_said_by_mistake_can_go_back_to_what_stood() {
    let id = EntryId::new(1, [1; 10]);
    let mistaken = |change: &dyn Fn(&mut Form)| {
        let mut form = form();
        form.met = Some(Met::Somebody(Whose::Worker));
        change(&mut form);
        // By then the card knows no other value than the mistaken one.
        let bare = Card { standings: Default::default(), ..card() };
        Form::reopen(bare, &form.visit(), Amending { visit: id, replaces: id })
    };
    let mut again = mistaken(&|form| {
        form.pick(Item::Address, Pick::Changed);
        form.items
            .address
            .set(Slot::Address, Value::Address(AddressValue { text: "矿山路".into(), ..Default::default() }));
    });
    assert!(again.items.address.whole);
    again.pick(Item::Address, Pick::Unchanged);
    assert_eq!(answer(&again, Item::Address), Answer::Unchanged { confirmed: form().items.address.base });
    assert!(again.visit().before.is_empty());
    let mut again = mistaken(&|form| {
        form.pick(Item::Schooling, Pick::Changed);
        form.end_child(child(), day(10));
    });
    again.pick(Item::Schooling, Pick::Unchanged);
    assert_eq!(answer(&again, Item::Schooling), Answer::Unchanged { confirmed: form().items.schooling.base });
    // What nobody knew before the visit cannot be unchanged.
    let mut card = card();
    card.standings.remove(&Slot::Address);
    let mut first = Form::new(card.clone(), day(10), 1, None);
    first.met = Some(Met::Somebody(Whose::Worker));
    first.pick(Item::Address, Pick::Changed);
    first
        .items
        .address
        .set(Slot::Address, Value::Address(AddressValue { text: "矿山路".into(), ..Default::default() }));
    assert!(!Form::reopen(card, &first.visit(), Amending { visit: id, replaces: id }).items.address.whole);
}

#[test]
fn what_sort_of_need_it_is_must_be_said() {
    let mut form = form();
    form.met = Some(Met::Somebody(Whose::Worker));
    for item in Item::ALL {
        form.pick(item, Pick::Declined);
    }
    let mut need = NeedForm::new(NeedId::new(1, [1; 10]));
    need.words = "房顶漏雨".into();
    form.needs.push(need);
    assert_eq!(form.missing(day(10)), vec![Finding::NeedEmpty]);
    form.needs[0].kind = Some(NeedKind::Housing);
    assert_eq!(form.missing(day(10)), Vec::new());
    form.needs[0].words.clear();
    assert_eq!(form.missing(day(10)), vec![Finding::NeedEmpty]);
    form.needs[0].kind = None;
    assert_eq!(form.missing(day(10)), vec![Finding::NeedEmpty]);
    form.met = Some(Met::Nobody);
    assert_eq!(form.missing(day(10)), Vec::new());
}

#[test]
fn consent_is_asked_once_per_notice() {
    assert_eq!(form().notice, None);
    assert_eq!(Form::new(card(), day(10), 2, None).notice, Some(2));
}

#[test]
fn consent_is_asked_until_it_is_given_refused_or_put_off() {
    let newer = |met: Met| {
        let mut form = Form::new(card(), day(10), 2, None);
        form.met = Some(met);
        Item::ALL.into_iter().for_each(|item| form.pick(item, Pick::Declined));
        form
    };
    let mut form = newer(Met::Somebody(Whose::Worker));
    assert_eq!(form.missing(day(10)), vec![Finding::ConsentMissing]);
    for given in [Some(true), Some(false), None] {
        form.say_consent(given);
        assert_eq!(form.missing(day(10)), Vec::new());
        assert_eq!(form.visit().consent, given.map(|given| Consent { notice: 2, given }));
    }
    // Put off writes nothing down: whoever is visited next is asked.
    let line = form.visit().consent.map(|consent| (day(10), consent));
    let next = Form::new(Card { consent: line.or(card().consent), ..card() }, day(11), 2, None);
    assert!(next.consent_unsaid());
    assert_eq!(newer(Met::Nobody).missing(day(10)), Vec::new());
}

/// A visit to which nothing is wanting but what `half` begins: it is missing, or it is in what is recorded.
fn check_half(half: impl Fn(&mut Form), missing: &[Finding], kept: impl Fn(&Visit) -> bool) {
    let mut form = form();
    form.met = Some(Met::Somebody(Whose::Worker));
    for item in Item::ALL {
        form.pick(item, Pick::Declined);
    }
    assert_eq!(form.missing(day(10)), Vec::new());
    half(&mut form);
    assert_eq!(form.missing(day(10)), missing);
    assert!(!missing.is_empty() || kept(&form.visit()), "dropped: {form:?}");
}

#[test]
fn what_is_begun_is_recorded_or_missing_and_never_dropped() {
    let (never, id) = (|_: &Visit| false, NeedId::new(1, [1; 10]));
    let states = |item: Item| move |visit: &Visit| matches!(visit.answers.get(&item), Some(Answer::Changed { stated, .. }) if !stated.is_empty());
    check_half(|form| form.needs.push(NeedForm::new(id)), &[Finding::NeedEmpty], never);
    let worded = NeedForm { words: "漏雨".into(), ..NeedForm::new(id) };
    check_half(|form| form.needs.push(worded.clone()), &[Finding::NeedEmpty], never);
    let sorted = NeedForm { kind: Some(NeedKind::Housing), ..NeedForm::new(id) };
    check_half(|form| form.needs.push(sorted.clone()), &[Finding::NeedEmpty], never);
    let named = |name: &str| Some(Companion::Named(name.to_owned()));
    check_half(|form| form.companion = named(" "), &[Finding::CompanionUnnamed], never);
    check_half(|form| form.companion = named("李"), &[], |visit| visit.companion == named("李"));
    check_half(|form| form.note = "记".into(), &[], |visit| visit.note == "记");
    check_half(|form| form.next = Some(day(20)), &[], |visit| visit.next == Some(day(20)));
    let changed = |item: Item, change: fn(&mut Form)| {
        move |form: &mut Form| {
            form.pick(item, Pick::Changed);
            change(form);
        }
    };
    for item in Item::ALL {
        check_half(changed(item, |_| ()), &[Finding::FieldMissing(item)], never);
    }
    let child = |form: &mut Form| form.add_child(ChildId::new(5, [5; 10]));
    check_half(changed(Item::Schooling, child), &[Finding::FieldMissing(Item::Schooling)], never);
    check_half(
        changed(Item::Telephone, Form::add_telephone),
        &[Finding::FieldMissing(Item::Telephone)],
        never,
    );
    let event = |form: &mut Form| form.add_event(EventId::new(5, [5; 10]));
    check_half(changed(Item::Events, event), &[Finding::FieldMissing(Item::Events)], never);
    let sorted = |form: &mut Form| {
        form.add_event(EventId::new(5, [5; 10]));
        form.say_kind(EventId::new(5, [5; 10]), Some(EventKind::Death));
    };
    check_half(changed(Item::Events, sorted), &[], states(Item::Events));
}

#[test]
fn an_alert_that_was_ticked_is_sent_or_missing() {
    let check = |kind: Option<EventKind>, words: &str, sent: Option<(EventKind, &str)>| {
        let alert = AlertForm { kind, words: words.to_owned() };
        let act = alert.act(day(10));
        let found = act.map(|act| match act {
            Act::Alert(alert) => (alert.kind, alert.words),
            other => panic!("no alert: {other:?}"),
        });
        assert_eq!(found, sent.map(|(kind, words)| (kind, words.to_owned())));
        let missing = if sent.is_none() { vec![Finding::AlertUnsaid] } else { Vec::new() };
        for met in [Met::Nobody, Met::Somebody(Whose::Worker)] {
            let mut form = form();
            form.met = Some(met);
            Item::ALL.into_iter().for_each(|item| form.pick(item, Pick::Declined));
            form.alert = Some((draft(), alert.clone()));
            assert_eq!(form.missing(day(10)), missing, "{kind:?} {words}");
        }
    };
    check(None, "", None);
    check(None, "井下出事了", None);
    check(Some(EventKind::Accident), " ", Some((EventKind::Accident, "")));
    check(Some(EventKind::Accident), "井下出事了 ", Some((EventKind::Accident, "井下出事了")));
}

fn draft() -> Draft {
    Draft {
        id: EntryId::new(1, [3; 10]),
        household: card().household,
        kind: "alert".into(),
        nonce: String::new(),
        seal_random: String::new(),
        wall_ms: 0,
        form: Verbatim::default(),
        saved_at_ms: 0,
        hand: crate::engine::Hand::default(),
        seen: crate::engine::Hand::default(),
    }
}

/// A form in which every field is as full of a sign as a browser lets it be: it counts 16-bit units.
fn full_form(sign: &str) -> Form {
    let long = |units: usize| sign.repeat(units / sign.encode_utf16().count());
    let event = |kind| {
        let (who, what) = (long(NAME_MAX), long(WORDS_MAX));
        Value::Event(EventValue { kind, day: None, who, what, cost_fen: None, rest: Default::default() })
    };
    let events: Vec<_> = (0..12).map(|n| EventId::new(1, [n; 10])).collect();
    let mut card = card();
    let mut put = |slot, value| {
        card.standings.insert(slot, Standing { values: vec![stands(value, day(1))], declined: None })
    };
    put(Slot::Events, Value::EventList(events.clone()));
    for id in &events {
        put(Slot::Event(*id), event(EventKind::Illness));
    }
    let mut form = Form::new(card, day(10), 1, None);
    form.met = Some(Met::Somebody(Whose::Worker));
    for item in Item::ALL {
        form.pick(item, Pick::Changed);
    }
    for id in events {
        form.items.events.set(Slot::Event(id), event(EventKind::Disaster));
    }
    let address = AddressValue { text: long(LINE_MAX), landmark: long(LINE_MAX), ..Default::default() };
    form.items.address.set(Slot::Address, Value::Address(address));
    for n in 1..12 {
        let id = ChildId::new(5, [n; 10]);
        form.add_child(id);
        let child = ChildValue { name: long(NAME_MAX), school: long(LINE_MAX), ..Default::default() };
        form.items.schooling.set(Slot::Child(id), Value::Child(child));
    }
    for n in 0..12 {
        let mut need = NeedForm::new(NeedId::new(1, [n; 10]));
        need.words = long(WORDS_MAX);
        form.needs.push(need);
    }
    form.note = long(NOTE_MAX);
    form
}

#[test]
fn a_form_with_every_field_full_fits_an_entry() {
    let bytes = |payload: &Visit| serde_json::to_vec(payload).unwrap().len();
    // Three bytes for one unit are the most there is: a sign of four bytes counts as two.
    for sign in ["记", "𠮷"] {
        let form = full_form(sign);
        let Act::Visit(visit) = form.act() else { panic!("not a visit") };
        assert!(bytes(&visit) < ENTRY_BYTES_MAX - 1024, "{sign}: {}", bytes(&visit));
        let too_long = bytes(&form.visit()) >= ENTRY_BYTES_MAX - 1024;
        let before = if too_long { Values::new() } else { form.visit().before };
        assert_eq!(visit, Visit { before, ..form.visit() });
    }
    assert!(bytes(&full_form("记").visit()) > ENTRY_BYTES_MAX, "what stood before is left out");
}

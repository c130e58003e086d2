//! What is asked about before it goes, and what an event gives to the alert.

use super::form;
use crate::state::form::{AlertForm, Met, Pick, answer::Dropped, needs::NeedForm};
use domain::{
    id::{EventId, NeedId},
    item::Item,
    slot::{Slot, Value},
    value::{EventKind, Whose},
    visit::NeedKind,
};

#[test]
fn an_attempt_drops_what_was_filled_in_and_nothing_where_nothing_was() {
    let mut form = form();
    form.met = Some(Met::Nobody);
    form.note = "没人".into();
    form.needs.push(NeedForm::new(NeedId::new(1, [1; 10])));
    assert_eq!(form.dropped(), Dropped::default(), "the note is kept, and nothing is said of the need");
    form.pick(Item::Name, Pick::Unchanged);
    form.pick(Item::Address, Pick::Declined);
    form.needs.push(NeedForm { kind: Some(NeedKind::Medical), ..NeedForm::new(NeedId::new(2, [2; 10])) });
    form.told.push(NeedId::new(3, [3; 10]));
    assert_eq!(form.dropped(), Dropped { answers: 2, needs: 1, told: 1, consent: false });
    form.notice = Some(2);
    form.say_consent(Some(true));
    assert!(form.dropped().consent && form.visit().consent.is_none());
    form.met = Some(Met::Somebody(Whose::Worker));
    assert_eq!(form.dropped(), Dropped::default());
}

#[test]
fn an_alert_begins_with_the_event_noted_last() {
    let mut form = form();
    assert_eq!(form.new_alert(), AlertForm::default());
    let id = EventId::new(1, [1; 10]);
    form.begin_event(id);
    form.say_kind(id, Some(EventKind::Accident));
    if let Some(Value::Event(event)) = form.items.events.edit.get_mut(&Slot::Event(id)) {
        (event.who, event.what) = ("王秀英".into(), "骑车摔伤".into());
    }
    let begun = AlertForm { kind: Some(EventKind::Accident), words: "王秀英，骑车摔伤".into() };
    assert_eq!(form.new_alert(), begun);
    form.pick(Item::Events, Pick::Declined);
    assert_eq!(form.new_alert(), AlertForm::default());
}

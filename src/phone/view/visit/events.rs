//! Major events, one by one: added, corrected, over.

use super::{Visiting, field::SlotField};
use crate::state::{form::lists::blank_event, use_app};
use crate::view::said;
use domain::{
    check,
    id::EventId,
    slot::{Slot, Value},
    value::{EventKind, EventValue},
};
use leptos::prelude::*;
use ui::fields::{choice::Choice, date::LooseDateField, number::MoneyField, text::TextField};
use ui::icon::{Icon, IconMark};
use ui::{t, words};

/// What sorts of events there are.
pub const KINDS: [EventKind; 9] = [
    EventKind::Illness,
    EventKind::Accident,
    EventKind::Death,
    EventKind::JobLoss,
    EventKind::Disaster,
    EventKind::Marriage,
    EventKind::Birth,
    EventKind::SchoolEntry,
    EventKind::Other,
];

/// All events of the form; 有大事 on a list without any begins one.
#[component]
pub fn Events(editing: Visiting) -> impl IntoView {
    let app = use_app();
    let events = Memo::new(move |_| editing.form.with(|form| form.items.events.event_slots()));
    let add = move || editing.change(|form| form.add_event(app.new_event()));
    if events.with_untracked(Vec::is_empty) {
        add();
    }
    view! {
        <For each=move || events.get() key=|id| *id children=move |id| view! { <OneEvent editing id /> } />
        <Show when=move || events.with(|events| events.len() < check::LIST_MAX)>
            <button type="button" class="button" on:click=move |_| add()><IconMark icon=Icon::Plus />{t!(phone.add_event())}</button>
        </Show>
    }
}

#[component]
fn OneEvent(editing: Visiting, id: EventId) -> impl IntoView {
    let slot = Slot::Event(id);
    let ended = Memo::new(move |_| {
        editing.form.with(|form| matches!(form.items.events.edit.get(&slot), Some(Value::Ended(_))))
    });
    move || {
        if ended.get() {
            view! { <Over editing id /> }.into_any()
        } else {
            view! { <EventFields editing id /> }.into_any()
        }
    }
}

#[component]
fn EventFields(editing: Visiting, id: EventId) -> impl IntoView {
    let app = use_app();
    fn read(value: &Value) -> Option<&EventValue> {
        if let Value::Event(event) = value { Some(event) } else { None }
    }
    let event = SlotField::new(editing, Slot::Event(id), read, Value::Event, blank_event);
    let known = editing.form.with_untracked(|form| form.items.events.base.contains_key(&Slot::Event(id)));
    let kinds =
        Signal::derive(|| KINDS.map(|kind| (kind, words::domain().event_kind(kind).to_owned())).to_vec());
    let kind = event.part(|event| Some(event.kind));
    let pick_kind = event.put(|event, kind: Option<EventKind>| event.kind = kind.unwrap_or(EventKind::Other));
    let end = move |_| editing.change(|form| form.end_event(id, app.today.get_untracked()));
    view! {
        <fieldset class="member" data-event=id.to_string()>
            <div class="fields">
                <Choice label=t!(phone.field_event_kind()) options=kinds value=kind
                    on_pick=pick_kind />
                <TextField label=t!(phone.field_event_who()) value=event.part(|event| event.who.clone())
                    on_input=event.put(|event, text| event.who = text) longest=check::NAME_MAX />
                <LooseDateField label=t!(phone.field_event_day()) value=event.part(|event| event.day) on_input=event.put(|event, day| event.day = day) />
                <MoneyField label=t!(phone.field_event_cost()) fen=event.part(|event| event.cost_fen) on_input=event.put(|event, fen| event.cost_fen = fen) />
                <div class="wide"><TextField label=t!(phone.field_event_what()) value=event.part(|event| event.what.clone())
                    on_input=event.put(|event, text| event.what = text) lines=3 longest=check::WORDS_MAX whole=true /></div>
            </div>
            <button type="button" class="button quiet" on:click=end>
                <IconMark icon=Icon::Cross />
                {move || if known { words::phone().event_over() } else { words::phone().child_remove() }}
            </button>
        </fieldset>
    }
}

#[component]
fn Over(editing: Visiting, id: EventId) -> impl IntoView {
    let app = use_app();
    let line = move || {
        editing.form.with_untracked(|form| {
            let before = form.items.events.base.get(&Slot::Event(id));
            before.map(|value| said::value_line(value, app.today.get())).unwrap_or_default()
        })
    };
    view! {
        <div class="member ended" data-event=id.to_string()>
            <span class="grow">{line}{words::DOT}{t!(phone.event_over())}</span>
            <button type="button" class="button" on:click=move |_| editing.change(|form| form.keep_event(id))>{t!(phone.event_back())}</button>
        </div>
    }
}

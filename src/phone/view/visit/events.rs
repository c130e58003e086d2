//! Major events, one by one: added, corrected, over.

use super::{Visiting, field::SlotField, removal::Removal};
use crate::state::{
    form::{Form, lists::blank_event},
    use_app,
};
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

/// The new events of the form, then those on file, each a line that opens to be corrected.
#[component]
pub fn Events(editing: Visiting) -> impl IntoView {
    let app = use_app();
    let of = move |before: bool| {
        Memo::new(move |_| {
            editing.form.with(|form| {
                let events = &form.items.events;
                let slots = events.event_slots().into_iter();
                slots.filter(|id| events.was_there(Slot::Event(*id)) == before).collect::<Vec<_>>()
            })
        })
    };
    let (new, before) = (of(false), of(true));
    let add = move |_| editing.change(|form| form.add_event(app.new_event()));
    view! {
        <For each=move || new.get() key=|id| *id children=move |id| view! { <OneEvent editing id /> } />
        <Show when=move || { new.with(Vec::len) + before.with(Vec::len) < check::LIST_MAX }>
            <button type="button" class="button" on:click=add><IconMark icon=Icon::Plus />{t!(phone.add_event())}</button>
        </Show>
        <Show when=move || before.with(|before| !before.is_empty())>
            <p class="aside">{t!(phone.events_before())}</p>
        </Show>
        <For each=move || before.get() key=|id| *id children=move |id| view! { <OneEvent editing id /> } />
    }
}

#[component]
fn OneEvent(editing: Visiting, id: EventId) -> impl IntoView {
    let slot = Slot::Event(id);
    let ended = Memo::new(move |_| {
        editing.form.with(|form| matches!(form.items.events.edit.get(&slot), Some(Value::Ended(_))))
    });
    let differs = |form: &Form| form.items.events.edit.get(&slot) != form.items.events.base.get(&slot);
    let open = RwSignal::new(editing.form.with_untracked(differs));
    move || match (ended.get(), open.get()) {
        (true, _) => view! { <Over editing id /> }.into_any(),
        (false, true) => view! { <EventFields editing id /> }.into_any(),
        (false, false) => view! { <Before editing id open /> }.into_any(),
    }
}

/// An event on file as a line; a tap opens its fields.
#[component]
fn Before(editing: Visiting, id: EventId, open: RwSignal<bool>) -> impl IntoView {
    let correct = move |_| {
        editing.change(Form::correct_events);
        open.set(true);
    };
    view! {
        <button type="button" class="button wide event-before" data-event=id.to_string() on:click=correct>
            <span class="grow lines">{line_of(editing, id)}</span><IconMark icon=Icon::Pencil />
        </button>
    }
}

/// An event as it stood before the form.
fn line_of(editing: Visiting, id: EventId) -> impl Fn() -> String {
    let app = use_app();
    move || {
        editing.form.with_untracked(|form| {
            let before = form.items.events.base.get(&Slot::Event(id));
            before.map(|value| said::value_line(value, app.today.get())).unwrap_or_default()
        })
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
    let kind = Signal::derive(move || {
        editing.form.with(|form| match form.items.events.edit.get(&Slot::Event(id)) {
            Some(Value::Event(event)) => form.kind_of(id, event),
            _ => None,
        })
    });
    let pick_kind = move |kind: Option<EventKind>| editing.change(|form| form.say_kind(id, kind));
    let end = move |()| editing.change(|form| form.end_event(id, app.today.get_untracked()));
    view! {
        <fieldset class="member" data-event=id.to_string()>
            <div class="fields">
                <Choice label=t!(phone.field_event_kind()) options=kinds value=kind
                    on_pick=pick_kind />
                <TextField label=t!(phone.field_event_who()) value=event.part(|event| event.who.clone())
                    on_input=event.put(|event, text| event.who = text) longest=check::NAME_MAX />
                <LooseDateField label=t!(phone.field_event_day()) value=event.part(|event| event.day) on_input=event.put(|event, day| event.day = day)
                    unread=event.unread("day")
                    today=Signal::derive(move || Some(app.today.get())) />
                <MoneyField label=t!(phone.field_event_cost()) fen=event.part(|event| event.cost_fen) on_input=event.put(|event, fen| event.cost_fen = fen)
                    unread=event.unread("cost") />
                <div class="wide"><TextField label=t!(phone.field_event_what()) value=event.part(|event| event.what.clone())
                    on_input=event.put(|event, text| event.what = text) lines=3 longest=check::WORDS_MAX whole=true /></div>
            </div>
            <Removal label=move || if known { words::phone().event_over() } else { words::phone().child_remove() }
                typed=Signal::derive(move || event.is_typed()) on_remove=end />
        </fieldset>
    }
}

#[component]
fn Over(editing: Visiting, id: EventId) -> impl IntoView {
    view! {
        <div class="member ended" data-event=id.to_string()>
            <span class="grow">{line_of(editing, id)}{words::DOT}{t!(phone.event_over())}</span>
            <button type="button" class="button" on:click=move |_| editing.change(|form| form.keep_event(id))>{t!(phone.event_back())}</button>
        </div>
    }
}

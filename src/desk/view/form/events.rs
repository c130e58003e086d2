//! 大事: these major events and no more.

use super::{
    of_draft::{part, write},
    six::KnownChoice,
};
use crate::{
    platform,
    state::six_draft::{Known, SixDraft, new_event},
};
use domain::{
    check::{LIST_MAX, NAME_MAX, WORDS_MAX},
    day::LooseDay,
    id::EventId,
    value::{EventKind, EventValue},
};
use leptos::prelude::*;
use ui::{
    fields::{choice::Choice, date::LooseDateField, number::MoneyField, text::TextField},
    icon::{Icon, IconMark},
    t, words,
};

const ALL: [EventKind; 9] = [
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

/// The events.
#[component]
pub fn Events(draft: RwSignal<SixDraft>) -> impl IntoView {
    let known = part(draft, |draft| draft.events_known);
    let pick = write(draft, |draft, known| {
        draft.events_known = known;
        if known == Known::These && draft.events.is_empty() {
            draft.events.push((platform::event_id(), new_event()));
        }
    });
    let ids = Memo::new(move |_| match known.get() {
        Known::These => draft.with(|draft| draft.events.iter().map(|(id, _)| *id).collect()),
        Known::NotYet | Known::Nothing => Vec::new(),
    });
    let add = move |_| draft.update(|draft| draft.events.push((platform::event_id(), new_event())));
    let may_add = move || (1..LIST_MAX).contains(&ids.read().len());
    view! {
        <KnownChoice label=t!(desk.events()) none=t!(domain.no_events()) these=t!(domain.an_event()) value=known on_pick=pick />
        <For each=move || ids.get() key=|id| *id let:id><Event draft id /></For>
        {move || may_add().then(|| view! {
            <button type="button" class="button" on:click=add><IconMark icon=Icon::Plus />{t!(desk.another_event())}</button>
        })}
    }
}

/// What writes one event.
fn on<T: 'static>(
    draft: RwSignal<SixDraft>,
    id: EventId,
    set: impl Fn(&mut EventValue, T) + Send + Sync + 'static,
) -> Callback<T> {
    write(draft, move |draft, value| {
        if let Some((_, event)) = draft.events.iter_mut().find(|(own, _)| *own == id) {
            set(event, value);
        }
    })
}

/// What reads one event.
fn of<T: Default + Send + Sync + 'static>(
    draft: RwSignal<SixDraft>,
    id: EventId,
    read: impl Fn(&EventValue) -> T + Send + Sync + 'static,
) -> Signal<T> {
    part(draft, move |draft| {
        draft.events.iter().find(|(own, _)| *own == id).map(|(_, event)| read(event)).unwrap_or_default()
    })
}

#[component]
fn Event(draft: RwSignal<SixDraft>, id: EventId) -> impl IntoView {
    let kinds =
        Signal::derive(|| ALL.map(|kind| (kind, words::domain().event_kind(kind).to_owned())).to_vec());
    let set_kind = on(draft, id, |event, kind: Option<EventKind>| {
        if let Some(kind) = kind {
            event.kind = kind;
        }
    });
    let remove = move |_| draft.update(|draft| draft.events.retain(|(own, _)| *own != id));
    view! {
        <div class="line-of-fields" data-event=id.to_string()>
            <div class="fields grow">
                <Choice label=t!(desk.event_kind()) options=kinds value=of(draft, id, |event| Some(event.kind)) on_pick=set_kind />
                <LooseDateField label=t!(desk.event_day()) value=of(draft, id, |event| event.day)
                    on_input=on(draft, id, |event, day: Option<LooseDay>| event.day = day) />
                <TextField label=t!(desk.event_who()) value=of(draft, id, |event| event.who.clone())
                    on_input=on(draft, id, |event, text| event.who = text) longest=NAME_MAX />
                <MoneyField label=t!(desk.event_cost()) fen=of(draft, id, |event| event.cost_fen)
                    on_input=on(draft, id, |event, fen| event.cost_fen = fen) />
                <div class="wide">
                    <TextField label=t!(desk.event_what()) value=of(draft, id, |event| event.what.clone())
                        on_input=on(draft, id, |event, text| event.what = text) longest=WORDS_MAX lines=2 />
                </div>
            </div>
            <button type="button" class="icon-button" aria-label=t!(desk.remove_event()) on:click=remove><IconMark icon=Icon::Cross /></button>
        </div>
    }
}

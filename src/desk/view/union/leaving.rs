//! Somebody leaves, or is back. Their households are handed over before.

use super::seats::households;
use crate::{
    state::{desk::use_desk, reading::Reading, sending::Sending},
    view::{form::DeedEnd, saying},
};
use leptos::prelude::*;
use protocol::{desk::PersonRow, seats::PersonSeats};
use serde::de::IgnoredAny;
use ui::{sheet::Sheet, t, words};

/// The card; after the deed it says what comes next.
#[component]
pub fn Leaving(row: PersonRow, seats: Reading<PersonSeats>) -> impl IntoView {
    let desk = use_desk();
    let sending = Sending::new(desk);
    let asked = RwSignal::new(false);
    let close = Callback::new(move |()| asked.set(false));
    let (name, id) = (row.name.clone(), row.id);
    let send = move |word: &str, said: &'static str| {
        sending.post(&format!("/api/persons/{id}/{word}"), (), move |_: IgnoredAny| desk.say(said));
    };
    let held = move || seats.value.with(|held| held.as_ref().map_or(0, |held| households(&held.seats)));
    let problem = move || sending.problem.get().map(|problem| saying::problem(&problem));
    if row.left_ms.is_some() {
        return view! {
            <section class="card" data-left>
                <h2>{t!(desk_forms.left())}</h2>
                <p class="sub">{t!(desk_forms.come_back_note())}</p>
                <button type="button" class="button" disabled=move || sending.busy.get()
                    on:click=move |_| send("return", words::desk_forms().back_again())>{t!(desk_forms.come_back())}</button>
                <p class="form-problem" role="alert">{problem}</p>
            </section>
        }
        .into_any();
    }
    let leave = move |()| {
        asked.set(false);
        send("leave", words::desk_forms().gone());
    };
    let first = move || (held() > 0).then(|| words::desk_forms().leave_first(held()));
    view! {
        <section class="card">
            <h2>{t!(desk_forms.leaving())}</h2>
            <p class="sub">{t!(desk_forms.leave_note())}</p>
            <p data-held>{first}</p>
            <button type="button" class="button" disabled=move || { sending.busy.get() || held() > 0 }
                on:click=move |_| asked.set(true)>{t!(desk_forms.leave())}</button>
            <p class="form-problem" role="alert">{problem}</p>
        </section>
        <Sheet open=asked on_close=close title=move || words::desk_forms().leave_sure(&name)>
            <DeedEnd deed=t!(desk_forms.leave()) on_deed=leave on_out=close />
        </Sheet>
    }
    .into_any()
}

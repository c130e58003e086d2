//! Where the registrar takes in the file that a phone's rescue page saved.

use crate::{
    platform,
    state::{
        desk::use_desk,
        queue_file::{Arrived, Bringing, bring},
    },
    view::saying,
};
use leptos::prelude::*;
use ui::{t, words};
use web_sys::HtmlInputElement;

/// The card.
#[component]
pub fn TakeInQueue() -> impl IntoView {
    let desk = use_desk();
    let bringing = RwSignal::new(Bringing::Nothing);
    let picked = move |input: HtmlInputElement| {
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            bring(desk, file, bringing);
        }
        // So that the same file can be picked again.
        input.set_value("");
    };
    let is_under = move || bringing.get() == Bringing::Under;
    let said = move || {
        let words = words::desk();
        match bringing.get() {
            Bringing::Nothing => String::new(),
            Bringing::Under => words.queue_file_under().to_owned(),
            Bringing::NotAQueue => words.queue_file_is_none().to_owned(),
            Bringing::Broken(arrived, trouble) => {
                words.queue_file_broken(arrived, &saying::trouble(&trouble))
            }
            Bringing::Done(Arrived { counts, waits: 0 }) => words.queue_file_all(counts),
            Bringing::Done(arrived) => words.queue_file_done(arrived.counts, arrived.waits),
        }
    };
    let rescue = format!("{}/rescue.html", platform::origin());
    let is_bad = move || matches!(bringing.get(), Bringing::NotAQueue | Bringing::Broken(..));
    view! {
        <details class="card no-print" data-queue-file>
            <summary>{t!(desk.queue_file())}</summary>
            <p class="sub">{move || words::desk().queue_file_why(&rescue)}</p>
            <div class="buttons">
                <label class="button" class:is-off=is_under>
                    {t!(desk.queue_file_pick())}
                    <input type="file" class="hidden-visually" accept=".json,application/json" disabled=is_under
                        on:change:target=move |event| picked(event.target()) />
                </label>
            </div>
            <p role="status" class:bad=is_bad>{said}</p>
        </details>
    }
}

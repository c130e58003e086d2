//! 我的: where the file that a rescue page saved comes back into the queue, on the phone it was saved on or on another.

use crate::state::{NotTakenIn, TakenIn, page, say, use_app};
use leptos::{prelude::*, task::spawn_local};
use ui::{t, words};
use web_sys::{File, HtmlInputElement};

/// What came of the file last chosen: whether it went well, and the sentence.
#[derive(Clone, PartialEq, Eq, Default)]
struct Said {
    bad: bool,
    sentence: String,
}

impl Said {
    fn of(came: Result<TakenIn, NotTakenIn>) -> Self {
        let words = words::rescue();
        let bad = came.is_err();
        let sentence = match came {
            Ok(TakenIn { taken: 0, there }) => words.queue_file_there(there),
            Ok(TakenIn { taken, .. }) => words.queue_file_taken(taken),
            Err(NotTakenIn::NotAQueue) => words.queue_file_is_none().to_owned(),
            Err(NotTakenIn::ForTheDesk) => words.queue_file_for_desk().to_owned(),
            Err(NotTakenIn::Phone(trouble)) => say::trouble_logged("queue file", &trouble),
        };
        Self { bad, sentence }
    }
}

/// The card, closed until somebody needs it.
#[component]
pub fn TakeInQueue() -> impl IntoView {
    let app = use_app();
    let said = RwSignal::new(Said::default());
    let take_in = move |file: File| {
        spawn_local(async move {
            let text = page::text_of(&file).await.unwrap_or_default();
            let came = app.engine().take_in(&text).await;
            said.try_set(Said::of(came));
        });
    };
    let picked = move |input: HtmlInputElement| {
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            take_in(file);
        }
        // So that the same file can be picked again.
        input.set_value("");
    };
    view! {
        <details class="card" data-queue-file>
            <summary>{t!(rescue.queue_file())}</summary>
            <p class="sub">{t!(rescue.queue_file_why())}</p>
            <div class="buttons">
                <label class="button">
                    {t!(rescue.queue_file_pick())}
                    <input type="file" class="hidden-visually" accept=".json,application/json"
                        on:change:target=move |event| picked(event.target()) />
                </label>
            </div>
            <p role="status" class:bad=move || said.with(|said| said.bad)>{move || said.with(|said| said.sentence.clone())}</p>
        </details>
    }
}

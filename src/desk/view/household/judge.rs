//! A person's verdict on an entry the office could not judge by itself. The why is shown to its author.

use crate::{
    state::{desk::use_desk, sending::Sending},
    view::form::{FormEnd, required},
};
use domain::{
    check::WORDS_MAX,
    entry::{Act, Judge},
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::office::QuarantineRow;
use ui::{fields::text::TextField, t, words};

/// The form.
#[component]
pub fn JudgeForm(row: QuarantineRow, accept: bool, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let why = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let (entry, household) = (row.entry, row.household);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        // To accept needs no reason; whoever is refused is told why.
        if !accept && why.with(|why| why.trim().is_empty()) {
            return;
        }
        let Some(household) = household else { return };
        let act = Act::Judge(Judge { entry, accept, why: why.get().trim().to_owned() });
        sending.acts(vec![(household, act)], move || {
            let said = if accept { words::desk().accepted() } else { words::desk().refused() };
            desk.say(said);
            on_done.run(());
        });
    };
    let reason = row.reason;
    let label = move || if accept { words::desk().judge_accept() } else { words::desk().judge_refuse() };
    let hint = move || if accept { words::desk().accept_hint() } else { words::desk().refuse_hint() };
    let wrong = required(tried, why);
    let wrong = Signal::derive(move || if accept { None } else { wrong.get() });
    view! {
        <form class="stack" on:submit=submit novalidate>
            <blockquote><b>{row.author_name}</b><p>{move || reason.map(|reason| words::desk().reason(reason))}</p></blockquote>
            <TextField label=t!(desk.judge_why()) value=why on_input=move |text| why.set(text) lines=3
                longest=WORDS_MAX hint wrong />
            <FormEnd sending label />
        </form>
    }
}

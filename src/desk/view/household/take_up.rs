//! Taking up an alert: what is being done. An alert in hand no longer waits for the chair.

use crate::{
    state::{desk::use_desk, sending::Sending},
    view::form::{FormEnd, required},
};
use domain::{
    check::WORDS_MAX,
    entry::{Act, TakeUp},
    file::AlertLine,
    id::HouseholdId,
};
use leptos::{ev::SubmitEvent, prelude::*};
use ui::{fields::text::TextField, t, words};

/// The form.
#[component]
pub fn TakeUpForm(household: HouseholdId, alert: AlertLine, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let said = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let id = alert.id;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if said.with(|said| said.trim().is_empty()) {
            return;
        }
        let act = Act::TakeUp(TakeUp { alert: id, day: desk.today(), words: said.get().trim().to_owned() });
        sending.acts(vec![(household, act)], move || {
            desk.say(words::desk().taken_up());
            on_done.run(());
        });
    };
    let kind = alert.alert.kind;
    view! {
        <form class="stack" on:submit=submit novalidate>
            <blockquote><b>{move || words::domain().event_kind(kind)}</b><p>{alert.alert.words}</p></blockquote>
            <TextField label=t!(desk.take_up_words()) value=said on_input=move |text| said.set(text) lines=4
                longest=WORDS_MAX hint=t!(desk.take_up_hint()) wrong=required(tried, said) />
            <FormEnd sending label=t!(desk.take_up()) />
        </form>
    }
}

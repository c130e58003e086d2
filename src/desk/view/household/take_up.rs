//! Taking up an alert: what is being done. An alert in hand no longer waits for the chair.

use super::waiting::AlertShown;
use crate::{
    state::{desk::use_desk, sending::Sending},
    view::form::{FormEnd, Whose, required},
};
use domain::{
    check::WORDS_MAX,
    entry::{Act, TakeUp},
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::office::AlertRow;
use ui::{fields::text::TextField, t, words};

/// The form.
#[component]
pub fn TakeUpForm(alert: AlertRow, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let AlertRow { household, name, unit_name, author_name, line } = alert;
    let said = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let id = line.id;
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
    view! {
        <form class="stack" on:submit=submit novalidate>
            <blockquote>
                <Whose name unit_name />
                <AlertShown alert=line author=author_name by=String::new() today=desk.today() />
            </blockquote>
            <TextField label=t!(desk.take_up_words()) value=said on_input=move |text| said.set(text) lines=4
                longest=WORDS_MAX hint=t!(desk.take_up_hint()) wrong=required(tried, said) />
            <FormEnd sending label=t!(desk.take_up()) />
        </form>
    }
}

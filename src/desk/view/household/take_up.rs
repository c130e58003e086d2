//! Taking up an alert: what is being done, and later how it goes. An alert in hand no longer waits for the chair; what is
//! said of it again takes the place of the words before.

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
use ui::{fields::text::TextField, words};

/// The form.
#[component]
pub fn TakeUpForm(alert: AlertRow, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let AlertRow { household, name, unit_name, author_name, taken_up_by_name, line } = alert;
    let earlier = line.taken_up.as_ref().map(|taken| taken.words.clone());
    let is_again = earlier.is_some();
    let said = RwSignal::new(earlier.clone().unwrap_or_default());
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let id = line.id;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let words = said.with(|said| said.trim().to_owned());
        if words.is_empty() {
            return;
        }
        if earlier.as_ref() == Some(&words) {
            // Nothing more is said, and who said it stays.
            on_done.run(());
            return;
        }
        let act = Act::TakeUp(TakeUp { alert: id, day: desk.today(), words });
        sending.acts(vec![(household, act)], move || {
            desk.say(if is_again { words::desk().taken_up_again() } else { words::desk().taken_up() });
            on_done.run(());
        });
    };
    let words_of = move |first: &'static str, again: &'static str| if is_again { again } else { first };
    let label = move || words_of(words::desk().take_up_words(), words::desk().take_up_again_words());
    let hint = move || words_of(words::desk().take_up_hint(), words::desk().take_up_again_hint());
    let end = move || words_of(words::desk().take_up(), words::shared().save());
    view! {
        <form class="stack" on:submit=submit novalidate>
            <blockquote>
                <Whose name unit_name />
                <AlertShown alert=line author=author_name by=taken_up_by_name today=desk.today() />
            </blockquote>
            <TextField label value=said on_input=move |text| said.set(text) lines=4
                longest=WORDS_MAX hint wrong=required(tried, said) />
            <FormEnd sending label=end />
        </form>
    }
}

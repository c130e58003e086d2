//! Answering a need: whose it is and what was asked, the words the family may be told, the day.

use super::waiting::NeedAsked;
use crate::{
    state::{desk::use_desk, sending::Sending},
    view::form::{FormEnd, Whose, required},
};
use domain::{
    check::WORDS_MAX,
    entry::{Act, Reply},
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::office::NeedRow;
use ui::{
    fields::{date::DateField, text::TextField},
    t, words,
};

/// The form.
#[component]
pub fn ReplyForm(need: NeedRow, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let NeedRow { household, name, unit_name, author_name, line, .. } = need;
    let today = desk.today();
    let said = RwSignal::new(String::new());
    let day = RwSignal::new(Some(today));
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let (id, asked) = (line.need.id, line.asked);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let (Some(day), false) = (day.get(), said.with(|said| said.trim().is_empty())) else { return };
        let act = Act::Reply(Reply { need: id, day, words: said.get().trim().to_owned() });
        sending.acts(vec![(household, act)], move || {
            desk.say(words::desk().replied());
            on_done.run(());
        });
    };
    view! {
        <form class="stack" on:submit=submit novalidate>
            <blockquote>
                <Whose name unit_name />
                <NeedAsked line author_name today />
            </blockquote>
            <TextField label=t!(desk.reply_words()) value=said on_input=move |text| said.set(text) lines=4
                longest=WORDS_MAX hint=t!(desk.reply_hint()) wrong=required(tried, said) />
            <DateField label=t!(desk.reply_day()) value=day on_input=move |picked| day.set(picked)
                first=Signal::stored(Some(asked)) last=Signal::stored(Some(today)) />
            <FormEnd sending label=t!(desk.reply()) missing=day_missing(tried, day) />
        </form>
    }
}

/// Says that a day is needed, once the form was tried.
pub fn day_missing(tried: RwSignal<bool>, day: RwSignal<Option<domain::day::Day>>) -> Signal<Option<String>> {
    Signal::derive(move || {
        (tried.get() && day.get().is_none()).then(|| words::desk().day_needed().to_owned())
    })
}

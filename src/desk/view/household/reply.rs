//! Answering a need: whose it is and what was asked, the words the family may be told, the day. An answer is changed
//! from its own words on: what is sent takes its place whole.

use super::waiting::{NeedAnswered, NeedAsked};
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
    let answered = need.clone();
    let NeedRow { household, name, unit_name, author_name, line, .. } = need;
    let earlier = line.reply.clone();
    let is_again = earlier.is_some();
    let today = desk.today();
    let said = RwSignal::new(earlier.as_ref().map_or_else(String::new, |reply| reply.words.clone()));
    let day = RwSignal::new(Some(today));
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let id = line.need.id;
    // The latest day stands: one that is changed cannot lie before itself.
    let replaces = line.reply_entry;
    let first = earlier.as_ref().map_or(line.asked, |reply| reply.day.max(line.asked));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let day = day.get().filter(|day| *day >= first);
        let (Some(day), false) = (day, said.with(|said| said.trim().is_empty())) else { return };
        let reply = Reply { need: id, day, words: said.get().trim().to_owned(), replaces };
        if day == today && earlier.as_ref().is_some_and(|earlier| earlier.words == reply.words) {
            // Nothing is changed, and nobody has to be told again.
            on_done.run(());
            return;
        }
        let act = Act::Reply(reply);
        sending.acts(vec![(household, act)], move || {
            desk.say(words::desk().replied());
            on_done.run(());
        });
    };
    let too_early = move || {
        (tried.get() && day.get().is_some_and(|day| day < first))
            .then(|| words::desk().reply_too_early().to_owned())
    };
    let missing = Signal::derive(move || day_missing(tried, day).get().or_else(too_early));
    let hint = move || if is_again { words::desk().reply_again_hint() } else { words::desk().reply_hint() };
    let label = move || if is_again { words::desk().reply_again() } else { words::desk().reply() };
    view! {
        <form class="stack" on:submit=submit novalidate>
            <blockquote>
                <Whose name unit_name />
                <NeedAsked line author_name today />
                <NeedAnswered row=answered today />
            </blockquote>
            <TextField label=t!(desk.reply_words()) value=said on_input=move |text| said.set(text) lines=4
                longest=WORDS_MAX hint wrong=required(tried, said) />
            <DateField label=t!(desk.reply_day()) value=day on_input=move |picked| day.set(picked)
                first=Signal::stored(Some(first)) last=Signal::stored(Some(today)) />
            <FormEnd sending label missing />
        </form>
    }
}

/// Says that a day is needed, once the form was tried.
pub fn day_missing(tried: RwSignal<bool>, day: RwSignal<Option<domain::day::Day>>) -> Signal<Option<String>> {
    Signal::derive(move || {
        (tried.get() && day.get().is_none()).then(|| words::desk().day_needed().to_owned())
    })
}

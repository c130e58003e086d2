//! Oneself: what one may do here, how it looks, words about the app, another password, signing out.

use super::{
    form::{FormEnd, required},
    password::PasswordForm,
    sign_out::SignOut,
};
use crate::{
    platform,
    state::{desk::use_desk, sending::Sending},
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{
    office::NewFeedback,
    sign_in::{Grant, Role},
};
use serde::de::IgnoredAny;
use ui::{fields::text::TextField, preferences::Preferences, t, words};

/// The longest words about the app, in characters.
const FEEDBACK_MAX: usize = 2_000;

/// The page.
#[component]
pub fn MePage() -> impl IntoView {
    let desk = use_desk();
    let me = desk.me_now();
    let name = me.as_ref().map(|me| me.name.clone());
    let union_name = me.as_ref().map(|me| me.union_name.clone());
    let grants = me.map(|me| me.grants.clone()).unwrap_or_default();
    let is_helper = grants.iter().any(|grant| grant.role == Role::Helper);
    let line = move |grant: Grant| {
        let unit = desk.tree.with_untracked(|tree| tree.name(grant.unit));
        view! { <li class="list-row"><span class="grow">{move || words::shared().role(grant.role)}</span><span class="sub">{unit}</span></li> }
    };
    view! {
        <header class="page-header">
            <div class="grow"><h1>{name}</h1><p class="sub">{union_name}</p></div>
            <SignOut />
        </header>
        <div class="columns">
            <div>
            <section class="card">
                <h2>{t!(desk.my_roles())}</h2>
                <ul class="plain-list">{grants.into_iter().map(line).collect_view()}</ul>
                {is_helper.then(|| view! { <p class="sub"><a href="/" rel="external">{t!(desk.to_phone())}</a></p> })}
            </section>
            <section class="card"><FeedbackForm /></section>
            </div>
            <div>
            <section class="card"><h2>{t!(shared.preferences())}</h2><Preferences /></section>
            <section class="card"><PasswordForm /></section>
            </div>
        </div>
    }
}

#[component]
fn FeedbackForm() -> impl IntoView {
    let desk = use_desk();
    let said = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    // A new one for the next words, once these have arrived.
    let id = RwSignal::new(platform::random_hex::<16>());
    let version = desk.office.get_untracked().map(|card| card.version).unwrap_or_default();
    let about = format!("desk {version} · {}", platform::browser());
    let shown_about = about.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if said.with(|said| said.trim().is_empty()) {
            return;
        }
        let body = NewFeedback { id: id.get(), words: said.get().trim().to_owned(), about: about.clone() };
        sending.post("/api/feedback", body, move |_: IgnoredAny| {
            said.set(String::new());
            tried.set(false);
            id.set(platform::random_hex::<16>());
            desk.say(words::desk().feedback_thanks());
        });
    };
    view! {
        <h2>{t!(shared.feedback())}</h2>
        <form class="stack" on:submit=submit novalidate>
            <TextField label=t!(shared.feedback()) value=said on_input=move |text| said.set(text) lines=4
                longest=FEEDBACK_MAX hint=t!(shared.feedback_hint()) wrong=required(tried, said) />
            <p class="aside">{move || words::desk().sent_along(&shown_about)}</p>
            <FormEnd sending label=t!(desk.send()) />
        </form>
    }
}

//! 花名册: a file is chosen, looked at, taken in, and taken back; and written out again. What the eye must meet comes first: how many go in, what
//! needs a person's word; then what was found, and last what each column holds.

use super::{saying, showing::Skeleton};
use crate::state::{
    desk::use_desk,
    roster::{Going, Roster, Stuck},
};
use leptos::prelude::*;
use ui::{
    icon::{Icon, IconMark},
    notice::Banner,
    surface::Tone,
    t, words,
};

mod changes;
mod choose;
mod columns;
mod counted;
mod done;
mod earlier;
mod findings;
mod fold;
mod helpers_asked;
mod out;
mod refused;
mod repeats;
mod rows_asked;
mod summary;
mod take_in;
mod withdraw;
mod words_read;

/// The page.
#[component]
pub fn RosterPage() -> impl IntoView {
    let roster = Roster::new(use_desk());
    let is_done = Memo::new(move |_| roster.done.read().is_some());
    let body = move || match is_done.get() {
        true => view! { <done::DoneShown roster /> }.into_any(),
        false => view! { <choose::Choose roster /><Look roster /> }.into_any(),
    };
    view! {
        <header class="page-header">
            <div class="grow"><h1>{t!(roster_desk.title())}</h1><p class="sub">{t!(roster_desk.intro())}</p></div>
        </header>
        <div class="roster">
            {body}
            <div class="columns"><earlier::Earlier roster /><out::Out roster /></div>
        </div>
    }
}

/// Why it does not go on, and the way on. Stands where the eye is: above the button once there is one.
#[component]
fn Held(roster: Roster) -> impl IntoView {
    let retry = move |stuck: &Stuck| {
        match stuck {
        Stuck::TooLarge | Stuck::NotTakenIn(_) => None,
        Stuck::NotSent(_) => {
            Some(view! { <button type="button" class="button small" on:click=move |_| roster.send()>{t!(roster_desk.send_again())}</button> }.into_any())
        }
        Stuck::NotRead(_) => {
            Some(view! { <button type="button" class="button small" on:click=move |_| roster.read()>{t!(roster_desk.read_again())}</button> }.into_any())
        }
    }
    };
    let banner = move |stuck: Stuck| {
        let button = retry(&stuck);
        view! {
            <div role="alert" data-stuck>
                <Banner text=move || sentence(&stuck) tone=Tone::Bad icon=Icon::Warning>{button}</Banner>
            </div>
        }
    };
    view! {
        {move || roster.stuck.get().map(banner)}
        {move || roster.anew.get().then(|| view! { <Banner text=t!(roster_desk.changed_meanwhile()) tone=Tone::Wait icon=Icon::Again /> })}
    }
}

/// What went wrong, and what to do.
fn sentence(stuck: &Stuck) -> String {
    use crate::trouble::Trouble::Unreachable;
    let words = words::roster_desk();
    match stuck {
        Stuck::TooLarge => words::roster().refusal("too_large").to_owned(),
        Stuck::NotSent(Unreachable { .. }) => words.not_sent().to_owned(),
        Stuck::NotRead(Unreachable { .. }) => words.not_read().to_owned(),
        Stuck::NotTakenIn(Unreachable { .. }) => words.maybe_taken_in().to_owned(),
        Stuck::NotSent(other) | Stuck::NotRead(other) | Stuck::NotTakenIn(other) => saying::trouble(other),
    }
}

/// What the office saw in the file. While it looks again the old stays, greyed.
#[component]
fn Look(roster: Roster) -> impl IntoView {
    let going = roster.going;
    let is_reading = move || matches!(going.get(), Going::Reading | Going::Sending(_));
    let is_refused = Memo::new(move |_| {
        roster.preview.with(|preview| preview.as_ref().map(|preview| preview.plan.is_none()))
    });
    let body = move || match is_refused.get() {
        None => (going.get() == Going::Reading).then(|| view! { <Skeleton /> }).into_any(),
        Some(true) => view! { <refused::Refused roster /><columns::Columns roster open=true /> }.into_any(),
        Some(false) => view! { <Shown roster /> }.into_any(),
    };
    view! {
        {move || (is_refused.get() != Some(false)).then(|| view! { <Held roster /> })}
        <p class="hidden-visually" role="status">
            {move || is_reading().then(t!(roster_desk.reading_again()))}{move || roster.is_taking_in().then(t!(roster_desk.taking_in()))}
        </p>
        <div class="look" class:again=is_reading aria-busy=move || is_reading().to_string() inert=move || roster.is_taking_in()>{body}</div>
    }
}

/// The whole look at a file that was read.
#[component]
fn Shown(roster: Roster) -> impl IntoView {
    let open = roster.mapping.with_untracked(|mapping| crate::state::roster::columns::unknown(mapping) > 0);
    view! {
        <summary::Summary roster />
        <words_read::CategoriesAsked roster />
        <rows_asked::RowsAsked roster />
        <helpers_asked::HelpersAsked roster />
        <findings::Findings roster />
        <changes::StaysAndMissing roster />
        <words_read::ReadAs roster />
        <columns::Columns roster open />
        <take_in::TakeIn roster />
    }
}

/// The mark before a section that wants a person.
fn mark() -> impl IntoView {
    view! { <IconMark icon=Icon::Warning /> }
}

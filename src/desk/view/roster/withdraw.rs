//! Taking a file back: what hangs on it is told first, who stays and what will wait; then it is asked once.

use super::{
    changes::named_lines,
    fold::{First, Fold},
    summary::said_of,
};
use crate::state::{
    desk::use_desk,
    reading::Reading,
    roster::{Roster, done::Done},
    sending::Sending,
};
use crate::view::{form::DeedEnd, saying, showing::Shown};
use leptos::prelude::*;
use protocol::roster::{RosterTaken, RosterWithdrawal, StayingHelper};
use std::sync::Arc;
use ui::{notice::Banner, surface::Tone, t, words};

/// What the sheet asks.
#[component]
pub fn Withdraw(roster: Roster, taken: RosterTaken, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let sending = Sending::new(desk);
    let counts = taken.counts;
    let import = taken.import;
    let told = Reading::<RosterWithdrawal>::follow(desk, move || {
        Some(format!("/api/roster/imports/{import}/withdrawal"))
    });
    let path = format!("/api/roster/imports/{import}/withdraw");
    let withdraw = move |()| {
        sending.post(&path, (), move |_: RosterTaken| {
            on_done.run(());
            // Its receipt is true no more.
            let is_shown =
                |done: &Option<Done>| done.as_ref().is_some_and(|done| done.taken.import == import);
            if roster.done.with_untracked(is_shown) {
                roster.forget();
            }
            desk.say(words::roster_desk().was_withdrawn());
        });
    };
    let problem = move || sending.problem.get().map(|problem| saying::problem(&problem));
    view! {
        <div class="stack">
            <p><b class="name-long">{taken.file_name}</b>" "<span class="sub">{move || said_of(&counts, 0)}</span></p>
            <Shown reading=told let:told><Told told /></Shown>
            <p class="sub">{t!(roster_desk.withdraw_why())}</p>
            <DeedEnd deed=t!(roster_desk.withdraw()) on_deed=withdraw on_out=on_done is_danger=true
                off=Signal::derive(move || sending.busy.get() || told.value.read().is_none()) problem=Signal::derive(problem) />
        </div>
    }
}

/// What hangs on it.
#[component]
fn Told(told: RosterWithdrawal) -> impl IntoView {
    let RosterWithdrawal { households, recorded, visits, needs, untold, staying } = told;
    let (recorded, staying) = (Arc::new(recorded), Arc::new(staying));
    let unheard = (untold > 0).then(|| {
        view! { <div data-untold><Banner text=move || words::roster_desk().withdraw_untold(untold) tone=Tone::Wait /></div> }
    });
    let waits = (visits + needs + untold > 0).then(|| {
        let all = Signal::stored(recorded.clone());
        let title = move || words::roster_desk().withdraw_recorded(recorded.len());
        view! {
            <Banner text=move || words::roster_desk().withdraw_waits(visits, needs) tone=Tone::Wait />
            <Fold title><First all draw=named_lines /></Fold>
        }
    });
    let stay = (!staying.is_empty()).then(|| {
        let all = Signal::stored(staying.clone());
        let title = move || words::roster_desk().withdraw_stay(staying.len());
        view! { <Fold title open=true><First all draw=stay_lines /></Fold> }
    });
    view! {
        <div class="folds" data-withdrawal>
            <p>{move || words::roster_desk().withdraw_households(households)}</p>
            {unheard}
            {waits}
            {stay}
        </div>
    }
}

fn stay_lines(all: Vec<StayingHelper>) -> impl IntoView {
    let line = |one: StayingHelper| {
        let came = move || match one.came {
            true => words::roster_desk().stay_came(),
            false => words::roster_desk().stay_invited(),
        };
        view! { <li><b>{one.name}</b>" "<span class="sub">{one.unit}" "{came}</span></li> }
    };
    view! { <ul class="names">{all.into_iter().map(line).collect_view()}</ul> }
}

//! What was imported before: by whom, when, how much; each can be taken back.

use super::{summary::said_of, withdraw::Withdraw};
use crate::state::{desk::use_desk, reading::Reading, rights::Doing, roster::Roster};
use crate::view::showing::Shown;
use leptos::prelude::*;
use protocol::roster::RosterTaken;
use ui::{figures, sheet::Sheet, t, words};

/// The section.
#[component]
pub fn Earlier(roster: Roster) -> impl IntoView {
    let desk = use_desk();
    let list = Reading::<Vec<RosterTaken>>::follow(desk, move || {
        Some(format!("/api/roster/imports?unit={}", roster.unit()?))
    });
    let opened = RwSignal::new(None::<RosterTaken>);
    let close = Callback::new(move |()| opened.set(None));
    let lines = move |rows: Vec<RosterTaken>| match rows.is_empty() {
        true => view! { <p class="sub">{t!(roster_desk.no_earlier())}</p> }.into_any(),
        false => {
            let line = move |taken: RosterTaken| view! { <Line taken opened /> };
            view! { <ol class="plain-list" data-earlier>{rows.into_iter().map(line).collect_view()}</ol> }
                .into_any()
        }
    };
    view! {
        <section class="card">
            <h2>{t!(roster_desk.earlier())}</h2>
            <Shown reading=list let:rows>{lines(rows)}</Shown>
        </section>
        <Sheet open=Signal::derive(move || opened.read().is_some()) on_close=close title=t!(roster_desk.withdraw_title())>
            {move || opened.get().map(|taken| view! { <Withdraw roster taken on_done=close /> })}
        </Sheet>
    }
}

#[component]
fn Line(taken: RosterTaken, opened: RwSignal<Option<RosterTaken>>) -> impl IntoView {
    let desk = use_desk();
    let (today, offset) = (desk.today(), desk.utc_offset_minutes());
    let counts = taken.counts;
    let unit = desk.tree.with_untracked(|tree| tree.full_name(taken.unit));
    // Of one of a unit above nothing more is told.
    let is_above = taken.file_name.is_empty();
    let who = taken.taken_by.clone();
    let by = move || {
        let words = words::roster_desk();
        words.taken_by(&who, &figures::moment(taken.taken_ms, offset, today)).trim().to_owned()
    };
    let did = move || if is_above { String::new() } else { said_of(&counts, 0) };
    let name = taken.file_name.clone();
    let name = move || if is_above { words::roster_desk().of_above().to_owned() } else { name.clone() };
    let of_button = taken.file_name.clone();
    let whole = taken.clone();
    let file = taken.file_name.clone();
    let end = match taken.withdrawn_ms {
        Some(ms) => view! {
            <span class="sub keep">{move || words::roster_desk().withdrawn(&figures::moment(ms, offset, today))}</span>
        }
        .into_any(),
        // A file of a unit above has households here too; who does not keep all of it takes nothing of it back.
        None if !desk.may_in(Doing::Keep, Some(taken.unit)) => ().into_any(),
        None => view! {
            <button type="button" class="button small" aria-label=move || words::roster_desk().withdraw_this(&of_button)
                on:click=move |_| opened.set(Some(whole.clone()))>{t!(roster_desk.withdraw())}</button>
        }
        .into_any(),
    };
    view! {
        <li class="list-row" data-import=taken.import.to_string() data-file=file data-withdrawn=taken.withdrawn_ms.is_some().to_string()>
            <span class="grow">
                <span class="name-long">{name}</span>
                <small class="sub">{by}{words::DOT}{move || words::roster_desk().as_of(&figures::short_day(taken.day, today))}{(!is_above).then_some(words::DOT)}{unit}</small>
                <small class="sub">{did}</small>
            </span>
            {end}
        </li>
    }
}

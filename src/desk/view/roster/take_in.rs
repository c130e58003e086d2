//! The one button that takes a file in, with the number on it; always in reach. What a person was asked and did not answer
//! stands beside it and leads there; who goes on all the same is told what will happen.

use super::summary::{part, said_of};
use crate::{
    platform,
    state::roster::{Going, Roster, answers::Answers},
    view::form::DeedEnd,
};
use leptos::prelude::*;
use ui::{sheet::Sheet, t, words};

/// Where rows are asked about.
const ROWS: &str = "[data-rows-asked]";

/// Where helpers are asked about.
const HELPERS: &str = "[data-helpers-asked]";

/// The button and what stands beside it.
#[component]
pub fn TakeIn(roster: Roster) -> impl IntoView {
    let counts = part(roster, |plan| plan.counts);
    let stays = part(roster, |plan| plan.stays.len());
    let rows = Memo::new(move |_| roster.answers.with(Answers::open_rows));
    let persons = Memo::new(move |_| roster.answers.with(Answers::open_persons));
    let going = roster.going;
    let told = Memo::new(move |_| roster.says_more());
    let held = Memo::new(move |_| roster.stuck.read().is_some() || roster.anew.get());
    let asking = RwSignal::new(false);
    let moves = move || {
        let counts = counts.get();
        counts.new + counts.changed + counts.units + counts.persons > 0
    };
    let label = move || {
        let (counts, words) = (counts.get(), words::roster_desk());
        match going.get() {
            Going::TakingIn => words.taking_in().to_owned(),
            _ if !moves() && told.get() => words.take_in_columns().to_owned(),
            _ => words.take_in(counts.new + counts.changed),
        }
    };
    let says = move || {
        let (counts, words) = (counts.get(), words::roster_desk());
        match (moves(), rows.get()) {
            (true, _) => said_of(&counts),
            (false, 0) => words.nothing_to_do(stays.get(), counts.unchanged),
            (false, _) => String::new(),
        }
    };
    let no_day = move || roster.day.read().is_none();
    let off = move || going.get() != Going::Nothing || no_day() || !(moves() || told.get());
    let take_in = move |_| match rows.get_untracked() + persons.get_untracked() {
        0 => roster.take_in(),
        _ => asking.set(true),
    };
    view! {
        <div class="take-in">
            {move || held.get().then(|| view! { <div class="held"><super::Held roster /></div> })}
            <p class="grow"><span class:goes-in=moves>{says}</span>" "<Waits rows persons /></p>
            <button type="button" class="button main" data-take-in disabled=off aria-busy=move || (going.get() == Going::TakingIn).to_string()
                on:click=take_in>{label}</button>
        </div>
        <Unanswered roster rows persons asking />
    }
}

/// What waits for a word, and the way there.
#[component]
fn Waits(rows: Memo<usize>, persons: Memo<usize>) -> impl IntoView {
    let way = |place: &'static str, says: String| {
        view! { <button type="button" class="link wait" data-waits=place on:click=move |_| platform::show(place)>{says}</button>" " }
    };
    let of_rows = move || (rows.get() > 0).then(|| way(ROWS, words::roster_desk().waits_for_you(rows.get())));
    let of_persons =
        move || (persons.get() > 0).then(|| way(HELPERS, words::roster_desk().persons_wait(persons.get())));
    view! { {of_rows}{of_persons} }
}

/// What will happen with what nobody answered.
#[component]
fn Unanswered(
    roster: Roster,
    rows: Memo<usize>,
    persons: Memo<usize>,
    asking: RwSignal<bool>,
) -> impl IntoView {
    let first = move || if rows.get_untracked() > 0 { ROWS } else { HELPERS };
    let back = move |()| {
        asking.set(false);
        // The sheet gives the keyboard back to the button first.
        request_animation_frame(move || platform::show(first()));
    };
    let go_on = move |()| {
        asking.set(false);
        roster.take_in();
    };
    let of_rows = move || {
        (rows.get() > 0).then(|| {
            view! { <p><b>{move || words::roster_desk().waits_for_you(rows.get())}</b>" "{t!(roster_desk.rows_why())}</p> }
        })
    };
    let of_persons = move || {
        (persons.get() > 0).then(|| {
            view! { <p><b>{move || words::roster_desk().persons_wait(persons.get())}</b>" "{t!(roster_desk.persons_why())}</p> }
        })
    };
    view! {
        <Sheet open=asking on_close=move |()| asking.set(false) title=t!(roster_desk.unanswered_title())>
            <div class="stack" data-unanswered>
                {of_rows}{of_persons}
                <DeedEnd deed=t!(roster_desk.take_in_unanswered()) on_deed=go_on out=t!(roster_desk.answer_first()) on_out=back />
            </div>
        </Sheet>
    }
}

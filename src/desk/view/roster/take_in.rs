//! The one button that takes a file in, with the number on it; always in reach. What a person was asked and did not answer
//! stands beside it and leads there; who goes on all the same is told what will happen.

use super::summary::{new_telephones, part, said_of};
use crate::{
    platform,
    state::roster::{Going, Roster, answers::Answers, columns::categories_waiting},
    view::form::DeedEnd,
};
use leptos::prelude::*;
use ui::{sheet::Sheet, t, words};

/// Where rows are asked about.
const ROWS: &str = "[data-rows-asked]";

/// Where helpers are asked about.
const HELPERS: &str = "[data-helpers-asked]";

/// Where categories are asked about.
const CATEGORIES: &str = "[data-categories-asked]";

/// How many questions wait for an answer.
#[derive(Clone, Copy)]
struct Open {
    rows: Memo<usize>,
    persons: Memo<usize>,
    categories: Memo<usize>,
}

impl Open {
    fn of(roster: Roster) -> Self {
        let waiting = move || {
            let plan = roster.plan()?;
            Some(roster.mapping.with(|mapping| categories_waiting(mapping, &plan)))
        };
        Self {
            rows: Memo::new(move |_| roster.answers.with(Answers::open_rows)),
            persons: Memo::new(move |_| roster.answers.with(Answers::open_persons)),
            categories: Memo::new(move |_| waiting().unwrap_or_default()),
        }
    }

    /// Each with the place where it is asked, the gravest first.
    fn each(self) -> [(Memo<usize>, &'static str); 3] {
        [(self.rows, ROWS), (self.persons, HELPERS), (self.categories, CATEGORIES)]
    }

    /// The place of the gravest that waits.
    fn first(self) -> Option<&'static str> {
        self.each().into_iter().find(|(count, _)| count.get_untracked() > 0).map(|(_, place)| place)
    }
}

/// How many wait there, and what will happen with them.
fn said(place: &'static str, count: usize) -> (String, &'static str) {
    let words = words::roster_desk();
    match place {
        ROWS => (words.waits_for_you(count), words.rows_why()),
        HELPERS => (words.persons_wait(count), words.persons_why()),
        _ => (words.categories_wait(count), words.categories_unsaid()),
    }
}

/// The button and what stands beside it.
#[component]
pub fn TakeIn(roster: Roster) -> impl IntoView {
    let counts = part(roster, |plan| plan.counts);
    let stays = part(roster, |plan| plan.stays.len());
    let open = Open::of(roster);
    let going = roster.going;
    let told = Memo::new(move |_| roster.says_more());
    let held = Memo::new(move |_| roster.stuck.read().is_some() || roster.anew.get());
    let asking = RwSignal::new(false);
    let telephones = part(roster, new_telephones);
    let moves = move || {
        let counts = counts.get();
        counts.new + counts.changed + counts.units + counts.persons > 0 || telephones.get() > 0
    };
    let label = move || {
        let (counts, words) = (counts.get(), words::roster_desk());
        match going.get() {
            Going::TakingIn => words.taking_in().to_owned(),
            _ if !moves() && told.get() => words.take_in_columns().to_owned(),
            _ => match (counts.new + counts.changed, telephones.get()) {
                (0, of_helpers) if of_helpers > 0 => words.take_in_telephones(of_helpers),
                (households, _) => words.take_in(households),
            },
        }
    };
    let says = move || {
        let (counts, words) = (counts.get(), words::roster_desk());
        match (moves(), open.rows.get()) {
            (true, _) => said_of(&counts, telephones.get()),
            (false, 0) => words.nothing_to_do(stays.get(), counts.unchanged),
            (false, _) => String::new(),
        }
    };
    let no_day = move || roster.day.read().is_none();
    let off = move || going.get() != Going::Nothing || no_day() || !(moves() || told.get());
    let take_in = move |_| match open.first() {
        None => roster.take_in(),
        Some(_) => asking.set(true),
    };
    view! {
        <div class="take-in">
            {move || held.get().then(|| view! { <div class="held"><super::Held roster /></div> })}
            <p class="grow"><span class:goes-in=moves>{says}</span>" "<Waits open /></p>
            <button type="button" class="button main" data-take-in disabled=off aria-busy=move || (going.get() == Going::TakingIn).to_string()
                on:click=take_in>{label}</button>
        </div>
        <Unanswered roster open asking />
    }
}

/// What waits for a word, and the way there.
#[component]
fn Waits(open: Open) -> impl IntoView {
    let way = |(count, place): (Memo<usize>, &'static str)| {
        let says = move || said(place, count.get()).0;
        move || {
            (count.get() > 0).then(|| {
                view! { <button type="button" class="link wait" data-waits=place on:click=move |_| platform::show(place)>{says}</button>" " }
            })
        }
    };
    open.each().map(way).collect_view()
}

/// What will happen with what nobody answered.
#[component]
fn Unanswered(roster: Roster, open: Open, asking: RwSignal<bool>) -> impl IntoView {
    let back = move |()| {
        asking.set(false);
        // The sheet gives the keyboard back to the button first.
        request_animation_frame(move || {
            if let Some(place) = open.first() {
                platform::show(place);
            }
        });
    };
    let go_on = move |()| {
        asking.set(false);
        roster.take_in();
    };
    let line = |(count, place): (Memo<usize>, &'static str)| {
        move || {
            (count.get() > 0).then(|| {
                view! { <p><b>{move || said(place, count.get()).0}</b>" "{move || said(place, count.get()).1}</p> }
            })
        }
    };
    view! {
        <Sheet open=asking on_close=move |()| asking.set(false) title=t!(roster_desk.unanswered_title())>
            <div class="stack" data-unanswered>
                {open.each().map(line).collect_view()}
                <DeedEnd deed=t!(roster_desk.take_in_unanswered()) on_deed=go_on out=t!(roster_desk.answer_first()) on_out=back />
            </div>
        </Sheet>
    }
}

//! What taking the file in would do, in figures: how many go in, how many wait, what is made with them; what changes;
//! and the one button that does it.

use super::fold::{First, Fold};
use crate::state::{
    place::Page,
    roster::{Going, Roster, answers::Answers},
};
use leptos::prelude::*;
use protocol::roster::{HelperName, NamedHousehold, RosterCounts, RowChange};
use std::sync::Arc;
use ui::{t, words};

/// How many changes the office sends at most.
const CHANGES_MAX: usize = 200;

/// What the plan says, part by part, each drawn again only when it is another.
fn part<T: Clone + PartialEq + Default + Send + Sync + 'static>(
    roster: Roster,
    of: fn(&protocol::roster::RosterPlan) -> T,
) -> Memo<T> {
    Memo::new(move |_| {
        roster.preview.with(|preview| {
            preview.as_ref().and_then(|preview| preview.plan.as_ref()).map(of).unwrap_or_default()
        })
    })
}

/// The figures.
#[component]
pub fn Summary(roster: Roster) -> impl IntoView {
    let counts = part(roster, |plan| plan.counts);
    let units = part(roster, |plan| Arc::new(plan.units.clone()));
    let persons = part(roster, |plan| Arc::new(plan.persons.clone()));
    let tile = move |label: fn() -> &'static str,
                     tone: &'static str,
                     of: fn(&RosterCounts) -> u32,
                     word: &'static str| {
        let count = move || counts.with(of);
        let class = move || format!("count-tile {}", if count() == 0 { "plain" } else { tone });
        view! { <div class=class data-count=word><b>{count}</b><span>{label}</span></div> }
    };
    view! {
        <div class="counts" data-counts>
            {tile(t!(roster_desk.count_new()), "", |counts| counts.new, "new")}
            {tile(t!(roster_desk.count_changed()), "", |counts| counts.changed, "changed")}
            {tile(t!(roster_desk.count_unchanged()), "", |counts| counts.unchanged, "unchanged")}
            {tile(t!(roster_desk.count_held_back()), "bad", |counts| counts.held_back, "held-back")}
        </div>
        <section class="card list folds">
            <p class="list-row sub">
                <span>{move || words::roster_desk().in_file(counts.get().households, counts.get().children)}</span>
            </p>
            {move || (!units.read().is_empty()).then(|| view! { <NewUnits units /> })}
            {move || (!persons.read().is_empty()).then(|| view! { <NewPersons persons /> })}
        </section>
    }
}

#[component]
fn NewUnits(units: Memo<Arc<Vec<String>>>) -> impl IntoView {
    let draw = |names: Vec<String>| {
        view! { <ul class="names">{names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}</ul> }
    };
    view! {
        <Fold title=move || words::roster_desk().makes_units(units.read().len())><First all=units draw /></Fold>
    }
}

#[component]
fn NewPersons(persons: Memo<Arc<Vec<HelperName>>>) -> impl IntoView {
    let line = |helper: HelperName| {
        let phone = helper.telephone;
        let phone = move || {
            if phone.is_empty() { words::roster_desk().no_telephone().to_owned() } else { phone.clone() }
        };
        view! { <li><b>{helper.name}</b>" "<span class="sub">{helper.branch}" "{phone}</span></li> }
    };
    let draw = move |helpers: Vec<HelperName>| {
        view! { <ul class="names">{helpers.into_iter().map(line).collect_view()}</ul> }
    };
    view! {
        <Fold title=move || words::roster_desk().makes_persons(persons.read().len())><First all=persons draw /></Fold>
    }
}

/// What becomes of households that the office knows already.
#[component]
pub fn ChangesAndMissing(roster: Roster) -> impl IntoView {
    let changes = part(roster, |plan| Arc::new(plan.changes.clone()));
    let missing = part(roster, |plan| Arc::new(plan.missing.clone()));
    let counts = part(roster, |plan| plan.counts);
    let changed = move || {
        (!changes.read().is_empty()).then(|| {
            view! {
                <Fold title=move || words::roster_desk().changes(counts.get().changed)>
                    {move || (changes.read().len() >= CHANGES_MAX).then(|| view! { <p class="sub">{t!(roster_desk.changes_first(CHANGES_MAX))}</p> })}
                    <First all=changes draw=change_lines />
                </Fold>
            }
        })
    };
    let gone = move || {
        (!missing.read().is_empty()).then(|| {
            view! {
                <Fold title=move || words::roster_desk().missing(missing.read().len())>
                    <p class="sub">{t!(roster_desk.missing_why())}</p>
                    <First all=missing draw=missing_lines />
                </Fold>
            }
        })
    };
    let any = Memo::new(move |_| !changes.read().is_empty() || !missing.read().is_empty());
    move || any.get().then(|| view! { <section class="card list folds">{changed}{gone}</section> })
}

fn change_lines(all: Vec<RowChange>) -> impl IntoView {
    let line = |change: RowChange| {
        let what = change.what;
        let what = move || {
            what.iter()
                .map(|code| what_changes(code))
                .collect::<Vec<_>>()
                .join(words::domain().0.pick("、", ", "))
        };
        view! {
            <li class="list-row">
                <span class="grow"><a class="link" href=Page::Household(change.household).href() target="_blank">{change.name}</a>" "{what}</span>
                <span class="sub keep">{move || words::roster().row_alone(change.row)}</span>
            </li>
        }
    };
    view! { <ul>{all.into_iter().map(line).collect_view()}</ul> }
}

fn what_changes(code: &str) -> &'static str {
    let words = words::roster_desk();
    match code {
        "register" => words.register(),
        "seats" => words.seats(),
        item => domain::item::Item::ALL
            .into_iter()
            .find(|known| known.code() == item)
            .map_or("", |item| words::domain().item(item)),
    }
}

fn missing_lines(all: Vec<NamedHousehold>) -> impl IntoView {
    let line = |one: NamedHousehold| {
        let name = match one.household {
            Some(id) => {
                view! { <a class="link" href=Page::Household(id).href() target="_blank">{one.name}</a> }
                    .into_any()
            }
            None => view! { <span>{one.name}</span> }.into_any(),
        };
        view! { <li class="list-row"><span class="grow">{name}" "<span class="sub">{one.unit}" "{one.address}</span></span></li> }
    };
    view! { <ul>{all.into_iter().map(line).collect_view()}</ul> }
}

/// The one button, with the number on it; always in reach.
#[component]
pub fn TakeIn(roster: Roster) -> impl IntoView {
    let counts = part(roster, |plan| plan.counts);
    let waiting = Memo::new(move |_| roster.answers.with(Answers::open_rows));
    let going = roster.going;
    let told = Memo::new(move |_| roster.says_more());
    let held = Memo::new(move |_| {
        roster.stuck.read().is_some() || roster.anew.get() || roster.header_not.get().is_some()
    });
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
        match (moves(), waiting.get()) {
            (true, _) => said_of(&counts),
            (false, 0) => words.nothing_to_do().to_owned(),
            (false, _) => String::new(),
        }
    };
    let waits = move || (waiting.get() > 0).then(|| words::roster_desk().waits_for_you(waiting.get()));
    let no_day = move || roster.day.read().is_none();
    let off = move || going.get() != Going::Nothing || no_day() || !(moves() || told.get());
    view! {
        <div class="take-in">
            {move || held.get().then(|| view! { <div class="held"><super::Held roster /></div> })}
            <p class="grow"><span>{says}</span>" "<span class="wait">{waits}</span></p>
            <button type="button" class="button main" data-take-in disabled=off aria-busy=move || (going.get() == Going::TakingIn).to_string()
                on:click=move |_| roster.take_in()>{label}</button>
        </div>
    }
}

/// What goes in, in a few words.
pub fn said_of(counts: &RosterCounts) -> String {
    let words = words::roster_desk();
    let parts = [
        (counts.new, words.done_new(counts.new)),
        (counts.changed, words.done_changed(counts.changed)),
        (counts.units, words.done_units(counts.units)),
        (counts.persons, words.done_persons(counts.persons)),
    ];
    let said: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said).collect();
    if said.is_empty() { words.nothing_new().to_owned() } else { said.join(words.0.pick("，", ", ")) }
}

//! What taking the file in would do, in figures: how many go in, how many wait, what is made with them.

use super::{
    counted::{Counted, Sort},
    fold::{First, Fold},
};
use crate::state::roster::Roster;
use leptos::prelude::*;
use protocol::roster::{HelperName, RosterCounts, RosterFinding, RosterPlan};
use std::{collections::BTreeSet, sync::Arc};
use ui::{icon::Icon, notice::Banner, surface::Tone, words};

/// What the plan says, part by part, each drawn again only when it is another.
pub fn part<T: Clone + PartialEq + Default + Send + Sync + 'static>(
    roster: Roster,
    of: fn(&RosterPlan) -> T,
) -> Memo<T> {
    Memo::new(move |_| {
        roster.preview.with(|preview| {
            preview.as_ref().and_then(|preview| preview.plan.as_ref()).map(of).unwrap_or_default()
        })
    })
}

/// The figures; each opens onto its rows.
#[component]
pub fn Summary(roster: Roster) -> impl IntoView {
    let counts = part(roster, |plan| plan.counts);
    let due = part(roster, |plan| plan.due);
    let emptied = part(roster, rows_emptied);
    let units = part(roster, |plan| Arc::new(plan.units.clone()));
    let persons = part(roster, |plan| Arc::new(plan.persons.clone()));
    let opened = RwSignal::new(None::<Sort>);
    let tile = move |sort: Sort| {
        let count = move || sort.count(&counts.get());
        let class =
            move || format!("count-tile {}", if count() == 0 { "plain" } else { sort.tone(&counts.get()) });
        let expanded = move || (opened.get() == Some(sort)).to_string();
        let turn = move |_| opened.update(|opened| *opened = (*opened != Some(sort)).then_some(sort));
        view! {
            <button type="button" class=class data-count=sort.word() disabled=move || count() == 0 aria-expanded=expanded on:click=turn>
                <b>{count}</b><span>{move || sort.label()}</span>
            </button>
        }
    };
    view! {
        <div class="counts" data-counts>{Sort::ALL.map(tile).collect_view()}</div>
        {move || opened.get().filter(|sort| sort.count(&counts.get()) > 0).map(|sort| view! { <Counted roster sort /> })}
        {move || (due.get() > 0).then(|| view! {
            <div data-due><Banner text=move || words::roster_desk().due(counts.get().new, due.get()) tone=Tone::Wait icon=Icon::Warning /></div>
        })}
        {move || (emptied.get() > 0).then(|| view! {
            <div data-emptied><Banner text=move || words::roster_desk().emptied(emptied.get()) tone=Tone::Wait icon=Icon::Warning /></div>
        })}
        <section class="card list folds">
            <p class="list-row sub">
                <span data-sum>{move || sum(&counts.get())}</span>
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

fn sum(counts: &RosterCounts) -> String {
    if counts.rows == 0 {
        return words::roster_desk().sum_nothing().to_owned();
    }
    let goes_in = counts.new + counts.changed + counts.unchanged;
    words::roster_desk().sum(
        (goes_in, held_for_repair(counts), counts.repeats),
        counts.sheet_rows,
        counts.children,
    )
}

/// Households that wait until the sheet is repaired or somebody says which they are; of a repeat nothing is to be done.
pub const fn held_for_repair(counts: &RosterCounts) -> u32 {
    counts.held_back.saturating_sub(counts.repeats)
}

/// What goes in, in a few words.
pub fn said_of(counts: &RosterCounts, telephones: u32) -> String {
    let words = words::roster_desk();
    let parts = [
        (counts.new, words.done_new(counts.new)),
        (counts.changed, words.done_changed(counts.changed)),
        (counts.units, words.done_units(counts.units)),
        (counts.persons, words.done_persons(counts.persons)),
        (telephones, words.done_telephones(telephones)),
    ];
    let said: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said).collect();
    if said.is_empty() { words.nothing_new().to_owned() } else { said.join(words.0.pick("，", ", ")) }
}

/// How many helpers have another telephone by the file.
pub fn new_telephones(plan: &RosterPlan) -> u32 {
    let is_it = |one: &&RosterFinding| one.finding == "helper_telephone" && one.effect == "as_written";
    u32::try_from(plan.findings.iter().filter(is_it).count()).unwrap_or(u32::MAX)
}

/// In how many rows a cell was emptied that said something before.
fn rows_emptied(plan: &RosterPlan) -> usize {
    let found = plan.findings.iter().filter(|one| one.finding == "cell_emptied");
    found.map(|one| (&one.sheet, one.row)).collect::<BTreeSet<_>>().len()
}

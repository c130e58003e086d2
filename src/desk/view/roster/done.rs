//! The receipt: what was taken in, and what to do next.

use super::{
    findings::SaveList,
    summary::{held_for_repair, new_telephones, said_of},
};
use crate::state::{
    place::Page,
    roster::{Roster, done::Done},
};
use leptos::prelude::*;
use ui::{
    icon::{Icon, IconMark},
    surface::LinkRow,
    t, words,
};

/// What happened.
#[component]
pub fn DoneShown(roster: Roster) -> impl IntoView {
    move || roster.done.get().map(|done| view! { <Receipt roster done /> })
}

#[component]
fn Receipt(roster: Roster, done: Done) -> impl IntoView {
    let Done { taken, plan, without_category: without } = done;
    let (counts, unit, telephones) = (taken.counts, taken.unit, new_telephones(&plan));
    // The button that was pressed stood at the end of a long page.
    request_animation_frame(|| window().scroll_to_with_x_and_y(0.0, 0.0));
    let has_findings = !plan.findings.is_empty() || !plan.changes.is_empty();
    view! {
        <section class="card good receipt" role="status" data-receipt>
            <IconMark icon=Icon::Tick />
            <h2>{move || title(counts.new + counts.changed, telephones)}</h2>
            <p>{move || said_of(&counts, telephones)}</p>
            <p class="sub name-long">{taken.file_name}</p>
        </section>
        <section class="card list">
            <h2 class="section-title">{t!(roster_desk.next_steps())}</h2>
            {(counts.persons > 0).then(|| view! {
                <LinkRow href=Page::Invitations(Some(unit)).href() title=t!(roster_desk.next_invite()) detail=t!(roster_desk.next_invite_why()) icon=Icon::People />
            })}
            {(without > 0).then(|| view! {
                <LinkRow href=Page::list(Some(unit), "without_category").href() title=t!(roster_desk.next_category(without)) detail=t!(roster_desk.next_category_why()) icon=Icon::Pencil />
            })}
            <LinkRow href=Page::list(Some(unit), "").href() title=t!(roster_desk.next_households()) icon=Icon::House />
            {(held_for_repair(&counts) > 0).then(|| view! {
                <p class="list-row"><IconMark icon=Icon::Warning /><span class="grow">{t!(roster_desk.next_held_back(held_for_repair(&counts)))}<small class="sub">{t!(roster_desk.next_held_back_why())}</small></span></p>
            })}
            <div class="buttons receipt-buttons">
                {has_findings.then(|| view! { <SaveList roster /> })}
                <button type="button" class="button" on:click=move |_| roster.forget()>{t!(roster_desk.another())}</button>
            </div>
        </section>
    }
}

/// What it came to: of households, or of what else it was for.
fn title(households: u32, telephones: u32) -> String {
    let words = words::roster_desk();
    match (households, telephones) {
        (1.., _) => words.done_title(households),
        (0, 1..) => words.done_title_telephones(telephones),
        (0, 0) => words.done_title_otherwise().to_owned(),
    }
}

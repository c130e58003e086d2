//! The roster out again, as Excel or as .csv, for the unit that is chosen above.

use crate::{
    platform,
    state::{desk::use_desk, roster::Roster, sending::Sending},
    view::saying,
};
use leptos::prelude::*;
use protocol::roster::{RosterFormat, RosterOut};
use ui::t;

/// The card.
#[component]
pub fn Out(roster: Roster) -> impl IntoView {
    let desk = use_desk();
    let sending = Sending::new(desk);
    let unit = move || roster.unit().map(|unit| desk.tree.with(|tree| tree.full_name(unit)));
    let out = move |format: RosterFormat| {
        if let Some(unit) = untrack(|| roster.unit()) {
            sending.post_for_file("/api/roster/exports", RosterOut { unit, format }, platform::save_file);
        }
    };
    let problem = move || sending.problem.get().map(|problem| saying::problem(&problem));
    view! {
        <section class="card" data-out>
            <h2>{t!(roster_desk.out())}" "<small class="sub">{unit}</small></h2>
            <p class="sub">{t!(roster_desk.out_why())}</p>
            <p>{t!(roster_desk.out_id_numbers())}</p>
            <p class="sub">{t!(roster_desk.out_csv_why())}</p>
            <p class="form-problem" role="alert">{problem}</p>
            <div class="buttons">
                <button type="button" class="button" disabled=move || sending.busy.get() on:click=move |_| out(RosterFormat::Xlsx)>{t!(roster_desk.out_xlsx())}</button>
                <button type="button" class="button" disabled=move || sending.busy.get() on:click=move |_| out(RosterFormat::Csv)>{t!(roster_desk.out_csv())}</button>
            </div>
        </section>
    }
}

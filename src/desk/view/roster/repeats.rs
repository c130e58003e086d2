//! Rows that are one household, or may be: side by side, with the cells in which they differ.

use super::{
    fold::{First, QUESTIONS},
    rows_asked::Lines,
    summary::part,
};
use crate::state::roster::Roster;
use leptos::prelude::*;
use protocol::roster::RosterRepeat;
use std::sync::Arc;
use ui::{t, words};

/// Where a row stands.
pub fn place(sheet: String, row: u32) -> impl Fn() -> String + Clone + Send + 'static {
    move || match sheet.as_str() {
        "" => words::roster().row_alone(row),
        sheet => words::roster_desk().sheet_row(sheet, row),
    }
}

/// Every pair.
#[component]
pub fn Repeats(roster: Roster) -> impl IntoView {
    let all = part(roster, |plan| Arc::new(plan.repeats.clone()));
    let draw = |pairs: Vec<RosterRepeat>| {
        view! { <ul class="asked" data-repeats>{pairs.into_iter().map(|pair| view! { <Pair pair /> }).collect_view()}</ul> }
    };
    move || {
        (!all.read().is_empty()).then(|| {
            view! {
                <h3 class="section-title">{t!(roster_desk.repeats())}</h3>
                <First all draw step=QUESTIONS />
            }
        })
    }
}

#[component]
fn Pair(pair: RosterRepeat) -> impl IntoView {
    let RosterRepeat { sheet, row, says, of_sheet, of, of_says, why, differs } = pair;
    let of_sheet = if of_sheet.is_empty() { sheet.clone() } else { of_sheet };
    let what = move || words::roster().finding(&why, Some(of), "", "");
    let cell = |(column, here, there): (String, String, String)| {
        view! { <tr><td class="sub">{column}</td><td class="cell">{there}</td><td class="cell">{here}</td></tr> }
    };
    let (first, second) = (place(of_sheet, of), place(sheet, row));
    let differing = match differs.is_empty() {
        true => view! { <p class="sub">{t!(roster_desk.repeats_alike())}</p> }.into_any(),
        false => view! {
            <div class="table-place"><table class="table differs">
                <thead><tr><th scope="col">{t!(roster_desk.header())}</th><th scope="col">{first.clone()}</th><th scope="col">{second.clone()}</th></tr></thead>
                <tbody>{differs.into_iter().map(cell).collect_view()}</tbody>
            </table></div>
        }
        .into_any(),
    };
    view! {
        <li>
            <p class="sub">{what}</p>
            <div class="sides">
                <div class="candidate"><p class="sub">{first}</p><Lines one=of_says /></div>
                <div class="candidate"><p class="sub">{second}</p><Lines one=says /></div>
            </div>
            {differing}
        </li>
    }
}

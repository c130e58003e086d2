//! A file that was not read: why, in one sentence, and what to do. Where only the header was not found, its first rows
//! stand there to point at it.

use crate::state::roster::{Roster, columns::with_header};
use leptos::prelude::*;
use protocol::roster::ShownRow;
use ui::{
    icon::{Icon, IconMark},
    t, words,
};

/// So many cells of a row are shown.
const CELLS: usize = 12;

/// What has so few signs, a name, a number, stands on one line.
const SHORT: usize = 12;

/// The card.
#[component]
pub fn Refused(roster: Roster) -> impl IntoView {
    let code = Memo::new(move |_| {
        roster
            .preview
            .with(|preview| preview.as_ref().and_then(|preview| preview.refused.clone()).unwrap_or_default())
    });
    let needs_header = move || code.read().as_str() == "no_header";
    let rows = Memo::new(move |_| {
        roster
            .preview
            .with(|preview| preview.as_ref().map(|preview| preview.rows.clone()).unwrap_or_default())
    });
    let has_columns = Memo::new(move |_| roster.mapping.with(|mapping| !mapping.columns.is_empty()));
    view! {
        <section class="card bad refused" role="alert" data-refused=move || code.get()>
            <IconMark icon=Icon::Warning />
            <h2>{t!(roster_desk.refused_title())}</h2>
            <p class="value">{move || words::roster().refusal(&code.read())}</p>
        </section>
        {move || (needs_header() && !rows.read().is_empty()).then(|| view! {
            <section class="card">
                <h2>{t!(roster_desk.point_at_header())}</h2>
                <FirstRows roster rows />
                {move || has_columns.get().then(|| view! { <p class="wait">{t!(roster_desk.choose_name())}</p> })}
            </section>
        })}
    }
}

/// The first rows as they lie there, each with a button.
#[component]
fn FirstRows(roster: Roster, rows: Memo<Vec<ShownRow>>) -> impl IntoView {
    let header = Memo::new(move |_| roster.mapping.with(|mapping| mapping.header_row));
    let point = move |row: u32| {
        if let Some(preview) = roster.preview.get_untracked() {
            roster.map(|mapping| *mapping = with_header(mapping, &preview, row));
        }
    };
    let line = move |ShownRow { row, cells }: ShownRow| {
        let cells = cells.into_iter().take(CELLS).map(|cell| {
            let is_short = cell.chars().count() <= SHORT;
            view! { <td class="cell" class:keep=is_short>{cell}</td> }
        });
        view! {
            <tr class:said=move || header.get() == Some(row)>
                <td class="full"><button type="button" class="button small pressable keep" aria-pressed=move || (header.get() == Some(row)).to_string()
                    on:click=move |_| point(row)>{move || words::roster_desk().is_header(row)}</button></td>
                {cells.collect_view()}
            </tr>
        }
    };
    view! {
        <div class="table-place">
            <table class="table first-rows"><tbody>{move || rows.get().into_iter().map(line).collect_view()}</tbody></table>
        </div>
    }
}

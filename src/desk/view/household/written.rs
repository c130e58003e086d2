//! What the last roster says of a household beside the six: columns that are kept as they were written.

use leptos::prelude::*;
use protocol::office::{HouseholdFile, RosterCell};
use ui::{figures, t, words};

/// The cells; nothing where no roster wrote any.
#[component]
pub fn Written(file: StoredValue<HouseholdFile>) -> impl IntoView {
    let today = file.with_value(|file| file.today);
    let written = file.with_value(|file| file.written.clone()).filter(|written| !written.cells.is_empty());
    let cell =
        |RosterCell { header, text }: RosterCell| view! { <div><dt>{header}</dt><dd>{text}</dd></div> };
    written.map(|written| {
        let (day, file_name) = (written.day, written.file_name);
        let of = move || words::desk().other_columns_of(&figures::short_day(day, today), &file_name);
        view! {
            <h2 class="section-title">{t!(desk.other_columns())}</h2>
            <section class="card" data-written>
                <dl class="facts">{written.cells.into_iter().map(cell).collect_view()}</dl>
                <p class="sub">{of}</p>
            </section>
        }
    })
}

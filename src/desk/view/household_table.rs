//! Households as rows of a table at a desk, as cards on a phone: one markup, the style decides.

use crate::state::place::Page;
use domain::{coverage::DueState, day::Day};
use leptos::prelude::*;
use protocol::office::HouseholdRow;
use ui::{
    figures,
    surface::{Pill, Tone},
    t,
    tiles::SixTiles,
    words,
};

/// A table of households.
#[component]
pub fn HouseholdTable(
    /// The households, in order.
    rows: Vec<HouseholdRow>,
    /// The day their states hold for.
    today: Day,
) -> impl IntoView {
    view! {
        <div class="table-place">
            <table class="table households" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">{t!(desk.column_household())}</th>
                        <th role="columnheader" scope="col">{t!(desk.column_category())}</th>
                        <th role="columnheader" scope="col">{t!(desk.column_unit())}</th>
                        <th role="columnheader" scope="col">{t!(desk.column_six())}</th>
                        <th role="columnheader" scope="col">{t!(desk.column_last_visit())}</th>
                        <th role="columnheader" scope="col">{t!(desk.column_helpers())}</th>
                        <th role="columnheader" scope="col"><span class="hidden-visually">{t!(desk.column_waits())}</span></th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {rows.into_iter().map(|row| view! { <Row row today /> }).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: HouseholdRow, today: Day) -> impl IntoView {
    let href = Page::Household(row.id).href();
    let category = row.category;
    let has_category = !category.is_empty();
    let helpers = row.helpers.join("、");
    let (due_state, due, last_visit) = (row.due_state, row.due, row.last_visit);
    view! {
        <tr role="row" class="linked" data-household=row.id.to_string()>
            <td role="cell" class="title"><a href=href>{row.name}</a></td>
            <td role="cell">{has_category.then(|| view! { <span class="chip">{category}</span> })}</td>
            <td role="cell" class="sub of-unit">{row.unit_name}</td>
            <td role="cell" class="full"><SixTiles states=Signal::stored(row.items) small=true /></td>
            <td role="cell" class="keep when"><LastVisit due_state due last_visit today /></td>
            <td role="cell" class="sub of-helpers">{helpers}</td>
            <td role="cell" class="end"><Waits needs=row.needs_open alerts=row.alerts_open /></td>
        </tr>
    }
}

/// When somebody was there last, or for how long nobody was.
#[component]
pub fn LastVisit(due_state: DueState, due: Day, last_visit: Option<Day>, today: Day) -> impl IntoView {
    let class = match due_state {
        DueState::OnTime | DueState::NotYetDue => "sub keep",
        DueState::Overdue => "wait keep",
        DueState::NeverVisitedDue => "bad keep",
    };
    let said = move || match (due_state, last_visit) {
        (DueState::Overdue, _) => figures::due(due, today),
        (DueState::NeverVisitedDue, _) => words::desk().never_visited().to_owned(),
        (_, Some(day)) => figures::short_day(day, today),
        (_, None) => words::desk().not_visited_yet().to_owned(),
    };
    let in_full = move || last_visit.map(|day| words::desk().last_visit_on(&day.to_string()));
    view! { <span class=class title=in_full>{said}</span> }
}

#[component]
fn Waits(needs: u32, alerts: u32) -> impl IntoView {
    let tone = |tone| Signal::stored(tone);
    view! {
        {(alerts > 0).then(|| view! { <Pill text=move || words::desk().alerts_count(alerts) tone=tone(Tone::Bad) /> })}
        {(needs > 0).then(|| view! { <Pill text=move || words::desk().needs_count(needs) tone=tone(Tone::Wait) /> })}
    }
}

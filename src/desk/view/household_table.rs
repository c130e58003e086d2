//! Households as rows of a table at a desk, as cards on a phone: one markup, the style decides.

use crate::state::place::Page;
use domain::{coverage::DueState, day::Day, seat::Seat};
use leptos::prelude::*;
use protocol::office::{HouseholdRow, Likeness};
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
    /// For each, in what it is like the one that is asked about.
    #[prop(optional)]
    alike: Vec<Vec<Likeness>>,
    /// Says why fewer than three people answer for it.
    #[prop(optional)]
    why: bool,
) -> impl IntoView {
    let alike = alike.into_iter().map(Some).chain(std::iter::repeat(None));
    view! {
        <div class="table-place">
            <table class="table households" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">{t!(desk.column_household())}</th>
                        <th role="columnheader" scope="col">{t!(desk.column_category())}</th>
                        <th role="columnheader" scope="col">{t!(desk.column_unit())}</th>
                        <th role="columnheader" scope="col">{t!(desk.column_six())}</th>
                        <th role="columnheader" scope="col">{t!(desk.column_due())}</th>
                        <th role="columnheader" scope="col">{t!(desk.column_helpers())}</th>
                        <th role="columnheader" scope="col"><span class="hidden-visually">{t!(desk.column_waits())}</span></th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {rows.into_iter().zip(alike).map(|(row, alike)| view! { <Row row today alike why /> }).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: HouseholdRow, today: Day, alike: Option<Vec<Likeness>>, why: bool) -> impl IntoView {
    let href = Page::Household(row.id).href();
    // Beside a form somebody is filling in: the form stays where it is.
    let apart = alike.is_some();
    let category = row.category;
    let has_category = !category.is_empty();
    let written = (!row.category_written.is_empty()).then(
        || view! { <small class="wait">{words::desk().category_written(&row.category_written)}</small> },
    );
    let lacking = why
        .then(|| view! { <small class="wait" data-lacking>{lacking(row.helpers.len(), row.people)}</small> });
    let names = row.helpers;
    let helpers = move || words::shared().list(&names);
    let (due_state, due, last_visit) = (row.due_state, row.due, row.last_visit);
    let alike = alike.map(|alike| {
        let said = move || {
            words::shared().list(&alike.iter().map(|one| words::desk().alike(*one)).collect::<Vec<_>>())
        };
        view! { <small class="wait alike">{said}</small> }
    });
    view! {
        <tr role="row" class="linked" data-household=row.id.to_string()>
            <td role="cell" class="title"><a href=href target=apart.then_some("_blank") rel=apart.then_some("noopener")>{row.name}</a>{alike}</td>
            <td role="cell">{has_category.then(|| view! { <span class="chip">{category}</span> })}{written}</td>
            <td role="cell" class="sub of-unit">{row.unit_name}</td>
            <td role="cell" class="full"><SixTiles states=Signal::stored(row.items) small=true /></td>
            <td role="cell" class="keep when"><LastVisit due_state due last_visit today /></td>
            <td role="cell" class="sub of-helpers">{helpers}" "{lacking}</td>
            <td role="cell" class="end"><Waits needs=row.needs_open alerts=row.alerts_open /></td>
        </tr>
    }
}

/// What keeps three people from answering for a household.
fn lacking(seats: usize, people: usize) -> impl Fn() -> String {
    move || {
        let words = words::desk_forms();
        let all = Seat::ALL.len();
        let empty = (seats < all).then(|| words.seats_lacking(all - seats));
        let doubled = match (seats >= all, people) {
            (true, 1) => Some(words.in_all_seats().to_owned()),
            _ if people < seats => Some(words.in_two_seats().to_owned()),
            _ => None,
        };
        words::shared().list(&[empty, doubled].into_iter().flatten().collect::<Vec<_>>())
    }
}

/// How far from its day a household is, and when somebody was there last.
#[component]
pub fn LastVisit(due_state: DueState, due: Day, last_visit: Option<Day>, today: Day) -> impl IntoView {
    let class = state_class(due_state);
    // How long nobody came is not known of a household that was visited before its visits were recorded here.
    let when = move || match due_state {
        DueState::NeverVisitedDue => words::desk_forms().due_no_record().to_owned(),
        _ => figures::due(due, today),
    };
    let last = move || match (last_visit, due_state) {
        (Some(day), _) => words::desk().visited_last(&figures::short_day(day, today)),
        (None, DueState::NotYetDue) => words::desk().file_is_new().to_owned(),
        (None, _) => words::desk().never_was().to_owned(),
    };
    let in_full = move || last_visit.map(|day| words::desk().last_visit_on(&day.to_string()));
    view! {
        <span class="keep" title=in_full>
            <span class=class>{when}</span>" "<span class="sub">{last}</span>
        </span>
    }
}

const fn state_class(due_state: DueState) -> &'static str {
    match due_state {
        DueState::OnTime | DueState::NotYetDue => "sub keep",
        DueState::Overdue => "wait keep",
        DueState::NeverVisitedDue => "bad keep",
    }
}

#[component]
fn Waits(needs: u32, alerts: u32) -> impl IntoView {
    let tone = |tone| Signal::stored(tone);
    view! {
        {(alerts > 0).then(|| view! { <Pill text=move || words::desk().alerts_count(alerts) tone=tone(Tone::Bad) /> })}
        {(needs > 0).then(|| view! { <Pill text=move || words::desk().needs_count(needs) tone=tone(Tone::Wait) /> })}
    }
}

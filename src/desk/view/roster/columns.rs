//! What each column holds: its letters and name, the first cells below, and a list to choose from. Every change is read
//! again at once.

use super::fold::Fold;
use crate::state::roster::{
    Roster,
    columns::{GROUPS, KEPT, SERIAL, samples, set_field, unknown, with_header, with_sheet},
};
use leptos::prelude::*;
use protocol::roster::RosterColumn;
use ui::{t, words};

/// The section.
#[component]
pub fn Columns(roster: Roster, open: bool) -> impl IntoView {
    let count = Memo::new(move |_| roster.mapping.with(|mapping| mapping.columns.len()));
    let unknown = Memo::new(move |_| roster.mapping.with(unknown));
    let any = Memo::new(move |_| count.get() > 0 || sheets(roster).len() > 1);
    let as_in = Memo::new(move |_| {
        roster
            .preview
            .with(|preview| preview.as_ref().map(|preview| preview.as_in.clone()).unwrap_or_default())
    });
    let title = move || words::roster_desk().columns(count.get());
    let aside = move || match (unknown.get(), as_in.read().is_empty()) {
        (0, true) => String::new(),
        (0, false) => words::roster_desk().columns_remembered().to_owned(),
        (some, _) => words::roster_desk().columns_unknown(some),
    };
    move || {
        any.get().then(|| {
            view! {
                <section class="card list folds" data-columns>
                    <Fold title aside open>
                        {move || (!as_in.read().is_empty()).then(|| view! { <p data-as-in>{t!(roster_desk.columns_as_in(&as_in.read()))}</p> })}
                        <p class="sub">{t!(roster_desk.columns_why())}</p>
                        <WhereItIs roster />
                        <Table roster />
                    </Fold>
                </section>
            }
        })
    }
}

fn sheets(roster: Roster) -> Vec<String> {
    roster.preview.with(|preview| preview.as_ref().map(|preview| preview.sheets.clone()).unwrap_or_default())
}

/// Which sheet, and which of its rows names the columns.
#[component]
fn WhereItIs(roster: Roster) -> impl IntoView {
    let sheets = Memo::new(move |_| sheets(roster));
    let rows = Memo::new(move |_| {
        let rows = roster.preview.with(|preview| {
            preview.as_ref().map(|preview| preview.rows.iter().map(|row| row.row).collect::<Vec<_>>())
        });
        rows.unwrap_or_default()
    });
    let sheet = Memo::new(move |_| roster.mapping.with(|mapping| mapping.sheet.clone()));
    let header = Memo::new(move |_| roster.mapping.with(|mapping| mapping.header_row));
    let of_sheet = move |name: String| {
        let (own, value) = (name.clone(), name.clone());
        view! { <option value=value prop:selected=move || sheet.read().as_ref() == Some(&own)>{name}</option> }
    };
    let of_row = move |row: u32| {
        view! { <option value=row.to_string() prop:selected=move || header.get() == Some(row)>{t!(roster_desk.row_number(row))}</option> }
    };
    let pick_sheet = move |name: String| {
        if !name.is_empty() {
            roster.map(|mapping| *mapping = with_sheet(mapping, &name));
        }
    };
    let pick_row = move |row: String| {
        let preview = roster.preview.get_untracked();
        if let (Ok(row), Some(preview)) = (row.parse(), preview) {
            roster.map(|mapping| *mapping = with_header(mapping, &preview, row));
        }
    };
    let far = move || header.get().filter(|row| !rows.read().contains(row)).map(of_row);
    view! {
        <div class="toolbar where">
            {move || (sheets.read().len() > 1).then(|| view! {
                <label class="row"><span class="sub">{t!(roster_desk.which_sheet())}</span>
                    <select class="unit-picker" on:change:target=move |event| pick_sheet(event.target().value())>
                        <option value="" prop:selected=move || sheet.read().is_none()>{t!(roster_desk.all_sheets())}</option>
                        {sheets.get().into_iter().map(of_sheet).collect_view()}
                    </select>
                </label>
            })}
            {move || (header.get().is_some()).then(|| view! {
                <label class="row"><span class="sub">{t!(roster_desk.header_in())}</span>
                    <select class="unit-picker" data-header on:change:target=move |event| pick_row(event.target().value())>
                        {move || rows.get().into_iter().map(of_row).collect_view()}
                        {far}
                    </select>
                </label>
            })}
        </div>
    }
}

#[component]
fn Table(roster: Roster) -> impl IntoView {
    let columns = move || roster.mapping.with(|mapping| mapping.columns.clone());
    let line = move |column: RosterColumn| view! { <Line roster column /> };
    view! {
        <div class="table-place">
            <table class="table columns-table">
                <thead><tr>
                    <th scope="col">{t!(roster_desk.column())}</th>
                    <th scope="col">{t!(roster_desk.header())}</th>
                    <th scope="col">{t!(roster_desk.sample())}</th>
                    <th scope="col">{t!(roster_desk.holds())}</th>
                    <th scope="col">{t!(roster_desk.exported())}</th>
                </tr></thead>
                <tbody><For each=columns key=|column| (column.at, column.header.clone()) children=line /></tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(roster: Roster, column: RosterColumn) -> impl IntoView {
    let RosterColumn { at, letters, header, .. } = column;
    let now = move |of: fn(&RosterColumn) -> Option<String>| {
        roster.mapping.with(|mapping| mapping.columns.iter().find(|one| one.at == at).and_then(of))
    };
    let field = Memo::new(move |_| now(|column| column.field.clone()));
    let exported = Memo::new(move |_| now(|column| column.exported.then(String::new)).is_some());
    let cells = Memo::new(move |_| {
        let header_row = roster.mapping.with(|mapping| mapping.header_row);
        let preview = roster.preview.read();
        preview.as_ref().map(|preview| samples(&preview.rows, header_row, at)).unwrap_or_default()
    });
    let pick = move |field: String| {
        roster.map(|mapping| set_field(mapping, at, Some(field.as_str()).filter(|field| !field.is_empty())));
    };
    let (of_select, of_tick) = ((letters.clone(), header.clone()), (letters.clone(), header.clone()));
    let word = letters.clone();
    view! {
        <tr data-column=word class:unknown=move || field.read().is_none()>
            <td class="keep sub">{letters}</td>
            <td class="title name-long">{header}</td>
            <td class="full sub cells">{move || cells.get().into_iter().map(|cell| view! { <span>{cell}</span> }).collect_view()}</td>
            <td class="grow">
                <select class="unit-picker" aria-label=move || words::roster_desk().column_holds(&of_select.0, &of_select.1)
                    on:change:target=move |event| pick(event.target().value())>
                    <Fields field />
                </select>
            </td>
            <td>
                <label class="check">
                    <input type="checkbox" autocomplete="off" aria-label=move || words::roster_desk().column_exported(&of_tick.0, &of_tick.1)
                        prop:checked=move || exported.get() on:change:target=move |event| roster.export(at, event.target().checked()) />
                    <span class="narrow-only">{t!(roster_desk.exported())}</span>
                </label>
            </td>
        </tr>
    }
}

/// What there is to choose from.
#[component]
fn Fields(field: Memo<Option<String>>) -> impl IntoView {
    let option = move |own: &'static str| {
        let label =
            move || if own == KEPT { words::roster_desk().keep_as_is() } else { words::roster().field(own) };
        view! { <option value=own prop:selected=move || field.read().as_deref() == Some(own)>{label}</option> }
    };
    let group = move |(nth, fields): (usize, &&'static [&'static str])| {
        let label = move || words::roster_desk().field_group(nth);
        view! { <optgroup label=label>{fields.iter().map(|own| option(own)).collect_view()}</optgroup> }
    };
    let is_unknown = move || field.read().is_none();
    view! {
        {move || is_unknown().then(|| view! { <option value="" selected=true>{t!(roster.field(""))}</option> })}
        {option(KEPT)}
        {GROUPS.iter().enumerate().map(group).collect_view()}
        <optgroup label=t!(roster_desk.group_other())>{option(SERIAL)}</optgroup>
    }
}

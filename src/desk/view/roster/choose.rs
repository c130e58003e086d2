//! Choosing: whose roster it is, of which day, and the file, dropped or picked.

use crate::state::{
    desk::use_desk,
    rights::Doing,
    roster::{Going, Roster, first_day, whose::Proposed},
};
use crate::view::form::Beside;
use domain::id::UnitId;
use leptos::{ev::DragEvent, prelude::*};
use ui::{
    fields::{choice::Choice, date::DateField},
    icon::{Icon, IconMark},
    notice::Banner,
    surface::Tone,
    t, words,
};
use web_sys::HtmlInputElement;

/// What the browser offers to pick from.
const ACCEPTED: &str = ".xlsx,.csv,.xls,.et";

/// The card.
#[component]
pub fn Choose(roster: Roster) -> impl IntoView {
    let desk = use_desk();
    let units = Memo::new(move |_| desk.tree.with(|tree| tree.open_choices(&desk.tops(Doing::Keep))));
    let several = move || (units.read().len() > 1).then(|| view! { <WhichUnit roster units /> });
    let no_day = move || roster.day.get().is_none().then(|| words::desk().fill_this().to_owned());
    let today = desk.today();
    view! {
        <section class="card">
            <Drop roster />
            <div class="fields" inert=move || roster.is_taking_in()>
                {several}
                <Beside wrong=Signal::derive(no_day)>
                    <DateField label=t!(roster_desk.which_day()) value=roster.day on_input=move |day| roster.set_day(day)
                        first=Signal::stored(first_day()) last=Signal::stored(Some(today)) hint=move || day_hint(roster) />
                </Beside>
            </div>
        </section>
        <Whose roster />
    }
}

/// Where the day was read; and what it decides.
fn day_hint(roster: Roster) -> String {
    let words = words::roster_desk();
    let why = words.which_day_why();
    let Some(plan) = roster.plan() else { return why.to_owned() };
    let read = match &plan.dated {
        None if roster.day_told.get() => return why.to_owned(),
        None => words.day_not_in_file().to_owned(),
        Some(dated) => match (dated.row, dated.in_file_name) {
            (Some(row), _) => words.day_in_row(&dated.text, row),
            (None, true) => words.day_in_file_name(&dated.text),
            (None, false) => words.day_in_sheet_name(&dated.text),
        },
    };
    format!("{read}{}{why}", words.0.pick("", " "))
}

#[component]
fn WhichUnit(roster: Roster, units: Memo<Vec<(UnitId, String)>>) -> impl IntoView {
    view! {
        <Choice label=t!(roster_desk.which_unit()) options=Signal::derive(move || units.get())
            value=Signal::derive(move || roster.unit()) on_pick=move |unit| roster.set_unit(unit) />
    }
}

/// The file speaks for another unit: a person says whose it is.
#[component]
fn Whose(roster: Roster) -> impl IntoView {
    let desk = use_desk();
    let proposed = Memo::new(move |_| Some((roster.proposed()?, roster.unit()?)));
    let name = move |unit: UnitId| desk.tree.with(|tree| tree.full_name(unit));
    let is_of = move |unit: UnitId| {
        let label = move || words::roster_desk().is_of(&name(unit));
        view! { <button type="button" class="button small" on:click=move |_| roster.set_unit(Some(unit))>{label}</button> }
    };
    move || {
        let (proposed, now) = proposed.get()?;
        let says = move || match proposed {
            Proposed::Named(unit) => words::roster_desk().names_unit(&name(unit), &name(now)),
            Proposed::Above(_) => words::roster_desk().has_other_units(&name(now)),
        };
        Some(view! {
            <div data-whose inert=move || roster.is_taking_in()>
                <Banner text=says tone=Tone::Wait icon=Icon::Warning>
                    <div class="buttons">{is_of(proposed.unit())}{is_of(now)}</div>
                </Banner>
            </div>
        })
    }
}

/// Where the file goes.
#[component]
fn Drop(roster: Roster) -> impl IntoView {
    let is_over = RwSignal::new(false);
    let over = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        let files = event.data_transfer().and_then(|transfer| transfer.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            roster.choose(file);
        }
    };
    let picked = move |input: HtmlInputElement| {
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            roster.choose(file);
        }
        // So that the same file, changed on the disk, can be picked again.
        input.set_value("");
    };
    let name = move || roster.named.read().as_ref().map(|named| named.name.clone());
    let words = move || match name() {
        Some(name) => view! { <b class="file-name">{name}</b> }.into_any(),
        None => view! { <span class="sub wide-only">{t!(roster_desk.drop_here())}</span> }.into_any(),
    };
    let button = move || match name().is_some() {
        true => words::roster_desk().other_file(),
        false => words::roster_desk().choose_file(),
    };
    view! {
        <label class="drop" class:over=move || is_over.get() class:held=move || name().is_some()
            on:dragover=over on:dragleave=move |_| is_over.set(false) on:drop=dropped>
            <IconMark icon=Icon::Sheet />
            {words}
            <span class="button" class:main=move || name().is_none()>{button}</span>
            {move || name().is_none().then(|| view! { <small class="sub">{t!(roster_desk.accepted())}</small> })}
            <input class="hidden-visually" type="file" accept=ACCEPTED disabled=move || roster.is_taking_in()
                on:change:target=move |event| picked(event.target()) />
        </label>
        <Going roster />
    }
}

/// That it goes on, while it goes on.
#[component]
fn Going(roster: Roster) -> impl IntoView {
    let is_first = move || roster.preview.read().is_none();
    move || match roster.going.get() {
        Going::Sending(per_cent) if per_cent < 100 => view! {
            <div class="going" role="status">
                <progress class="progress" max="100" prop:value=f64::from(per_cent)></progress>
                <p class="sub">{move || words::roster_desk().sending(per_cent)}</p>
            </div>
        }
        .into_any(),
        Going::Sending(_) | Going::Reading if is_first() => view! {
            <div class="going" role="status"><p class="sub">{t!(roster_desk.reading())}</p></div>
        }
        .into_any(),
        _ => ().into_any(),
    }
}

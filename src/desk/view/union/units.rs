//! The tree of units, in the order the union gave it: made, changed and closed from here.

use super::{
    UnionPages,
    unit_form::{ChangeForm, MakeForm},
};
use crate::{
    state::{desk::use_desk, reading::Reading, rights::Doing},
    view::saying,
};
use domain::id::UnitId;
use leptos::prelude::*;
use protocol::desk::{Level, UnitRow};
use ui::{
    icon::{Icon, IconMark},
    sheet::Sheet,
    t, words,
};

/// What a sheet is about.
#[derive(Clone, PartialEq)]
enum Opened {
    Below(Option<UnitId>),
    Change(UnitRow),
}

/// The page.
#[component]
pub fn UnitsPage() -> impl IntoView {
    let desk = use_desk();
    let opened = RwSignal::new(None::<Opened>);
    let close = Callback::new(move |()| opened.set(None));
    let title = move || match opened.read().as_ref() {
        Some(Opened::Change(_)) => words::desk_forms().edit_unit(),
        _ => words::desk_forms().new_unit(),
    };
    let form = move || match opened.get()? {
        Opened::Below(parent) => Some(view! { <MakeForm parent on_done=close /> }.into_any()),
        Opened::Change(unit) => Some(view! { <ChangeForm unit on_done=close /> }.into_any()),
    };
    let tree = Memo::new(move |_| desk.tree.get());
    let counted = Reading::<Vec<UnitRow>>::follow(desk, || Some("/api/units?counts=1".to_owned()));
    let lines = move || {
        let tree = tree.get();
        tree.rows().iter().cloned().map(|unit| view! { <Line unit counted opened /> }).collect_view()
    };
    let staffs = desk.may(Doing::Staff);
    view! {
        <header class="page-header">
            <div class="grow"><h1>{t!(desk.units())}</h1><p class="sub">{t!(desk_forms.units_intro())}</p></div>
            {staffs.then(|| view! {
                <button type="button" class="button main" on:click=move |_| opened.set(Some(Opened::Below(None)))><IconMark icon=Icon::Plus />{t!(desk_forms.new_unit())}</button>
            })}
        </header>
        <UnionPages />
        <ul class="card list units">{lines}</ul>
        <Sheet open=Signal::derive(move || opened.read().is_some()) on_close=close title>{form}</Sheet>
    }
}

#[component]
fn Line(unit: UnitRow, counted: Reading<Vec<UnitRow>>, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let desk = use_desk();
    let staffs = desk.may_in(Doing::Staff, Some(unit.id));
    let indent = format!("{}rem", f64::from(unit.depth) * 1.4);
    let (level, closed, id) = (unit.level, unit.closed, unit.id);
    let takes_more = !closed && level != Level::Group;
    let name = desk.tree.with_untracked(|tree| tree.name(id));
    let (of_below, of_change) = (name.clone(), name.clone());
    let counts = move || {
        let rows = counted.value.read();
        let counts = rows.iter().flatten().find(|row| row.id == id)?.counts?;
        Some(match counts.helpers {
            0 => words::desk_forms().unit_households(counts.households),
            helpers => words::desk_forms().unit_counts(counts.households, helpers),
        })
    };
    view! {
        <li class="list-row" style:padding-inline-start=indent data-unit=id.to_string()>
            <span class="grow" class:sub=closed>{name}<small class="chip">{move || saying::level(level)}</small>
                {closed.then(|| view! { <small class="chip">{t!(desk_forms.unit_closed())}</small> })}
            </span>
            <small class="sub keep" data-counts>{counts}</small>
            {(staffs && takes_more).then(|| view! {
                <button type="button" class="icon-button" aria-label=move || words::desk_forms().add_below(&of_below)
                    on:click=move |_| opened.set(Some(Opened::Below(Some(id))))><IconMark icon=Icon::Plus /></button>
            })}
            {staffs.then(|| view! {
                <button type="button" class="icon-button" aria-label=move || words::desk_forms().edit_this(&of_change)
                    on:click=move |_| opened.set(Some(Opened::Change(unit.clone())))><IconMark icon=Icon::Pencil /></button>
            })}
        </li>
    }
}

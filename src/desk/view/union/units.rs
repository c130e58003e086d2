//! The tree of units: made and renamed here, each below another.

use super::UnionPages;
use crate::{
    platform,
    state::{desk::use_desk, place::Page, rights::Doing, sending::Sending},
    view::{
        form::{FormEnd, required},
        saying,
    },
};
use domain::id::UnitId;
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::desk::{Level, NewUnit, UnitName, UnitRow};
use serde::de::IgnoredAny;
use ui::{
    fields::{choice::Choice, text::TextField},
    icon::{Icon, IconMark},
    sheet::Sheet,
    t, words,
};

/// The longest name of a unit, in characters.
const NAME_MAX: usize = 60;

/// What a sheet is about.
#[derive(Clone, PartialEq)]
enum Opened {
    Below(UnitRow),
    Rename(UnitRow),
}

/// The page.
#[component]
pub fn UnitsPage() -> impl IntoView {
    let desk = use_desk();
    let opened = RwSignal::new(None::<Opened>);
    let close = Callback::new(move |()| opened.set(None));
    let title = move || match opened.read().as_ref() {
        Some(Opened::Rename(_)) => words::desk_forms().rename_unit(),
        _ => words::desk_forms().new_unit(),
    };
    let form = move || match opened.get()? {
        Opened::Below(parent) => Some(view! { <MakeForm parent on_done=close /> }.into_any()),
        Opened::Rename(unit) => Some(view! { <RenameForm unit on_done=close /> }.into_any()),
    };
    let tree = Memo::new(move |_| desk.tree.get());
    let lines = move || {
        let tree = tree.get();
        tree.rows().iter().cloned().map(|unit| view! { <Line unit opened /> }).collect_view()
    };
    view! {
        <header class="page-header"><div class="grow"><h1>{t!(desk.units())}</h1><p class="sub">{t!(desk_forms.units_intro())}</p></div></header>
        <UnionPages />
        <ul class="card list units">{lines}</ul>
        <Sheet open=Signal::derive(move || opened.read().is_some()) on_close=close title>{form}</Sheet>
    }
}

#[component]
fn Line(unit: UnitRow, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let desk = use_desk();
    let staffs = desk.may_in(Doing::Staff, Some(unit.id));
    let indent = format!("{}rem", f64::from(unit.depth) * 1.4);
    let level = unit.level;
    let (below, rename) = (unit.clone(), unit.clone());
    let name = desk.tree.with_untracked(|tree| tree.name(unit.id));
    let (of_below, of_rename) = (name.clone(), name.clone());
    view! {
        <li class="list-row" style:padding-inline-start=indent data-unit=unit.id.to_string()>
            <span class="grow">{name}<small class="chip">{move || saying::level(level)}</small></span>
            {staffs.then(|| view! {
                <button type="button" class="icon-button" aria-label=move || words::desk_forms().rename(&of_rename)
                    on:click=move |_| opened.set(Some(Opened::Rename(rename.clone())))><IconMark icon=Icon::Pencil /></button>
                <button type="button" class="icon-button" aria-label=move || words::desk_forms().add_below(&of_below)
                    on:click=move |_| opened.set(Some(Opened::Below(below.clone())))><IconMark icon=Icon::Plus /></button>
            })}
        </li>
    }
}

/// The level a unit below another usually has.
const fn level_below(level: Level) -> Level {
    match level {
        Level::Above => Level::Union,
        Level::Union => Level::Branch,
        Level::Branch | Level::Group => Level::Group,
    }
}

#[component]
fn MakeForm(parent: UnitRow, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let name = RwSignal::new(String::new());
    let level = RwSignal::new(level_below(parent.level));
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let id: UnitId = platform::unit_id();
    let parent_id = parent.id;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if name.with(|name| name.trim().is_empty()) {
            return;
        }
        let unit =
            NewUnit { id, parent: Some(parent_id), level: level.get(), name: name.get().trim().to_owned() };
        sending.post("/api/units", unit, move |_: IgnoredAny| {
            desk.say(words::shared().saved());
            on_done.run(());
        });
    };
    let levels = Signal::derive(move || {
        let all = [Level::Union, Level::Branch, Level::Group];
        all.into_iter()
            .filter(|level| *level > parent.level || *level == Level::Group)
            .map(|level| (level, saying::level(level).to_owned()))
            .collect::<Vec<_>>()
    });
    let pick = move |picked: Option<Level>| {
        if let Some(picked) = picked {
            level.set(picked);
        }
    };
    view! {
        <form class="stack" on:submit=submit novalidate>
            <p class="sub">{move || words::desk_forms().below(&parent.name)}</p>
            <TextField label=t!(desk_forms.unit_name()) value=name on_input=move |text| name.set(text) longest=NAME_MAX wrong=required(tried, name) />
            <Choice label=t!(desk_forms.level()) options=levels value=Signal::derive(move || Some(level.get())) on_pick=pick />
            <FormEnd sending label=t!(shared.save()) />
        </form>
    }
}

#[component]
fn RenameForm(unit: UnitRow, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let name = RwSignal::new(unit.name.clone());
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let path = format!("/api/units/{}", unit.id);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if name.with(|name| name.trim().is_empty()) {
            return;
        }
        sending.put(&path, UnitName { name: name.get().trim().to_owned() }, move || {
            desk.say(words::shared().saved());
            on_done.run(());
        });
    };
    view! {
        <form class="stack" on:submit=submit novalidate>
            <TextField label=t!(desk_forms.unit_name()) value=name on_input=move |text| name.set(text) longest=NAME_MAX wrong=required(tried, name) />
            <FormEnd sending label=t!(shared.save()) />
        </form>
        <p class="sub"><a href=Page::Coverage(Some(unit.id)).href()>{t!(desk.to_coverage())}</a></p>
    }
}

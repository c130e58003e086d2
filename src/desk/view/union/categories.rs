//! The union's categories: in their order, each with how often it is visited; made and changed here.

use super::category::CategoryForm;
use crate::{
    platform,
    state::{desk::use_desk, sending::Sending},
    view::saying,
};
use domain::{
    id::CategoryId,
    item::Six,
    rules::{Category, Rule},
};
use leptos::{html::Button, prelude::*};
use protocol::desk::{BeginWith, CategoriesChange, ShippedSet};
use serde::de::IgnoredAny;
use ui::{
    figures,
    icon::{Icon, IconMark},
    sheet::Sheet,
    t, words,
};

/// The list; with `sets` it may be changed, with `fresh` a whole set may be taken instead.
#[component]
pub fn Categories(
    /// The rows.
    mut rows: Vec<Category>,
    /// Whether the person sets them.
    sets: bool,
    /// Whether there is no household yet.
    #[prop(into)]
    fresh: Signal<bool>,
    /// The one being changed; its sheet lies outside, and stays while the list is read anew.
    opened: RwSignal<Option<Category>>,
    /// The one that was moved: the list is drawn anew, and the keyboard stays with it.
    moved: RwSignal<Option<CategoryId>>,
) -> impl IntoView {
    rows.sort_by_key(|row| (row.closed, row.position));
    let next = rows.iter().map(|row| row.position).max().map_or(0, |last| last.saturating_add(1));
    let sending = Sending::new(use_desk());
    let add = move |_| opened.set(Some(fresh_category(next)));
    let problem = move || sending.problem.get().map(|problem| saying::problem(&problem));
    let above: Vec<Option<Category>> = [None].into_iter().chain(rows.iter().cloned().map(Some)).collect();
    let line =
        |(row, above): (Category, Option<Category>)| view! { <Line row above sets sending opened moved /> };
    view! {
        <ol class="plain-list" data-categories>{rows.into_iter().zip(above).map(line).collect_view()}</ol>
        <p class="form-problem" role="alert">{problem}</p>
        {sets.then(|| view! {
            <div class="buttons"><button type="button" class="button" on:click=add><IconMark icon=Icon::Plus />{t!(desk_forms.new_category())}</button></div>
            {move || fresh.get().then(|| view! { <WholeSets sending /> })}
        })}
    }
}

/// A new one that holds from the beginning, as most do.
fn fresh_category(position: u16) -> Category {
    let rule = Rule {
        visit_every_days: 60,
        valid_days: Six { name: 730, address: 730, telephone: 365, spouse: 365, schooling: 365, events: 180 },
        ..Rule::fallback()
    };
    Category { id: platform::category_id(), name: String::new(), position, rules: vec![rule], closed: false }
}

#[component]
fn Line(
    row: Category,
    above: Option<Category>,
    sets: bool,
    sending: Sending,
    opened: RwSignal<Option<Category>>,
    moved: RwSignal<Option<CategoryId>>,
) -> impl IntoView {
    let id = row.id;
    let stays = NodeRef::<Button>::new();
    Effect::new(move |_| {
        if let Some(button) = stays.get()
            && moved.get_untracked() == Some(id)
        {
            moved.set(None);
            if let Err(error) = button.focus() {
                leptos::logging::warn!("what was moved does not take the keyboard: {error:?}");
            }
        }
    });
    let today = use_desk().today();
    let days = row.rule_on(today).visit_every_days;
    let closed = row.closed;
    let next = row.rules.iter().filter(|rule| rule.from > today).min_by_key(|rule| rule.from).cloned();
    let next = next.map(|rule| {
        let from = figures::day(rule.from, today);
        view! { <small class="sub block">{move || words::desk_forms().rule_from(&from, rule.visit_every_days)}</small> }
    });
    let (of_change, of_up) = (row.name.clone(), row.name.clone());
    let changed = row.clone();
    let above = above.filter(|above| !above.closed && !closed);
    // At the top there is nothing to move up to.
    let pencil = if above.is_none() { stays } else { NodeRef::new() };
    let up = above.map(|above| {
        let rows = vec![
            Category { position: above.position, ..row.clone() },
            Category { position: row.position, ..above },
        ];
        let swap = move |_| {
            moved.set(Some(id));
            sending.put("/api/categories", CategoriesChange { rows: rows.clone() }, || {});
        };
        view! {
            <button type="button" class="icon-button up" node_ref=stays aria-label=move || words::desk_forms().move_up(&of_up)
                disabled=move || sending.busy.get() on:click=swap><IconMark icon=Icon::Back /></button>
        }
    });
    view! {
        <li class="list-row" data-category=row.id.to_string()>
            <span class="grow" class:sub=closed>{row.name}
                {closed.then(|| view! { " "<small class="chip">{t!(desk_forms.category_closed())}</small> })}
                <small class="sub block">{move || words::desk_forms().visited_every(days)}</small>
                {next}
            </span>
            {sets.then(|| view! {
                {up}
                <button type="button" class="icon-button" node_ref=pencil aria-label=move || words::desk_forms().change_category(&of_change)
                    on:click=move |_| opened.set(Some(changed.clone()))><IconMark icon=Icon::Pencil /></button>
            })}
        </li>
    }
}

/// The sets a union may begin with.
#[component]
fn WholeSets(sending: Sending) -> impl IntoView {
    let take = move |set: ShippedSet| {
        sending.post("/api/categories/begin", BeginWith { set }, |_: IgnoredAny| {});
    };
    view! {
        <p class="sub">{t!(desk_forms.begin_with())}</p>
        <div class="buttons">
            <button type="button" class="button" disabled=move || sending.busy.get() on:click=move |_| take(ShippedSet::MinesSix)>{t!(desk_forms.set_mines_six())}</button>
            <button type="button" class="button" disabled=move || sending.busy.get() on:click=move |_| take(ShippedSet::NationalThree)>{t!(desk_forms.set_national_three())}</button>
        </div>
    }
}

/// The sheet in which one is made or changed.
#[component]
pub fn CategorySheet(opened: RwSignal<Option<Category>>) -> impl IntoView {
    let close = Callback::new(move |()| opened.set(None));
    let title = move || match opened.read().as_ref() {
        Some(row) if !row.name.is_empty() => words::desk_forms().change_category(&row.name),
        _ => words::desk_forms().new_category().to_owned(),
    };
    view! {
        <Sheet open=Signal::derive(move || opened.read().is_some()) on_close=close title>
            {move || opened.get().map(|row| view! { <CategoryForm row on_done=close /> })}
        </Sheet>
    }
}

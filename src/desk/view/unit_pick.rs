//! Which unit: the tree at the side of a desk, a list to pick from on a phone. Both lead to the same
//! page about another unit.

use crate::state::{
    desk::{Desk, use_desk},
    reading::Reading,
    rights::Doing,
};
use domain::{coverage::Coverage, id::UnitId};
use leptos::prelude::*;
use protocol::office::CoverageReport;
use ui::{coverage::on_time_share, figures::percent, t, words};

/// A unit with less than this on time is shown as bad.
const BAD_BELOW: u32 = 60;

/// The tree of what one may read, each unit with how much is visited on time.
#[component]
pub fn UnitTree() -> impl IntoView {
    let desk = use_desk();
    let tops = Memo::new(move |_| desk.tops(Doing::Read));
    let top = move |unit: UnitId| {
        let report = report_of(desk, unit);
        let share = move || report.value.read().as_ref().and_then(|report| share_of(&report.total));
        view! { <li><UnitLink unit share=Signal::derive(share) /><UnitsBelow report /></li> }
    };
    view! {
        <nav class="tree" aria-label=t!(desk.units())>
            {move || tops.get().into_iter().map(top).collect_view()}
        </nav>
    }
}

/// How many of those due are visited on time; nothing where there is nobody.
fn share_of(coverage: &Coverage) -> Option<(u32, u32)> {
    (coverage.households > 0).then(|| (coverage.on_time, coverage.expected()))
}

fn report_of(desk: Desk, unit: UnitId) -> Reading<CoverageReport> {
    Reading::follow(desk, move || {
        // As old as the figures of the page beside it.
        desk.turned.track();
        Some(format!("/api/coverage?unit={unit}"))
    })
}

/// The units below one, while the one looked at lies there.
#[component]
fn UnitsBelow(report: Reading<CoverageReport>) -> impl IntoView {
    let desk = use_desk();
    let units = Memo::new(move |_| {
        let below = report.value.read().as_ref().map(|report| report.units.clone()).unwrap_or_default();
        below.into_iter().map(|row| (row.unit, share_of(&row.coverage))).collect::<Vec<_>>()
    });
    let is_open = move |below: UnitId| {
        is_looked_at(desk, below) && desk.tree.with(|tree| tree.below(below).next().is_some())
    };
    let line = move |(below, share): (UnitId, Option<(u32, u32)>)| {
        let open = Memo::new(move |_| is_open(below));
        let deeper =
            move || open.get().then(|| view! { <UnitsBelow report=report_of(desk, below) /> }.into_any());
        view! { <li><UnitLink unit=below share=Signal::stored(share) />{deeper}</li> }
    };
    let is_closed = move |unit: UnitId| desk.tree.with(|tree| tree.get(unit).is_some_and(|row| row.closed));
    let living_first =
        move || -> (Vec<_>, Vec<_>) { units.get().into_iter().partition(|(unit, _)| !is_closed(*unit)) };
    let closed = move || {
        let (_, closed) = living_first();
        let inside = closed.iter().any(|(unit, _)| is_looked_at(desk, *unit));
        (!closed.is_empty()).then(|| {
            view! {
                <li><details class="closed-units" open=inside>
                    <summary>{t!(desk_forms.units_closed())}</summary>
                    <ul>{closed.into_iter().map(line).collect_view()}</ul>
                </details></li>
            }
        })
    };
    view! { <ul>{move || living_first().0.into_iter().map(line).collect_view()}{closed}</ul> }
}

/// Whether the unit looked at lies in a subtree.
fn is_looked_at(desk: Desk, top: UnitId) -> bool {
    let looked_at = desk.unit.get();
    looked_at.is_some_and(|at| desk.tree.with(|tree| tree.is_under(at, top)))
}

#[component]
fn UnitLink(unit: UnitId, share: Signal<Option<(u32, u32)>>) -> impl IntoView {
    let desk = use_desk();
    let name = move || desk.tree.with(|tree| tree.name(unit));
    let current = move || (desk.unit_of(desk.unit.get()) == Some(unit)).then_some("true");
    let href = move || desk.page.with(|page| page.at_unit(unit).href());
    let is_bad = move || {
        share.get().is_some_and(|(on_time, expected)| expected > 0 && percent(on_time, expected) < BAD_BELOW)
    };
    view! {
        <a href=href aria-current=current data-unit=unit.to_string()>
            <span>{name}</span>
            <span class:bad=is_bad>{move || share.get().map(|(on_time, expected)| on_time_share(on_time, expected))}</span>
        </a>
    }
}

/// The same as a list to pick from, for a narrow screen.
#[component]
pub fn UnitPicker() -> impl IntoView {
    let desk = use_desk();
    let tops = Memo::new(move |_| desk.tops(Doing::Read));
    let now = move || desk.unit_of(desk.unit.get());
    let options = move || {
        let mark = words::desk_forms().unit_closed();
        let choices = desk.tree.with(|tree| tree.choices_living_first(&tops.get(), mark));
        let option = |(unit, name): (UnitId, String)| {
            view! { <option value=unit.to_string() prop:selected=move || now() == Some(unit)>{name}</option> }
        };
        choices.into_iter().map(option).collect_view()
    };
    let pick = move |id: String| {
        if let Some(unit) = UnitId::parse(&id) {
            let page = desk.page.with_untracked(|page| page.at_unit(unit));
            desk.go(&page);
        }
    };
    view! {
        <select class="unit-picker" aria-label=t!(desk.unit()) on:change:target=move |event| pick(event.target().value())>
            {options}
        </select>
    }
}

//! 覆盖: the chair's page. One figure first, then four counts, then units, then households; each
//! leads on. Nothing here counts helpers.

use super::{
    household_table::HouseholdTable,
    showing::{Outline, Shown},
    unit_pick::UnitPicker,
};
use crate::{
    platform,
    state::{
        desk::use_desk,
        place::{ListAsked, Page, TodoKind},
        reading::Reading,
    },
};
use domain::{
    coverage::Coverage,
    day::Day,
    id::UnitId,
    item::{Item, Six},
};
use leptos::prelude::*;
use protocol::office::{CoverageReport, HouseholdList, HouseholdRow, UnitCoverage};
use ui::{
    coverage::{Bar, BarFigures, CountTile, CoverageFigure, on_time_share},
    figures::percent,
    icon::{Icon, IconMark},
    surface::Tone,
    t, words,
};

mod first_steps;

/// How many households stand below the figures.
const PREVIEW: usize = 14;

/// The page.
#[component]
pub fn CoveragePage() -> impl IntoView {
    let desk = use_desk();
    let unit = Memo::new(move |_| desk.unit_of(desk.unit.get()));
    let report = Reading::<CoverageReport>::turn(desk, move || {
        unit.get().map(|unit| format!("/api/coverage?unit={unit}"))
    });
    let month = move || {
        let (year, month, _) = report.value.read().as_ref()?.today.parts();
        Some(words::desk().month(year, month))
    };
    let unit_name = move || report.value.read().as_ref().map(|report| report.unit_name.clone());
    view! {
        <header class="page-header">
            <div class="grow">
                <h1>{t!(desk.coverage_title())}<span class="wide-only">{move || month().map(|month| format!("{}{month}", words::DOT))}</span></h1>
                <p class="sub"><span class="wide-only">{unit_name}</span><span class="narrow-only">{month}</span></p>
            </div>
            <UnitPicker />
            <button type="button" class="pill wide-only" on:click=move |_| platform::print()>
                <IconMark icon=Icon::Printer />{t!(desk.print())}
            </button>
        </header>
        <Shown reading=report outline=Outline::CardAndRows let:report>
            <Report report />
        </Shown>
    }
}

#[component]
fn Report(report: CoverageReport) -> impl IntoView {
    let unit = report.unit;
    if report.total.households == 0 {
        return view! { <first_steps::FirstSteps unit /> }.into_any();
    }
    let CoverageReport { total, today, on_time_month_ago, units, todo, .. } = report;
    let here = Some(unit);
    let count = |count: u32| Signal::stored(Some(count));
    let visits_before = on_time_month_ago.is_none() && total.never_visited_due > 0;
    view! {
        <div class="counts">
            <Lead total on_time_month_ago />
            <CountTile label=t!(desk.alerts()) count=count(todo.alerts) tone=Tone::Bad
                href=Page::TodoList(TodoKind::Alerts, here).href() />
            <CountTile label=t!(desk.needs_open()) count=count(todo.needs) tone=Tone::Wait
                href=Page::TodoList(TodoKind::Needs, here).href() />
            <CountTile label=t!(desk.overdue()) count=count(total.overdue) tone=Tone::Wait
                href=Page::list(here, "overdue").href() />
            <CountTile label=t!(desk.never_visited()) count=count(total.never_visited_due) tone=Tone::Bad
                href=Page::list(here, "never_visited_due").href() />
        </div>
        {visits_before.then(|| view! { <p class="sub" data-visits-before>{t!(desk_forms.visits_before())}</p> })}
        <SixLinks total unit />
        <Units units />
        <Worst unit today households=total.households />
    }
    .into_any()
}

/// How a unit stands, as the bar takes it.
pub fn bar_of(coverage: &Coverage) -> BarFigures {
    BarFigures {
        on_time: coverage.on_time,
        overdue: coverage.overdue,
        never: coverage.never_visited_due,
        not_yet: coverage.not_yet_due,
    }
}

/// What the eye meets first: the figure, what it counts, the bar.
#[component]
fn Lead(total: Coverage, on_time_month_ago: Option<u32>) -> impl IntoView {
    let figures = Signal::stored(bar_of(&total));
    let than_before = on_time_month_ago.map(|before| {
        let more = i64::from(total.on_time) - i64::from(before);
        let tone = match more {
            0 => "keep",
            1.. => "keep good",
            _ => "keep bad",
        };
        let more = move || match more {
            0 => words::desk().the_same().to_owned(),
            1.. => format!("+{more}"),
            _ => format!("−{}", -more),
        };
        view! { <br />{t!(desk.than_month_ago())}" "<b class=tone data-than-before>{more}</b> }
    });
    view! {
        <section class="card" data-figure="on-time">
            <div class="lead">
                <CoverageFigure figures />
                <p class="sub">
                    {t!(desk.on_time())}" "<b>{total.on_time}</b>" / "{move || words::desk().of_expected(total.expected())}
                    {than_before}
                </p>
            </div>
            <Bar figures legend=true />
        </section>
    }
}

/// The six with how many households know them; each leads to the households that do not.
#[component]
fn SixLinks(total: Coverage, unit: UnitId) -> impl IntoView {
    let counts = Six::from_fn(|item| {
        let counts = total.items.get(item);
        (percent(counts.known + counts.not_applicable, total.households), counts.lacking())
    });
    let column = move |item: Item| {
        let (share, lacking) = *counts.get(item);
        let href = Page::list(Some(unit), &format!("{}.lacking", item.code())).href();
        let spoken = move || words::desk().share_known(words::domain().item(item), share, lacking);
        view! {
            <li>
                <a href=href aria-label=spoken title=spoken data-item=item.code()>
                    <i class=tile_class(share, lacking)>{move || words::domain().item_sign(item)}</i>
                    <span><b>{share}"%"</b>
                        {(lacking > 0).then(|| view! { " "<small class="keep">{move || words::desk().lacking_count(lacking)}</small> })}
                    </span>
                </a>
            </li>
        }
    };
    view! {
        <section class="card six-card">
            <h2>{t!(desk.six_known())}</h2>
            <ul class="six shares">{Item::ALL.map(column).collect_view()}</ul>
        </section>
    }
}

/// Green only where nothing is lacking.
const fn tile_class(share: u32, lacking: u32) -> &'static str {
    match (lacking, share) {
        (0, _) => "tile known",
        (_, 80..) => "tile stale",
        _ => "tile unknown",
    }
}

/// The units one level below, one bar under the other.
#[component]
fn Units(units: Vec<UnitCoverage>) -> impl IntoView {
    let line = |UnitCoverage { unit, name, coverage }: UnitCoverage| {
        let figures = Signal::stored(bar_of(&coverage));
        view! {
            <a href=Page::Coverage(Some(unit)).href() data-unit=unit.to_string()>
                <span class="unit-line">
                    <span class="grow">{name}</span>
                    <span class="sub keep">{coverage.on_time}" / "{coverage.expected()}</span>
                    <b class="keep share">{on_time_share(coverage.on_time, coverage.expected())}</b>
                </span>
                <Bar figures />
            </a>
        }
    };
    let with_households: Vec<UnitCoverage> =
        units.into_iter().filter(|unit| unit.coverage.households > 0).collect();
    (!with_households.is_empty()).then(|| {
        view! {
            <h2 class="section-title">{t!(desk.units_below())}</h2>
            <section class="card unit-bars">{with_households.into_iter().map(line).collect_view()}</section>
        }
    })
}

/// The households that have waited longest.
#[component]
fn Worst(unit: UnitId, today: Day, households: u32) -> impl IntoView {
    let desk = use_desk();
    let asked = ListAsked { unit: Some(unit), ..ListAsked::default() };
    let list = Reading::<HouseholdList>::follow(desk, move || Some(asked.question(unit)));
    view! {
        <h2 class="section-title">
            <span>{t!(desk.worst_first())}</span>
            <a class="link" href=Page::list(Some(unit), "").href()>{move || words::desk().all_households(households)}</a>
        </h2>
        <Shown reading=list let:shown>
            <HouseholdTable rows=first_of(shown) today />
        </Shown>
    }
}

fn first_of(mut list: HouseholdList) -> Vec<HouseholdRow> {
    list.households.truncate(PREVIEW);
    list.households
}

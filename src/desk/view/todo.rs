//! 待办: all that waits in a unit, the most pressing first; each line leads to its list.

use super::{saying, showing::Shown, unit_pick::UnitPicker};
use crate::state::{
    desk::use_desk,
    place::{Page, TodoKind},
    reading::Reading,
    rights::Doing,
    waiting::{self, Line},
};
use leptos::prelude::*;
use protocol::office::{CoverageReport, Todo};
use ui::{
    icon::{Icon, IconMark},
    t, words,
};

mod alerts;
mod feedback;
pub mod list;
mod needs;
mod pairs;
mod phones;
mod proposals;
pub mod quarantine;
mod queue_file;
mod rivals;

/// The page.
#[component]
pub fn TodoPage() -> impl IntoView {
    let desk = use_desk();
    let unit = Memo::new(move |_| desk.unit_of(desk.unit.get()));
    let report = Reading::<CoverageReport>::turn(desk, move || {
        unit.get().map(|unit| format!("/api/coverage?unit={unit}"))
    });
    view! {
        <header class="page-header">
            <div class="grow"><h1>{t!(desk.todo_title())}</h1></div>
            <UnitPicker />
        </header>
        <Shown reading=report let:report><Lists todo=report.todo unit=report.unit /></Shown>
    }
}

#[component]
fn Lists(todo: Todo, unit: domain::id::UnitId) -> impl IntoView {
    let desk = use_desk();
    let here = Some(unit);
    let row = move |(line, count): (Line, u32)| {
        let href = match line {
            Line::List(kind) => Page::TodoList(kind, here),
            Line::SeatsEmpty | Line::WithoutCategory | Line::NumbersOdd => Page::list(here, line.word()),
        };
        let late = (line == Line::List(TodoKind::Needs) && todo.needs_late > 0).then_some(todo.needs_late);
        let late = late.map(|late| {
            view! { <small class="bad">{move || words::desk().needs_late(late)}</small> }.into_any()
        });
        view! { <LineShown href=href.href() word=line.word() count late><span>{move || name_of(line)}</span></LineShown> }
    };
    view! {
        <section class="card list">
            {waiting::lines(&todo, desk.may(Doing::Feedback)).into_iter().map(row).collect_view()}
        </section>
    }
}

fn name_of(line: Line) -> &'static str {
    match line {
        Line::List(kind) => saying::todo(kind),
        Line::SeatsEmpty => words::desk().seats_empty(),
        Line::WithoutCategory => words::desk().without_category(),
        Line::NumbersOdd => words::desk().numbers_odd(),
    }
}

#[component]
fn LineShown(
    href: String,
    word: &'static str,
    count: u32,
    late: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="list-row" href=href data-todo=word>
            <span class="grow">{children()}{late}</span>
            <b class:sub=count == 0 class="count">{count}</b>
            <IconMark icon=Icon::Onward />
        </a>
    }
}

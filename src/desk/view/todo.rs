//! 待办: all that waits in a unit, the most pressing first; each line leads to its list.

use super::{saying, showing::Shown, unit_pick::UnitPicker};
use crate::state::{
    desk::use_desk,
    place::{Page, TodoKind},
    reading::Reading,
    rights::Doing,
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
mod proposals;
pub mod quarantine;
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
    let line = move |kind: TodoKind| {
        let count = count_of(&todo, kind);
        let late = (kind == TodoKind::Needs && todo.needs_late > 0).then_some(todo.needs_late);
        let late = late.map(|late| {
            view! { <small class="bad">{move || words::desk().needs_late(late)}</small> }.into_any()
        });
        view! { <Line href=Page::TodoList(kind, here).href() word=kind.word() count late><span>{move || saying::todo(kind)}</span></Line> }
    };
    let kinds = TodoKind::ALL
        .into_iter()
        .filter(move |kind| *kind != TodoKind::Feedback || desk.may(Doing::Feedback));
    view! {
        <section class="card list">
            {kinds.map(line).collect_view()}
            <Line href=Page::list(here, "seats_empty").href() word="seats_empty" count=todo.seats_empty late=None>
                <span>{t!(desk.seats_empty())}</span>
            </Line>
        </section>
    }
}

#[component]
fn Line(
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

const fn count_of(todo: &Todo, kind: TodoKind) -> u32 {
    match kind {
        TodoKind::Alerts => todo.alerts,
        TodoKind::Needs => todo.needs,
        TodoKind::Rivals => todo.rivals,
        TodoKind::Quarantine => todo.quarantine,
        TodoKind::Proposals => todo.proposals,
        TodoKind::Feedback => todo.feedback,
    }
}

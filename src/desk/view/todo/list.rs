//! The frame of a list of things to do: which list, of which unit, and an empty one said kindly.

use super::{alerts, feedback, needs, proposals, quarantine, rivals};
use crate::{
    state::{
        desk::{Desk, use_desk},
        place::{Page, TodoKind},
        reading::Reading,
    },
    view::{saying, showing::Shown, unit_pick::UnitPicker},
};
use leptos::{prelude::*, text_prop::TextProp};
use serde::de::DeserializeOwned;
use ui::{
    fields::choice::CheckField,
    icon::{Icon, IconMark},
    notice::Empty,
    t, words,
};

/// The page.
#[component]
pub fn TodoListPage() -> impl IntoView {
    let desk = use_desk();
    let kind = Memo::new(move |_| match desk.page.get() {
        Page::TodoList(kind, _) => Some(kind),
        _ => None,
    });
    move || {
        kind.get().map(|kind| {
            let list = match kind {
                TodoKind::Alerts => alerts::Alerts().into_any(),
                TodoKind::Needs => needs::Needs().into_any(),
                TodoKind::Rivals => rivals::Rivals().into_any(),
                TodoKind::Quarantine => quarantine::Quarantine().into_any(),
                TodoKind::Proposals => proposals::Proposals().into_any(),
                TodoKind::Feedback => feedback::Feedback().into_any(),
            };
            let has_unit = kind != TodoKind::Feedback;
            view! {
                <header class="page-header">
                    <a class="icon-button" href=move || Page::Todo(desk.unit.get()).href() aria-label=t!(shared.back())><IconMark icon=Icon::Back /></a>
                    <div class="grow"><h1>{move || saying::todo(kind)}</h1></div>
                    {has_unit.then(|| view! { <UnitPicker /> })}
                </header>
                {list}
            }
        })
    }
}

/// Reads a list of the unit looked at; `open` asks only for what is not done yet.
pub fn rows_of<T>(desk: Desk, kind: TodoKind, open: Option<Signal<bool>>) -> Reading<Vec<T>>
where
    T: Clone + DeserializeOwned + Send + Sync + 'static,
{
    Reading::turn(desk, move || {
        let unit = desk.unit_of(desk.unit.get())?;
        let open = if open.is_some_and(|open| open.get()) { "&open=1" } else { "" };
        Some(format!("/api/{}?unit={unit}{open}", kind.word()))
    })
}

/// The rows of a list, or the sentence that there are none.
#[component]
pub fn Rows<T, F, V>(
    /// What is read.
    reading: Reading<Vec<T>>,
    /// What to say of an empty list.
    #[prop(into)]
    empty: TextProp,
    /// Draws one row.
    row: F,
) -> impl IntoView
where
    T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let empty = StoredValue::new(empty);
    let row = StoredValue::new(row);
    view! {
        <Shown reading let:rows>
            {if rows.is_empty() {
                view! { <Empty title=empty.get_value() /> }.into_any()
            } else {
                let drawn = rows.into_iter().map(|one| row.with_value(|row| row(one))).collect_view();
                view! { <ul class="todo-list">{drawn}</ul> }.into_any()
            }}
        </Shown>
    }
}

/// Whether what is done already is shown too.
#[component]
pub fn DoneToo(open_only: RwSignal<bool>) -> impl IntoView {
    let done_too = Signal::derive(move || !open_only.get());
    view! {
        <div class="toolbar">
            <CheckField label=t!(desk.done_too()) value=done_too on_change=move |ticked: bool| open_only.set(!ticked) />
        </div>
    }
}

/// Whose it is: the name leads to the file.
#[component]
pub fn WhoseFile(
    /// The household.
    household: domain::id::HouseholdId,
    /// The worker's name.
    name: String,
    /// The unit's full name.
    unit_name: String,
) -> impl IntoView {
    let shown = move || if name.is_empty() { words::desk().without_name().to_owned() } else { name.clone() };
    view! {
        <p class="row">
            <a class="name link" href=Page::Household(household).href()>{shown}</a>
            <span class="sub">{unit_name}</span>
        </p>
    }
}

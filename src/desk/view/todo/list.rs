//! The frame of a list of things to do: which list, of which unit, and an empty one said kindly.

use super::{alerts, feedback, needs, pairs, phones, proposals, quarantine, rivals};
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
    answers::{Seg, SegOption},
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
                TodoKind::Needs => view! { <needs::Needs begins=needs::Stage::Open /> }.into_any(),
                TodoKind::Untold => view! { <needs::Needs begins=needs::Stage::Untold /> }.into_any(),
                TodoKind::Rivals => rivals::Rivals().into_any(),
                TodoKind::Pairs => pairs::Pairs().into_any(),
                TodoKind::Quarantine => quarantine::Quarantine().into_any(),
                TodoKind::Proposals => proposals::Proposals().into_any(),
                TodoKind::Phones => phones::Phones().into_any(),
                TodoKind::Feedback => feedback::Feedback().into_any(),
            };
            view! {
                <header class="page-header">
                    <a class="icon-button" href=move || Page::Todo(desk.unit.get()).href() aria-label=t!(shared.back())><IconMark icon=Icon::Back /></a>
                    <div class="grow"><h1>{move || saying::todo_list(kind)}</h1></div>
                    <UnitPicker />
                </header>
                {list}
            }
        })
    }
}

/// Reads a list of the unit looked at; `open` asks for what is not done yet, or else for what is.
pub fn rows_of<T>(desk: Desk, kind: TodoKind, open: Option<Signal<bool>>) -> Reading<Vec<T>>
where
    T: Clone + DeserializeOwned + Send + Sync + 'static,
{
    Reading::turn(desk, move || {
        let unit = desk.unit_of(desk.unit.get())?;
        let open = match open.map(|open| open.get()) {
            Some(true) => "&open=1",
            Some(false) => "&open=0",
            None => "",
        };
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

/// What waits, or what is done already.
#[component]
pub fn OpenOrDone(open: RwSignal<bool>) -> impl IntoView {
    let options =
        vec![SegOption::new(true, t!(desk.still_open())), SegOption::new(false, t!(desk.already_done()))];
    view! {
        <div class="toolbar open-or-done">
            <Seg label=t!(desk.which()) options value=Signal::derive(move || Some(open.get())) on_pick=move |picked| open.set(picked) quiet=true />
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

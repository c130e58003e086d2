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
use protocol::office::ROWS_MAX;
use serde::de::DeserializeOwned;
use ui::{
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

/// A list that is read part by part.
pub struct Parts<T: Send + Sync + 'static> {
    reading: Reading<Vec<T>>,
    /// How many rows come before those that are shown.
    skip: Memo<u32>,
    /// Goes to those after so many.
    turn: Callback<u32>,
}

impl<T: Clone + DeserializeOwned + Send + Sync + 'static> Parts<T> {
    /// Reads what is asked; another list begins with its first row.
    pub fn of(desk: Desk, question: impl Fn() -> Option<String> + Send + Sync + 'static) -> Self {
        let asked = Memo::new(move |_| question());
        let turned = RwSignal::new((None::<String>, 0));
        let skip = Memo::new(move |_| {
            let asked = asked.read();
            turned.with(|(list, skip)| if *list == *asked { *skip } else { 0 })
        });
        let reading = Reading::turn(desk, move || {
            let (asked, skip) = (asked.get()?, skip.get());
            Some(if skip == 0 { asked } else { format!("{asked}&skip={skip}") })
        });
        let turn = Callback::new(move |skip| {
            turned.set((asked.get_untracked(), skip));
            window().scroll_to_with_x_and_y(0.0, 0.0);
        });
        Self { reading, skip, turn }
    }
}

/// Reads a list of the unit looked at; `open` asks for what is not done yet, or else for what is.
pub fn rows_of<T>(desk: Desk, kind: TodoKind, open: Option<Signal<bool>>) -> Parts<T>
where
    T: Clone + DeserializeOwned + Send + Sync + 'static,
{
    Parts::of(desk, move || {
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
    reading: Parts<T>,
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
    let Parts { reading, skip, turn } = reading;
    let empty = StoredValue::new(empty);
    let row = StoredValue::new(row);
    view! {
        <Shown reading let:rows>
            {
                let length = u32::try_from(rows.len()).unwrap_or(ROWS_MAX);
                let list = if rows.is_empty() {
                    view! { <Empty title=empty.get_value() /> }.into_any()
                } else {
                    let drawn = rows.into_iter().map(|one| row.with_value(|row| row(one))).collect_view();
                    view! { <ul class="todo-list">{drawn}</ul> }.into_any()
                };
                view! { {list}<Turns skip=skip.get_untracked() length turn /> }
            }
        </Shown>
    }
}

/// The way to the rows before and after; none where all are shown.
#[component]
fn Turns(skip: u32, length: u32, turn: Callback<u32>) -> impl IntoView {
    let (first, last) = (skip + 1, skip + length);
    let back = (skip > 0).then_some(skip.saturating_sub(ROWS_MAX));
    let on = (length == ROWS_MAX).then_some(last);
    (back.is_some() || on.is_some()).then(|| {
        view! {
            <nav class="pages" aria-label=t!(desk.pages())>
                {back.map(|to| view! { <button type="button" class="button" on:click=move |_| turn.run(to)>{t!(desk.page_back())}</button> })}
                {(length > 0).then(|| view! { <span class="sub">{move || words::desk_forms().rows_from_to(first, last)}</span> })}
                {on.map(|to| view! { <button type="button" class="button" on:click=move |_| turn.run(to)>{t!(desk.page_on())}</button> })}
            </nav>
        }
    })
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

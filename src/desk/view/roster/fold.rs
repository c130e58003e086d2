//! What is long lies folded: drawn only once it is opened, and a hundred lines at a time.

use leptos::{html::Details, prelude::*, text_prop::TextProp};
use std::sync::Arc;
use ui::{t, words};

/// So many lines are drawn at once, unless said otherwise.
const STEP: usize = 100;

/// So many questions are put at once: each is a card.
pub const QUESTIONS: usize = 10;

/// A line that opens onto what lies below it.
#[component]
pub fn Fold(
    /// What it says.
    #[prop(into)]
    title: TextProp,
    /// Something small behind it.
    #[prop(into, optional)]
    aside: Option<TextProp>,
    /// Whether it begins open.
    #[prop(optional)]
    open: bool,
    /// What lies below; drawn while it is open.
    children: ChildrenFn,
) -> impl IntoView {
    let place = NodeRef::<Details>::new();
    let is_open = RwSignal::new(open);
    let toggled = move |_: leptos::ev::Event| {
        if let Some(place) = place.get_untracked() {
            is_open.set(place.open());
        }
    };
    view! {
        <details class="fold" node_ref=place open=open on:toggle=toggled>
            <summary><span>{move || title.get()}</span>{aside.map(|aside| view! { <small class="sub">{move || aside.get()}</small> })}</summary>
            <Show when=move || is_open.get()>{children()}</Show>
        </details>
    }
}

/// The first lines of many, and a button for more.
#[component]
pub fn First<T, D, V>(
    /// All of them.
    #[prop(into)]
    all: Signal<Arc<Vec<T>>>,
    /// Draws those that are shown.
    draw: D,
    /// How many are drawn at once.
    #[prop(default = STEP)]
    step: usize,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    D: Fn(Vec<T>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let shown = RwSignal::new(step);
    let first = move || draw(all.with(|all| all.iter().take(shown.get()).cloned().collect()));
    let left = Memo::new(move |_| all.with(|all| all.len().saturating_sub(shown.get())));
    let more = move || {
        (left.get() > 0).then(|| {
            let more = move |_| shown.update(|shown| *shown += step);
            view! {
                <p class="row more">
                    <span class="sub">{t!(roster_desk.more(left.get()))}</span>
                    <button type="button" class="button small" on:click=more>{move || words::roster_desk().show_more(left.get().min(step))}</button>
                </p>
            }
        })
    };
    view! {
        {first}
        {more}
    }
}

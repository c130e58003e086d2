//! One of a list (the browser's own wheel), and one thing to tick.

use crate::answers::fresh_id;
use crate::t;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// One of a list, or none yet.
#[component]
pub fn Choice<T>(
    /// What it is for.
    #[prop(into)]
    label: TextProp,
    /// What there is to choose from, in order, with the words for each.
    #[prop(into)]
    options: Signal<Vec<(T, String)>>,
    /// What is chosen now.
    #[prop(into)]
    value: Signal<Option<T>>,
    /// Called with what was chosen; nothing for the empty line.
    #[prop(into)]
    on_pick: Callback<Option<T>>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let words = move || options.with(|options| options.iter().map(|(_, words)| words.clone()).collect());
    let chosen = move || {
        let value = value.get()?;
        options.with(|options| options.iter().position(|(own, _)| *own == value))
    };
    let pick = move |at: Option<usize>| {
        let own = |at: usize| options.with_untracked(|options| options.get(at).map(|(own, _)| own.clone()));
        on_pick.run(at.and_then(own));
    };
    view! { <Lines label words=Signal::derive(words) chosen=Signal::derive(chosen) on_pick=pick /> }
}

/// One of several lines, by its place: what is drawn is the same whatever is chosen from.
#[component]
fn Lines(
    label: TextProp,
    words: Signal<Vec<String>>,
    chosen: Signal<Option<usize>>,
    #[prop(into)] on_pick: Callback<Option<usize>>,
) -> impl IntoView {
    let id = fresh_id("field");
    let lines = move || {
        let chosen = chosen.get();
        let line = |(index, words): (usize, String)| {
            view! { <option value=index.to_string() prop:selected=chosen == Some(index)>{words}</option> }
        };
        words.get().into_iter().enumerate().map(line).collect_view()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{move || label.get()}</label>
            <select id=id autocomplete="off" on:change:target=move |event| on_pick.run(event.target().value().parse().ok())>
                <option value="" prop:selected=move || chosen.get().is_none()>{t!(shared.choose())}</option>
                {lines}
            </select>
        </div>
    }
}

/// One thing to tick.
#[component]
pub fn CheckField(
    /// What it says.
    #[prop(into)]
    label: TextProp,
    /// Whether it is ticked.
    #[prop(into)]
    value: Signal<bool>,
    /// Called with whether it is ticked now.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" autocomplete="off" prop:checked=move || value.get()
                on:change:target=move |event| on_change.run(event.target().checked()) />
            <span>{move || label.get()}</span>
        </label>
    }
}

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
    let id = fresh_id("field");
    let lines = move || {
        let chosen = value.get();
        let line = |(index, (own, words)): (usize, (T, String))| {
            let selected = chosen.as_ref() == Some(&own);
            view! { <option value=index.to_string() prop:selected=selected>{words}</option> }
        };
        options.get().into_iter().enumerate().map(line).collect_view()
    };
    let pick = move |index: String| {
        let options = options.get_untracked();
        let own = index.parse::<usize>().ok().and_then(|index| options.into_iter().nth(index));
        on_pick.run(own.map(|(own, _)| own));
    };
    view! {
        <div class="field">
            <label for=id.clone()>{move || label.get()}</label>
            <select id=id autocomplete="off" on:change:target=move |event| pick(event.target().value())>
                <option value="" prop:selected=move || value.get().is_none()>{t!(shared.choose())}</option>
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

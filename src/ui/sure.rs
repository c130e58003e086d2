//! A question before something goes: what would, a way back that stands first, and the deed.

use crate::sheet::Sheet;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// The question; it closes with either answer.
#[component]
pub fn Sure(
    /// Whether it is asked.
    open: RwSignal<bool>,
    /// What is asked.
    #[prop(into)]
    title: TextProp,
    /// What would go, where the question does not say it.
    #[prop(into, optional)]
    what: Option<TextProp>,
    /// The way back.
    #[prop(into)]
    back: TextProp,
    /// Called after the way back was taken.
    #[prop(into, optional)]
    on_back: Option<Callback<()>>,
    /// The deed.
    #[prop(into)]
    deed: TextProp,
    /// Does it.
    #[prop(into)]
    on_deed: Callback<()>,
) -> impl IntoView {
    let back_out = move |()| {
        open.set(false);
        if let Some(on_back) = on_back {
            on_back.run(());
        }
    };
    let act = move |()| {
        open.set(false);
        on_deed.run(());
    };
    view! {
        <Sheet open=open on_close=move |()| open.set(false) title=title>
            {what.clone().map(|what| view! { <p>{move || what.get()}</p> })}
            <Answers back=back.clone() on_back=back_out deed=deed.clone() on_deed=act />
        </Sheet>
    }
}

/// The two answers of such a question.
#[component]
pub fn Answers(
    /// The way back.
    #[prop(into)]
    back: TextProp,
    /// Called when it is taken.
    #[prop(into)]
    on_back: Callback<()>,
    /// The deed.
    #[prop(into)]
    deed: TextProp,
    /// Does it.
    #[prop(into)]
    on_deed: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="buttons">
            <button type="button" class="button main grow" on:click=move |_| on_back.run(())>{move || back.get()}</button>
            <button type="button" class="button danger" on:click=move |_| on_deed.run(())>{move || deed.get()}</button>
        </div>
    }
}

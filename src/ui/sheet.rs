//! A sheet over the page (native `<dialog>`): at the bottom of a phone, in the middle of a desk.
//!
//! The browser keeps the focus inside and gives it back; Escape and the back gesture close it.

use crate::answers::fresh_id;
use crate::icon::{Icon, IconMark};
use crate::t;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A sheet that is there while `open` says so.
#[component]
pub fn Sheet(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// Called when the person closes it.
    #[prop(into)]
    on_close: Callback<()>,
    /// What it is about.
    #[prop(into)]
    title: TextProp,
    /// What stands in it; made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let heading = fresh_id("sheet");
    let labelled_by = heading.clone();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                if let Err(error) = dialog.show_modal() {
                    leptos::logging::error!("a sheet did not open: {error:?}");
                }
            }
            (false, true) => dialog.close(),
            (true, true) | (false, false) => {}
        }
    });
    let cancelled = move |event: leptos::ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    // The browser may close it by itself (a second back gesture); the page must hear of it.
    let closed = move |_: leptos::ev::Event| {
        if open.get_untracked() {
            on_close.run(());
        }
    };
    // A tap beside the sheet reaches the dialog itself, one inside it reaches what lies there.
    let beside = move |event: leptos::ev::MouseEvent| {
        if dialog.get_untracked().is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref())) {
            on_close.run(());
        }
    };
    view! {
        <dialog class="sheet" node_ref=dialog aria-labelledby=labelled_by on:cancel=cancelled on:close=closed on:click=beside>
            <header class="sheet-head">
                <h2 id=heading tabindex="-1" autofocus=true>{move || title.get()}</h2>
                <button type="button" class="icon-button" aria-label=t!(shared.close()) on:click=move |_| on_close.run(())>
                    <IconMark icon=Icon::Cross />
                </button>
            </header>
            <Show when=move || open.get()>
                <div class="sheet-body">{children()}</div>
            </Show>
        </dialog>
    }
}

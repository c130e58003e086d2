//! A sheet over the page (native `<dialog>`): at the bottom of a phone, in the middle of a desk.
//!
//! The browser keeps the focus inside and gives it back; Escape and the back gesture close it. So does a press beside it,
//! unless a form is in it. While something in it is on its way it stays. `<body>` bears [`OPEN`] as long as one is open,
//! so that it can be printed alone by browsers without `:has()`.

use crate::answers::fresh_id;
use crate::icon::{Icon, IconMark};
use crate::t;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use std::cell::Cell;

/// The class of `<body>` while a sheet is open.
pub const OPEN: &str = "sheet-open";

thread_local! {
    static OPEN_NOW: Cell<u32> = const { Cell::new(0) };
}

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
    let marked = StoredValue::new(false);
    Effect::new(move |_| {
        follow(dialog, open.get());
        mark(marked, open.get());
    });
    on_cleanup(move || mark(marked, false));
    let holds = move |what: &str| {
        let dialog = dialog.get_untracked();
        dialog.is_some_and(|dialog| dialog.query_selector(what).is_ok_and(|found| found.is_some()))
    };
    let shut = move || {
        if !holds("[aria-busy=true]") {
            on_close.run(());
        }
    };
    let cancelled = move |event: leptos::ev::Event| {
        event.prevent_default();
        shut();
    };
    // The browser may close it by itself (a second back gesture); the page must hear of it. It says so late: it may be
    // open again by then.
    let closed = move |_: leptos::ev::Event| {
        if open.get_untracked() && dialog.get_untracked().is_none_or(|dialog| !dialog.open()) {
            on_close.run(());
        }
    };
    // A tap beside the sheet reaches the dialog itself, one inside it reaches what lies there. A drag out of the sheet
    // ends with a click on the dialog too, so where it began counts as well.
    let is_beside = move |event: &leptos::ev::Event| {
        dialog.get_untracked().is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref()))
    };
    let began_beside = StoredValue::new(false);
    let pressed = move |event: leptos::ev::PointerEvent| began_beside.set_value(is_beside(&event));
    let clicked = move |event: leptos::ev::MouseEvent| {
        // The second press of a double one is on what the first one was on: the button that opened this.
        if event.detail() < 2 && began_beside.get_value() && is_beside(&event) && !holds("form") {
            shut();
        }
    };
    view! {
        <dialog class="sheet" node_ref=dialog aria-labelledby=labelled_by on:cancel=cancelled on:close=closed
            on:pointerdown=pressed on:click=clicked>
            <header class="sheet-head">
                <h2 id=heading tabindex="-1" autofocus=true>{move || title.get()}</h2>
                <button type="button" class="icon-button" aria-label=t!(shared.close()) on:click=move |_| shut()>
                    <IconMark icon=Icon::Cross />
                </button>
            </header>
            <Show when=move || open.get()>
                <div class="sheet-body">{children()}</div>
            </Show>
        </dialog>
    }
}

/// Counts this sheet among the open ones, or no longer.
fn mark(marked: StoredValue<bool>, open: bool) {
    if marked.try_get_value().is_none_or(|was| was == open) {
        return;
    }
    marked.set_value(open);
    let others = OPEN_NOW.get();
    let now = if open { others + 1 } else { others.saturating_sub(1) };
    OPEN_NOW.set(now);
    if let Some(body) = document().body()
        && let Err(error) = body.class_list().toggle_with_force(OPEN, now > 0)
    {
        leptos::logging::error!("the page is not marked: {error:?}");
    }
}

/// Opens the dialog or closes it, as it is to be.
fn follow(dialog: NodeRef<Dialog>, open: bool) {
    let Some(dialog) = dialog.get() else { return };
    match (open, dialog.open()) {
        (true, false) => {
            if let Err(error) = dialog.show_modal() {
                leptos::logging::error!("a sheet did not open: {error:?}");
            }
        }
        (false, true) => dialog.close(),
        (true, true) | (false, false) => {}
    }
}

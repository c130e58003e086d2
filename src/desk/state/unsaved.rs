//! What was typed into a form and not saved: marked on the form itself, so that the mark goes with the form. Leaving it,
//! by a link, by going back, by closing its sheet or the browser, asks first.

use leptos::{ev, prelude::*};
use ui::words;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};

/// What is set on a form that somebody typed into.
const MARK: &str = "data-typed";
/// The forms in which work is lost: those with a page of their own, and those in a sheet.
const FORMS: &str = "form.form-page[data-typed], dialog form[data-typed]";

/// Notices typing, and asks before the browser is closed over it, for as long as the app runs.
pub fn follow() {
    let typed = window_event_listener_untyped("input", move |event| {
        let field = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let form = field.and_then(|field| field.closest("form").ok().flatten());
        // A password is typed anew in a moment, and its form may stay behind.
        let Some(form) = form.filter(|form| !has(form, "input[type=password]")) else { return };
        if let Err(error) = form.set_attribute(MARK, "") {
            leptos::logging::warn!("leaving this form will not ask: {error:?}");
        }
    });
    let closing = window_event_listener(ev::beforeunload, move |event| {
        if !marked().is_empty() {
            event.prevent_default();
            // Browsers before 2023 ask only where this is set.
            event.set_return_value("1");
        }
    });
    on_cleanup(move || {
        typed.remove();
        closing.remove();
    });
}

/// Whether what is shown may be left: nothing was typed, or the person says so.
pub fn may_leave() -> bool {
    let forms = marked();
    forms.is_empty() || {
        let leaves = window().confirm_with_message(words::desk_forms().leave_unsaved()).unwrap_or(true);
        if !leaves {
            forms.iter().for_each(keep_open);
        }
        leaves
    }
}

/// What was typed has arrived.
pub fn arrived() {
    for form in marked() {
        if let Err(error) = form.remove_attribute(MARK) {
            leptos::logging::warn!("leaving a saved form will ask: {error:?}");
        }
    }
}

/// A browser may have closed the sheet by itself before it was asked.
fn keep_open(form: &Element) {
    let sheet = form.closest("dialog").ok().flatten();
    let sheet = sheet.and_then(|sheet| sheet.dyn_into::<HtmlDialogElement>().ok());
    if let Some(Err(error)) = sheet.filter(|sheet| !sheet.open()).map(|sheet| sheet.show_modal()) {
        leptos::logging::warn!("a sheet with something typed did not open again: {error:?}");
    }
}

fn has(form: &Element, what: &str) -> bool {
    form.query_selector(what).is_ok_and(|found| found.is_some())
}

fn marked() -> Vec<Element> {
    let Ok(found) = document().query_selector_all(FORMS) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

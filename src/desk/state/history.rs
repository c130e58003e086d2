//! The address bar: which page is shown, going to another, and links that do not reload.

use super::{
    place::{BASE, Page},
    unsaved,
};
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlAnchorElement, MouseEvent};

/// The page the address bar names.
pub fn current() -> Page {
    let location = window().location();
    Page::read(&location.pathname().unwrap_or_default(), &location.search().unwrap_or_default())
}

/// Follows the address bar for as long as the app runs; gives the page shown.
pub fn follow() -> RwSignal<Page> {
    let page = RwSignal::new(current());
    let popped = window_event_listener(ev::popstate, move |_| {
        if unsaved::may_leave() {
            page.set(current());
        } else {
            keep(&page.with_untracked(Page::href), false);
        }
    });
    let clicked = window_event_listener(ev::click, move |event| {
        if let Some(href) = own_link(&event) {
            event.prevent_default();
            if unsaved::may_leave() {
                push(page, &href);
            }
        }
    });
    on_cleanup(move || {
        popped.remove();
        clicked.remove();
    });
    page
}

/// Goes to a page.
pub fn go(page: RwSignal<Page>, to: &Page) {
    keep(&to.href(), false);
    turn(page, to.clone());
}

/// Replaces the page without a step to go back to, as while a search is typed.
pub fn replace(page: RwSignal<Page>, to: &Page) {
    keep(&to.href(), true);
    // Not read back: what may not stand in an address is sought all the same.
    page.set(to.clone());
}

fn push(page: RwSignal<Page>, href: &str) {
    keep(href, false);
    turn(page, current());
}

fn turn(page: RwSignal<Page>, to: Page) {
    if page.with_untracked(|from| *from != to) {
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
    page.set(to);
}

fn keep(href: &str, replace: bool) {
    let kept = window().history().and_then(|history| {
        if replace {
            history.replace_state_with_url(&JsValue::NULL, "", Some(href))
        } else {
            history.push_state_with_url(&JsValue::NULL, "", Some(href))
        }
    });
    if let Err(error) = kept {
        leptos::logging::warn!("{href} is not in the address bar: {error:?}");
    }
}

/// The address of a plain click on a link to a page of the desk.
fn own_link(event: &MouseEvent) -> Option<String> {
    let plain = event.button() == 0
        && !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key());
    if event.default_prevented() || !plain {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = target.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    let own = link.target().is_empty()
        && !link.has_attribute("download")
        && link.origin() == window().location().origin().unwrap_or_default()
        && (link.pathname() == BASE || link.pathname().starts_with("/desk/"));
    own.then(|| format!("{}{}", link.pathname(), link.search()))
}

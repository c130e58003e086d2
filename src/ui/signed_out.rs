//! Somebody signed out in this browser: the other app hears of it, at once where it is open, else when it is opened.
//!
//! The mark says only that it happened, not who it was: whoever signs out means this browser.

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;

const KEY: &str = "lzd-signed-out";

/// Leaves the mark.
pub fn tell() {
    // Where nothing can be kept, the other app keeps nothing either.
    let _ = LocalStorage::set(KEY, true);
}

/// Whether the mark is there.
#[must_use]
pub fn is_told() -> bool {
    LocalStorage::get(KEY).unwrap_or(false)
}

/// Takes the mark away: it was heard, or somebody signed in since.
pub fn forget() {
    LocalStorage::delete(KEY);
}

/// Calls when another page of this browser leaves the mark, as long as the app runs.
pub fn on_told(what: impl Fn() + 'static) {
    let watch = window_event_listener(leptos::ev::storage, move |event| {
        if event.key().as_deref() == Some(KEY) && event.new_value().is_some() {
            what();
        }
    });
    std::mem::forget(watch);
}

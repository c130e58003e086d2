//! Somebody signed out in this browser: the other app hears of it, at once where it is open, else when it is opened.
//!
//! The mark says only that it happened, not who it was: whoever signs out means this browser.

use gloo_storage::{LocalStorage, Storage};
use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

const KEY: &str = "lzd-signed-out";

/// How the name of every lock begins that a page of the phone's app holds while a form is open on it.
pub const FORM_OPEN: &str = "lzd-form-";

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

/// Whether a form is open in the phone's app in this browser: worth asking before its person is signed out there, too.
pub async fn is_form_open() -> bool {
    // A browser that does not say is asked nothing more: the form is kept either way.
    held_names().await.is_ok_and(|names| names.iter().any(|name| name.starts_with(FORM_OPEN)))
}

/// The names of the locks that are held. `web-sys` does not type them yet.
async fn held_names() -> Result<Vec<String>, JsValue> {
    let locks = Reflect::get(&window().navigator(), &"locks".into())?;
    let query: Function = Reflect::get(&locks, &"query".into())?.dyn_into()?;
    let asked: Promise = query.call0(&locks)?.dyn_into()?;
    let held: Array = Reflect::get(&JsFuture::from(asked).await?, &"held".into())?.dyn_into()?;
    let names = held.iter().filter_map(|lock| Reflect::get(&lock, &"name".into()).ok()?.as_string());
    Ok(names.collect())
}

//! A word kept twice outside the databases, in localStorage and in Cache Storage, so that a browser that
//! drops a database is found out. Ids only: both lie on the disk in clear.

use super::window;
use js_sys::JsString;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, Response};

/// Not `liuzhidao-…`: those caches are the service worker's to drop.
const CACHE: &str = "lzd-sentinel";

/// Keeps the word in both places; either may refuse, the other then bears witness alone.
pub(super) async fn set(name: String, word: String) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(&format!("{CACHE}-{name}"), &word);
    }
    let _ = put(&name, &word).await;
}

/// The word, from wherever it survived.
pub(super) async fn get(name: String) -> Option<String> {
    let storage = window().local_storage().ok().flatten();
    let kept = storage.and_then(|storage| storage.get_item(&format!("{CACHE}-{name}")).ok().flatten());
    match kept {
        Some(word) => Some(word),
        None => read(&name).await.ok().flatten(),
    }
}

async fn open() -> Result<Cache, JsValue> {
    JsFuture::from(window().caches()?.open(CACHE)).await?.dyn_into()
}

async fn put(name: &str, word: &str) -> Result<(), JsValue> {
    let response = Response::new_with_opt_str(Some(word))?;
    JsFuture::from(open().await?.put_with_str(&path(name), &response)).await.map(|_| ())
}

async fn read(name: &str) -> Result<Option<String>, JsValue> {
    let found = JsFuture::from(open().await?.match_with_str(&path(name))).await?;
    let Ok(response) = found.dyn_into::<Response>() else { return Ok(None) };
    let text = JsFuture::from(response.text()?).await?;
    Ok(text.dyn_into::<JsString>().ok().map(String::from))
}

fn path(name: &str) -> String {
    format!("/sentinel/{name}")
}

//! Asks the office over HTTP and reads its answers. Knows no session and no page: what a refusal
//! means for the screen is `state`'s matter.

use crate::trouble::Trouble;
use leptos::prelude::window;
use protocol::sign_in::{REQUIRED_HEADER, REQUIRED_HEADER_VALUE, Refusal, RefusalCode};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, Request, RequestInit, Response};

/// Reads.
pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Trouble> {
    ask("GET", path, None).await
}

/// Sends with `POST`.
pub async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, Trouble> {
    ask("POST", path, Some(written(body)?)).await
}

/// Sends with `PUT`.
pub async fn put<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, Trouble> {
    ask("PUT", path, Some(written(body)?)).await
}

fn written(body: &impl Serialize) -> Result<String, Trouble> {
    serde_json::to_string(body).map_err(|error| Trouble::Unreadable { cause: error.to_string() })
}

async fn ask<T: DeserializeOwned>(method: &str, path: &str, body: Option<String>) -> Result<T, Trouble> {
    let (status, text) = fetch(method, path, body).await.map_err(|error| unreachable(&error))?;
    let unreadable =
        |error: serde_json::Error| Trouble::Unreadable { cause: format!("{status} {path}: {error}") };
    if (200..300).contains(&status) {
        let text = if text.trim().is_empty() { "null" } else { &text };
        return serde_json::from_str(text).map_err(unreadable);
    }
    match serde_json::from_str(&text) {
        Ok(refusal) => Err(Trouble::Refused(refusal)),
        Err(_) if status >= 500 => {
            Err(Trouble::Refused(Refusal { code: RefusalCode::OfficeFailed, retry_after_ms: None }))
        }
        Err(error) => Err(unreadable(error)),
    }
}

fn unreachable(error: &JsValue) -> Trouble {
    let words = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    Trouble::Unreachable { cause: words.unwrap_or_else(|| format!("{error:?}")) }
}

async fn fetch(method: &str, path: &str, body: Option<String>) -> Result<(u16, String), JsValue> {
    let headers = Headers::new()?;
    headers.set(REQUIRED_HEADER, REQUIRED_HEADER_VALUE)?;
    let init = RequestInit::new();
    init.set_method(method);
    if let Some(body) = body {
        headers.set("content-type", "application/json")?;
        init.set_body(&body.into());
    }
    init.set_headers(&headers);
    let request = Request::new_with_str_and_init(path, &init)?;
    let response: Response = JsFuture::from(window().fetch_with_request(&request)).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.status(), text.as_string().unwrap_or_default()))
}

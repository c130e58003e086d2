//! Asks the office over HTTP and reads its answers. Knows no session and no page: what a refusal
//! means for the screen is `state`'s matter.

use crate::trouble::Trouble;
use leptos::prelude::window;
use protocol::sign_in::{REQUIRED_HEADER, REQUIRED_HEADER_VALUE, Refusal, RefusalCode};
use serde::{
    Serialize,
    de::{DeserializeOwned, IgnoredAny},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, Headers, ProgressEvent, Request, RequestInit, Response, XmlHttpRequest};

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

/// Asks with `POST` for a file: its name, and what is in it.
pub async fn post_for_file(path: &str, body: &impl Serialize) -> Result<(String, Blob), Trouble> {
    let body = Some(written(body)?);
    let response = respond("POST", path, body).await.map_err(|error| unreachable(&error))?;
    if response.ok() {
        return contents(&response).await.map_err(|error| unreachable(&error));
    }
    let said = text(&response).await.map_err(|error| unreachable(&error))?;
    match read::<IgnoredAny>(response.status(), path, &said) {
        Err(trouble) => Err(trouble),
        Ok(_) => Err(Trouble::Unreadable { cause: format!("{} {path}", response.status()) }),
    }
}

/// Sends a file as it is with `POST`, and says as it goes how many per cent have left.
pub async fn bring<T: DeserializeOwned>(
    path: &str,
    file: &File,
    sent: impl FnMut(u32) + 'static,
) -> Result<T, Trouble> {
    let (status, text) = upload(path, file, sent).await.map_err(|error| unreachable(&error))?;
    read(status, path, &text)
}

fn written(body: &impl Serialize) -> Result<String, Trouble> {
    serde_json::to_string(body).map_err(|error| Trouble::Unreadable { cause: error.to_string() })
}

async fn ask<T: DeserializeOwned>(method: &str, path: &str, body: Option<String>) -> Result<T, Trouble> {
    let (status, text) = fetch(method, path, body).await.map_err(|error| unreachable(&error))?;
    read(status, path, &text)
}

fn read<T: DeserializeOwned>(status: u16, path: &str, text: &str) -> Result<T, Trouble> {
    let unreadable =
        |error: serde_json::Error| Trouble::Unreadable { cause: format!("{status} {path}: {error}") };
    if (200..300).contains(&status) {
        let text = if text.trim().is_empty() { "null" } else { text };
        return serde_json::from_str(text).map_err(unreadable);
    }
    match serde_json::from_str(text) {
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
    let response = respond(method, path, body).await?;
    let said = text(&response).await?;
    Ok((response.status(), said))
}

async fn text(response: &Response) -> Result<String, JsValue> {
    Ok(JsFuture::from(response.text()?).await?.as_string().unwrap_or_default())
}

/// A file with the name that the office gave it (RFC 5987).
async fn contents(response: &Response) -> Result<(String, Blob), JsValue> {
    let about = response.headers().get("content-disposition")?.unwrap_or_default();
    let name = about.rsplit_once("filename*=UTF-8''").map_or("", |(_, name)| name);
    let name = js_sys::decode_uri_component(name)?;
    let blob = JsFuture::from(response.blob()?).await?.dyn_into()?;
    Ok((name.into(), blob))
}

async fn respond(method: &str, path: &str, body: Option<String>) -> Result<Response, JsValue> {
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
    JsFuture::from(window().fetch_with_request(&request)).await?.dyn_into()
}

/// `fetch` does not say how much of a body has left; the older way does.
async fn upload(
    path: &str,
    file: &File,
    mut sent: impl FnMut(u32) + 'static,
) -> Result<(u16, String), JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open_with_async("POST", path, true)?;
    request.set_request_header(REQUIRED_HEADER, REQUIRED_HEADER_VALUE)?;
    request.set_request_header("content-type", "application/octet-stream")?;
    let on_progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
            let per_cent = (event.loaded() / event.total() * 100.0) as u32;
            sent(per_cent);
        }
    });
    request.upload()?.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    let ended = js_sys::Promise::new(&mut |done, _| request.set_onloadend(Some(&done)));
    request.send_with_opt_blob(Some(file))?;
    JsFuture::from(ended).await?;
    // Without a connection it ends with no status at all.
    match request.status()? {
        0 => Err(js_sys::Error::new("the file did not arrive").into()),
        status => Ok((status, request.response_text()?.unwrap_or_default())),
    }
}

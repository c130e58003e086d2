//! The link: one question to the office by HTTP, one answer or the reason why there is none.
//!
//! Never believes in a network before it answered, nor an answer before it read it: a captive portal
//! that says 200 with its own page is no office. Retries nothing; that is the engine's.

use core::fmt;
use js_sys::{JsString, Promise};
use protocol::sign_in::{REQUIRED_HEADER, REQUIRED_HEADER_VALUE, Refusal, RefusalCode};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Request, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
};

/// How long a question may take, in milliseconds: a full deposit over a slow radio link fits.
const PATIENCE_MS: i32 = 120_000;

/// Why there is no answer of use.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkError {
    /// Nothing came back: no signal, no server, or it took too long.
    NoNetwork,
    /// Something answered that is not the office: a captive portal, a proxy, an office that is down.
    NotTheOffice {
        /// What it said.
        status: u16,
    },
    /// The body was larger than the office takes (said by the office or by a proxy before it).
    TooLarge,
    /// The office said no.
    Refused(Refusal),
}

impl LinkError {
    /// Whether the office asks for a new sign-in.
    pub fn is_sign_in_needed(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.code == RefusalCode::SignInNeeded)
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoNetwork => f.write_str("nothing came back"),
            Self::NotTheOffice { status } => write!(f, "something else answered ({status})"),
            Self::TooLarge => f.write_str("too large"),
            Self::Refused(refusal) => write!(f, "refused: {:?}", refusal.code),
        }
    }
}

impl std::error::Error for LinkError {}

/// Asks the office.
///
/// # Errors
/// [`LinkError`].
pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, LinkError> {
    let (status, json, text) = ask("GET", path, None).await?;
    read(status, json, &text)
}

/// Tells the office something and reads its answer.
///
/// # Errors
/// [`LinkError`].
pub async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, LinkError> {
    let (status, json, text) = post_raw(path, body).await?;
    read(status, json, &text)
}

/// Tells the office something whose answer has no body of interest.
///
/// # Errors
/// [`LinkError`].
pub async fn tell(path: &str, body: &impl Serialize) -> Result<(), LinkError> {
    let (status, json, text) = post_raw(path, body).await?;
    // A portal's page is a 200 too; the office answers with JSON, or with 204 and nothing.
    match status {
        204 => Ok(()),
        200..=299 if json => Ok(()),
        _ => Err(refusal(status, json, &text)),
    }
}

async fn post_raw(path: &str, body: &impl Serialize) -> Result<(u16, bool, String), LinkError> {
    // What we send is strings, numbers and maps with string keys: this cannot fail.
    let body = serde_json::to_string(body).unwrap_or_default();
    ask("POST", path, Some(&body)).await
}

/// Status, whether the body claims to be JSON, body.
async fn ask(method: &str, path: &str, body: Option<&str>) -> Result<(u16, bool, String), LinkError> {
    let lost = |_: JsValue| LinkError::NoNetwork;
    let window = web_sys::window().ok_or(LinkError::NoNetwork)?;
    let controller = AbortController::new().map_err(lost)?;
    let options = RequestInit::new();
    options.set_method(method);
    options.set_credentials(RequestCredentials::SameOrigin);
    options.set_cache(RequestCache::NoStore);
    options.set_redirect(RequestRedirect::Error);
    options.set_signal(Some(&controller.signal()));
    if let Some(body) = body {
        options.set_body(&JsValue::from_str(body));
    }
    let request = Request::new_with_str_and_init(path, &options).map_err(lost)?;
    request.headers().set(REQUIRED_HEADER, REQUIRED_HEADER_VALUE).map_err(lost)?;
    request.headers().set("accept", "application/json").map_err(lost)?;
    if body.is_some() {
        request.headers().set("content-type", "application/json").map_err(lost)?;
    }
    let give_up = Closure::<dyn FnMut()>::new(move || controller.abort());
    let timer = window
        .set_timeout_with_callback_and_timeout_and_arguments_0(give_up.as_ref().unchecked_ref(), PATIENCE_MS)
        .map_err(lost)?;
    let answered = settle(window.fetch_with_request(&request)).await;
    window.clear_timeout_with_handle(timer);
    answered
}

async fn settle(answer: Promise) -> Result<(u16, bool, String), LinkError> {
    let lost = |_: JsValue| LinkError::NoNetwork;
    let response: Response = JsFuture::from(answer).await.map_err(lost)?.dyn_into().map_err(lost)?;
    let kind = response.headers().get("content-type").ok().flatten().unwrap_or_default();
    let text = JsFuture::from(response.text().map_err(lost)?).await.map_err(lost)?;
    let text = text.dyn_into::<JsString>().map(String::from).map_err(lost)?;
    Ok((response.status(), kind.starts_with("application/json"), text))
}

fn read<T: DeserializeOwned>(status: u16, json: bool, text: &str) -> Result<T, LinkError> {
    if !(200..300).contains(&status) || !json {
        return Err(refusal(status, json, text));
    }
    serde_json::from_slice(text.as_bytes()).map_err(|_| LinkError::NotTheOffice { status })
}

/// What an answer that is no answer means.
fn refusal(status: u16, json: bool, text: &str) -> LinkError {
    if status == 413 {
        return LinkError::TooLarge;
    }
    let refusal = json.then(|| serde_json::from_slice::<Refusal>(text.as_bytes()).ok()).flatten();
    refusal.map_or(LinkError::NotTheOffice { status }, LinkError::Refused)
}

#[cfg(test)]
mod tests;

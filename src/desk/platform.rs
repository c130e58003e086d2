//! The clock, the dice and the few things only the browser can do. The only file of the desk that
//! reads a clock or makes randomness; everything else is handed both.

use domain::id::{CategoryId, ChildId, EntryId, EventId, HouseholdId, ImportId, PersonId, UnitId};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, HtmlAnchorElement, HtmlElement, Url};

/// The browser's clock, Unix milliseconds.
#[expect(clippy::disallowed_methods, reason = "this is the file that reads the clock")]
pub fn now_ms() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
    let now_ms = js_sys::Date::now() as i64;
    now_ms
}

/// Random bytes from the browser's cryptographic source.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let filled = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    match filled {
        Ok(_) => bytes,
        // Without randomness there are no ids; the shell looks for it before it starts the desk.
        Err(error) => wasm_bindgen::throw_val(error),
    }
}

/// Random bytes in hex.
pub fn random_hex<const N: usize>() -> String {
    random::<N>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A new entry's id.
pub fn entry_id() -> EntryId {
    EntryId::new(now_ms(), random())
}

/// A new household's id.
pub fn household_id() -> HouseholdId {
    HouseholdId::new(now_ms(), random())
}

/// A new unit's id.
pub fn unit_id() -> UnitId {
    UnitId::new(now_ms(), random())
}

/// A new person's id.
pub fn person_id() -> PersonId {
    PersonId::new(now_ms(), random())
}

/// A new category's id.
pub fn category_id() -> CategoryId {
    CategoryId::new(now_ms(), random())
}

/// A new import's id.
pub fn import_id() -> ImportId {
    ImportId::new(now_ms(), random())
}

/// A new child's id.
pub fn child_id() -> ChildId {
    ChildId::new(now_ms(), random())
}

/// A new event's id.
pub fn event_id() -> EventId {
    EventId::new(now_ms(), random())
}

/// Brings a place of the page before the eye, and the keyboard to its first answer.
pub fn show(place: &str) {
    let Ok(Some(found)) = document().query_selector(place) else { return };
    found.scroll_into_view();
    let first = found.query_selector("button, select").ok().flatten();
    if let Some(first) = first.as_ref().and_then(|first| first.dyn_ref::<HtmlElement>()) {
        // A page whose keyboard stays where it was is no failure.
        let _ = first.focus();
    }
}

/// Where the desk was opened: `https://union.example`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// What stands behind `#` in the address, without it.
pub fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// What the browser says it is.
pub fn browser() -> String {
    window().navigator().user_agent().unwrap_or_default()
}

/// Opens the browser's print dialog.
pub fn print() {
    if let Err(error) = window().print() {
        leptos::logging::warn!("printing did not start: {error:?}");
    }
}

/// Leaves for another page of this server.
pub fn go(path: &str) {
    if let Err(error) = window().location().set_href(path) {
        leptos::logging::warn!("{path} did not open: {error:?}");
    }
}

/// Hands the person a file.
pub fn save_file(name: &str, contents: &Blob) {
    let made = || -> Result<(), JsValue> {
        let address = Url::create_object_url_with_blob(contents)?;
        let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
        link.set_href(&address);
        link.set_download(name);
        link.click();
        Url::revoke_object_url(&address)
    };
    if let Err(error) = made() {
        leptos::logging::warn!("{name} was not saved: {error:?}");
    }
}

/// Puts words on the clipboard; `false` where the browser does not let us.
pub async fn copy(words: &str) -> bool {
    // On plain http the browser has no clipboard, and asking for it would throw.
    let navigator = window().navigator();
    let has = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|found| found.is_object());
    has && JsFuture::from(navigator.clipboard().write_text(words)).await.is_ok()
}

/// What is in a file, as text; none where it cannot be read.
pub async fn text_of(file: &File) -> Option<String> {
    JsFuture::from(file.text()).await.ok()?.as_string()
}

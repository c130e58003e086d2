//! What the state asks of the page it runs in: timers, scrolling, whether it is installed.
//!
//! It decides nothing. A browser that lacks one of these simply does without.

use js_sys::Promise;
use leptos::prelude::*;
use std::time::Duration;
use ui::install::Handset;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Calls every half minute, while the app runs.
pub fn every_half_minute(what: impl Fn() + 'static) {
    if set_interval_with_handle(what, Duration::from_secs(30)).is_err() {
        leptos::logging::warn!("this browser sets no timers; the day is read at the next start");
    }
}

/// Calls again and again, as long as the view that asks is there.
pub fn every(ms: u64, what: impl Fn() + 'static) {
    match set_interval_with_handle(what, Duration::from_millis(ms)) {
        Ok(watch) => on_cleanup(move || watch.clear()),
        Err(error) => leptos::logging::warn!("this browser sets no timers: {error:?}"),
    }
}

/// Calls when the phone has a network again, as long as the view that asks is there.
pub fn on_network(what: impl Fn() + 'static) {
    let watch = window_event_listener_untyped("online", move |_| what());
    on_cleanup(move || watch.remove());
}

/// Calls once after a while.
pub fn after(ms: u64, what: impl FnOnce() + 'static) {
    set_timeout(what, Duration::from_millis(ms));
}

/// Brings an element into view; without motion for who wants none.
pub fn bring_into_view(id: &str) {
    let Some(element) = document().get_element_by_id(id) else { return };
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    options.set_behavior(if wants_no_motion() { ScrollBehavior::Auto } else { ScrollBehavior::Smooth });
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Brings an element into view unless all of it is to be seen between the page's bars: nothing moves without need.
pub fn bring_up(id: &str) {
    let bounds = |css: &str| {
        let part = document().query_selector(css).ok().flatten();
        part.map(|part| part.get_bounding_client_rect())
    };
    let Some(element) = bounds(&format!("#{id}")) else { return };
    let top = bounds(".page-header").map_or(0.0, |header| header.bottom());
    let end = bounds(".bottom-bar").map_or(0.0, |bar| bar.top());
    let height = document().document_element().map_or(0, |root| root.client_height());
    if element.top() < top.max(0.0) || element.bottom() > end.min(f64::from(height)) {
        bring_into_view(id);
    }
}

/// How far the page is scrolled.
pub fn scroll_px() -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "a page is not millions of pixels long")]
    window().scroll_y().map_or(0, |y| y as i32)
}

/// Scrolls the page, at once.
pub fn scroll_to(px: i32) {
    window().scroll_to_with_x_and_y(0.0, f64::from(px));
}

/// Whether the page is near its lower end.
pub fn is_near_end() -> bool {
    let Some(root) = document().document_element() else { return true };
    let seen = scroll_px().saturating_add(root.client_height());
    seen.saturating_add(root.client_height()) >= root.scroll_height()
}

/// Whether motion should be spared.
pub fn wants_no_motion() -> bool {
    matches_media("(prefers-reduced-motion: reduce)")
}

/// Whether the app runs from the home screen.
pub fn is_installed() -> bool {
    let of_apple = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("standalone"));
    matches_media("(display-mode: standalone)") || of_apple.is_ok_and(|value| value == JsValue::TRUE)
}

/// What the browser calls itself.
pub fn user_agent() -> String {
    window().navigator().user_agent().unwrap_or_default()
}

/// The handset this is, by what the browser says of it.
pub fn handset() -> Handset {
    Handset::of(&user_agent(), window().navigator().max_touch_points())
}

/// What stands behind `#` in the address.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// Takes away what stands behind `#`: an invitation that was used is not looked at again.
pub fn forget_fragment() {
    let location = window().location();
    let path = location.pathname().unwrap_or_else(|_| "/".to_owned());
    let replaced = window()
        .history()
        .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&path)));
    if let Err(error) = replaced {
        leptos::logging::warn!("the address keeps its end: {error:?}");
    }
}

/// Calls when what stands behind `#` is another, as long as the view that asks is there.
pub fn on_other_fragment(what: impl Fn() + 'static) {
    let watch = window_event_listener_untyped("hashchange", move |_| what());
    on_cleanup(move || watch.remove());
}

/// Loads the page again.
pub fn open_again() {
    if let Err(error) = window().location().reload() {
        leptos::logging::warn!("reload: {error:?}");
    }
}

/// Whether the page is hidden now.
pub fn is_hidden() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Hidden
}

/// Moves the focus to the first field in an element: what is typed next goes there.
pub fn focus_field(id: &str) {
    focus_first(&format!("#{id} :is(input, select)"));
}

/// Moves the focus to the first field that says it cannot read what was typed; false where there is none.
pub fn focus_unreadable() -> bool {
    focus_first("main [aria-invalid=true]")
}

fn focus_first(selector: &str) -> bool {
    let field = document().query_selector(selector).ok().flatten();
    let field = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok());
    // An element that takes no focus leaves it where it was.
    field.inspect(|field| drop(field.focus())).is_some()
}

fn matches_media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// Whether the focus goes to the button that finishes the form: what that saves need not be kept first.
pub fn goes_to_finish(event: &web_sys::FocusEvent) -> bool {
    let to = event.related_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    to.is_some_and(|element| element.matches(".finish").unwrap_or(false))
}

/// Calls when the page is hidden or left, as long as the view that asks is there.
pub fn on_hiding(what: impl Fn() + Clone + 'static) {
    let hidden = what.clone();
    let watch = window_event_listener_untyped("visibilitychange", move |_| {
        if is_hidden() {
            hidden();
        }
    });
    let leave = window_event_listener_untyped("pagehide", move |_| what());
    on_cleanup(move || {
        watch.remove();
        leave.remove();
    });
}

/// Opens the page anew.
pub fn reload() {
    if let Err(error) = window().location().reload() {
        leptos::logging::error!("reload: {error:?}");
    }
}

/// Calls when the page is scrolled, as long as the view that asks is there.
pub fn on_scroll(what: impl Fn() + 'static) {
    let watch = window_event_listener_untyped("scroll", move |_| what());
    on_cleanup(move || watch.remove());
}

/// Calls once what was just put on the page has been drawn, if the view that asks is still there by then.
pub fn when_drawn(what: impl FnOnce() + 'static) {
    let here = Owner::current().map(|_| StoredValue::new(()));
    let is_here = move || here.is_none_or(|here| here.try_get_value().is_some());
    // The router scrolls in the first frame after a tap; this comes after it.
    request_animation_frame(move || {
        request_animation_frame(move || {
            if is_here() {
                what();
            }
        });
    });
}

/// Holds a name among this browser's locks, as long as the view that asks is there: other pages see it by
/// [`ui::signed_out::is_form_open`].
pub fn hold_name(name: &str) {
    let mut let_go = None;
    let held = Promise::new(&mut |done, _| let_go = Some(done));
    let hold = Closure::once_into_js(move |_: JsValue| held);
    let asked = || -> Result<(), JsValue> {
        let locks = js_sys::Reflect::get(&window().navigator(), &"locks".into())?;
        let request: js_sys::Function = js_sys::Reflect::get(&locks, &"request".into())?.dyn_into()?;
        request.call2(&locks, &name.into(), &hold).map(drop)
    };
    if let Err(error) = asked() {
        leptos::logging::warn!("{name}: {error:?}");
    }
    let let_go = StoredValue::new_local(let_go);
    on_cleanup(move || {
        let_go.with_value(|let_go| {
            if let Some(let_go) = let_go {
                // A promise's own function does not fail.
                let _ = let_go.call0(&JsValue::UNDEFINED);
            }
        });
    });
}

/// The text of a file that somebody chose; `None` where it cannot be read as text.
pub async fn text_of(file: &web_sys::File) -> Option<String> {
    wasm_bindgen_futures::JsFuture::from(file.text()).await.ok()?.as_string()
}

/// Whether the system promised to keep our storage; `None` where it does not say.
pub async fn is_storage_kept() -> Option<bool> {
    let asking = window().navigator().storage().persisted().ok()?;
    wasm_bindgen_futures::JsFuture::from(asking).await.ok()?.as_bool()
}

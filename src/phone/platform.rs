//! The browser around the engine: clock, randomness, timer, lock, sentinels.
//!
//! The only file of the phone that reads a clock. Decides nothing; implements [`Around`].

mod lock;
mod sentinel;

use crate::engine::{Around, Work};
use js_sys::Date;
use std::{cell::RefCell, future::Future, pin::Pin, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BroadcastChannel, EventTarget, MessageEvent, VisibilityState, Window};

/// The channel on which tabs tell each other what changed; only ids travel on it.
const TABS: &str = "liuzhidao";

/// The browser.
pub fn browser() -> Rc<dyn Around> {
    Rc::new(Browser { timer: RefCell::default(), tabs: BroadcastChannel::new(TABS).ok() })
}

struct Browser {
    timer: RefCell<Option<Timer>>,
    /// None below the floor: then other tabs see a change at their next look.
    tabs: Option<BroadcastChannel>,
}

/// A timer that is stopped when dropped.
struct Timer {
    handle: i32,
    _what: Closure<dyn FnMut()>,
}

impl Drop for Timer {
    fn drop(&mut self) {
        window().clear_timeout_with_handle(self.handle);
    }
}

impl Around for Browser {
    #[expect(clippy::disallowed_methods, reason = "the one place of the phone that reads a clock")]
    fn now_ms(&self) -> i64 {
        let now = Date::now();
        #[expect(clippy::cast_possible_truncation, reason = "a whole number of milliseconds, far below 2^53")]
        let now = now as i64;
        now
    }

    fn random(&self, into: &mut [u8]) {
        let filled = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(into));
        if filled.is_err() {
            // Below the browser floor. Better no app than keys that can be guessed.
            wasm_bindgen::throw_str("no randomness");
        }
    }

    fn start(&self, work: Work) {
        spawn_local(work);
    }

    fn wake_in(&self, ms: i32, what: Box<dyn FnOnce()>) {
        let what = Closure::once(what);
        let set =
            window().set_timeout_with_callback_and_timeout_and_arguments_0(what.as_ref().unchecked_ref(), ms);
        let timer = set.ok().map(|handle| Timer { handle, _what: what });
        let before = self.timer.replace(timer);
        // Dropped a moment later: this may run inside the very callback that is replaced.
        spawn_local(async move { drop(before) });
    }

    fn alone(&self, name: String, work: Work) -> Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(lock::alone(name, work))
    }

    fn tell_tabs(&self, person: &str) {
        if let Some(tabs) = &self.tabs {
            // A channel that is closed has nobody to tell.
            let _ = tabs.post_message(&JsValue::from_str(person));
        }
    }

    fn on_chance(&self, what: Box<dyn Fn()>) {
        let window = window();
        let document = window.document();
        let seen = document.clone();
        let what = Closure::<dyn FnMut()>::new(move || {
            let shown = seen.as_ref().is_none_or(|page| page.visibility_state() == VisibilityState::Visible);
            if shown {
                what();
            }
        });
        listen(&window, "online", &what);
        listen(&window, "pageshow", &what);
        if let Some(document) = &document {
            listen(document, "visibilitychange", &what);
        }
        what.forget(); // As long as the page lives.
    }

    fn is_hidden(&self) -> bool {
        window().document().is_some_and(|page| page.visibility_state() == VisibilityState::Hidden)
    }

    fn on_tab(&self, what: Box<dyn Fn(String)>) {
        let what = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(person) = event.data().as_string() {
                what(person);
            }
        });
        if let Some(tabs) = &self.tabs {
            tabs.set_onmessage(Some(what.as_ref().unchecked_ref()));
        }
        what.forget(); // As long as the page lives.
    }

    fn signed_out_elsewhere(&self) -> bool {
        ui::signed_out::is_told()
    }

    fn forget_signed_out(&self) {
        ui::signed_out::forget();
    }

    fn on_signed_out(&self, what: Box<dyn Fn()>) {
        ui::signed_out::on_told(what);
    }

    fn set_sentinel(&self, name: String, word: String) -> Work {
        Box::pin(sentinel::set(name, word))
    }

    fn sentinel(&self, name: String) -> Pin<Box<dyn Future<Output = Option<String>>>> {
        Box::pin(sentinel::get(name))
    }

    fn note(&self, words: &str) {
        leptos::logging::warn!("{words}");
    }

    fn persist(&self) -> Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(async {
            let Ok(asked) = window().navigator().storage().persist() else { return false };
            JsFuture::from(asked).await.is_ok_and(|kept| kept.is_truthy())
        })
    }
}

fn listen(target: &EventTarget, event: &str, what: &Closure<dyn FnMut()>) {
    // Refused only for a null callback.
    let _ = target.add_event_listener_with_callback(event, what.as_ref().unchecked_ref());
}

/// The window. The app is only ever started in one.
fn window() -> Window {
    web_sys::window().unwrap_or_else(|| wasm_bindgen::throw_str("no window"))
}

//! A new version of the app: noticed, offered between visits, taken over by a tap.
//!
//! The service worker waits until it is told to; nothing here swaps a version under an open form.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorker, ServiceWorkerRegistration, ServiceWorkerState};

/// The waiting version, if any.
#[derive(Clone, Copy)]
pub struct Update {
    waiting: RwSignal<Option<ServiceWorker>, LocalStorage>,
    registration: StoredValue<Option<ServiceWorkerRegistration>, LocalStorage>,
}

/// A worker that was told to take over and has not begun to is told again after so long: it may have died under it.
const AGAIN_MS: u64 = 2_000;

impl Update {
    /// Registers the service worker and watches for a new one.
    pub fn watch() -> Self {
        let update = Self { waiting: RwSignal::new_local(None), registration: StoredValue::new_local(None) };
        spawn_local(async move {
            if let Err(error) = update.register().await {
                leptos::logging::warn!("no service worker: {error:?}");
            }
        });
        update
    }

    /// Whether a new version waits.
    pub fn is_ready(self) -> bool {
        self.waiting.with(Option::is_some)
    }

    /// Takes the new version over: the page is opened again by it. Where another tab did so before, only that is left.
    pub fn take_over(self) {
        let waiting = || self.registration.with_value(|registration| registration.as_ref()?.waiting());
        let Some(worker) = waiting() else { return super::page::open_again() };
        let container = window().navigator().service_worker();
        let reload = Closure::once_into_js(super::page::open_again);
        container.set_oncontrollerchange(reload.dyn_ref());
        tell(worker);
    }

    async fn register(self) -> Result<(), JsValue> {
        let container = window().navigator().service_worker();
        let registration = JsFuture::from(container.register("/sw.js")).await?;
        let registration: ServiceWorkerRegistration = registration.unchecked_into();
        self.registration.set_value(Some(registration.clone()));
        self.look(&registration);
        let watched = registration.clone();
        let found = Closure::<dyn FnMut()>::new(move || {
            if let Some(worker) = watched.installing() {
                self.follow(&worker, &watched);
            }
        });
        registration.set_onupdatefound(Some(found.as_ref().unchecked_ref()));
        // As long as the page: the registration holds on to it.
        found.forget();
        self.look_when_shown(registration);
        Ok(())
    }

    fn follow(self, worker: &ServiceWorker, registration: &ServiceWorkerRegistration) {
        let registration = registration.clone();
        let watched = worker.clone();
        let changed = Closure::<dyn FnMut()>::new(move || {
            if watched.state() == ServiceWorkerState::Installed {
                self.look(&registration);
            }
        });
        worker.set_onstatechange(Some(changed.as_ref().unchecked_ref()));
        changed.forget();
    }

    /// A waiting worker beside a running one is a new version; alone it is the first.
    fn look(self, registration: &ServiceWorkerRegistration) {
        if registration.active().is_some() {
            self.waiting.set(registration.waiting());
        }
    }

    /// Looks for a new version whenever the app comes to the foreground.
    fn look_when_shown(self, registration: ServiceWorkerRegistration) {
        let watch = window_event_listener_untyped("visibilitychange", move |_| {
            if super::page::is_hidden() {
                return;
            }
            let Ok(looking) = registration.update() else { return };
            spawn_local(async move {
                if JsFuture::from(looking).await.is_err() {
                    leptos::logging::log!("no network to look for a new version");
                }
            });
        });
        // As long as the page.
        std::mem::forget(watch);
    }
}

fn tell(worker: ServiceWorker) {
    let message = js_sys::Object::new();
    let told = js_sys::Reflect::set(&message, &JsValue::from_str("type"), &JsValue::from_str("take_over"))
        .and_then(|_| worker.post_message(&message));
    if let Err(error) = told {
        leptos::logging::warn!("take over: {error:?}");
    }
    super::page::after(AGAIN_MS, move || {
        if worker.state() == ServiceWorkerState::Installed {
            tell(worker);
        }
    });
}

//! Conditions under which a page runs: size of the window, network, speed, clock, engine, room on the disk.
//! It changes what the browser does, never what the page is; the office is not touched by any of it.

use super::Page;
use crate::cdp::state::network;
use crate::failure::Outcome;
use serde_json::json;
use std::sync::atomic::Ordering;

/// A window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// Pixels of the screen to one CSS pixel.
    pub density: f64,
    /// Touched with a finger, and laid out as a phone does.
    pub touch: bool,
}

impl Size {
    /// A phone.
    pub const PHONE: Self = Self { width: 390, height: 844, density: 2.0, touch: true };
    /// A desk.
    pub const DESK: Self = Self { width: 1280, height: 800, density: 1.0, touch: false };
}

impl Page {
    /// Gives the page a window of this size.
    pub fn set_size(&self, size: Size) -> Outcome {
        let Size { width, height, density, touch } = size;
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": density, "mobile": touch });
        self.call("Emulation.setDeviceMetricsOverride", metrics)?;
        let points = if touch { 5 } else { 1 };
        self.call(
            "Emulation.setTouchEmulationEnabled",
            json!({ "enabled": touch, "maxTouchPoints": points }),
        )?;
        self.touch.store(touch, Ordering::Relaxed);
        Ok(())
    }

    /// Asks the page to spare motion, as a person may; what glides away under a finger is hard to hit.
    pub(crate) fn spare_motion(&self) -> Outcome {
        let features = json!([{ "name": "prefers-reduced-motion", "value": "reduce" }]);
        self.call("Emulation.setEmulatedMedia", json!({ "features": features })).map(drop)
    }

    /// Cuts the network of every page and worker of this browser, those to come too, or joins it again.
    pub fn set_offline(&self, offline: bool) -> Outcome {
        let sessions = self.cdp.with(|state| {
            state.offline = offline;
            state.pages.keys().chain(state.workers.keys()).cloned().collect::<Vec<_>>()
        });
        for session in sessions {
            let patience = self.deadline().patience();
            let cut =
                self.cdp.call(Some(&session), "Network.emulateNetworkConditions", network(offline), patience);
            // A worker may end at any moment; the next one starts under the new conditions.
            if self
                .cdp
                .with(|state| state.pages.contains_key(&session) || state.workers.contains_key(&session))
            {
                cut?;
            }
        }
        Ok(())
    }

    /// Shows the page as it would be on paper, or on the screen again.
    pub fn set_paper(&self, paper: bool) -> Outcome {
        let media = if paper { "print" } else { "" };
        let features = json!([{ "name": "prefers-reduced-motion", "value": "reduce" }]);
        self.call("Emulation.setEmulatedMedia", json!({ "media": media, "features": features })).map(drop)
    }

    /// Sets how large the browser's own letters are, 16 where nobody chose: what a person sets who sees badly.
    pub fn set_letters(&self, px: u32) -> Outcome {
        let sizes = json!({ "fontSizes": { "standard": px, "fixed": px } });
        self.call("Page.setFontSizes", sizes).map(drop)
    }

    /// Throws away the databases of this origin, as a browser does that needs room; all else of it stays.
    pub fn drop_databases(&self, origin: &str) -> Outcome {
        let what = json!({ "origin": origin, "storageTypes": "indexeddb" });
        self.call("Storage.clearDataForOrigin", what).map(drop)
    }

    /// The browser throws Cache Storage of an origin away.
    pub fn drop_caches(&self, origin: &str) -> Outcome {
        let what = json!({ "origin": origin, "storageTypes": "cache_storage" });
        self.call("Storage.clearDataForOrigin", what).map(drop)
    }

    /// Says to be another engine, from the next request on.
    pub fn set_user_agent(&self, name: &str) -> Outcome {
        self.call("Emulation.setUserAgentOverride", json!({ "userAgent": name })).map(drop)
    }

    /// Makes the processor this many times slower; 1 is its own speed.
    pub fn cpu_throttle(&self, times: f64) -> Outcome {
        self.call("Emulation.setCPUThrottlingRate", json!({ "rate": times })).map(drop)
    }

    /// Shifts the page's clock by days, from the next document on: `Date`, not `performance`, not a worker's clock.
    pub fn shift_clock(&self, days: i64) -> Outcome {
        self.before_load(&include_str!("../shift_clock.js").replace("DAYS", &days.to_string()))
    }

    /// Takes away a feature of the browser before anything of the page runs, from the next document on.
    /// A name like `indexedDB`, `WebAssembly` or `CSS.supports`, `Array.prototype.at`, `navigator.serviceWorker`.
    pub fn remove_feature(&self, name: &str) -> Outcome {
        let name = json!(name.split('.').collect::<Vec<_>>());
        self.before_load(&include_str!("../remove_feature.js").replace("NAME", &name.to_string()))
    }

    /// Runs a script in the page's own world before anything else, from the next document on.
    pub fn before_load(&self, script: &str) -> Outcome {
        self.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).map(drop)
    }

    /// Leaves this origin only so many bytes of storage; `None` gives it its own share again.
    pub fn set_quota(&self, origin: &str, bytes: Option<u64>) -> Outcome {
        let mut params = json!({ "origin": origin });
        if let (Some(bytes), Some(fields)) = (bytes, params.as_object_mut()) {
            fields.insert("quotaSize".into(), bytes.into());
        }
        self.call("Storage.overrideQuotaForOrigin", params).map(drop)
    }
}

//! Waiting for something to be so. The page itself looks again at every picture it draws, across navigations too;
//! nothing here sleeps, and what does not come true in time is told with what the page displayed.

use super::Page;
use super::target::Target;
use crate::failure::Outcome;
use serde_json::{Value, json};

impl Page {
    /// Waits until these words are displayed.
    pub fn wait_text(&self, words: &str) -> Outcome {
        self.wait_for(&format!("“{words}” to be displayed"), "text", &json!(words)).map(drop)
    }

    /// Waits until these words are no longer displayed.
    pub fn wait_gone(&self, words: &str) -> Outcome {
        self.wait_for(&format!("“{words}” to disappear"), "noText", &json!(words)).map(drop)
    }

    /// Waits until these words are displayed inside a part of the page.
    pub fn wait_text_in(&self, part: &str, words: &str) -> Outcome {
        let wanted = format!("“{words}” to be displayed in {part}");
        self.wait_for(&wanted, "textIn", &json!({ "part": part, "needle": words })).map(drop)
    }

    /// Waits until something that matches is visible.
    pub fn wait_css(&self, target: impl Into<Target>) -> Outcome {
        let target = target.into();
        self.wait_for(&format!("{} to be there", target.shown()), "there", &target.json()).map(drop)
    }

    /// Waits until nothing that matches is visible.
    pub fn wait_no_css(&self, target: impl Into<Target>) -> Outcome {
        let target = target.into();
        self.wait_for(&format!("{} to be gone", target.shown()), "gone", &target.json()).map(drop)
    }

    /// Waits until a JavaScript expression (it may `await`) is true, and returns its value.
    /// It sees the document and the storage, not the variables of the page.
    pub fn wait_js(&self, expression: &str) -> Outcome<Value> {
        let wanted = format!("{expression} to be true");
        let answer = self.settle(&wanted, |ms| format!("kit.waits.js({ms}, async () => ({expression}))"))?;
        Ok(answer.get("value").cloned().unwrap_or_default())
    }

    /// Waits until the page shows an address that contains this part.
    pub fn wait_url(&self, part: &str) -> Outcome {
        let wanted = || format!("an address with {part}");
        let arrived = self.cdp.wait(self.deadline(), wanted, |state| {
            state.pages.get(&*self.session).filter(|page| page.url.contains(part)).map(|_| ())
        });
        arrived.map_err(|failure| self.explained(failure))
    }

    /// Waits until a service worker is active, so that the next start needs no network.
    pub fn wait_worker(&self) -> Outcome {
        self.wait_js("(await navigator.serviceWorker.getRegistration())?.active?.state === 'activated'")
            .map(drop)
    }

    /// Waits until a service worker controls this very page.
    pub fn wait_controlled(&self) -> Outcome {
        self.wait_js("navigator.serviceWorker.controller?.state === 'activated'").map(drop)
    }

    fn wait_for(&self, wanted: &str, kind: &str, what: &Value) -> Outcome<Value> {
        self.settle(wanted, |ms| format!("kit.waits.{kind}({ms}, {what})"))
    }

    /// Puts a question that ends by itself after the milliseconds it is given; what it says under `why` is the failure.
    pub(super) fn settle(&self, wanted: &str, question: impl Fn(u128) -> String) -> Outcome<Value> {
        let deadline = self.deadline();
        let answer = self.ask(question, deadline).map_err(|failure| self.explained(failure))?;
        match answer.get("why").and_then(Value::as_str) {
            None => Ok(answer),
            Some(why) => Err(self.unmet(wanted.to_owned(), why.to_owned(), deadline.patience())),
        }
    }
}

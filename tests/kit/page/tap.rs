//! What a person does with a finger or a keyboard. A tap is aimed at what is visible, enabled, at rest and not
//! covered, is sent as a real touch (a mouse on a desk), and is counted once the page has got it.
//! Date and choice fields are the exception: the browser's own pickers cannot be driven, their value is set.

use super::Page;
use super::target::{Target, text};
use crate::failure::Outcome;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

impl Page {
    /// Taps what bears these words.
    pub fn tap_text(&self, words: &str) -> Outcome {
        self.tap(text(words))
    }

    /// Taps something, once it can be tapped; returns when the page has got the click.
    pub fn tap(&self, target: impl Into<Target>) -> Outcome {
        let target = target.into();
        let wanted = format!("to tap {}", target.shown());
        let json = target.json();
        let aimed = self.settle(&wanted, |ms| format!("kit.aim({ms}, {json})"))?;
        let (x, y) = (number(&aimed, "x"), number(&aimed, "y"));
        if self.touch.load(Ordering::Relaxed) {
            self.touch_at(x, y)?;
        } else {
            self.click_at(x, y)?;
        }
        // A new document has no aim of its own: the tap led there.
        self.settle(&wanted, |ms| format!("kit.tapped({ms})"))?;
        self.taps.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// The size of something that can be tapped, in CSS pixels: width, height.
    pub fn size_of(&self, target: impl Into<Target>) -> Outcome<(f64, f64)> {
        let target = target.into();
        let json = target.json();
        let aimed =
            self.settle(&format!("to reach {}", target.shown()), |ms| format!("kit.aim({ms}, {json})"))?;
        Ok((number(&aimed, "width"), number(&aimed, "height")))
    }

    /// Taps a field and types into it, over what it held.
    pub fn type_into(&self, target: impl Into<Target>, words: &str) -> Outcome {
        let target = target.into();
        self.tap(&target)?;
        let wanted = format!("to type into {}", target.shown());
        let json = target.json();
        self.settle(&wanted, |ms| format!("kit.focused({ms}, {json})"))?;
        if words.is_empty() { self.press("Delete") } else { self.type_text(words) }
    }

    /// Types into the field that has the focus.
    pub fn type_text(&self, words: &str) -> Outcome {
        self.call("Input.insertText", json!({ "text": words })).map(drop)
    }

    /// Presses and releases a key: `Enter`, `Escape`, `Tab`, `Backspace`, `Delete`, `ArrowDown` …
    pub fn press(&self, key: &str) -> Outcome {
        let code = match key {
            "Backspace" => 8,
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            " " => 32,
            "ArrowLeft" => 37,
            "ArrowUp" => 38,
            "ArrowRight" => 39,
            "ArrowDown" => 40,
            "Delete" => 46,
            _ => 0,
        };
        let mut event = json!({ "type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code });
        if let ("Enter", Some(fields)) = (key, event.as_object_mut()) {
            fields.insert("text".into(), "\r".into());
        }
        self.call("Input.dispatchKeyEvent", event)?;
        let released = json!({ "type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code });
        self.call("Input.dispatchKeyEvent", released).map(drop)
    }

    /// Sets a date field, `YYYY-MM-DD`; counts as one tap.
    pub fn set_date(&self, target: impl Into<Target>, day: &str) -> Outcome {
        self.set_value(&target.into(), day)?;
        self.taps.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Chooses an option by its words or its value; counts as two taps (open, choose).
    pub fn select(&self, target: impl Into<Target>, option: &str) -> Outcome {
        self.set_value(&target.into(), option)?;
        self.taps.fetch_add(2, Ordering::Relaxed);
        Ok(())
    }

    /// What a field holds: its text, or `true` when it is ticked.
    pub fn value(&self, target: impl Into<Target>) -> Outcome<Value> {
        let target = target.into();
        let json = target.json();
        let held = self.settle(&format!("to read {}", target.shown()), |_| format!("kit.value({json})"))?;
        Ok(held.get("value").cloned().unwrap_or_default())
    }

    /// The words of each visible thing that matches, in the order of the page.
    pub fn list(&self, target: impl Into<Target>) -> Outcome<Vec<String>> {
        self.names(&format!("kit.list({})", target.into().json()))
    }

    fn set_value(&self, target: &Target, value: &str) -> Outcome {
        let wanted = format!("to set {} to “{value}”", target.shown());
        let (json, value) = (target.json(), json!(value));
        self.settle(&wanted, |ms| format!("kit.set({ms}, {json}, {value})")).map(drop)
    }

    fn touch_at(&self, x: f64, y: f64) -> Outcome {
        let down = json!({ "type": "touchStart", "touchPoints": [{ "x": x, "y": y }] });
        self.call("Input.dispatchTouchEvent", down)?;
        self.call("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] })).map(drop)
    }

    fn click_at(&self, x: f64, y: f64) -> Outcome {
        self.call("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": x, "y": y }))?;
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", event)?;
        }
        Ok(())
    }
}

fn number(answer: &Value, field: &str) -> f64 {
    answer.get(field).and_then(Value::as_f64).unwrap_or_default()
}

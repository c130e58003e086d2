//! How a test names something on a page: by its words, its label, or a selector; perhaps within a part of the page.

use serde_json::{Value, json};

/// Something on a page. A plain `&str` is a CSS selector.
#[derive(Debug, Clone, Default)]
pub struct Target {
    css: Option<String>,
    text: Option<String>,
    label: Option<String>,
    within: Option<String>,
    nth: Option<usize>,
}

/// What a person would tap reading these words (exactly them, else a part of them).
pub fn text(words: &str) -> Target {
    Target { text: Some(words.into()), ..Target::default() }
}

/// The field that bears this label, placeholder or accessible name.
pub fn label(words: &str) -> Target {
    Target { label: Some(words.into()), ..Target::default() }
}

/// What a CSS selector finds.
pub fn css(selector: &str) -> Target {
    Target { css: Some(selector.into()), ..Target::default() }
}

impl Target {
    /// Only inside the parts of the page that this CSS selector finds.
    pub fn within(mut self, selector: &str) -> Self {
        self.within = Some(selector.into());
        self
    }

    /// The visible one at this place, counted from nought, where several match.
    pub fn nth(mut self, place: usize) -> Self {
        self.nth = Some(place);
        self
    }

    pub(crate) fn json(&self) -> Value {
        let Self { css, text, label, within, nth } = self;
        json!({ "css": css, "text": text, "label": label, "within": within, "nth": nth })
    }

    pub(crate) fn shown(&self) -> String {
        let mut shown = match (&self.text, &self.label, &self.css) {
            (Some(words), _, _) => format!("“{words}”"),
            (_, Some(words), _) => format!("the field “{words}”"),
            (_, _, css) => css.clone().unwrap_or_default(),
        };
        if let Some(within) = &self.within {
            shown.push_str(&format!(" within {within}"));
        }
        if let Some(nth) = self.nth {
            shown.push_str(&format!(" (place {nth})"));
        }
        shown
    }
}

impl From<&str> for Target {
    fn from(selector: &str) -> Self {
        css(selector)
    }
}

impl From<&Target> for Target {
    fn from(target: &Target) -> Self {
        target.clone()
    }
}

//! JSON kept as the text it came in: not understood here, not changed, passed on as it is.
//!
//! What is understood is read from text and written to text, not from and to a tree of JSON values: on the
//! phone a second way would be a second copy of every reader and writer in the app's wasm.

use core::fmt;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::value::{RawValue, to_raw_value};

/// A piece of JSON as its own text. Equal when written alike.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Verbatim(Box<RawValue>);

impl Verbatim {
    /// What a value looks like when written; `null` where it cannot be (a map whose keys are no strings).
    #[must_use]
    pub fn of(value: &impl Serialize) -> Self {
        to_raw_value(value).map_or_else(|_| Self::default(), Self)
    }

    /// Reads it, where it is what is asked for.
    #[must_use]
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(self.text().as_bytes()).ok()
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.get()
    }
}

impl Default for Verbatim {
    /// `null`.
    fn default() -> Self {
        Self(RawValue::NULL.to_owned())
    }
}

impl PartialEq for Verbatim {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for Verbatim {}

impl fmt::Display for Verbatim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::Verbatim;
    use serde::{Deserialize, Serialize};

    #[derive(Serialize, Deserialize)]
    struct Holder {
        held: Verbatim,
    }

    #[test]
    fn what_it_holds_is_passed_on_as_it_was_written() {
        let written = r#"{"held":{"b" : 1.0,"a":[true, null],"b":2}}"#;
        let holder: Holder = serde_json::from_str(written).unwrap_or_else(|_| panic!("not read"));
        assert_eq!(serde_json::to_string(&holder).ok().as_deref(), Some(written));
        assert_eq!(holder.held.text(), r#"{"b" : 1.0,"a":[true, null],"b":2}"#);
        assert_eq!(holder.held.read::<Vec<u8>>(), None);
        assert_eq!(Verbatim::of(&[1, 2]).read::<Vec<u8>>(), Some(vec![1, 2]));
        assert_eq!(Verbatim::default().text(), "null");
    }
}

//! Why the store did not do it: full, closed, or broken, told apart by the browser's own name for it.

use core::fmt;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// Why the store did not do it. Whether anything was written is unknown, except with
/// [`StoreError::Full`]: keys make a repeat harmless.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StoreError {
    /// The quota or the disk is used up.
    Full,
    /// The connection is gone (iOS closes it in the background; another tab upgraded).
    Closed,
    /// Its opening is kept waiting: another page holds on to an older layout, and must be closed first.
    Blocked,
    /// It cannot be opened, read or written; the browser's own words.
    Broken(String),
}

impl StoreError {
    /// The error of a thrown value.
    pub(super) fn of(thrown: &JsValue) -> Self {
        match thrown.dyn_ref::<DomException>() {
            Some(exception) => Self::named(&exception.name(), &exception.message()),
            None => Self::Broken(format!("{thrown:?}")),
        }
    }

    /// The error of a `DOMException`'s name.
    pub(super) fn named(name: &str, message: &str) -> Self {
        match name {
            "QuotaExceededError" => Self::Full,
            "InvalidStateError" | "UnknownError" | "AbortError" => Self::Closed,
            _ => Self::Broken(format!("{name}: {message}")),
        }
    }

    /// The error of an aborted transaction or a failed request; none given means that the browser
    /// gave up the connection.
    pub(super) fn told(exception: Option<&DomException>) -> Self {
        exception.map_or(Self::Closed, |exception| Self::named(&exception.name(), &exception.message()))
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("the storage is full"),
            Self::Closed => f.write_str("the storage was closed"),
            Self::Blocked => f.write_str("another page holds the storage"),
            Self::Broken(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for StoreError {}

#[cfg(test)]
mod tests {
    use super::StoreError;

    fn check(name: &str, expected: StoreError) {
        assert_eq!(StoreError::named(name, "words"), expected, "{name}");
    }

    #[test]
    fn the_browsers_names_are_told_apart() {
        check("QuotaExceededError", StoreError::Full);
        check("InvalidStateError", StoreError::Closed);
        check("UnknownError", StoreError::Closed);
        check("DataCloneError", StoreError::Broken("DataCloneError: words".to_owned()));
    }
}

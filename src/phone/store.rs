//! IndexedDB: the only place that opens a transaction. (Being written.)
use core::fmt;

/// Why the store did not do it.
#[derive(Debug)]
pub enum StoreError {
    /// The quota or the disk is used up.
    Full,
    /// It cannot be opened or read; the browser's own words.
    Broken(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("the storage is full"),
            Self::Broken(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for StoreError {}

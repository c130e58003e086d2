//! The vault: seals what lies on the phone's disk. (Being written.)
use core::fmt;

/// Why the vault stays shut.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VaultError {
    /// The bytes are damaged, or were sealed in another place or with another key.
    CannotOpen,
}

impl fmt::Display for VaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("damaged, or sealed elsewhere")
    }
}

impl std::error::Error for VaultError {}

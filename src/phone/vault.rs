//! The vault: seals what lies on the phone's disk and is not yet sealed to the office.
//!
//! XChaCha20-Poly1305 under a random data key, each row bound to its place (database, store, key), so
//! that rows cannot be swapped. Synchronous, so that it may run inside a transaction. How the data key
//! itself is kept is [`wrapping`]'s business. Randomness is handed in.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use core::fmt;

pub mod wrapping;

/// How many bytes of randomness one sealing takes.
pub const NONCE_BYTES: usize = 24;

/// The first byte of everything sealed here, so that another way can be told from this one.
const VERSION: u8 = 1;

/// Why the vault stays shut.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum VaultError {
    /// The bytes are damaged, or were sealed in another place or with another key.
    CannotOpen,
    /// Opened, but not what this version expects there.
    NotUnderstood,
    /// The browser's own cryptography refused, in its words.
    Browser(String),
}

impl fmt::Display for VaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CannotOpen => f.write_str("damaged, or sealed elsewhere"),
            Self::NotUnderstood => f.write_str("not what was expected there"),
            Self::Browser(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for VaultError {}

/// Where a row lies. Sealed bytes open only there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place<'a> {
    /// The database's name.
    pub database: &'a str,
    /// The object store's.
    pub store: &'a str,
    /// The row's key.
    pub key: &'a str,
}

impl Place<'_> {
    fn bound(&self) -> String {
        format!("{}|{}|{}", self.database, self.store, self.key)
    }
}

/// Holds the data key in memory, nowhere else.
pub struct Vault {
    cipher: XChaCha20Poly1305,
}

impl Vault {
    /// The vault of a data key.
    pub fn new(data_key: [u8; 32]) -> Self {
        Self { cipher: XChaCha20Poly1305::new(&data_key.into()) }
    }

    /// Seals bytes to their place: version, nonce, ciphertext.
    ///
    /// # Errors
    /// [`VaultError`] only beyond the cipher's size limit (256 GiB).
    pub fn seal(
        &self,
        place: Place<'_>,
        plain: &[u8],
        nonce: [u8; NONCE_BYTES],
    ) -> Result<Vec<u8>, VaultError> {
        let bound = place.bound();
        let payload = Payload { msg: plain, aad: bound.as_bytes() };
        let sealed =
            self.cipher.encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| VaultError::CannotOpen)?;
        let mut bytes = Vec::with_capacity(1 + NONCE_BYTES + sealed.len());
        bytes.push(VERSION);
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&sealed);
        Ok(bytes)
    }

    /// Opens what was sealed to this place.
    ///
    /// # Errors
    /// [`VaultError::CannotOpen`] for damaged bytes, another place or another key.
    pub fn open(&self, place: Place<'_>, bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (version, rest) = bytes.split_first().ok_or(VaultError::CannotOpen)?;
        let (nonce, sealed) = rest.split_at_checked(NONCE_BYTES).ok_or(VaultError::CannotOpen)?;
        if *version != VERSION {
            return Err(VaultError::CannotOpen);
        }
        let bound = place.bound();
        let payload = Payload { msg: sealed, aad: bound.as_bytes() };
        self.cipher.decrypt(XNonce::from_slice(nonce), payload).map_err(|_| VaultError::CannotOpen)
    }
}

#[cfg(test)]
mod tests;

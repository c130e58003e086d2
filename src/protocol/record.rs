//! Record v1: what lies in a phone's queue and travels to the office, sealed to the office's key.
//!
//! Frozen: the fields and their meaning never change. What is sealed is the entry's plain JSON
//! bytes; `entry_hash` is the sha256 of those bytes. Randomness is handed in.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use core::fmt;
use crypto_box::{PublicKey, SecretKey};
use domain::id::{DeviceId, EntryId};
use rand_core::{CryptoRng, RngCore};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest, Sha256};

/// The sha256 of an entry's plain bytes, written as 64 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryHash([u8; 32]);

impl EntryHash {
    /// The hash of plain bytes.
    #[must_use]
    pub fn of(plain: &[u8]) -> Self {
        Self(Sha256::digest(plain).into())
    }

    /// Takes the 32 bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 hex digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        from_hex(text).map(Self)
    }
}

impl fmt::Display for EntryHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, f)
    }
}

impl fmt::Debug for EntryHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, f)
    }
}

impl Serialize for EntryHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EntryHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a hash is 64 hex digits"))
    }
}

/// Sealed bytes; base64 (standard alphabet, padded) in JSON.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Sealed(pub Vec<u8>);

impl Serialize for Sealed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Sealed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        STANDARD.decode(text.as_bytes()).map(Self).map_err(|_| D::Error::custom("not base64"))
    }
}

/// One sealed entry on its way. Frozen as v1.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Record {
    /// The database it was made in.
    pub device: DeviceId,
    /// Its place there, from 1.
    pub seq: u64,
    /// Its identity.
    pub id: EntryId,
    /// sha256 of the plain bytes.
    pub entry_hash: EntryHash,
    /// Which of the office's keys it is sealed to (16 hex digits).
    pub sealed_to: String,
    /// The sealed bytes.
    pub bytes: Sealed,
}

/// The record cannot be opened: another key, or damaged bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CannotOpen;

impl fmt::Display for CannotOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sealed to another key, or damaged")
    }
}

impl std::error::Error for CannotOpen {}

/// Seals plain bytes to the office's X25519 public key; `random` makes the one-time key pair.
///
/// # Errors
/// [`CannotOpen`] never comes from honest input; sealing fails only beyond the cipher's size limit.
pub fn seal(plain: &[u8], office_key: [u8; 32], random: [u8; 32]) -> Result<Sealed, CannotOpen> {
    let key = PublicKey::from(office_key);
    key.seal(&mut Given { bytes: random, used: 0 }, plain).map(Sealed).map_err(|_| CannotOpen)
}

/// Opens what [`seal`] sealed.
///
/// # Errors
/// [`CannotOpen`] with another key or damaged bytes.
pub fn open(sealed: &Sealed, secret: [u8; 32]) -> Result<Vec<u8>, CannotOpen> {
    SecretKey::from(secret).unseal(&sealed.0).map_err(|_| CannotOpen)
}

/// The public key of a secret one.
#[must_use]
pub fn public_of(secret: [u8; 32]) -> [u8; 32] {
    *SecretKey::from(secret).public_key().as_bytes()
}

/// The id of a public key: the first 8 bytes of its sha256, as 16 hex digits.
#[must_use]
pub fn key_id(public: [u8; 32]) -> String {
    let hash = EntryHash(Sha256::digest(public).into()).to_string();
    hash.chars().take(16).collect()
}

/// Randomness that was handed in. 32 bytes are asked for once; a repeat would start over.
struct Given {
    bytes: [u8; 32],
    used: usize,
}

impl RngCore for Given {
    fn next_u32(&mut self) -> u32 {
        let mut word = [0; 4];
        self.fill_bytes(&mut word);
        u32::from_le_bytes(word)
    }

    fn next_u64(&mut self) -> u64 {
        let mut word = [0; 8];
        self.fill_bytes(&mut word);
        u64::from_le_bytes(word)
    }

    fn fill_bytes(&mut self, dest: &mut [u8]) {
        for byte in dest {
            *byte = self.bytes.get(self.used % 32).copied().unwrap_or_default();
            self.used += 1;
        }
        debug_assert!(self.used <= 32, "more randomness was asked for than handed in");
    }

    fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(dest);
        Ok(())
    }
}

impl CryptoRng for Given {}

/// Writes bytes as lower-case hex.
pub(crate) fn write_hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

/// Reads exactly `N` bytes of hex.
pub(crate) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    (text.len() == N * 2 && text.is_ascii()).then_some(())?;
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;

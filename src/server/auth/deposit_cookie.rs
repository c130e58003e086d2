//! The deposit's cookie: {device, person, issued} under a MAC whose key lies beside the office keys.
//!
//! Nothing of it is in the database, so it outlives a restore, a sign-out and a session's end. It
//! may only add; it opens nothing to read.

use domain::id::{DeviceId, PersonId};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::office_keys::hex;

/// How long it holds; it is renewed on use.
pub const AGE_MS: i64 = 400 * 24 * 60 * 60 * 1000;

/// What it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DepositCookie {
    /// Which database on which phone.
    pub device: DeviceId,
    /// Whose.
    pub person: PersonId,
    /// When it was made.
    pub issued_ms: i64,
}

impl DepositCookie {
    /// The value of the cookie.
    #[must_use]
    pub fn seal(&self, key: &[u8; 32]) -> String {
        let said = self.said();
        let mac = hex(&mac(key, &said).map(|mac| mac.finalize().into_bytes().to_vec()).unwrap_or_default());
        format!("{said}.{mac}")
    }

    /// What a value says, if the office made it and it still holds.
    #[must_use]
    pub fn open(value: &str, key: &[u8; 32], now_ms: i64) -> Option<Self> {
        let (said, sealed) = value.rsplit_once('.')?;
        mac(key, said)?.verify_slice(&unhex(sealed)?).ok()?;
        let mut parts = said.split('.');
        let (Some("1"), Some(device), Some(person), Some(issued), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return None;
        };
        let cookie = Self {
            device: DeviceId::parse(device)?,
            person: PersonId::parse(person)?,
            issued_ms: issued.parse().ok()?,
        };
        (now_ms - cookie.issued_ms <= AGE_MS).then_some(cookie)
    }

    fn said(&self) -> String {
        format!("1.{}.{}.{}", self.device, self.person, self.issued_ms)
    }
}

fn mac(key: &[u8; 32], said: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(b"liuzhidao deposit cookie\n");
    mac.update(said.as_bytes());
    Some(mac)
}

/// Bytes from hex digits.
#[must_use]
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn cookie() -> DepositCookie {
        DepositCookie {
            device: DeviceId::from_bytes([1; 16]),
            person: PersonId::from_bytes([2; 16]),
            issued_ms: 1_000,
        }
    }

    #[test]
    fn it_says_what_was_sealed_and_nothing_else() {
        let value = cookie().seal(&KEY);
        assert_eq!(DepositCookie::open(&value, &KEY, 2_000), Some(cookie()));
        assert_eq!(DepositCookie::open(&value, &[8; 32], 2_000), None, "another office's key");
        assert_eq!(DepositCookie::open(&value.replace("0101", "0301"), &KEY, 2_000), None, "another device");
        assert_eq!(
            DepositCookie::open(&value.replace(".1000.", ".9000."), &KEY, 2_000),
            None,
            "another date"
        );
        for damaged in ["", ".", "1.2.3", "session"] {
            assert_eq!(DepositCookie::open(damaged, &KEY, 2_000), None, "{damaged}");
        }
    }

    #[test]
    fn it_ends_after_400_days() {
        let value = cookie().seal(&KEY);
        assert!(DepositCookie::open(&value, &KEY, 1_000 + AGE_MS).is_some());
        assert!(DepositCookie::open(&value, &KEY, 1_001 + AGE_MS).is_none());
    }
}

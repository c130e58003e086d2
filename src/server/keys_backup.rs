//! The backup of the office keys: one small file under a passphrase.
//!
//! `liuzhidao-keys 1\n`, 16 bytes of salt, 24 of nonce, then XChaCha20-Poly1305 over the keys' file,
//! with the line and the salt as its associated data. The key is Argon2id of the passphrase.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::office_keys::OfficeKeys;
use crate::surroundings::{Surroundings, random};

/// The shortest passphrase, in characters.
pub const PASSPHRASE_MIN_CHARS: usize = 12;

const LINE: &[u8] = b"liuzhidao-keys 1\n";
const SALT: usize = 16;
const NONCE: usize = 24;

/// Why a backup of keys could not be made or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeysBackupError {
    /// The passphrase is too short to keep such a secret.
    PassphraseTooShort,
    /// The file is no backup of keys.
    NotABackup,
    /// The passphrase is wrong, or the file is damaged.
    CannotOpen,
    /// The parameters of the cipher or the hash were refused: a mistake of this program.
    Cipher,
}

impl fmt::Display for KeysBackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PassphraseTooShort => {
                write!(f, "the passphrase needs at least {PASSPHRASE_MIN_CHARS} characters")
            }
            Self::NotABackup => f.write_str("the file is no backup of office keys"),
            Self::CannotOpen => f.write_str("the passphrase is wrong, or the file is damaged"),
            Self::Cipher => f.write_str("the cipher refused"),
        }
    }
}

impl std::error::Error for KeysBackupError {}

/// Seals the keys under a passphrase.
///
/// # Errors
/// The passphrase is too short.
pub fn seal(
    keys: &OfficeKeys,
    passphrase: &str,
    surroundings: &dyn Surroundings,
) -> Result<Vec<u8>, KeysBackupError> {
    if passphrase.chars().count() < PASSPHRASE_MIN_CHARS {
        return Err(KeysBackupError::PassphraseTooShort);
    }
    let salt: [u8; SALT] = random(surroundings);
    let nonce: [u8; NONCE] = random(surroundings);
    let head = [LINE, &salt].concat();
    let sealed = cipher(passphrase, &salt)?
        .encrypt(XNonce::from_slice(&nonce), Payload { msg: &keys.to_bytes(), aad: &head })
        .map_err(|_| KeysBackupError::Cipher)?;
    Ok([head.as_slice(), &nonce, &sealed].concat())
}

/// Opens a backup of keys.
///
/// # Errors
/// No such file, or another passphrase.
pub fn open(file: &[u8], passphrase: &str) -> Result<OfficeKeys, KeysBackupError> {
    let body = file.strip_prefix(LINE).ok_or(KeysBackupError::NotABackup)?;
    let (salt, body) = body.split_at_checked(SALT).ok_or(KeysBackupError::NotABackup)?;
    let (nonce, sealed) = body.split_at_checked(NONCE).ok_or(KeysBackupError::NotABackup)?;
    let head = [LINE, salt].concat();
    let plain = cipher(passphrase, salt)?
        .decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: &head })
        .map_err(|_| KeysBackupError::CannotOpen)?;
    let plain = Zeroizing::new(plain);
    OfficeKeys::from_bytes(&plain).ok_or(KeysBackupError::NotABackup)
}

/// 64 MiB and three passes: it is opened once in years, and guessed at for as long.
fn cipher(passphrase: &str, salt: &[u8]) -> Result<XChaCha20Poly1305, KeysBackupError> {
    let params = Params::new(64 * 1024, 3, 1, Some(32)).map_err(|_| KeysBackupError::Cipher)?;
    let mut key = Zeroizing::new([0_u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut())
        .map_err(|_| KeysBackupError::Cipher)?;
    XChaCha20Poly1305::new_from_slice(key.as_ref()).map_err(|_| KeysBackupError::Cipher)
}

//! Passwords: which are taken, and Argon2id behind a door that lets few in at once.
//!
//! No default password exists, and none is ever written down.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use protocol::sign_in::{PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS, RefusalCode};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::error::ApiError;

/// What everybody tries first; one per line, in lower case.
const COMMON: &str = include_str!("common_passwords.txt");

/// As many hashes at once: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;

/// OWASP's minimum for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// Checks a new password against the rules.
///
/// # Errors
/// Too short, too long, too common, or the person's own name.
pub fn check(password: &str, own_names: &[&str]) -> Result<(), RefusalCode> {
    let chars = password.chars().count();
    if chars < PASSWORD_MIN_CHARS {
        return Err(RefusalCode::PasswordTooShort);
    }
    if chars > PASSWORD_MAX_CHARS {
        return Err(RefusalCode::PasswordTooLong);
    }
    if is_common(password, own_names) {
        return Err(RefusalCode::PasswordTooCommon);
    }
    Ok(())
}

fn is_common(password: &str, own_names: &[&str]) -> bool {
    let lower = password.to_lowercase();
    let own = own_names.iter().any(|name| !name.is_empty() && lower == name.to_lowercase());
    own || COMMON.lines().any(|line| line == lower) || has_few_signs(&lower) || is_a_run(&lower)
}

/// `aaaaaaaa`, `12121212`: one or two different signs.
fn has_few_signs(password: &str) -> bool {
    let mut signs: Vec<char> = password.chars().collect();
    signs.sort_unstable();
    signs.dedup();
    signs.len() <= 2
}

/// `23456789`, `hgfedcba`: each sign is the next or the one before.
fn is_a_run(password: &str) -> bool {
    let signs: Vec<u32> = password.chars().map(u32::from).collect();
    let all =
        |step: fn(u32) -> u32| signs.windows(2).all(|pair| matches!(pair, [one, two] if *two == step(*one)));
    all(|sign| sign.wrapping_add(1)) || all(|sign| sign.wrapping_sub(1))
}

/// Hashes and compares, few at once, on blocking threads.
#[derive(Clone)]
pub struct Hasher {
    permits: Arc<Semaphore>,
    nobody: Arc<str>,
}

impl Hasher {
    /// Opens the door. `salt` is for the hash nobody's password has, so that an unknown name takes
    /// as long as a known one.
    ///
    /// # Errors
    /// Only by a mistake in the parameters.
    pub fn new(salt: [u8; 16]) -> Result<Self, ApiError> {
        Ok(Self { permits: Arc::new(Semaphore::new(AT_ONCE)), nobody: hash_now("", salt)?.into() })
    }

    /// The hash of a password, in the PHC form.
    ///
    /// # Errors
    /// The office is shutting down, or a mistake in the parameters.
    pub async fn hash(&self, password: String, salt: [u8; 16]) -> Result<String, ApiError> {
        let password = Zeroizing::new(password);
        self.at_the_door(move || hash_now(&password, salt)).await
    }

    /// Whether the password is the one of the hash; without a hash it takes as long and is not.
    ///
    /// # Errors
    /// The office is shutting down.
    pub async fn is_right(&self, password: String, hash: Option<String>) -> Result<bool, ApiError> {
        let password = Zeroizing::new(password);
        let nobody = Arc::clone(&self.nobody);
        self.at_the_door(move || {
            let against = hash.as_deref().unwrap_or(&nobody);
            let parsed = PasswordHash::new(against).map_err(|cause| ApiError::internal(cause.to_string()))?;
            let right = argon2()?.verify_password(password.as_bytes(), &parsed).is_ok();
            Ok(right && hash.is_some())
        })
        .await
    }

    async fn at_the_door<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(ApiError::internal)?;
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
        .map_err(ApiError::internal)?
    }
}

fn argon2() -> Result<Argon2<'static>, ApiError> {
    let params =
        Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|cause| ApiError::internal(cause.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(password: &str, salt: [u8; 16]) -> Result<String, ApiError> {
    let salt = SaltString::encode_b64(&salt).map_err(|cause| ApiError::internal(cause.to_string()))?;
    let hash = argon2()?
        .hash_password(password.as_bytes(), &salt)
        .map_err(|cause| ApiError::internal(cause.to_string()))?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_that_everybody_tries_are_refused() {
        let refused = [
            ("1234567", RefusalCode::PasswordTooShort),
            ("矿工会的档案", RefusalCode::PasswordTooShort),
            ("12345678", RefusalCode::PasswordTooCommon),
            ("Password1", RefusalCode::PasswordTooCommon),
            ("woaini1314", RefusalCode::PasswordTooCommon),
            ("88888888", RefusalCode::PasswordTooCommon),
            ("13131313", RefusalCode::PasswordTooCommon),
            ("hgfedcba", RefusalCode::PasswordTooCommon),
            ("Zhang Weiming", RefusalCode::PasswordTooCommon),
        ];
        for (password, code) in refused {
            assert_eq!(check(password, &["zhang weiming"]), Err(code), "{password}");
        }
        assert_eq!(check(&"长".repeat(129), &[]), Err(RefusalCode::PasswordTooLong));
        for password in ["我家门前有棵大树", "mei-lan 27 pears", "correct horse"] {
            assert_eq!(check(password, &["王伟"]), Ok(()), "{password}");
        }
    }
}

//! Who has tried how often, in memory: a limit for codes across the office, one per name for passwords.
//!
//! A restart forgets it; the five wrong tries of an invitation are in the database.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::back_off::{BackOff, CODES, PASSWORDS};

/// The most names remembered; beyond, those that are calm are forgotten, then all.
const NAMES_MAX: usize = 10_000;

/// The office's memory of wrong tries.
#[derive(Default)]
pub struct Tries {
    codes: Mutex<BackOff>,
    passwords: Mutex<HashMap<String, BackOff>>,
}

impl Tries {
    /// Lets a code be tried, or says how many milliseconds to wait.
    ///
    /// # Errors
    /// The milliseconds to wait.
    pub fn admit_code(&self, now_ms: i64) -> Result<(), i64> {
        let mut limit = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        limit.admit(&CODES, now_ms)
    }

    /// The code that was tried was right.
    pub fn forgive_code(&self) {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).forgive();
    }

    /// Lets a password be tried for a name, or says how many milliseconds to wait.
    ///
    /// # Errors
    /// The milliseconds to wait.
    pub fn admit_password(&self, name: &str, now_ms: i64) -> Result<(), i64> {
        let mut limits = self.passwords.lock().unwrap_or_else(PoisonError::into_inner);
        if limits.len() >= NAMES_MAX {
            limits.retain(|_, limit| !limit.is_calm(&PASSWORDS, now_ms));
        }
        if limits.len() >= NAMES_MAX {
            limits.clear();
        }
        limits.entry(name.to_owned()).or_default().admit(&PASSWORDS, now_ms)
    }

    /// The password that was tried was right.
    pub fn forgive_password(&self, name: &str) {
        self.passwords.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

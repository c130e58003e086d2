//! Who has tried how often, in the database: a limit for codes across the office, one per name for passwords.
//!
//! A restart forgets nothing, and several offices on one database count together. What was typed as a name may be
//! anything, a password too: only its hash is kept.

use sha2::{Digest, Sha256};

use super::back_off::{BackOff, CODES, PASSWORDS, Strictness};
use crate::args;
use crate::store::{Reader, StoreError, Tx};

/// The most limits remembered; beyond, those with the fewest wrong guesses are forgotten, the oldest first: whoever
/// tries many names does not free the one they are after.
const KEPT_MAX: i64 = 10_000;

/// So many at once, so that it is seldom done.
const FORGOTTEN_AT_ONCE: i64 = KEPT_MAX / 10;

/// After so long every limit is calm.
const FORGOTTEN_AFTER_MS: i64 = 24 * 60 * 60 * 1000;

/// What is guessed at.
#[derive(Clone, Debug)]
pub enum Guess {
    /// The digits of any invitation.
    Code,
    /// The password of a name.
    Password(String),
}

impl Guess {
    fn key(&self) -> [u8; 32] {
        match self {
            Self::Code => Sha256::digest(b"code").into(),
            Self::Password(name) => {
                Sha256::new().chain_update(b"password ").chain_update(name).finalize().into()
            }
        }
    }

    const fn strictness(&self) -> &'static Strictness {
        match self {
            Self::Code => &CODES,
            Self::Password(_) => &PASSWORDS,
        }
    }

    /// Lets a guess in and counts it as wrong, or says how many milliseconds to wait.
    ///
    /// # Errors
    /// What the database says.
    pub fn admit(&self, tx: &Tx<'_>, now_ms: i64) -> Result<Result<(), i64>, StoreError> {
        let mut limit = self.limit(tx)?.unwrap_or_default();
        if let Err(wait_ms) = limit.admit(self.strictness(), now_ms) {
            return Ok(Err(wait_ms));
        }
        tx.execute("DELETE FROM guess WHERE last_ms < ?1", args![now_ms - FORGOTTEN_AFTER_MS])?;
        if tx.count("SELECT count(*) FROM guess", &[])? >= KEPT_MAX {
            let calmest = "DELETE FROM guess WHERE key IN
                (SELECT key FROM guess WHERE key <> ?1 ORDER BY wrong, last_ms, key LIMIT ?2)";
            tx.execute(calmest, args![Self::Code.key(), FORGOTTEN_AT_ONCE])?;
        }
        self.keep(tx, limit)?;
        Ok(Ok(()))
    }

    /// The guess that was let in was right.
    ///
    /// # Errors
    /// What the database says.
    pub fn forgive(&self, tx: &Tx<'_>) -> Result<(), StoreError> {
        match (self, self.limit(tx)?) {
            (Self::Code, Some(mut limit)) => {
                limit.forgive();
                self.keep(tx, limit)
            }
            _ => tx.execute("DELETE FROM guess WHERE key = ?1", args![self.key()]),
        }
    }

    fn limit(&self, reader: &Reader<'_>) -> Result<Option<BackOff>, StoreError> {
        reader.first("SELECT wrong, last_ms FROM guess WHERE key = ?1", args![self.key()], |row| {
            Ok(BackOff { wrong: row.get(0)?, last_ms: row.get(1)? })
        })
    }

    fn keep(&self, tx: &Tx<'_>, limit: BackOff) -> Result<(), StoreError> {
        let sql = "INSERT INTO guess (key, wrong, last_ms) VALUES (?1, ?2, ?3)
                   ON CONFLICT (key) DO UPDATE SET wrong = excluded.wrong, last_ms = excluded.last_ms";
        tx.execute(sql, args![self.key(), limit.wrong, limit.last_ms])
    }
}

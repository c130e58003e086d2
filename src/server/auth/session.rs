//! Sessions: a random token in the browser, its sha256 in the database.

use domain::id::{DeviceId, PersonId};
use protocol::sign_in::SessionKind;
use sha2::{Digest, Sha256};

use crate::args;
use crate::auth::caller::Scope;
use crate::store::{Reader, StoreError, Tx};
use crate::union::persons;

/// A phone's session lasts 30 days from its last contact.
const PHONE_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A desk's session lasts 12 hours.
const DESK_MS: i64 = 12 * 60 * 60 * 1000;

/// A phone's session is renewed when it was not for so long; sooner would only write more.
const RENEW_AFTER_MS: i64 = 10 * 60 * 1000;

/// The sha256 of a token.
pub type TokenHash = [u8; 32];

/// A session as the database has it.
#[derive(Clone, Debug)]
pub struct Session {
    /// The hash of its token.
    pub token: TokenHash,
    /// Whose.
    pub person: PersonId,
    /// Where it is used.
    pub kind: SessionKind,
    /// The phone's device, if it named one.
    pub device: Option<DeviceId>,
    /// When it was last renewed.
    pub seen_ms: i64,
    /// When it ends.
    pub expires_ms: i64,
}

/// How long a session of a kind lasts.
#[must_use]
pub fn age_ms(kind: SessionKind) -> i64 {
    match kind {
        SessionKind::Phone => PHONE_MS,
        SessionKind::Desk => DESK_MS,
    }
}

/// The hash of a token as it comes in a cookie.
#[must_use]
pub fn token_hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

impl Session {
    /// A new session, now.
    #[must_use]
    pub fn begin(
        token: TokenHash,
        person: PersonId,
        kind: SessionKind,
        device: Option<DeviceId>,
        now_ms: i64,
    ) -> Self {
        Self { token, person, kind, device, seen_ms: now_ms, expires_ms: now_ms + age_ms(kind) }
    }

    /// Whether this contact renews it.
    #[must_use]
    pub fn is_to_renew(&self, now_ms: i64) -> bool {
        self.kind == SessionKind::Phone && now_ms - self.seen_ms >= RENEW_AFTER_MS
    }

    /// Writes a new session, and clears away those that have ended.
    ///
    /// # Errors
    /// What the database says.
    pub fn insert(&self, tx: &Tx<'_>) -> Result<(), StoreError> {
        tx.execute("DELETE FROM session WHERE expires_ms < ?1", args![self.seen_ms])?;
        tx.execute(
            "INSERT INTO session (token, person, kind, device, made_ms, seen_ms, expires_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)",
            args![self.token, self.person, word(self.kind), self.device, self.seen_ms, self.expires_ms],
        )?;
        persons::seen(tx, self.person, self.seen_ms)
    }

    /// Renews a phone's session; says until when.
    ///
    /// # Errors
    /// What the database says.
    pub fn renew(&self, tx: &Tx<'_>, now_ms: i64) -> Result<i64, StoreError> {
        let expires_ms = now_ms + age_ms(self.kind);
        tx.execute(
            "UPDATE session SET seen_ms = ?2, expires_ms = ?3 WHERE token = ?1",
            args![self.token, now_ms, expires_ms],
        )?;
        persons::seen(tx, self.person, now_ms)?;
        Ok(expires_ms)
    }
}

/// The session of a token that has not ended, with what its person may do.
///
/// # Errors
/// What the database says.
pub fn find(
    reader: &Reader<'_>,
    token: TokenHash,
    now_ms: i64,
) -> Result<Option<(Session, Vec<Scope>)>, StoreError> {
    let found = reader.first(
        "SELECT person, kind, device, seen_ms, expires_ms FROM session WHERE token = ?1 AND expires_ms > ?2",
        args![token, now_ms],
        |row| {
            Ok::<_, StoreError>(Session {
                token,
                person: row.get(0)?,
                kind: kind_of(&row.get::<String>(1)?).ok_or(StoreError::Unreadable { column: 1 })?,
                device: row.get(2)?,
                seen_ms: row.get(3)?,
                expires_ms: row.get(4)?,
            })
        },
    )?;
    match found {
        Some(session) => {
            let scopes = persons::scopes(reader, session.person)?;
            Ok(Some((session, scopes)))
        }
        None => Ok(None),
    }
}

/// Ends one session.
///
/// # Errors
/// What the database says.
pub fn end(tx: &Tx<'_>, token: TokenHash) -> Result<(), StoreError> {
    tx.execute("DELETE FROM session WHERE token = ?1", args![token])?;
    Ok(())
}

/// Ends every session of a person.
///
/// # Errors
/// What the database says.
pub fn end_all(tx: &Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM session WHERE person = ?1", args![person])?;
    Ok(())
}

/// Ends every session of a person but this.
///
/// # Errors
/// What the database says.
pub fn end_others(tx: &Tx<'_>, kept: &Session) -> Result<(), StoreError> {
    tx.execute("DELETE FROM session WHERE person = ?1 AND token <> ?2", args![kept.person, kept.token])?;
    Ok(())
}

/// Ends every session of a person at a desk.
///
/// # Errors
/// What the database says.
pub fn end_at_desks(tx: &Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM session WHERE person = ?1 AND kind = ?2",
        args![person, word(SessionKind::Desk)],
    )?;
    Ok(())
}

fn word(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Phone => "phone",
        SessionKind::Desk => "desk",
    }
}

fn kind_of(word: &str) -> Option<SessionKind> {
    [SessionKind::Phone, SessionKind::Desk].into_iter().find(|kind| self::word(*kind) == word)
}

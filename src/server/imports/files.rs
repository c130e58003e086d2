//! Files that were brought and not taken in yet: kept for a day, for who brought them.

use domain::id::PersonId;
use sha2::{Digest, Sha256};

use crate::args;
use crate::office_keys::hex;
use crate::store::{Reader, StoreError, Tx};

/// For so long a file is kept: a registrar sleeps over it.
const KEPT_MS: i64 = 24 * 60 * 60 * 1000;

/// Keeps a file and gives its name from now on. Files of more than a day ago are forgotten, and the person's others.
///
/// # Errors
/// What the database says.
pub fn bring(
    tx: &Tx<'_>,
    person: PersonId,
    name: &str,
    body: &[u8],
    now_ms: i64,
) -> Result<String, StoreError> {
    let id = hex(&Sha256::digest(body));
    forget_old(tx, now_ms)?;
    tx.execute("DELETE FROM roster_file WHERE person = ?1 AND id <> ?2", args![person, id])?;
    tx.execute(
        "INSERT INTO roster_file (id, person, name, body, brought_ms) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id, person) DO UPDATE SET name = excluded.name, brought_ms = excluded.brought_ms",
        args![id, person, name, body, now_ms],
    )?;
    Ok(id)
}

/// Name and bytes of a file, if its bringer brought it and it was not forgotten.
///
/// # Errors
/// What the database says.
pub fn body_of(
    reader: &Reader<'_>,
    person: PersonId,
    id: &str,
    now_ms: i64,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let sql = "SELECT name, body FROM roster_file WHERE id = ?1 AND person = ?2 AND brought_ms >= ?3";
    reader.first(sql, args![id, person, now_ms - KEPT_MS], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Forgets files that nobody took in for a day.
///
/// # Errors
/// What the database says.
pub fn forget_old(tx: &Tx<'_>, now_ms: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM roster_file WHERE brought_ms < ?1", args![now_ms - KEPT_MS])?;
    Ok(())
}

/// Forgets a file that was taken in.
///
/// # Errors
/// What the database says.
pub(super) fn forget(tx: &Tx<'_>, person: PersonId, id: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM roster_file WHERE id = ?1 AND person = ?2", args![id, person])?;
    Ok(())
}

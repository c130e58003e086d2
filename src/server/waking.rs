//! What an office does when it opens, for the time in which it was closed: erases again what a restore brought back,
//! opens what was held where its key is back, judges again what only a newer office can read, projects again what an
//! older one projected otherwise, and finds rows of rosters by what an older one did not note.

use std::collections::BTreeSet;

use domain::entry::Entry;
use domain::id::{HouseholdId, PersonId};
use protocol::record::{self, EntryHash, Record, Sealed};
use sync::ledger::{self, Arrival};

use crate::args;
use crate::books::{self, SqlBooks};
use crate::error::ApiError;
use crate::imports;
use crate::office::Office;
use crate::store::{Reader, StoreError, Tx};
use crate::union::settings;

/// The most held records that are opened in one write.
const OPENED_AT_ONCE: i64 = 200;

/// The most households that are folded again in one write.
const FOLDED_AT_ONCE: i64 = 200;

/// Does all of it.
///
/// # Errors
/// The list of what was erased cannot be read; the database does not take it.
pub async fn wake(office: &Office) -> Result<(), ApiError> {
    erase_again(office).await?;
    open_held(office).await?;
    judge_again(office).await?;
    fold_again(office).await?;
    while office.db().write(|tx: &Tx<'_>| imports::fingerprint_rows(tx)).await? {}
    list_erased(office).await
}

/// What the list says is erased again in the books of an office that was set back.
async fn erase_again(office: &Office) -> Result<(), ApiError> {
    let listed = office.erased().read().map_err(ApiError::internal)?;
    if !listed.is_empty() {
        let now_ms = office.now_ms();
        let erase = move |tx: &Tx<'_>| ledger::erase_again(&mut opened_books(tx, now_ms)?, &listed);
        office.db().write(erase).await?;
        office.db().empty_journal().await?;
    }
    Ok(())
}

/// Adds to the list what the books say is gone and stands not there: all records of an erased file by their ids, for one
/// that cannot be read is recognised by nothing else after a restore; and what another office's list has.
///
/// # Errors
/// The list cannot be read or written; the database.
pub async fn list_erased(office: &Office) -> Result<(), ApiError> {
    let listed = office.erased().read().map_err(ApiError::internal)?;
    let unlisted = office.db().read(move |reader: &Reader<'_>| books::unlisted(reader, &listed)).await?;
    office.erased().add(&unlisted).map_err(ApiError::internal)
}

/// A row that waits for its key.
struct Held {
    rev: u64,
    brought_by: PersonId,
    received_ms: i64,
    record: Record,
}

async fn open_held(office: &Office) -> Result<(), ApiError> {
    let mut after = 0_u64;
    loop {
        let found = office.db().read(move |reader: &Reader<'_>| held(reader, after)).await?;
        let Some(last) = found.last() else { return Ok(()) };
        after = last.rev;
        let open = |held: Held| {
            let secret = office.keys().secret(&held.record.sealed_to)?;
            let plain = record::open(&held.record.bytes, secret).ok()?;
            Some((held.brought_by, held.received_ms, Arrival::of(held.record, Some(plain))))
        };
        let opened: Vec<_> = found.into_iter().filter_map(open).collect();
        if opened.is_empty() {
            continue;
        }
        tracing::info!(
            records = opened.len(),
            "records were held until their key came back, and are opened now"
        );
        if let Err(cause) = take_up(office, opened.clone()).await {
            tracing::error!(cause = %cause, "held records were not taken up at once: now one by one");
            for one in opened {
                let id = one.2.record().id;
                // It stays held; the office opens all the same.
                if let Err(cause) = take_up(office, vec![one]).await {
                    tracing::error!(cause = %cause, entry = %id, "a held record was not taken up");
                }
            }
        }
    }
}

async fn take_up(office: &Office, opened: Vec<(PersonId, i64, Arrival)>) -> Result<(), StoreError> {
    let now_ms = office.now_ms();
    office.db().write(move |tx: &Tx<'_>| ledger::open_held(&mut opened_books(tx, now_ms)?, &opened)).await
}

fn held(reader: &Reader<'_>, after: u64) -> Result<Vec<Held>, StoreError> {
    let sql = "SELECT rev, brought_by, received_ms, device, seq, id, hash, sealed_to, body FROM entry
               WHERE status <> 'projected' AND status <> 'erased' AND sealed_to IS NOT NULL AND rev > ?1
               ORDER BY rev LIMIT ?2";
    reader.all(sql, args![after, OPENED_AT_ONCE], |row| {
        let record = Record {
            device: row.get(3)?,
            seq: row.get(4)?,
            id: row.get(5)?,
            entry_hash: EntryHash::from_bytes(row.get(6)?),
            sealed_to: row.get(7)?,
            bytes: Sealed(row.get(8)?),
        };
        Ok(Held { rev: row.get(0)?, brought_by: row.get(1)?, received_ms: row.get(2)?, record })
    })
}

/// The office was upgraded, and reads what it could not read before.
async fn judge_again(office: &Office) -> Result<(), ApiError> {
    let found = office.db().read(readable_now).await?;
    if found.is_empty() {
        return Ok(());
    }
    let now_ms = office.now_ms();
    let judge = move |tx: &Tx<'_>| {
        let households: Vec<HouseholdId> = found.into_iter().collect();
        ledger::refold(&mut opened_books(tx, now_ms)?, &households)
    };
    Ok(office.db().write(judge).await?)
}

fn readable_now(reader: &Reader<'_>) -> Result<BTreeSet<HouseholdId>, StoreError> {
    let sql = "SELECT household, body FROM entry WHERE status <> 'projected' AND status = 'quarantined'
               AND reason IN ('unknown_kind', 'unknown_schema') AND household IS NOT NULL";
    let mut households = BTreeSet::new();
    reader.each(sql, &[], |row| {
        if Entry::from_slice(row.bytes(1)?).is_ok_and(|entry| entry.payload.is_ok()) {
            households.insert(row.get(0)?);
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(households)
}

/// The office was upgraded, and folds otherwise than before. Broken off, it begins anew.
async fn fold_again(office: &Office) -> Result<(), ApiError> {
    if office.db().read(settings::is_folded).await? {
        return Ok(());
    }
    let now_ms = office.now_ms();
    let mut after = HouseholdId::from_bytes([0; 16]);
    loop {
        let fold = move |tx: &Tx<'_>| {
            let sql = "SELECT id FROM household WHERE id > ?1 ORDER BY id LIMIT ?2";
            let next: Vec<HouseholdId> = tx.all(sql, args![after, FOLDED_AT_ONCE], |row| row.get(0))?;
            ledger::refold(&mut opened_books(tx, now_ms)?, &next)?;
            if next.is_empty() {
                settings::note_folded(tx)?;
            }
            Ok::<_, StoreError>(next.last().copied())
        };
        let Some(last) = office.db().write(fold).await? else { return Ok(()) };
        after = last;
    }
}

fn opened_books<'t, 'c>(tx: &'t Tx<'c>, now_ms: i64) -> Result<SqlBooks<'t, 'c>, StoreError> {
    Ok(SqlBooks::open(tx, settings::today(tx, now_ms)?))
}

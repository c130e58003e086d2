//! What is erased, over SQL: remembered for good, and wiped where it lies.

use std::collections::BTreeMap;

use domain::file::erasing::Gone;
use domain::id::{EntryId, HouseholdId};

use super::{Readings, code};
use crate::args;
use crate::store::{Reader, Row, StoreError, Tx};
use protocol::record::EntryHash;

/// What is remembered as gone of a household.
pub(super) fn gone(reader: &Reader<'_>, household: HouseholdId) -> Result<Vec<Gone>, StoreError> {
    let sql = "SELECT kind, id FROM erased WHERE household = ?1";
    reader.all(sql, args![household], |row| read_gone(row, 0))
}

/// A kind in this column, an id in the next.
fn read_gone(row: &Row<'_>, column: usize) -> Result<Gone, StoreError> {
    let kind: String = row.get(column)?;
    Ok(match kind.as_str() {
        "file" => Gone::File(row.get(column + 1)?),
        "entry" => Gone::Entry(row.get(column + 1)?),
        "need" => Gone::Need(row.get(column + 1)?),
        _ => return Err(StoreError::Unreadable { column }),
    })
}

/// What is gone and stands not in a list.
///
/// # Errors
/// What the database says.
pub fn unlisted(
    reader: &Reader<'_>,
    listed: &BTreeMap<HouseholdId, Vec<Gone>>,
) -> Result<Vec<(HouseholdId, Gone)>, StoreError> {
    let sql = "SELECT household, kind, id FROM erased ORDER BY household, kind, id";
    let mut unlisted = Vec::new();
    reader.each(sql, &[], |row| {
        let (household, gone): (HouseholdId, Gone) = (row.get(0)?, read_gone(row, 1)?);
        if listed.get(&household).is_none_or(|listed| !listed.contains(&gone)) {
            unlisted.push((household, gone));
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(unlisted)
}

/// Which of these are gone.
pub(super) fn gone_among(reader: &Reader<'_>, ids: &[EntryId]) -> Result<Vec<EntryId>, StoreError> {
    let mut gone = Vec::new();
    // Most offices never erased anything.
    if reader.first("SELECT id FROM erased LIMIT 1", &[], |row| row.get::<EntryId>(0))?.is_none() {
        return Ok(gone);
    }
    for id in ids {
        if reader.count("SELECT count(*) FROM erased WHERE id = ?1", args![id])? > 0 {
            gone.push(*id);
        }
    }
    Ok(gone)
}

/// Whether a household's whole file is gone.
pub(super) fn is_erased(reader: &Reader<'_>, household: HouseholdId) -> Result<bool, StoreError> {
    let sql = "SELECT count(*) FROM erased WHERE household = ?1 AND kind = 'file'";
    Ok(reader.count(sql, args![household])? > 0)
}

/// Remembers what goes, and wipes it: from the log, and from what rosters said of a file.
pub(super) fn erase(
    tx: &Tx<'_>,
    readings: Option<&Readings>,
    household: HouseholdId,
    gone: &[Gone],
    rev: u64,
) -> Result<(), StoreError> {
    for one in gone {
        let (kind, id) = match one {
            Gone::File(file) => ("file", file.as_bytes()),
            Gone::Entry(entry) => ("entry", entry.as_bytes()),
            Gone::Need(need) => ("need", need.as_bytes()),
        };
        let sql = "INSERT INTO erased (household, kind, id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        tx.execute(sql, args![household, kind, id])?;
        match one {
            Gone::File(file) => {
                tx.execute("DELETE FROM roster_row WHERE household = ?1", args![file])?;
                wipe_taken(tx, *file, rev)?;
            }
            Gone::Entry(entry) => wipe(tx, readings, household, *entry, rev)?,
            Gone::Need(_) => {}
        }
    }
    Ok(())
}

/// Contents that came under a taken id are in no household's log, and lie in one all the same.
fn wipe_taken(tx: &Tx<'_>, household: HouseholdId, rev: u64) -> Result<(), StoreError> {
    let nothing: &[u8] = &[];
    let sql = "UPDATE entry SET body = ?2, status = 'erased', reason = NULL, status_rev = ?3
               WHERE household = ?1 AND taint = 'id_taken'";
    tx.execute(sql, args![household, nothing, rev])?;
    Ok(())
}

/// The head stays: ids, hash, kind, whose, when.
fn wipe(
    tx: &Tx<'_>,
    readings: Option<&Readings>,
    household: HouseholdId,
    entry: EntryId,
    rev: u64,
) -> Result<(), StoreError> {
    let rows = "id = ?1 AND (household IS NULL OR household = ?2)";
    if let Some(readings) = readings {
        let sql = format!("SELECT hash FROM entry WHERE {rows}");
        let hashes: Vec<[u8; 32]> = tx.all(&sql, args![entry, household], |row| row.get(0))?;
        hashes.into_iter().for_each(|hash| readings.forget(&EntryHash::from_bytes(hash)));
    }
    let (word, reason) = code::status_words(domain::file::Status::Erased);
    let sql = format!(
        "UPDATE entry SET body = ?3, sealed_to = NULL, status = ?4, reason = ?5, status_rev = ?6 WHERE {rows}"
    );
    let nothing: &[u8] = &[];
    tx.execute(&sql, args![entry, household, nothing, word, reason, rev])?;
    Ok(())
}

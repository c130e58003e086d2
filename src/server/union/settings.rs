//! The one row of `meta`: whose database this is, the union's name and time zone, the last backups.

use domain::day::Day;
use protocol::desk::UnionSettings;

use crate::args;
use crate::store::{Reader, StoreError, Tx};

/// China, the whole of it.
pub const DEFAULT_OFFSET_MINUTES: i32 = 480;

/// The number of the fold: raised whenever the same entries are projected otherwise than before.
const FOLD: i64 = 7;

/// Who made a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MadeFor {
    /// A demonstration: everything in it is fiction.
    Demo,
    /// A union.
    Union,
}

/// Who made this database; `None` where it is new.
///
/// # Errors
/// What the database says.
pub fn made_for(reader: &Reader<'_>) -> Result<Option<MadeFor>, StoreError> {
    reader.first("SELECT demo FROM meta WHERE one = 1", &[], |row| {
        Ok(if row.get(0)? { MadeFor::Demo } else { MadeFor::Union })
    })
}

/// Begins a new database: its mark, its first epoch.
///
/// # Errors
/// What the database says.
pub fn begin(tx: &Tx<'_>, made_for: MadeFor, epoch: [u8; 8], now_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO meta (one, rev, chain, epoch, demo, made_ms, union_name, utc_offset_minutes, fold)
         VALUES (1, 0, ?1, ?2, ?3, ?4, '', ?5, ?6)",
        args![[0_u8; 32], epoch, made_for == MadeFor::Demo, now_ms, DEFAULT_OFFSET_MINUTES, FOLD],
    )?;
    Ok(())
}

/// The settings.
///
/// # Errors
/// What the database says.
pub fn get(reader: &Reader<'_>) -> Result<UnionSettings, StoreError> {
    let found =
        reader.first("SELECT union_name, utc_offset_minutes FROM meta WHERE one = 1", &[], |row| {
            Ok::<_, StoreError>(UnionSettings { name: row.get(0)?, utc_offset_minutes: row.get(1)? })
        })?;
    Ok(found.unwrap_or(UnionSettings { name: String::new(), utc_offset_minutes: DEFAULT_OFFSET_MINUTES }))
}

/// The union's day at a time.
///
/// # Errors
/// What the database says.
pub fn today(reader: &Reader<'_>, now_ms: i64) -> Result<Day, StoreError> {
    Ok(Day::at(now_ms, get(reader)?.utc_offset_minutes))
}

/// The day on which this database was begun.
///
/// # Errors
/// What the database says.
pub fn first_day(reader: &Reader<'_>) -> Result<Day, StoreError> {
    let (made_ms, ..) = backups(reader)?;
    Ok(Day::at(made_ms, get(reader)?.utc_offset_minutes))
}

/// Writes the settings; a root of the tree that has no name yet takes the union's.
///
/// # Errors
/// What the database says.
pub fn put(tx: &Tx<'_>, settings: &UnionSettings) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE meta SET union_name = ?1, utc_offset_minutes = ?2 WHERE one = 1",
        args![settings.name, settings.utc_offset_minutes],
    )?;
    tx.execute("UPDATE unit SET name = ?1 WHERE parent IS NULL AND name = ''", args![settings.name])?;
    Ok(())
}

/// Whether what is projected was made by this version's fold.
///
/// # Errors
/// What the database says.
pub fn is_folded(reader: &Reader<'_>) -> Result<bool, StoreError> {
    Ok(reader.count("SELECT count(*) FROM meta WHERE fold = ?1", args![FOLD])? == 1)
}

/// Notes that it is now.
///
/// # Errors
/// What the database says.
pub fn note_folded(tx: &Tx<'_>) -> Result<(), StoreError> {
    tx.execute("UPDATE meta SET fold = ?1 WHERE one = 1", args![FOLD])?;
    Ok(())
}

/// Notes that a public key is about to be shown to phones.
///
/// # Errors
/// What the database says.
pub fn note_key(tx: &Tx<'_>, id: &str, public: &[u8], now_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO office_key (id, public, published_ms) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING",
        args![id, public, now_ms],
    )?;
    Ok(())
}

/// The ids of all keys ever shown to phones.
///
/// # Errors
/// What the database says.
pub fn noted_keys(reader: &Reader<'_>) -> Result<Vec<String>, StoreError> {
    reader.all("SELECT id FROM office_key ORDER BY published_ms, id", &[], |row| row.get(0))
}

/// Forgets a key that is lost for good, so that the office may open without it.
///
/// # Errors
/// What the database says.
pub fn forget_key(tx: &Tx<'_>, id: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM office_key WHERE id = ?1", args![id])?;
    Ok(())
}

/// When the office began, and when the database and the keys were last backed up.
///
/// # Errors
/// What the database says.
pub fn backups(reader: &Reader<'_>) -> Result<(i64, Option<i64>, Option<i64>), StoreError> {
    let sql = "SELECT made_ms, last_backup_ms, last_keys_backup_ms FROM meta WHERE one = 1";
    let found = reader.first(sql, &[], |row| Ok::<_, StoreError>((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(found.unwrap_or((0, None, None)))
}

/// Notes a backup of the database.
///
/// # Errors
/// What the database says.
pub fn note_backup(tx: &Tx<'_>, now_ms: i64) -> Result<(), StoreError> {
    tx.execute("UPDATE meta SET last_backup_ms = ?1 WHERE one = 1", args![now_ms])?;
    Ok(())
}

/// Notes a backup of the keys.
///
/// # Errors
/// What the database says.
pub fn note_keys_backup(tx: &Tx<'_>, now_ms: i64) -> Result<(), StoreError> {
    tx.execute("UPDATE meta SET last_keys_backup_ms = ?1 WHERE one = 1", args![now_ms])?;
    Ok(())
}

//! Forward-only changes of the schema: numbered SQL files, run in order, each once, and recorded.
//!
//! A file that was released is never edited; a mistake in it is mended by the next number.

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;

/// One file.
struct Migration {
    number: i64,
    name: &'static str,
    sql: &'static str,
}

/// Every file, in order.
const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "office", sql: include_str!("migrations/0001_office.sql") },
    Migration { number: 2, name: "households", sql: include_str!("migrations/0002_households.sql") },
    Migration { number: 3, name: "proposal", sql: include_str!("migrations/0003_proposal.sql") },
    Migration { number: 4, name: "union", sql: include_str!("migrations/0004_union.sql") },
    Migration { number: 5, name: "roster", sql: include_str!("migrations/0005_roster.sql") },
    Migration { number: 6, name: "phones", sql: include_str!("migrations/0006_phones.sql") },
    Migration { number: 7, name: "need", sql: include_str!("migrations/0007_need.sql") },
    Migration { number: 8, name: "merge", sql: include_str!("migrations/0008_merge.sql") },
    Migration { number: 9, name: "roster_seen", sql: include_str!("migrations/0009_roster_seen.sql") },
    Migration { number: 10, name: "need_told", sql: include_str!("migrations/0010_need_told.sql") },
];

/// Brings the schema up to this version.
pub(super) fn run(connection: &Connection, now_ms: i64) -> Result<(), StoreError> {
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS migration (
            number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_ms INTEGER NOT NULL)",
    )?;
    let newest = check_known(connection)?;
    for migration in MIGRATIONS.iter().filter(|one| one.number > newest) {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let applied = apply(connection, migration, now_ms);
        connection.execute_batch(if applied.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        applied?;
    }
    Ok(())
}

/// The newest number in the file, if this version knows it.
pub(super) fn check_known(connection: &Connection) -> Result<i64, StoreError> {
    let found: i64 = connection
        .query_row("SELECT max(number) FROM migration", [], |row| row.get::<_, Option<i64>>(0))
        .optional()?
        .flatten()
        .unwrap_or(0);
    let known = MIGRATIONS.last().map_or(0, |last| last.number);
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    Ok(found)
}

fn apply(connection: &Connection, migration: &Migration, now_ms: i64) -> Result<(), StoreError> {
    // Another process may have been first: the transaction is exclusive, so this look is final.
    let there: i64 = connection.query_row(
        "SELECT count(*) FROM migration WHERE number = ?1",
        [migration.number],
        |row| row.get(0),
    )?;
    if there > 0 {
        return Ok(());
    }
    connection.execute_batch(migration.sql)?;
    connection.execute(
        "INSERT INTO migration (number, name, applied_ms) VALUES (?1, ?2, ?3)",
        rusqlite::params![migration.number, migration.name, now_ms],
    )?;
    Ok(())
}

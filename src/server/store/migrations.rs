//! Forward-only changes of the schema: numbered SQL files, run in order, each once, and recorded.
//!
//! A file that was released is never edited; a mistake in it is mended by the next number.

use super::StoreError;
use super::session::Session;
use crate::args;

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
    Migration { number: 11, name: "erased", sql: include_str!("migrations/0011_erased.sql") },
    Migration { number: 12, name: "found", sql: include_str!("migrations/0012_found.sql") },
    Migration { number: 13, name: "guess", sql: include_str!("migrations/0013_guess.sql") },
    Migration { number: 14, name: "pair", sql: include_str!("migrations/0014_pair.sql") },
    Migration { number: 15, name: "fold", sql: include_str!("migrations/0015_fold.sql") },
    Migration {
        number: 16,
        name: "roster_identity",
        sql: include_str!("migrations/0016_roster_identity.sql"),
    },
    Migration { number: 17, name: "waiting", sql: include_str!("migrations/0017_waiting.sql") },
    Migration { number: 18, name: "anothers", sql: include_str!("migrations/0018_anothers.sql") },
    Migration { number: 19, name: "arrived", sql: include_str!("migrations/0019_arrived.sql") },
    Migration {
        number: 20,
        name: "helper_telephone",
        sql: include_str!("migrations/0020_helper_telephone.sql"),
    },
];

/// Brings the schema up to this version, all of it or nothing. Of several processes that start at once on one database
/// the first does it and the others wait; where there is nothing to do nobody waits.
pub(super) fn run(session: &Session, now_ms: i64) -> Result<(), StoreError> {
    if is_todays(session)? {
        return Ok(());
    }
    session.begin_write()?;
    let done = run_inside(session, now_ms);
    if done.is_ok() { session.commit() } else { session.rollback().and(done) }
}

fn is_todays(session: &Session) -> Result<bool, StoreError> {
    session.begin_read()?;
    let found = check_known(session);
    session.rollback()?;
    match found {
        Ok(newest) => Ok(MIGRATIONS.last().is_some_and(|last| last.number == newest)),
        // There is no such table: a new database.
        Err(StoreError::Sql(_)) => Ok(false),
        Err(cause) => Err(cause),
    }
}

fn run_inside(session: &Session, now_ms: i64) -> Result<(), StoreError> {
    session.schema(
        "CREATE TABLE IF NOT EXISTS migration (
            number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_ms INTEGER NOT NULL)",
    )?;
    let newest = check_known(session)?;
    if newest == 0 {
        session.before_schema()?;
    }
    for migration in MIGRATIONS.iter().filter(|one| one.number > newest) {
        session.schema(migration.sql)?;
        session.execute(
            "INSERT INTO migration (number, name, applied_ms) VALUES (?1, ?2, ?3)",
            args![migration.number, migration.name, now_ms],
        )?;
    }
    Ok(())
}

/// The newest number in the database, if this version knows it.
pub(super) fn check_known(session: &Session) -> Result<i64, StoreError> {
    let mut found = 0;
    session.each("SELECT COALESCE(max(number), 0) FROM migration", &[], &mut |row| {
        found = row.get(0)?;
        Ok::<_, StoreError>(false)
    })?;
    let known = MIGRATIONS.last().map_or(0, |last| last.number);
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    Ok(found)
}

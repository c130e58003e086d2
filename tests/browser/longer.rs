//! How long a flow is: short in `cargo xtask test`, longer where `cargo xtask prove` says so in the environment; and
//! how such a flow tells its figures, and counts what came to the office.

use kit::failure::{Failure, Outcome};
use kit::office::Office;
use rusqlite::{Connection, OpenFlags};

/// The number of this name in the environment, or this one.
pub fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Prints figures for whoever keeps them.
pub fn tell(figures: &serde_json::Value) {
    println!("{figures}");
}

/// How many visits the office holds, and how many different ones.
pub fn visits(office: &Office) -> Outcome<(usize, usize)> {
    counted(office, "SELECT count(*), count(DISTINCT id) FROM entry WHERE kind = 'visit'")
}

/// How many records of visits the office holds, and under how many different numbers of their devices.
pub fn numbers(office: &Office) -> Outcome<(usize, usize)> {
    let sql = "SELECT count(*), count(DISTINCT hex(device) || seq) FROM entry WHERE kind = 'visit'";
    counted(office, sql)
}

/// Two counts of the office's own database.
pub fn counted(office: &Office, sql: &str) -> Outcome<(usize, usize)> {
    let path = office.data().join("office.db");
    let failed = |source| Failure::Database { path: path.clone(), source };
    let database = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failed)?;
    let counted = database.query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
    let (all, distinct) = counted.map_err(failed)?;
    Ok((usize::try_from(all).unwrap_or(0), usize::try_from(distinct).unwrap_or(0)))
}

//! A whole database from a file into an empty PostgreSQL, row by row as it lies, in one transaction.
//!
//! It knows no table by name but the counter and the audit's number: what the schema has is copied.

use std::path::Path;

use super::postgres::Link;
use super::session::Session;
use super::{Arg, Column, Place, StoreError, migrations};
use crate::args;

/// What was copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// How many tables.
    pub tables: usize,
    /// How many rows.
    pub rows: i64,
    /// The last rev.
    pub rev: i64,
}

/// A table and its columns in their order.
struct Table {
    name: String,
    columns: Vec<(String, String)>,
}

/// Copies the database of a file into a place, which has to be a PostgreSQL with nothing in it.
///
/// # Errors
/// Something is there already, what was copied is not what was there, or either database; then nothing is kept.
pub fn copy_whole(from: &Path, to: &Place, now_ms: i64) -> Result<Copied, StoreError> {
    let source = Session::open_writer(&from.into())?;
    migrations::run(&source, now_ms)?;
    let target = Session::open_writer(to)?;
    let Session::Postgres(link) = &target else {
        return Err(StoreError::Unsuitable("it is copied into a PostgreSQL only".to_owned()));
    };
    migrations::run(&target, now_ms)?;
    source.begin_read()?;
    target.begin_write()?;
    match copy_inside(&source, &target, link) {
        Ok(copied) => {
            target.commit()?;
            // Plans are made by how many rows there are.
            target.script("ANALYZE")?;
            Ok(copied)
        }
        Err(cause) => target.rollback().and(Err(cause)),
    }
}

fn copy_inside(source: &Session, target: &Session, link: &Link) -> Result<Copied, StoreError> {
    let tables = tables(source)?;
    for table in &tables {
        if count(target, &table.name)? > 0 {
            return Err(StoreError::Unsuitable(format!(
                "there is something in it already (in {}): name an empty database",
                table.name
            )));
        }
    }
    let mut rows = 0;
    for table in &tables {
        copy_table(source, link, table)?;
        let (there, here) = (count(source, &table.name)?, count(target, &table.name)?);
        if there != here {
            return Err(differs(&table.name));
        }
        rows += there;
    }
    link.script("SELECT setval(pg_get_serial_sequence('audit', 'number'), (SELECT COALESCE(max(number), 0) + 1 FROM audit), false)")?;
    let (there, here) = (head(source)?, head(target)?);
    if there != here {
        return Err(differs("the head of the log"));
    }
    Ok(Copied { tables: tables.len(), rows, rev: there.map_or(0, |(rev, ..)| rev) })
}

/// All tables, in the order in which they were made, so that what is pointed to comes first; the counter last, for
/// triggers raise it.
fn tables(source: &Session) -> Result<Vec<Table>, StoreError> {
    let mut names: Vec<String> = Vec::new();
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('migration', 'meta')
               AND name NOT LIKE 'sqlite%' ORDER BY rowid";
    source.each(sql, &[], &mut |row| {
        names.push(row.get(0)?);
        Ok::<_, StoreError>(true)
    })?;
    names.push("meta".to_owned());
    names.into_iter().map(|name| table(source, name)).collect()
}

fn table(source: &Session, name: String) -> Result<Table, StoreError> {
    let mut columns = Vec::new();
    source.each("SELECT name, type FROM pragma_table_info(?1) ORDER BY cid", args![name], &mut |row| {
        columns.push((row.get(0)?, row.get(1)?));
        Ok::<_, StoreError>(true)
    })?;
    Ok(Table { name, columns })
}

fn copy_table(source: &Session, link: &Link, table: &Table) -> Result<(), StoreError> {
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| name.as_str()).collect();
    let kinds: Vec<&str> = table.columns.iter().map(|(_, kind)| kind.as_str()).collect();
    let names = names.join(", ");
    let mut rows = link.copy_in(&format!("{} ({names})", table.name), &kinds)?;
    source.each(&format!("SELECT {names} FROM {} ORDER BY rowid", table.name), &[], &mut |row| {
        let values = (0..kinds.len()).map(|column| match row.column(column)? {
            Column::Null => Ok(Arg::Null),
            Column::Int(number) => Ok(Arg::Int(number)),
            Column::Text(text) => Ok(Arg::Text(text)),
            Column::Bytes(bytes) => Ok(Arg::Bytes(bytes)),
            Column::Other => Err(StoreError::Unreadable { column }),
        });
        rows.put(&values.collect::<Result<Vec<_>, _>>()?)?;
        Ok::<_, StoreError>(true)
    })?;
    rows.finish()
}

fn count(session: &Session, table: &str) -> Result<i64, StoreError> {
    let mut found = 0;
    session.each(&format!("SELECT count(*) FROM {table}"), &[], &mut |row| {
        found = row.get(0)?;
        Ok::<_, StoreError>(false)
    })?;
    Ok(found)
}

/// Rev, epoch and chain, and the chain that was noted at that rev.
type HeadOfLog = (i64, Vec<u8>, Vec<u8>, Option<Vec<u8>>);

fn head(session: &Session) -> Result<Option<HeadOfLog>, StoreError> {
    let sql = "SELECT m.rev, m.epoch, m.chain, r.chain FROM meta m LEFT JOIN revision r ON r.rev = m.rev";
    let mut found = None;
    session.each(sql, &[], &mut |row| {
        found = Some((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        Ok::<_, StoreError>(false)
    })?;
    Ok(found)
}

fn differs(what: &str) -> StoreError {
    StoreError::Unsuitable(format!("what was copied is not what was there ({what}): nothing was kept"))
}

//! The values in an SQLite database of the profile, whole: in the file a long one is cut over pages, and the latest
//! may only be in the write-ahead log. It reads a copy; what was deleted is found only as it lies in the file.

use super::unpack::{Found, Piece};
use crate::failure::{Failure, Outcome};
use crate::place;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use std::fs;
use std::path::{Path, PathBuf};

/// The kind of these pieces.
pub const VALUE: &str = "SQLite value";
const MARK: &[u8] = b"SQLite format 3\0";

/// Every text and blob of every table; nothing when the file is no database.
pub fn values(file: &Path, bytes: &[u8]) -> Vec<Found> {
    if !bytes.starts_with(MARK) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let read = place::folder("scan").and_then(|folder| {
        let read = read(file, &folder, &mut found);
        fs::remove_dir_all(&folder).map_err(Failure::disk(&folder)).and(read)
    });
    found.extend(read.err().map(|failure| Err(failure.to_string())));
    found
}

fn read(file: &Path, folder: &Path, found: &mut Vec<Found>) -> Outcome {
    let failed = |source| Failure::Database { path: file.to_owned(), source };
    let copy = copied(file, folder)?;
    let database = Connection::open(&copy).map_err(failed)?;
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let mut tables = database.prepare(names).map_err(failed)?;
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).map_err(failed)?;
    for table in tables {
        let table = table.map_err(failed)?;
        let quoted = table.replace('"', "\"\"");
        let rows = database.prepare(&format!("SELECT * FROM \"{quoted}\"")).and_then(|mut statement| {
            let width = statement.column_count();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                found.extend((0..width).filter_map(|column| value(row, column)).map(Ok));
            }
            Ok(())
        });
        if let Err(error) = rows {
            found.push(Err(format!("table {table}: {error}")));
        }
    }
    Ok(())
}

fn value(row: &Row<'_>, column: usize) -> Option<Piece> {
    match row.get_ref(column).ok()? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(Piece { kind: VALUE, bytes: bytes.to_vec() }),
        _ => None,
    }
}

/// The database beside its write-ahead log or journal, where SQLite may mend and read it.
fn copied(file: &Path, folder: &Path) -> Outcome<PathBuf> {
    let copy = folder.join("copy");
    for tail in ["", "-wal", "-journal"] {
        let mut from = file.as_os_str().to_owned();
        from.push(tail);
        if Path::new(&from).is_file() {
            let to = folder.join(format!("copy{tail}"));
            fs::copy(&from, &to).map_err(Failure::disk(&from))?;
        }
    }
    Ok(copy)
}

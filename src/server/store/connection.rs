//! One connection inside a transaction: [`Reader`] reads, [`Tx`] writes too.
//!
//! Statements are prepared once per connection and kept.

use std::ops::Deref;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, params_from_iter};

use super::{Arg, Row, StoreError};

/// Reads, on one snapshot.
pub struct Reader<'c> {
    connection: &'c Connection,
}

impl<'c> Reader<'c> {
    pub(super) fn new(connection: &'c Connection) -> Self {
        Self { connection }
    }

    /// Every row, read by `read`.
    ///
    /// # Errors
    /// What the database or `read` says.
    pub fn all<T, E: From<StoreError>>(
        &self,
        sql: &str,
        args: &[Arg<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, E>,
    ) -> Result<Vec<T>, E> {
        let mut found = Vec::new();
        self.each(sql, args, |row| {
            found.push(read(row)?);
            Ok::<(), E>(())
        })?;
        Ok(found)
    }

    /// Hands every row to `take`, keeping none.
    ///
    /// # Errors
    /// What the database or `take` says.
    pub fn each<E: From<StoreError>>(
        &self,
        sql: &str,
        args: &[Arg<'_>],
        mut take: impl FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = self.connection.prepare_cached(sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params_from_iter(args)).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            take(&Row(row))?;
        }
        Ok(())
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// What the database or `read` says.
    pub fn first<T, E: From<StoreError>>(
        &self,
        sql: &str,
        args: &[Arg<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        let mut statement = self.connection.prepare_cached(sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params_from_iter(args)).map_err(StoreError::from)?;
        match rows.next().map_err(StoreError::from)? {
            Some(row) => read(&Row(row)).map(Some),
            None => Ok(None),
        }
    }

    /// The one number of a statement such as `SELECT count(*) …`; 0 where it has no row.
    ///
    /// # Errors
    /// What the database says.
    pub fn count(&self, sql: &str, args: &[Arg<'_>]) -> Result<i64, StoreError> {
        Ok(self.first(sql, args, |row| row.get::<i64>(0))?.unwrap_or(0))
    }
}

/// Writes, and reads what it wrote. All of it is kept, or nothing.
pub struct Tx<'c> {
    reader: Reader<'c>,
}

impl<'c> Tx<'c> {
    pub(super) fn new(connection: &'c Connection) -> Self {
        Self { reader: Reader::new(connection) }
    }

    /// Does it, and says how many rows it touched.
    ///
    /// # Errors
    /// What the database says.
    pub fn execute(&self, sql: &str, args: &[Arg<'_>]) -> Result<usize, StoreError> {
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        Ok(statement.execute(params_from_iter(args))?)
    }

    /// Does `work` so that its failure undoes only itself.
    ///
    /// # Errors
    /// What `work` says, or the database.
    pub fn nested<T, E: From<StoreError>>(&self, work: impl FnOnce(&Self) -> Result<T, E>) -> Result<T, E> {
        self.execute("SAVEPOINT nested", &[])?;
        match work(self) {
            Ok(done) => {
                self.execute("RELEASE nested", &[])?;
                Ok(done)
            }
            Err(failed) => {
                self.execute("ROLLBACK TO nested", &[])?;
                self.execute("RELEASE nested", &[])?;
                Err(failed)
            }
        }
    }
}

impl<'c> Deref for Tx<'c> {
    type Target = Reader<'c>;

    fn deref(&self) -> &Self::Target {
        &self.reader
    }
}

/// Opens the connection that writes.
pub(super) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    settle(&connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 8000)?;
    Ok(connection)
}

/// Opens a connection that reads.
pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    settle(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn settle(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -16_000)?;
    connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(())
}

//! The door to the database: [`Db::write`] and [`Db::read`]. Both take a plain closure.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::connection::{open_reader, open_writer};
use super::readers::Readers;
use super::writer::Writer;
use super::{Reader, StoreError, Tx, migrations};

/// The database of one office. Clones share it.
#[derive(Clone)]
pub struct Db {
    path: PathBuf,
    writer: Writer,
    readers: Readers,
}

impl Db {
    /// Opens the file, making it where it is absent, and brings its schema up to this version.
    ///
    /// # Errors
    /// A damaged or newer file, a full disk.
    pub fn open(path: &Path, now_ms: i64) -> Result<Self, StoreError> {
        let connection = open_writer(path)?;
        migrations::run(&connection, now_ms)?;
        let writer = Writer::start(connection).map_err(|_| StoreError::Closed)?;
        Ok(Self { path: path.to_owned(), writer, readers: Readers::open(path)? })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does `work` in a transaction shared with other writes; answers after the commit is on disk.
    ///
    /// # Errors
    /// What `work` says: then nothing of it is kept. Or the database.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.writer.write(work).await
    }

    /// Does `work` on one snapshot.
    ///
    /// # Errors
    /// What `work` says, or the database.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Reader<'_>) -> Result<T, E> + Send + 'static,
    {
        self.readers.read(work).await
    }
}

/// Copies a database that may be in use into one new consistent file.
///
/// # Errors
/// The target exists, the disk is full, the source is no database.
pub fn copy_consistently(from: &Path, to: &Path) -> Result<(), StoreError> {
    let connection = open_reader(from)?;
    connection.pragma_update(None, "query_only", false)?;
    let target = to.to_string_lossy();
    connection.execute("VACUUM INTO ?1", [target.as_ref()])?;
    Ok(())
}

/// A database without threads: for the commands that run alone, one transaction after the other.
pub struct Alone {
    connection: Connection,
}

impl Alone {
    /// Opens the file, making it where it is absent, and brings its schema up to this version.
    ///
    /// # Errors
    /// A damaged or newer file, a full disk.
    pub fn open(path: &Path, now_ms: i64) -> Result<Self, StoreError> {
        let connection = open_writer(path)?;
        migrations::run(&connection, now_ms)?;
        Ok(Self { connection })
    }

    /// Does `work` in a transaction.
    ///
    /// # Errors
    /// What `work` says: then nothing of it is kept. Or the database.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run("BEGIN IMMEDIATE")?;
        let done = work(&Tx::new(&self.connection));
        self.run(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        done
    }

    /// Does `work` on one snapshot.
    ///
    /// # Errors
    /// What `work` says, or the database.
    pub fn read<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&Reader<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run("BEGIN")?;
        let done = work(&Reader::new(&self.connection));
        self.run("ROLLBACK")?;
        done
    }

    fn run(&self, sql: &str) -> Result<(), StoreError> {
        Ok(self.connection.execute_batch(sql)?)
    }
}

/// Looks whether a file is a whole database of this program that this version can read.
///
/// # Errors
/// Damaged, foreign or newer.
pub fn examine(path: &Path) -> Result<(), StoreError> {
    let connection = open_reader(path)?;
    migrations::check_known(&connection)?;
    let verdict: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(StoreError::Damaged(rusqlite::Error::InvalidQuery)) }
}

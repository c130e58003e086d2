//! The door to the database: [`Db::write`] and [`Db::read`]. Both take a plain closure.

use std::path::Path;

use super::readers::Readers;
use super::session::Session;
use super::writer::Writer;
use super::{Place, Reader, StoreError, Tx, migrations, sqlite};
use crate::store::error::Cause;

/// The database of one office. Clones share it.
#[derive(Clone)]
pub struct Db {
    writer: Writer,
    readers: Readers,
}

impl Db {
    /// Opens the database, making its file where that is absent, and brings its schema up to this version.
    ///
    /// # Errors
    /// A damaged or newer one, a full disk, one that cannot be reached.
    pub fn open(place: &Place, now_ms: i64) -> Result<Self, StoreError> {
        apart(place, || {
            let session = Session::open_writer(place)?;
            migrations::run(&session, now_ms)?;
            let writer = Writer::start(place.clone(), session).map_err(|_| StoreError::Closed)?;
            Ok(Self { writer, readers: Readers::open(place)? })
        })
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

    /// Brings what lies in the journal beside the file into the file, and overwrites the journal: what was erased must
    /// not lie on there. `false` where somebody reads in it, and it has to be tried again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn empty_journal(&self) -> Result<bool, StoreError> {
        let Place::File(path) = self.readers.place() else { return Ok(true) };
        let path = path.clone();
        let emptied = tokio::task::spawn_blocking(move || sqlite::empty_journal(&path)).await;
        emptied.unwrap_or(Err(StoreError::Panicked))
    }
}

/// Does what opens a database; where that is reached over a line, on a thread of its own, for it may not be waited for
/// on one that answers requests.
fn apart<T: Send>(
    place: &Place,
    open: impl FnOnce() -> Result<T, StoreError> + Send,
) -> Result<T, StoreError> {
    match place {
        Place::File(_) => open(),
        Place::Postgres(_) => {
            std::thread::scope(|threads| threads.spawn(open).join().unwrap_or(Err(StoreError::Panicked)))
        }
    }
}

/// Copies a database that may be in use into one new consistent file.
///
/// # Errors
/// The target exists, the disk is full, the source is no database.
pub fn copy_consistently(from: &Path, to: &Path) -> Result<(), StoreError> {
    let connection = sqlite::open_reader(from)?;
    connection.pragma_update(None, "query_only", false)?;
    let target = to.to_string_lossy();
    connection.execute("VACUUM INTO ?1", [target.as_ref()])?;
    Ok(())
}

/// A database without threads: for the commands that run alone, one transaction after the other.
pub struct Alone {
    session: Session,
}

impl Alone {
    /// Opens the database, making its file where that is absent, and brings its schema up to this version.
    ///
    /// # Errors
    /// A damaged or newer one, a full disk, one that cannot be reached.
    pub fn open(place: &Place, now_ms: i64) -> Result<Self, StoreError> {
        let session = Session::open_writer(place)?;
        migrations::run(&session, now_ms)?;
        Ok(Self { session })
    }

    /// Does `work` in a transaction.
    ///
    /// # Errors
    /// What `work` says: then nothing of it is kept. Or the database.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.session.begin_write()?;
        let done = work(&Tx::new(&self.session));
        let kept = if done.is_ok() { self.session.commit() } else { Ok(()) };
        if done.is_err() || kept.is_err() {
            self.session.rollback()?;
        }
        kept.map_err(E::from).and(done)
    }

    /// Does `work` on one snapshot.
    ///
    /// # Errors
    /// What `work` says, or the database.
    pub fn read<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&Reader<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.session.begin_read()?;
        let done = work(&Reader::new(&self.session));
        self.session.rollback()?;
        done
    }
}

/// Looks whether a file is a whole database of this program that this version can read.
///
/// # Errors
/// Damaged, foreign or newer.
pub fn examine(path: &Path) -> Result<(), StoreError> {
    let session = Session::open_reader(&path.into())?;
    migrations::check_known(&session)?;
    let mut verdict: Option<String> = None;
    session.each("PRAGMA integrity_check", &[], &mut |row| {
        verdict = Some(row.get(0)?);
        Ok::<_, StoreError>(false)
    })?;
    match verdict.as_deref() {
        Some("ok") => Ok(()),
        found => Err(StoreError::Damaged(Cause::of(found.unwrap_or("no answer").to_owned()))),
    }
}

//! The pool of connections that read, each read on a blocking thread and on one snapshot.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::connection::open_reader;
use super::{Reader, StoreError};

/// As many reads at once.
const READERS: usize = 4;

/// The pool.
#[derive(Clone)]
pub(super) struct Readers {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    /// A pool whose connections are all open: what keeps one from opening is said when the office
    /// starts, not to whoever asks first.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let idle = (0..READERS).map(|_| open_reader(path)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            path: path.to_owned(),
            idle: Arc::new(Mutex::new(idle)),
            permits: Arc::new(Semaphore::new(READERS)),
        })
    }

    /// Does `work` on one snapshot of the database.
    pub(super) async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Reader<'_>) -> Result<T, E> + Send + 'static,
    {
        let permit =
            Arc::clone(&self.permits).acquire_owned().await.map_err(|_| E::from(StoreError::Closed))?;
        let pool = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            pool.read_blocking(work)
        });
        done.await.unwrap_or_else(|_| Err(E::from(StoreError::Panicked)))
    }

    fn read_blocking<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Reader<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match kept {
            Some(connection) => connection,
            None => open_reader(&self.path)?,
        };
        connection.execute_batch("BEGIN").map_err(StoreError::from)?;
        let done = work(&Reader::new(&connection));
        match connection.execute_batch("ROLLBACK") {
            Ok(()) => self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection),
            // It is closed, and another takes its place; what was read, or why it was not, stands.
            Err(cause) => tracing::warn!(%cause, "a connection that reads did not end its snapshot"),
        }
        done
    }
}

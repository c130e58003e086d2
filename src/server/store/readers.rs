//! The pool of connections that read, each read on a blocking thread and on one snapshot.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

use super::session::Session;
use super::{Place, Reader, StoreError};

/// As many reads at once.
const READERS: usize = 4;

/// The pool.
#[derive(Clone)]
pub(super) struct Readers {
    place: Place,
    idle: Arc<Mutex<Vec<Session>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    /// A pool whose connections are all open: what keeps one from opening is said when the office
    /// starts, not to whoever asks first. Of PostgreSQL one is enough to know, and each of them costs there.
    pub(super) fn open(place: &Place) -> Result<Self, StoreError> {
        let first = if matches!(place, Place::File(_)) { READERS } else { 1 };
        let idle = (0..first).map(|_| Session::open_reader(place)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            place: place.clone(),
            idle: Arc::new(Mutex::new(idle)),
            permits: Arc::new(Semaphore::new(READERS)),
        })
    }

    /// Where the database lies.
    pub(super) const fn place(&self) -> &Place {
        &self.place
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
        let session = self.begun()?;
        let done = work(&Reader::new(&session));
        match session.rollback() {
            Ok(()) => self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(session),
            // It is closed, and another takes its place; what was read, or why it was not, stands.
            Err(cause) => tracing::warn!(%cause, "a connection that reads did not end its snapshot"),
        }
        done
    }

    /// A connection at the beginning of a snapshot. One that has lain idle may have been lost: then a new one.
    fn begun(&self) -> Result<Session, StoreError> {
        loop {
            let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let is_new = kept.is_none();
            let session = kept.map_or_else(|| Session::open_reader(&self.place), Ok)?;
            match session.begin_read() {
                Ok(()) => return Ok(session),
                Err(StoreError::Lost(_)) if !is_new => {}
                Err(refused) => return Err(refused),
            }
        }
    }
}

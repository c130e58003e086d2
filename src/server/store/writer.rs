//! The one writer: a thread that merges waiting writes into one transaction (group commit).
//!
//! ```text
//!  write ─┐
//!  write ─┼─► BEGIN IMMEDIATE · SAVEPOINT a … · SAVEPOINT b … · COMMIT + fsync ─► answers a, b
//!  write ─┘
//! ```
//! Nobody is answered before the commit is on the disk. A write that fails undoes only itself.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};

use tokio::sync::oneshot;

use super::session::Session;
use super::{Place, StoreError, Tx};

/// The most writes of one transaction; more wait for the next.
const GROUP_MAX: usize = 256;

/// A write on its way.
trait Job: Send {
    /// Does the work; `false` where it is to be undone.
    fn run(&mut self, tx: &Tx<'_>) -> bool;
    /// It was undone although the work was content.
    fn fail(&mut self, why: StoreError);
    /// Tells the one who waits how it ended.
    fn answer(self: Box<Self>, commit: &Result<(), StoreError>);
}

struct Write<T, E, F> {
    work: Option<F>,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Job for Write<T, E, F>
where
    T: Send,
    E: From<StoreError> + Send,
    F: FnOnce(&Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, tx: &Tx<'_>) -> bool {
        let Some(work) = self.work.take() else {
            return false;
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| work(tx)))
            .unwrap_or_else(|_| Err(E::from(StoreError::Panicked)));
        let keep = outcome.is_ok();
        self.outcome = Some(outcome);
        keep
    }

    fn fail(&mut self, why: StoreError) {
        self.outcome = Some(Err(E::from(why)));
    }

    fn answer(self: Box<Self>, commit: &Result<(), StoreError>) {
        let outcome = match (self.outcome, commit) {
            (Some(Err(failed)), _) => Err(failed),
            (_, Err(lost)) => Err(E::from(lost.clone())),
            (Some(done), Ok(())) => done,
            (None, Ok(())) => Err(E::from(StoreError::Closed)),
        };
        // Nobody waits any more when the request was dropped: the write stands all the same.
        drop(self.reply.send(outcome));
    }
}

/// The door to the writer's thread. When the last clone is dropped the thread ends.
#[derive(Clone)]
pub(super) struct Writer {
    jobs: Sender<Box<dyn Job>>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(place: Place, session: Session) -> std::io::Result<Self> {
        let (jobs, waiting) = channel();
        std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || work_through(&place, session, &waiting))?;
        Ok(Self { jobs })
    }

    /// Does `work` in a transaction and answers after its commit.
    pub(super) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Write { work: Some(work), outcome: None, reply };
        self.jobs.send(Box::new(job)).map_err(|_| E::from(StoreError::Closed))?;
        answer.await.unwrap_or_else(|_| Err(E::from(StoreError::Closed)))
    }
}

fn work_through(place: &Place, mut session: Session, jobs: &Receiver<Box<dyn Job>>) {
    let mut waiting = VecDeque::new();
    loop {
        if waiting.is_empty() {
            match jobs.recv() {
                Ok(first) => waiting.push_back(first),
                Err(_) => return,
            }
        }
        while waiting.len() < GROUP_MAX
            && let Ok(next) = jobs.try_recv()
        {
            waiting.push_back(next);
        }
        let mut tried = Vec::new();
        let commit = commit_group(place, &mut session, &mut waiting, &mut tried);
        if let Err(cause) = &commit {
            let cause: &dyn std::error::Error = cause;
            tracing::error!(cause, writes = tried.len(), "a group of writes was not kept");
        }
        for job in tried {
            job.answer(&commit);
        }
    }
}

/// Does what waits in one transaction. A full disk, or a line that breaks, may end the transaction in the middle: then
/// what was tried is lost and says so, and what was not tried stays in `waiting` for the next.
fn commit_group(
    place: &Place,
    session: &mut Session,
    waiting: &mut VecDeque<Box<dyn Job>>,
    tried: &mut Vec<Box<dyn Job>>,
) -> Result<(), StoreError> {
    if let Err(refused) = begin(place, session) {
        tried.extend(waiting.drain(..));
        return Err(refused);
    }
    let kept = run_each(session, waiting, tried).and_then(|()| session.commit());
    if let Err(failed) = &kept
        && !matches!(failed, StoreError::Lost(_))
        && !session.has_given_up()
    {
        session.rollback()?;
    }
    kept
}

/// Nothing has been tried yet, so a line that was lost is opened anew, once, and nobody notices.
fn begin(place: &Place, session: &mut Session) -> Result<(), StoreError> {
    match session.begin_write() {
        Err(StoreError::Lost(cause)) => {
            tracing::warn!(%cause, "the connection to the database was lost: opening another");
            *session = Session::open_writer(place)?;
            session.begin_write()
        }
        begun => begun,
    }
}

fn run_each(
    session: &Session,
    waiting: &mut VecDeque<Box<dyn Job>>,
    tried: &mut Vec<Box<dyn Job>>,
) -> Result<(), StoreError> {
    let tx = Tx::new(session);
    while let Some(mut job) = waiting.pop_front() {
        let begun = tx.begin_part("write");
        let keep = begun.is_ok() && job.run(&tx);
        let ended = begun.and_then(|()| {
            if session.has_given_up() { Err(StoreError::DiskFull) } else { tx.end_part("write", keep) }
        });
        match ended {
            Err(why @ (StoreError::DiskFull | StoreError::Lost(_) | StoreError::Closed)) => {
                tried.push(job);
                return Err(why);
            }
            Err(why) => job.fail(why),
            Ok(()) => {}
        }
        tried.push(job);
    }
    Ok(())
}

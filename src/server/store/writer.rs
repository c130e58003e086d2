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

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{StoreError, Tx};

/// The most writes of one transaction; more wait for the next.
const GROUP_MAX: usize = 256;

/// A write on its way.
trait Job: Send {
    /// Does the work; `false` where it is to be undone.
    fn run(&mut self, tx: &Tx<'_>) -> bool;
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

    fn answer(self: Box<Self>, commit: &Result<(), StoreError>) {
        let outcome = match (self.outcome, commit) {
            (Some(Err(failed)), _) => Err(failed),
            (_, Err(lost)) => Err(E::from(lost.for_another())),
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
    pub(super) fn start(connection: Connection) -> std::io::Result<Self> {
        let (jobs, waiting) = channel();
        std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || work_through(&connection, &waiting))?;
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

fn work_through(connection: &Connection, jobs: &Receiver<Box<dyn Job>>) {
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
        let commit = commit_group(connection, &mut waiting, &mut tried);
        if let Err(cause) = &commit {
            let cause: &dyn std::error::Error = cause;
            tracing::error!(cause, writes = tried.len(), "a group of writes was not kept");
        }
        for job in tried {
            job.answer(&commit);
        }
    }
}

/// Does what waits in one transaction. A full disk may end the transaction in the middle: then what
/// was tried is lost and says so, and what was not tried stays in `waiting` for the next.
fn commit_group(
    connection: &Connection,
    waiting: &mut VecDeque<Box<dyn Job>>,
    tried: &mut Vec<Box<dyn Job>>,
) -> Result<(), StoreError> {
    let begun = connection.execute_batch("BEGIN IMMEDIATE");
    if let Err(refused) = begun {
        tried.extend(waiting.drain(..));
        return Err(refused.into());
    }
    let kept = run_each(connection, waiting, tried).and_then(|()| Ok(connection.execute_batch("COMMIT")?));
    if kept.is_err() && !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    kept
}

fn run_each(
    connection: &Connection,
    waiting: &mut VecDeque<Box<dyn Job>>,
    tried: &mut Vec<Box<dyn Job>>,
) -> Result<(), StoreError> {
    let tx = Tx::new(connection);
    while let Some(mut job) = waiting.pop_front() {
        let begun = tx.execute("SAVEPOINT write", &[]);
        let keep = begun.is_ok() && job.run(&tx);
        tried.push(job);
        begun?;
        if connection.is_autocommit() {
            return Err(StoreError::DiskFull);
        }
        if !keep {
            tx.execute("ROLLBACK TO write", &[])?;
        }
        tx.execute("RELEASE write", &[])?;
    }
    Ok(())
}

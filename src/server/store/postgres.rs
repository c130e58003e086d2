//! PostgreSQL: one connection, driven on the thread that asks, with the statements it has prepared.
//!
//! Each connection has a runtime of its own, so a statement costs no change of threads; therefore nothing here may be
//! called on a thread that answers requests.

mod ahead;

mod dialect;

mod filling;

mod rows;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use self::ahead::{Ahead, Kept};
use self::rows::Rows;
use super::error::Cause;
use super::place::Server;
use super::{Arg, Row, StoreError};

/// So many statements may be on their way.
const AHEAD_MAX: usize = 128;

/// So many prepared statements are kept.
const STATEMENTS_MAX: usize = 400;

/// The lock that every transaction that writes takes first: one at a time on a database, whatever process it is of, so
/// that revs are seen in the order in which they were given. The number is this program's own.
const ONE_AT_A_TIME: &str = "SELECT pg_advisory_xact_lock(6977406)";

/// What a session is told at its beginning. A machine that died may hold the lock no longer than a minute or two; an
/// address may name another `lock_timeout`. A receipt is never given for what is not on disk.
const SETTLE: &str = "SET client_min_messages = warning; SET statement_timeout = 0;
    DO $$ BEGIN IF current_setting('lock_timeout') = '0' THEN SET lock_timeout = '60s'; END IF; END $$;
    SET idle_in_transaction_session_timeout = '5min';
    SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;
    DO $$ BEGIN IF current_setting('synchronous_commit') = 'off' THEN SET synchronous_commit = on; END IF; END $$";

/// One connection.
pub(super) struct Link {
    client: Arc<Client>,
    ahead: RefCell<Vec<Ahead>>,
    /// Answers whose rows are being handed out; the last belongs to who asked last. Only work that panicked leaves any.
    open: RefCell<Vec<Rows>>,
    /// None only while it is being dropped.
    runtime: Option<Runtime>,
    statements: RefCell<HashMap<String, Statement>>,
}

impl Link {
    /// Connects.
    pub(super) fn open(server: &Server) -> Result<Self, StoreError> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|cause| StoreError::Unreachable(Cause::of(cause)))?;
        let client =
            runtime.block_on(connect(server)).map_err(|cause| StoreError::Unreachable(Cause::of(cause)))?;
        let client = Arc::new(client);
        let link = Self {
            client,
            ahead: RefCell::default(),
            open: RefCell::default(),
            runtime: Some(runtime),
            statements: RefCell::default(),
        };
        link.script(SETTLE)?;
        Ok(link)
    }

    /// Begins a transaction that writes, and waits until no other writes. Where that takes too long none is begun.
    ///
    /// Each statement has to see what the last writer kept, so the isolation is named: a server may have another habit.
    pub(super) fn begin_write(&self) -> Result<(), StoreError> {
        self.open.borrow_mut().clear();
        let begun = self.script(&format!("BEGIN ISOLATION LEVEL READ COMMITTED; {ONE_AT_A_TIME}"));
        if begun.is_err() {
            self.script("ROLLBACK")?;
        }
        begun
    }

    /// Begins a transaction that reads one snapshot.
    pub(super) fn begin_read(&self) -> Result<(), StoreError> {
        self.open.borrow_mut().clear();
        self.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    }

    /// Commits. After a statement that failed PostgreSQL would undo all and call it done; the first word asks it.
    pub(super) fn commit(&self) -> Result<(), StoreError> {
        self.script("SELECT 1; COMMIT")
    }

    /// Does statements that have no values, as they are written.
    pub(super) fn script(&self, sql: &str) -> Result<(), StoreError> {
        let (failed, answer) = self.wait_for_all(self.client.batch_execute(sql))?;
        match failed {
            // What is undone may have failed.
            Some(cause) if !sql.starts_with("ROLLBACK") => Err(cause.into()),
            _ => Ok(answer?),
        }
    }

    /// Does a piece of the schema.
    pub(super) fn schema(&self, sql: &str) -> Result<(), StoreError> {
        self.script(&dialect::schema(sql))
    }

    /// Makes what the schema needs.
    pub(super) fn before_schema(&self) -> Result<(), StoreError> {
        self.script(dialect::BEFORE_SCHEMA)
    }

    /// Sends a statement. What it fails by is said with the next answer.
    pub(super) fn execute(&self, sql: &str, args: &[Arg<'_>]) -> Result<(), StoreError> {
        let (client, statement) = (Arc::clone(&self.client), self.statement(sql)?);
        let args: Vec<Kept> = args.iter().map(Kept::from).collect();
        let asked = async move { client.execute_raw(&statement, args).await };
        self.ahead.borrow_mut().push(Ahead::new(asked));
        if self.ahead.borrow().len() >= AHEAD_MAX {
            self.wait(async { Ok(()) })?;
        }
        Ok(())
    }

    /// Hands rows to `take` as they come, until it says `false`; `take` may ask for others.
    pub(super) fn each<E: From<StoreError>>(
        &self,
        sql: &str,
        args: &[Arg<'_>],
        take: &mut dyn FnMut(&Row<'_>) -> Result<bool, E>,
    ) -> Result<(), E> {
        let statement = self.statement(sql)?;
        let coming = self.wait(self.client.query_raw(&statement, args.iter().copied()))?;
        let depth = self.open.borrow().len();
        self.open.borrow_mut().push(Rows::new(coming));
        let done = self.hand_out(take);
        self.open.borrow_mut().truncate(depth);
        done
    }

    fn hand_out<E: From<StoreError>>(
        &self,
        take: &mut dyn FnMut(&Row<'_>) -> Result<bool, E>,
    ) -> Result<(), E> {
        while let Some(row) = self.next_row()? {
            if !take(&Row::from(&row))? {
                break;
            }
        }
        Ok(())
    }

    fn next_row(&self) -> Result<Option<tokio_postgres::Row>, StoreError> {
        let runtime = self.runtime.as_ref().ok_or(StoreError::Closed)?;
        let mut open = self.open.borrow_mut();
        open.last_mut().map_or(Ok(None), |rows| Ok(runtime.block_on(rows.next())?))
    }

    fn statement(&self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(kept) = self.statements.borrow().get(sql) {
            return Ok(kept.clone());
        }
        let prepared = self.wait(self.client.prepare(&dialect::statement(sql)))?;
        let mut kept = self.statements.borrow_mut();
        if kept.len() >= STATEMENTS_MAX {
            kept.clear();
        }
        kept.insert(sql.to_owned(), prepared.clone());
        Ok(prepared)
    }

    /// Waits for an answer, and for all that was sent before.
    fn wait<T>(
        &self,
        asked: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, StoreError> {
        let (failed, answer) = self.wait_for_all(asked)?;
        Ok(failed.map_or(answer, Err)?)
    }

    /// The first failure of what was sent before, and the answer.
    fn wait_for_all<T>(
        &self,
        asked: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<(Option<tokio_postgres::Error>, Result<T, tokio_postgres::Error>), StoreError> {
        let runtime = self.runtime.as_ref().ok_or(StoreError::Closed)?;
        if let Some(rows) = self.open.borrow_mut().last_mut() {
            runtime.block_on(rows.fetch_rest());
        }
        Ok(runtime.block_on(ahead::then(self.ahead.take(), asked)))
    }
}

impl Drop for Link {
    /// A runtime may not end on a thread that answers requests, where an office may be dropped: it ends by itself.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn connect(server: &Server) -> Result<Client, tokio_postgres::Error> {
    let ended = |result: Result<(), tokio_postgres::Error>| {
        // Whoever asks next is told; this is for who reads the log.
        if let Err(cause) = result {
            tracing::debug!(%cause, "a connection to the database ended");
        }
    };
    match &server.tls {
        Some(tls) => {
            let tls = MakeRustlsConnect::new(tls.as_ref().clone());
            let (client, connection) = server.config.connect(tls).await?;
            tokio::spawn(async move { ended(connection.await) });
            Ok(client)
        }
        None => {
            let (client, connection) = server.config.connect(NoTls).await?;
            tokio::spawn(async move { ended(connection.await) });
            Ok(client)
        }
    }
}

//! PostgreSQL: one connection, driven on the thread that asks, with the statements it has prepared.
//!
//! Each connection has a runtime of its own, so a statement costs no change of threads; therefore nothing here may be
//! called on a thread that answers requests.

mod dialect;

mod filling;

use std::cell::RefCell;
use std::collections::HashMap;

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::error::Cause;
use super::place::Server;
use super::{Arg, Row, StoreError};

/// So many prepared statements are kept.
const STATEMENTS_MAX: usize = 400;

/// The lock that every transaction that writes takes first: one at a time on a database, whatever process it is of, so
/// that revs are seen in the order in which they were given. The number is this program's own.
const ONE_AT_A_TIME: &str = "SELECT pg_advisory_xact_lock(6977406)";

/// What a session is told at its beginning. A machine that died may hold the lock no longer than a minute or two; a
/// receipt is never given for what is not on disk.
const SETTLE: &str = "SET client_min_messages = warning; SET lock_timeout = '60s'; SET statement_timeout = 0;
    SET idle_in_transaction_session_timeout = '5min';
    SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;
    DO $$ BEGIN IF current_setting('synchronous_commit') IN ('off', 'local') THEN SET synchronous_commit = on; END IF; END $$";

/// One connection.
pub(super) struct Link {
    client: Client,
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
        let link = Self { client, runtime: Some(runtime), statements: RefCell::default() };
        link.script(SETTLE)?;
        Ok(link)
    }

    /// Begins a transaction that writes, and waits until no other writes.
    pub(super) fn begin_write(&self) -> Result<(), StoreError> {
        self.script(&format!("BEGIN; {ONE_AT_A_TIME}"))
    }

    /// Begins a transaction that reads one snapshot.
    pub(super) fn begin_read(&self) -> Result<(), StoreError> {
        self.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    }

    /// Commits. After a statement that failed PostgreSQL would undo all and call it done; the first word asks it.
    pub(super) fn commit(&self) -> Result<(), StoreError> {
        self.script("SELECT 1; COMMIT")
    }

    /// Does statements that have no values, as they are written.
    pub(super) fn script(&self, sql: &str) -> Result<(), StoreError> {
        self.wait(self.client.batch_execute(sql))
    }

    /// Does a piece of the schema.
    pub(super) fn schema(&self, sql: &str) -> Result<(), StoreError> {
        self.script(&dialect::schema(sql))
    }

    /// Makes what the schema needs.
    pub(super) fn before_schema(&self) -> Result<(), StoreError> {
        self.script(dialect::BEFORE_SCHEMA)
    }

    /// Does a statement, and says how many rows it touched.
    pub(super) fn execute(&self, sql: &str, args: &[Arg<'_>]) -> Result<usize, StoreError> {
        let statement = self.statement(sql)?;
        let touched = self.wait(self.client.execute_raw(&statement, handed(args)))?;
        Ok(usize::try_from(touched).unwrap_or(usize::MAX))
    }

    /// Hands rows to `take` until it says `false`. They are all fetched before: `take` may ask for others.
    pub(super) fn each<E: From<StoreError>>(
        &self,
        sql: &str,
        args: &[Arg<'_>],
        take: &mut dyn FnMut(&Row<'_>) -> Result<bool, E>,
    ) -> Result<(), E> {
        let statement = self.statement(sql)?;
        let params: Vec<&(dyn ToSql + Sync)> = handed(args).collect();
        for row in self.wait(self.client.query(&statement, &params))? {
            if !take(&Row::from(&row))? {
                break;
            }
        }
        Ok(())
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

    fn wait<T>(
        &self,
        asked: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, StoreError> {
        let runtime = self.runtime.as_ref().ok_or(StoreError::Closed)?;
        Ok(runtime.block_on(asked)?)
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

fn handed<'a>(args: &'a [Arg<'_>]) -> impl ExactSizeIterator<Item = &'a (dyn ToSql + Sync)> {
    args.iter().map(|arg| arg as &(dyn ToSql + Sync))
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

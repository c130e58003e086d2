//! One connection to whichever database it is: transactions, statements, the schema.

use rusqlite::{Connection, params_from_iter};

use super::postgres::Link;
use super::{Arg, Place, Row, StoreError, sqlite};

/// One connection.
pub(super) enum Session {
    Sqlite(Connection),
    Postgres(Box<Link>),
}

impl Session {
    /// Opens one that writes.
    pub(super) fn open_writer(place: &Place) -> Result<Self, StoreError> {
        match place {
            Place::File(path) => sqlite::open_writer(path).map(Self::Sqlite),
            Place::Postgres(server) => Link::open(server).map(Box::new).map(Self::Postgres),
        }
    }

    /// Opens one that reads.
    pub(super) fn open_reader(place: &Place) -> Result<Self, StoreError> {
        match place {
            Place::File(path) => sqlite::open_reader(path).map(Self::Sqlite),
            Place::Postgres(server) => Link::open(server).map(Box::new).map(Self::Postgres),
        }
    }

    /// Begins a transaction that writes; no other does at the same time.
    pub(super) fn begin_write(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => Ok(connection.execute_batch("BEGIN IMMEDIATE")?),
            Self::Postgres(link) => link.begin_write(),
        }
    }

    /// Begins a transaction that reads one snapshot.
    pub(super) fn begin_read(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => Ok(connection.execute_batch("BEGIN")?),
            Self::Postgres(link) => link.begin_read(),
        }
    }

    /// Keeps all that was done since the beginning; it is on the disk when this returns.
    pub(super) fn commit(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => Ok(connection.execute_batch("COMMIT")?),
            Self::Postgres(link) => link.commit(),
        }
    }

    /// Undoes all that was done since the beginning.
    pub(super) fn rollback(&self) -> Result<(), StoreError> {
        self.script("ROLLBACK")
    }

    /// Whether the database ended the transaction by itself: SQLite does where the disk is full.
    pub(super) fn has_given_up(&self) -> bool {
        matches!(self, Self::Sqlite(connection) if connection.is_autocommit())
    }

    /// Does statements that have no values.
    pub(super) fn script(&self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                statement.execute([])?;
                Ok(())
            }
            Self::Postgres(link) => link.script(sql),
        }
    }

    /// Does a piece of the schema.
    pub(super) fn schema(&self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => Ok(connection.execute_batch(sql)?),
            Self::Postgres(link) => link.schema(sql),
        }
    }

    /// Makes what the schema needs that SQLite has of itself.
    pub(super) fn before_schema(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(link) => link.before_schema(),
        }
    }

    /// Does a statement; PostgreSQL says with its next answer why it did not.
    pub(super) fn execute(&self, sql: &str, args: &[Arg<'_>]) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                statement.execute(params_from_iter(args))?;
                Ok(())
            }
            Self::Postgres(link) => link.execute(sql, args),
        }
    }

    /// Hands rows to `take` until it says `false`.
    pub(super) fn each<E: From<StoreError>>(
        &self,
        sql: &str,
        args: &[Arg<'_>],
        take: &mut dyn FnMut(&Row<'_>) -> Result<bool, E>,
    ) -> Result<(), E> {
        let connection = match self {
            Self::Sqlite(connection) => connection,
            Self::Postgres(link) => return link.each(sql, args, take),
        };
        let mut statement = connection.prepare_cached(sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params_from_iter(args)).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            if !take(&Row::from(row))? {
                break;
            }
        }
        Ok(())
    }
}

//! What can go wrong with the database, as a closed list.
//!
//! The sentences are for the log and the terminal; what people see is made from a code.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use tokio_postgres::error::SqlState;

/// What the database itself said.
#[derive(Clone, Debug)]
pub struct Cause(Arc<dyn Error + Send + Sync>);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Cause {
    pub(super) fn of(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(Arc::from(cause.into()))
    }
}

/// Why the database did not do it.
#[derive(Clone, Debug)]
pub enum StoreError {
    /// No room left: nothing of the write was kept.
    DiskFull,
    /// Somebody else held the database for longer than we wait.
    Busy,
    /// A row broke a rule of the schema.
    Constraint(Cause),
    /// A column holds something this version cannot read.
    Unreadable {
        /// Which column of the row, from 0.
        column: usize,
    },
    /// The file is no database, or a damaged one.
    Damaged(Cause),
    /// The database was made by a newer version of this program.
    TooNew {
        /// The number of the newest migration in the file.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The connection broke: what was under way may have been kept, or not. To do it again does no harm.
    Lost(Cause),
    /// No connection could be had.
    Unreachable(Cause),
    /// The database is not set up as this program needs it.
    Unsuitable(String),
    /// The work panicked; nothing of it was kept.
    Panicked,
    /// The office is shutting down.
    Closed,
    /// Anything else the database says.
    Sql(Cause),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DiskFull => f.write_str(
                "the disk is full: nothing was stored; free some space, the phones keep everything until then",
            ),
            Self::Busy => f.write_str(
                "somebody else held the database for too long, nothing of this was kept: try again; if it goes on, look which other program uses the database",
            ),
            Self::Constraint(_) => f.write_str("a row breaks a rule of the database"),
            Self::Unreadable { column } => write!(f, "column {column} holds something unreadable"),
            Self::Damaged(_) => f.write_str(
                "the file is not a database of this program, or is damaged: restore the last backup",
            ),
            Self::TooNew { found, known } => write!(
                f,
                "the database was made by a newer version (migration {found}, this program knows {known}): install that version"
            ),
            Self::Lost(_) => f.write_str(
                "the connection to the database broke; whether the write was kept is not known, to do it again does no harm",
            ),
            Self::Unreachable(_) => f.write_str(
                "the database cannot be reached: is it running, and are the name, the password and the address right?",
            ),
            Self::Unsuitable(why) => f.write_str(why),
            Self::Panicked => f.write_str("a write failed by a mistake of this program; it was undone"),
            Self::Closed => f.write_str("the office is shutting down"),
            Self::Sql(_) => f.write_str("the database refused"),
        }
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Constraint(cause)
            | Self::Damaged(cause)
            | Self::Lost(cause)
            | Self::Unreachable(cause)
            | Self::Sql(cause) => Some(cause.0.as_ref()),
            _ => None,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(cause: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match cause.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::ConstraintViolation) => Self::Constraint(Cause::of(cause)),
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged(Cause::of(cause)),
            _ => Self::Sql(Cause::of(cause)),
        }
    }
}

/// What PostgreSQL says when it ends the connection with its answer, or cannot serve for now.
const GOING_DOWN: [SqlState; 4] = [
    SqlState::ADMIN_SHUTDOWN,
    SqlState::CRASH_SHUTDOWN,
    SqlState::CANNOT_CONNECT_NOW,
    SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
];

/// Another transaction was in the way.
const IN_THE_WAY: [SqlState; 3] =
    [SqlState::LOCK_NOT_AVAILABLE, SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED];

impl From<tokio_postgres::Error> for StoreError {
    fn from(cause: tokio_postgres::Error) -> Self {
        let Some(state) = cause.code() else {
            let line_is_dead =
                cause.is_closed() || cause.source().is_some_and(|below| below.is::<std::io::Error>());
            return if line_is_dead { Self::Lost(Cause::of(cause)) } else { Self::Sql(Cause::of(cause)) };
        };
        if *state == SqlState::DISK_FULL {
            Self::DiskFull
        } else if GOING_DOWN.contains(state) {
            Self::Lost(Cause::of(cause))
        } else if IN_THE_WAY.contains(state) {
            Self::Busy
        } else if state.code().starts_with("23") {
            Self::Constraint(Cause::of(cause))
        } else {
            Self::Sql(Cause::of(cause))
        }
    }
}

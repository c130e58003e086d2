//! What can go wrong with the database, as a closed list.
//!
//! The sentences are for the log and the terminal; what people see is made from a code.

use std::fmt;

/// Why the database did not do it.
#[derive(Debug)]
pub enum StoreError {
    /// No room left: nothing of the write was kept.
    DiskFull,
    /// Somebody else held the database for longer than we wait.
    Busy,
    /// A row broke a rule of the schema.
    Constraint(rusqlite::Error),
    /// A column holds something this version cannot read.
    Unreadable {
        /// Which column of the row, from 0.
        column: usize,
    },
    /// The file is no database, or a damaged one.
    Damaged(rusqlite::Error),
    /// The database was made by a newer version of this program.
    TooNew {
        /// The number of the newest migration in the file.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The work panicked; nothing of it was kept.
    Panicked,
    /// The office is shutting down.
    Closed,
    /// Anything else the database says.
    Sql(rusqlite::Error),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DiskFull => f.write_str(
                "the disk is full: nothing was stored; free some space, the phones keep everything until then",
            ),
            Self::Busy => f.write_str("another program holds the database: stop it and try again"),
            Self::Constraint(_) => f.write_str("a row breaks a rule of the database"),
            Self::Unreadable { column } => write!(f, "column {column} holds something unreadable"),
            Self::Damaged(_) => f.write_str(
                "the file is not a database of this program, or is damaged: restore the last backup",
            ),
            Self::TooNew { found, known } => write!(
                f,
                "the database was made by a newer version (migration {found}, this program knows {known}): install that version"
            ),
            Self::Panicked => f.write_str("a write failed by a mistake of this program; it was undone"),
            Self::Closed => f.write_str("the office is shutting down"),
            Self::Sql(_) => f.write_str("the database refused"),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Constraint(cause) | Self::Damaged(cause) | Self::Sql(cause) => Some(cause),
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
            Some(ErrorCode::ConstraintViolation) => Self::Constraint(cause),
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged(cause),
            _ => Self::Sql(cause),
        }
    }
}

impl StoreError {
    /// The same error for a second person whose write was in the same transaction.
    pub(super) fn for_another(&self) -> Self {
        match self {
            Self::DiskFull => Self::DiskFull,
            Self::Busy => Self::Busy,
            Self::Closed => Self::Closed,
            Self::Sql(rusqlite::Error::SqliteFailure(code, words)) => {
                Self::Sql(rusqlite::Error::SqliteFailure(*code, words.clone()))
            }
            _ => Self::Panicked,
        }
    }
}

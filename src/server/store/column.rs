//! Values read from SQL. What cannot be read is an error value, never a panic.

use domain::id::{
    CategoryId, ChildId, DeviceId, EntryId, EventId, HouseholdId, ImportId, NeedId, PersonId, UnitId,
};
use rusqlite::types::ValueRef;
use tokio_postgres::types::{FromSql, Type};

use super::StoreError;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column<'a> {
    /// NULL.
    Null,
    /// A whole number, or truth.
    Int(i64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// Something that no column of ours holds.
    Other,
}

impl<'a> Column<'a> {
    const fn int(self) -> Option<i64> {
        if let Self::Int(number) = self { Some(number) } else { None }
    }

    const fn text(self) -> Option<&'a str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    const fn bytes(self) -> Option<&'a [u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }
}

impl<'a> From<ValueRef<'a>> for Column<'a> {
    fn from(value: ValueRef<'a>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::Int(number),
            ValueRef::Text(bytes) => std::str::from_utf8(bytes).map_or(Self::Other, Self::Text),
            ValueRef::Blob(bytes) => Self::Bytes(bytes),
            ValueRef::Real(_) => Self::Other,
        }
    }
}

impl<'a> FromSql<'a> for Column<'a> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(match *kind {
            Type::INT8 => Self::Int(i64::from_sql(kind, raw)?),
            Type::INT4 => Self::Int(i32::from_sql(kind, raw)?.into()),
            Type::BOOL => Self::Int(bool::from_sql(kind, raw)?.into()),
            Type::TEXT => Self::Text(<&str>::from_sql(kind, raw)?),
            Type::BYTEA => Self::Bytes(raw),
            _ => Self::Other,
        })
    }

    fn from_sql_null(_kind: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(_kind: &Type) -> bool {
        true
    }
}

/// One row of an answer.
pub struct Row<'r>(Of<'r>);

/// Whose row it is.
enum Of<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

impl<'r> From<&'r rusqlite::Row<'r>> for Row<'r> {
    fn from(row: &'r rusqlite::Row<'r>) -> Self {
        Self(Of::Sqlite(row))
    }
}

impl<'r> From<&'r tokio_postgres::Row> for Row<'r> {
    fn from(row: &'r tokio_postgres::Row) -> Self {
        Self(Of::Postgres(row))
    }
}

impl Row<'_> {
    /// Reads a column, counted from 0.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where it holds something else.
    pub fn get<T: FromColumn>(&self, column: usize) -> Result<T, StoreError> {
        T::from_column(self.column(column)?).ok_or(StoreError::Unreadable { column })
    }

    /// A column's bytes as they lie in the database, for what is read by the hundred thousand.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where it holds something else.
    pub fn bytes(&self, column: usize) -> Result<&[u8], StoreError> {
        self.column(column)?.bytes().ok_or(StoreError::Unreadable { column })
    }

    /// What a column holds.
    pub(super) fn column(&self, column: usize) -> Result<Column<'_>, StoreError> {
        Ok(match self.0 {
            Of::Sqlite(row) => row.get_ref(column)?.into(),
            Of::Postgres(row) => row.try_get(column)?,
        })
    }
}

/// What can be read from a column.
pub trait FromColumn: Sized {
    /// The value, or `None` where the column holds something else.
    fn from_column(value: Column<'_>) -> Option<Self>;
}

impl FromColumn for i64 {
    fn from_column(value: Column<'_>) -> Option<Self> {
        value.int()
    }
}

macro_rules! whole_numbers {
    ($($kind:ty),*) => {$(
        impl FromColumn for $kind {
            fn from_column(value: Column<'_>) -> Option<Self> {
                <$kind>::try_from(value.int()?).ok()
            }
        }
    )*};
}
whole_numbers!(i32, u64, u32, u16, u8);

impl FromColumn for bool {
    fn from_column(value: Column<'_>) -> Option<Self> {
        value.int().map(|number| number != 0)
    }
}

impl FromColumn for String {
    fn from_column(value: Column<'_>) -> Option<Self> {
        value.text().map(str::to_owned)
    }
}

impl FromColumn for Vec<u8> {
    fn from_column(value: Column<'_>) -> Option<Self> {
        value.bytes().map(<[u8]>::to_vec)
    }
}

impl<const N: usize> FromColumn for [u8; N] {
    fn from_column(value: Column<'_>) -> Option<Self> {
        value.bytes()?.try_into().ok()
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(value: Column<'_>) -> Option<Self> {
        match value {
            Column::Null => Some(None),
            other => T::from_column(other).map(Some),
        }
    }
}

macro_rules! ids {
    ($($kind:ty),*) => {$(
        impl FromColumn for $kind {
            fn from_column(value: Column<'_>) -> Option<Self> {
                <$kind>::from_slice(value.bytes()?)
            }
        }
    )*};
}
ids!(EntryId, HouseholdId, ImportId, PersonId, UnitId, DeviceId, CategoryId, ChildId, EventId, NeedId);

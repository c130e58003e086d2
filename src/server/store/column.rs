//! Values read from SQL. What cannot be read is an error value, never a panic.

use domain::id::{
    CategoryId, ChildId, DeviceId, EntryId, EventId, HouseholdId, ImportId, NeedId, PersonId, UnitId,
};
use rusqlite::types::ValueRef;

use super::StoreError;

/// One row of an answer.
pub struct Row<'r>(pub(super) &'r rusqlite::Row<'r>);

impl Row<'_> {
    /// Reads a column, counted from 0.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where it holds something else.
    pub fn get<T: FromColumn>(&self, column: usize) -> Result<T, StoreError> {
        let value = self.0.get_ref(column)?;
        T::from_column(value).ok_or(StoreError::Unreadable { column })
    }

    /// A column's bytes as they lie in the database, for what is read by the hundred thousand.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where it holds something else.
    pub fn bytes(&self, column: usize) -> Result<&[u8], StoreError> {
        self.0.get_ref(column)?.as_blob().map_err(|_| StoreError::Unreadable { column })
    }
}

/// What can be read from a column.
pub trait FromColumn: Sized {
    /// The value, or `None` where the column holds something else.
    fn from_column(value: ValueRef<'_>) -> Option<Self>;
}

impl FromColumn for i64 {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok()
    }
}

macro_rules! whole_numbers {
    ($($kind:ty),*) => {$(
        impl FromColumn for $kind {
            fn from_column(value: ValueRef<'_>) -> Option<Self> {
                <$kind>::try_from(value.as_i64().ok()?).ok()
            }
        }
    )*};
}
whole_numbers!(i32, u64, u32, u16, u8);

impl FromColumn for bool {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok().map(|number| number != 0)
    }
}

impl FromColumn for String {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        value.as_str().ok().map(str::to_owned)
    }
}

impl FromColumn for Vec<u8> {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        value.as_blob().ok().map(<[u8]>::to_vec)
    }
}

impl<const N: usize> FromColumn for [u8; N] {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        value.as_blob().ok()?.try_into().ok()
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Null => Some(None),
            other => T::from_column(other).map(Some),
        }
    }
}

macro_rules! ids {
    ($($kind:ty),*) => {$(
        impl FromColumn for $kind {
            fn from_column(value: ValueRef<'_>) -> Option<Self> {
                <$kind>::from_slice(value.as_blob().ok()?)
            }
        }
    )*};
}
ids!(EntryId, HouseholdId, ImportId, PersonId, UnitId, DeviceId, CategoryId, ChildId, EventId, NeedId);

//! Values handed to SQL: whole numbers, text, bytes, nothing. No other kind is portable enough.

use bytes::BytesMut;
use domain::id::{
    CategoryId, ChildId, DeviceId, EntryId, EventId, HouseholdId, ImportId, NeedId, PersonId, UnitId,
};
use rusqlite::types::{ToSqlOutput, ValueRef};
use tokio_postgres::types::{IsNull, Type, to_sql_checked};

/// One value handed to a statement.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// NULL.
    Null,
    /// A whole number; days, times, counts and truth are these too.
    Int(i64),
    /// Text.
    Text(&'a str),
    /// Bytes; ids are these.
    Bytes(&'a [u8]),
}

impl rusqlite::ToSql for Arg<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl tokio_postgres::types::ToSql for Arg<'_> {
    /// As the type that PostgreSQL found for the place: a number that is asked for as text is written out.
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self, kind) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Int(number), &Type::INT8) => number.to_sql(kind, out),
            (Self::Int(number), &Type::INT4) => i32::try_from(*number)?.to_sql(kind, out),
            (Self::Int(number), &Type::INT2) => i16::try_from(*number)?.to_sql(kind, out),
            (Self::Int(number), &Type::BOOL) => (*number != 0).to_sql(kind, out),
            // PostgreSQL keeps no sign NUL in text: the sign for what cannot be shown stands for it.
            (Self::Text(text), &Type::TEXT) if text.contains('\0') => {
                text.replace('\0', "\u{fffd}").to_sql(kind, out)
            }
            (Self::Text(text), &Type::TEXT) => text.to_sql(kind, out),
            (Self::Bytes(bytes), &Type::BYTEA) => bytes.to_sql(kind, out),
            (other, _) => Err(format!("{} where the database wants {kind}", other.kind()).into()),
        }
    }

    fn accepts(_kind: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Arg<'_> {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Int(_) => "a number",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
        }
    }
}

/// What can be handed to a statement.
pub trait ToArg {
    /// The value as SQL takes it.
    fn to_arg(&self) -> Arg<'_>;
}

impl ToArg for Arg<'_> {
    fn to_arg(&self) -> Arg<'_> {
        *self
    }
}

impl ToArg for str {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self)
    }
}

impl ToArg for String {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self)
    }
}

impl ToArg for [u8] {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Bytes(self)
    }
}

impl ToArg for Vec<u8> {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Bytes(self)
    }
}

impl<const N: usize> ToArg for [u8; N] {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Bytes(self)
    }
}

impl<T: ToArg + ?Sized> ToArg for &T {
    fn to_arg(&self) -> Arg<'_> {
        (**self).to_arg()
    }
}

impl<T: ToArg> ToArg for Option<T> {
    fn to_arg(&self) -> Arg<'_> {
        self.as_ref().map_or(Arg::Null, ToArg::to_arg)
    }
}

macro_rules! whole_numbers {
    ($($kind:ty),*) => {$(
        impl ToArg for $kind {
            fn to_arg(&self) -> Arg<'_> {
                Arg::Int(i64::from(*self))
            }
        }
    )*};
}
whole_numbers!(i64, i32, u32, u16, u8, bool);

impl ToArg for u64 {
    fn to_arg(&self) -> Arg<'_> {
        // A counter beyond 2^63 is no counter of ours; it is kept at the top of the range.
        Arg::Int(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

macro_rules! ids {
    ($($kind:ty),*) => {$(
        impl ToArg for $kind {
            fn to_arg(&self) -> Arg<'_> {
                Arg::Bytes(self.as_bytes())
            }
        }
    )*};
}
ids!(EntryId, HouseholdId, ImportId, PersonId, UnitId, DeviceId, CategoryId, ChildId, EventId, NeedId);

/// The arguments of a statement: `args![id, name, 3]`.
#[macro_export]
macro_rules! args {
    () => { &[] as &[$crate::store::Arg<'_>] };
    ($($value:expr),+ $(,)?) => {
        &[$($crate::store::ToArg::to_arg(&$value)),+] as &[$crate::store::Arg<'_>]
    };
}

//! Ids as types: a household's id is not a person's.
//!
//! Every id is a UUIDv7 written as 36 characters in JSON and 16 bytes in SQL. Time and randomness
//! are handed in; nothing here reads a clock.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Makes the bits of a UUIDv7 from a time and 10 random bytes.
fn v7(unix_ms: i64, random: [u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(unix_ms.max(0).unsigned_abs(), &random).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Makes a new id from a time in Unix milliseconds and 10 random bytes.
            #[must_use]
            pub fn new(unix_ms: i64, random: [u8; 10]) -> Self {
                Self(v7(unix_ms, random))
            }

            /// Takes the id from its 16 bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// Takes the id from 16 bytes of unknown length; `None` when they are not 16.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                Uuid::from_slice(bytes).ok().map(Self)
            }

            /// Reads the id from its written form; `None` when it is not one.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::try_parse(text).ok().map(Self)
            }

            /// The 16 bytes, as SQL keeps them.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.hyphenated())
            }
        }
    )*};
}

ids! {
    /// An [`Entry`](crate::entry::Entry): one immutable thing somebody did.
    EntryId;
    /// A household in hardship (困难职工家庭); one file per family.
    HouseholdId;
    /// A person of the union who signs in: helper, chair, registrar…
    PersonId;
    /// A unit of the union's tree (矿工会, 分会, 支会).
    UnitId;
    /// One person's database on one phone (本机库).
    DeviceId;
    /// A row of the union's categories (类别).
    CategoryId;
    /// A child of a household.
    ChildId;
    /// A major event of a household.
    EventId;
    /// Something a household asked for (诉求).
    NeedId;
    /// A roster taken in, whole (导入).
    ImportId;
}

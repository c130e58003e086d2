//! Rows handed to one table by the thousand.

use std::pin::Pin;

use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

use super::Link;
use crate::store::{Arg, StoreError};

/// A table that is being filled.
pub(in crate::store) struct Filling<'l> {
    link: &'l Link,
    rows: Pin<Box<BinaryCopyInWriter>>,
}

impl Link {
    /// Fills `table (columns)`, whose columns are of these kinds, said as SQLite says them.
    pub(in crate::store) fn copy_in(&self, columns: &str, kinds: &[&str]) -> Result<Filling<'_>, StoreError> {
        let kind = |kind: &&str| match *kind {
            "INTEGER" => Type::INT8,
            "TEXT" => Type::TEXT,
            _ => Type::BYTEA,
        };
        let kinds: Vec<Type> = kinds.iter().map(kind).collect();
        let sink = self.wait(self.client.copy_in(&format!("COPY {columns} FROM STDIN BINARY")))?;
        Ok(Filling { link: self, rows: Box::pin(BinaryCopyInWriter::new(sink, &kinds)) })
    }
}

impl Filling<'_> {
    /// One row more.
    pub(in crate::store) fn put(&mut self, values: &[Arg<'_>]) -> Result<(), StoreError> {
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        self.link.wait(self.rows.as_mut().write(&values))
    }

    /// That was all.
    pub(in crate::store) fn finish(mut self) -> Result<(), StoreError> {
        self.link.wait(self.rows.as_mut().finish()).map(drop)
    }
}

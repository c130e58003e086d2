//! One connection inside a transaction: [`Reader`] reads, [`Tx`] writes too.
//!
//! Statements are prepared once per connection and kept.

use std::cell::RefCell;
use std::ops::Deref;

use super::session::Session;
use super::{Arg, Row, StoreError};

/// Reads, on one snapshot.
pub struct Reader<'c> {
    session: &'c Session,
}

impl<'c> Reader<'c> {
    pub(super) fn new(session: &'c Session) -> Self {
        Self { session }
    }

    /// Every row, read by `read`.
    ///
    /// # Errors
    /// What the database or `read` says.
    pub fn all<T, E: From<StoreError>>(
        &self,
        sql: &str,
        args: &[Arg<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, E>,
    ) -> Result<Vec<T>, E> {
        let mut found = Vec::new();
        self.each(sql, args, |row| {
            found.push(read(row)?);
            Ok::<(), E>(())
        })?;
        Ok(found)
    }

    /// Hands every row to `take`, keeping none.
    ///
    /// # Errors
    /// What the database or `take` says.
    pub fn each<E: From<StoreError>>(
        &self,
        sql: &str,
        args: &[Arg<'_>],
        mut take: impl FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.session.each(sql, args, &mut |row| take(row).map(|()| true))
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// What the database or `read` says.
    pub fn first<T, E: From<StoreError>>(
        &self,
        sql: &str,
        args: &[Arg<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        let (mut read, mut found) = (Some(read), None);
        self.session.each(sql, args, &mut |row| {
            found = read.take().map(|read| read(row)).transpose()?;
            Ok::<_, E>(false)
        })?;
        Ok(found)
    }

    /// The one number of a statement such as `SELECT count(*) …`; 0 where it has no row.
    ///
    /// # Errors
    /// What the database says.
    pub fn count(&self, sql: &str, args: &[Arg<'_>]) -> Result<i64, StoreError> {
        Ok(self.first(sql, args, |row| row.get::<i64>(0))?.unwrap_or(0))
    }
}

/// Writes, and reads what it wrote. All of it is kept, or nothing.
pub struct Tx<'c> {
    reader: Reader<'c>,
    /// Why a statement of this part was not done. SQLite would go on; PostgreSQL does not, so nobody may.
    failed: RefCell<Option<StoreError>>,
}

impl<'c> Tx<'c> {
    pub(super) fn new(session: &'c Session) -> Self {
        Self { reader: Reader::new(session), failed: RefCell::default() }
    }

    /// Does it. Why it was not done may be said only with what is read next, or at the end of the write.
    ///
    /// # Errors
    /// What the database says.
    pub fn execute(&self, sql: &str, args: &[Arg<'_>]) -> Result<(), StoreError> {
        self.reader
            .session
            .execute(sql, args)
            .inspect_err(|why| *self.failed.borrow_mut() = Some(why.clone()))
    }

    /// Does `work` so that its failure undoes only itself.
    ///
    /// # Errors
    /// What `work` says, or the database.
    pub fn nested<T, E: From<StoreError>>(&self, work: impl FnOnce(&Self) -> Result<T, E>) -> Result<T, E> {
        self.begin_part("nested")?;
        let done = work(self);
        self.end_part("nested", done.is_ok())?;
        done
    }

    /// Begins a part that can be undone alone.
    pub(super) fn begin_part(&self, name: &str) -> Result<(), StoreError> {
        match self.failed.borrow().as_ref() {
            Some(why) => Err(why.clone()),
            None => self.reader.session.script(&format!("SAVEPOINT {name}")),
        }
    }

    /// Keeps it as a piece of the whole, or undoes it and nothing else.
    ///
    /// It cannot be kept where a statement in it failed and nobody minded.
    pub(super) fn end_part(&self, name: &str, keep: bool) -> Result<(), StoreError> {
        let session = self.reader.session;
        let release = format!("RELEASE {name}");
        let kept = match self.failed.take() {
            Some(why) if keep => Err(why),
            None if keep => session.script(&release),
            _ => Ok(()),
        };
        if !keep || kept.is_err() {
            session.script(&format!("ROLLBACK TO {name}"))?;
            session.script(&release)?;
        }
        kept
    }
}

impl<'c> Deref for Tx<'c> {
    type Target = Reader<'c>;

    fn deref(&self) -> &Self::Target {
        &self.reader
    }
}

//! Rows of an answer as they come, some at a time: a long answer never lies whole in memory.
//!
//! A line answers one question after the other: who asks another in the middle has the rest fetched first.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;
use tokio_postgres::{Error, Row, RowStream};

/// So many are fetched at once.
const AT_ONCE: usize = 256;

/// Those of one answer.
pub(super) struct Rows {
    coming: Pin<Box<RowStream>>,
    here: VecDeque<Row>,
    failed: Option<Error>,
    is_over: bool,
}

impl Rows {
    pub(super) fn new(coming: RowStream) -> Self {
        Self { coming: Box::pin(coming), here: VecDeque::new(), failed: None, is_over: false }
    }

    /// The next; where none is here yet, some are fetched.
    pub(super) async fn next(&mut self) -> Result<Option<Row>, Error> {
        if self.here.is_empty() {
            self.fetch(AT_ONCE).await;
        }
        match self.here.pop_front() {
            Some(row) => Ok(Some(row)),
            None => self.failed.take().map_or(Ok(None), Err),
        }
    }

    /// Fetches all that are still to come.
    pub(super) async fn fetch_rest(&mut self) {
        self.fetch(usize::MAX).await;
    }

    async fn fetch(&mut self, most: usize) {
        let mut fetched = 0;
        while !self.is_over && fetched < most {
            match poll_fn(|context| self.coming.as_mut().poll_next(context)).await {
                Some(Ok(row)) => self.here.push_back(row),
                Some(Err(failed)) => (self.failed, self.is_over) = (Some(failed), true),
                None => self.is_over = true,
            }
            fetched += 1;
        }
    }
}

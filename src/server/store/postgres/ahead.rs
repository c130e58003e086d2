//! Statements whose answer nobody waits for yet: they are on their way, in their order, while the next is being made.
//!
//! What one of them failed by is said with the next answer that is waited for, at the latest with the end of its part.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;

use bytes::BytesMut;
use tokio_postgres::Error;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use crate::store::Arg;

/// A statement on its way, and what came of it.
pub(super) struct Ahead {
    asked: Pin<Box<dyn Future<Output = Result<u64, Error>> + Send>>,
    done: Option<Result<u64, Error>>,
}

impl Ahead {
    pub(super) fn new(asked: impl Future<Output = Result<u64, Error>> + Send + 'static) -> Self {
        Self { asked: Box::pin(asked), done: None }
    }
}

/// Sends what is ahead in its order, then what is asked; gives the first failure of what was ahead, and the answer.
pub(super) async fn then<T>(
    mut ahead: Vec<Ahead>,
    asked: impl Future<Output = Result<T, Error>>,
) -> (Option<Error>, Result<T, Error>) {
    let mut asked = pin!(asked);
    // A statement is sent when it is looked at for the first time.
    let first = poll_fn(|context| {
        for one in &mut ahead {
            if let Poll::Ready(done) = one.asked.as_mut().poll(context) {
                one.done = Some(done);
            }
        }
        Poll::Ready(asked.as_mut().poll(context))
    });
    let first = first.await;
    let mut failed = None;
    for one in ahead {
        let done = match one.done {
            Some(done) => done,
            None => one.asked.await,
        };
        failed = failed.or(done.err());
    }
    let answer = match first {
        Poll::Ready(answer) => answer,
        Poll::Pending => asked.await,
    };
    (failed, answer)
}

/// A value that a statement on its way keeps.
#[derive(Debug)]
pub(super) enum Kept {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl From<&Arg<'_>> for Kept {
    fn from(arg: &Arg<'_>) -> Self {
        match arg {
            Arg::Null => Self::Null,
            Arg::Int(number) => Self::Int(*number),
            Arg::Text(text) => Self::Text((*text).to_owned()),
            Arg::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
        }
    }
}

impl ToSql for Kept {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        let arg = match self {
            Self::Null => Arg::Null,
            Self::Int(number) => Arg::Int(*number),
            Self::Text(text) => Arg::Text(text),
            Self::Bytes(bytes) => Arg::Bytes(bytes),
        };
        ToSql::to_sql(&arg, kind, out)
    }

    fn accepts(_kind: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

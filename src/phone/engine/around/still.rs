//! A world that stands still, for tests of what is pure: a fixed clock, counted randomness, a shelf.

use super::{Around, Work};
use crate::{
    engine::rows::Rows,
    store::{Database, Found, Read, Row, Write},
    vault::Vault,
};
use std::{cell::Cell, collections::BTreeMap, future::Future, pin::Pin, rc::Rc};

/// 2026-11-21 in Unix milliseconds.
pub const NOW_MS: i64 = 1_795_219_200_000;

/// The world.
#[derive(Default)]
pub struct Still {
    drawn: Cell<u8>,
}

impl Around for Still {
    fn now_ms(&self) -> i64 {
        NOW_MS
    }

    fn random(&self, into: &mut [u8]) {
        self.drawn.set(self.drawn.get().wrapping_add(1));
        into.fill(self.drawn.get());
    }

    fn start(&self, _: Work) {}

    fn wake_in(&self, _: i32, _: Box<dyn FnOnce()>) {}

    fn alone(&self, _: String, _: Work) -> Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(async { false })
    }

    fn tell_tabs(&self, _: &str) {}

    fn on_chance(&self, _: Box<dyn Fn()>) {}

    fn is_hidden(&self) -> bool {
        false
    }

    fn on_tab(&self, _: Box<dyn Fn(String)>) {}

    fn signed_out_elsewhere(&self) -> bool {
        false
    }

    fn forget_signed_out(&self) {}

    fn on_signed_out(&self, _: Box<dyn Fn()>) {}

    fn set_sentinel(&self, _: String, _: String) -> Work {
        Box::pin(async {})
    }

    fn sentinel(&self, _: String) -> Pin<Box<dyn Future<Output = Option<String>>>> {
        Box::pin(async { None })
    }

    fn note(&self, _: &str) {}

    fn persist(&self) -> Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(async { false })
    }
}

/// Rows of a database that is never opened.
pub fn rows() -> Rows {
    Rows {
        database: Database::new("lzd-work-test".to_owned(), &[]),
        vault: Rc::new(Vault::new([3; 32])),
        around: Rc::new(Still::default()),
    }
}

/// Object stores in memory, for what a plan reads and writes.
#[derive(Default)]
pub struct Shelves(BTreeMap<(&'static str, String), Row>);

impl Shelves {
    /// What reads find.
    pub fn read(&self, reads: &[Read]) -> Vec<Found> {
        reads.iter().map(|read| self.read_one(read)).collect()
    }

    /// Every row of an object store.
    pub fn all(&self, store: &'static str) -> Found {
        let rows = self.0.iter().filter(|((of, _), _)| *of == store);
        rows.map(|((_, key), row)| (key.clone(), row.clone())).collect()
    }

    /// One transaction.
    pub fn write(&mut self, writes: Vec<Write>) {
        for write in writes {
            match write {
                Write::Put(store, key, row) => drop(self.0.insert((store, key), row)),
                Write::Delete(store, key) => drop(self.0.remove(&(store, key))),
            }
        }
    }

    fn read_one(&self, read: &Read) -> Found {
        let rows = self.all(read.store()).into_iter();
        match read {
            Read::One(_, key) => rows.filter(|(of, _)| of == key).collect(),
            Read::After(_, key, limit) => rows.filter(|(of, _)| of > key).take(*limit as usize).collect(),
            Read::All(_) => rows.collect(),
            Read::Between(_, first, last) => rows.filter(|(of, _)| of >= first && of <= last).collect(),
            Read::Keys(_) => rows.map(|(key, _)| (key, Row::Unread)).collect(),
        }
    }
}

//! What the phone writes keeps the contract of the disk, case by case: over maps here, over IndexedDB in `indexed_db`.
//! What only a browser can do to it (half a transaction, a full disk, a kill) is walked in the built app, in
//! `tests/browser/storage.rs`, `room.rs` and `killing.rs`.

use super::{Seen, to_cards, to_work};
use crate::{
    engine::{
        around::still::{Shelves, rows},
        rows::Rows,
        shelf,
    },
    store::{Row, Write},
};
use domain::id::EntryId;
use protocol::{
    changes::{Card, StatusLine},
    deposit::Head,
    record::Record,
};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use sync::{
    contract::disk::{CardsCase, WorkCase, cards_cases, work_cases},
    memory::disk::{Cards, Work},
    replica::Counter,
};

/// Everything the phone keeps of `work`; of a receipt only when it came, for its word is a status of its own.
#[derive(PartialEq, Debug)]
pub(super) struct Kept {
    counter: Option<Counter>,
    head: Option<Head>,
    told: Option<Head>,
    outbox: BTreeMap<EntryId, Record>,
    sent: BTreeMap<EntryId, (Record, Option<i64>)>,
    own: BTreeMap<EntryId, Vec<u8>>,
    statuses: BTreeMap<EntryId, StatusLine>,
}

pub(super) fn kept(work: &Work) -> Kept {
    Kept {
        counter: Some(work.counter.clone()),
        head: work.head,
        told: work.told,
        outbox: work.outbox.clone(),
        sent: work
            .sent
            .iter()
            .map(|(id, sent)| (*id, (sent.record.clone(), Some(sent.received_ms))))
            .collect(),
        own: work.own.clone(),
        statuses: work.statuses.clone(),
    }
}

/// What lays out the object stores of a phone with this work.
pub(super) fn laid(rows: &Rows, work: &Work) -> Vec<Write> {
    let mut writes = vec![rows.put(shelf::META, shelf::COUNTER, &work.counter).unwrap()];
    writes.extend(work.head.map(|head| rows.put(shelf::META, shelf::HEAD, &head).unwrap()));
    writes.extend(work.told.map(|told| rows.put(shelf::META, shelf::TOLD, &told).unwrap()));
    let record =
        |store, record: &Record| Write::Put(store, record.id.to_string(), Row::Record(record.clone()));
    writes.extend(work.outbox.values().map(|one| record(shelf::OUTBOX, one)));
    for (id, sent) in &work.sent {
        writes.push(record(shelf::SENT, &sent.record));
        let received = shelf::received(&id.to_string());
        writes.push(rows.put(shelf::STATUSES, &received, &sent.received_ms).unwrap());
    }
    writes.extend(work.own.iter().map(|(id, own)| rows.put_bytes(shelf::OWN, &id.to_string(), own).unwrap()));
    writes.extend(
        work.statuses.iter().map(|(id, line)| rows.put(shelf::STATUSES, &id.to_string(), line).unwrap()),
    );
    writes
}

/// The same of its cards.
pub(super) fn laid_cards(rows: &Rows, cards: &Cards) -> Vec<Write> {
    let put = cards.cards.iter().map(|(id, card)| rows.put(shelf::CARDS, &id.to_string(), card).unwrap());
    let cursor = cards.cursor.iter().map(|cursor| rows.put(shelf::META, shelf::CURSOR, cursor).unwrap());
    put.chain(cursor).collect()
}

/// What lies in the object stores of a phone.
pub(super) fn found(rows: &Rows, shelves: &Shelves) -> Kept {
    let records = |store| -> BTreeMap<EntryId, Record> {
        let rows = shelves.all(store);
        rows.iter().filter_map(|(_, row)| row.record()).map(|record| (record.id, record.clone())).collect()
    };
    let received = received(rows, shelves);
    Kept {
        counter: meta(rows, shelves, shelf::COUNTER),
        head: meta(rows, shelves, shelf::HEAD),
        told: meta(rows, shelves, shelf::TOLD),
        outbox: records(shelf::OUTBOX),
        sent: records(shelf::SENT)
            .into_iter()
            .map(|(id, record)| (id, (record, received.get(&id).copied())))
            .collect(),
        own: all(shelves, shelf::OWN, |key, row| rows.bytes(shelf::OWN, key, row).unwrap()),
        statuses: all(shelves, shelf::STATUSES, |key, row| rows.value(shelf::STATUSES, key, row).unwrap()),
    }
}

/// The rows of a store that lie under an id alone.
fn all<T>(shelves: &Shelves, store: &'static str, open: impl Fn(&str, &Row) -> T) -> BTreeMap<EntryId, T> {
    let rows = shelves.all(store);
    rows.iter().filter_map(|(key, row)| Some((EntryId::parse(key)?, open(key, row)))).collect()
}

fn received(rows: &Rows, shelves: &Shelves) -> BTreeMap<EntryId, i64> {
    let lines = shelves.all(shelf::STATUSES);
    let line = |(key, row): &(String, Row)| {
        let id = EntryId::parse(key.strip_suffix("/received")?)?;
        Some((id, rows.value(shelf::STATUSES, key, row).unwrap()))
    };
    lines.iter().filter_map(line).collect()
}

fn meta<T: DeserializeOwned>(rows: &Rows, shelves: &Shelves, key: &str) -> Option<T> {
    let found = shelves.all(shelf::META).into_iter().find(|(of, _)| of == key);
    found.map(|(_, row)| rows.value(shelf::META, key, &row).unwrap())
}

pub(super) fn found_cards(rows: &Rows, shelves: &Shelves) -> Cards {
    let cards = shelves.all(shelf::CARDS).into_iter();
    let cards = cards.map(|(key, row)| rows.value::<Card>(shelf::CARDS, &key, &row).unwrap());
    Cards {
        cards: cards.map(|card| (card.household, card)).collect(),
        cursor: meta(rows, shelves, shelf::CURSOR),
        union: meta(rows, shelves, shelf::UNION),
    }
}

/// What the plan that applies to `work` has read.
pub(super) fn seen(rows: &Rows, shelves: &Shelves) -> Seen {
    let there = found(rows, shelves);
    Seen {
        outbox: there.outbox,
        sent: Some(there.sent.into_values().map(|(record, _)| record).collect()),
        received: received(rows, shelves),
    }
}

pub(super) fn cases_of_cards() -> Vec<CardsCase> {
    let card = r#"{"household":"01900000-0000-7000-8000-000000000001","rev":1,"since":"2026-01-01"}"#;
    cards_cases(&serde_json::from_str(card).unwrap())
}

#[test]
fn the_phone_keeps_the_contract_of_work() {
    for WorkCase { name, before, writes, after } in work_cases() {
        let rows = rows();
        let mut shelves = Shelves::default();
        shelves.write(laid(&rows, &before));
        assert_eq!(found(&rows, &shelves), kept(&before), "{name}, before");
        shelves.write(to_work(&rows, &writes, &seen(&rows, &shelves)).unwrap());
        assert_eq!(found(&rows, &shelves), kept(&after), "{name}");
    }
}

#[test]
fn the_phone_keeps_the_contract_of_cards() {
    for CardsCase { name, before, writes, after } in cases_of_cards() {
        let rows = rows();
        let mut shelves = Shelves::default();
        shelves.write(laid_cards(&rows, &before));
        shelves.write(to_cards(&rows, &writes).unwrap());
        assert_eq!(found_cards(&rows, &shelves), after, "{name}");
    }
}

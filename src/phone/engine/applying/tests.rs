//! What the store is told is what the memory disk of `sync` does, write by write.

use super::{Seen, to_work};
use crate::engine::{
    around::still::{NOW_MS, Shelves, rows},
    shelf,
};
use domain::{
    file::{Reason, Status},
    id::{DeviceId, EntryId},
};
use protocol::{
    changes::StatusLine,
    deposit::{Head, Receipt, Short},
    record::{EntryHash, Record, Sealed},
};
use std::collections::BTreeMap;
use sync::{
    memory::disk::Work,
    replica::{Counter, Made, WorkWrite},
};

fn id(number: u8) -> EntryId {
    EntryId::new(NOW_MS, [number; 10])
}

fn record(number: u8) -> Record {
    Record {
        device: DeviceId::new(NOW_MS, [9; 10]),
        seq: u64::from(number),
        id: id(number),
        entry_hash: EntryHash::of(&[number]),
        sealed_to: "0".repeat(16),
        bytes: Sealed(vec![number; 40]),
    }
}

fn receipt(number: u8, hash: u8, status: Status) -> Receipt {
    Receipt { id: id(number), entry_hash: EntryHash::of(&[hash]), status, rev: u64::from(number) }
}

fn moved(receipt: Receipt) -> WorkWrite {
    WorkWrite::MoveToSent { receipt, received_ms: NOW_MS }
}

/// Three saved entries, then the lists, each one transaction; both disks must hold the same.
fn check(lists: &[Vec<WorkWrite>]) {
    let rows = rows();
    let counter = Counter::fresh(DeviceId::new(NOW_MS, [9; 10]));
    let (mut disk, mut shelves) = (Work::new(counter.clone()), Shelves::default());
    shelves.write(vec![rows.put(shelf::META, shelf::COUNTER, &counter).unwrap()]);
    for number in 1..=3 {
        let made = Made { counter: counter.clone(), record: record(number), plain: vec![number] };
        disk.save::<()>(id(number), |_| Ok(made.clone())).unwrap();
        let put = crate::store::Write::Put(
            shelf::OUTBOX,
            id(number).to_string(),
            crate::store::Row::Record(made.record),
        );
        shelves.write(vec![put, rows.put_bytes(shelf::OWN, &id(number).to_string(), &[number]).unwrap()]);
    }
    for list in lists {
        disk.apply(list);
        let writes = to_work(&rows, list, &seen(&rows, &shelves)).unwrap();
        shelves.write(writes);
    }
    assert_eq!(records(&shelves, shelf::OUTBOX), disk.outbox);
    assert_eq!(
        records(&shelves, shelf::SENT),
        disk.sent.iter().map(|(id, sent)| (*id, sent.record.clone())).collect()
    );
    let words = shelves.all(shelf::STATUSES).into_iter().filter(|(key, _)| !key.contains('/'));
    let words: Vec<StatusLine> =
        words.map(|(key, row)| rows.value(shelf::STATUSES, &key, &row).unwrap()).collect();
    assert_eq!(words, disk.statuses.values().cloned().collect::<Vec<_>>());
    let meta = |key: &str| shelves.all(shelf::META).into_iter().find(|(of, _)| of == key).map(|(_, row)| row);
    let counter =
        meta(shelf::COUNTER).map(|row| rows.value::<Counter>(shelf::META, shelf::COUNTER, &row).unwrap());
    assert_eq!(counter, Some(disk.counter));
    let head = meta(shelf::HEAD).map(|row| rows.value::<Head>(shelf::META, shelf::HEAD, &row).unwrap());
    assert_eq!(head, disk.head);
}

fn records(shelves: &Shelves, store: &'static str) -> BTreeMap<EntryId, Record> {
    shelves
        .all(store)
        .iter()
        .filter_map(|(_, row)| row.record())
        .map(|record| (record.id, record.clone()))
        .collect()
}

fn seen(rows: &crate::engine::rows::Rows, shelves: &Shelves) -> Seen {
    let received = shelves.all(shelf::STATUSES).into_iter().filter_map(|(key, row)| {
        let id = EntryId::parse(key.strip_suffix("/received")?)?;
        Some((id, rows.value(shelf::STATUSES, &key, &row).unwrap()))
    });
    Seen {
        outbox: records(shelves, shelf::OUTBOX),
        sent: Some(records(shelves, shelf::SENT).into_values().collect()),
        received: received.collect(),
    }
}

#[test]
fn a_receipt_moves_the_record_it_names() {
    check(&[vec![moved(receipt(1, 1, Status::Projected))]]);
    check(&[vec![moved(receipt(1, 2, Status::Projected))]]);
    check(&[vec![moved(receipt(7, 7, Status::Projected))]]);
    check(&[vec![
        moved(receipt(2, 2, Status::Quarantined(Reason::NoSeat))),
        moved(receipt(3, 3, Status::Held)),
    ]]);
}

#[test]
fn an_office_set_back_is_offered_everything_again() {
    let both = vec![moved(receipt(1, 1, Status::Projected)), moved(receipt(2, 2, Status::Projected))];
    check(&[both.clone(), vec![WorkWrite::ReofferSent]]);
    check(&[both, vec![WorkWrite::ReofferSent, moved(receipt(3, 3, Status::Projected))]]);
}

#[test]
fn head_counter_and_statuses_are_kept() {
    let line = |status| StatusLine { id: id(1), status, why: "少一个孩子".to_owned(), rev: 9 };
    let head = Head { epoch: Short::from_bytes([1; 8]), rev: 4, chain: Short::from_bytes([2; 8]) };
    let counter = Counter::fresh(DeviceId::new(NOW_MS, [9; 10])).reopened_as(DeviceId::new(NOW_MS, [8; 10]));
    check(&[vec![WorkWrite::PutHead(head), WorkWrite::PutCounter(counter)]]);
    check(&[
        vec![WorkWrite::PutStatus(line(Status::Quarantined(Reason::Refused)))],
        vec![WorkWrite::PutStatus(line(Status::Projected))],
    ]);
}

#[test]
fn after_ninety_days_the_counted_go() {
    let seen_at = |before_ms| {
        let rows = rows();
        let mut shelves = Shelves::default();
        let sent =
            crate::store::Write::Put(shelf::SENT, id(1).to_string(), crate::store::Row::Record(record(1)));
        shelves.write(vec![
            sent,
            rows.put(shelf::STATUSES, &shelf::received(&id(1).to_string()), &NOW_MS).unwrap(),
        ]);
        let writes = to_work(&rows, &[WorkWrite::PruneSent { before_ms }], &seen(&rows, &shelves)).unwrap();
        shelves.write(writes);
        shelves.all(shelf::SENT).len()
    };
    assert_eq!((seen_at(NOW_MS), seen_at(NOW_MS + 1)), (1, 0));
}

#[test]
fn an_erased_entry_leaves_the_phone() {
    let rows = rows();
    let mut shelves = Shelves::default();
    shelves.write(vec![rows.put_bytes(shelf::OWN, &id(1).to_string(), b"x").unwrap()]);
    let line = StatusLine { id: id(1), status: Status::Erased, why: String::new(), rev: 2 };
    let writes = to_work(&rows, &[WorkWrite::PutStatus(line)], &Seen::default()).unwrap();
    shelves.write(writes);
    assert_eq!((shelves.all(shelf::OWN).len(), shelves.all(shelf::STATUSES).len()), (0, 1));
}

#[test]
fn without_having_read_sent_nothing_is_written() {
    assert!(to_work(&rows(), &[WorkWrite::ReofferSent], &Seen::default()).is_err());
}

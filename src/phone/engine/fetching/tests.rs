//! What a page writes into the queue's database.

use super::{plan, reads};
use crate::{
    engine::{
        Contact,
        around::still::{NOW_MS, Shelves, rows},
        shelf,
    },
    store::{Row, Write},
};
use domain::{
    file::Status,
    id::{DeviceId, EntryId},
};
use protocol::{
    changes::{ChangesPage, StatusLine},
    deposit::{Head, Short},
    record::{EntryHash, Record, Sealed},
};

fn id(number: u8) -> EntryId {
    EntryId::new(NOW_MS, [number; 10])
}

fn record(number: u8) -> Write {
    let record = Record {
        device: DeviceId::new(NOW_MS, [8; 10]),
        seq: u64::from(number),
        id: id(number),
        entry_hash: EntryHash::of(&[number]),
        sealed_to: "0".repeat(16),
        bytes: Sealed(vec![number; 40]),
    };
    let store = if number == 1 { shelf::OUTBOX } else { shelf::SENT };
    Write::Put(store, id(number).to_string(), Row::Record(record))
}

fn page(epoch: u8, statuses: &[(u8, Status)]) -> ChangesPage {
    let line = |(number, status): &(u8, Status)| StatusLine {
        id: id(*number),
        status: *status,
        why: String::new(),
        rev: 9,
    };
    let head = Head { epoch: Short::from_bytes([epoch; 8]), rev: 9, chain: Short::from_bytes([9; 8]) };
    ChangesPage {
        head,
        cursor: head,
        cards: Vec::new(),
        statuses: statuses.iter().map(line).collect(),
        union: None,
        scope: None,
        left: 0,
        server_time_ms: NOW_MS,
    }
}

fn keys(shelves: &Shelves, store: &'static str) -> Vec<String> {
    shelves.all(store).into_iter().map(|(key, _)| key).collect()
}

#[test]
fn a_record_that_came_in_a_file_hears_what_became_of_it() {
    let (rows, contact) = (rows(), Contact { server_time_ms: NOW_MS, offset_ms: 0 });
    let mut shelves = Shelves::default();
    shelves.write(vec![
        record(1),
        record(2),
        record(3),
        rows.put_bytes(shelf::OWN, &id(4).to_string(), &[4]).unwrap(),
    ]);
    let mut hears = |page: &ChangesPage, set_back: bool| {
        let found = shelves.read(&reads(set_back));
        shelves.write(plan(&rows, page, contact, set_back, found).unwrap());
        [shelf::STATUSES, shelf::OUTBOX, shelf::SENT].map(|store| keys(&shelves, store))
    };
    let all: Vec<(u8, Status)> = (1..=5).map(|number| (number, Status::Projected)).collect();
    let ids = |numbers: &[u8]| numbers.iter().map(|number| id(*number).to_string()).collect::<Vec<_>>();
    let heard = hears(&page(1, &all), false);
    assert_eq!(heard, [ids(&[1, 2, 3, 4]), ids(&[1]), ids(&[2, 3])], "not of what was never here");
    let heard = hears(&page(1, &[(2, Status::Erased)]), false);
    assert_eq!(heard[2], ids(&[3]), "what is erased goes");
    let heard = hears(&page(2, &[]), true);
    assert_eq!(
        heard,
        [ids(&[1, 2, 3, 4]), ids(&[1, 3]), ids(&[])],
        "an office set back is offered all again"
    );
}

//! A file's records: another person's, this very device's, those of an earlier key, two under one id.

use super::{NotTakenIn, TakenIn, plan, reads};
use crate::{
    engine::{
        Trouble,
        around::still::{NOW_MS, Shelves, rows},
        rows::Rows,
        shelf,
    },
    store::{Row, Write},
};
use domain::id::{DeviceId, EntryId};
use protocol::{
    record::{EntryHash, Record, Sealed},
    sign_in::OfficeKey,
};
use sync::replica::Counter;

const HERE: u8 = 9;
const KEY: &str = "now";

fn record(number: u8, device: u8, seq: u64, sealed_to: &str) -> Record {
    Record {
        device: DeviceId::new(NOW_MS, [device; 10]),
        seq,
        id: EntryId::new(NOW_MS, [number; 10]),
        entry_hash: EntryHash::of(&[number]),
        sealed_to: sealed_to.to_owned(),
        bytes: Sealed(vec![number; 40]),
    }
}

/// A phone that made five, of which the last waits and the fourth, sealed to an earlier key, was sent.
fn phone(rows: &Rows) -> Shelves {
    let counter = Counter { made: 5, ..Counter::fresh(DeviceId::new(NOW_MS, [HERE; 10])) };
    let key = OfficeKey { id: KEY.to_owned(), public: String::new() };
    let put = |store, record: Record| Write::Put(store, record.id.to_string(), Row::Record(record));
    let mut shelves = Shelves::default();
    shelves.write(vec![
        rows.put(shelf::META, shelf::COUNTER, &counter).unwrap(),
        rows.put(shelf::META, shelf::KEY, &key).unwrap(),
        put(shelf::OUTBOX, record(5, HERE, 5, KEY)),
        put(shelf::SENT, record(4, HERE, 4, "before")),
    ]);
    shelves
}

/// What comes of a file, how many the phone made after it, and how many wait.
fn came(file: &[Record]) -> (Result<TakenIn, NotTakenIn>, u64, usize) {
    let rows = rows();
    let mut shelves = phone(&rows);
    let came = plan(&rows, file, &shelves.read(&reads())).map(|(came, writes)| {
        shelves.write(writes);
        came
    });
    let counter = rows.counter(shelves.read(&reads()).get(1)).unwrap();
    (came, counter.made, shelves.all(shelf::OUTBOX).len())
}

#[test]
fn a_file_is_taken_in_whole_or_not_at_all() {
    let taken = |taken, there| Ok(TakenIn { taken, there });
    let desk = || Err(NotTakenIn::ForTheDesk);
    let spoilt = |number| Record { entry_hash: EntryHash::of(b"other"), ..record(number, HERE, 5, KEY) };
    let anothers = || record(20, 2, 70, KEY);
    let check = |what: &str, file: &[Record], expected| assert_eq!(came(file), expected, "{what}");
    check("what another helper made", &[anothers()], (taken(1, 0), 5, 2));
    check("what is here", &[record(5, HERE, 5, KEY), record(4, HERE, 4, "before")], (taken(0, 2), 5, 1));
    check("one twice", &[anothers(), anothers()], (taken(1, 1), 5, 2));
    let later = [record(7, HERE, 8, KEY), record(6, HERE, 6, KEY)];
    check("what this device made after its backup", &later, (taken(2, 0), 8, 3));
    check("a number nobody gave", &[record(6, HERE, u64::MAX, KEY)], (taken(1, 0), 5, 2));
    check("a key that sealed what is here", &[record(6, HERE, 2, "before")], (taken(1, 0), 5, 2));
    check("a key never heard of", &[anothers(), record(6, HERE, 6, "other")], (desk(), 5, 1));
    check("another record under the id of one here", &[anothers(), spoilt(5)], (desk(), 5, 1));
    check("two records under one id", &[record(6, HERE, 6, KEY), spoilt(6)], (desk(), 5, 1));
}

#[test]
fn a_phone_whose_storage_was_thrown_away_takes_nothing_in() {
    let rows = rows();
    let mut shelves = phone(&rows);
    shelves.write(vec![Write::Delete(shelf::META, shelf::COUNTER.to_owned())]);
    let came = plan(&rows, &[record(6, 2, 6, KEY)], &shelves.read(&reads())).map(|(came, _)| came);
    assert_eq!(came, Err(NotTakenIn::Phone(Trouble::StorageLost)));
}

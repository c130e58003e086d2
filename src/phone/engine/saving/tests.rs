//! The save: once, in order, sealed the same at a repeat, never two contents under one one-time key.

use super::{Contact, Draft, Finished, Saved, Trouble, hex, keep_plan, keep_reads, plan, reads};
use crate::{
    engine::{
        around::still::{NOW_MS, Shelves, rows},
        rows::Rows,
        shelf,
    },
    store::{Row, Write},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    day::Day,
    entry::{Act, Alert, ENTRY_BYTES_MAX, Entry},
    id::{DeviceId, EntryId, HouseholdId, PersonId},
    value::EventKind,
};
use protocol::{
    record::{EntryHash, Record, key_id, open, public_of},
    sign_in::OfficeKey,
};
use sync::replica::Counter;

const SECRET: [u8; 32] = [5; 32];

fn alert(words: &str) -> Act {
    let day = Day::new(2026, 11, 21).unwrap();
    Act::Alert(Alert { kind: EventKind::Illness, words: words.to_owned(), day, rest: serde_json::Map::new() })
}

fn made(number: u8, words: &str) -> Finished {
    let draft = Draft {
        id: EntryId::new(NOW_MS, [number; 10]),
        household: HouseholdId::new(NOW_MS, [1; 10]),
        kind: "alert".to_owned(),
        nonce: hex(&[number; 16]),
        seal_random: hex(&[number; 32]),
        wall_ms: NOW_MS,
        form: domain::verbatim::Verbatim::default(),
        saved_at_ms: NOW_MS,
        hand: crate::engine::Hand::default(),
        seen: crate::engine::Hand::default(),
    };
    let (act, author) = (alert(words), PersonId::new(NOW_MS, [2; 10]));
    Finished { draft, kind: act.kind(), payload: act.payload(), author, wall_ms: NOW_MS }
}

fn fresh(rows: &Rows, made: u64) -> Shelves {
    let mut shelves = Shelves::default();
    let counter = Counter { made, ..Counter::fresh(DeviceId::new(NOW_MS, [9; 10])) };
    let contact = Contact { server_time_ms: NOW_MS, offset_ms: 3 };
    let public = public_of(SECRET);
    let key = OfficeKey { id: key_id(public), public: STANDARD.encode(public) };
    shelves.write(vec![
        rows.put(shelf::META, shelf::COUNTER, &counter).unwrap(),
        rows.put(shelf::META, shelf::CONTACT, &contact).unwrap(),
        rows.put(shelf::META, shelf::KEY, &key).unwrap(),
    ]);
    shelves
}

fn planned(rows: &Rows, shelves: &Shelves, finished: &Finished) -> Result<(Saved, Vec<Write>), Trouble> {
    plan(rows, finished, &shelves.read(&reads(finished.draft.id)))
}

fn save(rows: &Rows, shelves: &mut Shelves, finished: &Finished) -> Result<u64, Trouble> {
    let (saved, writes) = planned(rows, shelves, finished)?;
    shelves.write(writes);
    Ok(saved.seq)
}

fn record(writes: &[Write]) -> Record {
    writes
        .iter()
        .find_map(|write| match write {
            Write::Put(_, _, row) => row.record().cloned(),
            _ => None,
        })
        .unwrap()
}

#[test]
fn one_draft_is_one_entry() {
    let rows = rows();
    let mut shelves = fresh(&rows, 0);
    assert_eq!(save(&rows, &mut shelves, &made(1, "住院")), Ok(1));
    assert_eq!(save(&rows, &mut shelves, &made(1, "住院")), Ok(1));
    assert_eq!(save(&rows, &mut shelves, &made(2, "住院")), Ok(2));
    assert_eq!(shelves.all(shelf::OUTBOX).len(), 2);
    let changed = save(&rows, &mut shelves, &made(1, "出院"));
    assert_eq!(changed, Err(Trouble::SavedBefore(Saved { id: made(1, "").draft.id, seq: 1 })));
}

#[test]
fn the_form_goes_with_its_save_and_does_not_come_back() {
    let rows = rows();
    let mut shelves = fresh(&rows, 0);
    let finished = made(1, "住院");
    let keep = |shelves: &mut Shelves| {
        let found = shelves.read(&keep_reads(finished.draft.id));
        shelves.write(keep_plan(&rows, &finished.draft, &found).unwrap());
    };
    let left = |shelves: &Shelves| [shelf::DRAFTS, shelf::OUTBOX].map(|store| shelves.all(store).len());
    keep(&mut shelves);
    assert_eq!(left(&shelves), [1, 0]);
    // One transaction: whoever is killed has the form or the record, never both.
    let (_, writes) = planned(&rows, &shelves, &finished).unwrap();
    shelves.write(writes);
    assert_eq!(left(&shelves), [0, 1]);
    // What a field that was left still wanted to keep comes after the save.
    keep(&mut shelves);
    assert_eq!(left(&shelves), [0, 1]);
    // It has left the outbox by then.
    let sent = shelves.all(shelf::OUTBOX).pop().unwrap();
    shelves
        .write(vec![Write::Delete(shelf::OUTBOX, sent.0.clone()), Write::Put(shelf::SENT, sent.0, sent.1)]);
    keep(&mut shelves);
    assert_eq!(left(&shelves), [0, 0]);
}

#[test]
fn what_lies_on_the_shelf_is_what_the_office_opens() {
    let rows = rows();
    let mut shelves = fresh(&rows, 6);
    save(&rows, &mut shelves, &made(1, "住院")).unwrap();
    let (key, row) = shelves.all(shelf::OWN).pop().unwrap();
    let own = rows.bytes(shelf::OWN, &key, &row).unwrap();
    let record = shelves.all(shelf::OUTBOX).pop().unwrap().1.record().cloned().unwrap();
    assert_eq!(open(&record.bytes, SECRET).unwrap(), own);
    assert_eq!(EntryHash::of(&own), record.entry_hash);
    let entry: Entry = serde_json::from_slice(&own).unwrap();
    assert_eq!((entry.seq, entry.clock_offset_ms, entry.act()), (7, Some(3), Ok(alert("住院"))));
}

#[test]
fn a_repeat_gives_the_same_bytes_and_another_content_another_one_time_key() {
    let rows = rows();
    let once =
        |made_before, words| record(&planned(&rows, &fresh(&rows, made_before), &made(1, words)).unwrap().1);
    let one_time_key = |record: &Record| record.bytes.0.get(..32).unwrap().to_vec();
    assert_eq!(once(0, "住院"), once(0, "住院"));
    assert_ne!(one_time_key(&once(0, "住院")), one_time_key(&once(1, "住院")), "another tab took the seq");
    assert_ne!(one_time_key(&once(0, "住院")), one_time_key(&once(0, "出院")), "the form was changed");
}

#[test]
fn databases_of_another_key_are_not_those_that_were_opened() {
    let rows = rows();
    let mut shelves = fresh(&rows, 3);
    let anew = Row::Bytes(vec![7; 80]);
    shelves.write(vec![Write::Put(shelf::META, shelf::COUNTER.to_owned(), anew)]);
    assert_eq!(planned(&rows, &shelves, &made(1, "住院")).map(|_| ()), Err(Trouble::StorageLost));
}

#[test]
fn what_cannot_be_compared_is_not_said_to_be_saved_as_it_is_now() {
    let rows = rows();
    let mut shelves = fresh(&rows, 0);
    assert_eq!(save(&rows, &mut shelves, &made(1, "住院")), Ok(1));
    let id = made(1, "").draft.id;
    shelves.write(vec![Write::Put(shelf::OWN, id.to_string(), Row::Bytes(vec![7; 80]))]);
    let again = save(&rows, &mut shelves, &made(1, "住院"));
    assert_eq!(again, Err(Trouble::SavedBefore(Saved { id, seq: 1 })));
}

#[test]
fn an_entry_has_its_largest_size() {
    let rows = rows();
    let mut shelves = fresh(&rows, 0);
    let words = "病".repeat(ENTRY_BYTES_MAX / 3);
    assert_eq!(save(&rows, &mut shelves, &made(1, &words)), Err(Trouble::TooLong));
    assert_eq!(shelves.all(shelf::OUTBOX).len(), 0);
}

#[test]
fn what_another_page_went_on_with_is_not_written_over() {
    let hand = |page, changes| crate::engine::Hand { page, changes };
    let rows = rows();
    for (on_disk, seen, now, expected) in [
        (hand(1, 5), hand(1, 5), hand(1, 5), true), // opened beside, nothing changed
        (hand(1, 5), hand(1, 5), hand(2, 6), true), // gone on with
        (hand(1, 9), hand(1, 5), hand(2, 6), false), // the first page went on meanwhile
        (hand(1, 6), hand(1, 5), hand(2, 6), false), // as often changed is not the same
        (hand(2, 8), hand(1, 5), hand(2, 9), true), // a write of one's own that has not come back yet
        (hand(0, 0), hand(0, 0), hand(2, 1), true), // a draft of an app that noted no hand
    ] {
        let finished = made(1, "A");
        let draft = |hand, seen| Draft { hand, seen, ..finished.draft.clone() };
        let mut shelves = fresh(&rows, 0);
        shelves.write(vec![
            rows.put(shelf::DRAFTS, &finished.draft.id.to_string(), &draft(on_disk, on_disk)).unwrap(),
        ]);
        let here = draft(now, seen);
        let kept = keep_plan(&rows, &here, &shelves.read(&keep_reads(here.id))).map(drop);
        let finished = Finished { draft: here, ..finished };
        let saved = plan(&rows, &finished, &shelves.read(&reads(finished.draft.id))).map(drop);
        let told = if expected { Ok(()) } else { Err(Trouble::KeptElsewhere) };
        assert_eq!((kept, saved), (told.clone(), told), "{on_disk:?} {seen:?} {now:?}");
    }
}

//! The phone's plans: what is written after each answer, and what never is.

use super::*;
use crate::contract::story::{NOW_MS, arrival, day, epoch, handset, household, named, visited};
use domain::{
    entry::Act,
    file::Status,
    observation::{Standing, Stands},
    slot::Slot,
};
use protocol::{deposit::Short, sign_in::OfficeKey};

fn head(of: u8, rev: u64) -> Head {
    Head { epoch: epoch(of), rev, chain: Short::from_bytes([u8::try_from(rev).unwrap(); 8]) }
}

fn record(n: u32) -> Record {
    arrival(&handset(2).entry(n, household(1), &visited(3, "王五"))).record().clone()
}

fn receipt(n: u32, hash: EntryHash) -> Receipt {
    Receipt { id: record(n).id, entry_hash: hash, status: Status::Projected, rev: 9 }
}

fn counter(made: u64) -> Counter {
    Counter { made, ..Counter::fresh(handset(2).device) }
}

/// What is written when records 1 and 2 were deposited and these receipts came.
fn check(shown: Option<Head>, heard: Head, receipts: &[Receipt], held: u64, expected: &[&str]) {
    let deposited = deposit(&counter(2), shown, &[record(1), record(2)], RECORDS_MAX);
    let key = OfficeKey { id: String::new(), public: String::new() };
    let answer =
        DepositAnswer { receipts: receipts.to_vec(), head: heard, server_time_ms: NOW_MS, held, key };
    let writes = absorb_deposit(&counter(2), shown, &deposited, &answer, handset(3).device);
    let words: Vec<String> = writes.iter().map(word).collect();
    assert_eq!(words, expected);
}

fn word(write: &WorkWrite) -> String {
    let number = |id: EntryId| u32::from_be_bytes(id.as_bytes()[..4].try_into().unwrap());
    match write {
        WorkWrite::MoveToSent { receipt, received_ms } => {
            assert_eq!(*received_ms, NOW_MS, "the office's clock");
            format!("sent {}", number(receipt.id))
        }
        WorkWrite::ReofferSent => "offer again".to_owned(),
        WorkWrite::PutStatus(line) => format!("status {}", number(line.id)),
        WorkWrite::PutHead(head) => format!("head {}:{}", head.epoch.as_bytes()[0], head.rev),
        WorkWrite::PutTold(told) => format!("told {}:{}", told.epoch.as_bytes()[0], told.rev),
        WorkWrite::PutCounter(counter) => {
            format!("device {} of {}", counter.device.as_bytes()[0], counter.devices.len())
        }
        WorkWrite::PruneSent { before_ms } => {
            assert_eq!(*before_ms, NOW_MS - SENT_KEPT_MS);
            "prune".to_owned()
        }
    }
}

#[test]
fn a_record_leaves_only_with_a_receipt_of_its_hash() {
    let (one, two) = (record(1), record(2));
    let both = [receipt(1, one.entry_hash), receipt(2, two.entry_hash)];
    check(None, head(1, 9), &both, 2, &["head 1:9", "sent 1", "status 1", "sent 2", "status 2", "prune"]);
    check(None, head(1, 9), &both[..1], 2, &["head 1:9", "sent 1", "status 1", "prune"]);
    let other_hash = [receipt(1, EntryHash::of(b"other"))];
    check(None, head(1, 9), &other_hash, 2, &["head 1:9", "prune"]);
    let not_deposited = [receipt(3, record(3).entry_hash)];
    check(None, head(1, 9), &not_deposited, 2, &["head 1:9", "prune"]);
}

#[test]
fn the_highest_head_is_kept_and_another_epoch_offers_all_again() {
    check(Some(head(1, 3)), head(1, 9), &[], 2, &["head 1:9", "prune"]);
    check(Some(head(1, 9)), head(1, 9), &[], 2, &["prune"]);
    check(Some(head(1, 9)), head(1, 3), &[], 2, &["prune"]);
    check(Some(head(1, 9)), head(2, 3), &[], 2, &["offer again", "head 2:3", "prune"]);
}

#[test]
fn a_phone_set_back_goes_on_as_another_device() {
    check(Some(head(1, 9)), head(1, 9), &[], 3, &["device 3 of 2", "prune"]);
}

#[test]
fn a_page_never_hides_that_the_office_was_set_back() {
    let page = |heard: Head| ChangesPage {
        head: heard,
        cursor: heard,
        server_time_ms: NOW_MS,
        statuses: Vec::new(),
        cards: Vec::new(),
        left: 0,
        union: None,
        scope: None,
    };
    let check = |shown: Option<Head>, heard: Head, expected: &[&str]| {
        let plan = absorb_page(shown, &page(heard));
        assert_eq!(plan.work.iter().map(word).collect::<Vec<_>>(), expected);
        assert_eq!(
            plan.cards,
            [CardsWrite::PutCursor(heard)],
            "the cursor goes with the cards, never before"
        );
    };
    check(None, head(1, 9), &["head 1:9", "told 1:9"]);
    // It showed nothing when it asked: what it was shown before is the proof of what it was promised.
    check(Some(head(1, 3)), head(1, 9), &["told 1:9"]);
    check(Some(head(1, 9)), head(2, 3), &["offer again", "head 2:3", "told 2:3"]);
    assert_eq!(cursor(Some(head(2, 3)), Some(head(1, 9)), None), None);
    assert_eq!(cursor(Some(head(1, 3)), Some(head(1, 9)), None), Some(head(1, 9)));
}

#[test]
fn a_page_half_written_is_asked_for_from_the_beginning() {
    let (shown, cards) = (Some(head(1, 15)), Some(head(1, 14)));
    // The phone died between the statuses of the page up to 18 and its cards. That the office was set back to 15 since
    // is betrayed by neither head: the word "counted" of revision 18 would stay for good.
    assert_eq!(cursor(shown, cards, Some(head(1, 18))), None);
    assert_eq!(cursor(shown, cards, cards), cards);
    let other_past = Head { chain: Short::from_bytes([9; 8]), ..head(1, 14) };
    assert_eq!(cursor(shown, cards, Some(other_past)), None, "as far, on another way");
    assert_eq!(cursor(shown, cards, None), cards, "written by an app that did not note it");
    assert_eq!(cursor(shown, None, Some(head(1, 18))), None, "no cards at all");
}

#[test]
fn a_deposit_keeps_within_its_limits() {
    let large =
        |n: u32, kib: usize| Record { bytes: protocol::record::Sealed(vec![0; kib * 1024]), ..record(n) };
    let count = |outbox: &[Record], most: usize| deposit(&counter(9), None, outbox, most).records.len();
    let small: Vec<Record> = (0..150).map(record).collect();
    assert_eq!((count(&small, RECORDS_MAX), count(&small, 7), count(&[], RECORDS_MAX)), (100, 7, 0));
    let middling: Vec<Record> = (0..20).map(|n| large(n, 60)).collect();
    assert_eq!(count(&middling, RECORDS_MAX), 6, "about 80 KiB each in base64");
    assert_eq!(count(&[large(1, 600), record(2)], RECORDS_MAX), 1, "one is always offered");
    let body = serde_json::to_vec(&deposit(&counter(9), None, &middling, RECORDS_MAX)).unwrap();
    assert!(body.len() <= BODY_BYTES_MAX);
}

#[test]
fn a_body_stays_within_its_limit_however_many_devices_a_phone_was() {
    // Each time a profile comes back from a backup, one more.
    let devices = (0..150).map(|n| DeviceId::from_bytes([n; 16]));
    let counter = devices.fold(counter(9), |counter, device| counter.reopened_as(device));
    let mut fullest = 0;
    // So large in base64 that some of them nearly fill a body.
    for kib in [5, 10, 17, 34, 51, 85, 102, 127, 170, 255, 256] {
        let bytes = Sealed(vec![0; kib * 1024 / 4 * 3]);
        let large: Vec<Record> = (0..100).map(|n| Record { bytes: bytes.clone(), ..record(n) }).collect();
        let offered = deposit(&counter, Some(head(1, 9)), &large, RECORDS_MAX);
        let body = serde_json::to_vec(&offered).unwrap().len();
        assert!(body <= BODY_BYTES_MAX, "{} records of {kib} KiB: {body} bytes", offered.records.len());
        fullest = fullest.max(body);
    }
    assert!(fullest > BODY_BYTES_MAX * 9 / 10, "and is not half empty: {fullest}");
}

#[test]
fn each_entry_has_the_next_number() {
    let making = |n: u32| {
        let entry = handset(2).entry(n, household(1), &visited(3, "王五"));
        Making {
            id: entry.id,
            kind: entry.kind,
            payload: entry.payload,
            household: entry.household,
            author: entry.author,
            wall_ms: entry.wall_ms,
            clock_offset_ms: entry.clock_offset_ms,
            nonce: [7; 16],
            seal_random: [8; 32],
            key_id: "0011223344556677".to_owned(),
            key: [9; 32],
        }
    };
    let make = |counter: &Counter, n: u32| {
        let sealed = |plain: &[u8]| Ok::<_, core::convert::Infallible>(Sealed(plain.to_vec()));
        let Ok(made) = make_with(counter, &making(n), sealed);
        made
    };
    let mut counter = Counter { devices: [3, 2].map(|n| handset(n).device).into(), ..counter(0) };
    for (seq, n) in (1..=3).zip(20..) {
        let made = make(&counter, n);
        assert_eq!(made.counter, Counter { made: seq, ..counter.clone() }, "it counts, and forgets nothing");
        let entry = Entry::from_slice(&made.plain).unwrap();
        assert_eq!((entry.id, entry.device, entry.seq), (record(n).id, handset(2).device, seq));
        let Record { device, seq: told, id, entry_hash, .. } = made.record;
        assert_eq!((device, told, id), (entry.device, seq, entry.id));
        assert_eq!(entry_hash, EntryHash::of(&made.plain));
        counter = made.counter;
    }
}

#[test]
fn a_lost_household_is_offered_once_an_epoch_and_looks_no_fresher() {
    let stands = |on: i32, name: &str| Stands {
        value: named(name)[&Slot::Name].clone(),
        day: day(on),
        by: handset(2).person,
        entry: record(1).id,
    };
    let card: Card = serde_json::from_value(serde_json::json!({
        "household": household(1), "rev": 1, "since": day(0), "unit": crate::contract::story::unit(1),
    }))
    .unwrap();
    let rivals = Standing { values: vec![stands(7, "甲"), stands(9, "乙")], declined: None };
    let card = Card { standings: [(Slot::Name, rivals)].into(), ..card };
    let lost = propose_again(&card, epoch(2), handset(2).device);
    assert_eq!(lost, propose_again(&card, epoch(2), handset(2).device));
    assert_ne!(lost.id, propose_again(&card, epoch(3), handset(2).device).id);
    assert_ne!(lost.id, propose_again(&card, epoch(2), handset(3).device).id);
    let Act::Propose(propose) = &lost.act else { panic!("a proposal") };
    assert_eq!((propose.day, propose.unit, &propose.stated), (day(9), card.unit, &named("乙")));
    assert_eq!(lost.household, household(1));
    // Its id is of the day it speaks of, as if it had been made then: in the order of ids, too, it is no fresher.
    let least = |on: i32| EntryId::new(i64::from(day(on).number()) * 86_400_000, [0; 10]);
    assert!(least(9) < lost.id && lost.id < least(10), "{}", lost.id);
    let of_another = propose_again(&Card { household: household(2), ..card }, epoch(2), handset(2).device);
    assert_ne!(lost.id, of_another.id);
    assert!(least(9) < of_another.id && of_another.id < least(10), "{}", of_another.id);
}

#[test]
fn a_phone_that_has_its_scope_asks_for_nothing() {
    let scope = Scope::of([1, 2].map(household));
    assert!(in_step(&scope, &[1, 2].map(household)));
    assert!(in_step(&scope, &[2, 1].map(household)), "in whatever order it lies there");
    assert!(in_step(&Scope::of([]), &[]));
    for other in [&[][..], &[1], &[1, 3], &[1, 2, 3]] {
        let held: Vec<HouseholdId> = other.iter().copied().map(household).collect();
        assert!(!in_step(&scope, &held), "{other:?}");
    }
}

#[test]
fn a_scope_gap_is_what_each_side_lacks() {
    let gap = scope_gap(&[household(1), household(2)], &[household(2), household(3)]);
    assert_eq!((gap.missing, gap.surplus), (vec![household(1)], vec![household(3)]));
}

#[test]
fn what_a_person_decided_is_not_proposed_again() {
    use domain::file::Reason;
    for (told, expected) in [
        (None, false),
        (Some(Status::Projected), false),
        (Some(Status::Held), false),
        (Some(Status::Quarantined(Reason::IdTaken)), false),
        (Some(Status::Quarantined(Reason::Refused)), true),
        (Some(Status::Erased), true),
    ] {
        assert_eq!(super::is_decided(told), expected, "{told:?}");
    }
}

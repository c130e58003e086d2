//! Cases for a phone's disk, as data: what lies there, one transaction of writes, what lies there after.
//!
//! A store runs them by writing `before`, applying `writes`, and comparing every row with `after`.

use super::story::{NOW_MS, arrival, epoch, handset, household, visited};
use crate::{
    memory::disk::{Cards, Sent, Work},
    replica::{CardsWrite, Counter, SENT_KEPT_MS, WorkWrite},
};
use domain::file::Status;
use protocol::{
    changes::{Card, StatusLine},
    deposit::{Head, Receipt, Short},
    record::{EntryHash, Record},
};

/// A case for the database `work`.
#[derive(Clone, Debug)]
pub struct WorkCase {
    /// What it shows.
    pub name: &'static str,
    /// What lies there.
    pub before: Work,
    /// One transaction.
    pub writes: Vec<WorkWrite>,
    /// What lies there then.
    pub after: Work,
}

/// A case for the database `cards`.
#[derive(Clone, Debug)]
pub struct CardsCase {
    /// What it shows.
    pub name: &'static str,
    /// What lies there.
    pub before: Cards,
    /// One transaction.
    pub writes: Vec<CardsWrite>,
    /// What lies there then.
    pub after: Cards,
}

fn record(n: u32) -> Record {
    arrival(&handset(2).entry(n, household(1), &visited(3, "王五"))).record().clone()
}

fn receipt(n: u32) -> Receipt {
    let record = record(n);
    Receipt { id: record.id, entry_hash: record.entry_hash, status: Status::Projected, rev: n.into() }
}

fn sent(n: u32, received_ms: i64) -> Sent {
    Sent { record: record(n), receipt: receipt(n), received_ms }
}

fn head(of: u8, rev: u64) -> Head {
    Head { epoch: epoch(of), rev, chain: Short::from_bytes([7; 8]) }
}

/// A phone with unsent records and received ones.
fn work(unsent: &[u32], received: &[(u32, i64)]) -> Work {
    let mut work = Work::new(Counter { made: 30, ..Counter::fresh(handset(2).device) });
    work.head = Some(head(1, 9));
    work.outbox = unsent.iter().map(|n| (record(*n).id, record(*n))).collect();
    work.sent = received.iter().map(|(n, ms)| (record(*n).id, sent(*n, *ms))).collect();
    work
}

/// The cases for `work`.
#[must_use]
pub fn work_cases() -> Vec<WorkCase> {
    let move_to_sent = |n: u32| WorkWrite::MoveToSent { receipt: receipt(n), received_ms: NOW_MS };
    let other_hash = Receipt { entry_hash: EntryHash::of(b"other"), ..receipt(1) };
    let line = |rev: u64| StatusLine { id: record(1).id, status: Status::Projected, why: String::new(), rev };
    let case = |name, before: Work, writes, after| WorkCase { name, before, writes, after };
    let with = |work: Work, change: fn(&mut Work)| {
        let mut work = work;
        change(&mut work);
        work
    };
    let kept_since = NOW_MS - SENT_KEPT_MS;
    let mut told = work(&[], &[]);
    told.statuses.insert(line(2).id, line(2));
    let cases = vec![
        case(
            "a receipt moves its record as it is",
            work(&[1, 2], &[]),
            vec![move_to_sent(1)],
            work(&[2], &[(1, NOW_MS)]),
        ),
        case(
            "a receipt of another hash moves nothing",
            work(&[1], &[]),
            vec![WorkWrite::MoveToSent { receipt: other_hash, received_ms: NOW_MS }],
            work(&[1], &[]),
        ),
        case(
            "a receipt twice, or of nothing here, is harmless",
            work(&[1], &[]),
            vec![move_to_sent(1), move_to_sent(1), move_to_sent(3)],
            work(&[], &[(1, NOW_MS)]),
        ),
        case(
            "all of sent is offered again",
            work(&[1], &[(2, 5), (3, 6)]),
            vec![WorkWrite::ReofferSent, WorkWrite::PutHead(head(2, 4))],
            with(work(&[1, 2, 3], &[]), |work| work.head = Some(head(2, 4))),
        ),
        case(
            "offered again and received at once",
            work(&[1], &[(2, 5)]),
            vec![WorkWrite::ReofferSent, move_to_sent(1)],
            work(&[2], &[(1, NOW_MS)]),
        ),
        case(
            "after ninety days a received record goes, an unsent one never",
            work(&[1], &[(2, kept_since - 1), (3, kept_since)]),
            vec![WorkWrite::PruneSent { before_ms: kept_since }],
            work(&[1], &[(3, kept_since)]),
        ),
        case(
            "the last word on an entry stays",
            work(&[], &[]),
            vec![WorkWrite::PutStatus(line(1)), WorkWrite::PutStatus(line(2))],
            told,
        ),
    ];
    [cases, own_cases(), erased_cases()].concat()
}

/// What the phone keeps of itself: how far it was told, and which device it is.
fn own_cases() -> Vec<WorkCase> {
    let told = |of: Option<Head>| Work { told: of, ..work(&[1], &[]) };
    let reopened = Counter::fresh(handset(2).device).reopened_as(handset(3).device);
    vec![
        WorkCase {
            name: "how far was told lies beside the head",
            before: told(Some(head(1, 2))),
            writes: vec![WorkWrite::PutTold(head(1, 8))],
            after: told(Some(head(1, 8))),
        },
        WorkCase {
            name: "a phone set back goes on as another device",
            before: work(&[1], &[]),
            writes: vec![WorkWrite::PutCounter(reopened.clone())],
            after: Work { counter: reopened, ..work(&[1], &[]) },
        },
    ]
}

/// What of `work` is erased by rule is kept nowhere here.
fn erased_cases() -> Vec<WorkCase> {
    let erased = Receipt { status: Status::Erased, ..receipt(1) };
    let line = StatusLine { id: record(1).id, status: Status::Erased, why: String::new(), rev: 2 };
    let mut copied = work(&[2], &[(1, NOW_MS)]);
    copied.own.insert(record(1).id, vec![1]);
    let mut told = work(&[2], &[]);
    told.statuses.insert(line.id, line.clone());
    vec![
        WorkCase {
            name: "what was erased before it arrived goes from the outbox and is kept nowhere",
            before: work(&[1, 2], &[]),
            writes: vec![WorkWrite::MoveToSent { receipt: erased, received_ms: NOW_MS }],
            after: work(&[2], &[]),
        },
        WorkCase {
            name: "what is erased later goes too, and that it was stays",
            before: copied,
            writes: vec![WorkWrite::PutStatus(line)],
            after: told,
        },
    ]
}

/// The cases for `cards`.
#[must_use]
pub fn cards_cases(card: &Card) -> Vec<CardsCase> {
    let put = |rev: u64| CardsWrite::Put(Box::new(Card { rev, ..card.clone() }));
    let cards = |rev: u64, cursor: Option<Head>| Cards {
        cards: [(card.household, Card { rev, ..card.clone() })].into(),
        cursor,
        union: None,
    };
    let case = |name, before, writes, after| CardsCase { name, before, writes, after };
    vec![
        case(
            "cards and cursor in one",
            Cards::default(),
            vec![put(3), CardsWrite::PutCursor(head(1, 3))],
            cards(3, Some(head(1, 3))),
        ),
        case("the later card stays", cards(3, None), vec![put(4)], cards(4, None)),
        case(
            "what left the scope goes",
            cards(3, None),
            vec![CardsWrite::Drop(card.household)],
            Cards::default(),
        ),
        case(
            "dropping what is not here is harmless",
            cards(3, None),
            vec![CardsWrite::Drop(household(9))],
            cards(3, None),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_keeps_the_contract_of_the_disk() {
        for WorkCase { name, mut before, writes, after } in work_cases() {
            before.apply(&writes);
            assert_eq!(before, after, "{name}");
        }
        let card: Card = serde_json::from_str(
            r#"{"household":"01900000-0000-7000-8000-000000000001","rev":1,"since":"2026-01-01"}"#,
        )
        .unwrap();
        for CardsCase { name, mut before, writes, after } in cards_cases(&card) {
            before.apply(&writes);
            assert_eq!(before, after, "{name}");
        }
    }
}

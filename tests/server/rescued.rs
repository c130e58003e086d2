//! A phone's queue as a file at the desk: it counts as its author's, once, and only under who is over the author.

use domain::entry::Act;
use domain::file::{Reason, Status};
use domain::id::EntryId;
use protocol::deposit::Rescued;
use protocol::office::HouseholdFile;
use protocol::sign_in::Role;

use crate::deposit::Visited;
use crate::field::{household, visit};
use crate::world::{NORTH, SOUTH, today};

fn stati(rescued: &Rescued) -> Vec<Status> {
    rescued.receipts.iter().map(|receipt| receipt.status).collect()
}

#[tokio::test]
async fn a_queue_brought_as_a_file_counts_once() {
    let mut visited = Visited::new("rescued_once").await;
    let records = [
        visited.phone.record(household(1), &Act::Visit(visit(today().plus(-1)))),
        visited.phone.record(household(1), &Act::Visit(visit(today()))),
    ];
    let file = visited.phone.deposit_of(&records);
    let first: Rescued = visited.desk.post("/api/rescued", &file).await.ok();
    assert_eq!(stati(&first), [Status::Projected; 2]);
    let ids: Vec<_> = first.receipts.iter().map(|receipt| receipt.id).collect();
    assert_eq!(ids, [records[0].id, records[1].id], "in the order of the records");
    let again: Rescued = visited.desk.post("/api/rescued", &file).await.ok();
    assert_eq!(again, first);
    let answer = visited.phone.deposit(&records).await;
    assert_eq!(answer.receipts, first.receipts, "the phone hears the same when it has a network again");
}

#[tokio::test]
async fn the_file_says_who_vouched_for_a_visit() {
    let mut visited = Visited::new("rescued_vouched").await;
    let records =
        [-1, 0].map(|day| visited.phone.record(household(1), &Act::Visit(visit(today().plus(day)))));
    // The first came by itself before.
    visited.phone.deposit(&records[..1]).await;
    visited.world.set.pass(1_000);
    let file = visited.phone.deposit_of(&records);
    let _: Rescued = visited.desk.post("/api/rescued", &file).await.ok();
    assert_eq!(brought(&mut visited).await, [(records[1].id, "档案员甲".to_owned())]);
}

/// Which entries of the file somebody vouched for, and who.
async fn brought(visited: &mut Visited) -> Vec<(EntryId, String)> {
    let shown: HouseholdFile = visited.desk.get(&format!("/api/households/{}", household(1))).await.ok();
    shown.brought.into_iter().collect()
}

#[tokio::test]
async fn who_vouches_for_what_was_damaged_on_its_way_is_told() {
    let mut visited = Visited::new("rescued_damaged").await;
    let record = visited.phone.record(household(1), &Act::Visit(visit(today())));
    let mut damaged = record.clone();
    damaged.bytes.0.truncate(9);
    visited.phone.deposit(&[damaged]).await;
    visited.world.set.pass(1_000);
    let file = visited.phone.deposit_of(std::slice::from_ref(&record));
    let mended: Rescued = visited.desk.post("/api/rescued", &file).await.ok();
    assert_eq!(stati(&mended), [Status::Projected]);
    assert_eq!(brought(&mut visited).await, [(record.id, "档案员甲".to_owned())]);
}

#[tokio::test]
async fn only_who_is_over_the_author_vouches_for_a_file() {
    let mut visited = Visited::new("rescued_elsewhere").await;
    let mut elsewhere = visited.world.desk("档案员乙", Role::Registrar, SOUTH).await;
    let record = visited.phone.record(household(1), &Act::Visit(visit(today())));
    let file = visited.phone.deposit_of(&[record]);
    let kept: Rescued = elsewhere.post("/api/rescued", &file).await.ok();
    assert_eq!(stati(&kept), [Status::Quarantined(Reason::AuthorMismatch)]);
    let mut helper = visited.world.desk("帮扶人乙", Role::Helper, NORTH).await;
    helper.post("/api/rescued", &file).await.refused(403, "not_allowed");
    // Who was not over the author has vouched for nothing, even where the phone brings it later.
    assert_eq!(brought(&mut visited).await, []);
    let over: Rescued = visited.desk.post("/api/rescued", &file).await.ok();
    assert_eq!(over.receipts.len(), 1);
    assert!(brought(&mut visited).await.iter().all(|(_, name)| name == "档案员甲"));
}

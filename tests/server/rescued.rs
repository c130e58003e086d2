//! A phone's queue as a file at the desk: it counts as its author's, once, and only under who is over the author.

use domain::entry::Act;
use domain::file::{Reason, Status};
use protocol::deposit::Rescued;
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
async fn only_who_is_over_the_author_vouches_for_a_file() {
    let mut visited = Visited::new("rescued_elsewhere").await;
    let mut elsewhere = visited.world.desk("档案员乙", Role::Registrar, SOUTH).await;
    let record = visited.phone.record(household(1), &Act::Visit(visit(today())));
    let file = visited.phone.deposit_of(&[record]);
    let kept: Rescued = elsewhere.post("/api/rescued", &file).await.ok();
    assert_eq!(stati(&kept), [Status::Quarantined(Reason::AuthorMismatch)]);
    let mut helper = visited.world.desk("帮扶人乙", Role::Helper, NORTH).await;
    helper.post("/api/rescued", &file).await.refused(403, "not_allowed");
}

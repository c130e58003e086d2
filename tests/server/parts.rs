//! A list that is longer than one answer is read part by part.

use std::collections::BTreeSet;

use domain::entry::Act;
use domain::id::NeedId;
use domain::visit::Need;
use protocol::office::{NeedRow, ROWS_MAX};

use crate::deposit::Visited;
use crate::field::{asking, household};
use crate::world::{NORTH, today, unit};

#[tokio::test]
async fn what_comes_after_the_first_part_is_reached() {
    let mut visited = Visited::new("parts_needs").await;
    let numbers: Vec<u32> = (0..ROWS_MAX + 2).collect();
    let mut records = Vec::new();
    for few in numbers.chunks(100) {
        let mut visit = asking(today(), NeedId::from_bytes([0; 16]), None);
        let first = visit.needs.remove(0);
        let need = |number: &u32| Need {
            id: NeedId::from_bytes(u128::from(*number).to_be_bytes()),
            ..first.clone()
        };
        visit.needs = few.iter().map(need).collect();
        records.push(visited.phone.record(household(1), &Act::Visit(visit)));
    }
    visited.phone.deposit(&records).await;
    let mut found: Vec<NeedId> = Vec::new();
    for (skip, length) in [(0, ROWS_MAX), (ROWS_MAX, 2), (2 * ROWS_MAX, 0)] {
        let path = format!("/api/needs?unit={}&skip={skip}", unit(NORTH));
        let rows: Vec<NeedRow> = visited.desk.get(&path).await.ok();
        assert_eq!(rows.len(), length as usize, "after {skip}");
        found.extend(rows.iter().map(|row| row.line.need.id));
    }
    assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), numbers.len(), "each once");
}

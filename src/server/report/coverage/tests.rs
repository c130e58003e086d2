//! Coverage reads no household's row: of 100,000 that would be 100 MB for each page of the chair's.

use super::{COUNTED, all_figures};
use crate::args;
use crate::store::db::Alone;
use crate::store::{Place, StoreError};

/// How SQLite goes about it, a line for each table.
fn plan(sql: &str) -> Vec<String> {
    let mut office = Alone::open(&Place::File(":memory:".into()), 0).unwrap();
    let explain = format!("EXPLAIN QUERY PLAN {sql}");
    office
        .write(|tx| tx.all(&explain, args!["", "~"], |row| row.get::<String>(3)))
        .unwrap_or_else(|cause: StoreError| panic!("{sql}: {cause}"))
}

#[test]
fn what_is_counted_is_found_by_an_index_of_its_own() {
    for sql in COUNTED.map(|sql| sql()) {
        let lines = plan(&sql);
        let reads_all = |line: &&String| {
            let of_all = line.starts_with("SCAN household") || line.starts_with("SCAN h ");
            (of_all && !line.contains("household_waiting")) || line.contains("household_unit")
        };
        assert_eq!(lines.iter().find(reads_all), None, "{sql}\n{lines:#?}");
    }
}

#[test]
fn the_figures_lie_in_their_index() {
    let lines = plan(&all_figures());
    assert!(lines.iter().any(|line| line.contains("COVERING INDEX household_figures")), "{lines:#?}");
}

//! The list of failures names tests that exist: a test that is renamed or dropped is noticed there.

use std::fs;

use crate::{breaks, holds, source};

/// Tests a list names that are not in the tree.
fn absent(list: &str, has: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let quoted = list.split('`').skip(1).step_by(2);
    let named = quoted.filter_map(|words| words.split_once(".rs: "));
    named
        .filter(|(file, test)| !has(&format!("{file}.rs"), test))
        .map(|(file, test)| format!("{file}.rs has no test {test}"))
        .collect()
}

fn is_there(file: &str, test: &str) -> bool {
    let text = fs::read_to_string(source::root().join(file)).unwrap_or_default();
    let head = format!("fn {test}(");
    text.match_indices(&head).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default().rsplit("\n\n").next().unwrap_or_default();
        ["#[test]", "::test]", "::test(", "proptest"].iter().any(|mark| before.contains(mark))
    })
}

#[test]
fn every_failure_is_answered_by_a_test_or_a_reason() {
    let list = fs::read_to_string(source::root().join("tests/FAILURES.md")).expect("the list is there");
    holds("the list of failures names tests that exist", absent(&list, is_there));
    let rows = (1..=40).filter(|number| !list.contains(&format!("\n| {number} | ")));
    holds("each of the forty has its row", rows.map(|number| number.to_string()).collect());
    breaks(&absent("`tests/house/failures.rs: not_a_test`", is_there), "not_a_test");
}

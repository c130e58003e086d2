//! The rules of the house (DESIGN §3 and §8) as tests over the tree as it lies there. Each names all offenders at once.
//!
//! A rule is a function from sources to offenders; beside each stands an example that breaks it, so that a rule which
//! sees nothing is noticed. Does not build or run any room.

#![expect(clippy::expect_used, clippy::panic, reason = "a program of tests: what stops it is a failed test")]

use std::collections::BTreeSet;

use source::Source;

mod arrows;
mod code;
mod failures;
mod indexing;
mod layers;
mod map;
mod order;
mod size;
mod source;
mod spoken;
mod words;

/// Fails with every offender of a rule in one message.
#[track_caller]
fn holds(rule: &str, offenders: Vec<String>) {
    let offenders: BTreeSet<String> = offenders.into_iter().collect();
    let list: Vec<String> = offenders.iter().map(|offender| format!("  {offender}")).collect();
    assert!(list.is_empty(), "{rule}\n{} offender(s):\n{}", list.len(), list.join("\n"));
}

/// Fails unless the rule finds the offender in the example.
#[track_caller]
fn breaks(offenders: &[String], wanted: &str) {
    assert!(
        offenders.iter().any(|offender| offender.contains(wanted)),
        "`{wanted}` not among {offenders:#?}"
    );
}

/// The Rust sources of the tree.
fn rust() -> Vec<Source> {
    source::all().into_iter().filter(|source| source.path.ends_with(".rs")).collect()
}

/// One made-up source.
fn example(path: &str, text: &str) -> Vec<Source> {
    vec![Source::new(path, text)]
}

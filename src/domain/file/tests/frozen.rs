//! Entries as the first schema has them, one of each kind at least, each with fields that only a newer app knows. The
//! file beside this one is never changed: what it says must be read for ever, whatever the code becomes.

use super::{
    check,
    story::{Union, id, unit_id},
};
use crate::{
    entry::{Act, Entry, SCHEMA},
    file::{Logged, Status, fold},
};
use serde_json::Value as Json;
use std::{collections::BTreeSet, sync::Arc};

const FIRST_SCHEMA: &str = include_str!("frozen.jsonl");

/// Every kind there is.
const KINDS: [&str; 19] = [
    "alert", "amend", "assign", "confirm", "erase", "import", "judge", "merge", "move", "pair", "propose",
    "register", "reply", "settle", "take_up", "tell", "unmerge", "visit", "withdraw",
];

/// The kinds whose acts keep what they do not understand by themselves, too.
const KEEPING: [&str; 7] = ["alert", "import", "propose", "register", "tell", "visit", "amend"];

fn entries() -> Vec<(&'static str, Entry, Act)> {
    let read = |line: &'static str| {
        let entry: Entry = serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}"));
        let act = entry.act().unwrap_or_else(|why| panic!("{why:?}: {line}"));
        (line, entry, act)
    };
    FIRST_SCHEMA.lines().map(read).collect()
}

#[test]
fn every_kind_is_read_and_stays_as_it_was_written() {
    let entries = entries();
    let kinds: BTreeSet<&str> = entries.iter().map(|(.., act)| act.kind()).collect();
    assert_eq!(kinds, BTreeSet::from(KINDS));
    for (line, entry, act) in &entries {
        assert_eq!((entry.kind.as_str(), entry.schema), (act.kind(), SCHEMA), "{line}");
        assert_eq!(serde_json::to_string(entry).unwrap_or_default(), *line);
    }
}

#[test]
fn what_a_newer_app_added_survives_reading_and_writing() {
    for (line, entry, act) in entries() {
        let as_tree = |text: &str| serde_json::from_str::<Json>(text).unwrap_or_default();
        let (written, again) = (as_tree(entry.payload.text()), as_tree(act.payload().text()));
        assert!(entry.payload.text().contains(r#""newer": {"kept" : [1.0, null]}"#), "{line}");
        if KEEPING.contains(&act.kind()) {
            let without = |tree: &Json| match (tree, act.kind()) {
                (Json::Object(fields), "amend") => fields.get("version").cloned().unwrap_or_default(),
                (tree, _) => tree.clone(),
            };
            assert_eq!(without(&again), without(&written), "{line}");
        }
    }
}

#[test]
fn together_they_say_what_they_always_said() {
    let logged = |(_, entry, _): (_, Entry, _)| Logged { entry: Arc::new(entry.read()), taint: None };
    let all: Vec<Logged> = entries().into_iter().map(logged).collect();
    check(
        &all,
        "visit 20 v20 on -5, visit 10 v11 on 4 confirmed, visit 14 v14 on 4, 赵六8, \
         need 1 answered on 6 told on 7 by 1 by telephone, alert 17 taken up",
    );
    let folded = fold(&all, &Union);
    assert_eq!(folded.statuses.len(), all.len());
    assert!(folded.statuses.values().all(|status| *status == Status::Projected), "{:?}", folded.statuses);
    let joined: Vec<_> = folded.file.visits.iter().filter_map(|line| line.joined).collect();
    assert_eq!(joined, [id(14)]);
    assert_eq!(folded.file.registered.map(|registered| registered.unit), Some(unit_id(2)));
    assert_eq!(folded.file.proposed.map(|(of, ..)| of), Some(id(18)));
}

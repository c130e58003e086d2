//! cargo-mutants on `sync` and the observations of `domain`, shard by shard: each is kept when it ends.
//!
//! The tests are those of `domain` and `sync` and 300 seeds of the simulation. A mutant that was missed is a place where
//! a bug could be without a test to notice it.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use serde_json::{Map, Value, json};

use super::copy::Copy;
use super::fetched;
use super::result::{Outcome, Report, folder};
use crate::say::{self, Watch};
use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

const PART: &str = "mutants";

/// How many shards, so that one takes some minutes.
const SHARDS: usize = 16;

/// Of a hundred mutants so many have to be caught.
const WANTED_PERCENT: u64 = 90;

/// What is mutated.
const FILES: [&str; 8] = [
    "src/sync/card.rs",
    "src/sync/ledger.rs",
    "src/sync/ledger/*.rs",
    "src/sync/replica.rs",
    "src/sync/replica/lost.rs",
    "src/domain/observation.rs",
    "src/domain/file/observing.rs",
    "src/domain/file/versions.rs",
];

/// Two at once, each in a copy of its own: most of the time one of them waits for a compiler that uses one core.
const LANES: usize = 2;

/// Runs the shards that have no result yet; `SHARDS=3` only that many more.
pub fn run(state: &str) -> Result<Report, Trouble> {
    fetched::program("cargo-mutants")?;
    let shards = Report::load(state, PART).and_then(|kept| kept.figures["shards"].as_object().cloned());
    let told = Mutex::new(shards.unwrap_or_default());
    let most = std::env::var("SHARDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SHARDS);
    let left: Vec<usize> = {
        let told = held(&told);
        (0..SHARDS).filter(|shard| !told.contains_key(&shard.to_string())).take(most).collect()
    };
    let next = AtomicUsize::new(0);
    let lane = |number: usize| -> Result<(), Trouble> {
        let copy = Copy::of_tree(&format!("tree-{number}"))?;
        while let Some(shard) = left.get(next.fetch_add(1, Ordering::Relaxed)) {
            let found = one(&copy, *shard, &folder(state).join(format!("mutants-{shard}")))?;
            let mut told = held(&told);
            told.insert(shard.to_string(), found);
            sum(told.clone()).keep(state)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let lanes: Vec<_> = (0..LANES).map(|number| scope.spawn(move || lane(number))).collect();
        lanes.into_iter().try_for_each(|lane| lane.join().unwrap_or_else(|_| Err(tool::failed("a lane"))))
    })?;
    let told = held(&told).clone();
    Ok(sum(told))
}

fn held<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs one shard in a copy; what it came to.
fn one(copy: &Copy, shard: usize, out: &Path) -> Result<Value, Trouble> {
    say::step(&format!("shard {shard} of {SHARDS}"));
    let watch = Watch::start();
    tree::make(out)?;
    let mut command = copy.cargo(&["mutants"]);
    tool::with_tools(&mut command);
    command.env("SEEDS", "300").env("RUST_BACKTRACE", "0");
    command
        .args(["--in-place", "--no-shuffle", "--baseline=run", "--sharding=round-robin", "--shard"])
        .arg(format!("{shard}/{SHARDS}"));
    command.args(FILES.iter().flat_map(|file| ["--file", file]));
    command.args(["--test-package", "domain", "--test-package", "sync", "--test-package", "simulation"]);
    command.args(["--output"]).arg(out).args([
        "--",
        "--locked",
        "--",
        "--skip",
        "whatever_dies_and_wherever",
    ]);
    // It ends badly where a mutant is missed: what counts is what it wrote down.
    tool::heard(&mut command)?;
    let list = tree::read(&out.join("mutants.out/outcomes.json"))?;
    let found = serde_json::from_slice(&list).ok().and_then(|list| outcomes(&list));
    let found = found.ok_or_else(|| Trouble::Failed {
        what: format!("shard {shard}"),
        hint: format!(
            "The tests have to pass before anything is mutated. If they pass in the tree itself, delete {} and start again.",
            copy.built("").display()
        ),
    })?;
    say::note(&format!("shard {shard}: {}", watch.words()));
    Ok(found)
}

/// What a shard came to, from cargo-mutants' own list, if it ran to its end: none where the tests failed before
/// anything was mutated, or nothing was.
fn outcomes(list: &Value) -> Option<Value> {
    list["end_time"].as_str()?;
    let all = list["outcomes"].as_array()?;
    all.iter().find(|one| one["scenario"] == "Baseline" && one["summary"] == "Success")?;
    list["total_mutants"].as_u64().filter(|&mutants| mutants > 0)?;
    let missed = all.iter().filter(|one| one["summary"] == "MissedMutant");
    let missed: Vec<&Value> = missed.map(|one| &one["scenario"]["Mutant"]["name"]).collect();
    let caught = list["caught"].as_u64()? + list["timeout"].as_u64()?;
    Some(json!({ "caught": caught, "missed": missed }))
}

fn sum(shards: Map<String, Value>) -> Report {
    let caught: u64 = shards.values().filter_map(|shard| shard["caught"].as_u64()).sum();
    let missed = shards.values().filter_map(|shard| shard["missed"].as_array());
    let missed = missed.map(|names| u64::try_from(names.len()).unwrap_or(u64::MAX)).sum::<u64>();
    let percent = (caught * 100).checked_div(caught + missed).unwrap_or(0);
    let outcome = match (shards.len(), percent >= WANTED_PERCENT) {
        (0, _) => Outcome::NotRun,
        (SHARDS, true) => Outcome::Passed,
        (SHARDS, false) => Outcome::Failed,
        _ => Outcome::Begun,
    };
    let words =
        format!("{caught} of {} caught ({percent} %), {} of {SHARDS} shards", caught + missed, shards.len());
    let failed =
        if outcome == Outcome::Failed { vec![format!("less than {WANTED_PERCENT} %")] } else { Vec::new() };
    Report { figures: json!({ "shards": shards }), ..Report::of(PART, outcome, 0, failed, words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shards(number: usize, caught: u64, missed: &[&str]) -> Report {
        sum((0..number)
            .map(|shard| (shard.to_string(), json!({ "caught": caught, "missed": missed })))
            .collect())
    }

    #[test]
    fn a_shard_counts_only_if_the_tests_passed_before_anything_was_mutated() {
        let list = |baseline: &str, mutants: u64| {
            outcomes(&json!({
                "end_time": "2026-11-24T00:19:01Z", "total_mutants": mutants, "caught": mutants, "timeout": 0,
                "outcomes": [{ "scenario": "Baseline", "summary": baseline }],
            }))
        };
        assert_eq!(list("Success", 2), Some(json!({ "caught": 2, "missed": [] })));
        assert_eq!(list("Failure", 2), None);
        assert_eq!(list("Success", 0), None);
    }

    #[test]
    fn shards_add_up_and_all_of_them_are_wanted() {
        let begun = shards(3, 19, &["replace one"]);
        assert_eq!(
            (begun.outcome, begun.words.as_str()),
            (Outcome::Begun, "57 of 60 caught (95 %), 3 of 16 shards")
        );
        assert_eq!(shards(SHARDS, 9, &["one"]).outcome, Outcome::Passed);
        assert_eq!(shards(SHARDS, 8, &["one"]).outcome, Outcome::Failed);
        assert_eq!(shards(0, 0, &[]).outcome, Outcome::NotRun);
    }
}

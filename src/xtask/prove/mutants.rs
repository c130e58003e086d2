//! cargo-mutants on `sync` and the observations of `domain`, shard by shard: each is kept when it ends.
//!
//! The tests are those of `domain` and `sync` and 300 seeds of the simulation. A mutant that was missed is a place where
//! a bug could be without a test to notice it.

use std::path::Path;

use serde_json::Value;

use super::copy::Copy;
use super::fetched;
use super::result::{Outcome, Report, folder};
use crate::say::{self, Watch};
use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

const PART: &str = "mutants";

/// How many shards, so that one takes some minutes.
const SHARDS: u64 = 16;

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

/// Runs the shards that have no result yet; `SHARDS=3` only that many more.
pub fn run(state: &str) -> Result<Report, Trouble> {
    fetched::program("cargo-mutants")?;
    let copy = Copy::of_tree()?;
    let most: u64 = std::env::var("SHARDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SHARDS);
    let mut left = most;
    for shard in 0..SHARDS {
        let out = folder(state).join(format!("mutants-{shard}"));
        if left == 0 || outcomes(&out).is_some() {
            continue;
        }
        left -= 1;
        say::step(&format!("shard {shard} of {SHARDS}"));
        let watch = Watch::start();
        tree::make(&out)?;
        let mut command = copy.cargo(&["mutants"]);
        tool::with_tools(&mut command);
        command.env("SEEDS", "300").env("RUST_BACKTRACE", "0");
        command
            .args(["--in-place", "--no-shuffle", "--baseline=run", "--sharding=round-robin", "--shard"])
            .arg(format!("{shard}/{SHARDS}"));
        command.args(FILES.iter().flat_map(|file| ["--file", file]));
        command.args(["--test-package", "domain", "--test-package", "sync", "--test-package", "simulation"]);
        command.args(["--output"]).arg(&out).args([
            "--",
            "--locked",
            "--",
            "--skip",
            "whatever_dies_and_wherever",
        ]);
        // It ends badly where a mutant is missed: what counts is what it wrote down.
        tool::heard(&mut command)?;
        say::note(&watch.words());
    }
    Ok(sum(state))
}

/// What a shard came to: cargo-mutants' own list.
fn outcomes(out: &Path) -> Option<Value> {
    let value: Value =
        serde_json::from_slice(&tree::read(&out.join("mutants.out/outcomes.json")).ok()?).ok()?;
    value["end_time"].is_string().then_some(value)
}

fn sum(state: &str) -> Report {
    let shards: Vec<Value> =
        (0..SHARDS).filter_map(|shard| outcomes(&folder(state).join(format!("mutants-{shard}")))).collect();
    let count = |name: &str| -> u64 { shards.iter().filter_map(|shard| shard[name].as_u64()).sum() };
    let (caught, missed) = (count("caught") + count("timeout"), count("missed"));
    let survivors = shards.iter().flat_map(|shard| shard["outcomes"].as_array().into_iter().flatten());
    let survivors = survivors.filter(|one| one["summary"] == "MissedMutant");
    let survivors: Vec<Value> = survivors.map(|one| one["scenario"]["Mutant"]["name"].clone()).collect();
    let done = u64::try_from(shards.len()).unwrap_or(0);
    let percent = (caught * 100).checked_div(caught + missed).unwrap_or(0);
    let enough = percent >= WANTED_PERCENT;
    let outcome = match (done, enough) {
        (0, _) => Outcome::NotRun,
        (SHARDS, true) => Outcome::Passed,
        (SHARDS, false) => Outcome::Failed,
        _ => Outcome::Begun,
    };
    let words = format!("{caught} of {} caught ({percent} %), {done} of {SHARDS} shards", caught + missed);
    let failed =
        if outcome == Outcome::Failed { vec![format!("less than {WANTED_PERCENT} %")] } else { Vec::new() };
    Report {
        figures: serde_json::json!({ "missed": survivors }),
        ..Report::of(PART, outcome, 0, failed, words)
    }
}

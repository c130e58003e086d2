//! Many phones, one office, everything that goes wrong, by seed (DESIGN §5). Knows domain, protocol and
//! sync only: what it proves, it proves of the code that phone and server run.
//!
//! `SEED=17 cargo test -p simulation` replays one run, `SEEDS=100000` makes more of them, `MINUTES=60` as many as
//! there is time for, `FIRST=20000` others. Every tenth seals for real; every fiftieth runs twice and must tell the
//! same story. A seed tells its story only until the simulation itself is changed.

#![expect(clippy::expect_used, reason = "a program of tests: what stops it is a failed test")]

mod came;
mod carrying;
mod chance;
mod checks;
mod crash;
mod desk;
mod failing;
mod fault;
mod helper;
mod mishap;
mod office;
mod phone;
mod rescuing;
mod running;
mod saving;
mod wire;
mod world;

use running::{asked, run, run_all, told};

/// How many seeds a plain `cargo test` runs.
const SEEDS: u64 = 20_000;

/// Seeds that once failed, and of what.
const REGRESSIONS: [u64; 0] = [];

#[test]
fn nothing_acknowledged_is_lost_and_all_agree_in_the_end() {
    if let Some(seed) = asked("SEED") {
        println!("{:#?}", run(seed, true));
        return;
    }
    let all = run_all(asked("FIRST").unwrap_or(0), asked("SEEDS").unwrap_or(SEEDS), asked("MINUTES"));
    println!("{}", all.as_json());
    assert!(all.failed.is_empty(), "{:#?}", all.failed);
    let missing = all.sum.fired.missing();
    let many = all.seeds >= SEEDS;
    assert!(!many || missing.is_empty(), "never happened, so nothing was proved of it: {missing:?}");
    let missing = all.sum.came.missing();
    assert!(!many || missing.is_empty(), "never counted, so nothing was proved of it: {missing:?}");
}

#[test]
fn seeds_that_once_failed() {
    for seed in REGRESSIONS {
        told(seed).unwrap_or_else(|failure| panic!("{failure}"));
    }
}

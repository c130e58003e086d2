//! `cargo xtask bench`: the figures of DESIGN §7, as far as they exist, each with what it should reach.
//!
//! Measures nothing but bytes itself; the other figures are printed by programs of the rooms they belong to.

use crate::bundle::{self, precache::BUDGET_BYTES, twin};
use crate::run;
use crate::say;
use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

/// A program that measures and prints its own table; started with the same places in its environment as the tests.
struct Bench {
    what: &'static str,
    /// Its name in the package `bench`.
    program: &'static str,
}

/// The one list of benches. Add a line with the room that provides it.
const BENCHES: [Bench; 5] = [
    Bench { what: "Deposits per second, over HTTP", program: "deposits" },
    Bench { what: "Nothing new, for one phone", program: "polls" },
    Bench { what: "Coverage of 100,000 households", program: "coverage" },
    Bench { what: "A roster of 10,000 rows: rows per second, peak memory", program: "rosters" },
    Bench { what: "A slow phone: usable without a network, and a save", program: "slow-phone" },
];

/// Builds, then prints every figure.
pub fn bench() -> Result<(), Trouble> {
    first_load()?;
    let office = run::build_office()?;
    for bench in &BENCHES {
        say::step(bench.what);
        let words = ["run", "--quiet", "--release", "--package", "bench", "--bin", bench.program];
        let mut command = tool::cargo(words);
        command.env("LIUZHIDAO_BIN", &office).env("LIUZHIDAO_SITE", tree::site());
        tool::run(&mut command, bench.what)?;
    }
    Ok(())
}

/// The bytes of the phone's precache list, with wasm-opt and without it.
fn first_load() -> Result<(), Trouble> {
    let precache = bundle::build(bundle::Settings { if_stale: true, ..Default::default() })?;
    let unshrunk = twin::brotli(&tree::read(&tree::bundle().join("phone/phone_bg.wasm"))?)?.len();
    let is_app = |path: &str| path.starts_with("/assets/phone-") && path.ends_with(".wasm");
    let shrunk: usize =
        precache.files.iter().filter(|file| is_app(&file.path)).map(|file| file.brotli_bytes).sum();
    let as_built = precache.brotli_bytes();
    let without = as_built - shrunk + unshrunk;
    say::plain(&precache.table());
    let ratio = |bytes: usize| {
        format!("{:>9} bytes, {:>3} % of the budget", say::grouped(bytes), bytes * 100 / BUDGET_BYTES)
    };
    say::plain(&format!("\nfirst load, brotli, as built    {}", ratio(as_built)));
    if unshrunk == shrunk {
        say::plain("                   (no wasm-opt was to be had: both figures are the same)");
    }
    say::plain(&format!("first load, brotli, no wasm-opt {}", ratio(without)));
    if as_built > BUDGET_BYTES {
        say::plain("OVER THE BUDGET of DESIGN §7");
    }
    Ok(())
}

//! `cargo xtask bench`: the figures of DESIGN §7, as far as they exist, each with what it should reach.
//!
//! Measures nothing but bytes itself; the other figures are printed by programs of the rooms they belong to.

use std::path::PathBuf;
use std::process::Command;

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
const BENCHES: [Bench; 7] = [
    Bench { what: "Deposits per second, over HTTP", program: "deposits" },
    Bench { what: "A phone's queue to the office, against PouchDB; over a radio link", program: "queue" },
    Bench { what: "Nothing new, for one phone", program: "polls" },
    Bench { what: "Coverage of 100,000 households", program: "coverage" },
    Bench { what: "A roster of 10,000 rows: rows per second, peak memory", program: "rosters" },
    Bench { what: "A roster taken in over HTTP: time, the office's peak memory", program: "taking-in" },
    Bench { what: "A slow phone: usable without a network, and a save", program: "slow-phone" },
];

/// Builds, then prints every figure.
pub fn bench() -> Result<(), Trouble> {
    first_load()?;
    let office = run::build_office()?;
    let peer = pouchdb();
    for bench in &BENCHES {
        say::step(bench.what);
        let words = ["run", "--quiet", "--release", "--package", "bench", "--bin", bench.program];
        let mut command = tool::cargo(words);
        command.env("LIUZHIDAO_BIN", &office).env("LIUZHIDAO_SITE", tree::site());
        command.envs(peer.iter().map(|folder| ("LIUZHIDAO_POUCHDB", folder)));
        tool::run(&mut command, bench.what)?;
    }
    Ok(())
}

/// The folder with npm's PouchDB and its server, fetched at the first time; said plainly where it is not to be had.
fn pouchdb() -> Option<PathBuf> {
    const PACKAGES: [&str; 3] = ["pouchdb@9.0.0", "express-pouchdb@4.2.0", "express@4.21.2"];
    let folder = tree::tools().join("pouchdb");
    if tool::find("node").is_none() || tool::find("npm").is_none() {
        say::note(
            "no Node here (apt-get install -y nodejs npm, or brew install node): PouchDB is not compared",
        );
        return None;
    }
    if !folder.join("node_modules/express-pouchdb").is_dir() {
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-save", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"]);
        npm.args(["--fetch-retries=1", "--fetch-timeout=60000", "--prefix"]).arg(&folder).args(PACKAGES);
        let fetched = tree::make(&folder).and_then(|()| tool::run(&mut npm, "npm install pouchdb"));
        if let Err(trouble) = fetched {
            say::note(&format!("{trouble}: PouchDB is not compared"));
            return None;
        }
    }
    Some(folder)
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
    if !precache.is_shrunk {
        say::plain("                   (no wasm-opt was to be had: both figures are the same)");
    }
    say::plain(&format!("first load, brotli, no wasm-opt {}", ratio(without)));
    if as_built > BUDGET_BYTES {
        say::plain("OVER THE BUDGET of DESIGN §7");
    }
    Ok(())
}

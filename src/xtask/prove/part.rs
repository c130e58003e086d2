//! The one list of parts. Add a line with the room that provides it.

use super::result::Report;
use super::{bugs, disk, fetched, mutants, program, seeds};
use crate::say;
use crate::tool;
use crate::trouble::Trouble;

/// How to run a part.
pub struct Settings {
    /// How many minutes of simulation, in all.
    pub minutes: u64,
}

/// One part.
pub struct Part {
    pub name: &'static str,
    pub what: &'static str,
    /// What decides its result, beside how all is built and how it is proved: files and folders.
    pub of: &'static [&'static str],
    pub run: fn(&str, &Settings) -> Result<Report, Trouble>,
}

/// What phone and office decide by, and the simulation of it.
const SIMULATION: &[&str] = &["src/domain", "src/protocol", "src/sync", "tests/simulation"];

/// What the office is made of, and its tests.
const OFFICE: &[&str] =
    &["src/domain", "src/protocol", "src/roster", "src/server", "src/sync", "tests/kit", "tests/server"];

/// What the phone keeps, and where.
const PHONE: &[&str] = &["src/domain", "src/phone", "src/protocol", "src/sync"];

/// The office and the phone's app.
const APP: &[&str] = &[
    "public",
    "src/domain",
    "src/phone",
    "src/protocol",
    "src/roster",
    "src/server",
    "src/sync",
    "src/ui",
    "style",
    "tests/browser",
    "tests/kit",
];

/// Wherever a bug may be put, and whatever may catch it.
const ALL: &[&str] = &["public", "src", "style", "tests"];

pub const PARTS: [Part; 9] = [
    Part { name: "simulation", what: "seeds by the clock, on two threads", of: SIMULATION, run: seeds::run },
    Part {
        name: "crash",
        what: "every place to die in the app × in the office × every answer lost",
        of: SIMULATION,
        run: |_, _| program::CRASH.run(),
    },
    Part {
        name: "kills",
        what: "SIGKILL of the real office in the deposit path, per database",
        of: OFFICE,
        run: |_, _| program::KILLS.run(),
    },
    Part {
        name: "chromium",
        what: "kill -9 of the browser while it saves",
        of: APP,
        run: |_, _| program::CHROMIUM.run(),
    },
    Part {
        name: "disk",
        what: "the contract of the phone's disk over IndexedDB, in Chromium",
        of: PHONE,
        run: |_, _| disk::run(),
    },
    Part { name: "engines", what: "the main flow in WebKitGTK and Firefox", of: APP, run: |_, _| engines() },
    Part {
        name: "network",
        what: "portals, gateways, halves, slow roads, cuts at random bytes",
        of: APP,
        run: |_, _| program::NETWORK.run(),
    },
    Part {
        name: "bugs",
        what: "hand-made bugs, each to be caught by a test",
        of: ALL,
        run: |state, _| bugs::run(state),
    },
    Part {
        name: "mutants",
        what: "cargo-mutants on sync and the observations",
        of: SIMULATION,
        run: |state, _| mutants::run(state),
    },
];

/// Firefox is driven by a program from a crate; the rest comes with the system, or that engine is not run.
fn engines() -> Result<Report, Trouble> {
    fetched::program("geckodriver")?;
    let absent: Vec<&str> = ["WebKitWebDriver", "Xvfb", "firefox"]
        .into_iter()
        .filter(|name| tool::find(name).is_none())
        .collect();
    if !absent.is_empty() {
        say::note(&format!("not there: {}. On Debian: {INSTALL}", absent.join(", ")));
    }
    program::ENGINES.run()
}

const INSTALL: &str = "sudo apt-get install -y webkit2gtk-driver xvfb firefox-esr";

#[cfg(test)]
mod tests {
    use super::PARTS;
    use crate::tree;

    #[test]
    fn what_decides_a_part_is_there() {
        for part in &PARTS {
            let absent: Vec<_> = part.of.iter().filter(|path| !tree::root().join(path).exists()).collect();
            assert!(absent.is_empty() && !part.of.is_empty(), "{}: {absent:?}", part.name);
        }
    }
}

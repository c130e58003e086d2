//! `cargo xtask prove`: what takes too long for every change, in named parts.
//!
//! Each part keeps its result with the state of the files that decide it, and goes on where it was broken off. A part
//! that did not run is said to be so; it never counts as passed.

use crate::say;
use crate::trouble::Trouble;

use part::{PARTS, Part, Settings};
use result::{Outcome, Report};

mod bugs;
mod copy;
mod disk;
mod fetched;
mod mutants;
mod part;
mod program;
mod result;
mod seeds;
mod state;

const USAGE: &str = "\
cargo xtask prove                    every part that has no result for this state of the tree, then the table
cargo xtask prove PART [--minutes N] that part, again if it has one; simulation: N minutes in all (60)
cargo xtask prove table              only the table
parts: simulation crash kills chromium disk engines network bugs mutants
results: proved/PART.json, with the commit and a hash of the files that decide it";

/// Runs what the words ask for, prints the table, and fails where a part did not pass or, asked for, did not run.
pub fn prove(words: &[String]) -> Result<(), Trouble> {
    let wrong = |wrong: String| Trouble::Usage { wrong, usage: USAGE };
    let mut settings = Settings { minutes: seeds::WANTED_MINUTES };
    let mut chosen: Vec<&Part> = Vec::new();
    let mut only_table = false;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "help" | "--help" | "-h" => {
                say::plain(USAGE);
                return Ok(());
            }
            "table" => only_table = true,
            "--minutes" => {
                let minutes = words.next().and_then(|text| text.parse().ok());
                settings.minutes = minutes.ok_or_else(|| wrong("`--minutes` wants a number".into()))?;
            }
            name => {
                let part = PARTS.iter().find(|part| part.name == name);
                chosen.push(part.ok_or_else(|| wrong(format!("there is no part `{name}`")))?);
            }
        }
    }
    let all = chosen.is_empty();
    let mut absent = Vec::new();
    for part in PARTS.iter().filter(|part| all || chosen.iter().any(|one| one.name == part.name)) {
        let state = state::of(part.name, part.of)?;
        let kept = Report::load(&state, part.name);
        if only_table || (all && kept.is_some_and(|kept| kept.is_whole())) {
            continue;
        }
        say::step(&format!("{}: {}", part.name, part.what));
        let report = (part.run)(&state, &settings)?;
        if report.outcome == Outcome::NotRun {
            absent.push(part.name);
        }
        report.keep(&state)?;
    }
    table()?;
    if absent.is_empty() {
        return Ok(());
    }
    Err(Trouble::Failed {
        what: absent.join(", "),
        hint: "It did not run; what it needs is named above.".into(),
    })
}

fn table() -> Result<(), Trouble> {
    say::plain(&format!("\nproved of {}", state::commit()?));
    let mut failed = Vec::new();
    for part in &PARTS {
        let state = state::of(part.name, part.of)?;
        let report = Report::load(&state, part.name).unwrap_or_else(|| Report::not_run_since(part.name));
        say::plain(&report.line());
        report.failed.iter().for_each(|failure| say::plain(&format!("             {failure}")));
        if report.outcome == Outcome::Failed {
            failed.push(part.name);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(Trouble::Failed { what: failed.join(", "), hint: "The failures stand in the table.".into() })
}

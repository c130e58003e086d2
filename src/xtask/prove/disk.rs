//! The contract of the phone's disk over IndexedDB itself: the phone's own tests as wasm, in Chromium, by the bindings'
//! own runner.

use super::fetched;
use super::program::failures;
use super::result::{Outcome, Report};
use crate::bundle::glue;
use crate::need;
use crate::say::{self, Watch};
use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

const PART: &str = "disk";

const RUNNER: &str = "wasm-bindgen-test-runner";

/// Runs them; not at all where nothing drives the browser.
pub fn run() -> Result<Report, Trouble> {
    let watch = Watch::start();
    let Some(driver) = tool::find("chromedriver") else {
        say::note("not there: chromedriver. On Debian: sudo apt-get install -y chromium-driver");
        return Ok(Report::not_run(PART));
    };
    need::everything()?;
    tool::wasm_target()?;
    fetched::program_of(RUNNER, "wasm-bindgen-cli", &glue::version()?.unwrap_or_default())?;
    let target = "wasm32-unknown-unknown";
    let mut command = tool::cargo(["test", "--locked", "-p", "phone", "--target", target, FILTER]);
    command.env("CHROMEDRIVER", driver);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", tree::tools().join("bin").join(RUNNER));
    let (success, text) = tool::heard(&mut command)?;
    Ok(report(success, &text).taking(watch.seconds()))
}

/// The beginning of these tests' names; every other test of the phone runs without a browser.
const FILTER: &str = "indexed_db";

fn report(success: bool, text: &str) -> Report {
    let runs = text.lines().filter(|line| line.contains(FILTER) && line.ends_with("... ok")).count();
    let (failed, runs) = (failures(text), u64::try_from(runs).unwrap_or(0));
    let outcome = match (success, runs) {
        (false, _) => Outcome::Failed,
        (true, 0) => Outcome::NotRun,
        (true, _) => Outcome::Passed,
    };
    let failed = if success || !failed.is_empty() { failed } else { vec!["it did not build or run".into()] };
    Report::of(PART, outcome, 0, failed, format!("{runs} tests"))
}

#[cfg(test)]
mod tests {
    use super::{Outcome, report};

    #[test]
    fn only_what_ran_in_a_browser_passed() {
        let ok =
            "test phone::engine::applying::contract::indexed_db::a_plan ... ok\ntest result: ok. 1 passed";
        let none = "no tests to run!";
        let said = [(true, ok), (true, none), (false, "error: no driver")].map(|(success, text)| {
            let report = report(success, text);
            (report.outcome, report.words, report.failed.len())
        });
        let expected = [
            (Outcome::Passed, "1 tests", 0),
            (Outcome::NotRun, "0 tests", 0),
            (Outcome::Failed, "0 tests", 1),
        ];
        assert_eq!(said, expected.map(|(outcome, words, failed)| (outcome, words.to_owned(), failed)));
    }
}

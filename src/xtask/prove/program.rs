//! Parts that are tests with a larger number: the same test that `cargo xtask test` runs, longer.
//!
//! Such a test prints one line of JSON with `runs` among its figures. A test that is not there, or says that it had
//! nothing to run with, is not run.

use serde_json::Value;

use super::result::{Outcome, Report};
use crate::bundle;
use crate::need;
use crate::run;
use crate::say::Watch;
use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

/// A test and how long it is run.
pub struct Program {
    part: &'static str,
    /// The package and the beginning of the tests' names.
    package: &'static str,
    filter: &'static str,
    /// What makes it longer.
    numbers: &'static [(&'static str, &'static str)],
    /// It needs the built apps and the office.
    built: bool,
}

pub const CRASH: Program = Program {
    part: "crash",
    package: "simulation",
    filter: "whatever_dies_and_wherever",
    numbers: &[],
    built: false,
};

pub const KILLS: Program = Program {
    part: "kills",
    package: "server-api",
    filter: "killed",
    numbers: &[("KILLS", "100"), ("DURABLE", "1")],
    built: true,
};

pub const CHROMIUM: Program = Program {
    part: "chromium",
    package: "browser",
    filter: "killed_while_saving",
    numbers: &[("ROUNDS", "50")],
    built: true,
};

pub const ENGINES: Program = Program {
    part: "engines",
    package: "browser",
    filter: "in_another_engine",
    numbers: &[("ENGINES", "1")],
    built: true,
};

pub const NETWORK: Program = Program {
    part: "network",
    package: "browser",
    filter: "over_a_bad_network",
    numbers: &[("EXCHANGES", "400")],
    built: true,
};

impl Program {
    /// Runs the tests and reads their figures.
    pub fn run(&self) -> Result<Report, Trouble> {
        let watch = Watch::start();
        let words =
            ["test", "--locked", "-p", self.package, self.filter, "--", "--nocapture", "--test-threads=1"];
        let mut command = tool::cargo(words);
        command.envs(self.numbers.iter().copied());
        tool::with_tools(&mut command);
        if self.built {
            let chromium = need::everything()?;
            bundle::build(bundle::Settings { if_stale: true, ..Default::default() })?;
            let office = run::build_office()?;
            command
                .env("LIUZHIDAO_BIN", office)
                .env("LIUZHIDAO_SITE", tree::site())
                .env("CHROMIUM", chromium);
        }
        let (success, text) = tool::heard(&mut command)?;
        Ok(self.report(success, &text).taking(watch.seconds()))
    }

    fn report(&self, success: bool, text: &str) -> Report {
        let lines: Vec<Value> = figures(text).collect();
        let runs = lines.iter().filter_map(|line| line["runs"].as_u64()).sum();
        let failed = failures(text);
        let in_part =
            lines.iter().any(|line| line["not_run"].as_array().is_some_and(|some| !some.is_empty()));
        let outcome = match (success, runs) {
            (false, _) => Outcome::Failed,
            (true, 0) => Outcome::NotRun,
            (true, _) if in_part => Outcome::Begun,
            (true, _) => Outcome::Passed,
        };
        let words = lines.iter().map(words).collect::<Vec<_>>().join("; ");
        let failed =
            if success || !failed.is_empty() { failed } else { vec!["it did not build or run".into()] };
        Report { figures: Value::Array(lines), ..Report::of(self.part, outcome, runs, failed, words) }
    }
}

/// The figures that tests printed, each a line of JSON.
pub fn figures(text: &str) -> impl Iterator<Item = Value> {
    let lines = text.lines().filter_map(|line| line.find("{\"").and_then(|at| line.get(at..)));
    lines.filter_map(|line| serde_json::from_str(line.trim()).ok())
}

/// The tests that failed, by cargo's own words.
pub fn failures(text: &str) -> Vec<String> {
    let line = |line: &str| Some(line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?.to_owned());
    let told = |line: &str| Some(line.strip_prefix("---- ")?.strip_suffix(" stdout ----")?.to_owned());
    let mut found: Vec<String> = text.lines().filter_map(|one| line(one).or_else(|| told(one))).collect();
    // With `--nocapture` a test's own words stand between its name and its end.
    let mut lines = text.lines().skip_while(|one| *one != "failures:").skip(1);
    found.extend(lines.by_ref().map_while(|one| one.strip_prefix("    ")).map(str::to_owned));
    found.sort();
    found.dedup();
    found
}

fn words(figures: &Value) -> String {
    let pairs = figures.as_object().into_iter().flatten().filter(|(name, _)| *name != "runs");
    pairs.map(|(name, value)| format!("{} {value}", name.replace('_', " "))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(success: bool, text: &str, outcome: Outcome, runs: u64, failed: &[&str]) {
        let report = CRASH.report(success, text);
        assert_eq!(
            (report.outcome, report.runs, report.failed),
            (outcome, runs, failed.iter().map(|one| (*one).to_owned()).collect())
        );
    }

    #[test]
    fn only_what_ran_passed() {
        check(true, "running 0 tests\n\ntest result: ok.", Outcome::NotRun, 0, &[]);
        check(true, "running 1 test\n{\"runs\":18956,\"all\":9}\n.\n", Outcome::Passed, 18_956, &[]);
        let part = "{\"runs\":1,\"not_run\":[\"Firefox\"]}";
        check(true, part, Outcome::Begun, 1, &[]);
        let failed = "test a::b ... FAILED\n\nfailures:\n    a::b\n\ntest result: FAILED";
        check(false, failed, Outcome::Failed, 0, &["a::b"]);
        check(false, "error: could not compile", Outcome::Failed, 0, &["it did not build or run"]);
    }
}

//! What a part came to, as it is kept: one JSON file in `proved`, with the state it is of. The bound is honest: nothing in
//! n runs that chance chose means less than 3/n at 95 %; of what was walked through from end to end it is said that it was.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::state;
use crate::say;
use crate::tree;
use crate::trouble::Trouble;

/// Parts whose runs are not a sample of what may happen, but all of it.
const ALL_OF_THEM: [&str; 1] = ["crash"];

/// How a part ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// All of it ran and nothing failed.
    Passed,
    /// Something failed.
    Failed,
    /// It was broken off; it goes on where it was.
    Begun,
    /// It did not run at all.
    NotRun,
}

impl Outcome {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Passed, "passed"),
        (Self::Failed, "FAILED"),
        (Self::Begun, "begun"),
        (Self::NotRun, "not run"),
    ];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("", |(_, word)| word)
    }

    fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, one)| *one == word).map(|(outcome, _)| *outcome)
    }
}

/// What a part came to.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    pub part: String,
    pub outcome: Outcome,
    /// How many runs there were, of whatever the part runs.
    pub runs: u64,
    /// The runs that failed, each with how to repeat it.
    pub failed: Vec<String>,
    /// What else is to be said, in words.
    pub words: String,
    pub seconds: u64,
    /// The part's own figures, as its programs printed them.
    pub figures: Value,
}

impl Report {
    pub fn not_run(part: &str) -> Self {
        Self::of(part, Outcome::NotRun, 0, Vec::new(), String::new())
    }

    pub fn of(part: &str, outcome: Outcome, runs: u64, failed: Vec<String>, words: String) -> Self {
        Self { part: part.to_owned(), outcome, runs, failed, words, seconds: 0, figures: Value::Null }
    }

    pub fn taking(self, seconds: u64) -> Self {
        Self { seconds, ..self }
    }

    /// Whether there is nothing more to run.
    pub fn is_whole(&self) -> bool {
        matches!(self.outcome, Outcome::Passed | Outcome::Failed)
    }

    /// What this part came to in this state, if it ran.
    pub fn load(state: &str, part: &str) -> Option<Self> {
        let value = kept(part)?;
        if value["state"] != state {
            return None;
        }
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let failed = value["failed"].as_array().into_iter().flatten();
        Some(Self {
            part: part.to_owned(),
            outcome: Outcome::of(&text("outcome"))?,
            runs: value["runs"].as_u64()?,
            failed: failed.filter_map(|one| one.as_str().map(str::to_owned)).collect(),
            words: text("words"),
            seconds: value["seconds"].as_u64()?,
            figures: value["figures"].clone(),
        })
    }

    pub fn keep(&self, state: &str) -> Result<(), Trouble> {
        let Self { part, outcome, runs, failed, words, seconds, figures } = self;
        let value = json!({
            "part": part, "state": state, "commit": state::commit()?, "outcome": outcome.word(), "runs": runs,
            "failed": failed, "words": words, "seconds": seconds, "figures": figures,
        });
        tree::write(&path(part), format!("{value:#}\n").as_bytes())
    }

    /// What is said where it did not run in this state: of which commit the last result is.
    pub fn not_run_since(part: &str) -> Self {
        let words = kept(part).map(|last| {
            let text = |name: &str| last[name].as_str().unwrap_or_default().to_owned();
            format!("of {}, changed since: {}; {}", text("commit"), text("outcome"), text("words"))
        });
        Self::of(part, Outcome::NotRun, 0, Vec::new(), words.unwrap_or_default())
    }

    /// Its line in the table.
    pub fn line(&self) -> String {
        let runs = usize::try_from(self.runs).unwrap_or(usize::MAX);
        let is_all = ALL_OF_THEM.contains(&self.part.as_str());
        let bound = match (self.outcome, runs) {
            (Outcome::Passed, 1..) if is_all && self.failed.is_empty() => {
                format!("all {}", say::grouped(runs))
            }
            (Outcome::Begun, 1..) if is_all && self.failed.is_empty() => say::grouped(runs),
            (Outcome::Passed | Outcome::Begun, 3..) if self.failed.is_empty() => {
                format!("0 in {}: less than 1 in {} (95 %)", say::grouped(runs), say::grouped(runs / 3))
            }
            (Outcome::NotRun, _) | (_, 0) => String::new(),
            _ => format!("{} in {}", self.failed.len(), say::grouped(runs)),
        };
        let time = if self.seconds == 0 { String::new() } else { format!("{} s", self.seconds) };
        let line =
            format!("{:<11} {:<8} {:<44} {:>7}  {}", self.part, self.outcome.word(), bound, time, self.words);
        line.trim_end().to_owned()
    }
}

fn kept(part: &str) -> Option<Value> {
    serde_json::from_slice(&tree::read(&path(part)).ok()?).ok()
}

fn path(part: &str) -> PathBuf {
    tree::proved().join(format!("{part}.json"))
}

/// Where what a state made on the way lies.
pub fn folder(state: &str) -> PathBuf {
    tree::proofs().join(state)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(part: &str, outcome: Outcome, runs: u64, failed: &[&str], bound: &str) {
        let failed = failed.iter().map(|one| (*one).to_owned()).collect();
        let expected = format!("{part:<11} {:<8} {bound:<44}          words", outcome.word());
        assert_eq!(Report::of(part, outcome, runs, failed, "words".into()).line(), expected);
    }

    #[test]
    fn the_bound_is_said_only_where_it_holds() {
        let bound = "0 in 30,000: less than 1 in 10,000 (95 %)";
        check("simulation", Outcome::Passed, 30_000, &[], bound);
        check("simulation", Outcome::Begun, 30_000, &[], bound);
        check("simulation", Outcome::Failed, 30_000, &["SEED=1"], "1 in 30,000");
        check("engines", Outcome::Passed, 2, &[], "0 in 2");
        check("kills", Outcome::NotRun, 0, &[], "");
    }

    #[test]
    fn of_what_is_walked_through_from_end_to_end_no_bound_is_said() {
        check("crash", Outcome::Passed, 30_000, &[], "all 30,000");
        check("crash", Outcome::Begun, 20_000, &[], "20,000");
        check("crash", Outcome::Failed, 30_000, &["SEED=1"], "1 in 30,000");
    }

    #[test]
    fn parts_that_are_walked_through_are_parts() {
        let parts = super::super::part::PARTS.map(|part| part.name);
        assert!(ALL_OF_THEM.iter().all(|name| parts.contains(name)));
    }
}

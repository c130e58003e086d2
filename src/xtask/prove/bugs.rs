//! Bugs made by hand, each put into a copy of the tree: the test it names must fail there, having passed before.
//!
//! A bug is a text file in `prove/bugs`: which bug it is, the test that should catch it, and what is written instead
//! of what. One that no longer fits the tree is a failure: the proof would be of nothing.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::copy::Copy;
use super::program::failures;
use super::result::{Outcome, Report};
use crate::need;
use crate::say::{self, Watch};
use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

const PART: &str = "bugs";

const FOLDER: &str = "src/xtask/prove/bugs";

/// Whose tests start what is built: the office, and the apps in it.
const OF_THE_BUILT: [&str; 2] = ["browser", "server-api"];

/// A bug made by hand.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Bug {
    what: String,
    test: Test,
    /// Path, what stands there once, what is written instead.
    changes: Vec<(String, String, String)>,
}

/// A test that should catch it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Test {
    package: String,
    filter: String,
    /// `NAME=VALUE` for its environment.
    numbers: Vec<String>,
}

/// Applies each bug that was not caught before in this state, and runs its test; keeps what each came to.
/// `BUGS=03,sign-out` only those whose names have one of these in them.
pub fn run(state: &str) -> Result<Report, Trouble> {
    let only = std::env::var("BUGS").unwrap_or_default();
    let chosen = |name: &str| only.split(',').any(|part| name.contains(part));
    let copy = Copy::of_tree("tree")?;
    let mut told: Map<String, Value> =
        Report::load(state, PART).and_then(|kept| kept.figures.as_object().cloned()).unwrap_or_default();
    let mut passes: BTreeMap<Test, bool> = BTreeMap::new();
    let names = tree::files(&tree::root().join(FOLDER))?;
    for name in names.iter().filter(|name| chosen(name)) {
        if told.get(name).is_some_and(|kept| kept["caught"].as_bool() == Some(true)) {
            continue;
        }
        let watch = Watch::start();
        let (caught, words) = one(&copy, name, &mut passes)?;
        say::note(&format!("{name}: {words}"));
        told.insert(name.clone(), json!({ "caught": caught, "words": words, "seconds": watch.seconds() }));
        report(&names, &told).keep(state)?;
    }
    Ok(report(&names, &told))
}

/// Whether this bug is caught, and by what, or why not.
fn one(copy: &Copy, name: &str, passes: &mut BTreeMap<Test, bool>) -> Result<(bool, String), Trouble> {
    let Some(bug) = Bug::read(&copy.read(&format!("{FOLDER}/{name}"))?) else {
        return Ok((false, "not written as a bug is".into()));
    };
    say::step(&bug.what);
    if !passes.contains_key(&bug.test) {
        passes.insert(bug.test.clone(), test(copy, &bug.test)?.0);
    }
    let filter = &bug.test.filter;
    if passes.get(&bug.test) != Some(&true) {
        return Ok((false, format!("{filter} fails without it")));
    }
    Ok(match with(copy, &bug)? {
        Some((false, by)) if !by.is_empty() => (true, by.join(", ")),
        Some((true, _)) => (false, format!("{filter} does not notice it")),
        Some(_) => (false, "does not compile or run with it".into()),
        None => (false, "no longer fits the tree".into()),
    })
}

fn report(names: &[String], told: &Map<String, Value>) -> Report {
    let is_caught =
        |name: &&String| told.get(*name).is_some_and(|kept| kept["caught"].as_bool() == Some(true));
    let caught = names.iter().filter(is_caught).count();
    let missed = told.iter().filter(|(_, kept)| kept["caught"].as_bool() != Some(true));
    let missed: Vec<String> = missed
        .map(|(name, kept)| format!("{name}: {}", kept["words"].as_str().unwrap_or_default()))
        .collect();
    let outcome = match (missed.is_empty(), caught == names.len(), told.is_empty()) {
        (_, _, true) => Outcome::NotRun,
        (false, ..) => Outcome::Failed,
        (true, true, _) => Outcome::Passed,
        (true, false, _) => Outcome::Begun,
    };
    let seconds = told.values().filter_map(|kept| kept["seconds"].as_u64()).sum();
    let words = format!("{caught} of {} caught", names.len());
    let report = Report::of(PART, outcome, 0, missed, words).taking(seconds);
    Report { figures: Value::Object(told.clone()), ..report }
}

/// Runs the bug's test with the bug in the copy, and takes it out again; none where it does not fit.
fn with(copy: &Copy, bug: &Bug) -> Result<Option<(bool, Vec<String>)>, Trouble> {
    let mut before = Vec::new();
    let mut fits = true;
    for (path, from, to) in &bug.changes {
        let text = copy.read(path)?;
        fits &= text.matches(from.as_str()).count() == 1;
        copy.write(path, &text.replace(from.as_str(), to))?;
        before.push((path, text));
    }
    let ended = if fits { test(copy, &bug.test).map(Some) } else { Ok(None) };
    for (path, text) in before.iter().rev() {
        copy.write(path, text)?;
    }
    ended
}

/// Whether a test passes in the copy, and which of its tests do not.
fn test(copy: &Copy, test: &Test) -> Result<(bool, Vec<String>), Trouble> {
    let Test { package, filter, numbers } = test;
    let mut command = copy.cargo(&["test", "--locked", "-p", package, filter]);
    command.envs(numbers.iter().filter_map(|number| number.split_once('=')));
    if OF_THE_BUILT.contains(&package.as_str()) {
        let built =
            [&["xtask", "build", "--quick", "--if-stale"][..], &["build", "--locked", "-p", "server"]];
        for words in built {
            if !tool::heard(&mut copy.cargo(words))?.0 {
                return Ok((false, Vec::new()));
            }
        }
        command.env("LIUZHIDAO_BIN", copy.built("debug/liuzhidao")).env("LIUZHIDAO_SITE", copy.built("site"));
        command.env("CHROMIUM", need::everything()?);
    }
    let (success, text) = tool::heard(&mut command)?;
    // A filter that meets no test proves nothing.
    let ran =
        text.lines().any(|line| line.contains("test result: ") && !line.contains(" 0 passed; 0 failed"));
    Ok((success && ran, failures(&text)))
}

impl Bug {
    fn read(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\n\n")?;
        let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let mut test = field("test:")?.split_whitespace().map(str::to_owned);
        let test = Test { package: test.next()?, filter: test.next()?, numbers: test.collect() };
        let mut changes = Vec::new();
        for change in body.split("\nfile: ").map(|change| change.trim_start_matches("file: ")) {
            let (path, change) = change.split_once("\n<<<<\n")?;
            let (from, change) = change.split_once("\n====\n")?;
            let to = change
                .strip_prefix(">>>>")
                .map_or_else(|| change.split_once("\n>>>>").map(|(to, _)| to), |_| Some(""))?;
            changes.push((path.trim().to_owned(), from.to_owned(), to.to_owned()));
        }
        Some(Self { what: field("bug:")?.to_owned(), test, changes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bug_is_written_as_one_and_fits_the_tree() {
        let mut count = 0;
        for name in tree::files(&tree::root().join(FOLDER)).expect("the folder is there") {
            let text = tree::read(&tree::root().join(FOLDER).join(&name)).expect("it is there");
            let bug =
                Bug::read(&String::from_utf8_lossy(&text)).unwrap_or_else(|| panic!("{name} is no bug"));
            for (path, from, _) in &bug.changes {
                let text = tree::read(&tree::root().join(path)).unwrap_or_default();
                let places = String::from_utf8_lossy(&text).matches(from.as_str()).count();
                assert_eq!(places, 1, "{name} finds its place in {path} so often");
            }
            count += 1;
        }
        assert!(count >= 12, "only {count} bugs");
    }

    #[test]
    fn a_bug_is_read() {
        let text = "bug: it drops\ntest: simulation nothing SEEDS=9\n\nfile: a.rs\n<<<<\none\n====\ntwo\n>>>>\n\nfile: b.rs\n<<<<\nthree\n====\n>>>>\n";
        let bug = Bug::read(text).expect("it is a bug");
        let change = |path: &str, from: &str, to: &str| (path.to_owned(), from.to_owned(), to.to_owned());
        assert_eq!(bug.changes, [change("a.rs", "one", "two"), change("b.rs", "three", "")]);
        assert_eq!(bug.test.numbers, ["SEEDS=9"]);
        assert_eq!(Bug::read("bug: it drops"), None);
    }
}

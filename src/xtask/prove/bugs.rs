//! Bugs made by hand, each put into a copy of the tree: the test it names must fail there, having passed before.
//!
//! A bug is a text file in `prove/bugs`: which bug it is, the test that should catch it, and what is written instead
//! of what. One that no longer fits the tree is a failure: the proof would be of nothing. What the test said first when it
//! failed is kept and told: a reader sees whether it met this bug, or failed by chance.

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
        let (caught, words, why) = one(&copy, name, &mut passes)?;
        say::note(&format!("{name}: {words}"));
        if !why.is_empty() {
            say::note(&format!("    {why}"));
        }
        let seconds = watch.seconds();
        let kept = json!({ "caught": caught, "words": words, "why": why, "seconds": seconds });
        told.insert(name.clone(), kept);
        report(&names, &told).keep(state)?;
    }
    Ok(report(&names, &told))
}

/// Whether this bug is caught, and by what, or why not; and what the test said first that caught it.
fn one(
    copy: &Copy,
    name: &str,
    passes: &mut BTreeMap<Test, bool>,
) -> Result<(bool, String, String), Trouble> {
    let missed = |words: String| Ok((false, words, String::new()));
    let Some(bug) = Bug::read(&copy.read(&format!("{FOLDER}/{name}"))?) else {
        return missed("not written as a bug is".into());
    };
    say::step(&bug.what);
    if !passes.contains_key(&bug.test) {
        passes.insert(bug.test.clone(), test(copy, &bug.test)?.passed);
    }
    let filter = &bug.test.filter;
    if passes.get(&bug.test) != Some(&true) {
        return missed(format!("{filter} fails without it"));
    }
    match with(copy, &bug)? {
        Some(Ended { passed: false, failed, why }) if !failed.is_empty() => {
            Ok((true, failed.join(", "), why))
        }
        Some(Ended { passed: true, .. }) => missed(format!("{filter} does not notice it")),
        Some(_) => missed("does not compile or run with it".into()),
        None => missed("no longer fits the tree".into()),
    }
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
fn with(copy: &Copy, bug: &Bug) -> Result<Option<Ended>, Trouble> {
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

/// How a test ended.
#[derive(Default)]
struct Ended {
    passed: bool,
    /// The tests that did not.
    failed: Vec<String>,
    /// What the first of them said first.
    why: String,
}

/// Runs a test in the copy.
fn test(copy: &Copy, test: &Test) -> Result<Ended, Trouble> {
    let Test { package, filter, numbers } = test;
    let mut command = copy.cargo(&["test", "--locked", "-p", package, filter]);
    command.envs(numbers.iter().filter_map(|number| number.split_once('=')));
    if OF_THE_BUILT.contains(&package.as_str()) {
        let built =
            [&["xtask", "build", "--quick", "--if-stale"][..], &["build", "--locked", "-p", "server"]];
        for words in built {
            if !tool::heard(&mut copy.cargo(words))?.0 {
                return Ok(Ended::default());
            }
        }
        command.env("LIUZHIDAO_BIN", copy.built("debug/liuzhidao")).env("LIUZHIDAO_SITE", copy.built("site"));
        command.env("CHROMIUM", need::everything()?);
    }
    let (success, text) = tool::heard(&mut command)?;
    // A filter that meets no test proves nothing.
    let ran =
        text.lines().any(|line| line.contains("test result: ") && !line.contains(" 0 passed; 0 failed"));
    Ok(Ended { passed: success && ran, failed: failures(&text), why: first_word(&text) })
}

/// Where the first test that failed stood, and the first line of what it said; of one that gave an error back, that line.
fn first_word(text: &str) -> String {
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some((_, place)) = line.split_once(" panicked at ") {
            return format!("{place} {}", lines.next().unwrap_or_default().trim());
        }
        match line.strip_prefix("Error:").map(str::trim) {
            Some("") => return lines.next().unwrap_or_default().trim().to_owned(),
            Some(word) => return word.to_owned(),
            None => {}
        }
    }
    String::new()
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
    fn what_a_test_said_first_is_told() {
        let check = |text: &str, expected: &str| assert_eq!(first_word(text), expected);
        let head = "running 1 test\ntest a ... FAILED\n\nfailures:\n\n---- a stdout ----\n\n";
        let panic = "thread 'a' (7) panicked at tests/a.rs:3:5:\nassertion `left == right` failed: it came twice\n  left: 2\n right: 1\n";
        check(
            &format!("{head}{panic}thread 'b' panicked at b.rs:1:1:\nanother\n"),
            "tests/a.rs:3:5: assertion `left == right` failed: it came twice",
        );
        check(&format!("{head}Error: Busy\n"), "Busy");
        // The browser's own failures begin with a line of nothing.
        check(&format!("{head}Error: \nnot within 20 s: “已保存”\n  because\n"), "not within 20 s: “已保存”");
        check("test result: ok. 1 passed", "");
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

//! `cargo xtask test`: what is needed, one build of the site, one of the server, then every test there is.
//!
//! The tests themselves are cargo's; their output is passed on as it comes and counted.

use crate::bundle;
use crate::need;
use crate::run;
use crate::say::{self, Watch};
use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

/// Runs every test, or those that the words for `cargo test` choose.
pub fn test(words: &[String]) -> Result<(), Trouble> {
    let watch = Watch::start();
    let chromium = need::everything()?;
    bundle::build(bundle::Settings { if_stale: true, ..Default::default() })?.within_limit()?;
    let office = run::build_office()?;
    say::step("cargo test");
    let mut command = tool::cargo(["test", "--locked", "--no-fail-fast"]);
    if !chooses_packages(words) {
        command.arg("--workspace");
    }
    command.args(words);
    // Where the tests of the built apps find what they test.
    command.env("LIUZHIDAO_BIN", &office).env("LIUZHIDAO_SITE", tree::site()).env("CHROMIUM", &chromium);
    // Where a test broke is in its message; forty lines of runtime beneath it hide the next one's.
    command.env("RUST_BACKTRACE", "0");
    let (success, text) = tool::heard(&mut command)?;
    let mut count = Count::default();
    text.lines().for_each(|line| count.read(line));
    let summary = count.summary(success, &watch.words());
    if !success {
        return Err(if count.binaries == 0 {
            tool::failed("cargo test")
        } else {
            Trouble::Tests { summary }
        });
    }
    say::plain(&format!("\nxtask test: {summary}"));
    if words.is_empty() {
        say::plain(NOT_HERE);
    }
    Ok(())
}

/// What a whole run leaves out, for nobody to take it for run.
const NOT_HERE: &str = "not run here, but by `cargo xtask prove`: WebKitGTK and Firefox, the disk's contract over \
    IndexedDB, and what takes hours";

fn chooses_packages(words: &[String]) -> bool {
    words.iter().take_while(|word| *word != "--").any(|word| word == "-p" || word.starts_with("--package"))
}

/// What cargo's `test result:` lines add up to.
#[derive(Default)]
struct Count {
    binaries: usize,
    passed: usize,
    failed: usize,
    ignored: usize,
    broken: Vec<Broken>,
}

/// A test that failed, and the first words of why.
struct Broken {
    name: String,
    why: Vec<String>,
    told: bool,
}

/// Lines of why a test failed that are told again at the end.
const LINES_OF_WHY: usize = 4;

impl Count {
    fn read(&mut self, line: &str) {
        self.read_failure(line);
        let Some((_, counts)) = line.split_once("test result: ") else { return };
        self.binaries += 1;
        let number = |what: &str| -> usize {
            let (before, _) = counts.split_once(what).unwrap_or_default();
            before.split_whitespace().next_back().and_then(|number| number.parse().ok()).unwrap_or(0)
        };
        self.passed += number(" passed");
        self.failed += number(" failed");
        self.ignored += number(" ignored");
    }

    fn read_failure(&mut self, line: &str) {
        let headed = line.strip_prefix("---- ").and_then(|line| line.strip_suffix(" stdout ----"));
        if let Some(name) = headed {
            self.broken.push(Broken { name: name.to_owned(), why: Vec::new(), told: false });
            return;
        }
        // What a test prints stands first; why it broke begins at the panic and ends at an empty line.
        let Some(broken) = self.broken.last_mut().filter(|broken| !broken.told) else { return };
        let begun = !broken.why.is_empty();
        broken.told = begun && (line.is_empty() || broken.why.len() == LINES_OF_WHY);
        if !broken.told && (begun || line.contains(" panicked at ")) {
            broken.why.push(line.to_owned());
        }
    }

    fn summary(&self, success: bool, time: &str) -> String {
        let verdict = if success { "PASSED" } else { "FAILED" };
        let Self { binaries, passed, failed, ignored, broken } = self;
        let again: String =
            broken.iter().map(|Broken { name, why, .. }| format!("{name}\n{}\n", why.join("\n"))).collect();
        format!(
            "{again}{verdict}: {passed} tests passed, {failed} failed, {ignored} ignored, in {binaries} test programs; {time} with the builds"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_lines_are_added_up() {
        let mut count = Count::default();
        for line in [
            "running 3 tests",
            "test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "---- desk::a_visit stdout ----",
            "a word of its own",
            "",
            "thread 'desk::a_visit' (7) panicked at tests/desk.rs:3:5:",
            "assertion failed",
            "",
            "failures:",
            "test result: FAILED. 10 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s",
        ] {
            count.read(line);
        }
        assert_eq!(
            count.summary(false, "1.0 s"),
            "desk::a_visit\nthread 'desk::a_visit' (7) panicked at tests/desk.rs:3:5:\nassertion failed\nFAILED: 12 tests passed, 3 failed, 1 ignored, in 2 test programs; 1.0 s with the builds"
        );
    }

    #[test]
    fn a_chosen_package_replaces_the_workspace() {
        for (words, expected) in
            [("-p house", true), ("--package=house", true), ("name", false), ("-- -p", false)]
        {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            assert_eq!(chooses_packages(&words), expected, "{words:?}");
        }
    }
}

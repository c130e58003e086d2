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
    bundle::build(bundle::Settings { if_stale: true, ..Default::default() })?;
    let office = run::build_office()?;
    say::step("cargo test");
    let mut command = tool::cargo(["test", "--locked", "--no-fail-fast"]);
    if !chooses_packages(words) {
        command.arg("--workspace");
    }
    command.args(words);
    // Where the tests of the built apps find what they test.
    command.env("LIUZHIDAO_BIN", &office).env("LIUZHIDAO_SITE", tree::site()).env("CHROMIUM", &chromium);
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
    Ok(())
}

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
}

impl Count {
    fn read(&mut self, line: &str) {
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

    fn summary(&self, success: bool, time: &str) -> String {
        let verdict = if success { "PASSED" } else { "FAILED" };
        let Self { binaries, passed, failed, ignored } = self;
        format!(
            "{verdict}: {passed} tests passed, {failed} failed, {ignored} ignored, in {binaries} test programs; {time} with the builds"
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
            "test result: FAILED. 10 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s",
        ] {
            count.read(line);
        }
        assert_eq!(
            count.summary(false, "1.0 s"),
            "FAILED: 12 tests passed, 3 failed, 1 ignored, in 2 test programs; 1.0 s with the builds"
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

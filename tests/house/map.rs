//! The map is the tree: `src/README.md` draws every folder of `src/` and `tests/`, and no folder that is not there;
//! both READMEs name the two commands a newcomer needs.

use std::collections::BTreeSet;
use std::fs;

use crate::source;

/// The folders that a text draws as a tree: lines inside a fenced block, two spaces a level, names with a slash.
fn drawn(text: &str) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    let mut above: Vec<String> = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
            above.clear();
            continue;
        }
        let name = line.split_whitespace().next().unwrap_or_default();
        if !in_block || !name.ends_with('/') {
            continue;
        }
        above.truncate((line.len() - line.trim_start().len()) / 2);
        above.push(name.to_owned());
        folders.insert(above.concat());
    }
    folders.retain(|folder| folder != "src/" && folder != "tests/");
    folders
}

fn differences(map: &str, folders: &[String]) -> Vec<String> {
    let drawn = drawn(map);
    let there: BTreeSet<String> = folders.iter().cloned().collect();
    let missing = there.difference(&drawn).map(|folder| format!("{folder} is not on the map"));
    let gone = drawn.difference(&there).map(|folder| format!("{folder} is on the map, not in the tree"));
    missing.chain(gone).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(source::root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_map_is_the_tree() {
    crate::holds(
        "src/README.md draws the folders there are.",
        differences(&read("src/README.md"), &source::folders()),
    );
    let map = "```\nsrc/\n  a/  first\n    b/  inner\n  gone/\ntests/\n  c/\n```\n`src/other/` in prose";
    let found = differences(map, &["src/a/".into(), "src/a/b/".into(), "tests/c/".into(), "src/new/".into()]);
    assert_eq!(found, ["src/new/ is not on the map", "src/gone/ is on the map, not in the tree"]);
}

#[test]
fn both_readmes_name_the_two_commands() {
    let silent = |path: &str, text: &str| -> Vec<String> {
        let missing =
            ["cargo xtask run", "cargo xtask test"].into_iter().filter(|command| !text.contains(command));
        missing.map(|command| format!("{path}: no `{command}`")).collect()
    };
    let readmes = ["README.md", "README.zh-CN.md"];
    let offenders = readmes.iter().flat_map(|path| silent(path, &read(path))).collect();
    crate::holds("A newcomer finds both commands in either language.", offenders);
    crate::breaks(&silent("README.md", "cargo xtask run"), "cargo xtask test");
}

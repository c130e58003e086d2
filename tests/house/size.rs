//! Files and functions short enough to be read in one go.

use crate::code;
use crate::source::Source;

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 70;
const MEDIAN_LINES: usize = 150;

/// Sheets that were longer when this rule came; none may join them.
const LONG_SHEETS: [(&str, &str); 2] = [
    (
        "style/desk.css",
        "joined by name into one sheet for the desk alone; parting it needs the bundle to know more",
    ),
    ("style/parts.css", "read before the others, in this order; parting it needs the bundle to know more"),
];

/// The middle length of the files of the rooms, if it is too much.
fn long_median(sources: &[Source]) -> Vec<String> {
    let rooms = sources.iter().filter(|source| source.path.starts_with("src/") && !source.is_test());
    let mut lines: Vec<usize> = rooms.map(|source| source.text.lines().count() - source.test_lines).collect();
    lines.sort_unstable();
    let middle = lines.get(lines.len() / 2).copied().unwrap_or_default();
    let says = format!("half of the files have {middle} lines or more");
    if middle > MEDIAN_LINES { vec![says] } else { Vec::new() }
}

/// Sheets and scripts that browsers are given.
fn long_given(sources: &[Source]) -> Vec<String> {
    let given = |path: &str| [".css", ".js"].iter().any(|ending| path.ends_with(ending));
    let known = |path: &str| LONG_SHEETS.iter().any(|(sheet, _)| *sheet == path);
    let long = sources.iter().filter(|source| given(&source.path) && !known(&source.path));
    long.filter(|source| source.text.lines().count() > FILE_LINES)
        .map(|source| format!("{}: {} lines", source.path, source.text.lines().count()))
        .collect()
}

fn long_files(sources: &[Source]) -> Vec<String> {
    let lines = |source: &Source| source.text.lines().count() - source.test_lines;
    let long =
        sources.iter().filter(|source| !source.path.ends_with("/tests.rs") && lines(source) > FILE_LINES);
    long.map(|source| format!("{}: {} lines without its tests", source.path, lines(source))).collect()
}

fn long_functions(sources: &[Source]) -> Vec<String> {
    let mut long = Vec::new();
    for source in sources {
        let code = source.all_code();
        for place in code::places_of(&code, "fn") {
            let name = code::leading_word(code[place + 2..].trim_start());
            let end = code::item_end(&code, place);
            let lines = code[place..end].lines().count();
            // Without a name it is a type: `fn(u8) -> u8`.
            if !name.is_empty() && lines > FUNCTION_LINES {
                long.push(format!(
                    "{}:{}: `{name}` has {lines} lines",
                    source.path,
                    code::line(&code, place)
                ));
            }
        }
    }
    long
}

#[test]
fn files_are_at_most_400_lines_without_their_tests() {
    crate::holds(
        "A file holds one idea, in at most 400 lines without its tests.",
        long_files(&crate::rust()),
    );
    let body = "//! x\n".repeat(401);
    crate::breaks(&long_files(&crate::example("src/a.rs", &body)), "src/a.rs: 401");
    let tested = format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", "//! x\n".repeat(390), "\n".repeat(50));
    assert!(long_files(&crate::example("src/a.rs", &tested)).is_empty());
}

#[test]
fn half_of_the_files_have_at_most_150_lines() {
    crate::holds("Most files are short: the median is at most 150 lines.", long_median(&crate::rust()));
    let file = |name: &str, lines: usize| Source::new(&format!("src/{name}.rs"), &"//! x\n".repeat(lines));
    crate::breaks(&long_median(&[file("a", 1), file("b", 151), file("c", 399)]), "151 lines");
    assert!(long_median(&[file("a", 1), file("b", 150), file("c", 399)]).is_empty());
}

#[test]
fn sheets_and_scripts_are_at_most_400_lines() {
    let sources = crate::source::all();
    crate::holds("A sheet or a script holds one idea too, in at most 400 lines.", long_given(&sources));
    crate::breaks(&long_given(&crate::example("style/a.css", &"a {}\n".repeat(401))), "style/a.css: 401");
    // What has become short again is no exception any more.
    let is_long = |sheet: &str| {
        sources.iter().any(|source| source.path == sheet && source.text.lines().count() > FILE_LINES)
    };
    let short: Vec<&str> =
        LONG_SHEETS.iter().map(|(sheet, _)| *sheet).filter(|sheet| !is_long(sheet)).collect();
    assert!(short.is_empty(), "no exceptions any more: {short:?}");
}

#[test]
fn functions_are_at_most_70_lines() {
    crate::holds("A function fits on a screen: at most 70 lines.", long_functions(&crate::rust()));
    let long = format!("fn a(x: [u8; 2]) -> u8 {{\n{}}}\nfn b() {{}}\n", "    x();\n".repeat(70));
    let found = long_functions(&crate::example("src/a.rs", &long));
    crate::breaks(&found, "src/a.rs:1: `a` has 72");
    assert_eq!(found.len(), 1);
}

//! Files and functions short enough to be read in one go.

use crate::code;
use crate::source::Source;

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 70;

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
fn functions_are_at_most_70_lines() {
    crate::holds("A function fits on a screen: at most 70 lines.", long_functions(&crate::rust()));
    let long = format!("fn a(x: [u8; 2]) -> u8 {{\n{}}}\nfn b() {{}}\n", "    x();\n".repeat(70));
    let found = long_functions(&crate::example("src/a.rs", &long));
    crate::breaks(&found, "src/a.rs:1: `a` has 72");
    assert_eq!(found.len(), 1);
}

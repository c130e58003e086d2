//! Nothing is taken out of a list by `[…]`, which stops the program where there is too little in it: what came from a
//! disk, the network or a person is asked for with `get`. Clippy's own rule for this also forbids it in tests.

use crate::code;
use crate::source::Source;

/// Cases that stores are tested with: what stops them is a failed test.
const CASES: &str = "src/sync/contract/";

/// Places where something is indexed, outside tests. The whole, `[..]`, is always there; a JSON value asked for by a name
/// written there, `["name"]`, answers null where it has none.
fn indexed(sources: &[Source]) -> Vec<String> {
    let rooms = sources.iter().filter(|source| source.path.starts_with("src/") && !source.is_test());
    // The tool that builds and proves reads reports that it wrote; a JSON value is asked by any name there.
    let ours =
        rooms.filter(|source| !source.path.starts_with(CASES) && !source.path.starts_with("src/xtask/"));
    ours.flat_map(|source| {
        let places = source.code.match_indices('[').map(|(place, _)| place);
        places
            .filter(|place| indexes(&source.code, *place))
            .map(|place| format!("{}:{}", source.path, code::line(&source.code, place)))
            .collect::<Vec<_>>()
    })
    .collect()
}

/// Whether the bracket at a place takes something out of what stands right before it.
fn indexes(code: &str, place: usize) -> bool {
    let before = code.get(..place).unwrap_or_default();
    let follows_value = before.ends_with(|letter: char| letter.is_alphanumeric() || "_)]?".contains(letter));
    let inside = code.get(place + 1..).and_then(|after| after.split(']').next()).unwrap_or_default();
    // A name in quotes is blanked here.
    let is_harmless = inside == ".." || (!inside.is_empty() && inside.trim().is_empty());
    follows_value && !is_harmless
}

#[test]
fn nothing_is_indexed() {
    crate::holds(
        "No indexing outside tests: `get`, `first`, or a pattern; too little is an outcome.",
        indexed(&crate::rust()),
    );
    let text = "//! a\n#[derive(Debug)]\nstruct A([u8; 2]);\nfn a(list: &[u8]) -> u8 {\n    let b = &[1][..];\n    \
        let c = json[\"name\"].clone();\n    for d in [1, 2] {}\n    list[0] + b().c()[1..][0]\n}\n\
        #[cfg(test)]\nmod tests { fn b() { list[0] } }\n";
    let found = indexed(&crate::example("src/a/b.rs", text));
    assert_eq!(found, ["src/a/b.rs:8"; 3]);
    assert!(indexed(&crate::example("tests/a/b.rs", text)).is_empty());
}

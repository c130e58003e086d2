//! Words that do not occur: names that say nothing, attributes that hide, waits that guess, addresses of strangers.

use crate::code;
use crate::source::{self, Source};

/// Names under which anything could be kept. `helper` is a person here, so only its plural is barred.
const SAY_NOTHING: [&str; 9] =
    ["util", "utils", "common", "misc", "types", "helpers", "manager", "managers", "mod"];

/// Cargo picks these up beside a flat `Cargo.toml`.
const CARGOS_OWN: [&str; 3] = ["tests", "benches", "examples"];

/// What people here are called, and what they are not.
const OTHERWISE: [(&str, &str); 1] = [("登记员", "档案员")];

fn empty_names(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for Source { path, .. } in sources.iter().filter(|source| !source.path.starts_with("public/")) {
        let stems = path.split('/').map(|part| part.split('.').next().unwrap_or(part));
        found.extend(stems.filter(|stem| SAY_NOTHING.contains(stem)).map(|stem| format!("{path}: `{stem}`")));
        let inside: Vec<&str> = path.split('/').skip(2).collect();
        match inside.as_slice() {
            ["build.rs"] => found.push(format!("{path}: cargo would run it")),
            [folder, _, ..] if CARGOS_OWN.contains(folder) => {
                found.push(format!("{path}: cargo would build `{folder}/`"))
            }
            _ => {}
        }
    }
    found
}

/// Every occurrence of a text in the code that `part` chooses of a source.
fn occurrences(sources: &[Source], barred: &str, part: impl Fn(&Source) -> String) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let code = part(source);
        found.extend(
            code.match_indices(barred)
                .map(|(place, _)| format!("{}:{}: `{barred}`", source.path, code::line(&code, place))),
        );
    }
    found
}

fn conditional_code(sources: &[Source]) -> Vec<String> {
    let barred = ["cfg(", "cfg!(", "cfg_attr("];
    barred.iter().flat_map(|barred| occurrences(sources, barred, |source| source.code.clone())).collect()
}

fn hidden_findings(sources: &[Source]) -> Vec<String> {
    let barred = ["#[allow", "#![allow", "#[ignore", "#![feature"];
    barred.iter().flat_map(|barred| occurrences(sources, barred, Source::all_code)).collect()
}

fn waits(sources: &[Source]) -> Vec<String> {
    let in_tests = |source: &Source| match source.is_test() {
        true => source.all_code(),
        false => {
            let tests = source.all_code();
            let outside = source.code.chars();
            tests
                .chars()
                .zip(outside)
                .map(|(all, code)| if all == code && all != '\n' { ' ' } else { all })
                .collect()
        }
    };
    let mut found = occurrences(sources, "thread::sleep", Source::all_code);
    found.extend(occurrences(sources, "sleep(", in_tests));
    found
}

fn no_opening(sources: &[Source]) -> Vec<String> {
    let silent = sources.iter().filter(|source| !source.text.starts_with("//! "));
    silent.map(|source| source.path.clone()).collect()
}

/// Outside addresses in what browsers are given. Names of XML vocabularies are no addresses, loopback is nobody's.
fn strangers(sources: &[Source]) -> Vec<String> {
    let ours = ["http://www.w3.org/", "http://localhost", "http://127.0.0.1"];
    let given = |path: &str| {
        ["public/", "style/", "src/ui/", "src/phone/", "src/desk/"]
            .iter()
            .any(|folder| path.starts_with(folder))
    };
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| given(&source.path)) {
        let text = given_text(source);
        for (place, _) in text.match_indices("http://").chain(text.match_indices("https://")) {
            let address = &text[place..];
            // A bare scheme is a word of ours, not an address.
            let host = address.split_once("//").map_or("", |(_, host)| host);
            let is_address = host.starts_with(|letter: char| letter.is_ascii_alphanumeric());
            if is_address && !ours.iter().any(|ours| address.starts_with(ours)) {
                let shown: String =
                    address.chars().take(50).take_while(|letter| !letter.is_whitespace()).collect();
                found.push(format!("{}:{}: {shown}", source.path, code::line(&text, place)));
            }
        }
    }
    found
}

/// Words that are said of somebody who has another name.
fn other_words(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    let is_said = |path: &str| path.starts_with("src/ui/words") || path.starts_with("public/");
    for source in sources.iter().filter(|source| is_said(&source.path)) {
        let said = given_text(source);
        for (other, ours) in OTHERWISE {
            let places = said.match_indices(other);
            found.extend(places.map(|(place, _)| {
                format!("{}:{}: `{other}`, not `{ours}`", source.path, code::line(&said, place))
            }));
        }
    }
    found
}

/// What reaches a browser of a source: not its comments and tests, where they can be told.
fn given_text(source: &Source) -> String {
    match source.path.ends_with(".rs") {
        true => code::without_tests(&code::uncommented(&source.text)).0,
        false => source.text.clone(),
    }
}

#[test]
fn names_say_something() {
    crate::holds("A file is named after the noun in it.", empty_names(&source::all()));
    for path in ["src/a/util.rs", "src/a/common/b.rs", "src/a/b/mod.rs", "src/a/build.rs", "src/a/tests/b.rs"]
    {
        crate::breaks(&empty_names(&crate::example(path, "")), path);
    }
    assert!(empty_names(&crate::example("src/a/helper.rs", "")).is_empty());
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    crate::holds(
        "Every .rs opens with `//! `: what it is for, what it does not do.",
        no_opening(&crate::rust()),
    );
    crate::breaks(&no_opening(&crate::example("src/a.rs", "\n//! late")), "src/a.rs");
}

#[test]
fn nothing_is_compiled_only_sometimes() {
    crate::holds("No `cfg` outside tests: rooms are crates, not features.", conditional_code(&crate::rust()));
    let text =
        "//! a\n#[cfg(unix)]\nfn a() {}\n#[cfg(test)]\nmod tests { #[cfg(unix)] fn b() {} }\n// cfg(\n";
    let found = conditional_code(&crate::example("src/a.rs", text));
    crate::breaks(&found, "src/a.rs:2: `cfg(`");
    assert_eq!(found.len(), 1);
}

#[test]
fn nothing_is_silenced() {
    crate::holds(
        "`#[expect(…, reason)]`, never `#[allow]`; no `#[ignore]`.",
        hidden_findings(&crate::rust()),
    );
    let text = "//! a\n#[allow(dead_code)]\n#[test]\n#[ignore]\nfn a() { \"#[allow\"; }";
    let found = hidden_findings(&crate::example("tests/a.rs", text));
    crate::breaks(&found, "tests/a.rs:2: `#[allow`");
    crate::breaks(&found, "tests/a.rs:4: `#[ignore`");
    assert_eq!(found.len(), 2);
}

#[test]
fn nothing_waits_by_sleeping() {
    crate::holds("A test waits for an event, never for a time.", waits(&crate::rust()));
    crate::breaks(&waits(&crate::example("tests/a/b.rs", "tokio::time::sleep(x)")), "tests/a/b.rs:1");
    crate::breaks(&waits(&crate::example("src/a.rs", "std::thread::sleep(x)")), "src/a.rs:1");
    let inside = "fn a() { sleep(x) }\n#[cfg(test)]\nmod tests { fn b() { sleep(x) } }";
    let found = waits(&crate::example("src/a.rs", inside));
    crate::breaks(&found, "src/a.rs:3");
    assert_eq!(found.len(), 1);
}

#[test]
fn browsers_are_sent_to_nobody_else() {
    crate::holds("Everything comes from the union's own server.", strangers(&source::all()));
    let text = "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<script src=\"https://cdn.example/x.js\">";
    let found = strangers(&crate::example("public/a.html", text));
    crate::breaks(&found, "public/a.html:2: https://cdn.example");
    assert_eq!(found.len(), 1);
}

#[test]
fn everybody_has_one_name() {
    crate::holds("One word for one thing (DESIGN §2).", other_words(&source::all()));
    let found = other_words(&crate::example("src/ui/words/a.rs", "告诉登记员"));
    crate::breaks(&found, "src/ui/words/a.rs:1: `登记员`, not `档案员`");
}

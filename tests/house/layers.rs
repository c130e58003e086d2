//! Which part of an app may name which, from the paths in its code. A part that is not listed here is free.

use crate::code;
use crate::source::Source;

/// A room, its layers, and the layers each may name.
type Layers = (&'static str, &'static [(&'static str, &'static [&'static str])]);

const LAYERS: [Layers; 2] = [
    (
        "src/phone/",
        &[
            ("view", &["state"]),
            ("state", &["engine"]),
            ("engine", &["store", "link", "vault"]),
            ("store", &[]),
            ("link", &[]),
            ("vault", &[]),
        ],
    ),
    (
        "src/server/",
        &[
            ("api", &["auth", "report", "imports", "store"]),
            ("auth", &["store"]),
            ("report", &["store"]),
            ("imports", &["store"]),
            ("store", &[]),
        ],
    ),
];

fn crossings(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for (room, layers) in LAYERS {
        for source in sources.iter().filter(|source| !source.is_test()) {
            let Some(inside) = source.path.strip_prefix(room) else { continue };
            let from = code::leading_word(inside);
            let Some((_, may_name)) = layers.iter().find(|(layer, _)| *layer == from) else { continue };
            for (to, line) in named(source, inside.matches('/').count()) {
                let is_layer = layers.iter().any(|(layer, _)| *layer == to);
                if is_layer && to != from && !may_name.contains(&to.as_str()) {
                    found.push(format!("{}:{line}: {from} → {to}", source.path));
                }
            }
        }
    }
    found
}

/// The parts at the top of the crate that a source names: after `crate::`, or after as many `super::` as it is deep.
fn named(source: &Source, depth: usize) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for prefix in ["crate::".to_owned(), "super::".repeat(depth + 1)] {
        for (place, _) in source.code.match_indices(&prefix) {
            if source.code[..place].ends_with("super::") {
                continue;
            }
            let line = code::line(&source.code, place);
            found.extend(
                first_words(&source.code[place + prefix.len()..]).into_iter().map(|word| (word, line)),
            );
        }
    }
    found
}

/// `store::x` → store; `{store::{a, b}, link}` → store, link.
fn first_words(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else { return vec![code::leading_word(path).to_owned()] };
    let mut words = vec![code::leading_word(group.trim_start()).to_owned()];
    let mut depth = 0_i32;
    for (place, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => words.push(code::leading_word(group[place + 1..].trim_start()).to_owned()),
            _ => {}
        }
        if depth < 0 {
            break;
        }
    }
    words
}

#[test]
fn layers_of_an_app_point_one_way() {
    crate::holds("Inside phone and server the arrows of DESIGN §3.", crossings(&crate::rust()));
    let check = |path: &str, text: &str, expected: &[&str]| {
        assert_eq!(crossings(&crate::example(path, text)), expected, "{path}: {text}");
    };
    check("src/phone/view/visit.rs", "use crate::store::open;", &["src/phone/view/visit.rs:1: view → store"]);
    check(
        "src/phone/view.rs",
        "use crate::{state::State, words,\n engine};",
        &["src/phone/view.rs:1: view → engine"],
    );
    check("src/phone/view.rs", "use crate::{words::{a, b}, state};", &[]);
    check(
        "src/phone/engine/send.rs",
        "use super::super::view;",
        &["src/phone/engine/send.rs:1: engine → view"],
    );
    check("src/phone/engine/send.rs", "use super::view;", &[]);
    check("src/server/store.rs", "fn a() { crate::api::b() }", &["src/server/store.rs:1: store → api"]);
    check("src/server/store.rs", "// crate::api\n#[cfg(test)]\nmod tests { use crate::api; }", &[]);
}

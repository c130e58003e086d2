//! Later editions of the app that was built: every file with a hash in its name under another name, its glue, wasm and
//! shell marked, the files of the edition before gone from the server. What the app does is the same, so that a flow can go
//! on.

use kit::failure::{Failure, Outcome};
use kit::page::Page;
use kit::place;
use kit::proxy::Files;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::fs;

/// What the page runs: the mark of its shell, and those of the glue and the wasm that the shell names, as they come now.
const RUNS: &str = "await (async () => {
    const { glue, wasm } = document.getElementById('boot-script').dataset;
    const end = async (path) => {
        const answer = await fetch(path);
        const bytes = new Uint8Array(await answer.arrayBuffer());
        return answer.ok ? new TextDecoder().decode(bytes.slice(-9)) : `${path}: ${answer.status}`;
    };
    const shell = document.querySelector('meta[name=edition]')?.content ?? 'edition-1';
    return [shell, await end(glue), await end(wasm)];
})()";

/// The edition that the page is made of: shell, glue and wasm of one.
pub fn runs(page: &Page, edition: u8) -> Outcome {
    let mark = mark(edition);
    assert_eq!(page.eval(RUNS)?, serde_json::json!([mark, mark, mark]));
    Ok(())
}

/// Whether the page's shell is of this edition.
pub fn is_shell(edition: u8) -> String {
    format!("document.querySelector('meta[name=edition]')?.content === '{}'", mark(edition))
}

fn mark(edition: u8) -> String {
    format!("edition-{edition}")
}

/// All that the server hands out of an edition (2 to 9), and what it no longer does.
pub fn edition(number: u8) -> Outcome<Files> {
    let script = text("/sw.js")?;
    let list = script.split("FILES = ").nth(1).and_then(|rest| rest.split(";\n").next()).unwrap_or_default();
    let kept: Vec<Value> = serde_json::from_str(list).unwrap_or_default();
    let hashes: Vec<String> =
        kept.iter().filter_map(|file| file["hash"].as_str().map(str::to_owned)).collect();
    let version = script.split("VERSION = \"").nth(1).and_then(|rest| rest.split('"').next());
    let hashes: Vec<String> = hashes.into_iter().chain(version.map(str::to_owned)).collect();
    if kept.len() < 5 || hashes.len() != kept.len() + 1 {
        return Err(Failure::Command { method: "sw.js".into(), why: "its list is not read".into() });
    }
    // The version, and each name, begins with its edition's number.
    let renamed = |words: &str| {
        hashes.iter().fold(words.to_owned(), |words, hash| {
            words.replace(hash.as_str(), &format!("{number:04}{}", &hash[4..]))
        })
    };
    let mut files = Files::new();
    let mut listed = Vec::new();
    for (path, hash) in kept.iter().filter_map(|file| file["path"].as_str().zip(file["hash"].as_str())) {
        let bytes = match path.rsplit('.').next() {
            Some("wasm") => [bytes(path)?, section(number)].concat(),
            Some("js" | "css" | "html" | "/") => marked(path, renamed(&text(path)?), number).into_bytes(),
            _ => {
                listed.push(json!({ "path": path, "hash": hash }));
                continue;
            }
        };
        listed.push(json!({ "path": renamed(path), "hash": hash_of(&bytes) }));
        if renamed(path) != path {
            files.insert(path.to_owned(), None);
        }
        files.insert(renamed(path), Some(bytes));
    }
    let script = renamed(&script).replace(&renamed(list), &Value::Array(listed).to_string());
    files.insert("/sw.js".to_owned(), Some(script.into_bytes()));
    Ok(files)
}

/// What the list of a service worker says of a file's bytes: the head of their sha256.
pub fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A section of a wasm module that nothing reads: the mark.
fn section(number: u8) -> Vec<u8> {
    let mark = mark(number);
    let length = u8::try_from(mark.len()).unwrap_or(0);
    [[0, length + 1, length].as_slice(), mark.as_bytes()].concat()
}

fn marked(path: &str, text: String, number: u8) -> String {
    match path {
        "/" => {
            text.replacen("<head>", &format!("<head><meta name=\"edition\" content=\"{}\">", mark(number)), 1)
        }
        script if script.starts_with("/assets/") && script.ends_with(".js") => {
            format!("{text}\n// {}", mark(number))
        }
        _ => text,
    }
}

fn bytes(path: &str) -> Outcome<Vec<u8>> {
    let name = if path == "/" { "index.html" } else { path.trim_start_matches('/') };
    let file = place::target().join("site").join(name);
    fs::read(&file).map_err(Failure::disk(&file))
}

fn text(path: &str) -> Outcome<String> {
    Ok(String::from_utf8_lossy(&bytes(path)?).into_owned())
}

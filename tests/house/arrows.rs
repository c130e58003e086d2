//! Which room may know which, from what cargo itself says of the workspace.

use std::process::Command;

use serde_json::Value;

use crate::source;

/// Every package and the packages of ours it may name. What is not here is forbidden; so is a package not here.
const MAY_KNOW: [(&str, &[&str]); 15] = [
    ("domain", &[]),
    ("protocol", &["domain"]),
    ("sync", &["domain", "protocol"]),
    ("roster", &["domain"]),
    ("ui", &["domain", "protocol"]),
    ("phone", &["domain", "protocol", "sync", "ui"]),
    ("desk", &["domain", "protocol", "ui"]),
    ("server", &["domain", "protocol", "sync", "roster"]),
    ("xtask", &[]),
    // Tests of more than one room. The built apps are files to them, never crates.
    ("kit", &["domain", "protocol", "sync", "server"]),
    ("simulation", &["domain", "protocol", "sync", "kit"]),
    ("server-api", &["domain", "protocol", "sync", "server", "kit"]),
    ("browser", &["domain", "protocol", "kit"]),
    ("house", &[]),
    ("bench", &["domain", "protocol", "roster", "kit"]),
];

fn forbidden(metadata: &Value) -> Vec<String> {
    let packages = || metadata["packages"].as_array().into_iter().flatten();
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let ours: Vec<String> = packages().map(name).collect();
    let mut found = Vec::new();
    for package in packages() {
        let from = name(package);
        let Some((_, may_know)) = MAY_KNOW.iter().find(|(room, _)| *room == from) else {
            found.push(format!("{from}: no room of the plan"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let to = name(dependency);
            // Tests inside a room may use what tests share.
            let in_tests = dependency["kind"] == "dev" && to == "kit";
            if ours.contains(&to) && !may_know.contains(&to.as_str()) && !in_tests {
                found.push(format!("{from} → {to}"));
            }
        }
    }
    found
}

fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]).current_dir(source::root());
    let output = command.output().expect("cargo runs");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

#[test]
fn rooms_know_only_what_the_plan_says() {
    let metadata = metadata();
    assert!(
        metadata["packages"].as_array().is_some_and(|packages| packages.len() > 10),
        "cargo named few packages"
    );
    crate::holds("The arrows of DESIGN §3 and no others.", forbidden(&metadata));
    let broken = serde_json::json!({ "packages": [
        { "name": "domain", "dependencies": [{ "name": "server", "kind": null }, { "name": "serde", "kind": null }] },
        { "name": "server", "dependencies": [{ "name": "kit", "kind": "dev" }] },
        { "name": "kit", "dependencies": [] },
        { "name": "annex", "dependencies": [] },
    ]});
    assert_eq!(forbidden(&broken), ["domain → server", "annex: no room of the plan"]);
}

#[test]
fn every_room_takes_the_lints_of_the_house() {
    let lax = |sources: &[source::Source]| -> Vec<String> {
        let manifests = sources.iter().filter(|source| source.path.ends_with("/Cargo.toml"));
        manifests
            .filter(|source| !source.text.contains("[lints]\nworkspace = true"))
            .map(|source| source.path.clone())
            .collect()
    };
    crate::holds("Every Cargo.toml has `[lints] workspace = true`.", lax(&source::all()));
    crate::breaks(&lax(&crate::example("src/a/Cargo.toml", "[package]")), "src/a/Cargo.toml");
}

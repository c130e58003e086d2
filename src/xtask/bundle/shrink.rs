//! wasm-opt: from PATH, else npm's `binaryen` under `target/tools`; said plainly when neither is to be had.
//!
//! Never stops a build: the wasm without it is larger, not wrong.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::twin;
use crate::need;
use crate::say;
use crate::tool;
use crate::tree;

/// The npm package and the version everybody gets.
const BINARYEN: &str = "binaryen@132.0.0";

/// Older ones do not know what today's compiler emits.
pub const OLDEST: u32 = 116;

/// The wasm-opt that is here and new enough: on PATH, or fetched before.
pub fn on_this_machine() -> Option<Shrinker> {
    tool::find("wasm-opt").and_then(Shrinker::answering).or_else(|| Shrinker::answering(fetched()))
}

fn fetched() -> PathBuf {
    tree::tools().join("node_modules/.bin/wasm-opt")
}

/// A wasm-opt that answered.
pub struct Shrinker {
    program: PathBuf,
    name: String,
}

impl Shrinker {
    /// The first wasm-opt that answers.
    pub fn find() -> Option<Self> {
        if let Some(found) = on_this_machine() {
            return Some(found);
        }
        if tool::find("npm").is_none() {
            say::note(&format!(
                "no wasm-opt from version {OLDEST} on, and no npm to fetch one with: going on without; the apps are larger than they need be."
            ));
            let packages = need::for_wasm_opt().join(" ");
            say::note(&format!("To have it: apt-get install -y {packages}, or brew install binaryen"));
            return None;
        }
        say::step(&format!("no wasm-opt here will do: fetching npm {BINARYEN} into target/tools"));
        fetch();
        let found = Self::answering(fetched());
        if found.is_none() {
            say::note(
                "npm could not fetch wasm-opt (offline?): going on without; the apps are larger than they need be.",
            );
        }
        found
    }

    fn answering(program: PathBuf) -> Option<Self> {
        let name = program.is_file().then(|| tool::output(Command::new(&program).arg("--version")))??;
        if version(&name).is_some_and(|version| version < OLDEST) {
            say::note(&format!(
                "{} is `{name}`: too old, {OLDEST} is the oldest that will do",
                program.display()
            ));
            return None;
        }
        Some(Self { program, name })
    }

    /// What it calls itself, with its version.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same module, smaller; `None` when wasm-opt fails. Remembered by content: the second time costs nothing.
    pub fn shrink(&self, wasm: &[u8]) -> Option<Vec<u8>> {
        let key = twin::digest(&[wasm, self.name.as_bytes(), env!("CARGO_PKG_VERSION").as_bytes()].concat());
        let small = tree::bundle().join("cache").join(format!("{key}.wasm"));
        if let Ok(bytes) = fs::read(&small) {
            return Some(bytes);
        }
        let large = tree::bundle().join("cache/large.wasm");
        tree::write(&large, wasm).ok()?;
        let made = tree::bundle().join("cache/small.wasm");
        // -O2, not -Oz: the smallest when packed, which is how it travels.
        // The features come from the module's own target_features section; none is added.
        let mut command = Command::new(&self.program);
        command.arg("-O2").arg(&large).arg("-o").arg(&made);
        tool::run(&mut command, "wasm-opt").ok()?;
        let bytes = fs::read(&made).ok()?;
        fs::rename(&made, &small).ok()?;
        Some(bytes)
    }
}

/// `wasm-opt version 132 (version_132)` → 132.
fn version(name: &str) -> Option<u32> {
    let (_, after) = name.split_once("version ")?;
    after.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

fn fetch() {
    let tools = tree::tools();
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
    npm.args(["--fetch-retries=1", "--fetch-timeout=60000", "--prefix"]).arg(&tools).arg(BINARYEN);
    // The caller says what it means when it failed.
    let outcome = tree::make(&tools).and_then(|()| tool::run(&mut npm, "npm install binaryen"));
    if let Err(trouble) = outcome {
        say::note(&trouble.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn the_version_is_read_from_what_it_calls_itself() {
        for (name, expected) in [
            ("wasm-opt version 132 (version_132)", Some(132)),
            ("wasm-opt version 108", Some(108)),
            ("wasm-opt version_x", None),
        ] {
            assert_eq!(version(name), expected, "{name}");
        }
    }
}

//! Programs that only proofs need: from their crates, for this checkout alone.

use std::path::PathBuf;
use std::process::Command;

use crate::say;
use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

/// The program is in `target/tools/bin` when this returns `Ok`.
pub fn program(name: &str) -> Result<(), Trouble> {
    if path(name).is_file() { Ok(()) } else { fetch(name, &["--locked", name]) }
}

/// The same of a program that its crate has beside others, in that version. Its lock file may name what no mirror has
/// yet: the newest that fits will do.
pub fn program_of(name: &str, package: &str, version: &str) -> Result<(), Trouble> {
    let said = tool::output(Command::new(path(name)).arg("--version")).unwrap_or_default();
    if said.split_whitespace().any(|word| word == version) {
        return Ok(());
    }
    fetch(name, &["--force", package, "--version", version])
}

fn path(name: &str) -> PathBuf {
    tree::tools().join("bin").join(name)
}

fn fetch(name: &str, words: &[&str]) -> Result<(), Trouble> {
    say::note(&format!("{name} is not there as it has to be: building it for this checkout"));
    let mut command = tool::cargo(["install"]);
    tool::run(command.args(words).arg("--root").arg(tree::tools()), &format!("installing {name}"))
}

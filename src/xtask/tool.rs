//! Finding programs and running them, with the output on the terminal as it comes.
//!
//! Knows nothing of what they are for.

use std::ffi::OsStr;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::say;
use crate::tree;
use crate::trouble::Trouble;

/// Less than this on the disk after a failure, in kB, and the disk is what failed.
const FULL_BELOW_KB: u64 = 100_000;

/// The path of a program, looked up as a shell does.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

/// A cargo command at the top of the checkout: the cargo that runs us, the toolchain of this checkout.
pub fn cargo<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(words: I) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(words).current_dir(tree::root());
    command
}

/// The command also finds the programs fetched for this checkout.
pub fn with_tools(command: &mut Command) {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(tree::tools().join("bin")).chain(std::env::split_paths(&path));
    if let Ok(path) = std::env::join_paths(folders) {
        command.env("PATH", path);
    }
}

/// Runs to the end. A failure is told as `what`, with a hint where a cause is known.
pub fn run(command: &mut Command, what: &str) -> Result<(), Trouble> {
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(failed(what)),
        Err(source) => Err(not_started(command, source)),
    }
}

/// Runs silently and gives what it printed, if it succeeded.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs to the end, passing on what it prints; whether it succeeded, and all of that.
pub fn heard(command: &mut Command) -> Result<(bool, String), Trouble> {
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|source| not_started(command, source))?;
    let mut text = String::new();
    if let Some(stdout) = child.stdout.take() {
        // Split on bytes: a test may print what is not UTF-8.
        for line in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            say::plain(&line);
            text.push_str(&line);
            text.push('\n');
        }
    }
    let status = child.wait().map_err(|source| not_started(command, source))?;
    Ok((status.success(), text))
}

/// The trouble of a program that ran and failed: a full disk is looked for first.
pub fn failed(what: &str) -> Trouble {
    match free_kb(&tree::root()) {
        Some(free) if free < FULL_BELOW_KB => Trouble::DiskFull { path: tree::root() },
        _ => Trouble::Failed { what: what.to_owned(), hint: String::new() },
    }
}

/// The trouble of a program that could not be started at all.
pub fn not_started(command: &Command, source: io::Error) -> Trouble {
    Trouble::File { path: PathBuf::from(command.get_program()), source }
}

/// What is free on the disk of a folder, in kB, where `df` can say it.
pub fn free_kb(folder: &Path) -> Option<u64> {
    let table = output(Command::new("df").arg("-Pk").arg(folder))?;
    table.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

/// The wasm half of the toolchain: there, or added through rustup, or a sentence.
pub fn wasm_target() -> Result<(), Trouble> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let there = || {
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let mut command = Command::new(rustc);
        command.args(["--print", "target-libdir", "--target", TARGET]).current_dir(tree::root());
        output(&mut command).is_some_and(|folder| Path::new(&folder).is_dir())
    };
    if there() {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TARGET]).current_dir(tree::root());
    if find("rustup").is_some() && run(&mut rustup, "rustup target add").is_ok() && there() {
        return Ok(());
    }
    Err(Trouble::NoTool {
        program: format!("Rust's target {TARGET}"),
        what_for: "to build the two apps",
        command: format!("rustup target add {TARGET}"),
    })
}

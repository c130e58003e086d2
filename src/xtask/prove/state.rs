//! Which state of the tree a result is of: a hash of the files that decide it, so that a result stands as long as they
//! do, whatever else is written.

use std::process::Command;

use sha2::{Digest, Sha256};

use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

/// How all is built, and by which numbers each part is proved.
const ALWAYS: [&str; 4] = ["Cargo.lock", "Cargo.toml", "rust-toolchain.toml", "src/xtask/prove/program.rs"];

/// `simulation-0123456789ab`: the part, and a hash of every file at or below these paths, and of how all is built.
pub fn of(part: &str, paths: &[&str]) -> Result<String, Trouble> {
    let mut hash = Sha256::new();
    let decides = |path: &&String| ALWAYS.iter().chain(paths).any(|of| is_at(path, of));
    for path in files()?.iter().filter(decides) {
        let bytes = tree::read(&tree::root().join(path))?;
        hash.update(format!("{path} {}\n", bytes.len()));
        hash.update(bytes);
    }
    let hex: String = hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{part}-{hex}"))
}

fn is_at(path: &str, of: &str) -> bool {
    path.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The commit, for whoever reads a result; `-changed` where the tree is not what it was then.
pub fn commit() -> Result<String, Trouble> {
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    // What was just proved is written into the tree itself.
    let is_changed = !git(&["status", "--porcelain", "--", ".", ":!proved"])?.is_empty();
    Ok(if is_changed { format!("{commit}-changed") } else { commit })
}

/// Every file of the tree that git knows of or would.
pub fn files() -> Result<Vec<String>, Trouble> {
    let listed = git(&["ls-files", "--cached", "--others", "--exclude-standard"])?;
    Ok(listed.lines().filter(|path| tree::root().join(path).is_file()).map(str::to_owned).collect())
}

fn git(words: &[&str]) -> Result<String, Trouble> {
    let mut command = Command::new("git");
    command.args(["-c", "core.quotePath=false"]).args(words).current_dir(tree::root());
    tool::output(&mut command).ok_or_else(|| Trouble::NoTool {
        program: "git, in a checkout".into(),
        what_for: "to tell which state of the tree is proved",
        command: "git clone".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::{is_at, of};

    #[test]
    fn a_state_is_of_the_files_at_and_below_its_paths() {
        assert!(is_at("src/sync/card.rs", "src/sync") && is_at("Cargo.lock", "Cargo.lock"));
        assert!(!is_at("src/synchronous.rs", "src/sync"));
        let state = |paths: &[&str]| of("one", paths).unwrap_or_default();
        assert_eq!(state(&["LICENSE"]), state(&["LICENSE"]));
        assert_ne!(state(&["LICENSE"]), state(&[]));
    }
}

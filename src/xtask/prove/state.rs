//! Which state of the tree a result is of: the commit, and a hash of all that was changed since.

use std::process::Command;

use sha2::{Digest, Sha256};

use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

/// `0123456789ab`, or `0123456789ab-changed-01234567`.
pub fn of_tree() -> Result<String, Trouble> {
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    let mut changed = Sha256::new();
    let diff = git(&["diff", "HEAD"])?;
    changed.update(&diff);
    let new = git(&["ls-files", "--others", "--exclude-standard"])?;
    for path in new.lines() {
        changed.update(path);
        changed.update(tree::read(&tree::root().join(path)).unwrap_or_default());
    }
    if diff.is_empty() && new.is_empty() {
        return Ok(commit);
    }
    let hex: String = changed.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{commit}-changed-{hex}"))
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

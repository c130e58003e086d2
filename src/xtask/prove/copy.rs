//! A copy of the tree for what has to change it: a folder in `target/prove` with cargo's own folder in it, which stays.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::state;
use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

/// The copy.
pub struct Copy {
    root: PathBuf,
}

impl Copy {
    /// Brings the copy of this name up to date: only what differs is written, so that cargo builds only that again.
    pub fn of_tree(name: &str) -> Result<Self, Trouble> {
        let root = tree::proofs().join(name);
        let files = state::files()?;
        for path in &files {
            let bytes = tree::read(&tree::root().join(path))?;
            if fs::read(root.join(path)).ok().as_deref() != Some(bytes.as_slice()) {
                tree::write(&root.join(path), &bytes)?;
            }
        }
        for folder in ["src", "tests", "public", "style"] {
            for path in tree::files(&root.join(folder))? {
                let path = format!("{folder}/{path}");
                if !files.contains(&path) {
                    let stale = root.join(path);
                    fs::remove_file(&stale).map_err(|source| Trouble::file(&stale, source))?;
                }
            }
        }
        Ok(Self { root })
    }

    /// A file of the copy, as text.
    pub fn read(&self, path: &str) -> Result<String, Trouble> {
        Ok(String::from_utf8_lossy(&tree::read(&self.root.join(path))?).into_owned())
    }

    /// Writes a file of the copy.
    pub fn write(&self, path: &str, text: &str) -> Result<(), Trouble> {
        tree::write(&self.root.join(path), text.as_bytes())
    }

    /// Cargo, at the top of the copy, building into the copy's own folder.
    pub fn cargo(&self, words: &[&str]) -> Command {
        let mut command = tool::cargo(words);
        command.current_dir(&self.root).env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_TARGET_DIR");
        command
    }

    /// What was built in the copy.
    pub fn built(&self, path: &str) -> PathBuf {
        self.root.join("target").join(path)
    }
}

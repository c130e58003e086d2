//! Where things lie: the checkout, cargo's target folder, and the few folders xtask itself makes. Reads and writes files.
//!
//! Everything else asks here, so that a moved folder is moved once.

use std::fs;
use std::path::{Path, PathBuf};

use crate::trouble::Trouble;

/// The top of the checkout.
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.ancestors().nth(2).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Where cargo puts what it makes.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(chosen) => root().join(chosen),
        None => root().join("target"),
    }
}

/// Both built apps as they are served. The server embeds exactly this folder, wherever cargo's own target folder is.
pub fn site() -> PathBuf {
    root().join("target/site")
}

/// What the bundler remembers between builds, and the list of the last one.
pub fn bundle() -> PathBuf {
    root().join("target/bundle")
}

/// What was proved, of which state: it is part of the checkout, so that whoever reads a figure finds where it is from, and
/// a part that takes hours goes on on another machine.
pub fn proved() -> PathBuf {
    root().join("proved")
}

/// What `prove` makes on the way, and the copy of the tree that it spoils.
pub fn proofs() -> PathBuf {
    root().join("target/prove")
}

/// Tools fetched for this checkout only.
pub fn tools() -> PathBuf {
    root().join("target/tools")
}

/// The file's bytes.
pub fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    fs::read(path).map_err(|source| Trouble::file(path, source))
}

/// Writes the file, and the folders above it.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    if let Some(folder) = path.parent() {
        make(folder)?;
    }
    fs::write(path, bytes).map_err(|source| Trouble::file(path, source))
}

/// Makes a folder and those above it.
pub fn make(folder: &Path) -> Result<(), Trouble> {
    fs::create_dir_all(folder).map_err(|source| Trouble::file(folder, source))
}

/// Makes a folder empty, whether or not it was there.
pub fn empty(folder: &Path) -> Result<(), Trouble> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|source| Trouble::file(folder, source))?;
    }
    make(folder)
}

/// Puts `from` where `to` is. What was at `to` is gone only after the new folder is complete.
pub fn replace(from: &Path, to: &Path) -> Result<(), Trouble> {
    if to.exists() {
        fs::remove_dir_all(to).map_err(|source| Trouble::file(to, source))?;
    }
    fs::rename(from, to).map_err(|source| Trouble::file(to, source))
}

/// Whether two folders hold the same files with the same bytes.
pub fn same(one: &Path, other: &Path) -> Result<bool, Trouble> {
    let paths = files(one)?;
    if paths != files(other)? {
        return Ok(false);
    }
    for path in paths {
        if read(&one.join(&path))? != read(&other.join(&path))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Every file below a folder as a path relative to it with `/`, sorted. A folder that is not there holds no files.
pub fn files(folder: &Path) -> Result<Vec<String>, Trouble> {
    let mut found = Vec::new();
    if folder.is_dir() {
        walk(folder, "", &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), Trouble> {
    let at = |source| Trouble::file(folder, source);
    for entry in fs::read_dir(folder).map_err(at)? {
        let entry = entry.map_err(at)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.file_type().map_err(at)?.is_dir() {
            walk(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

//! Where the tests find the built program and put what they make. Nothing is made outside the build's own folder.

use crate::failure::{Failure, Outcome};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

static FOLDERS: AtomicUsize = AtomicUsize::new(0);

/// The build folder of the workspace.
pub fn target() -> PathBuf {
    let built = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    built.unwrap_or_else(|| workspace().join("target"))
}

/// Where pictures go.
pub fn screens() -> PathBuf {
    target().join("screens")
}

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    let kit = Path::new(env!("CARGO_MANIFEST_DIR"));
    kit.ancestors().nth(2).unwrap_or(kit).to_owned()
}

/// A new, empty folder for a profile or a database; the next run with the same name and process starts it anew.
pub fn folder(name: &str) -> Outcome<PathBuf> {
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let path = target().join("kit").join(format!("{name}-{}-{number}", std::process::id()));
    if path.exists() {
        fs::remove_dir_all(&path).map_err(Failure::disk(&path))?;
    }
    fs::create_dir_all(&path).map_err(Failure::disk(&path))?;
    Ok(path)
}

//! Where the tests find the built program and put what they make. Nothing is made outside the build's own folder.

use crate::failure::{Failure, Outcome};
use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

static FOLDERS: AtomicUsize = AtomicUsize::new(0);

/// Whether what earlier programs left was cleared by this one.
static CLEARED: Mutex<bool> = Mutex::new(false);

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

/// A new, empty folder for a profile or a database. It stays after the test, to be looked into, until a later run
/// makes a folder and finds that the process that made this one has ended.
pub fn folder(name: &str) -> Outcome<PathBuf> {
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let all = target().join("kit");
    // Nobody makes a folder while it is cleared: what another test has just made would go with it.
    let mut cleared = CLEARED.lock().unwrap_or_else(PoisonError::into_inner);
    if !*cleared && all.is_dir() {
        clear(&all)?;
    }
    *cleared = true;
    drop(cleared);
    let path = all.join(format!("{name}-{}-{number}", std::process::id()));
    fs::create_dir_all(&path).map_err(Failure::disk(&path))?;
    Ok(path)
}

/// Removes what processes left that have ended, this one's own number of an earlier life included.
fn clear(all: &Path) -> Outcome {
    for entry in fs::read_dir(all).map_err(Failure::disk(all))? {
        let path = entry.map_err(Failure::disk(all))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let maker = name.rsplit('-').nth(1).unwrap_or_default();
        let runs = Path::new("/proc").join(maker).exists() && maker != std::process::id().to_string();
        if maker.is_empty() || runs {
            continue;
        }
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        match removed {
            // Something of that process may still be writing while it ends: a later run clears it.
            Err(source) if source.kind() == ErrorKind::DirectoryNotEmpty => {}
            // Another run may be clearing too: what is gone already is no failure.
            Err(source) if path.exists() => return Err(Failure::Disk { path, source }),
            _ => {}
        }
    }
    Ok(())
}

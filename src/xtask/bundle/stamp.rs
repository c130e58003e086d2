//! What a site was made from, in one line; the same line, the same site.

use std::fs;
use std::path::{Path, PathBuf};

use super::shrink::Shrinker;
use super::twin;
use crate::tree;
use crate::trouble::Trouble;

/// The stamp of everything that goes into a site: both wasms, `public/`, `style/`, xtask itself, the wasm-opt in use.
pub fn of_inputs(wasms: &[PathBuf], shrinker: Option<&Shrinker>) -> Result<String, Trouble> {
    let mut parts = vec![shrinker.map_or("no wasm-opt", Shrinker::name).to_owned()];
    let mut add = |name: &str, path: &Path| -> Result<(), Trouble> {
        parts.push(format!("{name} {}", twin::digest(&tree::read(path)?)));
        Ok(())
    };
    for wasm in wasms {
        add("wasm", wasm)?;
    }
    for folder in ["public", "style"] {
        let folder = tree::root().join(folder);
        for path in tree::files(&folder)? {
            add(&path, &folder.join(&path))?;
        }
    }
    if let Ok(xtask) = std::env::current_exe() {
        add("xtask", &xtask)?;
    }
    Ok(twin::digest(parts.join("\n").as_bytes()))
}

/// Whether the site that lies there was made from the same.
pub fn is_current(stamp: &str) -> bool {
    tree::site().join("index.html").is_file() && fs::read_to_string(file()).is_ok_and(|kept| kept == stamp)
}

/// Remembers what the site was made from.
pub fn keep(stamp: &str) -> Result<(), Trouble> {
    tree::write(&file(), stamp.as_bytes())
}

/// Forgets it, before the site is touched: a build that is killed is a stale one.
pub fn forget() -> Result<(), Trouble> {
    keep("")
}

fn file() -> PathBuf {
    tree::bundle().join("stamp")
}

//! The compiler's wasm to what a browser can load: wasm-bindgen, through its library, so that no tool need be installed.

use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use crate::tree;
use crate::trouble::Trouble;

/// An app as wasm-bindgen leaves it.
pub struct Bound {
    /// The module that loads it.
    pub js: Vec<u8>,
    /// The wasm that fits the module.
    pub wasm: Vec<u8>,
    /// Further modules the first one imports, by their path beside it.
    pub snippets: Vec<(String, Vec<u8>)>,
}

/// The library in the apps and the bundler here must be one version; says plainly when they differ.
pub fn check_versions() -> Result<(), Trouble> {
    let lock = tree::read(&tree::root().join("Cargo.lock"))?;
    let lock = String::from_utf8_lossy(&lock);
    let library = locked(&lock, "wasm-bindgen");
    let bundler = locked(&lock, "wasm-bindgen-cli-support");
    match (library, bundler) {
        (Some(library), Some(bundler)) if library != bundler => {
            Err(Trouble::Versions { library: library.to_owned(), bundler: bundler.to_owned() })
        }
        _ => Ok(()),
    }
}

/// The version of the bindings in the apps; none where no lock file says so.
pub fn version() -> Result<Option<String>, Trouble> {
    let lock = tree::read(&tree::root().join("Cargo.lock"))?;
    Ok(locked(&String::from_utf8_lossy(&lock), "wasm-bindgen").map(str::to_owned))
}

fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, after) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    after.split_once('"').map(|(version, _)| version)
}

/// Binds one app.
pub fn bind(app: &'static str, wasm: &Path) -> Result<Bound, Trouble> {
    let folder = tree::bundle().join(app);
    tree::empty(&folder)?;
    let glue = |source: Box<dyn std::error::Error + Send + Sync>| Trouble::Glue { app, source };
    Bindgen::new()
        .input_path(wasm)
        .out_name(app)
        .web(true)
        .map_err(|error| glue(error.into()))?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&folder)
        .map_err(|error| glue(error.into()))?;
    let mut snippets = Vec::new();
    for path in tree::files(&folder)? {
        if path.starts_with("snippets/") {
            let bytes = tree::read(&folder.join(&path))?;
            snippets.push((path, bytes));
        }
    }
    Ok(Bound {
        js: tree::read(&folder.join(format!("{app}.js")))?,
        wasm: tree::read(&folder.join(format!("{app}_bg.wasm")))?,
        snippets,
    })
}

#[cfg(test)]
mod tests {
    use super::locked;

    #[test]
    fn a_version_is_read_from_the_lock() {
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n\n[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n";
        for (package, expected) in
            [("wasm-bindgen", Some("0.2.130")), ("wasm-bindgen-futures", Some("0.4.80")), ("wasm", None)]
        {
            assert_eq!(locked(lock, package), expected, "{package}");
        }
    }
}

//! What the phone's service worker loads before it calls the app installed, and what that weighs.

use serde_json::{Value, json};

use super::twin;
use crate::say;
use crate::tree;
use crate::trouble::Trouble;

/// The first load may weigh this much under brotli (DESIGN §7).
pub const BUDGET_BYTES: usize = 300_000;

/// And it may not weigh more than this: what it weighed last, and a little for another compiler. Raised only for what
/// users need; last for a draft that is open in two pages, and words for a network that is not the union's, a disk that does
/// not answer and rows that cannot be read.
const LIMIT_BYTES: usize = 672_000;

/// One file of the list.
pub struct Listed {
    /// As it is asked for, with a leading slash.
    pub path: String,
    /// Of its contents.
    pub hash: String,
    /// As it is.
    pub raw_bytes: usize,
    /// As it travels.
    pub brotli_bytes: usize,
}

/// The list.
pub struct Precache {
    /// The hash over the list: another list, another service worker.
    pub version: String,
    /// Sorted by path.
    pub files: Vec<Listed>,
    /// wasm-opt made the apps smaller: only then it is weighed.
    pub is_shrunk: bool,
}

impl Precache {
    /// The list with its version.
    pub fn new(mut files: Vec<Listed>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let lines: Vec<String> = files.iter().map(|file| format!("{} {}", file.path, file.hash)).collect();
        Self { version: twin::digest(lines.join("\n").as_bytes()), files, is_shrunk: false }
    }

    /// The list as the service worker reads it.
    pub fn json(&self) -> String {
        let list: Vec<Value> =
            self.files.iter().map(|file| json!({ "path": file.path, "hash": file.hash })).collect();
        Value::Array(list).to_string()
    }

    /// The whole list under brotli.
    pub fn brotli_bytes(&self) -> usize {
        self.files.iter().map(|file| file.brotli_bytes).sum()
    }

    /// Refuses a first load that has grown.
    pub fn within_limit(&self) -> Result<(), Trouble> {
        let bytes = self.brotli_bytes();
        if !self.is_shrunk || bytes <= LIMIT_BYTES {
            Ok(())
        } else {
            Err(Trouble::TooHeavy { bytes, limit: LIMIT_BYTES })
        }
    }

    /// The bytes by file, as a table.
    pub fn table(&self) -> String {
        let width = self.files.iter().map(|file| file.path.len()).max().unwrap_or(0).max(24);
        let line = |path: &str, raw: usize, brotli: usize| {
            format!("  {path:<width$} {:>12} {:>12}\n", say::grouped(raw), say::grouped(brotli))
        };
        let mut table = format!("  {:<width$} {:>12} {:>12}\n", "the phone's first load", "raw", "brotli");
        for file in &self.files {
            table.push_str(&line(&file.path, file.raw_bytes, file.brotli_bytes));
        }
        let raw = self.files.iter().map(|file| file.raw_bytes).sum();
        table.push_str(&line("together", raw, self.brotli_bytes()));
        table.push_str(&format!("  {:<width$} {:>12} {:>12}", "to reach", "", say::grouped(BUDGET_BYTES)));
        table
    }
}

/// Remembers the list of the last build, for `--if-stale` and the bench.
pub fn keep(precache: &Precache) -> Result<(), Trouble> {
    let row = |file: &Listed| json!([file.path, file.hash, file.raw_bytes, file.brotli_bytes]);
    let rows: Vec<Value> = precache.files.iter().map(row).collect();
    tree::write(&tree::bundle().join("precache.json"), Value::Array(rows).to_string().as_bytes())
}

/// The list of the last build.
pub fn load() -> Result<Precache, Trouble> {
    let path = tree::bundle().join("precache.json");
    let bytes = tree::read(&path)?;
    let rows: Vec<(String, String, usize, usize)> =
        serde_json::from_slice(&bytes).map_err(|error| Trouble::file(&path, error.into()))?;
    let listed = |(path, hash, raw_bytes, brotli_bytes)| Listed { path, hash, raw_bytes, brotli_bytes };
    Ok(Precache::new(rows.into_iter().map(listed).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(path: &str, hash: &str) -> Listed {
        Listed { path: path.into(), hash: hash.into(), raw_bytes: 10, brotli_bytes: 4 }
    }

    #[test]
    fn the_version_follows_paths_and_contents_not_their_order() {
        let version = |files| Precache::new(files).version;
        let one = version(vec![listed("/", "1"), listed("/a", "2")]);
        assert_eq!(one, version(vec![listed("/a", "2"), listed("/", "1")]));
        assert_ne!(one, version(vec![listed("/", "1"), listed("/a", "3")]));
        assert_ne!(one, version(vec![listed("/", "1"), listed("/b", "2")]));
    }

    #[test]
    fn the_service_worker_reads_paths_and_hashes() {
        assert_eq!(Precache::new(vec![listed("/", "1")]).json(), r#"[{"hash":"1","path":"/"}]"#);
    }

    #[test]
    fn a_first_load_that_has_grown_is_refused() {
        let weighing = |brotli_bytes, is_shrunk| {
            let files = vec![Listed { brotli_bytes, ..listed("/", "1") }];
            Precache { is_shrunk, ..Precache::new(files) }.within_limit()
        };
        assert!(weighing(LIMIT_BYTES, true).is_ok() && weighing(LIMIT_BYTES + 1, true).is_err());
        assert!(weighing(LIMIT_BYTES + 1, false).is_ok(), "no wasm-opt was to be had");
    }
}

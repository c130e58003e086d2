//! The files of the tree: those a person wrote, in `src/`, `tests/`, `public/`, `style/` and at the top.
//!
//! Leaves out what is built, fetched or kept there while running, and what begins with a dot.

use std::fs;
use std::path::{Path, PathBuf};

use crate::code;

/// What holds no sources.
const NOT_OURS: [&str; 3] = ["target", "data", "node_modules"];

/// One file.
pub struct Source {
    /// From the top of the tree, with `/`.
    pub path: String,
    /// As it is; empty if it is no text.
    pub text: String,
    /// Its code: comments, contents of strings and test modules blanked, every line where it was.
    pub code: String,
    /// The lines that are tests inside a source of a room.
    pub test_lines: usize,
}

impl Source {
    /// A file with a path and a text.
    pub fn new(path: &str, text: &str) -> Self {
        let blanked = if path.ends_with(".rs") { code::blanked(text) } else { String::new() };
        let (code, test_lines) = code::without_tests(&blanked);
        Self { path: path.to_owned(), text: text.to_owned(), code, test_lines }
    }

    /// Whether the whole file is tests: `tests.rs` beside a module, or anything under `tests/`.
    pub fn is_test(&self) -> bool {
        let named = ["/tests.rs", "/builders.rs"].iter().any(|name| self.path.ends_with(name));
        self.path.starts_with("tests/") || named || self.path.contains("/tests/")
    }

    /// The code with its test modules, for what is forbidden in tests too.
    pub fn all_code(&self) -> String {
        code::blanked(&self.text)
    }
}

/// The top of the tree.
pub fn root() -> PathBuf {
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    house.ancestors().nth(2).unwrap_or(house).to_path_buf()
}

/// Every file.
pub fn all() -> Vec<Source> {
    let mut sources = Vec::new();
    walk(&root(), "", &mut |path, full| {
        sources.push(Source::new(path, &fs::read_to_string(full).unwrap_or_default()));
    });
    assert!(sources.len() > 50, "the walk over the tree found only {} files", sources.len());
    sources
}

/// Every folder below `src/` and `tests/`, with a slash at the end. One that holds only a module's tests is no place to go.
pub fn folders() -> Vec<String> {
    let mut folders = Vec::new();
    for top in ["src", "tests"] {
        walk(&root().join(top), &format!("{top}/"), &mut |path, _| {
            if path.ends_with("/tests.rs") {
                return;
            }
            let parents =
                Path::new(path).ancestors().skip(1).filter(|parent| parent.components().count() > 1);
            folders.extend(parents.map(|parent| format!("{}/", parent.display())));
        });
    }
    folders.sort();
    folders.dedup();
    folders
}

fn walk(folder: &Path, prefix: &str, found: &mut impl FnMut(&str, &Path)) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<_> = entries.map(|entry| entry.expect("an entry of a folder")).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_folder = entry.file_type().expect("the type of an entry").is_dir();
        if name.starts_with('.') || (is_folder && NOT_OURS.contains(&name.as_str())) {
            continue;
        }
        let path = format!("{prefix}{name}");
        if is_folder {
            walk(&entry.path(), &format!("{path}/"), found);
        } else {
            found(&path, &entry.path());
        }
    }
}

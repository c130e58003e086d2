//! Looks for words in everything a browser left on the disk, as it lies there and with whatever the engine packed
//! undone: LevelDB logs and tables, Blink's packed IndexedDB values, SQLite, Cache Storage and the HTTP cache.
//!
//! The browser must have ended before. What nobody but the engine can read (`Sessions_Encrypted`) is only named,
//! in [`Coverage::sealed`]; strings in the keys of the SQLite backend of IndexedDB, which Chromium 156 does not use
//! unless told to, are written in a form of their own and not looked for.

use crate::failure::{Failure, Outcome};
use needle::Needles;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use unpack::Piece;

pub mod leveldb;
pub mod needle;
pub mod simple_cache;
pub mod sqlite;
pub mod unpack;

/// Folders whose files the engine encrypts with a key of its own.
const SEALED: [&str; 1] = ["Sessions_Encrypted"];
/// How many packings may lie in one another.
const DEPTH: usize = 5;

/// A word that lies on the disk.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The file, from the profile on.
    pub file: PathBuf,
    /// The word.
    pub word: String,
    /// How it lies there: what was unpacked, and the encoding.
    pub how: String,
}

/// How much was looked at, so that "nothing found" means something.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// Files read.
    pub files: usize,
    /// Bytes in them.
    pub bytes: usize,
    /// What was unpacked, by kind: how many pieces, how many bytes.
    pub unpacked: BTreeMap<&'static str, (usize, usize)>,
    /// What should have been readable and was not, and why.
    pub unread: Vec<(PathBuf, String)>,
    /// Files the engine encrypted.
    pub sealed: Vec<PathBuf>,
}

/// What a scan found.
#[derive(Debug, Clone, Default)]
pub struct Scan {
    /// Where the words lie.
    pub hits: Vec<Hit>,
    /// What was looked at.
    pub coverage: Coverage,
}

/// Scans a profile folder for words.
pub fn scan(profile: &Path, words: &[&str]) -> Outcome<Scan> {
    let needles = Needles::new(words);
    let mut coverage = Coverage::default();
    let mut hits = BTreeSet::new();
    for path in files(profile)? {
        let file = path.strip_prefix(profile).unwrap_or(&path).to_owned();
        if file.iter().any(|part| SEALED.iter().any(|sealed| part == *sealed)) {
            coverage.sealed.push(file.clone());
        }
        let bytes = fs::read(&path).map_err(Failure::disk(&path))?;
        coverage.files += 1;
        coverage.bytes += bytes.len();
        let mut found = BTreeSet::new();
        search(&needles, &Piece { kind: "", bytes }, &path, &mut Vec::new(), &mut found, &mut |piece| {
            match piece {
                Ok((kind, bytes)) => {
                    let (pieces, sum) = coverage.unpacked.entry(kind).or_default();
                    *pieces += 1;
                    *sum += bytes;
                }
                Err(why) => coverage.unread.push((file.clone(), why)),
            }
        });
        hits.extend(found.into_iter().map(|(word, how)| Hit { file: file.clone(), word, how }));
    }
    Ok(Scan { hits: hits.into_iter().collect(), coverage })
}

impl Scan {
    /// Where this word lies in files whose path has this part, and how.
    pub fn found(&self, word: &str, part: &str) -> Vec<&Hit> {
        let in_part = |hit: &&Hit| hit.word == word && hit.file.display().to_string().contains(part);
        self.hits.iter().filter(in_part).collect()
    }
}

impl fmt::Display for Scan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} hits in {} files, {} bytes",
            self.hits.len(),
            self.coverage.files,
            self.coverage.bytes
        )?;
        for (kind, (pieces, bytes)) in &self.coverage.unpacked {
            writeln!(f, "  unpacked {kind}: {pieces}, {bytes} bytes")?;
        }
        for (file, why) in &self.coverage.unread {
            writeln!(f, "  unread {}: {why}", file.display())?;
        }
        for file in &self.coverage.sealed {
            writeln!(f, "  encrypted by the engine: {}", file.display())?;
        }
        for Hit { file, word, how } in &self.hits {
            writeln!(f, "  “{word}” in {} ({how})", file.display())?;
        }
        Ok(())
    }
}

type Noted<'a> = dyn FnMut(Result<(&'static str, usize), String>) + 'a;

/// Looks into a piece, then into whatever was packed in it.
fn search(
    needles: &Needles,
    piece: &Piece,
    file: &Path,
    way: &mut Vec<&'static str>,
    found: &mut BTreeSet<(String, String)>,
    noted: &mut Noted<'_>,
) {
    for (word, encoding) in needles.find(&piece.bytes) {
        let how = if way.is_empty() {
            format!("{encoding}, as it lies")
        } else {
            format!("{encoding}, in {}", way.join(" › "))
        };
        found.insert((word.to_owned(), how));
    }
    if way.len() >= DEPTH {
        return noted(Err(format!("more than {DEPTH} packings in one another")));
    }
    for inner in unpack::inside(piece, file, way.is_empty()) {
        match inner {
            Ok(inner) => {
                noted(Ok((inner.kind, inner.bytes.len())));
                way.push(inner.kind);
                search(needles, &inner, file, way, found, noted);
                way.pop();
            }
            Err(why) => noted(Err(why)),
        }
    }
}

/// Every file below a folder, in order. Links are not followed: the browser's locks are links that lead nowhere.
fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(Failure::disk(&folder))? {
            let entry = entry.map_err(Failure::disk(&folder))?;
            let kind = entry.file_type().map_err(Failure::disk(entry.path()))?;
            if kind.is_dir() {
                open.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

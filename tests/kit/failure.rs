//! What can go wrong while a test drives the browser or the office, with what the page showed and the office said.
//! It decides nothing: a test hands it up with `?`, and its `Debug` is the report a person reads.

use crate::office::last_said;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// The result of nearly everything here; tests return `Outcome` themselves.
pub type Outcome<T = ()> = Result<T, Failure>;

/// Why a step of a test did not happen.
pub enum Failure {
    /// A program could not be started, or ended before it was ready.
    Launch {
        /// The program.
        program: String,
        /// What it said, or why it could not be started.
        why: String,
    },
    /// The browser refused a command.
    Command {
        /// The command of the DevTools protocol.
        method: String,
        /// Its message.
        why: String,
    },
    /// The connection to the browser is closed.
    Closed {
        /// The command that was under way.
        method: String,
        /// Why it closed.
        why: String,
    },
    /// A page could not be opened.
    Navigation {
        /// The address.
        url: String,
        /// The browser's reason.
        why: String,
    },
    /// A script threw.
    Script {
        /// The script.
        script: String,
        /// What it threw.
        why: String,
    },
    /// Something did not come true in time, or could not be tapped.
    Unmet {
        /// What was waited for.
        wanted: String,
        /// What was there instead.
        why: String,
        /// How long was waited.
        after: Duration,
        /// The page at that moment.
        seen: Box<Seen>,
    },
    /// A file could not be read or written.
    Disk {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// A database of the profile could not be read.
    Database {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: rusqlite::Error,
    },
}

/// What a page displayed when a step failed.
#[derive(Debug, Default, Clone)]
pub struct Seen {
    /// Its address.
    pub url: String,
    /// Its visible text.
    pub text: String,
    /// Where the picture of it lies.
    pub picture: Option<PathBuf>,
    /// What the console and the browser complained about.
    pub problems: Vec<String>,
}

impl Failure {
    /// A closure for `map_err` that names the file.
    pub fn disk(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Disk { path, source }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Launch { program, why } => write!(f, "{program} did not start: {why}"),
            Self::Command { method, why } => write!(f, "the browser refused {method}: {why}"),
            Self::Closed { method, why } => {
                write!(f, "the browser is gone (during {method}): {why}")
            }
            Self::Navigation { url, why } => write!(f, "{url} did not open: {why}"),
            Self::Script { script, why } => write!(f, "a script failed: {why}\n  in: {script}"),
            Self::Unmet { wanted, why, after, seen } => {
                writeln!(f, "not within {} ms: {wanted}", after.as_millis())?;
                writeln!(f, "  because: {why}\n  address: {}", seen.url)?;
                match &seen.picture {
                    Some(path) => writeln!(f, "  picture: {}", path.display())?,
                    None => writeln!(f, "  picture: none could be taken")?,
                }
                for problem in &seen.problems {
                    writeln!(f, "  problem: {problem}")?;
                }
                write!(f, "  the page displayed:\n{}", indented(&seen.text))
            }
            Self::Disk { path, source } => write!(f, "{}: {source}", path.display()),
            Self::Database { path, source } => write!(f, "{}: {source}", path.display()),
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}\n{}", last_said())
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk { source, .. } => Some(source),
            Self::Database { source, .. } => Some(source),
            _ => None,
        }
    }
}

fn indented(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| format!("    │ {line}")).collect::<Vec<_>>().join("\n")
}

//! Everything that can stop a command, each as a sentence that says what to do. No backtraces.

use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::{Path, PathBuf};

use crate::say;

/// What stopped the command.
#[derive(Debug)]
pub enum Trouble {
    /// The command line makes no sense.
    Usage { wrong: String, usage: &'static str },
    /// A program that is needed is not there.
    NoTool { program: String, what_for: &'static str, command: String },
    /// A program ran and failed; it has already said why on the terminal.
    Failed { what: String, hint: String },
    /// Reading or writing a file failed.
    File { path: PathBuf, source: io::Error },
    /// The disk is full, or nearly.
    DiskFull { path: PathBuf },
    /// The disk would fill up on the way.
    LittleRoom { path: PathBuf, free_gb: u64, needed_gb: u64 },
    /// The two halves of wasm-bindgen differ.
    Versions { library: String, bundler: String },
    /// wasm-bindgen cannot read what the compiler made.
    Glue { app: &'static str, source: Box<dyn Error + Send + Sync> },
    /// A shell or script names something the build does not make.
    Placeholder { file: String, name: String },
    /// The address is taken.
    PortInUse { listen: String },
    /// The address cannot be listened on at all.
    Listen { listen: String, source: io::Error },
    /// Tools are missing that may not be installed from here.
    Needs { missing: Vec<&'static str>, command: String },
    /// The phone's first load has grown.
    TooHeavy { bytes: usize, limit: usize },
    /// Tests ran, not all passed.
    Tests { summary: String },
}

impl Trouble {
    /// The trouble with a file; a full disk is told apart because there is something to do about it.
    pub fn file(path: &Path, source: io::Error) -> Self {
        if source.kind() == io::ErrorKind::StorageFull {
            Self::DiskFull { path: path.to_path_buf() }
        } else {
            Self::File { path: path.to_path_buf(), source }
        }
    }
}

impl Display for Trouble {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { wrong, usage } => write!(f, "{wrong}. These are the commands:\n{usage}"),
            Self::NoTool { program, what_for, command } => {
                write!(
                    f,
                    "`{program}` is not installed; it is needed {what_for}. Install it with:\n    {command}"
                )
            }
            Self::Failed { what, hint } if hint.is_empty() => {
                write!(f, "{what} failed; its own words are above.")
            }
            Self::Failed { what, hint } => write!(f, "{what} failed; its own words are above. {hint}"),
            Self::File { path, .. } => write!(f, "{} could not be read or written.", path.display()),
            Self::TooHeavy { bytes, limit } => write!(
                f,
                "the phone's first load is {} bytes, at most {} are allowed: it only ever gets lighter. Look at what this change added to the app.",
                say::grouped(*bytes),
                say::grouped(*limit)
            ),
            Self::DiskFull { path } => write!(
                f,
                "the disk that holds {} is full. Free about 4 GB (`cargo clean` frees what earlier builds left) and repeat the command.",
                path.display()
            ),
            Self::LittleRoom { path, free_gb, needed_gb } => write!(
                f,
                "{free_gb} GB are free on the disk that holds {}; the builds and the tests write up to {needed_gb} GB. \
                 Free some (`cargo clean` frees what earlier builds left) and repeat the command.",
                path.display()
            ),
            Self::Versions { library, bundler } => write!(
                f,
                "Cargo.lock has wasm-bindgen {library}, but xtask bundles for {bundler}; the two must be equal. \
                 Either set `wasm-bindgen-cli-support = \"={library}\"` in src/xtask/Cargo.toml, \
                 or run:\n    cargo update -p wasm-bindgen --precise {bundler}"
            ),
            Self::Glue { app, .. } => write!(f, "wasm-bindgen could not read the {app} app's wasm."),
            Self::Placeholder { file, name } => {
                write!(
                    f,
                    "{file} asks for {{{{{name}}}}}, which the build does not make; the names are listed in src/xtask/bundle.rs."
                )
            }
            Self::PortInUse { listen } => write!(
                f,
                "something else already listens on {listen}. Stop it, or choose another port:\n    cargo xtask run --listen 127.0.0.1:8081"
            ),
            Self::Listen { listen, .. } => {
                write!(
                    f,
                    "cannot listen on {listen}. The demo takes a loopback address with a port, like 127.0.0.1:8080."
                )
            }
            Self::Needs { missing, command } => write!(
                f,
                "missing: {}. This may not be installed from here; install it and repeat the command:\n    {command}",
                missing.join(", ")
            ),
            Self::Tests { summary } => write!(f, "{summary}"),
        }
    }
}

impl Error for Trouble {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::File { source, .. } | Self::Listen { source, .. } => Some(source),
            Self::Glue { source, .. } => Some(source.as_ref()),
            _ => None,
        }
    }
}

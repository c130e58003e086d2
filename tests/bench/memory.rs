//! How much memory an office holds, as Linux says: its own, watched while it works, for Linux notes no peak of that; and
//! with the pages of its database that lie in memory as files do, and that the system takes back when it wants to.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use crate::http::{Outcome, trouble};

/// How often it is looked at.
const EVERY: Duration = Duration::from_millis(10);

/// Watches one office.
pub struct Watch {
    status: PathBuf,
    own_kb: Arc<AtomicU64>,
}

impl Watch {
    /// The office of this data folder; it is watched until the program ends.
    ///
    /// # Errors
    /// No such office runs.
    pub fn of(data: &Path) -> Outcome<Self> {
        let status = status_of(data)?;
        let own_kb = Arc::new(AtomicU64::new(0));
        let (watched, most) = (status.clone(), Arc::clone(&own_kb));
        thread::spawn(move || {
            while let Some(own) = read(&watched, "RssAnon:") {
                most.fetch_max(own, Ordering::Relaxed);
                thread::park_timeout(EVERY);
            }
        });
        Ok(Self { status, own_kb })
    }

    /// The most that it held itself since it is watched, in MB.
    #[must_use]
    pub fn own_mb(&self) -> u64 {
        self.own_kb.load(Ordering::Relaxed) / 1024
    }

    /// The most that it ever held together with its database's pages, in MB.
    #[must_use]
    pub fn whole_mb(&self) -> u64 {
        read(&self.status, "VmHWM:").unwrap_or(0) / 1024
    }
}

fn read(status: &Path, name: &str) -> Option<u64> {
    let status = std::fs::read_to_string(status).ok()?;
    status.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse().ok())
}

fn status_of(data: &Path) -> Outcome<PathBuf> {
    let data = data.to_string_lossy().into_owned();
    for entry in std::fs::read_dir("/proc")? {
        let folder = entry?.path();
        let is_office = std::fs::read(folder.join("cmdline"))
            .is_ok_and(|line| String::from_utf8_lossy(&line).split('\0').any(|word| word == data));
        if is_office {
            return Ok(folder.join("status"));
        }
    }
    Err(trouble("the office is not there".to_owned()))
}

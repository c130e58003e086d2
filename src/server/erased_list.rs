//! The list of what was erased, as ids, in a file beside the database: a restore, or a copy put back by hand, must not
//! bring it back. A line is `household file`, `household entry id` or `household need id`; what else stands there is left alone.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use domain::file::erasing::Gone;
use domain::id::{EntryId, HouseholdId, NeedId};

use crate::private_file;

/// What was erased of each household.
pub type Listed = BTreeMap<HouseholdId, Vec<Gone>>;

/// The list.
#[derive(Clone, Debug)]
pub struct ErasedList(PathBuf);

impl ErasedList {
    /// The list at a path; there is none until something is erased.
    #[must_use]
    pub const fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// Adds lines, durably; several offices may do so at once.
    ///
    /// # Errors
    /// What the system says.
    pub fn add(&self, listed: &[(HouseholdId, Gone)]) -> io::Result<()> {
        let lines: String = listed.iter().map(|(household, gone)| line(*household, *gone)).collect();
        if lines.is_empty() {
            return Ok(());
        }
        let is_new = !self.0.exists();
        let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(&self.0)?;
        file.write_all(lines.as_bytes())?;
        file.sync_all()?;
        if is_new { private_file::sync_folder_of(&self.0) } else { Ok(()) }
    }

    /// Reads it.
    ///
    /// # Errors
    /// What the system says.
    pub fn read(&self) -> io::Result<Listed> {
        let text = match std::fs::read_to_string(&self.0) {
            Err(absent) if absent.kind() == io::ErrorKind::NotFound => return Ok(Listed::new()),
            found => found?,
        };
        let mut listed = Listed::new();
        for (household, gone) in text.lines().filter_map(read_line) {
            listed.entry(household).or_default().push(gone);
        }
        Ok(listed)
    }
}

/// Begins with the line's end, for the one before may have been cut off by a full disk.
fn line(household: HouseholdId, gone: Gone) -> String {
    match gone {
        Gone::File(_) => format!("\n{household} file\n"),
        Gone::Entry(entry) => format!("\n{household} entry {entry}\n"),
        Gone::Need(need) => format!("\n{household} need {need}\n"),
    }
}

fn read_line(line: &str) -> Option<(HouseholdId, Gone)> {
    let mut words = line.split_whitespace();
    let household = HouseholdId::parse(words.next()?)?;
    let gone = match words.next()? {
        "file" => Gone::File(household),
        "entry" => Gone::Entry(EntryId::parse(words.next()?)?),
        "need" => Gone::Need(NeedId::parse(words.next()?)?),
        _ => return None,
    };
    Some((household, gone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_they_were_written() {
        let household = HouseholdId::from_bytes([1; 16]);
        let gone = [
            Gone::Entry(EntryId::from_bytes([2; 16])),
            Gone::Need(NeedId::from_bytes([3; 16])),
            Gone::File(household),
        ];
        let written: String = gone.into_iter().map(|gone| line(household, gone)).collect();
        let torn = format!("{household} entry 0202{written}# a note\n");
        let read: Vec<_> = torn.lines().filter_map(read_line).collect();
        assert_eq!(read, gone.map(|gone| (household, gone)));
    }
}

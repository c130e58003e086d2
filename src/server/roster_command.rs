//! `liuzhidao roster`: says what a roster says, and writes nothing. Reads as the desk's import does.

use std::fs::File;
use std::io::Read;

use domain::day::Day;
use roster::refusal::FILE_BYTES_MAX;
use roster::{How, Summary};

use crate::command::Trouble;
use crate::settings::Roster;
use crate::surroundings::Surroundings;

/// The union's calendar where no union says otherwise: China's.
const UTC_OFFSET_MINUTES: i32 = 480;

/// Reads a roster and gives what is to be printed.
///
/// # Errors
/// The file cannot be read, or is refused; a refusal is said in Chinese and in English.
pub fn run(asked: &Roster, surroundings: &dyn Surroundings) -> Result<String, Trouble> {
    let name = asked.file.display();
    let unread = |cause| Trouble::from_cause(format!("{name} could not be read:"), cause);
    let mut bytes = Vec::new();
    // One byte more than may be: a file of gigabytes is refused, not loaded.
    let limit = u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    File::open(&asked.file).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(unread)?;
    let shipped = roster::words::shipped_categories();
    let categories = if asked.categories.is_empty() { &shipped } else { &asked.categories };
    let today = Day::at(surroundings.now_ms(), UTC_OFFSET_MINUTES);
    let reading = roster::read(&bytes, &How { today, categories, mapping: None }).map_err(|refusal| {
        let [chinese, english] = refusal.said();
        Trouble::say(format!("{name}\n{chinese}\n{english}"))
    })?;
    let summary = Summary::of(&reading);
    if asked.json {
        return serde_json::to_string_pretty(&summary)
            .map_err(|cause| Trouble::from_cause("The summary could not be written:", cause));
    }
    Ok(in_words(&summary))
}

/// The counts, for people; the findings are the desk's to say.
fn in_words(summary: &Summary<'_>) -> String {
    let counts = [
        ("households", summary.households),
        ("of them go in", summary.goes_in),
        ("children", summary.children),
        ("branches", summary.units.len()),
        ("helpers", summary.helpers.len()),
        ("rows held back", summary.held_back.len()),
        ("findings", summary.findings.len()),
    ];
    let mut lines: Vec<String> = counts.iter().map(|(what, count)| format!("{count:>6} {what}")).collect();
    lines.push("With --json: the columns, the people and every finding at its row.".to_owned());
    lines.join("\n")
}

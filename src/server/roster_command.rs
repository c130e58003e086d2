//! `liuzhidao roster`: says what a roster says, and writes nothing. Reads as the desk's import does.

use std::fs::File;
use std::io::Read;

use domain::day::Day;
use roster::finding::Code;
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
    let today = Day::at(surroundings.now_ms(), UTC_OFFSET_MINUTES);
    said(&bytes, asked, today)
}

/// What is printed of these bytes.
fn said(bytes: &[u8], asked: &Roster, today: Day) -> Result<String, Trouble> {
    let shipped = roster::words::shipped_categories();
    let categories = if asked.categories.is_empty() { &shipped } else { &asked.categories };
    let reading = roster::read(bytes, &How { today, categories, mapping: None }).map_err(|refusal| {
        let [chinese, english] = refusal.said();
        Trouble::say(format!("{}\n{chinese}\n{english}", asked.file.display()))
    })?;
    let summary = Summary::of(&reading);
    if asked.json {
        return serde_json::to_string_pretty(&summary)
            .map_err(|cause| Trouble::from_cause("The summary could not be written:", cause));
    }
    Ok(in_words(&summary))
}

/// The codes of findings, as `--json` prints them, each with what it means and what will happen; for `--help`.
#[must_use]
pub fn findings() -> String {
    let effect = |code: &Code| serde_json::to_value(code.effect()).ok()?.as_str().map(str::to_owned);
    let line = |code: &Code| {
        let word = code.word();
        format!("  {word}: {} [{}]", code.meaning(), effect(code).unwrap_or_default())
    };
    let lines: Vec<String> = Code::ALL.iter().map(line).collect();
    format!(
        "Findings of --json, each with what will happen as \"effect\" says it. Those of what is on file are found at the desk \
         alone, for this command knows no office.\n\n{}",
        lines.join("\n")
    )
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use clap::CommandFactory;
    use serde_json::Value as Json;

    const ROSTER: &str = "姓名,类别,分会,联系电话\n张山,特困,动力厂,13800000000\n,困难,动力厂,1\n";

    fn asked(json: bool, categories: &[&str]) -> Roster {
        let categories = categories.iter().map(|name| (*name).to_owned()).collect();
        Roster { file: "花名册.csv".into(), json, categories }
    }

    fn run(text: &str, asked: &Roster) -> Result<String, String> {
        let today = Day::new(2026, 11, 21).unwrap();
        said(text.as_bytes(), asked, today).map_err(|trouble| trouble.to_string())
    }

    #[test]
    fn json_holds_what_a_program_asks_for() {
        let json: Json = serde_json::from_str(&run(ROSTER, &asked(true, &[])).unwrap()).unwrap();
        let keys = ["households", "children", "units", "helpers", "held_back", "mapping", "findings"];
        assert!(keys.iter().all(|key| json.get(key).is_some()), "{json:#}");
        assert_eq!((&json["households"], &json["held_back"]), (&2.into(), &serde_json::json!([3])));
        let first = &json["findings"][0];
        assert_eq!(
            (&first["row"], &first["column"], &first["finding"]),
            (&3.into(), &"姓名".into(), &"name_missing".into())
        );
    }

    #[test]
    fn help_names_every_finding() {
        let mut settings = Settings::command();
        settings.build();
        let command = settings.find_subcommand_mut("roster").unwrap();
        let help = command.render_long_help().to_string();
        for code in Code::ALL {
            assert!(help.contains(&format!("  {}: {}", code.word(), code.meaning())), "{code:?}");
            assert!(!code.meaning().is_empty() && !code.meaning().contains("  "), "{}", code.meaning());
        }
    }

    #[test]
    fn categories_are_the_unions_own() {
        let json: Json = serde_json::from_str(&run(ROSTER, &asked(true, &["困难户"])).unwrap()).unwrap();
        assert_eq!(json["findings"][0]["finding"], "category_unknown");
    }

    #[test]
    fn a_refusal_is_said_in_both_languages() {
        let refused = run("今天天气很好", &asked(true, &[])).unwrap_err();
        assert!(refused.contains("没找到表头") && refused.contains("No row with the names"), "{refused}");
    }
}

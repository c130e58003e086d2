//! The simulation by the clock: slices of a few minutes, each kept when it ends, so that it goes on where it was.

use serde_json::{Map, Value};

use super::program::figures;
use super::result::{Outcome, Report, folder};
use crate::say;
use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

const PART: &str = "simulation";

/// So many minutes in all are the proof; fewer are a beginning of it.
pub const WANTED_MINUTES: u64 = 60;

/// After so many minutes what was found is kept.
const SLICE_MINUTES: u64 = 5;

/// Runs until all minutes asked for are behind us, or a seed failed.
pub fn run(state: &str, settings: &super::part::Settings) -> Result<Report, Trouble> {
    let mut report = Report::load(state, PART).unwrap_or_else(|| Report::not_run(PART));
    let asked = settings.minutes * 60;
    while report.seconds < asked && report.failed.is_empty() {
        let minutes = (asked - report.seconds).div_ceil(60).min(SLICE_MINUTES);
        let slice = slice(report.runs, minutes)?;
        report = add(report, &slice, minutes * 60);
        if report.seconds >= WANTED_MINUTES * 60 {
            report.failed.extend(void(&report.figures));
        }
        report.outcome = outcome(&report);
        report.keep(state)?;
        say::note(&report.line());
    }
    if !report.failed.is_empty() {
        tree::write(&folder(state).join("failing-seeds.txt"), report.failed.join("\n").as_bytes())?;
    }
    Ok(report)
}

fn outcome(report: &Report) -> Outcome {
    match report.failed.is_empty() {
        false => Outcome::Failed,
        true if report.seconds < WANTED_MINUTES * 60 => Outcome::Begun,
        true => Outcome::Passed,
    }
}

/// Runs other seeds for so many minutes; what the test printed of them.
fn slice(first: u64, minutes: u64) -> Result<Value, Trouble> {
    let words = ["test", "--locked", "-p", "simulation", "nothing_acknowledged_is_lost", "--", "--nocapture"];
    let mut command = tool::cargo(words);
    command.env("MINUTES", minutes.to_string()).env("FIRST", first.to_string()).env("RUST_BACKTRACE", "0");
    let (success, text) = tool::heard(&mut command)?;
    let found = figures(&text).find(|figures| figures["seeds"].is_u64());
    match found {
        Some(found) if success || found["failed"].as_array().is_some_and(|failed| !failed.is_empty()) => {
            Ok(found)
        }
        _ => Err(tool::failed("the simulation")),
    }
}

fn add(report: Report, slice: &Value, seconds: u64) -> Report {
    let number = |value: &Value| value.as_u64().unwrap_or(0);
    let sum = |of: &str| {
        let mut sum: Map<String, Value> = report.figures[of].as_object().cloned().unwrap_or_default();
        for (kind, times) in slice[of].as_object().into_iter().flatten() {
            let before = sum.get(kind).map_or(0, number);
            sum.insert(kind.clone(), (before + number(times)).into());
        }
        sum
    };
    let (fired, came) = (sum("fired"), sum("came"));
    let entries = number(&report.figures["entries"]) + number(&slice["entries"]);
    let failed =
        slice["failed"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    let rarest = fired.iter().min_by_key(|(_, times)| number(times));
    let rarest = rarest.map(|(fault, times)| format!("{fault} × {times}")).unwrap_or_default();
    let words =
        format!("{entries} records acknowledged; {} kinds of faults, the rarest {rarest}", fired.len());
    Report {
        runs: report.runs + number(&slice["seeds"]),
        failed: failed.collect(),
        words,
        seconds: report.seconds + seconds,
        figures: serde_json::json!({ "entries": entries, "fired": fired, "came": came }),
        ..report
    }
}

/// Why all of it proves nothing, if so: one kind of fault never happened in any slice, or one kind of act never counted.
fn void(figures: &Value) -> Option<String> {
    let all = ["fired", "came"].into_iter().filter_map(|of| figures[of].as_object());
    let missing: Vec<&str> =
        all.flatten().filter(|(_, times)| times.as_u64() == Some(0)).map(|(kind, _)| kind.as_str()).collect();
    let nothing = figures["fired"].as_object().is_none_or(Map::is_empty);
    match missing.as_slice() {
        [] if nothing => Some("void: no fault is told of".into()),
        [] => None,
        some => Some(format!("void: never happened: {}", some.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_void_where_something_never_happened_in_any_slice() {
        let slice = |wiped: u64, pair: u64| serde_json::json!({ "seeds": 1, "fired": { "Cloned": 2, "Wiped": wiped }, "came": { "pair": pair } });
        let report = |slices: &[Value]| {
            slices.iter().fold(Report::not_run(PART), |report, slice| add(report, slice, 60)).figures
        };
        assert_eq!(void(&report(&[slice(0, 1), slice(1, 0)])), None);
        let never = |kinds: &str| Some(format!("void: never happened: {kinds}"));
        assert_eq!(void(&report(&[slice(0, 1), slice(0, 1)])), never("Wiped"));
        assert_eq!(void(&report(&[slice(0, 0)])), never("Wiped, pair"));
        assert!(void(&Value::Null).is_some());
    }

    #[test]
    fn fewer_minutes_than_the_proof_wants_are_a_beginning() {
        let after = |minutes: u64, failed: &[&str]| {
            let failed = failed.iter().map(|&seed| seed.to_owned()).collect();
            outcome(&Report { seconds: minutes * 60, failed, ..Report::not_run(PART) })
        };
        assert_eq!(after(59, &[]), Outcome::Begun);
        assert_eq!(after(60, &[]), Outcome::Passed);
        assert_eq!(after(1, &["SEED=9"]), Outcome::Failed);
    }

    #[test]
    fn slices_add_up() {
        let slice = |seeds: u64, failed: &[&str]| serde_json::json!({ "seeds": seeds, "entries": 10, "failed": failed, "fired": { "Cloned": 2, "Wiped": 1 } });
        let report = add(add(Report::not_run(PART), &slice(5, &[]), 60), &slice(7, &["SEED=9"]), 60);
        assert_eq!((report.runs, report.seconds, report.failed), (12, 120, vec!["SEED=9".to_owned()]));
        assert_eq!(report.words, "20 records acknowledged; 2 kinds of faults, the rarest Wiped × 2");
    }
}

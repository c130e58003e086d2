//! How fast a roster of 10,000 rows is read, as .xlsx and as .csv, and how much memory it takes at most. Prints rows per
//! second and the process's peak (VmHWM); the file is written before in a process of its own, so that only reading counts.
//!
//! DESIGN's figure is issue 3's: 10,000 rows in 5 s and 300 MB.

use std::process::{Command, ExitCode};

use domain::day::Day;
use roster::household::Household;
use roster::{How, Summary};

mod sheets;

const ROWS: usize = 10_000;

fn main() -> ExitCode {
    let mut asked = std::env::args().skip(1);
    let done = match (asked.next().as_deref(), asked.next()) {
        (Some("write"), Some(path)) => sheets::write_from(&path, ROWS, 0),
        (Some("read"), Some(path)) => read(&path),
        _ => all(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Writes and reads each kind in processes of their own.
fn all() -> Outcome {
    let folder = std::env::temp_dir().join(format!("liuzhidao-roster-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let this = std::env::current_exe()?;
    println!("{ROWS} rows; to reach: 5 s, 300 MB. empty.xlsx is formatted down to Excel's last row");
    println!("{:>10} {:>9} {:>9} {:>8} {:>9}", "", "bytes", "rows/s", "ms", "peak MB");
    for kind in ["rows.xlsx", "rows.csv", "empty.xlsx"] {
        let path = folder.join(kind);
        for what in ["write", "read"] {
            let status = Command::new(&this).arg(what).arg(&path).status()?;
            if !status.success() {
                return Err(format!("{what} {kind}: {status}").into());
            }
        }
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Reads a roster and prints its line of the table.
#[expect(clippy::disallowed_methods, reason = "a program that measures reads a clock")]
fn read(path: &str) -> Outcome {
    let bytes = std::fs::read(path)?;
    let categories = roster::words::shipped_categories();
    let today = Day::from_number(20_778);
    let before = std::time::Instant::now();
    let reading = roster::read(&bytes, &How { today, categories: &categories, mapping: None })?;
    let took = before.elapsed();
    let summary = Summary::of(&reading);
    if summary.goes_in != summary.households || summary.findings.iter().any(|finding| finding.row > 3) {
        return Err(format!("not read as it was written: {:?}", summary.findings.first()).into());
    }
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let per_second = reading.households.iter().map(rows_of).sum::<usize>() as f64 / took.as_secs_f64();
    let kind = path.rsplit('/').next().unwrap_or_default();
    let peak_mb = peak_kb()? / 1024;
    println!("{kind:>10} {:>9} {per_second:>9.0} {:>8} {peak_mb:>9}", bytes.len(), took.as_millis());
    Ok(())
}

/// The rows of a household: its first and those of further children.
fn rows_of(household: &Household) -> usize {
    household.children.as_ref().map_or(1, |children| children.len().max(1))
}

/// The most memory this process ever held, as Linux says.
fn peak_kb() -> Result<u64, Box<dyn std::error::Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.split_whitespace().next().ok_or("no figure")?.parse()?)
}

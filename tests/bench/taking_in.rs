//! A roster of 10,000 rows taken in by the office over HTTP: how long it is looked at and taken in, and the most memory
//! the office held, its own and with the pages of its database; then ten of them, one after the other, so that the office has what 100,000 rows are. There:
//! what resembles a household, and how long all households of a category are counted anew.
//!
//! To reach: 5 s and 300 MB for 10,000 rows (issue 3); whatever else is asked meanwhile, 50 ms (DESIGN §7).
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::path::Path;
use std::time::{Duration, Instant};

use bench::households::offered;
use bench::http::{Http, Outcome, percentile, trouble};
use bench::memory::Watch;
use domain::id::ImportId;
use domain::rules::{Category, Rule};
use domain::slot::{Slot, Value, Values};
use domain::value::{NameValue, Telephone, TelephoneValue, Whose};
use kit::office::Office;
use protocol::desk::{CategoriesChange, UnitRow};
use protocol::office::{CoverageReport, Similar, SimilarAsked};
use protocol::roster::{RosterAsked, RosterFile, RosterPreview, RosterTaken};
use protocol::sign_in::{DemoSignIn, Role, SessionKind};
use rusqlite::{Connection, OpenFlags};

mod sheets;

const ROWS: usize = 10_000;
const FILES: usize = 10;
const TIMES: usize = 60;

fn main() -> Outcome {
    let said = |failure: kit::failure::Failure| trouble(format!("{failure:?}"));
    let data = kit::place::folder("bench-taking-in").map_err(said)?;
    let office = Office::start(&data, &["--demo"]).map_err(said)?;
    let mut http = Http::connect(office.address())?;
    sign_in(&mut http, Role::Registrar)?;
    let units: Vec<UnitRow> = http.ask("GET", "/api/units", b"")?.read()?;
    let top = units.first().ok_or_else(|| trouble("there is no unit".to_owned()))?;
    println!("{ROWS} rows over HTTP; to reach: 5 s to look and to take in, 300 MB at the office");
    println!(
        "{:>8} {:>9} {:>9} {:>9} {:>9} {:>8} {:>14}",
        "file", "look ms", "take ms", "again ms", "new", "peak MB", "with pages MB"
    );
    let memory = Watch::of(&data)?;
    for nth in 0..FILES {
        let file = bring(&mut http, nth)?;
        let mut asked = asked(file, nth, top);
        let (preview, looked_ms) = timed::<RosterPreview>(&mut http, "/api/roster/preview", &asked)?;
        let plan = preview.plan.ok_or_else(|| trouble(format!("refused: {:?}", preview.refused)))?;
        asked.seen = plan.stamp;
        let (taken, taken_ms) = timed::<RosterTaken>(&mut http, "/api/roster/imports", &asked)?;
        // Sent twice, it goes in once.
        let (_, again_ms) = timed::<RosterTaken>(&mut http, "/api/roster/imports", &asked)?;
        let (new, own_mb, whole_mb) = (taken.counts.new, memory.own_mb(), memory.whole_mb());
        println!(
            "{:>8} {looked_ms:>9} {taken_ms:>9} {again_ms:>9} {new:>9} {own_mb:>8} {whole_mb:>14}",
            nth + 1
        );
    }
    resembling(&mut http)?;
    counted_anew(&mut http, &data)
}

fn sign_in(http: &mut Http, role: Role) -> Outcome {
    let ask = DemoSignIn { person: offered(http, role)?.person, kind: SessionKind::Desk, device: None };
    http.ask("POST", "/api/demo/sign-in", &serde_json::to_vec(&ask)?).map(drop)
}

/// Sends the nth file; each has households that no other has.
fn bring(http: &mut Http, nth: usize) -> Outcome<String> {
    let path = kit::place::folder("bench-sheets").map_err(|failure| trouble(format!("{failure:?}")))?;
    let path = path.join("rows.csv");
    sheets::write_from(&path.to_string_lossy(), ROWS, nth * ROWS)
        .map_err(|cause| trouble(cause.to_string()))?;
    let bytes = std::fs::read(&path)?;
    let answer = http.ask("POST", &format!("/api/roster/files?name=rows-{nth}.csv"), &bytes)?;
    Ok(answer.read::<RosterFile>()?.file)
}

fn asked(file: String, nth: usize, top: &UnitRow) -> RosterAsked {
    let mut bytes = [7; 16];
    bytes[15] = u8::try_from(nth).unwrap_or(u8::MAX);
    RosterAsked {
        file,
        import: ImportId::from_bytes(bytes),
        unit: top.id,
        day: None,
        mapping: None,
        households: Vec::new(),
        persons: Vec::new(),
        seen: String::new(),
    }
}

fn timed<T: serde::de::DeserializeOwned>(
    http: &mut Http,
    path: &str,
    asked: &RosterAsked,
) -> Outcome<(T, u128)> {
    let begun = Instant::now();
    let answer = http.ask("POST", path, &serde_json::to_vec(asked)?)?;
    let took_ms = begun.elapsed().as_millis();
    Ok((answer.read()?, took_ms))
}

/// A name, a telephone that many households share the beginning of, asked for so often.
fn resembling(http: &mut Http) -> Outcome {
    let number =
        Telephone { number: "13800010001".to_owned(), whose: Whose::Worker, rest: serde_json::Map::new() };
    let telephones = TelephoneValue { numbers: vec![number], ..TelephoneValue::default() };
    let stated = Values::from([
        (Slot::Name, Value::Name(NameValue { text: "建国德".to_owned(), ..NameValue::default() })),
        (Slot::Telephone, Value::Telephone(telephones)),
    ]);
    let body = serde_json::to_vec(&SimilarAsked { household: None, id_number: None, stated })?;
    let mut taken = Vec::new();
    let mut found = 0;
    for _ in 0..TIMES {
        let begun = Instant::now();
        let answer = http.ask("POST", "/api/similar", &body)?;
        taken.push(begun.elapsed().as_secs_f64() * 1_000.0);
        found = answer.read::<Similar>()?.households.len();
    }
    taken.sort_by(f64::total_cmp);
    println!(
        "what resembles a household: {found} found, p50 {:.1} ms, p95 {:.1} ms (to reach: 50 ms)",
        percentile(&taken, 50),
        percentile(&taken, 95)
    );
    Ok(())
}

/// A category is visited more often from today on: until every household of it is counted so.
fn counted_anew(http: &mut Http, data: &Path) -> Outcome {
    // The demo's registrar is its administrator too.
    let categories: Vec<Category> = http.ask("GET", "/api/categories", b"")?.read()?;
    let mut category =
        categories.first().cloned().ok_or_else(|| trouble("there is no category".to_owned()))?;
    let units: Vec<UnitRow> = http.ask("GET", "/api/units", b"")?.read()?;
    let top = units.first().ok_or_else(|| trouble("there is no unit".to_owned()))?;
    let report: CoverageReport = http.ask("GET", &format!("/api/coverage?unit={}", top.id), b"")?.read()?;
    let held = category.rule_on(report.today);
    category.rules.retain(|rule| rule.from != report.today);
    category.rules.push(Rule { from: report.today, visit_every_days: held.visit_every_days + 1, ..held });
    let change = CategoriesChange { rows: vec![category] };
    let books = Connection::open_with_flags(data.join("office.db"), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    books.busy_timeout(Duration::from_secs(10))?;
    let count = |sql: &str| books.query_row(sql, [], |row| row.get::<_, i64>(0));
    let households = count("SELECT max(n) FROM (SELECT count(*) AS n FROM household GROUP BY category)")?;
    let begun = Instant::now();
    let answer = http.ask("PUT", "/api/categories", &serde_json::to_vec(&change)?)?;
    let answered_ms = begun.elapsed().as_millis();
    if answer.status != 200 {
        return Err(trouble(format!("PUT /api/categories: {}", String::from_utf8_lossy(&answer.body))));
    }
    let (mut worst_ms, path) = (0.0_f64, "/api/me");
    while count("SELECT count(*) FROM recount")? > 0 {
        worst_ms = worst_ms.max(percentile(&http.time(path, 5)?, 100));
    }
    println!(
        "{households} households counted anew: answered after {answered_ms} ms, done after {} ms, another request waited {worst_ms:.1} ms at most",
        begun.elapsed().as_millis()
    );
    Ok(())
}

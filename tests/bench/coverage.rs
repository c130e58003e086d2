//! Coverage of a union, a branch and a group, with 100,000 households, before and after 1.2 million visits
//! (DESIGN §7); `--households 1000000` measures ten times as many.
//!
//! The households are copies of the demonstration's, which the office itself folded: the row with its figures, the
//! seats, needs, alerts and rivals. Visits and their log are made up and put in by SQL, as the office lays them, but
//! with bodies of 200 bytes, for coverage is not to read them at all. Timed over loopback, HTTP included.

use bench::households;
use bench::http::{Http, Outcome, percentile, trouble};
use kit::office::Office;
use protocol::desk::{Level, UnitRow};
use protocol::sign_in::{DemoSignIn, Role, SessionKind};
use rusqlite::Connection;

/// How many visits each household had.
const VISITS_EACH: u32 = 12;

/// How often each unit is asked for.
const TIMES: usize = 60;

/// Each household of the demonstration so often that there are as many as wanted.
const HOUSEHOLDS: &str = "
CREATE TEMP TABLE copy AS
    WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < :households)
    SELECT base.id AS base, unhex(printf('%032x', n)) AS id, n + 100000000 AS rev
    FROM n JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at, count(*) OVER () AS all_of_them
        FROM household WHERE is_open = 1) base ON base.at = n % base.all_of_them;
CREATE TEMP TABLE row AS SELECT * FROM household WHERE is_open = 1;
DELETE FROM household; DELETE FROM need; DELETE FROM alert; DELETE FROM visit;
INSERT INTO household SELECT copy.id, copy.rev, is_open, unit, category, since, last_visit, due, proposed_by, name,
    address, telephones, pinyin, name_is, name_until, address_is, address_until, telephone_is, telephone_until,
    spouse_is, spouse_until, schooling_is, schooling_until, events_is, events_until, needs_open, alerts_open,
    figures, lines_hash, card, proposal, id_hash, id_number
    FROM copy JOIN row ON row.id = copy.base;
INSERT INTO seat SELECT copy.id, seat, person, from_day, until_day, own FROM copy JOIN seat ON seat.household = copy.base;
INSERT INTO rival SELECT copy.id, slot, standing FROM copy JOIN rival ON rival.household = copy.base;";

/// Visits and their log.
const VISITS: &str = "
CREATE TEMP TABLE visited AS
    WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < :visits_each)
    SELECT row_number() OVER () + 200000000 AS rev, household.id AS household, last_visit - 30 * n AS day
    FROM household JOIN n WHERE last_visit IS NOT NULL OR n > 0;
INSERT INTO visit SELECT unhex(printf('%032x', rev)), household, COALESCE(day, 20000), unhex(printf('%032x', 7)), 0
    FROM visited;
INSERT INTO revision SELECT rev, zeroblob(8) FROM visited;
INSERT INTO entry SELECT rev, unhex(printf('%032x', rev)), randomblob(32), unhex(printf('%032x', rev / 1000)),
    rev % 1000, household, unhex(printf('%032x', 7)), 'visit', unhex(printf('%032x', rev / 1000)), 0, randomblob(200),
    NULL, NULL, 'projected', NULL, rev FROM visited;";

fn main() -> Outcome {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--households").skip(1);
    let households: u32 = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(100_000);
    let said = |failure: kit::failure::Failure| trouble(format!("{failure:?}"));
    let data = kit::place::folder("bench-coverage").map_err(said)?;
    let mut office = Office::start(&data, &["--demo"]).map_err(said)?;
    for (sql, visits) in [(HOUSEHOLDS, 0), (VISITS, households * VISITS_EACH)] {
        office.stop().map_err(said)?;
        let sql = sql.replace(":households", &households.to_string());
        fill(&data.join("office.db"), &sql.replace(":visits_each", &VISITS_EACH.to_string()))?;
        office.start_again().map_err(said)?;
        println!("coverage of {households} households, {visits} visits");
        measure(&office)?;
    }
    Ok(())
}

fn fill(path: &std::path::Path, sql: &str) -> Outcome {
    let connection = Connection::open(path)?;
    // Quick, and safe enough for a file that lives for a minute.
    connection
        .execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;")?;
    connection.execute_batch(&format!("BEGIN; {sql} COMMIT;"))?;
    connection.execute_batch("PRAGMA journal_mode = WAL;")?;
    Ok(())
}

fn measure(office: &Office) -> Outcome {
    let mut http = Http::connect(office.address())?;
    let person = households::offered(&mut http, Role::Chair)?.person;
    let ask = DemoSignIn { person, kind: SessionKind::Desk, device: None };
    http.ask("POST", "/api/demo/sign-in", &serde_json::to_vec(&ask)?)?;
    let units: Vec<UnitRow> = http.ask("GET", "/api/units", b"")?.read()?;
    for level in [Level::Union, Level::Branch, Level::Group] {
        let Some(unit) = units.iter().find(|unit| unit.level == level) else { continue };
        let path = format!("/api/coverage?unit={}", unit.id);
        let report: protocol::office::CoverageReport = http.ask("GET", &path, b"")?.read()?;
        let taken = http.time(&path, TIMES)?;
        println!(
            "  {level:?}, {:>7} households: p50 {:>6.1} ms, p95 {:>6.1} ms (to reach: 50 ms)",
            report.total.households,
            percentile(&taken, 50),
            percentile(&taken, 95)
        );
    }
    Ok(())
}

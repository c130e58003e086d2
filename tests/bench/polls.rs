//! Nothing new: what it costs a phone to ask when nothing is (DESIGN §7).
//!
//! A demo office; the phone of one helper who answers for 200 households has fetched everything, and asks again and
//! again over one connection, unpacked. The time is the whole request's over loopback, HTTP included.

use bench::households;
use bench::http::{Http, Outcome, percentile, trouble};
use kit::office::Office;
use protocol::changes::ChangesPage;
use protocol::sign_in::{DemoSignIn, Role, SessionKind};

/// How many households the helper answers for.
const HOUSEHOLDS: usize = 200;

/// How often the phone asks.
const TIMES: usize = 1_000;

fn main() -> Outcome {
    let said = |failure: kit::failure::Failure| trouble(format!("{failure:?}"));
    let data = kit::place::folder("bench-polls").map_err(said)?;
    let office = Office::start(&data, &["--demo"]).map_err(said)?;
    households::open(&office, HOUSEHOLDS)?;
    let mut http = Http::connect(office.address())?;
    let person = households::offered(&mut http, Role::Helper)?.person;
    let ask = DemoSignIn { person, kind: SessionKind::Phone, device: None };
    http.ask("POST", "/api/demo/sign-in", &serde_json::to_vec(&ask)?)?;
    let (mut path, mut stamp) = ("/api/changes".to_owned(), String::new());
    let held = loop {
        let page: ChangesPage = http.ask("GET", &path, b"")?.read()?;
        stamp = page.union.map_or(stamp, |union| union.stamp);
        let cursor = page.cursor;
        path = format!(
            "/api/changes?epoch={}&rev={}&chain={}&union={stamp}",
            cursor.epoch, cursor.rev, cursor.chain
        );
        if let Some(scope) = page.scope {
            break scope.count;
        }
    };
    let answer = http.ask("GET", &path, b"")?;
    let page: ChangesPage = answer.read()?;
    if !page.cards.is_empty() || page.union.is_some() {
        return Err(trouble("something was new".to_owned()));
    }
    let taken = http.time(&path, TIMES)?;
    println!(
        "nothing new, {held} households: p50 {:.2} ms, p95 {:.2} ms (to reach: 5 ms); {} bytes and {} of head (to reach: 500)",
        percentile(&taken, 50),
        percentile(&taken, 95),
        answer.body.len(),
        answer.head_bytes
    );
    Ok(())
}

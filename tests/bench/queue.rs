//! How long a phone's queue takes to the office (DESIGN §7), in the real app in Chromium.
//!
//! 1,000 visits against PouchDB, in one run: the same browser, machine and documents. The clock runs from the moment
//! the network is there until the last receipt, or PouchDB's last checkpoint, is written. What each does in that time
//! is not the same. Ours sends what was sealed when it was saved (a third larger on the wire), over an office that
//! opens, judges and projects each visit and has it on the disk (SQLite, `synchronous=FULL`) before it answers; writes
//! each receipt in a strict transaction; and shows the queue. PouchDB sends the same entries in the clear to LevelDB,
//! which keeps them without judging and without an fsync, and keeps relaxed checkpoints. Of PouchDB's adapters and batch
//! sizes the fastest counts. So the ratio is to our disadvantage wherever the two differ.
//!
//! Then 200 visits over a radio link: each request waits two seconds, and 20 kB a second pass either way. And what a new
//! phone waits for over such a link: the app, then its households.
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use bench::filling::{fill, said};
use bench::households;
use bench::http::{Outcome, trouble};
use bench::pouchdb::{How, PouchDb};
use bench::visits::{Helper, Made};
use kit::browser::Browser;
use kit::office::Office;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::page::target::Target;
use kit::proxy::{Proxy, Road};
use serde_json::Value;
use std::time::{Duration, Instant};

/// How many households the helper answers for.
const HOUSEHOLDS: usize = 200;

/// How many visits wait.
const VISITS: u64 = 1_000;

/// How many wait before the radio link.
const RADIO_VISITS: u64 = 200;

/// How often each is measured; the middle one counts.
const ROUNDS: usize = 3;

/// PouchDB's ways that are tried.
const WAYS: [How; 4] = [
    How { adapter: "idb", batch_size: 100 },
    How { adapter: "idb", batch_size: 1_000 },
    How { adapter: "indexeddb", batch_size: 100 },
    How { adapter: "indexeddb", batch_size: 1_000 },
];

/// How much faster than PouchDB (DESIGN §7).
const TO_REACH: f64 = 5.0;

/// How long the radio link may take, in seconds.
const RADIO_TO_REACH: f64 = 60.0;

/// Notes when the network is there, and how many records have left the outbox for good, and when.
const WATCH: &str = "(() => {
window.__gone = 0; window.__begun = NaN; window.__ended = NaN;
addEventListener('online', () => { window.__begun = performance.now(); });
const remove = IDBObjectStore.prototype.delete;
IDBObjectStore.prototype.delete = function (...given) {
  if (this.name === 'outbox') {
    this.transaction.addEventListener('complete', () => { 
      window.__gone += 1; window.__ended = performance.now();
      document.documentElement.dataset.gone = window.__gone;
    });
  }
  return remove.apply(this, given);
};
})();";

fn main() -> Outcome {
    let data = kit::place::folder("bench-queue").map_err(said)?;
    let office = Office::start(&data, &["--demo"]).map_err(said)?;
    households::open(&office, HOUSEHOLDS)?;
    let helper = Helper::of(&office, None)?;
    against_pouchdb(&office, &helper)?;
    over_radio(&office, &helper)?;
    first_start(&office)
}

/// A browser with the app in it, signed in, all fetched.
struct Phone {
    page: Page,
    site: String,
    /// How often it was filled: each time with other visits.
    filled: u8,
    /// Where it runs.
    browser: Browser,
}

impl Phone {
    fn open(site: &str, folder: &str, filled: u8) -> Outcome<Self> {
        let profile = kit::place::folder(folder).map_err(said)?;
        let browser = Browser::launch(&profile, Size::PHONE).map_err(said)?;
        let page = browser.page().map_err(said)?;
        page.set_patience(Duration::from_secs(240));
        page.before_load(WATCH).map_err(said)?;
        page.goto(site).map_err(said)?;
        page.tap(Target::from(".demo-person").nth(0)).map_err(said)?;
        page.wait_css("[data-household]").map_err(said)?;
        page.wait_js("!document.querySelector('.fetching')").map_err(said)?;
        page.wait_worker().map_err(said)?;
        page.wait_controlled().map_err(said)?;
        Ok(Self { page, site: site.to_owned(), filled, browser })
    }

    /// Lets so many visits wait, opens the app without a network, then gives it one: the visits, and milliseconds.
    fn send(&mut self, helper: &Helper, visits: u64, times: f64) -> Outcome<(Vec<Made>, f64)> {
        let page = &self.page;
        self.filled += 1;
        page.goto(&format!("{}/rescue.html", self.site)).map_err(said)?;
        let made = fill(page, helper, visits, self.filled)?;
        page.set_offline(true).map_err(said)?;
        page.goto(&self.site).map_err(said)?;
        page.wait_css("[data-household]").map_err(said)?;
        page.wait_css("[data-network=none]").map_err(said)?;
        page.cpu_throttle(times).map_err(said)?;
        page.set_offline(false).map_err(said)?;
        page.wait_js(&format!("document.documentElement.dataset.gone === '{visits}'")).map_err(said)?;
        page.cpu_throttle(1.0).map_err(said)?;
        page.wait_js("(await navigator.locks.query()).held.length === 0").map_err(said)?;
        let taken = page.eval("window.__ended - window.__begun").map_err(said)?.as_f64();
        Ok((made, taken.ok_or_else(|| trouble("the page gave no time".to_owned()))?))
    }
}

fn against_pouchdb(office: &Office, helper: &Helper) -> Outcome {
    let mut phone = Phone::open(office.address(), "bench-queue-phone", 0)?;
    let peer = PouchDb::start(&kit::place::folder("bench-queue-pouchdb").map_err(said)?)?;
    let peer_page = phone.browser.new_page().map_err(said)?;
    peer_page.set_patience(Duration::from_secs(240));
    if peer.is_none() {
        println!("PouchDB is not compared: Node or its packages are not to be had here");
    }
    for times in [1.0, 6.0] {
        let (mut ours, mut theirs) = (Vec::new(), WAYS.map(|_| Vec::new()));
        for round in 0..ROUNDS {
            let (made, taken) = phone.send(helper, VISITS, times)?;
            ours.push(taken);
            let Some(peer) = &peer else { continue };
            peer.open(&peer_page, &documents(&made)?)?;
            peer_page.cpu_throttle(times).map_err(said)?;
            for (way, taken) in WAYS.into_iter().zip(&mut theirs) {
                let name = format!("{}-{}-{times}-{round}", way.adapter, way.batch_size);
                taken.push(peer.run(&peer_page, &name, way)?);
            }
            peer_page.cpu_throttle(1.0).map_err(said)?;
        }
        tell(times, &mut ours, &mut theirs);
    }
    Ok(())
}

/// The entries as PouchDB's documents: the same fields, under the same id.
fn documents(made: &[Made]) -> Outcome<Vec<Value>> {
    let one = |made: &Made| {
        let mut document: Value = serde_json::from_slice(&made.plain)?;
        document["_id"] = document["id"].clone();
        Ok(document)
    };
    made.iter().map(one).collect()
}

fn tell(times: f64, ours: &mut [f64], theirs: &mut [Vec<f64>]) {
    let ours = middle(ours);
    println!("{VISITS} queued visits to the office, CPU ÷{times}, the middle of {ROUNDS}:");
    println!("  六知道                      {ours:>8.0} ms");
    let mut best = f64::INFINITY;
    for (way, taken) in WAYS.iter().zip(theirs) {
        let taken = middle(taken);
        best = best.min(taken);
        if taken.is_finite() {
            println!("  PouchDB {:<9} batch {:<4} {taken:>8.0} ms", way.adapter, way.batch_size);
        }
    }
    if best.is_finite() {
        println!("  {:>5.1} × faster than PouchDB at its fastest (to reach: {TO_REACH} ×)", best / ours);
    }
}

fn middle(taken: &mut [f64]) -> f64 {
    taken.sort_by(f64::total_cmp);
    taken.get(taken.len() / 2).copied().unwrap_or(f64::NAN)
}

fn over_radio(office: &Office, helper: &Helper) -> Outcome {
    let proxy = Proxy::before(office.address()).map_err(said)?;
    let mut phone = Phone::open(proxy.address(), "bench-queue-radio", 100)?;
    proxy.set_road(Road::Slow);
    let (_, taken) = phone.send(helper, RADIO_VISITS, 1.0)?;
    let deposits = proxy.count("POST /api/deposit");
    println!(
        "{RADIO_VISITS} queued visits at 20 kB/s with 2 s delay, {deposits} deposits: {:.1} s (to reach: {RADIO_TO_REACH} s)",
        taken / 1_000.0
    );
    Ok(())
}

/// An empty browser over the radio link: until somebody can sign in, and from then until all is here.
fn first_start(office: &Office) -> Outcome {
    let proxy = Proxy::before(office.address()).map_err(said)?;
    proxy.set_road(Road::Slow);
    let browser = Browser::launch(&kit::place::folder("bench-queue-first").map_err(said)?, Size::PHONE)
        .map_err(said)?;
    let page = browser.page().map_err(said)?;
    page.set_patience(Duration::from_secs(600));
    let begun = Instant::now();
    page.goto(proxy.address()).map_err(said)?;
    page.wait_css(".demo-person").map_err(said)?;
    let opened = begun.elapsed().as_secs_f64();
    page.tap(Target::from(".demo-person").nth(0)).map_err(said)?;
    page.wait_css("[data-household]").map_err(said)?;
    page.wait_js("!document.querySelector('.fetching')").map_err(said)?;
    let fetched = begun.elapsed().as_secs_f64() - opened;
    println!(
        "a new phone at 20 kB/s with 2 s delay: {opened:.0} s until somebody can sign in, then {fetched:.0} s until {HOUSEHOLDS} households are here"
    );
    Ok(())
}

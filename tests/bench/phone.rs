//! What a helper feels on a slow phone: how soon the list is usable without a network, and how long
//! a save takes against one raw strict put of the same browser (DESIGN §7).
//!
//! A demo office; one helper who answers for 200 households; Chromium with its CPU held to a sixth.
//! The page's own transactions are timed from outside, so the app carries nothing for this.

use bench::households;
use bench::http::{Outcome, trouble};
use kit::browser::Browser;
use kit::failure::Failure;
use kit::office::Office;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::page::target::{Target, text};

/// How many households the helper answers for.
const HOUSEHOLDS: usize = 200;
/// How often the app is started.
const STARTS: usize = 7;
/// How many visits are saved.
const SAVES: usize = 12;

/// Notes when the first household is in the page, when 完成 is tapped, and when a strict transaction is complete.
const WATCH: &str = "(() => {
window.__saves = []; window.__tap = 0;
new MutationObserver((_, watch) => {
  if (document.querySelector('[data-household]')) {
    watch.disconnect();
    document.documentElement.dataset.usable = performance.now();
  }
}).observe(document, { childList: true, subtree: true });
addEventListener('click', (event) => { if (event.target.closest('.bottom-bar')) window.__tap = performance.now(); }, true);
const open = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (stores, mode, options) {
  const transaction = open.call(this, stores, mode, options);
  if (options && options.durability === 'strict' && this.name.startsWith('lzd-work')) {
    const begun = performance.now();
    transaction.addEventListener('complete', () => window.__saves.push([window.__tap, begun, performance.now()]));
  }
  return transaction;
};
})();";

/// Fifty raw strict puts of a record's size, one transaction each; gives each one's milliseconds.
const RAW: &str = "(async () => {
  const database = await new Promise((done, failed) => {
    const ask = indexedDB.open('raw', 1);
    ask.onupgradeneeded = () => ask.result.createObjectStore('rows');
    ask.onsuccess = () => done(ask.result); ask.onerror = () => failed(ask.error);
  });
  const times = [];
  for (let at = 0; at < 50; at += 1) {
    const begun = performance.now();
    await new Promise((done, failed) => {
      const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
      transaction.objectStore('rows').put({ id: at, bytes: new Uint8Array(2048) }, at);
      transaction.oncomplete = done; transaction.onabort = () => failed(transaction.error);
    });
    times.push(performance.now() - begun);
  }
  database.close();
  return times;
})()";

fn main() -> Outcome {
    let data = kit::place::folder("bench-phone").map_err(said)?;
    let office = Office::start(&data, &["--demo"]).map_err(said)?;
    households::open(&office, HOUSEHOLDS)?;
    let held = HOUSEHOLDS;
    let profile = kit::place::folder("bench-phone-profile").map_err(said)?;
    let browser = Browser::launch(&profile, Size::PHONE).map_err(said)?;
    let page = browser.page().map_err(said)?;
    measure(&page, &office, held).map_err(said)?;
    browser.close().map_err(said)
}

/// A failure of the kit, in its own words.
fn said(failure: Failure) -> Box<dyn std::error::Error + Send + Sync> {
    trouble(format!("{failure:?}"))
}

fn measure(page: &Page, office: &Office, held: usize) -> Result<(), Failure> {
    page.before_load(WATCH)?;
    page.goto(&office.at("/"))?;
    page.tap(Target::from(".demo-person").nth(0))?;
    page.wait_css("[data-household]")?;
    page.wait_js("!document.querySelector('.fetching')")?;
    page.wait_worker()?;
    page.wait_controlled()?;
    page.set_offline(true)?;
    println!("one helper, {held} households on the phone, no network");
    for times in [1.0, 6.0] {
        page.cpu_throttle(times)?;
        let mut starts = Vec::new();
        for _ in 0..STARTS {
            page.reload()?;
            page.wait_js("document.documentElement.dataset.usable !== undefined")?;
            starts.push(
                page.eval("Number(document.documentElement.dataset.usable)")?.as_f64().unwrap_or(f64::NAN),
            );
        }
        let to_reach = if times > 1.0 { "   (to reach: 1500 ms)" } else { "" };
        println!(
            "start to usable list, CPU ÷{times}: p50 {:>6.0} ms, worst {:>6.0} ms{to_reach}",
            at(&mut starts, 50),
            at(&mut starts, 100)
        );
    }
    for times in [1.0, 6.0] {
        page.cpu_throttle(times)?;
        saves(page, times)?;
    }
    page.cpu_throttle(1.0)
}

fn saves(page: &Page, times: f64) -> Result<(), Failure> {
    let mut raw = numbers(&page.eval(RAW)?);
    let raw_50 = at(&mut raw, 50);
    println!("{SAVES} saves, CPU ÷{times}:");
    println!("  one raw strict put                             p50 {raw_50:>6.2} ms");
    let (mut strict, _) = saved(page, 0, false)?;
    let strict_50 = at(&mut strict, 50);
    println!(
        "  the save's strict transaction, no frame before p50 {strict_50:>6.2} ms   {:>4.1} × raw (to reach: 2 ×)",
        strict_50 / raw_50
    );
    let (mut strict, mut taps) = saved(page, SAVES, true)?;
    println!(
        "  the same after a finger's tap, which the browser draws first  p50 {:>6.2} ms",
        at(&mut strict, 50)
    );
    println!(
        "  from the tap on 完成 until on disk              p50 {:>6.2} ms   p95 {:>6.2} ms (to reach at ÷6: 50 ms)",
        at(&mut taps, 50),
        at(&mut taps, 95)
    );
    Ok(())
}

/// Saves some visits, beginning at a place of the list, by a finger or by a click that is no input: a browser draws the
/// frame after an input before it does anything else. The milliseconds of each strict transaction, and since the tap.
fn saved(page: &Page, from: usize, by_finger: bool) -> Result<(Vec<f64>, Vec<f64>), Failure> {
    page.eval("window.__saves.length = 0")?;
    for place in from..from + SAVES {
        page.tap(Target::from("main a.card:has([data-household])").nth(place))?;
        page.wait_css(".bottom-bar")?;
        page.tap(text("开始家访"))?;
        page.wait_css("[data-part=met]")?;
        page.tap(text("没人在家").within("[data-part=met]"))?;
        page.wait_text_in(".bottom-bar", "记下未遇")?;
        if by_finger {
            page.tap(Target::from(".bottom-bar .finish"))?;
        } else {
            page.wait_js("new Promise((drawn) => requestIdleCallback(() => drawn(true)))")?;
            page.eval("document.querySelector('.bottom-bar .finish').click()")?;
        }
        page.wait_css("[data-household]")?;
    }
    let strict = page.eval("window.__saves.map(([, begun, done]) => done - begun)")?;
    let taps = page.eval("window.__saves.map(([tap, , done]) => done - tap)")?;
    Ok((numbers(&strict), numbers(&taps)))
}

fn numbers(found: &serde_json::Value) -> Vec<f64> {
    found.as_array().map(|all| all.iter().filter_map(serde_json::Value::as_f64).collect()).unwrap_or_default()
}

/// A percentile, the nearest one that was measured.
fn at(numbers: &mut [f64], percent: usize) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let place = (numbers.len().saturating_sub(1) * percent).div_ceil(100);
    numbers.get(place).copied().unwrap_or(f64::NAN)
}

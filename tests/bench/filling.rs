//! Fills a phone's own databases with visits that wait, so that nobody taps a thousand forms: rows exactly as the app
//! writes them, from the rescue page, while the app is closed.

use kit::failure::Failure;
use kit::page::Page;
use kit::rows::Rows;
use serde_json::json;

use crate::http::{Outcome, trouble};
use crate::visits::{Helper, Made};
use domain::id::DeviceId;

/// Puts so many visits of this helper into the phone whose page this is; the app must be closed. Gives the visits.
pub fn fill(page: &Page, helper: &Helper, visits: u64, series: u8) -> Outcome<Vec<Made>> {
    let mut work = Rows::of(page, "lzd-work-").map_err(said)?;
    let mut counter = work.value("meta", "counter").map_err(said)?;
    let device = counter["device"].as_str().and_then(DeviceId::parse);
    let device = device.ok_or_else(|| trouble("the phone's counter has no device".to_owned()))?;
    let before = counter["made"].as_u64().unwrap_or(0);
    let made =
        (1..=visits).map(|nth| helper.visit(device, before + nth, series)).collect::<Outcome<Vec<_>>>()?;
    counter["made"] = json!(before + visits);
    let mut rows = vec![work.row("meta", "counter", &serde_json::to_vec(&counter)?).map_err(said)?];
    for Made { plain, record } in &made {
        let id = record.id.to_string();
        rows.push(work.row("own", &id, plain).map_err(said)?);
        rows.push(json!(["outbox", id, record]));
    }
    work.write(page, &rows).map_err(said)?;
    Ok(made)
}

/// A failure of the kit, in its own words.
pub fn said(failure: Failure) -> Box<dyn std::error::Error + Send + Sync> {
    trouble(format!("{failure:?}"))
}

//! The main flow in the engines that are not Chromium: a visit made without a network outlives a new start of the app,
//! and reaches the union.
//!
//! Only with `ENGINES=1`, as `cargo xtask prove engines` sets it, and only in the engines whose drivers are on this
//! machine; the figures name each. Without one it says that it did not run.

use crate::longer::{number, tell, visits};
use kit::failure::Outcome;
use kit::office::Office;
use kit::place;
use kit::proxy::{Proxy, Road};
use kit::webdriver::{ENGINES, Engine, Session};

#[test]
fn in_another_engine_a_visit_reaches_the_union() -> Outcome {
    let (mut ran, mut absent) = (Vec::new(), Vec::new());
    for engine in &ENGINES {
        if number("ENGINES", 0) > 0 && engine.is_here() {
            main_flow(engine)?;
            ran.push(engine.name);
        } else {
            absent.push(engine.name);
        }
    }
    tell(&serde_json::json!({ "runs": ran.len(), "ran": ran, "not_run": absent }));
    Ok(())
}

fn main_flow(engine: &Engine) -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let proxy = Proxy::before(office.address())?;
    let page = Session::start(engine)?;
    page.goto(&proxy.at("/"))?;
    page.click(".demo-person", "")?;
    page.wait("document.querySelector('[data-household]') && !document.querySelector('.fetching')")?;
    page.wait("document.querySelector('[data-network=there]')")?;
    page.wait("navigator.serviceWorker.controller")?;
    let (before, _) = visits(&office)?;

    proxy.set_road(Road::Cut);
    page.click("main a.card:has([data-household])", "")?;
    page.click("button, a", "开始家访")?;
    page.click("[data-part=met] label, [data-part=met] button", "没人在家")?;
    page.wait("document.querySelector('.bottom-bar').innerText.includes('记下未遇')")?;
    page.click(".bottom-bar .finish", "")?;
    page.wait("document.body.innerText.includes('已保存到本机')")?;

    page.goto(&proxy.at("/"))?;
    page.wait("document.querySelector('[data-household]')")?;
    page.click("nav.tabs a, nav.tabs button", "待发")?;
    page.wait("document.querySelectorAll('[data-state=on-phone]').length === 1")?;
    proxy.set_road(Road::Open);
    page.click("button", "现在就试")?;
    page.wait("document.querySelector('[data-state=received]')")?;
    let (after, distinct) = visits(&office)?;
    assert_eq!((after, distinct), (before + 1, before + 1), "{}", engine.name);
    Ok(())
}

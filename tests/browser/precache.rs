//! What the service worker keeps of a version: all of it, or nothing. A version of which one file does not come leaves no
//! trace, the one before goes on, without a network too, and the next try brings the new one whole.

use crate::editions::{edition, is_shell, runs};
use crate::phone::Phone;
use crate::update::{VERSION, WAITS};
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::place;
use kit::proxy::{Barrier, Proxy, Road};
use serde_json::Value;

/// Every kept file of every version, by the name of its cache, with a sum of its bytes.
const KEPT: &str = "await (async () => {
    const kept = [];
    for (const name of (await caches.keys()).filter((name) => name.startsWith('liuzhidao-')).sort()) {
        const cache = await caches.open(name);
        kept.push(name);
        for (const request of await cache.keys()) {
            const bytes = await (await cache.match(request)).arrayBuffer();
            const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).join('.');
            kept.push(`${name} ${new URL(request.url).pathname} ${sum}`);
        }
    }
    return kept;
})()";

/// No version is being fetched, and none waits.
const NONE_COMES: &str =
    "await navigator.serviceWorker.getRegistration().then((ours) => !ours?.installing && !ours?.waiting)";

/// How a single file does not come: no connection, a gateway's word, an end in the middle of its bytes, a 200 with a
/// network's own page.
const ROADS: [Road; 4] = [Road::Cut, Road::BadGateway, Road::HalfAnswer, Road::Portal];

/// This file is the one that does not come.
fn bar(proxy: &Proxy, path: &str, road: Road) {
    proxy.set_barrier(Some(Barrier { path: path.to_owned(), after: 0, road }));
}

#[test]
fn a_version_that_comes_in_part_is_not_kept() -> Outcome {
    let (_office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let page = &phone.page;
    let (old, kept) = (page.eval(VERSION)?, page.eval(KEPT)?);
    let next = edition(2)?;
    let is_new_wasm = |path: &&String| path.ends_with(".wasm") && next[*path].is_some();
    let wasm = next.keys().find(is_new_wasm).cloned().unwrap_or_default();
    assert!(!wasm.is_empty(), "the next version has a wasm of its own");
    let request = format!("GET {wasm}");
    for road in ROADS {
        proxy.set_files(next.clone());
        bar(&proxy, &wasm, road);
        let asked = proxy.count(&request);
        phone.come_to_the_front()?;
        proxy.wait_count(&request, asked + 1)?;
        page.wait_js(NONE_COMES)?;
        nothing_but(page, &old, &kept)?;
        // Opened anew without a network: the version before is whole.
        proxy.set_road(Road::Cut);
        phone.open()?;
        phone.at_list()?;
        page.wait_css("[data-household]")?;
        nothing_but(page, &old, &kept)?;
        assert!(!page.text()?.contains("有新版本"), "{road:?}: half a version is offered");
        proxy.set_road(Road::Open);
    }
    proxy.set_barrier(None);
    phone.come_to_the_front()?;
    page.wait_js(WAITS)?;
    page.tap_text("现在更新")?;
    page.wait_js(&is_shell(2))?;
    phone.at_list()?;
    runs(page, 2)?;
    page.wait_js("(await caches.keys()).filter((name) => name.startsWith('liuzhidao-')).length === 1")?;
    // The new one starts without a network as well.
    proxy.set_road(Road::Cut);
    phone.open()?;
    phone.at_list()?;
    page.wait_js(&is_shell(2)).map(drop)
}

#[test]
fn a_first_version_that_comes_in_part_is_not_kept() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let proxy = Proxy::before(office.address())?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, proxy.address());
    let page = &phone.page;
    // The page needs no rescue page; the worker keeps it with all the rest.
    let request = "GET /rescue.html";
    for road in ROADS {
        bar(&proxy, "/rescue.html", road);
        let asked = proxy.count(request);
        phone.open()?;
        page.wait_css(".demo-person")?;
        proxy.wait_count(request, asked + 1)?;
        page.wait_js(NONE_COMES)?;
        assert_eq!(page.eval(KEPT)?, Value::Array(Vec::new()), "{road:?}: half a version is kept");
        assert_eq!(page.eval("navigator.serviceWorker.controller")?, Value::Null, "{road:?}");
    }
    proxy.set_barrier(None);
    phone.demo()?;
    proxy.set_road(Road::Cut);
    phone.open()?;
    phone.at_list()
}

/// What is kept, and the version that runs, are as they were.
fn nothing_but(page: &Page, version: &Value, kept: &Value) -> Outcome {
    assert_eq!(page.eval(KEPT)?, *kept);
    assert_eq!(page.eval(VERSION)?, *version);
    Ok(())
}

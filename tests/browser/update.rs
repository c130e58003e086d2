//! A new version of the app: never under an open form, offered between visits, taken with one tap. The new version is
//! the same one with another name and a mark in its page, served by a proxy before the real office.

use crate::editions::{edition, hash_of, is_shell, runs};
use crate::longer::visits;
use crate::phone::Phone;
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::office::Office;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::page::target::{Target, label};
use kit::place;
use kit::proxy::{Barrier, Exchange, Proxy, Road};
use serde_json::Value;

/// A new version is here and waits.
pub const WAITS: &str = "(await navigator.serviceWorker.getRegistration()).waiting?.state === 'installed'";
const NOTE: &str = "正写到一半的备注";
/// What only the new version's page bears.
const MARK: &str = "document.querySelector('meta[name=edition]')?.content === 'next'";
/// What the worker that controls the page says its version is.
pub const VERSION: &str = "await new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => done(event.data.version);
    navigator.serviceWorker.controller.postMessage({ type: 'version' }, [port2]);
})";

/// What can be tapped and lies under what is said: the list, the tabs, the offer.
const COVERED: &str = "(() => {
    const toast = document.querySelector('.toast').getBoundingClientRect();
    const lies = (one) => { const box = one.getBoundingClientRect(); return toast.bottom > box.top && toast.top < box.bottom; };
    return [...document.querySelectorAll(':is(main, nav) :is(a, button, input)')].filter(lies).map((one) => one.outerHTML.slice(0, 80)).join();
})()";

/// From the next document on, a tab counts its documents.
const COUNT_LOADS: &str = "sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1";

/// How many documents this tab loaded since it was told to count.
fn loads(page: &Page) -> Outcome<Value> {
    page.eval("Number(sessionStorage.loads ?? 0)")
}

#[test]
fn an_update_waits_for_the_form() -> Outcome {
    let (_office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let page = &phone.page;
    let old = page.eval(VERSION)?.as_str().unwrap_or_default().to_owned();

    page.tap(Target::from("main a.card:has([data-household])").nth(0))?;
    phone.start_visit()?;
    phone.met("没人在家")?;
    page.type_into(label("备注"), NOTE)?;
    phone.kept()?;
    proxy.set_exchanges(next_version(page, &old)?);
    phone.come_to_the_front()?;
    page.wait_js(WAITS)?;
    not_under_the_form(page)?;
    page.reload()?;
    page.wait_css("[data-part=met]")?;
    not_under_the_form(page)?;
    assert_eq!(page.eval(VERSION)?, old.as_str());

    page.tap_text("记下未遇")?;
    phone.at_list()?;
    page.wait_text("有新版本")?;
    page.wait_css(".toast")?;
    page.screenshot_both("phone/update-offered", Size::PHONE)?;
    assert_eq!(page.eval(COVERED)?, "", "what was saved is said over what can be tapped");
    assert_eq!(page.eval(MARK)?, false);
    page.before_load(COUNT_LOADS)?;
    page.tap_text("现在更新")?;
    page.wait_js(MARK)?;
    phone.at_list()?;
    page.wait_css("[data-household]")?;
    assert_eq!(page.eval(VERSION)?, format!("{old}-next").as_str());
    page.wait_js("(await caches.keys()).filter((name) => name.startsWith('liuzhidao-')).length === 1")?;
    page.wait_gone("有新版本")?;
    phone.tab("待发")?;
    page.wait_css("[data-state=received]")?;
    assert_eq!(loads(page)?, 1, "an update is one load");
    assert_eq!(page.problems(), []);
    Ok(())
}

#[test]
fn an_update_reaches_two_tabs() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let proxy = Proxy::before(office.address())?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let one = Phone::of(browser.page()?, proxy.address());
    one.demo()?;
    let other = Phone::of(browser.new_page()?, proxy.address());
    other.open()?;
    other.fetched()?;
    other.open_at(0)?;
    other.start_visit()?;
    other.met("没人在家")?;
    other.page.type_into(label("备注"), NOTE)?;
    other.kept()?;
    let old = one.page.eval(VERSION)?.as_str().unwrap_or_default().to_owned();
    proxy.set_exchanges(next_version(&one.page, &old)?);
    one.come_to_the_front()?;
    one.page.wait_text("有新版本")?;
    not_under_the_form(&other.page)?;
    for tab in [&one, &other] {
        tab.page.before_load(COUNT_LOADS)?;
    }
    one.page.tap_text("现在更新")?;
    one.page.wait_js(MARK)?;
    // It opens on the form that is not finished; so does every tab.
    one.page.wait_css("[data-part=met]")?;
    // The other tab goes on under its form, and can be finished; then it is offered there, and one tap is enough.
    other.page.wait_js("navigator.serviceWorker.controller?.state === 'activated'")?;
    not_under_the_form(&other.page)?;
    other.page.tap_text("记下未遇")?;
    other.page.wait_text("已保存到本机")?;
    assert_eq!((loads(&one.page)?, loads(&other.page)?), (1.into(), 0.into()), "a form is not loaded anew");
    other.page.tap_text("现在更新")?;
    other.page.wait_js(MARK)?;
    other.at_list()?;
    other.tab("待发")?;
    other.page.wait_css("[data-state=received]")?;
    assert_eq!((loads(&one.page)?, loads(&other.page)?), (1.into(), 1.into()), "an update is one load");
    Ok(())
}

#[test]
fn three_releases_later_the_old_queue_opens() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let proxy = Proxy::before(office.address())?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let other = Phone::of(browser.page()?, proxy.address());
    other.demo()?;
    let (before, _) = visits(&office)?;
    proxy.set_road(Road::Cut);
    other.attempt(0)?;
    other.open_at(1)?;
    other.start_visit()?;
    other.met("没人在家")?;
    other.page.type_into(label("备注"), NOTE)?;
    other.kept()?;
    let one = Phone::of(browser.new_page()?, proxy.address());
    // Nobody may send before today's version does; its predecessors are never met, but for the second.
    let barrier = Barrier { path: "/api/deposit".into(), after: 0, road: Road::BadGateway };
    proxy.set_barrier(Some(barrier));
    for number in 2..=4 {
        proxy.set_files(edition(number)?);
        proxy.set_road(if number == 3 { Road::Cut } else { Road::Open });
        other.come_to_the_front()?;
        if number == 2 {
            other.page.wait_js(WAITS)?;
        }
        not_under_the_form(&other.page)?;
    }
    one.open()?;
    one.page.wait_css("[data-part=met]")?;
    one.page.tap(".page-header a.icon-button")?;
    one.page.wait_css(".knowledge")?;
    one.come_to_the_front()?;
    one.page.wait_js("(await caches.keys()).some((name) => name.startsWith('liuzhidao-0004'))")?;
    one.page.wait_text("有新版本")?;
    not_under_the_form(&other.page)?;
    one.page.tap_text("现在更新")?;
    one.page.wait_js(&is_shell(4))?;
    runs(&one.page, 4)?;
    one.page.wait_js("(await caches.keys()).filter((name) => name.startsWith('liuzhidao-')).length === 1")?;
    // The old tab goes on under its form, though none of its files is anywhere any more.
    not_under_the_form(&other.page)?;
    other.page.tap_text("记下未遇")?;
    other.page.wait_text("已保存到本机")?;
    other.page.tap_text("现在更新")?;
    other.page.wait_js(&is_shell(4))?;
    runs(&other.page, 4)?;
    other.at_list()?;
    other.tab("待发")?;
    other.page.wait_css("[data-waiting='2']")?;
    proxy.set_barrier(None);
    other.come_to_the_front()?;
    other.page.wait_js("document.querySelectorAll('[data-state=received]').length === 2")?;
    assert_eq!(visits(&office)?, (before + 2, before + 2));
    Ok(())
}

/// The same version under another name, its page marked.
fn next_version(page: &Page, old: &str) -> Outcome<Vec<Exchange>> {
    let script = page.eval("await (await fetch('/sw.js')).text()")?.as_str().unwrap_or_default().to_owned();
    let list = script.split("FILES = ").nth(1).and_then(|rest| rest.split(";\n").next()).unwrap_or_default();
    let files: Vec<Value> = serde_json::from_str(list).unwrap_or_default();
    let shell = files.iter().find(|file| file["path"] == "/").and_then(|file| file["hash"].as_str());
    let hash = shell.ok_or_else(|| Failure::Command {
        method: "sw.js".into(),
        why: "its list does not name the page".into(),
    })?;
    let exchange = |path: &str, from: &str, to: String| Exchange { path: path.into(), from: from.into(), to };
    let marked = "<head><meta name=\"edition\" content=\"next\">";
    let page = page.eval("await (await fetch('/')).text()")?;
    let page = page.as_str().unwrap_or_default().replace("<head>", marked);
    Ok(vec![
        exchange("/sw.js", &format!("\"{old}\""), format!("\"{old}-next\"")),
        exchange("/sw.js", hash, hash_of(page.as_bytes())),
        exchange("/", "<head>", marked.into()),
    ])
}

/// The form is as it was, by the old version, and nothing is offered.
fn not_under_the_form(page: &Page) -> Outcome {
    page.drawn()?;
    assert_eq!(page.value(label("备注"))?, NOTE);
    assert!(!page.text()?.contains("有新版本"), "an update is offered under an open form");
    assert_eq!(page.eval(MARK)?, false);
    Ok(())
}

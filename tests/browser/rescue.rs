//! The app on a phone does not start any more: what it had not sent is shown, saved to a file, and taken in at the desk;
//! once, however often the file is brought, and whether or not the phone comes back.

use crate::desk::Desk;
use crate::phone::Phone;
use crate::spoilt::unspoilt;
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::office::Office;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::place;
use serde_json::json;
use std::fs;
use std::path::Path;

/// Spoils the app as the phone keeps it.
const BROKEN: &str = "(async () => {
    let torn = 0;
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            if (!request.url.endsWith('.wasm')) { continue; }
            await cache.put(request, new Response('spoilt', { headers: { 'content-type': 'application/wasm' } }));
            torn += 1;
        }
    }
    return torn;
})()";

/// The text of the file that the page hands to the person.
fn saved(page: &Page) -> Outcome<String> {
    page.eval(
        "(() => { const was = URL.createObjectURL; window.saved = new Promise((done) => {
            URL.createObjectURL = (file) => { file.text().then(done); return was.call(URL, file); };
        }); })()",
    )?;
    page.tap_text("存成文件")?;
    Ok(page.eval("window.saved")?.as_str().unwrap_or_default().to_owned())
}

/// Gives the file to the page, as choosing it in the browser's own window does.
fn take_in(page: &Page, file: &Path) -> Outcome {
    let document = page.call("DOM.getDocument", json!({ "depth": 0 }))?;
    let root = document.pointer("/root/nodeId").cloned().unwrap_or_default();
    let selector = "[data-queue-file] input[type=file]";
    let found = page.call("DOM.querySelector", json!({ "nodeId": root, "selector": selector }))?;
    let input = found.get("nodeId").cloned().unwrap_or_default();
    page.call("DOM.setFileInputFiles", json!({ "files": [file], "nodeId": input })).map(drop)
}

#[test]
fn what_a_broken_app_had_not_sent_reaches_the_union_as_a_file() -> Outcome {
    let mut office = Office::start(&place::folder("office")?, &["--demo"])?;
    let mobile = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(mobile.page()?, office.address());
    phone.demo()?;
    phone.page.wait_controlled()?;
    office.stop()?;
    phone.attempt(0)?;
    phone.attempt(1)?;

    assert_eq!(phone.page.eval(BROKEN)?, json!(1), "one app was kept");
    phone.open()?;
    phone.page.wait_css("[data-boot=failed]")?;
    phone.page.tap_text("重新取一遍六知道")?;
    phone.page.wait_text("没有连上工会")?;
    phone.page.screenshot("phone/broken")?;
    phone.page.tap_text("取出还没送出的记录")?;
    phone.page.wait_css("#count[data-count='2']")?;
    phone.page.screenshot("phone/rescue")?;
    let file = place::folder("queue")?.join("liuzhidao-20261122.json");
    fs::write(&file, saved(&phone.page)?).map_err(Failure::disk(&file))?;
    phone.page.wait_text("已存成文件，共 2 条")?;

    office.start_again()?;
    let desks = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(desks.page()?, office.address());
    desk.demo("registrar")?;
    desk.todo("phones")?;
    desk.page.tap_text("手机里的六知道打不开了？")?;
    let not_a_queue = place::folder("queue")?.join("别的.json");
    fs::write(&not_a_queue, "{\"花名册\": 1}").map_err(Failure::disk(&not_a_queue))?;
    take_in(&desk.page, &not_a_queue)?;
    desk.page.wait_text("这不是手机存下来的待发文件")?;
    for _ in 0..2 {
        take_in(&desk.page, &file)?;
        desk.page.wait_text("2 条都算数了")?;
    }
    desk.page.screenshot_both("desk/queue-file", Size::DESK)?;
    unspoilt(&desk.page)?;

    // The app is fetched anew once the union answers, and hears that the union has them.
    phone.open()?;
    phone.page.tap_text("重新取一遍六知道")?;
    phone.at_list()?;
    phone.tab("待发")?;
    phone.page.wait_js("document.querySelectorAll('[data-state=received]').length === 2")?;
    // And is whole without a network too.
    phone.page.wait_controlled()?;
    office.stop()?;
    phone.open()?;
    phone.at_list()
}

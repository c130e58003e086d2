//! The app on a phone does not start any more: what it had not sent is shown, saved to a file, and taken in at the desk;
//! once, however often the file is brought, and whether or not the phone comes back.

use crate::desk::Desk;
use crate::longer::visits;
use crate::phone::Phone;
use crate::spoilt::{BROKEN, unspoilt};
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::office::Office;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::place;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The text of the file that the page hands to the person.
pub fn saved(page: &Page) -> Outcome<String> {
    page.eval(
        "(() => { const was = URL.createObjectURL; window.saved = new Promise((done) => {
            URL.createObjectURL = (file) => { file.text().then(done); return was.call(URL, file); };
        }); })()",
    )?;
    page.tap_text("存成文件")?;
    Ok(page.eval("window.saved")?.as_str().unwrap_or_default().to_owned())
}

/// Gives the file to the page, as choosing it in the browser's own window does.
pub fn take_in(page: &Page, file: &Path) -> Outcome {
    let document = page.call("DOM.getDocument", json!({ "depth": 0 }))?;
    let root = document.pointer("/root/nodeId").cloned().unwrap_or_default();
    let selector = "[data-queue-file] input[type=file]";
    let found = page.call("DOM.querySelector", json!({ "nodeId": root, "selector": selector }))?;
    let input = found.get("nodeId").cloned().unwrap_or_default();
    page.call("DOM.setFileInputFiles", json!({ "files": [file], "nodeId": input })).map(drop)
}

/// Saves so many visits while the office is away, opens the rescue page, and gives the text of its file.
fn rescued(phone: &Phone, visits: usize) -> Outcome<String> {
    (0..visits).try_for_each(|place| phone.attempt(place))?;
    phone.page.goto(&format!("{}/rescue.html", phone.site()))?;
    phone.page.wait_css(&*format!("#count[data-count='{visits}']"))?;
    saved(&phone.page)
}

/// A browser that cannot sum saves the same file without one.
fn saved_without_a_sum(page: &Page, whole: &str) -> Outcome {
    page.reload()?;
    page.wait_css("#count[data-count='2']")?;
    page.eval("void (crypto.subtle.digest = () => Promise.reject(new Error('no sum')))")?;
    let mut summed: Value = serde_json::from_str(whole).unwrap_or_default();
    let sum = summed.as_object_mut().and_then(|file| file.remove("sum"));
    assert!(sum.is_some());
    let unsummed: Value = serde_json::from_str(&saved(page)?).unwrap_or_default();
    assert_eq!(unsummed, summed);
    Ok(())
}

#[test]
fn a_saved_queue_comes_back_into_a_phone() -> Outcome {
    let mut office = Office::start(&place::folder("office")?, &["--demo"])?;
    let old = Browser::launch(&place::folder("old-phone")?, Size::PHONE)?;
    let old = Phone::of(old.page()?, office.address());
    old.demo()?;
    let new = Browser::launch(&place::folder("new-phone")?, Size::PHONE)?;
    let new = Phone::of(new.page()?, office.address());
    new.demo()?;
    let (before, _) = visits(&office)?;
    office.stop()?;
    let whole = rescued(&old, 2)?;
    saved_without_a_sum(&old.page, &whole)?;
    let folder = place::folder("queue")?;
    let written = |name: &str, text: &str| -> Outcome<PathBuf> {
        let file = folder.join(name);
        fs::write(&file, text).map_err(Failure::disk(&file))?;
        Ok(file)
    };
    let mut strange: Value = serde_json::from_str(&whole).unwrap_or_default();
    strange["sum"].take();
    for record in strange["deposits"][0]["records"].as_array_mut().into_iter().flatten() {
        record["sealed_to"] = json!("0123456789abcdef");
    }
    new.tab("我的")?;
    new.page.tap_text("从文件收进待发的记录")?;
    for (name, text, said) in [
        ("半截.json", &whole[..whole.len() / 2], "或者不完整"),
        ("错字.json", &whole.replacen("\"seq\":1", "\"seq\":3", 1), "或者不完整"),
        ("别家.json", &strange.to_string(), "认不出的记录"),
    ] {
        take_in(&new.page, &written(name, text)?)?;
        new.page.wait_text_in("[data-queue-file] [role=status]", said)?;
    }
    new.tab("待发")?;
    new.page.wait_text("都送到了")?;
    new.tab("我的")?;
    new.page.tap_text("从文件收进待发的记录")?;
    let file = written("liuzhidao-20261122.json", &whole)?;
    take_in(&new.page, &file)?;
    new.page.wait_text("收进来 2 条")?;
    take_in(&new.page, &file)?;
    new.page.wait_text("这 2 条手机里都有了")?;
    new.page.screenshot("phone/queue-file")?;
    unspoilt(&new.page)?;
    new.tab("待发")?;
    new.page.wait_css("[data-waiting='2']")?;
    new.page.screenshot("phone/queue-from-a-file")?;

    office.start_again()?;
    new.come_to_the_front()?;
    let both = "document.querySelectorAll('[data-state=received]').length === 2";
    new.page.wait_js(both)?;
    old.open()?;
    old.at_list()?;
    old.tab("待发")?;
    old.page.wait_js(both)?;
    assert_eq!(visits(&office)?, (before + 2, before + 2));
    Ok(())
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
    phone.page.screenshot_both("phone/broken", Size::PHONE)?;
    phone.page.tap_text("取出还没送出的记录")?;
    phone.page.wait_css("#count[data-count='2']")?;
    phone.page.screenshot_both("phone/rescue", Size::PHONE)?;
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

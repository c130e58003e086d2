//! The network is lost while a roster is sent, and while it is taken in: the desk says what was written, and it is done
//! again without harm.

use crate::desk::Desk;
use crate::roster::{choose, counted};
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::office::Office;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::place;
use kit::proxy::{Proxy, Road};
use serde_json::json;
use std::fs;

/// So many bytes a second leave the desk on a slow line.
const SLOW: i32 = 150_000;

/// From now on so many bytes a second leave the page; without a number as they come.
fn line(page: &Page, bytes: i32) -> Outcome {
    let conditions =
        json!({ "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes });
    page.call("Network.emulateNetworkConditions", conditions).map(drop)
}

/// A household, and a column that weighs as much as a roster with pictures.
fn heavy() -> String {
    let long = "会木工".repeat(400_000);
    format!("姓名,住址,联系电话,备注\n万里路,石门坳九栋,13911112222,{long}\n")
}

/// A file that the office would not take is not sent at all.
#[test]
fn a_file_that_is_too_large_is_refused_before_it_is_sent() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let desks = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(desks.page()?, office.address());
    desk.demo("registrar")?;
    let page = &desk.page;
    desk.open("/roster")?;
    let file = place::folder("roster")?.join("大.xlsx");
    let made = fs::File::create(&file).and_then(|file| file.set_len((20 << 20) + 1));
    made.map_err(Failure::disk(&file))?;
    choose(page, &file)?;
    page.wait_text_in("[data-stuck]", "20 MB")?;
    let sent = page.eval(
        "performance.getEntriesByType('resource').filter((one) => one.name.includes('/api/roster/files')).length",
    )?;
    assert_eq!(sent.as_u64(), Some(0), "it was sent");
    Ok(())
}

#[test]
fn a_lost_network_writes_all_or_nothing() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let proxy = Proxy::before(office.address())?;
    let desks = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(desks.page()?, proxy.address());
    desk.demo("registrar")?;
    let page = &desk.page;
    desk.open("/roster")?;
    let file = place::folder("roster")?.join("重.csv");
    fs::write(&file, heavy()).map_err(Failure::disk(&file))?;

    page.call("Network.enable", json!({}))?;
    line(page, SLOW)?;
    choose(page, &file)?;
    page.wait_js(
        "[...document.querySelectorAll('progress')].some((one) => one.value > 0 && one.value < 100)",
    )?;
    page.screenshot("desk/roster-sending")?;
    line(page, -1)?;
    counted(page, "new", 1)?;

    proxy.set_road(Road::HalfRequest);
    choose(page, &file)?;
    page.wait_text_in("[data-stuck]", "什么都没有改")?;
    page.screenshot("desk/roster-not-sent")?;
    proxy.set_road(Road::Open);
    page.tap_text("再送一次")?;
    counted(page, "new", 1)?;

    for (road, sent) in [(Road::Cut, 1), (Road::AnswerLost, 2)] {
        proxy.set_road(road);
        page.tap("[data-take-in]")?;
        proxy.wait_count("POST /api/roster/imports", sent)?;
        page.wait_text_in("[data-stuck]", "要么全部导入了，要么一户也没有导入")?;
    }
    page.screenshot("desk/roster-maybe")?;
    proxy.set_road(Road::Open);
    page.tap("[data-take-in]")?;
    page.wait_text("导入了 1 户")?;
    desk.open("/households?search=万里路")?;
    page.wait_text_in("[data-total]", "1")
}

//! A device on the way takes no large body: the queue goes in smaller parts, and one record that is too large even alone
//! is set aside with its reason and keeps no other back. It leaves as a file by itself, or once the road takes it.

use crate::desk::Desk;
use crate::longer::visits;
use crate::phone::Phone;
use crate::rescue::{saved, take_in};
use crate::spoilt::unspoilt;
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::office::Office;
use kit::page::emulate::Size;
use kit::place;
use kit::proxy::Road;
use serde_json::Value;
use std::fs;

const DEPOSIT: &str = "POST /api/deposit";
/// Two small records in a deposit are more than this, one is less, and the large one is more by itself.
const LIMIT: usize = 2_000;

#[test]
fn one_too_large_is_set_aside_and_the_others_arrive() -> Outcome {
    let (office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let page = &phone.page;
    let (before, _) = visits(&office)?;
    proxy.set_road(Road::Cut);
    phone.attempt(0)?;
    // Before others: it would stand in their way.
    phone.attempt_with_note(1, &"很长的备注。".repeat(100))?;
    (2..5).try_for_each(|place| phone.attempt(place))?;
    phone.tab("待发")?;
    page.wait_css("[data-waiting='5']")?;

    let tried = proxy.count(DEPOSIT);
    proxy.set_road(Road::TooLarge(LIMIT));
    page.tap(".try-now")?;
    page.wait_js("document.querySelectorAll('[data-state=received]').length === 4")?;
    page.wait_css("[data-state=set-aside]")?;
    page.wait_css("[data-waiting='1']")?;
    page.wait_text("太大，送不出去")?;
    page.screenshot("phone/queue-set-aside")?;
    page.wait_css(".try-now[aria-busy=false]")?;
    assert_eq!(visits(&office)?, (before + 4, before + 4));
    // All five, then halves down to one: 5, 2, 1 and 1, large, …
    assert!(proxy.count(DEPOSIT) - tried >= 6, "{}", proxy.count(DEPOSIT) - tried);

    // Asked for, it is tried again, and stays with its reason.
    let tried = proxy.count(DEPOSIT);
    page.tap(".try-now")?;
    proxy.wait_count(DEPOSIT, tried + 1)?;
    page.wait_css("[data-state=set-aside]")?;

    // It leaves alone as a file, which counts at the desk.
    page.tap("a.card:has([data-state=set-aside])")?;
    page.wait_text("路上的网络设备不放行")?;
    page.screenshot("phone/record-set-aside")?;
    unspoilt(page)?;
    page.tap_text("存成文件，交给档案员")?;
    page.wait_css("#count[data-count='1']")?;
    counts_at_the_desk(&office, &saved(page)?)?;
    assert_eq!(visits(&office)?, (before + 5, before + 5));

    // And on the phone, once the road takes it; the office has it once.
    proxy.set_road(Road::Open);
    phone.open()?;
    phone.at_list()?;
    phone.tab("待发")?;
    page.tap(".try-now")?;
    page.wait_js("document.querySelectorAll('[data-state=received]').length === 5")?;
    page.wait_no_css("[data-waiting]")?;
    assert_eq!(visits(&office)?, (before + 5, before + 5));
    Ok(())
}

/// One that is too large costs a few tries of its own; what comes after it does not travel one by one.
#[test]
fn after_one_too_large_the_others_travel_together() -> Outcome {
    let (office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let page = &phone.page;
    let (before, _) = visits(&office)?;
    proxy.set_road(Road::Cut);
    phone.attempt_with_note(0, &"很长的备注。".repeat(300))?;
    (1..4).try_for_each(|place| phone.attempt(place))?;
    phone.tab("待发")?;
    page.wait_css("[data-waiting='4']")?;
    page.wait_css(".try-now[aria-busy=false]")?;
    let tried = proxy.count(DEPOSIT);
    proxy.set_road(Road::TooLarge(6_000));
    page.tap(".try-now")?;
    page.wait_js("document.querySelectorAll('[data-state=received]').length === 3")?;
    page.wait_css("[data-state=set-aside]")?;
    assert_eq!(visits(&office)?, (before + 3, before + 3));
    // All four, two, the large one alone; then the three.
    assert_eq!(proxy.count(DEPOSIT) - tried, 4);
    Ok(())
}

/// The file holds one record, and the desk takes it in.
fn counts_at_the_desk(office: &Office, text: &str) -> Outcome {
    let whole: Value = serde_json::from_str(text).unwrap_or_default();
    assert_eq!(whole["deposits"][0]["records"].as_array().map(Vec::len), Some(1), "{whole}");
    let file = place::folder("queue")?.join("liuzhidao-20261122.json");
    fs::write(&file, text).map_err(Failure::disk(&file))?;
    let desks = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(desks.page()?, office.address());
    desk.demo("registrar")?;
    desk.todo("phones")?;
    desk.page.tap_text("手机里的六知道打不开了？")?;
    take_in(&desk.page, &file)?;
    desk.page.wait_text("1 条都算数了").map(drop)
}

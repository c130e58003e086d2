//! What was reported at once: the helper sees who took it up and what they said, at first and later, and takes back what
//! was wrong; the desk keeps that it was.

use crate::desk::Desk;
use crate::phone::Phone;
use crate::spoilt::unspoilt;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::page::emulate::Size;
use kit::page::target::{label, text};
use kit::place;

const HAPPENED: &str = "井下受伤，送了矿医院";
const FIRST: &str = "明天上午到医院看望";
const WORDS: &str = "去看过了，正在申请救助";
const ALERT: &str = "[data-alert]:has(.wait)";

#[test]
fn who_raised_an_alert_sees_who_took_it_up() -> Outcome {
    let (office, _browser, phone) = Phone::in_demo()?;
    let page = &phone.page;
    phone.open_at(0)?;
    let household = page.url();
    page.tap(text("急报").within(".bottom-bar"))?;
    page.select(label("什么事").within("#alert-kind"), "意外、工伤")?;
    page.type_into(label("出了什么事"), HAPPENED)?;
    page.tap_text("报给工会主席")?;
    page.wait_text("急报已保存到本机")?;
    page.goto(&household)?;
    page.wait_text_in(ALERT, HAPPENED)?;
    page.wait_text_in(ALERT, "已报工会，还没有人接手")?;

    let desks = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(desks.page()?, office.address());
    desk.demo("chair")?;
    taken_up(&desk)?;
    phone.open()?;
    phone.fetched()?;
    page.goto(&household)?;
    page.wait_text_in("[data-alert]", WORDS)?;
    page.wait_text_in("[data-alert]", "已接手")?;
    page.screenshot_whole("phone/household-alert")?;
    page.tap(text("撤回急报").within("[data-alert]"))?;
    page.wait_text_in("dialog[open]", "撤回这条急报？")?;
    page.tap(text("撤回").within("dialog[open]"))?;
    page.wait_no_css("[data-alert]")?;
    // The desk says that there was one, and who took it back.
    phone.open()?;
    phone.fetched()?;
    let id = household.rsplit('/').next().unwrap_or_default();
    desk.open(&format!("/households/{id}"))?;
    desk.page.wait_text_in("[data-withdrawn]", "的急报")?;
    assert!(!desk.page.text()?.contains(HAPPENED), "{}", desk.page.text()?);
    desk.page.eval("document.querySelector('[data-withdrawn]').scrollIntoView({ block: 'center' })")?;
    desk.page.screenshot_both("desk/alert-withdrawn", Size::DESK)
}

/// The chair takes it up, and says later how it goes.
fn taken_up(desk: &Desk) -> Outcome {
    desk.todo("alerts")?;
    desk.page.wait_text(HAPPENED)?;
    said(desk, "接手", FIRST)?;
    desk.page.tap(text("已接手").within("[data-stages]"))?;
    desk.page.wait_text(HAPPENED)?;
    desk.page.wait_text(FIRST)?;
    desk.page.screenshot_both("desk/alerts-in-hand", Size::DESK)?;
    unspoilt(&desk.page)?;
    said(desk, "补充处理情况", WORDS)?;
    desk.page.wait_text(WORDS)?;
    assert!(!desk.page.text()?.contains(FIRST), "the latest words stand alone");
    Ok(())
}

/// Says so of the alert that was raised.
fn said(desk: &Desk, button: &str, words: &str) -> Outcome {
    let place = format!(
        "[...document.querySelectorAll('main li')].findIndex((li) => li.innerText.includes('{HAPPENED}'))"
    );
    let place = desk.page.eval(&place)?.as_u64().and_then(|place| usize::try_from(place).ok()).unwrap_or(0);
    desk.page.tap(text(button).within("main li").nth(place))?;
    desk.page.type_into("dialog[open] textarea", words)?;
    desk.page.tap("dialog[open] button[type=submit]")?;
    desk.page.wait_no_css("dialog[open]")
}

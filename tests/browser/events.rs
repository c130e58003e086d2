//! 有大事 at a visit: a new event of no sort yet, before those on file; and a form nobody touched is not kept.

use crate::phone::Phone;
use crate::spoilt::unspoilt;
use kit::failure::Outcome;
use kit::page::target::{Target, label, text};

const ON_FILE: &str = ".knowledge[data-item=events][data-state=Known] .value";

#[test]
fn one_tap_records_no_event_and_changes_none() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    let page = &phone.page;
    assert!(with_an_event(&phone)?, "nobody of the first has an event on file");
    phone.start_visit()?;
    page.tap(".page-header a.icon-button")?;
    page.wait_css(".knowledge")?;
    page.wait_text_in(".bottom-bar .finish", "开始家访")?;
    phone.start_visit()?;
    phone.answer("events", "有大事")?;
    page.wait_css("#item-events fieldset.member")?;
    page.screenshot("phone/visit-event")?;
    unspoilt(page)?;
    assert_eq!(page.list("#item-events fieldset.member")?.len(), 1);
    assert_eq!(page.value(label("什么事").within("#item-events"))?, "");
    assert!(!page.list("#item-events .event-before")?.is_empty());
    page.wait_text_in(".page-header .pill", "0 / 6")?;
    page.type_into(label("什么时候").within("#item-events"), "209905")?;
    page.press("Tab")?;
    page.wait_text_in("#item-events", "还没到这一天")?;
    page.screenshot("phone/visit-event-ahead")?;
    page.select(label("什么事").within("#item-events"), "亲人去世")?;
    page.wait_text_in(".page-header .pill", "1 / 6")?;
    an_alert_begins_with_it(&phone)?;
    // One on file opens by a tap of its own.
    page.tap(Target::from("#item-events .event-before").nth(0))?;
    page.wait_js("document.querySelectorAll('#item-events fieldset.member').length === 2")?;
    page.screenshot_whole("phone/visit-events")?;
    page.tap(text("去掉").within("#item-events fieldset.member"))?;
    page.tap(text("去掉").within("dialog[open]"))?;
    page.wait_text_in(".page-header .pill", "0 / 6")
}

/// A date or an amount that the form cannot read is neither dropped nor sent without a word.
#[test]
fn what_cannot_be_read_stays_as_it_was_typed() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    let page = &phone.page;
    phone.open_at(0)?;
    phone.start_visit()?;
    phone.answer("events", "有大事")?;
    let field = |name| label(name).within("#item-events fieldset.member");
    page.select(field("什么事"), "亲人去世")?;
    page.wait_text_in(".page-header .pill", "1 / 6")?;
    page.type_into(field("什么时候"), "上个月二十号")?;
    page.wait_no_css("#item-events .field.wrong")?;
    page.type_into(field("花了多少"), "三千多")?;
    page.wait_css("#item-events .field.wrong")?;
    page.wait_text_in(".page-header .pill", "0 / 6")?;
    phone.kept()?;
    page.reload()?;
    page.wait_css("#item-events fieldset.member")?;
    assert_eq!(page.value(field("什么时候"))?, "上个月二十号");
    assert_eq!(page.value(field("花了多少"))?, "三千多");
    assert_eq!(page.list("#item-events .field.wrong")?.len(), 2);
    page.screenshot("phone/visit-unread")?;
    page.type_into(field("什么时候"), "202510")?;
    page.type_into(field("花了多少"), "3000")?;
    page.wait_text_in(".page-header .pill", "1 / 6")?;
    phone.kept()?;
    page.reload()?;
    page.wait_css("#item-events fieldset.member")?;
    assert_eq!(page.value(field("什么时候"))?, "2025-10");
    page.wait_text_in(".page-header .pill", "1 / 6")
}

/// What was noted as an event is not chosen and typed again for the chair.
fn an_alert_begins_with_it(phone: &Phone) -> Outcome {
    let page = &phone.page;
    page.type_into(label("情况").within("#item-events"), "井下出的事")?;
    page.tap_text("家里出了大事，马上报工会主席")?;
    page.wait_css("#alert-kind")?;
    assert_eq!(
        page.value(label("什么事").within("#alert-kind"))?,
        page.value(label("什么事").within("#item-events"))?
    );
    assert_eq!(page.value(label("出了什么事"))?, "井下出的事");
    Ok(())
}

/// Opens a household with an event on file.
fn with_an_event(phone: &Phone) -> Outcome<bool> {
    for place in 0..12 {
        phone.open_at(place)?;
        let known = phone.page.list(ON_FILE)?;
        if known.iter().any(|line| !line.contains("没有大事")) {
            return Ok(true);
        }
        phone.page.tap(".page-header a.icon-button")?;
        phone.at_list()?;
    }
    Ok(false)
}

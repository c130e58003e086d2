//! What the form of a visit asks: consent until it is given, refused or put off; and that it drops nothing unasked.

use crate::phone::{Phone, SIX, in_item};
use crate::proposing;
use crate::spoilt::unspoilt;
use kit::failure::Outcome;
use kit::page::target::{label, text};

/// A household that nobody visited yet.
const FOUND: &str = "莫春兰";
const CONSENT: &str = "[data-part=consent]";

#[test]
fn consent_is_asked_until_it_is_given() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    proposing::propose(&phone, FOUND)?;
    let page = &phone.page;
    begun(&phone)?;
    page.wait_css(CONSENT)?;
    nothing_could_be_asked(&phone)?;
    page.wait_text_in(".bottom-bar .finish", "还差 1 项")?;
    page.tap(".bottom-bar .finish")?;
    page.wait_css("[data-lacking~=consent] #consent")?;
    page.screenshot("phone/visit-consent-missing")?;
    unspoilt(page)?;
    page.tap(text("这次没问").within(CONSENT))?;
    phone.finish(FOUND)?;
    // Nothing was noted, so it is asked again.
    begun(&phone)?;
    page.tap(text("同意").within(CONSENT))?;
    nothing_could_be_asked(&phone)?;
    phone.finish(FOUND)?;
    begun(&phone)?;
    assert_eq!(page.list(CONSENT)?, [] as [String; 0]);
    Ok(())
}

/// Begins a visit to it, at which the worker is met.
fn begun(phone: &Phone) -> Outcome {
    phone.open()?;
    phone.at_list()?;
    phone.page.type_into(label("查找"), FOUND)?;
    phone.open_household(FOUND)?;
    phone.start_visit()?;
    phone.met("本人")
}

fn nothing_could_be_asked(phone: &Phone) -> Outcome {
    for item in SIX {
        phone.answer(item, "没问到")?;
        phone.page.tap(in_item(item, "没来得及"))?;
    }
    Ok(())
}

#[test]
fn what_was_typed_is_dropped_by_no_stray_tap() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    let page = &phone.page;
    phone.open_at(0)?;
    phone.start_visit()?;
    phone.met("本人")?;
    phone.answer("address", "有变化")?;
    let address = || label("住址").within("#item-address");
    page.type_into(address(), "矿山路五十四号")?;
    page.tap_text("撤销")?;
    assert_eq!(phone.answered("address")?, "");
    page.wait_no_css(address())?;
    phone.answer("address", "有变化")?;
    assert_eq!(page.value(address())?, "矿山路五十四号");
    a_need_is_asked_about(&phone)?;
    // What happened is there again when it is ticked again.
    let ticked = text("家里出了大事，马上报工会主席");
    page.tap(ticked.clone())?;
    page.type_into(label("出了什么事"), "井下受伤")?;
    page.tap(ticked.clone())?;
    page.wait_no_css("#alert-kind")?;
    page.tap(ticked)?;
    assert_eq!(page.value(label("出了什么事"))?, "井下受伤");
    Ok(())
}

/// 没人在家 by mistake: all stays as it was until that is saved, and what that would drop is said before.
#[test]
fn nobody_met_drops_no_answers_unasked() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    let page = &phone.page;
    phone.open_at(0)?;
    phone.start_visit()?;
    phone.not_asked()?;
    phone.need("住房", "屋顶漏雨")?;
    phone.met("没人在家")?;
    page.wait_text_in(".bottom-bar", "记下未遇")?;
    page.tap(".bottom-bar .finish")?;
    page.wait_text_in("dialog[open]", "填好的不会存：6 项回答")?;
    page.wait_text_in("dialog[open]", "1 条诉求")?;
    page.screenshot("phone/visit-attempt-asked")?;
    unspoilt(page)?;
    page.tap(text("回去改").within("dialog[open]"))?;
    page.wait_no_css("dialog[open]")?;
    phone.met("本人")?;
    page.wait_text_in(".page-header .pill", "6 / 6")?;
    phone.met("没人在家")?;
    page.tap(".bottom-bar .finish")?;
    page.tap(text("记下未遇").within("dialog[open]"))?;
    page.wait_text("已保存到本机")?;
    phone.at_list()?;
    // Where nothing was filled in, nothing is asked.
    phone.attempt(1)
}

/// The last thing touched is what is taken back, and it is said what it was.
#[test]
fn what_was_done_last_is_taken_back() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    let page = &phone.page;
    let undo = ".bottom-bar .undo";
    let note = || label("备注");
    phone.open_at(0)?;
    phone.start_visit()?;
    phone.met("本人")?;
    page.type_into(note(), "住三楼")?;
    phone.answer("telephone", "没问到")?;
    page.tap(in_item("telephone", "没来得及"))?;
    page.type_into(note(), "住三楼，敲后窗")?;
    page.type_into(note(), "")?;
    page.tap(undo)?;
    page.wait_text_in(".toast", "已撤销：备注")?;
    assert_eq!(page.value(note())?, "住三楼");
    page.screenshot("phone/visit-undone")?;
    unspoilt(page)?;
    page.type_into(note(), "住四楼")?;
    page.tap(undo)?;
    page.wait_text_in("dialog[open]", "刚写的备注不要了？")?;
    page.screenshot("phone/visit-undo-asked")?;
    page.tap(text("取消").within("dialog[open]"))?;
    assert_eq!(page.value(note())?, "住四楼");
    page.tap(undo)?;
    page.tap(text("撤销").within("dialog[open]"))?;
    assert_eq!(page.value(note())?, "住三楼");
    page.tap(undo)?;
    page.wait_text_in(".toast", "已撤销：电话")?;
    assert_eq!(phone.answered("telephone")?, "");
    // Who was met is no step, and nothing before it is taken back in its place.
    phone.answer("telephone", "没问到")?;
    phone.met("配偶")?;
    page.wait_no_css(undo)
}

/// A need with words goes only by a second tap, one without by the first.
fn a_need_is_asked_about(phone: &Phone) -> Outcome {
    let page = &phone.page;
    phone.need("住房", "屋顶漏雨")?;
    page.tap(text("去掉这条诉求").within("[data-need]"))?;
    page.wait_text_in("dialog[open]", "去掉填好的内容？")?;
    page.screenshot("phone/visit-removal-asked")?;
    unspoilt(page)?;
    page.tap(text("取消").within("dialog[open]"))?;
    page.wait_no_css("dialog[open]")?;
    assert_eq!(page.value(label("怎么说的").within("[data-need]"))?, "屋顶漏雨");
    page.tap(text("去掉这条诉求").within("[data-need]"))?;
    page.tap(text("去掉这条诉求").within("dialog[open]"))?;
    page.wait_no_css("[data-need]")?;
    page.tap_text("添加诉求")?;
    page.tap(text("去掉这条诉求").within("[data-need]"))?;
    page.wait_no_css("[data-need]")
}

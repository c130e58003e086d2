//! Nothing typed is lost, and nothing said is final: a draft after a dead battery, an answer taken back, a visit
//! corrected and withdrawn before and after it was sent, and a household found at the door.

use crate::desk::Desk;
use crate::longer::counted;
use crate::phone::{Phone, in_item};
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::{label, text};
use kit::place;
use kit::proxy::Road;
use serde_json::Value;

const NOTE: &str = "门口的灯坏了，下次带个灯泡";
const FOUND: &str = "蓝秋月";

/// Whether there is a way to the union.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    None,
    There,
}

/// What every field of the form holds, in the order of the page.
const FORM: &str =
    "JSON.stringify([...document.querySelectorAll('main input, main select, main textarea')].map(
    (field) => field.type === 'radio' || field.type === 'checkbox' ? field.checked : field.value))";

#[test]
fn what_was_typed_survives_and_can_be_corrected() -> Outcome {
    let mut office = Office::start(&place::folder("office")?, &["--demo"])?;
    let profile = place::folder("phone")?;
    let browser = Browser::launch(&profile, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, office.address());
    phone.demo()?;
    let name = first_name(&phone)?;
    office.stop()?;
    phone.page.set_offline(true)?;

    let before = half_a_visit(&phone, &name)?;
    browser.kill9();
    let browser = Browser::launch(&profile, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, office.address());
    phone.page.set_offline(true)?;
    phone.open()?;
    phone.page.wait_css("[data-part=met]")?;
    phone.page.wait_js(&format!("{FORM} === {before}"))?;
    phone.page.screenshot("phone/visit-after-kill")?;

    undone(&phone)?;
    finished(&phone, &name)?;
    amended(&phone, &name, "改成了新的备注", Way::None)?;
    let proposed = proposed(&phone);
    office.start_again()?;
    proposed?;
    sent(&phone, &name)?;
    amended(&phone, &name, "送到以后又改了一次", Way::There)?;
    withdrawn(&phone, &name)?;
    let browser = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(browser.page()?, office.address());
    desk.demo("registrar")?;
    leaves_a_line(&phone, &desk, &name)?;
    approved(&phone, &desk)
}

/// Taken back before it ever left: the union hears of both, counts nothing, and the phone says what became of it.
#[test]
fn what_was_never_sent_is_taken_back() -> Outcome {
    let (office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let name = first_name(&phone)?;
    let of_kinds =
        "SELECT count(*) FILTER (WHERE kind = 'visit'), count(*) FILTER (WHERE kind = 'withdraw') FROM entry";
    let (visits, withdrawn) = counted(&office, of_kinds)?;
    proxy.set_road(Road::Cut);
    phone.attempt(0)?;
    open_record(&phone, &name, Way::None)?;
    phone.page.tap_text("撤回这次家访")?;
    phone.page.type_into(label("为什么撤回"), "记错了户")?;
    phone.page.tap(text("撤回").within("dialog[open] .buttons"))?;
    phone.page.wait_text_in(".record-head", "已撤回")?;
    proxy.set_road(Road::Open);
    phone.open()?;
    phone.at_list()?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-record]")?;
    phone.page.wait_no_css("[data-state=on-phone]")?;
    assert_eq!(counted(&office, of_kinds)?, (visits + 1, withdrawn + 1));
    one_line(&phone, &name)
}

/// The worker of the first household in the list.
fn first_name(phone: &Phone) -> Outcome<String> {
    let names = phone.page.list("a.card .name")?;
    names
        .into_iter()
        .next()
        .ok_or_else(|| Failure::Command { method: "list".into(), why: "no household".into() })
}

/// Fills in half of a form, and gives what its fields then hold.
fn half_a_visit(phone: &Phone, name: &str) -> Outcome<Value> {
    phone.page.tap(kit::page::target::Target::from("main a.card:has([data-household])").nth(0))?;
    phone.page.wait_text(&format!("{name}家"))?;
    phone.start_visit()?;
    phone.met("配偶")?;
    phone.answer("name", "没问到")?;
    phone.page.tap(in_item("name", "不愿说"))?;
    phone.answer("telephone", "没问到")?;
    phone.page.tap(in_item("telephone", "没来得及"))?;
    phone.need("住房", "屋顶漏雨")?;
    phone.page.type_into(label("备注"), NOTE)?;
    phone.kept()?;
    let held = phone.page.eval(FORM)?;
    Ok(Value::String(held.as_str().unwrap_or_default().to_owned()))
}

/// The last answer is taken back; what was answered before the app was closed stays.
fn undone(phone: &Phone) -> Outcome {
    phone.answer("address", "没问到")?;
    phone.page.tap(in_item("address", "对方也不清楚"))?;
    assert_eq!(phone.answered("address")?, "not-asked");
    // The answer and its reason are one.
    phone.page.tap_text("撤销")?;
    assert_eq!(phone.answered("address")?, "");
    assert_eq!(phone.answered("telephone")?, "not-asked");
    assert_eq!(phone.answered("name")?, "declined");
    Ok(())
}

/// The rest of the six, whatever is known of them.
fn finished(phone: &Phone, name: &str) -> Outcome {
    if !phone.page.list("[data-part=consent]")?.is_empty() {
        phone.page.tap(text("同意").within("[data-part=consent]"))?;
    }
    for item in ["address", "spouse", "schooling"] {
        phone.answer(item, "没问到")?;
        phone.page.tap(in_item(item, "没来得及"))?;
    }
    phone.no_events()?;
    phone.finish(name)
}

/// Opens the visit from the queue and changes its note.
fn amended(phone: &Phone, name: &str, note: &str, way: Way) -> Outcome {
    open_record(phone, name, way)?;
    phone.page.tap_text("修改这次家访")?;
    phone.page.type_into(label("备注"), note)?;
    phone.page.tap(text("保存更正").within(".bottom-bar"))?;
    phone.page.wait_text("已保存到本机")?;
    // On the page of whom it is about.
    phone.page.wait_css(".knowledge")?;
    phone.page.wait_text_in("h1", &format!("{name}家"))?;
    open_record(phone, name, way)?;
    phone.page.wait_text(note)?;
    phone.page.wait_text("已更正")
}

/// Opens the record of the visit itself, in a queue in which nothing moves any more: the union has it all, or there is
/// no way to it.
fn open_record(phone: &Phone, name: &str, way: Way) -> Outcome {
    phone.open()?;
    phone.at_list()?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-record]")?;
    if way == Way::There {
        phone.page.wait_no_css("[data-state=on-phone]")?;
    }
    phone.page.tap(text(&format!("{name}家")).within("main").nth(0))
}

/// A household found at the door: looked for first, then proposed.
fn proposed(phone: &Phone) -> Outcome {
    phone.open()?;
    phone.at_list()?;
    phone.page.tap_text("登记新发现的困难家庭")?;
    phone.page.type_into(label("查找"), FOUND)?;
    phone.page.tap_text("没有，登记新的")?;
    assert_eq!(phone.page.value(label("姓名"))?, FOUND);
    phone.page.type_into(label("住址"), "北坡棚户区十一号")?;
    phone.page.type_into(label("为什么需要帮扶"), "独居，腿脚不便")?;
    phone.page.screenshot_whole("phone/propose")?;
    phone.page.tap_text("保存登记")?;
    phone.page.wait_text("已登记在本机，等工会批准")?;
    phone.page.wait_text("待批准").map(drop)
}

fn sent(phone: &Phone, name: &str) -> Outcome {
    // The battery died before the browser had written its cookies down, which it does every half minute: signed in
    // again, all goes out.
    phone.page.call("Network.clearBrowserCookies", serde_json::json!({}))?;
    phone.page.set_offline(false)?;
    phone.open()?;
    phone.page.wait_text("登录到期了")?;
    phone.page.wait_text("没送出的都在本机，不会丢")?;
    phone.page.tap(text("登录").within(".banner"))?;
    phone.page.tap(kit::page::target::Target::from(".demo-person").nth(0))?;
    phone.at_list()?;
    phone.tab("待发")?;
    phone.queued(name, "received")?;
    phone.page.screenshot("phone/queue-after-amending").map(drop)
}

fn withdrawn(phone: &Phone, name: &str) -> Outcome {
    open_record(phone, name, Way::There)?;
    phone.page.screenshot_whole("phone/record")?;
    phone.open()?;
    phone.at_list()?;
    phone.page.type_into(label("查找"), name)?;
    phone.open_household(name)?;
    let household = phone.page.url();
    phone.page.tap("a.list-row[href^='/record/']")?;
    phone.page.tap_text("撤回这次家访")?;
    phone.page.type_into(label("为什么撤回"), "记错了户")?;
    phone.page.screenshot("phone/withdraw")?;
    phone.page.tap(text("撤回").within("dialog[open] .buttons"))?;
    phone.page.wait_text("撤回已保存到本机")?;
    // Where they were: the record says so, and leads back to the household.
    phone.page.wait_no_css("dialog[open]")?;
    phone.page.wait_text_in(".record-head", "已撤回")?;
    phone.page.screenshot("phone/record-withdrawn")?;
    phone.page.tap(".page-header a.icon-button")?;
    phone.page.wait_css(".knowledge")?;
    assert_eq!(phone.page.url(), household);
    open_record(phone, name, Way::There)?;
    phone.page.wait_text("已撤回")?;
    one_line(phone, name)
}

/// What was corrected twice and taken back is one line of 待发, which says so.
fn one_line(phone: &Phone, name: &str) -> Outcome {
    phone.open()?;
    phone.at_list()?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-record]")?;
    phone.page.screenshot("phone/queue-taken-back")?;
    let lines = phone.page.list("main a.card")?;
    let own: Vec<_> = lines.iter().filter(|line| line.contains(name)).collect();
    assert!(matches!(own[..], [line] if line.contains("已撤回")), "{lines:#?}");
    Ok(())
}

/// At the desk the household's page says that there was a visit, who took it back and why, and nothing of what it said.
fn leaves_a_line(phone: &Phone, desk: &Desk, name: &str) -> Outcome {
    phone.open()?;
    phone.at_list()?;
    phone.page.type_into(label("查找"), name)?;
    let id = phone.page.eval("document.querySelector('main a.card [data-household]').dataset.household")?;
    desk.open(&format!("/households/{}", id.as_str().unwrap_or_default()))?;
    desk.page.wait_text_in("[data-withdrawn]", "本人撤回：记错了户")?;
    assert!(!desk.page.text()?.contains(NOTE), "{}", desk.page.text()?);
    desk.page.eval("document.querySelector('[data-withdrawn]').scrollIntoView({ block: 'center' })")?;
    desk.page.screenshot_both("desk/visit-withdrawn", Size::DESK)
}

/// The desk opens a file for the household, and it comes to the phone as one of its own.
fn approved(phone: &Phone, desk: &Desk) -> Outcome {
    desk.approve(FOUND, "机关一支会")?;
    phone.open()?;
    phone.fetched()?;
    phone.page.type_into(label("查找"), "lqy")?;
    phone.page.wait_css(text(FOUND).within("main"))?;
    phone.page.wait_gone("待批准")
}

/// What is finished is no draft any more, on a slow phone neither.
#[test]
fn a_finished_visit_is_no_draft() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    phone.page.cpu_throttle(6.0)?;
    for place in 0..3 {
        phone.attempt(place)?;
        assert_eq!(phone.page.list("[data-draft]")?, [] as [String; 0]);
    }
    // Who was sought in vain is due as before, and the card says so.
    let tried = "[...document.querySelectorAll('[data-mark=tried]')].map((mark) => mark.textContent).join()";
    let today = ["今天 没见到人"; 3].join(",");
    phone.page.wait_js(&format!("{tried} === '{today}'"))?;
    phone.page.screenshot("phone/list-tried")?;
    an_alert_is_sent_or_asked_for(&phone)
}

/// An alert that was ticked is not left behind: what sort it is is asked for, and that alone is enough.
fn an_alert_is_sent_or_asked_for(phone: &Phone) -> Outcome {
    let page = &phone.page;
    phone.open_at(3)?;
    phone.start_visit()?;
    phone.met("没人在家")?;
    page.tap(text("家里出了大事，马上报工会主席"))?;
    page.wait_css(".bottom-bar .finish.missing")?;
    page.tap(".bottom-bar .finish")?;
    page.wait_css("[data-lacking~=alert-kind] #alert-kind")?;
    page.select(label("什么事").within("#alert-kind"), "意外、工伤")?;
    page.wait_no_css(".bottom-bar .finish.missing")?;
    phone.finish("")?;
    phone.tab("待发")?;
    page.wait_text_in("main", "急报")?;
    phone.tab("走访")?;
    phone.open_at(4)?;
    page.tap(text("急报").within(".bottom-bar"))?;
    page.wait_text_in("#alert-kind", "请先选是哪类事")?;
    page.wait_text_in(".bottom-bar .finish.missing", "报给工会主席")?;
    page.tap(".bottom-bar .finish")?;
    page.wait_js("document.activeElement === document.querySelector('[data-lacking] #alert-kind select')")?;
    page.select(label("什么事").within("#alert-kind"), "意外、工伤")?;
    page.tap_text("报给工会主席")?;
    page.wait_text("急报已保存到本机")
}

/// What is typed into a sheet stays when the page behind it changes; tapped twice, it is said once.
#[test]
fn a_reason_stays_and_is_given_once() -> Outcome {
    let (_office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    proxy.set_road(Road::Cut);
    phone.attempt(0)?;
    phone.tab("待发")?;
    phone.page.tap("[data-record]")?;
    phone.page.tap_text("撤回这次家访")?;
    phone.page.type_into(label("为什么撤回"), "记错了户")?;
    proxy.set_road(Road::Open);
    phone.come_to_the_front()?;
    phone.page.wait_css(".page-header .pill.good")?;
    assert_eq!(phone.page.value(label("为什么撤回"))?, "记错了户");
    proxy.set_road(Road::Cut);
    phone
        .page
        .eval("[1, 2].forEach(() => document.querySelector('dialog[open] .buttons .danger').click())")?;
    phone.page.wait_text("撤回已保存到本机")?;
    phone.page.wait_text_in(".record-head", "已撤回")?;
    phone.page.tap(".page-header a.icon-button")?;
    phone.page.wait_css("[data-waiting='1']")?;
    assert_eq!(phone.waiting()?, 1, "it waits to be taken back");
    proxy.set_road(Road::Open);
    phone.page.tap_text("现在就试")?;
    phone.page.wait_no_css("[data-state=on-phone]")?;
    assert_eq!(phone.page.list("[data-record]")?.len(), 1, "{}", phone.page.text()?);
    phone.page.wait_text_in("a.done-line:has([data-record]) .sub", "已撤回")
}

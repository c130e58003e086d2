//! A family asks that what the union keeps of it be erased: the registrar does it, by the worker's name; it leaves the
//! desk and the helper's phone.

use crate::desk::Desk;
use crate::phone::Phone;
use crate::spoilt::unspoilt;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::{Target, text};
use kit::place;

#[test]
fn an_erased_file_leaves_the_desk_and_the_phone() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let mobile = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(mobile.page()?, office.address());
    phone.demo()?;
    // One that was visited a moment ago: the phone's own copy has to go too.
    phone.attempt(0)?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")?;
    phone.tab("走访")?;
    phone.open_at(0)?;
    let url = phone.page.url();
    let household = url.rsplit('/').next().unwrap_or_default().to_owned();
    let name = phone.page.list(".page-header h1")?.concat().replace('家', "");

    let desks = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(desks.page()?, office.address());
    desk.demo("registrar")?;
    desk.open(&format!("/households/{household}"))?;
    desk.page.wait_css("[data-visit]")?;
    let first = desk.page.eval("document.querySelector('[data-visit]').dataset.visit")?;
    let first = format!("[data-visit='{}']", first.as_str().unwrap_or_default());

    // One visit first.
    desk.page.tap(text("删除这次的内容").nth(0))?;
    desk.page.tap(text("删除").within("dialog[open] .form-end"))?;
    desk.page.wait_text("请选按哪一条删")?;
    desk.page.tap_text("记错了")?;
    desk.page.screenshot_both("desk/erase-visit", Size::DESK)?;
    desk.page.tap(text("删除").within("dialog[open] .form-end"))?;
    desk.page.wait_text("已删除")?;
    desk.page.wait_no_css(first.as_str())?;

    desk.page.tap_text("删除这户的档案")?;
    desk.page.tap_text("本人要求")?;
    desk.page.tap(text("删除").within("dialog[open] .form-end"))?;
    desk.page.wait_text("姓名和这户的不一样")?;
    desk.page.type_into(Target::from("dialog[open] input[type=text]"), &name)?;
    desk.page.screenshot_both("desk/erase-file", Size::DESK)?;
    unspoilt(&desk.page)?;
    desk.page.tap(text("删除").within("dialog[open] .form-end"))?;
    desk.page.wait_text("已删除")?;
    desk.open(&format!("/households/{household}"))?;
    desk.page.wait_no_css("[data-visit]")?;

    phone.open()?;
    phone.at_list()?;
    phone.come_to_the_front()?;
    phone.page.wait_js(&format!("!document.querySelector('main').innerText.includes('{name}')"))?;
    phone.tab("待发")?;
    phone.page.wait_no_css("[data-record]")?;
    phone.page.screenshot("phone/erased")?;
    Ok(())
}

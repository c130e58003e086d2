//! What is typed at the desk and not saved is not lost by looking elsewhere: a household alike opens beside the form,
//! whoever leaves a form is asked, and what is saved asks nobody. And figures beside a page are as new as its own.

use crate::desk::Desk;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::{Target, label, text};
use kit::place;
use serde_json::Value;

const ADDRESS: &str = "某某路9栋1单元999";

#[test]
fn what_is_typed_is_not_lost_by_leaving_it() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(browser.page()?, office.address());
    let page = &desk.page;
    desk.demo("registrar")?;
    desk.open("/households")?;
    page.wait_css("tr[data-household] .title a")?;
    let known = page.list("tr[data-household] .title a")?.first().cloned().unwrap_or_default();
    page.tap(text("新建住户").within("main"))?;
    let name = || label("姓名").within("[data-item=name]");
    // Nothing typed: nobody is asked.
    page.wait_css("form [data-item=name]")?;
    page.back()?;
    page.wait_css("tr[data-household]")?;
    page.tap(text("新建住户").within("main"))?;
    page.type_into(name(), &known)?;
    page.wait_css("[data-part=similar] tr[data-household] a[target=_blank]")?;
    assert_eq!(page.dialogs(), [] as [String; 0]);

    page.refuse_dialogs(true);
    page.tap(text("待办").within("nav"))?;
    page.back()?;
    page.wait_url("/households/new")?;
    assert_eq!(page.value(name())?, Value::String(known));
    assert_eq!(page.dialogs().len(), 2, "{:?}", page.dialogs());
    page.refuse_dialogs(false);
    page.tap(text("待办").within("nav"))?;
    page.wait_url("/todo")?;
    assert_eq!(page.dialogs().len(), 3);
    a_sheet_asks_too(&desk)
}

/// A sheet closed over something typed asks; saved, it asks no more.
fn a_sheet_asks_too(desk: &Desk) -> Outcome {
    let page = &desk.page;
    desk.open("/households")?;
    page.tap(Target::from("tr[data-household] .title a").nth(0))?;
    page.tap("[data-item=address] .icon-button")?;
    let address = || label("住址").within("dialog[open]");
    page.type_into(address(), ADDRESS)?;
    let asked = page.dialogs().len();
    page.refuse_dialogs(true);
    page.press("Escape")?;
    page.tap("dialog[open] .sheet-head button")?;
    assert_eq!(page.dialogs().len(), asked + 2);
    assert_eq!(page.value(address())?, Value::String(ADDRESS.to_owned()));
    page.tap("dialog[open] button[type=submit]")?;
    page.wait_no_css("dialog[open]")?;
    page.wait_text_in("[data-item=address]", ADDRESS)?;
    page.tap(text("住户").within("nav"))?;
    page.wait_css("tr[data-household]")?;
    assert_eq!(page.dialogs().len(), asked + 2, "what is saved asks nobody");
    Ok(())
}

#[test]
fn figures_beside_a_page_are_as_new_as_its_own() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(browser.page()?, office.address());
    desk.demo("registrar")?;
    desk.open("/")?;
    desk.page.wait_css(".unit-bars [data-unit]")?;
    let before = desk.page.list(".unit-bars .share")?;
    // Elsewhere the category of most households is visited every day from today on.
    let elsewhere = Desk::of(browser.page()?, office.address());
    elsewhere.open("/settings")?;
    elsewhere.page.tap_text("改困难户")?;
    elsewhere.page.type_into(label("多少天走访一次").within("dialog[open]"), "1")?;
    elsewhere.page.tap("dialog[open] button[type=submit]")?;
    elsewhere.page.wait_no_css("dialog[open]")?;

    desk.page.tap(text("住户").within("nav"))?;
    desk.page.wait_css("tr[data-household]")?;
    desk.page.tap(text("覆盖").within("nav"))?;
    let shares = "[...document.querySelectorAll('.unit-bars a')].map((unit) => [unit.dataset.unit, unit.querySelector('.share').innerText])";
    let is_one = format!(
        "(() => {{ const all = {shares}; return all.length > 1 && all.every(([unit, share]) =>
            document.querySelector(`.side a[data-unit=\"${{unit}}\"]`).innerText.includes(share)); }})()"
    );
    desk.page.wait_js(&is_one)?;
    let after = desk.page.list(".unit-bars .share")?;
    assert_ne!(before, after, "the figures are others by now");
    Ok(())
}

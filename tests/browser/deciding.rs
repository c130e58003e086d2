//! Which of two words holds: the chair decides it as the registrar does, the supervisor only reads.

use crate::desk::Desk;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::{Target, text};
use kit::place;

const ROW: &str = "main li.card";

#[test]
fn the_chair_decides_and_the_supervisor_reads() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(browser.page()?, office.address());
    desk.demo("chair")?;
    let rivals = waiting(&desk, "rivals")?;
    desk.page.tap(text("选定一个").within(ROW).nth(0))?;
    desk.page.tap(Target::from("dialog[open] .pick-row").nth(0))?;
    desk.page.tap("dialog[open] button[type=submit]")?;
    desk.page.wait_no_css("dialog[open]")?;
    left(&desk, rivals - 1)?;
    // Who approves a household is said to whom it is not.
    waiting(&desk, "proposals")?;
    desk.page.wait_text("由这个单位的档案员")?;
    assert_eq!(desk.page.list("main li.card button")?, [] as [String; 0]);
    desk.sign_out()?;
    desk.demo("supervisor")?;
    desk.todo("rivals")?;
    left(&desk, rivals - 1)?;
    assert_eq!(desk.page.list("main li.card button")?, [] as [String; 0]);
    Ok(())
}

/// One of a household's two records stands for the visit, and each is a visit of its own again by a tap.
#[test]
fn two_records_of_one_visit_are_joined_by_a_tap() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(browser.page()?, office.address());
    desk.demo("chair")?;
    let pairs = waiting(&desk, "pairs")?;
    desk.page.tap(text("同一次").within(ROW).nth(0))?;
    left(&desk, pairs - 1)?;
    desk.page.tap(Target::from("main li.card a.name").nth(0))?;
    desk.page.wait_css("[data-pair]")?;
    desk.page.tap(text("同一次").within("[data-pair]"))?;
    desk.page.wait_css("[data-joined]")?;
    desk.page.wait_no_css("[data-pair]")?;
    desk.page.tap(text("不是同一次"))?;
    desk.page.wait_css("[data-pair]")?;
    desk.page.wait_no_css("[data-joined]")?;
    desk.page.tap(text("同一次").within("[data-pair]"))?;
    desk.page.wait_css("[data-joined]").map(drop)
}

/// Waits until the list has so many rows: it is read anew after each decision.
fn left(desk: &Desk, rows: usize) -> Outcome {
    desk.page.wait_js(&format!("document.querySelectorAll('{ROW}').length === {rows}")).map(drop)
}

/// How many rows a list of things to do has; at least one.
fn waiting(desk: &Desk, kind: &str) -> Outcome<usize> {
    desk.todo(kind)?;
    desk.page.wait_css(ROW)?;
    Ok(desk.page.list(ROW)?.len())
}

/// What is answered and not told yet lies between what waits and what is done; 待办 leads there.
#[test]
fn needs_are_found_in_each_of_their_stages() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(browser.page()?, office.address());
    desk.demo("chair")?;
    let open = waiting(&desk, "needs")?;
    let untold = waiting(&desk, "untold")?;
    let page = &desk.page;
    page.wait_text("答复会送到帮扶人手机上")?;
    page.screenshot_both("desk/needs-untold", Size::DESK)?;
    let stage = |name: &str| page.tap(text(name).within("[data-stages]"));
    stage("没答复的")?;
    left(&desk, open)?;
    stage("办完的")?;
    page.wait_text_in("[data-need] .answer", "已转告")?;
    stage("没转告的")?;
    left(&desk, untold)
}

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
    desk.sign_out()?;
    desk.demo("supervisor")?;
    desk.todo("rivals")?;
    left(&desk, rivals - 1)?;
    assert_eq!(desk.page.list("main li.card button")?, [] as [String; 0]);
    Ok(())
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

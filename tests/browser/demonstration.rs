//! The demonstration as it meets somebody who typed one command: everybody it offers is found from the address it names.

use crate::desk::Desk;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::text;
use kit::place;

#[test]
fn the_chair_is_found_from_the_address_that_is_named() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(browser.page()?, office.address());
    desk.page.goto(&office.at("/"))?;
    desk.page.tap(text("到工会端试用").within(".demo"))?;
    desk.page.tap("[data-role=chair]")?;
    desk.inside()
}

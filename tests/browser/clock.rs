//! A phone whose clock is wrong: a day, forty days, more than a year ahead, a year behind. It starts without a network,
//! the list is there, nothing is deleted, and a visit is saved.

use crate::phone::Phone;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::place;

const AWAY_DAYS: [i64; 4] = [1, 40, 400, -365];

#[test]
fn a_wrong_clock_loses_nothing() -> Outcome {
    let mut office = Office::start(&place::folder("office")?, &["--demo"])?;
    let profile = place::folder("phone")?;
    let browser = Browser::launch(&profile, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, office.address());
    phone.demo()?;
    let held = phone.held()?;
    assert!(held > 0);
    // The engine writes its cookies down when it closes, or half a minute after; until then they are lost with any of
    // its processes.
    browser.close()?;
    office.stop()?;
    let browser = Browser::launch(&profile, Size::PHONE)?;
    let _stays_open = browser.page()?;
    for (place, days) in AWAY_DAYS.into_iter().enumerate() {
        let phone = Phone::of(browser.new_page()?, office.address());
        phone.page.set_offline(true)?;
        phone.page.shift_clock(days)?;
        phone.open()?;
        phone.at_list()?;
        phone.page.wait_css("[data-household]")?;
        assert_eq!(phone.held()?, held, "{days} days away");
        phone.open()?;
        phone.at_list()?;
        phone.visit(place)?;
        phone.tab("待发")?;
        assert_eq!(phone.waiting()?, place + 1, "{days} days away");
        phone.page.screenshot(&format!("phone/clock-{days}"))?;
        phone.page.close()?;
    }
    office.start_again()?;
    let phone = Phone::of(browser.new_page()?, office.address());
    phone.page.set_offline(false)?;
    phone.open()?;
    phone.at_list()?;
    assert_eq!(phone.held()?, held);
    phone.tab("待发")?;
    phone.page.wait_no_css("[data-state=on-phone]")?;
    assert_eq!(phone.page.list("[data-record]")?.len(), AWAY_DAYS.len());
    Ok(())
}

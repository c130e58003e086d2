//! The phone's battery dies while a visit is being saved, again and again: afterwards there is the form or the record,
//! never neither, and what the screen called saved is there. In the end each visit is at the office, once.

use crate::longer::{number, tell, visits};
use crate::phone::Phone;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::place;
use kit::proxy::{Proxy, Road};

/// The looks at the page between the tap and the end, at most: each takes a moment.
const LOOKS_MAX: usize = 8;

#[test]
fn killed_while_saving_it_is_saved_or_still_a_form() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let proxy = Proxy::before(office.address())?;
    let profile = place::folder("phone")?;
    let browser = Browser::launch(&profile, Size::PHONE)?;
    Phone::of(browser.page()?, proxy.address()).demo()?;
    browser.close()?;
    let (before, _) = visits(&office)?;
    proxy.set_road(Road::Cut);
    let rounds = number("ROUNDS", 4);
    let (mut saved, mut forms) = (0, 0);
    for round in 0..rounds {
        let said = saves_and_dies(&profile, &proxy, round)?;
        let browser = Browser::launch(&profile, Size::PHONE)?;
        let phone = Phone::of(browser.page()?, proxy.address());
        phone.open()?;
        // The app opens where the helper was: in the form, or at the list.
        phone.page.wait_css("[data-part=met], [data-household]")?;
        if phone.page.list("[data-part=met]")?.is_empty() {
            saved += 1;
        } else {
            assert!(!said, "round {round}: it was said to be saved, and is a form");
            forms += 1;
            phone.finish("")?;
        }
        phone.tab("待发")?;
        phone.page.wait_css("[data-state=on-phone]")?;
        assert_eq!(phone.waiting()?, round + 1, "round {round}");
        browser.close()?;
    }
    proxy.set_road(Road::Open);
    let browser = Browser::launch(&profile, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, proxy.address());
    phone.open()?;
    phone.tab("待发")?;
    // It tries by itself when it is opened.
    phone.page.wait_css("[data-state=received]")?;
    phone.page.wait_no_css("[data-state=on-phone]")?;
    assert_eq!(visits(&office)?, (before + rounds, before + rounds));
    tell(&serde_json::json!({ "runs": rounds, "saved": saved, "forms": forms }));
    Ok(())
}

/// A visit is finished and the browser killed some looks later; whether the screen said by then that it is saved.
fn saves_and_dies(profile: &std::path::Path, proxy: &Proxy, round: usize) -> Outcome<bool> {
    let browser = Browser::launch(profile, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, proxy.address());
    phone.open()?;
    phone.page.wait_css("[data-household]")?;
    phone.open_at(round % 8)?;
    phone.start_visit()?;
    phone.met("没人在家")?;
    phone.kept()?;
    phone.page.eval("document.querySelector('.bottom-bar .finish').click()")?;
    let mut said = false;
    for _ in 0..round % LOOKS_MAX {
        said = phone.page.text()?.contains("已保存到本机");
    }
    // In the last of every four rounds it is let be said: what was said has to be there.
    if round % 4 == 3 {
        phone.page.wait_text("已保存到本机")?;
        said = true;
    }
    browser.kill9();
    Ok(said)
}

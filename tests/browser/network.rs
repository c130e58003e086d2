//! Networks as they are underground: halves, refusals that are not the office's, a slow radio link, connections torn at
//! any byte. Everything that was saved arrives, once.

use crate::longer::{number, tell, visits};
use crate::phone::Phone;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::place;
use kit::proxy::{Proxy, Road};

/// Roads along which nothing gets through, whatever the office makes of it.
const CLOSED: [Road; 5] =
    [Road::Forbidden, Road::HalfRequest, Road::HalfAnswer, Road::Portal, Road::BadGateway];

#[test]
fn over_a_bad_network_everything_arrives_once() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let proxy = Proxy::before(office.address())?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, proxy.address());
    phone.demo()?;
    let (before, _) = visits(&office)?;
    let mut made = 0;
    for road in CLOSED {
        proxy.set_road(road);
        attempt(&phone, &mut made)?;
        phone.tab("待发")?;
        let tried = proxy.count("POST /api/deposit");
        phone.page.tap_text("现在就试")?;
        proxy.wait_count("POST /api/deposit", tried + 1)?;
        assert_eq!(phone.waiting()?, made, "{road:?}");
        phone.open()?;
        phone.at_list()?;
    }
    proxy.set_road(Road::Slow);
    phone.tab("待发")?;
    phone.page.tap_text("现在就试")?;
    phone.page.wait_no_css("[data-state=on-phone]")?;
    let (after, distinct) = visits(&office)?;
    assert_eq!((after, distinct), (before + made, before + made), "on the slow road");

    proxy.set_road(Road::Torn);
    let (begun, asked) = (proxy.passed().len(), number("EXCHANGES", 30));
    phone.open()?;
    phone.at_list()?;
    while proxy.passed().len() - begun < asked {
        attempt(&phone, &mut made)?;
    }
    let exchanges = proxy.passed().len() - begun;
    proxy.set_road(Road::Open);
    phone.tab("待发")?;
    phone.page.tap_text("现在就试")?;
    phone.page.wait_no_css("[data-state=on-phone]")?;
    let (after, distinct) = visits(&office)?;
    assert_eq!((after, distinct), (before + made, before + made));
    tell(&serde_json::json!({ "runs": exchanges, "torn": proxy.torn(), "visits": made }));
    Ok(())
}

/// One more visit, to this or that household.
fn attempt(phone: &Phone, made: &mut usize) -> Outcome {
    phone.page.wait_css("[data-household]")?;
    phone.attempt(*made % 8)?;
    *made += 1;
    Ok(())
}

//! Spoilt roads to the office: a captive portal, a gateway without an office, an answer that is lost, an office that
//! dies in the middle. Each time the queue stays as it is, says so calmly, and drains when the road is open again.

use crate::phone::Phone;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::place;
use kit::proxy::{Proxy, Road};

#[test]
fn the_queue_outlives_every_road() -> Outcome {
    let mut office = Office::start(&place::folder("office")?, &["--demo"])?;
    let proxy = Proxy::before(office.address())?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, proxy.address());
    phone.demo()?;
    for (place, road) in [Road::Portal, Road::BadGateway, Road::AnswerLost, Road::Cut].into_iter().enumerate()
    {
        proxy.set_road(road);
        phone.attempt(place)?;
        waits(&phone, place + 1, road)?;
        // Opened anew on the same road: the list is there and nobody is asked to sign in.
        phone.open()?;
        phone.at_list()?;
        phone.page.wait_css("[data-household]")?;
        assert!(!phone.page.text()?.contains("请重新登录"), "{road:?}: a sign-in is asked for");
    }
    phone.tab("待发")?;
    proxy.set_road(Road::Held);
    phone.page.tap_text("现在就试")?;
    office.kill9()?;
    proxy.set_road(Road::Open);
    phone.page.wait_css("[data-network=none]")?;
    assert_eq!(phone.waiting()?, 4);
    office.start_again()?;
    phone.page.tap_text("现在就试")?;
    phone.page.wait_no_css("[data-state=on-phone]")?;
    phone.page.wait_css("[data-network=there]")?;
    assert_eq!(phone.page.list("[data-state=received]")?.len(), 4);
    Ok(())
}

/// Nobody taps, opens or comes back to anything: the app itself tries again, and what waited arrives.
#[test]
fn the_app_tries_again_by_itself() -> Outcome {
    let (_office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    proxy.set_road(Road::BadGateway);
    phone.attempt(0)?;
    // Opened anew, so that no save is fresh: from here on there is only the timer.
    phone.open()?;
    phone.at_list()?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-network=elsewhere]")?;
    phone.page.wait_text("下次自动试")?;
    let tried = proxy.count("POST /api/deposit");
    proxy.wait_count("POST /api/deposit", tried + 1)?;
    phone.page.wait_css("[data-network=elsewhere]")?;
    proxy.set_road(Road::Open);
    phone.page.wait_css("[data-state=received]")?;
    phone.page.wait_no_css("[data-waiting]")?;
    Ok(())
}

/// On this road the queue holds so many, and a try changes nothing. Whether there is no network, or one that leads
/// elsewhere, is told apart.
fn waits(phone: &Phone, count: usize, road: Road) -> Outcome {
    let (network, pill, why) = match road {
        Road::Portal | Road::BadGateway => ("[data-network=elsewhere]", "没连上工会", "有网络，但没连上工会"),
        _ => ("[data-network=none]", "无信号", "还是没有信号"),
    };
    phone.tab("待发")?;
    phone.page.wait_css(network)?;
    phone.page.wait_text(pill)?;
    phone.page.tap_text("现在就试")?;
    phone.page.wait_text(why)?;
    phone.page.wait_css(network)?;
    assert_eq!(phone.waiting()?, count, "{road:?}");
    if road == Road::Portal {
        phone.page.screenshot("phone/queue-captive-portal")?;
    }
    Ok(())
}

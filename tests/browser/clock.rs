//! A phone whose clock is wrong: a day, forty days, more than a year ahead, a year behind. It starts without a network,
//! the list is there, nothing is deleted, the doubt is said, and a visit is saved on the day that the helper says. A phone
//! in another zone has the union's day.

use crate::longer::counted;
use crate::phone::Phone;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::{label, text};
use kit::place;
use serde_json::json;

/// So far away, and what is said of it.
const AWAY: [(i64, &str); 4] = [
    (1, ""),
    (40, "已经 40 天没联系工会，请看一下日期对不对"),
    (400, "已经 400 天没联系工会，请看一下日期对不对"),
    (-365, "手机的时间好像倒退了，请看一下日期对不对"),
];

/// The union's day, so many days from now; the page's clock is so many days away.
fn day(phone: &Phone, from_now: i64, away: i64) -> Outcome<String> {
    let hours = (from_now - away) * 24 + 8;
    let day =
        phone.page.eval(&format!("new Date(Date.now() + {hours} * 3600000).toISOString().slice(0, 10)"))?;
    Ok(day.as_str().unwrap_or_default().to_owned())
}

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
    let mut truly = String::new();
    for (place, (days, doubt)) in AWAY.into_iter().enumerate() {
        let phone = Phone::of(browser.new_page()?, office.address());
        phone.page.set_offline(true)?;
        phone.page.shift_clock(days)?;
        phone.open()?;
        phone.at_list()?;
        phone.page.wait_css("[data-household]")?;
        assert_eq!(phone.held()?, held, "{days} days away");
        phone.open()?;
        phone.at_list()?;
        phone.open_at(place)?;
        phone.start_visit()?;
        phone.page.wait_css("[data-part=day]")?;
        let said = phone
            .page
            .eval("document.querySelector('[data-part=clock]')?.textContent.replace(/\\s/g, ' ') ?? ''")?;
        assert!(
            said.as_str().is_some_and(|said| said.contains(doubt) && said.is_empty() == doubt.is_empty()),
            "{said}"
        );
        if days < 0 {
            // Three days after the last contact: the phone's clock knows no such day, the helper does.
            truly = day(&phone, 3, days)?;
            phone.page.tap(text("选日期").within("[data-part=day]"))?;
            phone.page.set_date(label("家访日期"), &truly)?;
        }
        phone.not_asked()?;
        phone.finish("")?;
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
    phone.page.wait_js("document.querySelectorAll('[data-state=received]').length === 4")?;
    let days_since_1970 = phone.page.eval(&format!("Date.parse('{truly}') / 86400000"))?;
    let sql = format!("SELECT count(*), count(DISTINCT day) FROM visit WHERE day = {days_since_1970}");
    assert_eq!(counted(&office, &sql)?, (1, 1), "on {truly}");
    Ok(())
}

/// The day is the union's, wherever the phone believes to be: one of these two has another date at any moment.
#[test]
fn the_day_is_the_unions_in_whatever_zone() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    for zone in ["Pacific/Honolulu", "Pacific/Kiritimati"] {
        phone.page.call("Emulation.setTimezoneOverride", json!({ "timezoneId": zone }))?;
        phone.open()?;
        phone.at_list()?;
        phone.open_at(0)?;
        let today = day(&phone, 0, 0)?;
        phone.start_visit()?;
        phone.page.wait_text_in("[data-part=day]", &today)?;
        phone.page.tap(".page-header a.icon-button")?;
        phone.page.wait_css(".knowledge")?;
    }
    Ok(())
}

//! Networks as they are underground: halves, refusals that are not the office's, a slow radio link, connections torn at
//! any byte. Everything that was saved arrives, once.

use crate::longer::{number, tell, visits};
use crate::phone::{Phone, UNSENT};
use kit::failure::Outcome;
use kit::proxy::{Road, Torn};

/// Roads along which nothing gets through, whatever the office makes of it.
const CLOSED: [Road; 5] =
    [Road::Forbidden, Road::HalfRequest, Road::HalfAnswer, Road::Portal, Road::BadGateway];

#[test]
fn over_a_bad_network_everything_arrives_once() -> Outcome {
    let (office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let (before, _) = visits(&office)?;
    let mut made = 0;
    for road in CLOSED {
        proxy.set_road(road);
        attempt(&phone, &mut made)?;
        phone.tab("待发")?;
        let tried = proxy.count("POST /api/deposit");
        phone.page.tap_text("现在就试")?;
        proxy.wait_count("POST /api/deposit", tried + 1)?;
        // The try has ended: the screen says that all of them wait, and on the disk they do.
        phone.page.wait_css(".try-now[aria-busy=false]")?;
        assert_eq!(phone.waiting()?, made, "{road:?}");
        assert_eq!(phone.page.eval(UNSENT)?, made, "{road:?}");
        phone.open()?;
        phone.at_list()?;
    }
    proxy.set_road(Road::Slow);
    all_sent(&phone)?;
    let (after, distinct) = visits(&office)?;
    assert_eq!((after, distinct), (before + made, before + made), "on the slow road");

    proxy.set_road(Road::Torn);
    let (begun, asked) = (proxy.passed().len(), number("EXCHANGES", 30));
    phone.open()?;
    phone.at_list()?;
    // For so long, and until chance has torn some on the way there and some on the way back.
    let ways = || [true, false].map(|there| proxy.torn().iter().filter(|torn| torn.there == there).count());
    let halves = ways();
    while proxy.passed().len() - begun < asked || ways().iter().zip(halves).any(|(now, then)| *now == then) {
        attempt(&phone, &mut made)?;
    }
    let exchanges = proxy.passed().len() - begun;
    proxy.set_road(Road::Open);
    all_sent(&phone)?;
    let (after, distinct) = visits(&office)?;
    assert_eq!((after, distinct), (before + made, before + made));
    // Whatever chance took: a deposit was torn on its way there, and another's receipts on their way back.
    let deposits = proxy.torn().into_iter().filter(|torn| torn.request == "POST /api/deposit");
    let (there, back): (Vec<Torn>, Vec<Torn>) = deposits.partition(|torn| torn.there);
    assert!(!there.is_empty() && !back.is_empty(), "{there:?} {back:?}");
    let [there, back] = [0, 1].map(|way| ways()[way] - halves[way]);
    // An exchange that was not torn shows nothing.
    tell(
        &serde_json::json!({ "runs": there + back, "of_exchanges": exchanges, "torn_there": there, "torn_back": back, "visits": made }),
    );
    Ok(())
}

/// The app begins, sends by itself, and nothing waits. Nobody taps: what waited may have gone before a finger is there.
fn all_sent(phone: &Phone) -> Outcome {
    phone.open()?;
    phone.at_list()?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")?;
    phone.page.wait_no_css("[data-state=on-phone]")
}

/// One more visit, to this or that household.
fn attempt(phone: &Phone, made: &mut usize) -> Outcome {
    phone.page.wait_css("[data-household]")?;
    phone.attempt(*made % 8)?;
    *made += 1;
    Ok(())
}

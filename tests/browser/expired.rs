//! The session ends and the phone's deposit cookie does not: the queue leaves all the same, and whoever holds the phone is
//! asked to sign in for the rest.

use crate::longer::visits;
use crate::phone::Phone;
use kit::failure::Outcome;
use kit::page::Page;
use serde_json::json;

const DEPOSIT: &str = "/api/deposit";

#[test]
fn without_a_session_the_queue_leaves_by_the_deposit_cookie() -> Outcome {
    let (office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let page = &phone.page;
    let (before, _) = visits(&office)?;
    phone.attempt(0)?;
    phone.tab("待发")?;
    page.wait_css("[data-state=received]")?;
    page.call("Network.deleteCookies", json!({ "name": "session", "url": proxy.at(DEPOSIT) }))?;
    let left = cookies(page, &proxy.at(DEPOSIT))?;
    assert!(matches!(&left[..], [only] if only.starts_with("deposit")), "{left:?}");

    phone.tab("走访")?;
    phone.attempt(1)?;
    phone.tab("待发")?;
    page.wait_js("document.querySelectorAll('[data-state=received]').length === 2")?;
    page.wait_no_css("[data-state=on-phone]")?;
    assert_eq!(visits(&office)?, (before + 2, before + 2));
    // No session came back meanwhile; what only a session gives is asked for.
    assert_eq!(cookies(page, &proxy.at(DEPOSIT))?, left);
    phone.come_to_the_front()?;
    page.wait_text("登录到期了").map(drop)
}

/// The names of the cookies that a request to this address brings.
fn cookies(page: &Page, address: &str) -> Outcome<Vec<String>> {
    let found = page.call("Network.getCookies", json!({ "urls": [address] }))?;
    let names =
        found["cookies"].as_array().into_iter().flatten().filter_map(|cookie| cookie["name"].as_str());
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort();
    Ok(names)
}

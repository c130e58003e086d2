//! The app in two tabs: one sends, both show the same queue, and neither sends twice.

use crate::phone::{Phone, written};
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::{label, text};
use kit::place;
use kit::proxy::{Barrier, Proxy, Road};

const DEPOSIT: &str = "POST /api/deposit";
/// How many tabs hold the sender's lock.
const SENDERS: &str =
    "(await navigator.locks.query()).held.filter((lock) => lock.name.startsWith('lzd-sender-')).length";

#[test]
fn one_of_two_tabs_sends() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let proxy = Proxy::before(office.address())?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let one = Phone::of(browser.page()?, proxy.address());
    one.demo()?;
    // The deposit of one tab is held up on its way; the other opens, tries, and sends nothing.
    let before = proxy.count(DEPOSIT);
    proxy.set_barrier(Some(Barrier { path: "/api/deposit".into(), after: 0, road: Road::Held }));
    one.attempt(0)?;
    proxy.wait_count(DEPOSIT, before + 1)?;
    let other = Phone::of(browser.new_page()?, proxy.address());
    other.open()?;
    other.at_list()?;
    other.attempt(1)?;
    for phone in [&one, &other] {
        phone.tab("待发")?;
        phone.page.wait_css("[data-waiting='2']")?;
    }
    assert_eq!(one.page.eval(SENDERS)?, 1);
    for _ in 0..2 {
        other.page.tap_text("现在就试")?;
        other.page.wait_css(text("现在就试"))?;
        one.page.tap(".try-now")?;
    }
    assert_eq!((one.page.eval(SENDERS)?, proxy.count(DEPOSIT)), (1.into(), before + 1));
    assert_eq!((one.waiting()?, other.waiting()?), (2, 2));
    proxy.set_barrier(None);
    for phone in [&one, &other] {
        phone.page.wait_no_css("[data-state=on-phone]")?;
        assert_eq!(phone.page.list("[data-state=received]")?.len(), 2);
    }
    // What is left in one tab is there in the other.
    other.open()?;
    other.at_list()?;
    other.begin_with_note(2, "第二个标签页里也要有")?;
    one.tab("走访")?;
    one.come_to_the_front()?;
    one.page.wait_text("没做完的")
}

/// One draft in two tabs: what was filled in in one is not written over by the other, which says so, and goes on from there
/// once it is opened anew.
#[test]
fn one_draft_in_two_tabs_loses_nothing() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let one = Phone::of(browser.page()?, office.address());
    one.demo()?;
    one.open_at(0)?;
    one.start_visit()?;
    one.met("没人在家")?;
    one.kept()?;
    let address = one.page.eval("location.href")?;
    let other = Phone::of(browser.new_page()?, office.address());
    other.page.goto(address.as_str().unwrap_or_default())?;
    other.page.wait_css("[data-part=met]")?;
    // Seen beside it, the first goes on undisturbed.
    one.page.call("Page.bringToFront", serde_json::json!({}))?;
    one.page.type_into(label("备注"), "门锁着，邻居说去了医院")?;
    one.kept()?;
    other.page.call("Page.bringToFront", serde_json::json!({}))?;
    other.page.type_into(label("备注"), "别的话")?;
    other.page.wait_text("这份表在另一个页面里接着填过")?;
    other.page.screenshot("phone/visit-in-two-tabs")?;
    // Nor does it save what it shows.
    other.page.tap(".bottom-bar .finish")?;
    other.page.wait_text_in("#trouble", "这份表在另一个页面里接着填过")?;
    other.page.reload()?;
    other.page.wait_css("[data-part=met]")?;
    assert_eq!(other.page.value(label("备注"))?, "门锁着，邻居说去了医院");
    other.page.type_into(label("备注"), "门锁着，邻居说去了医院，三天后回来")?;
    other.kept()?;
    other.finish("")?;
    other.tab("待发")?;
    other.page.wait_css("[data-state=received]")?;
    assert_eq!(other.page.list("[data-record]")?.len(), 1);
    Ok(())
}

/// What was tapped or typed just now is being written already: nothing waits for typing to end.
#[test]
fn the_last_word_survives_a_reload() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    phone.open_at(0)?;
    phone.start_visit()?;
    phone.met("没人在家")?;
    phone.kept()?;
    phone.page.tap(label("备注"))?;
    // Nobody goes on typing: nothing was typed for a while.
    phone.page.wait_js("performance.now() - (window.since ??= performance.now()) > 1000")?;
    phone.page.call("Input.insertText", serde_json::json!({ "text": "刚说的话" }))?;
    written(&phone.page)?;
    phone.page.reload()?;
    phone.page.wait_css("[data-part=met]")?;
    assert_eq!(phone.page.value(label("备注"))?, "刚说的话");
    Ok(())
}

/// The browser throws the storage away under two open tabs: what either of them records afterwards reaches the union.
#[test]
fn storage_lost_under_two_tabs_loses_nothing_more() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let one = Phone::of(browser.page()?, office.address());
    one.demo()?;
    let other = Phone::of(browser.new_page()?, office.address());
    other.open()?;
    other.fetched()?;
    for (phone, place) in [(&one, 0), (&other, 1)] {
        phone.open_at(place)?;
        phone.start_visit()?;
        phone.met("没人在家")?;
        phone.kept()?;
    }
    one.page.drop_databases(one.site())?;
    for (phone, note) in [(&one, "第一个标签页"), (&other, "第二个标签页")] {
        phone.page.type_into(label("备注"), note)?;
        phone.finish("")?;
        phone.tab("待发")?;
        phone.page.wait_css("[data-state=received]")?;
        phone.page.wait_no_css("[data-state=on-phone]")?;
    }
    one.page.wait_text("手机清掉了这里的存储")?;
    // Opened anew, still signed in, both records are there.
    for phone in [&one, &other] {
        phone.open()?;
        phone.fetched()?;
        phone.tab("待发")?;
        phone.page.wait_css("[data-record]")?;
        assert_eq!(phone.page.list("[data-state=received]")?.len(), 2, "{}", phone.page.text()?);
    }
    Ok(())
}

/// Somebody else signs in at the desk of the same browser: what is new is not this helper's to get, and nothing says that it
/// came; what is recorded still reaches the union, as their own.
#[test]
fn somebody_else_signed_in_is_said() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, office.address());
    for somebody in ["registrar", "helper"] {
        phone.demo()?;
        phone.fetched()?;
        phone.page.wait_css(".ask-now[aria-busy=false]")?;
        assert_eq!(phone.page.eval(&sign_in_beside(somebody))?, 200);
        let before = phone.page.eval(NEWS)?;
        assert!(before.as_str().is_some_and(|row| row.len() > 50), "{before}");
        phone.page.tap_text("看有没有新的")?;
        phone.page.wait_text_in(".notices", "现在登录的是别人，请重新登录，才能收到新的")?;
        assert_eq!(phone.page.eval(NEWS)?, before, "nothing came");
        phone.page.screenshot("phone/somebody-else")?;
        phone.attempt(0)?;
        phone.tab("待发")?;
        phone.page.wait_css("[data-state=received]")?;
        phone.sign_out()?;
    }
    // Back as themselves, what is new comes.
    phone.demo()?;
    phone.page.wait_no_css(".notices .banner")
}

/// When changes last came, as the phone keeps it: sealed anew each time it is written.
const NEWS: &str = "await (async () => {
    const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith('lzd-work-'));
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = (event) => done(event.target.result); });
    const kept = await new Promise((done) => {
        database.transaction('meta').objectStore('meta').get('news').onsuccess = (event) => done(event.target.result);
    });
    database.close();
    return JSON.stringify(kept, (_, part) => part instanceof ArrayBuffer ? [...new Uint8Array(part)] : part);
})()";

/// Signs in as another of a demonstration with this role, as the desk does in this browser; gives the status.
fn sign_in_beside(role: &str) -> String {
    format!(
        "await (async () => {{
            const others = (await (await fetch('/api/office')).json()).demo.filter((one) => one.role === '{role}');
            const body = JSON.stringify({{ person: others.at(-1).person, kind: 'desk' }});
            const headers = {{ 'x-liuzhidao': '1', 'content-type': 'application/json' }};
            return (await fetch('/api/demo/sign-in', {{ method: 'POST', headers, body }})).status;
        }})()"
    )
}

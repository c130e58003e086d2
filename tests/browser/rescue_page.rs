//! The rescue page by itself: it sends what a broken app had not sent, once however often it is asked; what cannot be
//! read, or is too large for the way, keeps nothing else back; and it finds the queues in a browser that lists no databases.

use crate::longer::visits;
use crate::phone::Phone;
use crate::spoilt::{BROKEN, unspoilt};
use kit::failure::Outcome;
use kit::page::Page;
use kit::proxy::{Proxy, Road};
use serde_json::json;

/// A row without bytes, one that is nothing, and a database of a helper that does not open.
const SPOIL: &str = "await (async () => {
    const over = (ask) => new Promise((done, failed) => { ask.onsuccess = () => done(ask.result); ask.onerror = () => failed(ask.error); });
    const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith('lzd-work-'));
    const database = await over(indexedDB.open(name));
    const outbox = database.transaction('outbox', 'readwrite').objectStore('outbox');
    const [whole] = await over(outbox.getAll());
    await over(outbox.put({ ...whole, bytes: undefined }, '00000000-0000-7000-8000-000000000001'));
    await over(outbox.put(null, '00000000-0000-7000-8000-000000000002'));
    database.close();
    (await over(indexedDB.open('lzd-work-shut'))).close();
})()";

/// The second copies beside the databases are taken away.
const NO_COPIES: &str = "await Promise.all(
    (await caches.keys()).filter((name) => name.startsWith('lzd-spare-')).map((name) => caches.delete(name)),
)";

/// From the next document on that database does not open.
const SHUT: &str = "(() => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (name, ...version) {
        if (name === 'lzd-work-shut') throw new DOMException('shut by the test', 'UnknownError');
        return open.call(this, name, ...version);
    };
})()";

/// Saves so many visits that do not leave.
fn saved_on_a_closed_road(phone: &Phone, proxy: &Proxy, count: usize) -> Outcome {
    proxy.set_road(Road::Cut);
    (0..count).try_for_each(|place| phone.attempt(place))
}

/// Opens the rescue page, and waits until it found so many.
fn found(page: &Page, site: &str, count: usize) -> Outcome {
    page.goto(&format!("{site}/rescue.html"))?;
    page.wait_css(&*format!("#count[data-count='{count}']")).map(drop)
}

/// Sends, and waits until the page says that all of them arrived.
fn sent(page: &Page, count: usize, said: &str) -> Outcome {
    page.eval("void (document.getElementById('result').textContent = '')")?;
    page.tap("#send")?;
    page.wait_text(&format!("工会已收到 {count} 条{said}")).map(drop)
}

#[test]
fn what_a_broken_app_had_not_sent_leaves_by_the_page() -> Outcome {
    let (office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let (before, _) = visits(&office)?;
    saved_on_a_closed_road(&phone, &proxy, 3)?;
    phone.page.eval(NO_COPIES)?;
    assert_eq!(phone.page.eval(BROKEN)?, json!(1), "one app was kept");
    phone.open()?;
    phone.page.wait_css("[data-boot=failed]")?;
    phone.page.forget_problems();
    phone.page.tap_text("取出还没送出的记录")?;
    phone.page.wait_css("#count[data-count='3'][data-unread='0']")?;
    // Without a road it says that nothing came, and may be asked again.
    phone.page.tap("#send")?;
    phone.page.wait_text("收到 0 条，还有 3 条没到")?;
    proxy.set_road(Road::Open);
    for _ in 0..2 {
        sent(&phone.page, 3, "，全部到了")?;
        assert_eq!(visits(&office)?, (before + 3, before + 3));
    }
    unspoilt(&phone.page)
}

#[test]
fn what_cannot_be_read_keeps_nothing_else_back() -> Outcome {
    let (office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let (before, _) = visits(&office)?;
    saved_on_a_closed_road(&phone, &proxy, 2)?;
    found(&phone.page, phone.site(), 2)?;
    phone.page.eval(NO_COPIES)?;
    phone.page.eval(SPOIL)?;
    phone.page.before_load(SHUT)?;
    phone.page.reload()?;
    phone.page.wait_css("#count[data-count='2'][data-unread='3']")?;
    phone.page.wait_text("这台手机里有 2 条待发的记录，另有 3 处读不到")?;
    phone.page.screenshot("phone/rescue-unreadable")?;
    proxy.set_road(Road::Open);
    sent(&phone.page, 2, "，能读到的都到了")?;
    assert_eq!(visits(&office)?, (before + 2, before + 2));
    Ok(())
}

/// A device on the way takes no large body: five records are more than it takes, one is less, the large one is more by
/// itself.
#[test]
fn one_too_large_stays_and_the_others_leave() -> Outcome {
    let (office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let (before, _) = visits(&office)?;
    proxy.set_road(Road::Cut);
    phone.attempt(0)?;
    phone.attempt_with_note(1, &"很长的备注。".repeat(100))?;
    (2..5).try_for_each(|place| phone.attempt(place))?;
    found(&phone.page, phone.site(), 5)?;
    let tried = proxy.count("POST /api/deposit");
    proxy.set_road(Road::TooLarge(2_000));
    for _ in 0..2 {
        sent(&phone.page, 4, "。有 1 条太大，送不出去：请存成文件，交给档案员。")?;
        assert_eq!(visits(&office)?, (before + 4, before + 4));
    }
    // Halved down to one, five are nine deposits at most; twice.
    let tries = proxy.count("POST /api/deposit") - tried;
    assert!(tries <= 18, "{tries}");
    phone.page.screenshot("phone/rescue-too-large")?;
    unspoilt(&phone.page)?;
    proxy.set_road(Road::Open);
    sent(&phone.page, 5, "，全部到了")?;
    assert_eq!(visits(&office)?, (before + 5, before + 5));
    Ok(())
}

#[test]
fn a_browser_that_lists_no_databases_finds_them() -> Outcome {
    let (_office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    saved_on_a_closed_road(&phone, &proxy, 2)?;
    let page = &phone.page;
    found(page, phone.site(), 2)?;
    page.eval(NO_COPIES)?;
    page.remove_feature("indexedDB.databases")?;
    // By whom the handset knows, where nothing lies beside the databases.
    page.eval("void (sessionStorage.kept = JSON.stringify({ ...localStorage }), localStorage.clear())")?;
    found(page, phone.site(), 2)?;
    assert_eq!(page.eval("'databases' in indexedDB")?, false);
    // By what lies beside them, where the handset knows nobody.
    page.eval(
        "await new Promise((done) => {
            Object.assign(localStorage, JSON.parse(sessionStorage.kept));
            indexedDB.deleteDatabase('lzd-phone').onsuccess = () => done(true);
        })",
    )?;
    found(page, phone.site(), 2)?;
    // By neither: nothing is made that was not there.
    page.eval("localStorage.clear()")?;
    found(page, phone.site(), 0)
}

#[test]
fn what_the_databases_lost_leaves_by_the_page() -> Outcome {
    let (office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let (before, _) = visits(&office)?;
    saved_on_a_closed_road(&phone, &proxy, 2)?;
    phone.copied(2)?;
    found(&phone.page, phone.site(), 2)?;
    phone.page.drop_databases(phone.site())?;
    found(&phone.page, phone.site(), 2)?;
    proxy.set_road(Road::Open);
    sent(&phone.page, 2, "，全部到了")?;
    assert_eq!(visits(&office)?, (before + 2, before + 2));
    // The app brings the copies back, hears that they are there, and lets go of them.
    phone.open()?;
    phone.copied(0)?;
    assert_eq!(visits(&office)?, (before + 2, before + 2));
    found(&phone.page, phone.site(), 0)
}

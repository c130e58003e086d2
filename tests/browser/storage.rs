//! What the phone promises is written so that a dead battery cannot take it back; half a save is none; a connection the
//! browser closed is opened again; a storage that does not answer is told of; and what the browser itself promises is shown.

use crate::longer::visits;
use crate::phone::Phone;
use kit::failure::Outcome;
use kit::proxy::Road;
use serde_json::json;

/// From now on the page notes each write to its databases: store, what, durability, and which transaction it is of.
const NOTE_WRITES: &str = "(() => {
    window.writes = [];
    const transactions = [];
    const place = (transaction) => {
        if (!transactions.includes(transaction)) transactions.push(transaction);
        return transactions.indexOf(transaction);
    };
    for (const what of ['put', 'delete']) {
        const write = IDBObjectStore.prototype[what];
        IDBObjectStore.prototype[what] = function (...given) {
            window.writes.push(`${this.name} ${what} ${this.transaction.durability} ${place(this.transaction)}`);
            return write.apply(this, given);
        };
    }
})()";

/// From now on the browser takes no own copy, though it takes the record before it.
const BREAK: &str = "(() => {
    window.whole = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
        if (this.name === 'own') throw new DOMException('broken by the test', 'DataCloneError');
        return window.whole.apply(this, given);
    };
})()";

const MEND: &str = "IDBObjectStore.prototype.put = window.whole";

/// From now on no receipt can be written down, with this error.
const NO_RECEIPT: &str = "(() => {
    window.whole ??= IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
        if (this.name === 'sent') throw new DOMException('refused by the test', 'ERROR');
        return window.whole.apply(this, given);
    };
})()";

#[test]
fn what_is_promised_is_written_strictly() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    phone.page.eval(NOTE_WRITES)?;
    phone.attempt(0)?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")?;
    let writes = phone.page.eval("window.writes.join(';')")?;
    let writes: Vec<&str> = writes.as_str().unwrap_or_default().split(';').collect();
    for promised in ["outbox put", "own put", "outbox delete", "sent put"] {
        let care: Vec<&str> = writes.iter().filter_map(|write| write.strip_prefix(promised)).collect();
        assert!(!care.is_empty(), "no {promised} among {writes:?}");
        assert!(care.iter().all(|care| care.starts_with(" strict ")), "{promised} is{care:?}");
    }
    assert_eq!(transactions(&writes, "outbox put"), transactions(&writes, "drafts delete"));
    Ok(())
}

/// The transactions of which this is a part. A form goes with its save: killed between the two, it would be there twice.
fn transactions<'a>(writes: &[&'a str], what: &str) -> Vec<&'a str> {
    let of = writes.iter().filter(|write| write.starts_with(what));
    of.filter_map(|write| write.rsplit(' ').next()).collect()
}

#[test]
fn half_a_save_is_none() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    phone.open_at(0)?;
    phone.start_visit()?;
    phone.met("没人在家")?;
    phone.kept()?;
    phone.page.eval(BREAK)?;
    phone.page.tap(".bottom-bar .finish")?;
    phone.page.wait_js("document.querySelector('#trouble')?.textContent.trim()")?;
    let left = phone.page.eval(LEFT)?;
    assert_eq!(left.as_str(), Some("outbox 0, own 0, drafts 1"));
    phone.page.eval(MEND)?;
    phone.finish("")?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")?;
    Ok(())
}

/// The office has it and said so, but the phone cannot note that: it says what is wrong with the phone, not that there is
/// no signal. Offered once more, it is there once.
#[test]
fn a_receipt_that_cannot_be_written_is_told_and_asked_for_again() -> Outcome {
    let (office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let (before, _) = visits(&office)?;
    for (at, (error, said)) in
        [("DataCloneError", "手机的存储没有应答"), ("QuotaExceededError", "手机存满了")]
            .into_iter()
            .enumerate()
    {
        proxy.set_road(Road::Cut);
        phone.tab("走访")?;
        phone.attempt(0)?;
        phone.tab("待发")?;
        phone.page.wait_css("[data-network=none]")?;
        phone.page.eval(&NO_RECEIPT.replace("ERROR", error))?;
        proxy.set_road(Road::Open);
        phone.page.tap(".try-now")?;
        phone.page.wait_text_in(".notices", said)?;
        phone.page.wait_css("[data-network=there]")?;
        phone.page.wait_css(".try-now[aria-busy=false]")?;
        assert_eq!((phone.waiting()?, visits(&office)?), (1, (before + at + 1, before + at + 1)), "{error}");
        phone.page.screenshot(&format!("phone/queue-receipt-{error}"))?;
        phone.page.eval(MEND)?;
        phone.page.tap(".try-now")?;
        phone.page.wait_no_css("[data-waiting]")?;
        assert!(!phone.page.text()?.contains(said), "{error}: it is past");
        assert_eq!(visits(&office)?, (before + at + 1, before + at + 1), "{error}");
    }
    Ok(())
}

/// From now on the page notes its connections.
const NOTE_CONNECTIONS: &str = "(() => {
    window.connections = new Set();
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...given) {
        window.connections.add(this);
        return begin.apply(this, given);
    };
})()";

/// Closes them under the app, as iOS does in the background: the next use of each throws an `InvalidStateError`.
const CLOSE_CONNECTIONS: &str = "(() => {
    const closed = [...window.connections];
    closed.forEach((connection) => connection.close());
    window.connections.clear();
    return closed.length;
})()";

/// From now on no connection can be used, also no new one.
const REFUSE: &str = "(() => {
    window.begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = () => { throw new DOMException('refused by the test', 'InvalidStateError'); };
})()";

/// The connection goes under an open form: the save opens it again and writes once. While none can be had, it is said
/// what to do, and the form stays.
#[test]
fn a_connection_that_was_closed_is_opened_again() -> Outcome {
    let (office, _browser, phone) = Phone::in_demo()?;
    let (before, _) = visits(&office)?;
    phone.page.eval(NOTE_CONNECTIONS)?;
    for place in 0..2 {
        phone.open_at(place)?;
        phone.start_visit()?;
        phone.met("没人在家")?;
        phone.kept()?;
        let closed = phone.page.eval(CLOSE_CONNECTIONS)?;
        assert!(closed.as_u64().is_some_and(|closed| closed > 0), "{closed} were open");
        if place == 1 {
            phone.page.eval(REFUSE)?;
            phone.page.tap(".bottom-bar .finish")?;
            phone.page.wait_text_in("#trouble", "请关掉其他页面，重新打开")?;
            phone.page.eval("void (IDBDatabase.prototype.transaction = window.begin)")?;
        }
        phone.finish("")?;
    }
    phone.tab("待发")?;
    phone.page.wait_js("document.querySelectorAll('[data-state=received]').length === 2")?;
    assert_eq!(visits(&office)?, (before + 2, before + 2));
    Ok(())
}

/// From now on the page notes what the browser answered when it was asked to keep the storage.
const NOTE_ASKED: &str = "(() => {
    const persist = StorageManager.prototype.persist;
    StorageManager.prototype.persist = async function () {
        const promised = await persist.call(this);
        document.documentElement.dataset.promised = promised;
        return promised;
    };
})()";

/// The browser is asked for its promise after each save, and what it answers is where the helper looks.
#[test]
fn what_the_browser_promises_is_shown() -> Outcome {
    let (_office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    proxy.set_road(Road::Cut);
    phone.attempt(0)?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-storage=loose]")?;
    phone.page.wait_text("手机快满时可能被系统清掉")?;
    phone.page.screenshot("phone/queue-storage-loose")?;
    phone.tab("我的")?;
    phone.page.wait_css("[data-storage=loose]")?;
    // From now on the system would promise it. Nobody taps for it: the next save asks.
    phone.page.call(
        "Browser.grantPermissions",
        json!({ "origin": phone.site(), "permissions": ["durableStorage"] }),
    )?;
    phone.page.eval(NOTE_ASKED)?;
    phone.tab("走访")?;
    phone.attempt(1)?;
    phone.page.wait_css("html[data-promised=true]")?;
    phone.tab("我的")?;
    phone.page.wait_css("[data-storage=kept]")?;
    phone.page.wait_text("不会被系统清掉")?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-waiting='2']")?;
    phone.page.wait_no_css("[data-storage=loose]")?;
    Ok(())
}

/// How much lies in the person's own database.
const LEFT: &str = "await (async () => {
    const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith('lzd-work-'));
    const database = await new Promise((done) => {
        indexedDB.open(name).onsuccess = (event) => done(event.target.result);
    });
    const stores = ['outbox', 'own', 'drafts'];
    const transaction = database.transaction(stores);
    const counts = await Promise.all(stores.map((store) => new Promise((done) => {
        transaction.objectStore(store).count().onsuccess = (event) => done(`${store} ${event.target.result}`);
    })));
    database.close();
    return counts.join(', ');
})()";

/// A page that writes and does not end it.
const SPIN: &str = "await (async () => {
    const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith('lzd-work-'));
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = (event) => done(event.target.result); });
    const drafts = database.transaction([...database.objectStoreNames], 'readwrite').objectStore('drafts');
    window.spinning = true;
    const spin = () => {
        if (window.spinning) drafts.count().onsuccess = spin;
        else database.close();
    };
    spin();
    return name;
})()";

/// The storage gives no answer at all: that is said after a while, with the way to what waits; with the answer all is there.
#[test]
fn a_storage_that_does_not_answer_is_told_of() -> Outcome {
    let (_office, proxy, browser, phone) = Phone::in_demo_by_proxy()?;
    let page = &phone.page;
    proxy.set_road(Road::Cut);
    phone.attempt(0)?;
    phone.copied(1)?;
    let hanging = browser.new_page()?;
    hanging.goto(&format!("{}/rescue.html", phone.site()))?;
    hanging.wait_css("#count[data-count]")?;
    hanging.eval(SPIN)?;
    page.call("Page.bringToFront", json!({}))?;
    phone.open()?;
    page.wait_text("还没打开")?;
    page.screenshot("phone/storage-silent")?;
    proxy.set_road(Road::Open);
    page.tap_text("取出还没送出的记录")?;
    page.wait_css("#count[data-count='1']")?;
    page.screenshot("phone/rescue-storage-silent")?;
    phone.open()?;
    page.wait_text("还没打开")?;
    hanging.eval("void (window.spinning = false)")?;
    phone.at_list()?;
    phone.tab("待发")?;
    page.wait_css("[data-state=received]").map(drop)
}

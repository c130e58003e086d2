//! Every layout that a phone's databases ever had, opened by today's app: what waited is sent, what was begun goes on,
//! what was sent is shown. A new layout gets a file of its own in `layouts/`; `phone` keeps the newest like its shelf.
//! And how an app that adds a store and a page of the one before get out of each other's way.

use crate::phone::Phone;
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::office::Office;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::page::target::{label, text};
use kit::place;
use kit::rows::Rows;
use protocol::record::{EntryHash, seal};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Map, Value, json};

/// The layouts; the newest last.
const LAYOUTS: [(&str, &str); 1] = [("1-first-day", include_str!("layouts/1-first-day.json"))];

/// The raw bytes of the wrapping key and of the data key.
const WRAPPING: [u8; 32] = [5; 32];
const DATA_KEY: [u8; 32] = [6; 32];

/// Makes the databases anew, each with these stores, the wrapping key, and the data key wrapped by it.
const MAKE: &str = "await (async (stores, wrapping, dataKey) => {
    const over = (ask) => new Promise((done, failed) => {
        ask.onsuccess = () => done(ask.result); ask.onerror = () => failed(ask.error); ask.onblocked = () => failed(new Error('blocked'));
    });
    for (const { name } of await indexedDB.databases()) await over(indexedDB.deleteDatabase(name));
    const key = await crypto.subtle.importKey('raw', new Uint8Array(wrapping), 'AES-GCM', false, ['encrypt', 'decrypt']);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode('liuzhidao data key 1') };
    const sealed = new Uint8Array(await crypto.subtle.encrypt(how, key, new Uint8Array(dataKey)));
    for (const [name, list] of Object.entries(stores)) {
        const ask = indexedDB.open(name, 1);
        ask.onupgradeneeded = () => list.forEach((store) => ask.result.createObjectStore(store));
        const database = await over(ask);
        if (!name.startsWith('lzd-cards-')) {
            const meta = database.transaction('meta', 'readwrite').objectStore('meta');
            meta.put(key, 'wrapping');
            await over(meta.put(new Uint8Array([...iv, ...sealed]), 'wrapped'));
        }
        database.close();
    }
})";

/// What is of today in a layout: who, which device, whose households, and the office's key and head.
struct Today(Map<String, Value>);

impl Today {
    fn of(page: &Page) -> Outcome<Self> {
        let work = Rows::of(page, "lzd-work-")?;
        let cards = Rows::under(page, "lzd-cards-", work.data_key())?;
        let person = work.value("meta", "person")?;
        let day = page.eval("new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10)")?;
        let mut words = Map::from_iter([
            ("$person".to_owned(), person["id"].clone()),
            ("$whole_person".to_owned(), person),
            ("$whole_key".to_owned(), work.value("meta", "key")?),
            ("$whole_head".to_owned(), work.value("meta", "head")?),
            ("$device".to_owned(), work.value("meta", "counter")?["device"].clone()),
            ("$day".to_owned(), day),
        ]);
        for (at, household) in cards.keys("cards").into_iter().take(3).enumerate() {
            words.insert(format!("$whole_card_{at}"), cards.value("cards", &household)?);
            words.insert(format!("$household_{at}"), Value::from(household));
        }
        Ok(Self(words))
    }

    /// A layout with today's in it: whole values where a text is only a word, and words inside of texts and keys.
    fn within(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.0.get(text).cloned().unwrap_or_else(|| Value::from(self.text(text))),
            Value::Array(all) => all.iter().map(|one| self.within(one)).collect(),
            Value::Object(all) => {
                Value::Object(all.iter().map(|(key, one)| (self.text(key), self.within(one))).collect())
            }
            other => other.clone(),
        }
    }

    fn text(&self, text: &str) -> String {
        let words = self.0.iter().filter_map(|(word, value)| Some((word, value.as_str()?)));
        words.fold(text.to_owned(), |text, (word, value)| text.replace(word.as_str(), value))
    }
}

/// Makes the phone's databases as the layout has them. The app must be closed.
fn lay(page: &Page, layout: &str) -> Outcome {
    let mut today = Today::of(page)?;
    let layout: Value = serde_json::from_str(layout).map_err(unread)?;
    let entries = today.within(&layout["entries"]);
    today.0.extend(entries.as_object().cloned().unwrap_or_default());
    let layout = today.within(&layout);
    page.eval(&format!("{MAKE}({}, {}, {})", layout["stores"], json!(WRAPPING), json!(DATA_KEY)))?;
    for (name, stores) in layout["rows"].as_object().into_iter().flatten() {
        let mut database = Rows::new(name, DATA_KEY);
        let mut rows = Vec::new();
        for (store, all) in stores.as_object().into_iter().flatten() {
            for (key, value) in all.as_object().into_iter().flatten() {
                rows.push(database.row(store, key, value.to_string().as_bytes())?);
            }
        }
        if name.starts_with("lzd-work-") {
            for (store, all) in layout["records"].as_object().into_iter().flatten() {
                for entry in all.as_array().into_iter().flatten() {
                    rows.push(json!([store, entry["id"], record(entry, &today.0["$whole_key"])?]));
                }
            }
        }
        database.write(page, &rows)?;
    }
    Ok(())
}

/// Record v1 of an entry.
fn record(entry: &Value, key: &Value) -> Outcome<Value> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let public = key["public"].as_str().and_then(|text| STANDARD.decode(text).ok());
    let public: Option<[u8; 32]> = public.and_then(|bytes| bytes.try_into().ok());
    let plain = entry.to_string();
    let sealed = public.and_then(|public| seal(plain.as_bytes(), public, [3; 32]).ok());
    let sealed = sealed.ok_or_else(|| unread("the office's key is none"))?;
    Ok(json!({
        "device": entry["device"], "seq": entry["seq"], "id": entry["id"], "sealed_to": key["id"],
        "entry_hash": EntryHash::of(plain.as_bytes()).to_string(), "bytes": STANDARD.encode(&sealed.0),
    }))
}

fn unread(why: impl ToString) -> Failure {
    Failure::Command { method: "layout".to_owned(), why: why.to_string() }
}

/// The bytes of an entry as the office keeps them.
fn kept(office: &Office, id: &str) -> Outcome<Value> {
    let path = office.data().join("office.db");
    let failed = |source| Failure::Database { path: path.clone(), source };
    let database = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failed)?;
    let sql = "SELECT body FROM entry WHERE lower(hex(id)) = ?1";
    let body: Vec<u8> = database.query_row(sql, [id.replace('-', "")], |row| row.get(0)).map_err(failed)?;
    serde_json::from_slice(&body).map_err(unread)
}

/// A phone as the layout has it, with the app closed and the office gone.
fn laid(office: &mut Office, page: Page, layout: &str) -> Outcome<Phone> {
    let phone = Phone::of(page, office.address());
    phone.demo()?;
    phone.page.goto(&format!("{}/rescue.html", phone.site()))?;
    lay(&phone.page, layout)?;
    office.stop()?;
    Ok(phone)
}

/// Today's app goes on with what lay there: what was begun, what waited, what was sent.
fn goes_on(office: &mut Office, phone: &Phone, name: &str) -> Outcome {
    let page = &phone.page;
    phone.at_list()?;
    phone.tab("待发")?;
    page.wait_css("[data-waiting='1']")?;
    page.wait_css("[data-state=received]")?;
    phone.tab("走访")?;
    page.tap("[data-draft]")?;
    page.wait_css("[data-part=met]")?;
    assert_eq!(page.value(label("备注"))?, "第一天写到一半的备注", "{name}");

    office.start_again()?;
    page.tap_text("记下未遇")?;
    // The need it was begun with would go.
    page.wait_text_in("dialog[open]", "1 条诉求")?;
    page.tap(text("记下未遇").within("dialog[open]"))?;
    phone.at_list()?;
    phone.tab("待发")?;
    page.wait_js("document.querySelectorAll('[data-state=received]').length === 3")?;
    let entry = kept(office, "01900000-0000-7000-8000-000000000002")?;
    assert_eq!(entry["payload"]["of_tomorrow"], json!({ "kept": ["as", 1, "wrote"] }), "{name}");
    page.wait_no_css("[data-waiting]")
}

#[test]
fn every_layout_that_ever_was_opens() -> Outcome {
    for (name, layout) in LAYOUTS {
        let mut office = Office::start(&place::folder("office")?, &["--demo"])?;
        let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
        let phone = laid(&mut office, browser.page()?, layout)?;
        phone.open()?;
        goes_on(&mut office, &phone, name)?;
    }
    Ok(())
}

/// The newest layout as it was before its last store came.
fn with_a_store_fewer() -> Outcome<String> {
    let mut layout: Value = serde_json::from_str(LAYOUTS[LAYOUTS.len() - 1].1).map_err(unread)?;
    let fewer = layout["stores"]["lzd-work-$person"].as_array_mut().and_then(Vec::pop);
    assert_eq!(fewer, Some(json!("feedback")));
    if let Some(rows) = layout["rows"]["lzd-work-$person"].as_object_mut() {
        rows.remove("feedback");
    }
    Ok(layout.to_string())
}

/// The stores of the helper's own work.
const STORES: &str = "await (async () => {
    const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith('lzd-work-'));
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = (event) => done(event.target.result); });
    const stores = [...database.objectStoreNames];
    database.close();
    return stores;
})()";

/// A page that opens the helper's own work and does not let go of it.
const HOLD: &str = "await (async () => {
    const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith('lzd-work-'));
    window.held = await new Promise((done) => { indexedDB.open(name).onsuccess = (event) => done(event.target.result); });
    return window.held.version;
})()";

/// The first release that adds a store, while a page of the one before hangs: it is said which door is in the way, also
/// when it is tried again, and once that page is closed all goes on.
#[test]
fn a_page_that_does_not_let_go_is_told_of() -> Outcome {
    let mut office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = laid(&mut office, browser.page()?, &with_a_store_fewer()?)?;
    let page = &phone.page;
    assert!(!page.eval(STORES)?.to_string().contains("feedback"));
    let hanging = browser.new_page()?;
    hanging.goto(&format!("{}/rescue.html", phone.site()))?;
    hanging.wait_css("#count[data-count]")?;
    assert_eq!(hanging.eval(HOLD)?, 1);
    page.call("Page.bringToFront", json!({}))?;
    phone.open()?;
    page.wait_text("请关掉其他页面，重新打开")?;
    page.screenshot("phone/storage-blocked")?;
    page.eval("void (document.documentElement.dataset.before = 'yes')")?;
    page.tap_text("再试一次")?;
    page.wait_no_css("html[data-before]")?;
    page.wait_text("请关掉其他页面，重新打开")?;
    hanging.close()?;
    page.tap_text("再试一次")?;
    phone.at_list()?;
    assert!(page.eval(STORES)?.to_string().contains("feedback"));
    goes_on(&mut office, &phone, "a store fewer")
}

/// Adds a store, as an app of tomorrow does in another tab; whether a page stood in its way.
const ADD_A_STORE: &str = "await (async () => {
    const { name, version } = (await indexedDB.databases()).find(({ name }) => name.startsWith('lzd-work-'));
    const ask = indexedDB.open(name, version + 1);
    let blocked = false;
    ask.onblocked = () => { blocked = true; };
    ask.onupgradeneeded = () => ask.result.createObjectStore('of_tomorrow');
    await new Promise((done) => { ask.onsuccess = done; });
    ask.result.close();
    return blocked;
})()";

#[test]
fn an_app_of_tomorrow_may_add_a_store() -> Outcome {
    let (_office, browser, phone) = Phone::in_demo()?;
    phone.open_at(0)?;
    phone.start_visit()?;
    phone.met("没人在家")?;
    phone.kept()?;
    let tomorrow = browser.new_page()?;
    tomorrow.goto(&format!("{}/rescue.html", phone.site()))?;
    tomorrow.wait_css("#count[data-count]")?;
    assert_eq!(tomorrow.eval(ADD_A_STORE)?, false, "the open app lets go at once");
    // And goes on in what the other made.
    phone.finish("")?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")?;
    phone.open()?;
    phone.at_list()?;
    phone.attempt(1)?;
    phone.tab("待发")?;
    phone.page.wait_js("document.querySelectorAll('[data-state=received]').length === 2")?;
    assert!(phone.page.eval(STORES)?.to_string().contains("of_tomorrow"));
    Ok(())
}

//! Every layout that a phone's databases ever had, opened by today's app: what waited is sent, what was begun goes on,
//! what was sent is shown. A new layout gets a file of its own in `layouts/`; `phone` keeps the newest like its shelf, and a
//! used phone keeps no other keys than the newest. Cards, person, key and head lie in them as they were written then; only
//! what must be this office's is filled in: ids it knows, its key, for it opens what is sealed to it, and its head, for
//! another office's would begin a new epoch.
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
use std::collections::BTreeSet;

/// The layouts; the newest last.
const LAYOUTS: [(&str, &str); 2] = [
    ("1-first-day", include_str!("layouts/1-first-day.json")),
    ("2-told", include_str!("layouts/2-told.json")),
];
const NEWEST: &str = LAYOUTS[LAYOUTS.len() - 1].1;

/// The entries of the layouts that wait: in the outbox, and only beside the databases.
const WAITS: &str = "01900000-0000-7000-8000-000000000002";
const BESIDE_THEM: &str = "01900000-0000-7000-8000-000000000003";

/// The device that the sentinel of a layout remembers besides today's.
const EARLIER: &str = "01900000-0000-7000-8000-0000000000e1";

/// The raw bytes of the wrapping key and of the data key.
const WRAPPING: [u8; 32] = [5; 32];
const DATA_KEY: [u8; 32] = [6; 32];

/// Makes the databases anew, each with these stores, the wrapping key, and the data key wrapped by it.
const MAKE: &str = "await (async (stores, wrapping, dataKey) => {
    const over = (ask) => new Promise((done, failed) => {
        ask.onsuccess = () => done(ask.result); ask.onerror = () => failed(ask.error); ask.onblocked = () => failed(new Error('blocked'));
    });
    for (const { name } of await indexedDB.databases()) await over(indexedDB.deleteDatabase(name));
    localStorage.clear();
    for (const name of await caches.keys()) if (name.startsWith('lzd-')) await caches.delete(name);
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

/// Lays texts beside the databases: by cache and path, and by name.
const BESIDE: &str = "await (async (shelves, local) => {
    for (const [name, texts] of Object.entries(shelves ?? {})) {
        const shelf = await caches.open(name);
        for (const [path, text] of Object.entries(texts)) await shelf.put(path, new Response(text));
    }
    for (const [name, word] of Object.entries(local ?? {})) localStorage.setItem(name, word);
})";

/// What is of today in a layout: who, which device, whose households, and the office's key and head.
struct Today(Map<String, Value>);

impl Today {
    fn of(page: &Page) -> Outcome<Self> {
        let work = Rows::of(page, "lzd-work-")?;
        let cards = Rows::under(page, "lzd-cards-", work.data_key())?;
        let (key, head) = (work.value("meta", "key")?, work.value("meta", "head")?);
        let day = page.eval("new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10)")?;
        let mut words = Map::from_iter([
            ("$person".to_owned(), work.value("meta", "person")?["id"].clone()),
            ("$key_id".to_owned(), key["id"].clone()),
            ("$key_public".to_owned(), key["public"].clone()),
            ("$epoch".to_owned(), head["epoch"].clone()),
            ("$rev".to_owned(), head["rev"].clone()),
            ("$chain".to_owned(), head["chain"].clone()),
            ("$device".to_owned(), work.value("meta", "counter")?["device"].clone()),
            ("$day".to_owned(), day),
        ]);
        for (at, household) in cards.keys("cards").into_iter().take(3).enumerate() {
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
    for part in ["frozen", "entries"] {
        let part = today.within(&layout[part]);
        today.0.extend(part.as_object().cloned().unwrap_or_default());
    }
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
    lay_beside(page, &layout, &today.0["$whole_key"])
}

/// Lays what the layout has beside the databases: words as they are, and records as second copies.
fn lay_beside(page: &Page, layout: &Value, key: &Value) -> Outcome {
    let mut beside = layout["beside"].clone();
    for (shelf, copies) in layout["copies"].as_object().into_iter().flatten() {
        for (path, entry) in copies.as_object().into_iter().flatten() {
            beside[shelf][path] = Value::from(record(entry, key)?.to_string());
        }
    }
    page.eval(&format!("{BESIDE}({beside}, {})", layout["local"])).map(drop)
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

/// Today's app goes on with what lay there: cards, what was begun, what waited in the databases and `beside` them, what was
/// sent.
fn goes_on(office: &mut Office, phone: &Phone, name: &str, beside: usize) -> Outcome {
    let page = &phone.page;
    phone.at_list()?;
    for name in ["曾留存", "曾留下", "曾留着"] {
        page.wait_css(text(name))?;
    }
    phone.open_household("曾留存")?;
    for words in ["留存新村 38 栋 4 单元 501", "冬天取暖费想申请补助", "青峰中学"] {
        page.wait_text(words)?;
    }
    page.back()?;
    phone.at_list()?;
    phone.tab("我的")?;
    page.wait_text("周留存")?;
    phone.tab("待发")?;
    page.wait_css(&*format!("[data-waiting='{}']", 1 + beside))?;
    page.wait_css("[data-state=received]")?;
    phone.tab("走访")?;
    page.tap("[data-draft]")?;
    page.wait_css("[data-part=met]")?;
    page.wait_text("曾留存")?;
    assert_eq!(page.value(label("备注"))?, "第一天写到一半的备注", "{name}");

    office.start_again()?;
    page.tap_text("记下未遇")?;
    // The need it was begun with would go.
    page.wait_text_in("dialog[open]", "1 条诉求")?;
    page.tap(text("记下未遇").within("dialog[open]"))?;
    phone.at_list()?;
    phone.tab("待发")?;
    let received = format!("document.querySelectorAll('[data-state=received]').length === {}", 3 + beside);
    page.wait_js(&received)?;
    for id in [WAITS, BESIDE_THEM].iter().take(1 + beside) {
        let entry = kept(office, id)?;
        assert_eq!(entry["payload"]["of_tomorrow"], json!({ "kept": ["as", 1, "wrote"] }), "{name}: {id}");
    }
    phone.copied(0)?;
    page.wait_no_css("[data-waiting]")
}

#[test]
fn every_layout_that_ever_was_opens() -> Outcome {
    for (name, layout) in LAYOUTS {
        let mut office = Office::start(&place::folder("office")?, &["--demo"])?;
        let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
        let phone = laid(&mut office, browser.page()?, layout)?;
        phone.open()?;
        let whole: Value = serde_json::from_str(layout).map_err(unread)?;
        goes_on(&mut office, &phone, name, whole["copies"].as_object().map_or(0, Map::len))?;
    }
    Ok(())
}

/// Where the browser threw the databases away, what the layout has beside them is read: a second copy reaches the union, and
/// it hears which devices this phone was.
#[test]
fn what_lies_beside_lost_databases_is_read() -> Outcome {
    let mut office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = laid(&mut office, browser.page()?, NEWEST)?;
    phone.page.drop_databases(phone.site())?;
    office.start_again()?;
    phone.open()?;
    phone.page.wait_text("没送出的 1 条记录还在")?;
    phone.copied(0)?;
    let entry = kept(&office, BESIDE_THEM)?;
    assert_eq!(entry["payload"]["note"], "只在旁边留下的");
    phone.demo()?;
    phone.page.goto(&format!("{}/rescue.html", phone.site()))?;
    let counter = Rows::of(&phone.page, "lzd-work-")?.value("meta", "counter")?;
    let devices = counter["devices"].as_array().map_or(&[][..], Vec::as_slice);
    assert_eq!((devices.len(), devices.first()), (3, Some(&Value::from(EARLIER))), "{counter}");
    assert!(devices.contains(&entry["device"]), "{counter}");
    Ok(())
}

/// Another key is another layout: it gets a file of its own, and the files before stay as they are.
#[test]
fn a_used_phone_keeps_the_keys_of_the_newest_layout() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    phone.attempt(0)?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")?;
    phone.page.goto(&format!("{}/rescue.html", phone.site()))?;
    let layout: Value = serde_json::from_str(NEWEST).map_err(unread)?;
    let work = Rows::of(&phone.page, "lzd-work-")?;
    let cards = Rows::under(&phone.page, "lzd-cards-", work.data_key())?;
    let handset = Rows::of(&phone.page, "lzd-phone")?;
    for (name, rows) in [("lzd-work-$person", work), ("lzd-cards-$person", cards), ("lzd-phone", handset)] {
        let kept: BTreeSet<String> = rows.keys("meta").into_iter().collect();
        let laid = layout["rows"][name]["meta"].as_object().into_iter().flatten();
        let laid: BTreeSet<String> = laid.map(|(key, _)| key.clone()).collect();
        assert_eq!(kept, laid, "{name} needs a new file in tests/browser/layouts");
    }
    Ok(())
}

/// The newest layout as it was before its last store came.
fn with_a_store_fewer() -> Outcome<String> {
    let mut layout: Value = serde_json::from_str(NEWEST).map_err(unread)?;
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
    page.wait_css("a[href='/rescue.html']")?;
    page.screenshot("phone/storage-blocked")?;
    page.eval("void (document.documentElement.dataset.before = 'yes')")?;
    page.tap_text("再试一次")?;
    page.wait_no_css("html[data-before]")?;
    page.wait_text("请关掉其他页面，重新打开")?;
    hanging.close()?;
    page.tap_text("再试一次")?;
    phone.at_list()?;
    assert!(page.eval(STORES)?.to_string().contains("feedback"));
    goes_on(&mut office, &phone, "a store fewer", 1)
}

/// Adds a store, as an app of tomorrow does in another tab; ends once every open page has let go.
const ADD_A_STORE: &str = "await (async () => {
    const { name, version } = (await indexedDB.databases()).find(({ name }) => name.startsWith('lzd-work-'));
    const ask = indexedDB.open(name, version + 1);
    ask.onupgradeneeded = () => ask.result.createObjectStore('of_tomorrow');
    await new Promise((done) => { ask.onsuccess = done; });
    ask.result.close();
    return version;
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
    assert_eq!(tomorrow.eval(ADD_A_STORE)?, 1);
    // The open app goes on in what the other made.
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

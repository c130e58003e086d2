//! Every layout that a phone's databases ever had, opened by today's app: what waited is sent, what was begun goes on,
//! what was sent is shown. A new layout gets a file of its own in `layouts/`; `phone` keeps the newest like its shelf.

use crate::phone::Phone;
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::office::Office;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::page::target::label;
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

#[test]
fn every_layout_that_ever_was_opens() -> Outcome {
    for (name, layout) in LAYOUTS {
        let mut office = Office::start(&place::folder("office")?, &["--demo"])?;
        let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
        let phone = Phone::of(browser.page()?, office.address());
        phone.demo()?;
        let page = &phone.page;
        page.goto(&format!("{}/rescue.html", phone.site()))?;
        lay(page, layout)?;
        office.stop()?;

        phone.open()?;
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
        phone.at_list()?;
        phone.tab("待发")?;
        page.wait_js("document.querySelectorAll('[data-state=received]').length === 3")?;
        let entry = kept(&office, "01900000-0000-7000-8000-000000000002")?;
        assert_eq!(entry["payload"]["of_tomorrow"], json!({ "kept": ["as", 1, "wrote"] }), "{name}");
        page.wait_no_css("[data-waiting]")?;
    }
    Ok(())
}

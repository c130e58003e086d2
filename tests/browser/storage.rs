//! What the phone promises is written so that a dead battery cannot take it back; and half a save is none.

use crate::phone::Phone;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::place;

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

#[test]
fn what_is_promised_is_written_strictly() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, office.address());
    phone.demo()?;
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
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, office.address());
    phone.demo()?;
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

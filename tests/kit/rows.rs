//! The sealed rows of a phone's databases, read and written as the app does it, while the app is closed: from any page
//! of its origin. The data key is unwrapped by the browser's own key; what a row means is for whoever asks.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde_json::{Value, json};

use crate::failure::{Failure, Outcome};
use crate::page::Page;

/// How many rows go into the page at a time.
const AT_A_TIME: usize = 200;

/// The nonce of what the vault sealed, after its version.
const NONCE: std::ops::Range<usize> = 1..25;

/// The database whose name begins so: its name, its data key, and its sealed rows by store and key.
const READ: &str = "await (async (prefix) => {
    const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith(prefix));
    const asked = (ask) => new Promise((done, failed) => {
        ask.onsuccess = () => done(ask.result); ask.onerror = () => failed(ask.error);
    });
    const database = await asked(indexedDB.open(name));
    const text = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(''));
    const rows = {};
    let key = '';
    for (const store of database.objectStoreNames) {
        const [keys, values] = await Promise.all(['getAllKeys', 'getAll'].map((all) =>
            asked(database.transaction(store).objectStore(store)[all]())));
        const of = Object.fromEntries(keys.map((key, at) => [key, values[at]]));
        if (of.wrapped) {
            const how = { name: 'AES-GCM', iv: of.wrapped.slice(0, 12), additionalData: new TextEncoder().encode('liuzhidao data key 1') };
            key = text(await crypto.subtle.decrypt(how, of.wrapping, of.wrapped.slice(12)));
        }
        const sealed = Object.entries(of).filter(([key, row]) => row instanceof Uint8Array && key !== 'wrapped');
        rows[store] = Object.fromEntries(sealed.map(([key, row]) => [key, text(row)]));
    }
    database.close();
    return { name, key, rows };
})";

/// Puts rows: `[store, key, base64 or record]`.
const WRITE: &str = "await (async (name, rows) => {
    const database = await new Promise((done, failed) => {
        const ask = indexedDB.open(name); ask.onsuccess = () => done(ask.result); ask.onerror = () => failed(ask.error);
    });
    const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    await new Promise((done, failed) => {
        const writing = database.transaction([...database.objectStoreNames], 'readwrite');
        for (const [store, key, row] of rows) {
            const value = typeof row === 'string' ? bytes(row) : { ...row, bytes: bytes(row.bytes) };
            writing.objectStore(store).put(value, key);
        }
        writing.oncomplete = done; writing.onabort = () => failed(writing.error);
    });
    database.close();
})";

/// One database of the phone, as it was when it was looked into.
pub struct Rows {
    name: String,
    data_key: [u8; 32],
    sealed: Value,
    /// Each sealing takes another nonce.
    sealings: u64,
}

impl Rows {
    /// Looks into the database whose name begins so; the app must be closed.
    pub fn of(page: &Page, prefix: &str) -> Outcome<Self> {
        let found = look(page, prefix)?;
        let key = found["key"].as_str().and_then(|text| STANDARD.decode(text).ok());
        let key = key.and_then(|bytes| bytes.try_into().ok());
        Ok(Self::found(found, key.ok_or_else(|| wrong(prefix, "its data key is none"))?))
    }

    /// Looks into a database that lies under the data key of another.
    pub fn under(page: &Page, prefix: &str, data_key: [u8; 32]) -> Outcome<Self> {
        Ok(Self::found(look(page, prefix)?, data_key))
    }

    fn found(mut found: Value, data_key: [u8; 32]) -> Self {
        let name = found["name"].as_str().unwrap_or_default().to_owned();
        Self { name, data_key, sealed: found["rows"].take(), sealings: 0 }
    }

    /// A database that is to be, under this data key.
    pub fn new(name: &str, data_key: [u8; 32]) -> Self {
        Self { name: name.to_owned(), data_key, sealed: Value::Null, sealings: 0 }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its data key.
    pub fn data_key(&self) -> [u8; 32] {
        self.data_key
    }

    /// The keys of a store's sealed rows.
    pub fn keys(&self, store: &str) -> Vec<String> {
        self.sealed[store].as_object().map(|rows| rows.keys().cloned().collect()).unwrap_or_default()
    }

    /// A row, opened.
    pub fn value(&self, store: &str, key: &str) -> Outcome<Value> {
        let sealed = self.sealed[store][key].as_str().and_then(|text| STANDARD.decode(text).ok());
        let sealed = sealed.ok_or_else(|| wrong(&self.name, &format!("no {store}/{key}")))?;
        let (nonce, aad) = (sealed.get(NONCE).unwrap_or_default(), self.bound(store, key));
        let shut = || wrong(&self.name, &format!("{store}/{key} does not open"));
        if nonce.len() != NONCE.len() {
            return Err(shut());
        }
        let payload = Payload { msg: sealed.get(NONCE.end..).unwrap_or_default(), aad: &aad };
        let plain = self.cipher().decrypt(XNonce::from_slice(nonce), payload).map_err(|_| shut())?;
        serde_json::from_slice(&plain).map_err(|_| shut())
    }

    /// A row to write: these bytes, sealed to their place.
    pub fn row(&mut self, store: &str, key: &str, plain: &[u8]) -> Outcome<Value> {
        self.sealings += 1;
        let mut nonce = [0; 24];
        nonce[..8].copy_from_slice(&self.sealings.to_be_bytes());
        let aad = self.bound(store, key);
        let sealed = self.cipher().encrypt(XNonce::from_slice(&nonce), Payload { msg: plain, aad: &aad });
        let sealed = sealed.map_err(|_| wrong(&self.name, &format!("{store}/{key} does not seal")))?;
        Ok(json!([store, key, STANDARD.encode([[1].as_slice(), &nonce, &sealed].concat())]))
    }

    /// Writes rows: those of [`Self::row`], and records as they are.
    pub fn write(&self, page: &Page, rows: &[Value]) -> Outcome {
        for some in rows.chunks(AT_A_TIME) {
            page.eval(&format!("{WRITE}({}, {})", json!(self.name), Value::from(some.to_vec())))?;
        }
        Ok(())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.data_key.into())
    }

    fn bound(&self, store: &str, key: &str) -> Vec<u8> {
        format!("{}|{store}|{key}", self.name).into_bytes()
    }
}

fn look(page: &Page, prefix: &str) -> Outcome<Value> {
    page.eval(&format!("{READ}({})", json!(prefix)))
}

fn wrong(database: &str, why: &str) -> Failure {
    Failure::Command { method: database.to_owned(), why: why.to_owned() }
}

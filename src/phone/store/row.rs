//! A row as Rust sees it and as the disk keeps it. Bytes go in as `Uint8Array`, never as one number
//! per byte; record v1 is a plain object, because the rescue page reads it without this code.

use domain::id::{DeviceId, EntryId};
use js_sys::{Object, Reflect, Uint8Array};
use protocol::record::{EntryHash, Record, Sealed};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CryptoKey;

/// A row.
#[derive(Clone, Debug)]
pub enum Row {
    /// Bytes, sealed by the vault.
    Bytes(Vec<u8>),
    /// Record v1: sealed to the office, kept in the clear form of its fields.
    Record(Record),
    /// A key that the browser keeps and does not show.
    Key(CryptoKey),
    /// Only its key was read.
    Unread,
    /// Something this version does not know; it stays where it is.
    Unknown,
}

impl Row {
    /// The bytes, where it is bytes.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The record, where it is one.
    pub const fn record(&self) -> Option<&Record> {
        match self {
            Self::Record(record) => Some(record),
            _ => None,
        }
    }

    /// As the disk keeps it.
    pub(super) fn to_js(&self) -> JsValue {
        match self {
            Self::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
            Self::Record(record) => record_to_js(record),
            Self::Key(key) => key.into(),
            Self::Unread | Self::Unknown => JsValue::UNDEFINED,
        }
    }

    /// As Rust sees it.
    pub(super) fn from_js(value: &JsValue) -> Self {
        if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
            return Self::Bytes(bytes.to_vec());
        }
        if let Some(key) = value.dyn_ref::<CryptoKey>() {
            return Self::Key(key.clone());
        }
        record_from_js(value).map_or(Self::Unknown, Self::Record)
    }
}

fn record_to_js(record: &Record) -> JsValue {
    let object = Object::new();
    let set = |name: &str, value: JsValue| {
        // Setting a field of a plain object that we just made cannot fail.
        let _ = Reflect::set(&object, &name.into(), &value);
    };
    set("device", record.device.to_string().into());
    #[expect(clippy::cast_precision_loss, reason = "a phone makes far fewer than 2^53 entries")]
    set("seq", JsValue::from_f64(record.seq as f64));
    set("id", record.id.to_string().into());
    set("entry_hash", record.entry_hash.to_string().into());
    set("sealed_to", record.sealed_to.as_str().into());
    set("bytes", Uint8Array::from(record.bytes.0.as_slice()).into());
    object.into()
}

fn record_from_js(value: &JsValue) -> Option<Record> {
    let field = |name: &str| Reflect::get(value, &name.into()).ok();
    let text = |name: &str| field(name)?.as_string();
    let seq = field("seq")?.as_f64().filter(|seq| *seq >= 0.0)?;
    Some(Record {
        device: DeviceId::parse(&text("device")?)?,
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole and not negative: we wrote it"
        )]
        seq: seq as u64,
        id: EntryId::parse(&text("id")?)?,
        entry_hash: EntryHash::parse(&text("entry_hash")?)?,
        sealed_to: text("sealed_to")?,
        bytes: Sealed(field("bytes")?.dyn_into::<Uint8Array>().ok()?.to_vec()),
    })
}

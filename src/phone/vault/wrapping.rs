//! How a data key is kept: wrapped by an AES-GCM key of the browser that cannot be taken out of it.
//!
//! A guard against a search of the disk, not against a thief with the whole profile (PIN slots come
//! later, beside this one). WebCrypto answers by promises, so nothing here runs inside a transaction.

use super::VaultError;
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

/// How many random bytes one wrapping takes.
pub const IV_BYTES: usize = 12;

/// What the wrapping is bound to.
const PURPOSE: &[u8] = b"liuzhidao data key 1";

/// Makes a wrapping key that never leaves the browser.
///
/// # Errors
/// [`VaultError::Browser`] where WebCrypto refuses.
pub async fn make() -> Result<CryptoKey, VaultError> {
    let wanted = algorithm(None).map_err(refused)?;
    set(&wanted, "length", &JsValue::from_f64(256.0)).map_err(refused)?;
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let promise = subtle()?.generate_key_with_object(&wanted, false, &uses).map_err(refused)?;
    settle(promise).await?.dyn_into().map_err(refused)
}

/// Wraps a data key: iv, ciphertext.
///
/// # Errors
/// [`VaultError::Browser`] where WebCrypto refuses.
pub async fn wrap(key: &CryptoKey, data_key: &[u8; 32], iv: [u8; IV_BYTES]) -> Result<Vec<u8>, VaultError> {
    let how = algorithm(Some(&iv)).map_err(refused)?;
    let promise = subtle()?.encrypt_with_object_and_u8_array(&how, key, data_key).map_err(refused)?;
    let sealed = Uint8Array::new(&settle(promise).await?).to_vec();
    Ok([iv.as_slice(), &sealed].concat())
}

/// Unwraps a data key.
///
/// # Errors
/// [`VaultError::CannotOpen`] where it was wrapped by another key, or is damaged.
pub async fn unwrap(key: &CryptoKey, wrapped: &[u8]) -> Result<[u8; 32], VaultError> {
    let (iv, sealed) = wrapped.split_at_checked(IV_BYTES).ok_or(VaultError::CannotOpen)?;
    let how = algorithm(Some(iv)).map_err(refused)?;
    let promise = subtle()?.decrypt_with_object_and_u8_array(&how, key, sealed).map_err(refused)?;
    let plain = settle(promise).await.map_err(|_| VaultError::CannotOpen)?;
    Uint8Array::new(&plain).to_vec().try_into().map_err(|_| VaultError::CannotOpen)
}

fn algorithm(iv: Option<&[u8]>) -> Result<Object, JsValue> {
    let algorithm = Object::new();
    set(&algorithm, "name", &"AES-GCM".into())?;
    if let Some(iv) = iv {
        set(&algorithm, "iv", &Uint8Array::from(iv))?;
        set(&algorithm, "additionalData", &Uint8Array::from(PURPOSE))?;
    }
    Ok(algorithm)
}

fn set(object: &Object, name: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(object, &name.into(), value).map(|_| ())
}

async fn settle(promise: Promise) -> Result<JsValue, VaultError> {
    JsFuture::from(promise).await.map_err(refused)
}

fn subtle() -> Result<SubtleCrypto, VaultError> {
    let window = web_sys::window().ok_or_else(|| VaultError::Browser("no window".to_owned()))?;
    Ok(window.crypto().map_err(refused)?.subtle())
}

fn refused(thrown: impl Into<JsValue>) -> VaultError {
    VaultError::Browser(format!("{:?}", thrown.into()))
}

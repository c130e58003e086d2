//! Cache Storage as a shelf of texts beside the databases: another place of the disk, with another engine behind it.

use super::{Key, StoreError};
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, CacheStorage, Request, Response};

/// A shelf of texts under keys. Nothing on it is sealed by it: what is put there must be fit to lie in clear.
pub struct Beside {
    name: String,
    folder: &'static str,
}

impl Beside {
    /// The shelf of this name, its texts under paths of this folder; nothing is opened yet.
    pub const fn new(name: String, folder: &'static str) -> Self {
        Self { name, folder }
    }

    /// What stands behind this beginning in the names of the shelves that are there.
    ///
    /// # Errors
    /// [`StoreError`]: the browser gives no Cache Storage, or cannot read it. As in all functions here.
    pub async fn names(beginning: &str) -> Result<Vec<String>, StoreError> {
        let names = Array::from(&settled(caches()?.keys()).await?);
        let names = names.iter().filter_map(|name| name.as_string());
        Ok(names.filter_map(|name| name.strip_prefix(beginning).map(str::to_owned)).collect())
    }

    /// The keys of all texts, ascending.
    pub async fn keys(&self) -> Result<Vec<Key>, StoreError> {
        let requests = Array::from(&settled(self.open().await?.keys()).await?);
        let key = |request: JsValue| {
            let url = request.dyn_into::<Request>().ok()?.url();
            url.rsplit_once('/').map(|(_, key)| JsValue::from_str(key))
        };
        let keys: Array = requests.iter().filter_map(key).collect();
        Ok(keys.sort().iter().filter_map(|key| key.as_string()).collect())
    }

    /// The text under a key, if there is one.
    pub async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let found = settled(self.open().await?.match_with_str(&self.path(key))).await?;
        let Ok(response) = found.dyn_into::<Response>() else { return Ok(None) };
        let text = response.text().map_err(|thrown| StoreError::of(&thrown))?;
        Ok(settled(text).await?.as_string())
    }

    /// Puts texts under their keys, whatever was there, all at once.
    pub async fn put(&self, texts: impl Iterator<Item = (&str, String)>) -> Result<(), StoreError> {
        let cache = self.open().await?;
        let put = |(key, text): (&str, String)| {
            let response =
                Response::new_with_opt_str(Some(&text)).map_err(|thrown| StoreError::of(&thrown))?;
            Ok(cache.put_with_str(&self.path(key), &response))
        };
        let put: Array = texts.map(put).collect::<Result<_, StoreError>>()?;
        settled(Promise::all(&put)).await.map(drop)
    }

    /// Takes texts away, all at once.
    pub async fn delete(&self, keys: impl Iterator<Item = &str>) -> Result<(), StoreError> {
        let cache = self.open().await?;
        let deleted: Array = keys.map(|key| cache.delete_with_str(&self.path(key))).collect();
        settled(Promise::all(&deleted)).await.map(drop)
    }

    async fn open(&self) -> Result<Cache, StoreError> {
        settled(caches()?.open(&self.name)).await?.dyn_into().map_err(|thrown| StoreError::of(&thrown))
    }

    fn path(&self, key: &str) -> String {
        format!("/{}/{key}", self.folder)
    }
}

fn caches() -> Result<CacheStorage, StoreError> {
    let window = web_sys::window().ok_or_else(|| StoreError::Broken("no window".to_owned()))?;
    window.caches().map_err(|thrown| StoreError::of(&thrown))
}

async fn settled(promise: Promise) -> Result<JsValue, StoreError> {
    JsFuture::from(promise).await.map_err(|thrown| StoreError::of(&thrown))
}

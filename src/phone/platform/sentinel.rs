//! A word kept twice outside the databases, in localStorage and in Cache Storage, so that a browser that
//! drops a database is found out. Ids only: both lie on the disk in clear.

use super::window;
use crate::store::Beside;

/// Not `liuzhidao-…`: those caches are the service worker's to drop.
const SHELF: &str = "lzd-sentinel";

/// Keeps the word in both places; either may refuse, the other then bears witness alone.
pub(super) async fn set(name: String, word: String) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(&format!("{SHELF}-{name}"), &word);
    }
    let _ = beside().put([(name.as_str(), word)].into_iter()).await;
}

/// The word, from wherever it survived.
pub(super) async fn get(name: String) -> Option<String> {
    let storage = window().local_storage().ok().flatten();
    let kept = storage.and_then(|storage| storage.get_item(&format!("{SHELF}-{name}")).ok().flatten());
    match kept {
        Some(word) => Some(word),
        None => beside().get(&name).await.ok().flatten(),
    }
}

fn beside() -> Beside {
    Beside::new(SHELF.to_owned(), "sentinel")
}

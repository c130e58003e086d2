//! Has the browser write the log of its databases anew.
//!
//! Chromium keeps all databases of an origin behind one log. A kill in the middle of a write leaves a torn piece at its
//! end; the next start reads up to there and goes on behind it, and the start after that finds the torn piece in the
//! middle, takes the log for damaged and throws all databases away. Deleting a database makes it write what the log
//! holds to a table and begin another log (Chromium 156; the torn log, with and without this: `tests/browser/torn.rs`).
//! Elsewhere it costs a moment and changes nothing.

use super::{Database, Read, StoreError, database::browser};
use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// The database that is made and deleted.
const NAME: &str = "lzd-mend";
const STORE: &str = "nothing";

/// Makes a database and deletes it; call once after a start.
///
/// # Errors
/// [`StoreError`]: then the log stays as it is.
pub async fn mend() -> Result<(), StoreError> {
    let database = Database::new(NAME.to_owned(), &[STORE]);
    database.read(&[STORE], vec![Read::Keys(STORE)]).await?;
    drop(database); // Closes it, or its deletion would wait.
    let (_, factory) = browser()?;
    let request = factory.delete_database(NAME).map_err(|thrown| StoreError::of(&thrown))?;
    let ended = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        // Another tab is at the same: it deletes it, too.
        request.set_onblocked(Some(&resolve));
    });
    JsFuture::from(ended)
        .await
        .map(drop)
        .map_err(|_| StoreError::told(request.error().ok().flatten().as_ref()))
}

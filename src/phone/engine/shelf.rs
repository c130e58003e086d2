//! Where everything lies: the object stores of the three databases, and their fixed keys.
//!
//! `outbox` and `sent` hold record v1 under the entry's id and are frozen: the rescue page reads them.
//! Every other row is sealed by the vault. Keys are ids or these words, never a name.

use domain::id::PersonId;

/// Fixed rows; in every database.
pub const META: &str = "meta";
/// Work: forms being filled.
pub const DRAFTS: &str = "drafts";
/// Work: record v1, not yet received.
pub const OUTBOX: &str = "outbox";
/// Work: record v1, received, kept for 90 days.
pub const SENT: &str = "sent";
/// Work: the plain bytes of one's own entries.
pub const OWN: &str = "own";
/// Work: what became of an entry: the office's word under its id, and [`received`].
pub const STATUSES: &str = "statuses";
/// Work: words about the app on their way.
pub const FEEDBACK: &str = "feedback";
/// Cards: one per household.
pub const CARDS: &str = "cards";
/// Phone: who ever signed in on it.
pub const PEOPLE: &str = "people";

/// The object stores of a person's own work.
pub const WORK: &[&str] = &[META, DRAFTS, OUTBOX, SENT, OWN, STATUSES, FEEDBACK];
/// The object stores of what came from the office.
pub const CARD_FILE: &[&str] = &[CARDS, META];
/// The object stores of the handset.
pub const PHONE: &[&str] = &[META, PEOPLE];

/// Meta: the browser's key that wraps the data key.
pub const WRAPPING: &str = "wrapping";
/// Meta: the data key, wrapped.
pub const WRAPPED: &str = "wrapped";
/// Work/meta: device and seq.
pub const COUNTER: &str = "counter";
/// Work/meta: the highest head shown.
pub const HEAD: &str = "head";
/// Work/meta: up to where statuses were told.
pub const TOLD: &str = "told";
/// Work/meta: whose this is.
pub const PERSON: &str = "person";
/// Work/meta: the office's key.
pub const KEY: &str = "key";
/// Work/meta: the last contact.
pub const CONTACT: &str = "contact";
/// Work/meta: when changes last came, by the office's clock.
pub const NEWS: &str = "news";
/// Work/meta: records that cannot travel, with the reason; few or none.
pub const ASIDE: &str = "aside";
/// Cards/meta: the head up to which cards are applied.
pub const CURSOR: &str = "cursor";
/// Cards/meta: the union's card.
pub const UNION: &str = "union";
/// Cards/meta: the first fetch came to its end.
pub const WHOLE: &str = "whole";
/// Phone/meta: who is signed in.
pub const CURRENT: &str = "current";
/// Phone/meta: a sign-out that the office has not heard yet.
pub const SIGN_OUT_OWED: &str = "sign_out_owed";

/// The name of the handset's database.
pub const PHONE_NAME: &str = "lzd-phone";

/// The name of a person's work.
pub fn work_name(person: PersonId) -> String {
    format!("lzd-work-{person}")
}

/// The name of a person's cards.
pub fn cards_name(person: PersonId) -> String {
    format!("lzd-cards-{person}")
}

/// In `statuses`: when the entry's receipt came, office's clock.
pub fn received(entry: &str) -> String {
    format!("{entry}/received")
}

#[cfg(test)]
mod tests {
    use super::{CARD_FILE, PHONE, WORK};
    use serde_json::Value;

    /// The newest layout that a browser test opens. Another shelf is another layout: it gets a file of its own there, and
    /// is named here; the files before stay as they are.
    const NEWEST: &str = include_str!("../../../tests/browser/layouts/2-told.json");

    #[test]
    fn the_newest_layout_is_the_one_that_is_tested() {
        let layout: Value = serde_json::from_str(NEWEST).unwrap_or_default();
        let stores = |database: &str| -> Vec<String> {
            serde_json::from_value(layout["stores"][database].clone()).unwrap_or_default()
        };
        for (database, shelf) in
            [("lzd-phone", PHONE), ("lzd-work-$person", WORK), ("lzd-cards-$person", CARD_FILE)]
        {
            assert_eq!(stores(database), shelf, "{database} needs a new file in tests/browser/layouts");
        }
    }
}

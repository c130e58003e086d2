//! A draft: a form being filled, with the id and the randomness its entry will have.

use super::{Around, saving::hex};
use domain::{
    id::{EntryId, HouseholdId},
    verbatim::Verbatim,
};
use serde::{Deserialize, Serialize};

/// A form being filled. Made by [`Engine::new_draft`], kept on every change, gone when saved.
///
/// [`Engine::new_draft`]: crate::engine::Engine::new_draft
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Draft {
    /// The id of the entry it will be.
    pub id: EntryId,
    /// The household it is about; for `propose` the id the household will have.
    pub household: HouseholdId,
    /// What sort of entry: `visit`, `amend`, `withdraw`, `confirm`, `alert`, `propose`.
    pub kind: String,
    /// 16 random bytes in hex.
    pub nonce: String,
    /// Randomness for the seal, in hex: so that a repeat gives the same bytes.
    pub seal_random: String,
    /// The phone's clock when the draft was begun.
    pub wall_ms: i64,
    /// The form, as the state keeps it; the engine does not look inside.
    pub form: Verbatim,
    /// When it was last kept, phone's clock.
    pub saved_at_ms: i64,
    /// Whose hand it was in last.
    #[serde(default)]
    pub hand: Hand,
    /// Whose it was when it was read here or last kept from here. On the disk another one by now: another page went on.
    #[serde(skip)]
    pub seen: Hand,
}

/// A page in which a form was open, and how often the form was changed so far.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Hand {
    /// The page, by chance.
    pub page: u32,
    /// How often, in all pages.
    pub changes: u32,
}

impl Draft {
    /// An empty draft of an entry that begins now, with the randomness it will be sealed with.
    pub fn new(around: &dyn Around, id: EntryId, household: HouseholdId, kind: &str) -> Self {
        let (mut nonce, mut seal_random) = ([0; 16], [0; 32]);
        around.random(&mut nonce);
        around.random(&mut seal_random);
        let now_ms = around.now_ms();
        Self {
            id,
            household,
            kind: kind.to_owned(),
            nonce: hex(&nonce),
            seal_random: hex(&seal_random),
            wall_ms: now_ms,
            form: Verbatim::default(),
            saved_at_ms: now_ms,
            hand: Hand::default(),
            seen: Hand::default(),
        }
    }

    /// Whether what lies on the disk is of another page, later than what was seen here.
    pub fn is_overtaken_by(&self, on_disk: &Self) -> bool {
        on_disk.hand != self.seen && on_disk.hand.page != self.hand.page
    }
}

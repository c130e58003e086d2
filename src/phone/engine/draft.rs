//! A draft: a form being filled, with the id and the randomness its entry will have.

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
}

//! What an office's roster (花名册) states of one household: one entry of an import.
//!
//! What it observes was decided when the file was taken in (DESIGN §4): only what the file says anew. Here it is folded
//! like anything else that was observed on its day. A whole import is taken back by a verdict on each of its entries.

use crate::{
    day::Day,
    entry::Register,
    id::{ImportId, PersonId},
    seat::Assign,
    slot::Values,
    value::Rest,
};
use serde::{Deserialize, Serialize};

/// Who observed what a roster states: the roster itself. Whoever took it in was at nobody's door.
pub const ROSTER: PersonId = PersonId::from_bytes([0; 16]);

/// What a roster states of one household.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Import {
    /// The file it came with: all entries of one have the same.
    pub import: ImportId,
    /// The day as of which the roster states this.
    pub day: Day,
    /// Its row in the file.
    pub row: u32,
    /// The household's registration: where it is new here, or the file says unit, category, causes or number anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<Register>,
    /// What it observes of the six on `day`.
    #[serde(default)]
    pub stated: Values,
    /// Who answers for it, where the file says so anew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seats: Vec<Assign>,
    /// Fields of a newer app.
    #[serde(flatten)]
    pub rest: Rest,
}

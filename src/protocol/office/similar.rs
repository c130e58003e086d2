//! Before a file is opened: what is there already that resembles it.

use super::HouseholdRow;
use domain::{id::HouseholdId, slot::Values};
use serde::{Deserialize, Serialize};

/// `POST /api/similar`: before a file is opened, what is there already that resembles it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SimilarAsked {
    /// The household itself, where it has an id: it does not resemble itself.
    #[serde(default)]
    pub household: Option<HouseholdId>,
    /// 身份证号, where it was typed.
    #[serde(default)]
    pub id_number: Option<String>,
    /// What is known of it.
    pub stated: Values,
}

/// The answer to [`SimilarAsked`].
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Similar {
    /// Those in scope, the most alike first.
    pub households: Vec<SimilarRow>,
    /// One more lies in this union, out of scope: nothing else is said of it.
    pub elsewhere: bool,
}

/// A household that resembles another.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SimilarRow {
    /// The household.
    pub row: HouseholdRow,
    /// In what; at least one, the strongest first.
    pub alike: Vec<Likeness>,
}

/// In what two households are alike; the strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// The same ID number.
    IdNumber,
    /// A telephone of the same number.
    Telephone,
    /// The same name.
    Name,
    /// Names that sound the same.
    Sound,
    /// The same address.
    Address,
}

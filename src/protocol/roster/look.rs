//! The parts of a look at a roster: its rows one by one, what changes from what to what, words that were taken for others.

use super::NamedHousehold;
use domain::{
    day::Day,
    id::HouseholdId,
    slot::{Slot, Value},
};
use serde::{Deserialize, Serialize};

/// What a person said of a text that names a category.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CategoryWord {
    /// The text, as it is written.
    pub written: String,
    /// The union's own name of the category; none = it is no category.
    #[serde(default)]
    pub is: Option<String>,
}

/// The day that a file says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RosterDated {
    /// The day; of a month its first.
    pub day: Day,
    /// The row where it stands; none = in a name.
    #[serde(default)]
    pub row: Option<u32>,
    /// Whether it stands in the file's name.
    #[serde(default)]
    pub in_file_name: bool,
    /// What stands there.
    pub text: String,
}

/// A row of a household, and what happens to it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlannedRow {
    /// The sheet, where several were read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// The row.
    pub row: u32,
    /// The worker's name.
    pub name: String,
    /// The unit, as the file names it.
    pub unit: String,
    /// `new`, `changed`, `unchanged` or `held_back`.
    pub is: String,
    /// The household, where the office has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<HouseholdId>,
    /// Why it is held back, as the word of a finding.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// The earlier row that it repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
}

/// A value of a household and what a row says instead.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ValueChange {
    /// Which.
    pub slot: Slot,
    /// What stands.
    #[serde(default)]
    pub was: Option<Value>,
    /// On which day that was observed.
    #[serde(default)]
    pub was_day: Option<Day>,
    /// What the row says.
    pub says: Value,
    /// Whether both stand afterwards, until a person decides: they are of one day.
    #[serde(default)]
    pub rivals: bool,
}

/// Something beside the six and what a row says instead.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TextChange {
    /// `unit`, `category`, `causes` (their codes), `id_number`, the code of a seat, or `kept:` and the header of a column
    /// that is kept as it is.
    pub what: String,
    /// What stands.
    pub was: Vec<String>,
    /// What the row says.
    pub says: Vec<String>,
    /// Whether what stands was said after the roster's day: it stays.
    #[serde(default)]
    pub stays: bool,
}

/// Two rows of a file that are one household, or may be.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RosterRepeat {
    /// The sheet, where several were read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// The row.
    pub row: u32,
    /// What it says of itself.
    pub says: NamedHousehold,
    /// The earlier one's sheet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of_sheet: String,
    /// The earlier one.
    pub of: u32,
    /// What that says of itself.
    pub of_says: NamedHousehold,
    /// Why, as the word of a finding.
    pub why: String,
    /// Columns in which they differ: name, what stands here, what stands there.
    pub differs: Vec<(String, String, String)>,
}

/// A word that was taken for another.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WordRead {
    /// What sort of word.
    pub sort: WordSort,
    /// As it is written.
    pub written: String,
    /// What it was taken for: a category's name, a cause's code, a helper in one line; none = nothing.
    #[serde(default)]
    pub is: Option<String>,
    /// Whether a person said so.
    #[serde(default)]
    pub told: bool,
    /// How many cells say it.
    pub cells: u32,
}

/// What sort of word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordSort {
    /// A category.
    Category,
    /// A cause.
    Cause,
    /// A helper without a telephone: the only one of that name whom the office has in the branch.
    Helper,
}

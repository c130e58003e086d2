//! What is told of a file before it is taken back.

use super::NamedHousehold;
use serde::{Deserialize, Serialize};

/// What taking a file back would do: the answer to `GET /api/roster/imports/{import}/withdrawal`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct RosterWithdrawal {
    /// Households that go: those that nothing but this file opened.
    pub households: u32,
    /// Of these, those with something recorded, in the order of the file, at most [`RosterWithdrawal::NAMED_MAX`].
    pub recorded: Vec<NamedHousehold>,
    /// Visits recorded of them: they wait until the household is on file again.
    pub visits: u32,
    /// Needs of them that are not answered.
    pub needs: u32,
    /// Needs of them that are answered, of which the family was not told yet.
    #[serde(default)]
    pub untold: u32,
    /// People whom the file brought and who stay: invited, or here already.
    pub staying: Vec<StayingHelper>,
}

impl RosterWithdrawal {
    /// So many households are named.
    pub const NAMED_MAX: usize = 200;
}

/// Somebody whom a file brought and who stays when it is taken back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StayingHelper {
    /// The name.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// Whether they came; else they were only invited.
    pub came: bool,
}

//! What was taken in: the office's receipt, the look it was taken in from, and what the office counts since.

use crate::state::desk::Desk;
use protocol::{
    office::CoverageReport,
    roster::{RosterPlan, RosterTaken},
};
use std::sync::Arc;

/// What was taken in, and the look it was taken in from.
#[derive(Clone, PartialEq, Debug)]
pub struct Done {
    /// What the office says it did.
    pub taken: RosterTaken,
    /// What was shown.
    pub plan: Arc<RosterPlan>,
    /// How many households of the unit have no category now, whatever the file says of them.
    pub without_category: u32,
}

impl Done {
    /// All of it at once: what came after the receipt would move its buttons under a finger. What cannot be asked is not
    /// said there; it stands in the to-do list.
    pub async fn of(desk: Desk, taken: RosterTaken, plan: Arc<RosterPlan>) -> Self {
        let report = desk.get::<CoverageReport>(&format!("/api/coverage?unit={}", taken.unit)).await;
        let report = report.inspect_err(|trouble| leptos::logging::warn!("{trouble}"));
        let without_category = report.map_or(0, |report| report.todo.without_category);
        Self { taken, plan, without_category }
    }
}

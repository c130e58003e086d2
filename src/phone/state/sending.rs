//! The queue in figures: what waits, where, since when.
//!
//! Pure.

use crate::engine::{LineState, QueueLine};
use domain::id::HouseholdId;
use std::collections::BTreeSet;

/// Whether the union does not have it yet.
pub const fn is_waiting(state: &LineState) -> bool {
    matches!(state, LineState::OnPhone | LineState::SetAside(_))
}

/// How many the union does not have yet.
pub fn waiting(queue: &[QueueLine]) -> usize {
    queue.iter().filter(|line| is_waiting(&line.state)).count()
}

/// In which households something waits.
pub fn waiting_households(queue: &[QueueLine]) -> BTreeSet<HouseholdId> {
    queue.iter().filter(|line| is_waiting(&line.state)).filter_map(|line| line.household).collect()
}

/// When the oldest that waits was saved.
pub fn oldest_ms(queue: &[QueueLine]) -> Option<i64> {
    queue.iter().filter(|line| is_waiting(&line.state)).map(|line| line.saved_ms).min()
}

//! Coverage (覆盖): which households are visited on time, and what is known of them (DESIGN §6).
//!
//! The phone's due list, the desk's figures and the oracle for the SQL are this one file. Days are
//! the union's; today is an argument.

use crate::{
    day::Day,
    item::{Item, ItemState, Six},
    observation::{ItemStanding, Standings, item_standing},
    rules::Rule,
};
use serde::{Deserialize, Serialize};

/// How a household stands against its visit interval.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueState {
    /// Visited, and not due again yet.
    OnTime,
    /// Visited before, and due since.
    Overdue,
    /// Never visited, and due.
    NeverVisitedDue,
    /// Never visited, and not due yet.
    NotYetDue,
}

/// What coverage needs to know of one household. The office keeps it packed beside the household's row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CoverageRow {
    /// The last day on which somebody was met.
    pub last_visit: Option<Day>,
    /// The last day on which it is not overdue.
    pub due: Day,
    /// How each item stands.
    pub items: Six<ItemStanding>,
}

impl CoverageRow {
    /// The row of a household with a file since `since`.
    #[must_use]
    pub fn of(standings: &Standings, since: Day, last_visit: Option<Day>, rule: &Rule) -> Self {
        Self {
            last_visit,
            due: due_day(last_visit, since, rule),
            items: Six::from_fn(|item| item_standing(standings, item, rule)),
        }
    }

    /// How it stands on a day.
    #[must_use]
    pub fn due_state(&self, today: Day) -> DueState {
        match (self.last_visit.is_some(), today <= self.due) {
            (true, true) => DueState::OnTime,
            (true, false) => DueState::Overdue,
            (false, true) => DueState::NotYetDue,
            (false, false) => DueState::NeverVisitedDue,
        }
    }

    /// The state of each item on a day.
    #[must_use]
    pub fn item_states(&self, today: Day) -> Six<ItemState> {
        Six::from_fn(|item| self.items.get(item).on(today))
    }
}

/// The last day on which a household is not overdue: its last visit, or else the day its file
/// began, plus the interval.
#[must_use]
pub fn due_day(last_visit: Option<Day>, since: Day, rule: &Rule) -> Day {
    last_visit.unwrap_or(since).plus(i32::from(rule.visit_every_days))
}

/// How many households stand how in one item.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ItemCounts {
    /// Known and valid.
    pub known: u32,
    /// Known once, too long ago.
    pub stale: u32,
    /// Nothing known.
    pub unknown: u32,
    /// Several values.
    pub rivals: u32,
    /// Declined.
    pub declined: u32,
    /// Nothing to know.
    pub not_applicable: u32,
}

impl ItemCounts {
    /// How many still have to be asked: not known, out of date, several values, or declined.
    #[must_use]
    pub const fn lacking(&self) -> u32 {
        self.stale + self.unknown + self.rivals + self.declined
    }
}

/// The figures of a set of households. `on_time + overdue + never_visited_due + not_yet_due = households`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// All of them.
    pub households: u32,
    /// Visited and not due.
    pub on_time: u32,
    /// Visited before, due.
    pub overdue: u32,
    /// Never visited, due.
    pub never_visited_due: u32,
    /// Never visited, not due yet.
    pub not_yet_due: u32,
    /// Per item.
    pub items: Six<ItemCounts>,
}

impl Coverage {
    /// Counts households on a day.
    #[must_use]
    pub fn count<'a>(rows: impl IntoIterator<Item = &'a CoverageRow>, today: Day) -> Self {
        let mut coverage = Self::default();
        for row in rows {
            coverage.add(row, today);
        }
        coverage
    }

    /// The households that had to be visited by now (应访): all but the new ones not yet due.
    /// 按期率 is `on_time` of these; where there are none there is no such share.
    #[must_use]
    pub const fn expected(&self) -> u32 {
        self.on_time + self.overdue + self.never_visited_due
    }

    /// Counts one household more on a day.
    pub fn add(&mut self, row: &CoverageRow, today: Day) {
        self.households += 1;
        match row.due_state(today) {
            DueState::OnTime => self.on_time += 1,
            DueState::Overdue => self.overdue += 1,
            DueState::NeverVisitedDue => self.never_visited_due += 1,
            DueState::NotYetDue => self.not_yet_due += 1,
        }
        for item in Item::ALL {
            let counts = self.items.get_mut(item);
            match row.items.get(item).on(today) {
                ItemState::Known => counts.known += 1,
                ItemState::Stale => counts.stale += 1,
                ItemState::Unknown => counts.unknown += 1,
                ItemState::Rivals => counts.rivals += 1,
                ItemState::Declined => counts.declined += 1,
                ItemState::NotApplicable => counts.not_applicable += 1,
            }
        }
    }

    /// These figures and others together.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        self.households += other.households;
        self.on_time += other.on_time;
        self.overdue += other.overdue;
        self.never_visited_due += other.never_visited_due;
        self.not_yet_due += other.not_yet_due;
        for item in Item::ALL {
            let (mine, theirs) = (self.items.get_mut(item), other.items.get(item));
            mine.known += theirs.known;
            mine.stale += theirs.stale;
            mine.unknown += theirs.unknown;
            mine.rivals += theirs.rivals;
            mine.declined += theirs.declined;
            mine.not_applicable += theirs.not_applicable;
        }
        self
    }
}

#[cfg(test)]
mod tests;

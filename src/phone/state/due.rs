//! The list 今天走访谁: which household is due when, and how its six stand.
//!
//! Pure: cards, rules and today in, sorted rows out. The figures are `domain::coverage`'s, the same
//! as at the desk.

use super::search::Haystack;
use domain::{
    coverage::{CoverageRow, DueState},
    day::Day,
    id::HouseholdId,
    item::{ItemState, Six},
    rules::{self, Category},
    slot::{Slot, Value},
};
use protocol::changes::Card;
use std::collections::BTreeSet;

/// A household soon due is due within this many days.
pub const SOON_DAYS: i32 = 7;

/// Under which heading a household stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Group {
    /// Due, and not visited since.
    Due,
    /// Due within a week.
    Soon,
    /// Later.
    Later,
}

/// What a household's card says beside when it is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Marks {
    /// The union answered a need, and the family has not been told.
    pub to_tell: bool,
    /// What one found oneself has become a file, and nobody has been there since.
    pub approved: bool,
    /// The last day on which somebody was there and met nobody, where nobody was met since.
    pub tried: Option<Day>,
    /// Something was said there that the union has not received yet.
    pub unsent: bool,
}

impl Marks {
    /// Of a card, with the households one proposed that were accepted, and those with something unsent.
    pub fn of(card: &Card, accepted: &BTreeSet<HouseholdId>, unsent: &BTreeSet<HouseholdId>) -> Self {
        Self {
            to_tell: card.needs.iter().any(|line| line.reply.is_some() && line.told.is_none()),
            approved: !card.proposed && card.last_visit.is_none() && accepted.contains(&card.household),
            tried: tried(card),
            unsent: unsent.contains(&card.household),
        }
    }
}

fn tried(card: &Card) -> Option<Day> {
    let last = card.visits.iter().filter(|visit| visit.met.is_none()).map(|visit| visit.day).max();
    last.filter(|last| card.last_visit.is_none_or(|met| met < *last))
}

/// A household in the list.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// Which.
    pub household: HouseholdId,
    /// The worker's name.
    pub name: String,
    /// The category's name; empty where none.
    pub category: String,
    /// Address and landmark.
    pub address: String,
    /// The last day on which it is not overdue.
    pub due: Day,
    /// The day on which the family expects somebody.
    pub promised: Option<Day>,
    /// The day by which somebody should be there: the earlier of both.
    pub by: Day,
    /// Under which heading.
    pub group: Group,
    /// How the six stand.
    pub states: Six<ItemState>,
    /// It was found at the door and waits for approval.
    pub proposed: bool,
    /// Nobody was met there as far as the union knows: a file of long ago is no visit missed for so long.
    pub never_met: bool,
    /// What is to be done about it beside a visit.
    pub marks: Marks,
    /// What a search looks at.
    pub haystack: Haystack,
}

/// The rows, most overdue first.
pub fn rows<'a>(
    cards: impl IntoIterator<Item = &'a Card>,
    categories: &[Category],
    today: Day,
    marks: impl Fn(&Card) -> Marks,
) -> Vec<Row> {
    let mut rows: Vec<Row> =
        cards.into_iter().map(|card| Row { marks: marks(card), ..row(card, categories, today) }).collect();
    rows.sort_by(|a, b| (a.group, a.by, &a.name, a.household).cmp(&(b.group, b.by, &b.name, b.household)));
    rows
}

/// One household's row.
pub fn row(card: &Card, categories: &[Category], today: Day) -> Row {
    let rule = rules::rule_of(categories, card.category, today);
    let coverage = CoverageRow::of(&card.standings, card.since, card.last_visit, &rule);
    let promised = card.promised();
    let by = promised.map_or(coverage.due, |promised| promised.min(coverage.due));
    let group = match coverage.due_state(today) {
        DueState::Overdue | DueState::NeverVisitedDue => Group::Due,
        // What was promised changes no figure: due is what the rule says.
        _ if by.days_since(today) <= SOON_DAYS => Group::Soon,
        _ => Group::Later,
    };
    let category = card.category.and_then(|id| categories.iter().find(|row| row.id == id));
    Row {
        household: card.household,
        name: name_of(card),
        category: category.map_or_else(String::new, |row| row.name.clone()),
        address: address_of(card),
        due: coverage.due,
        promised,
        by,
        group,
        states: coverage.item_states(today),
        proposed: card.proposed,
        never_met: card.last_visit.is_none(),
        marks: Marks::default(),
        haystack: Haystack::of(card),
    }
}

/// The worker's name as it stands, the first of rivals, or nothing.
pub fn name_of(card: &Card) -> String {
    match first(card, Slot::Name) {
        Some(Value::Name(name)) => name.text.clone(),
        _ => String::new(),
    }
}

/// Address and landmark as they stand.
pub fn address_of(card: &Card) -> String {
    match first(card, Slot::Address) {
        Some(Value::Address(address)) => ui::words::joined(&[address.text.clone(), address.landmark.clone()]),
        _ => String::new(),
    }
}

fn first(card: &Card, slot: Slot) -> Option<&Value> {
    card.standings.get(&slot)?.values.first().map(|stands| &stands.value)
}

impl Row {
    /// The day its count of days goes to: the rule's while it is overdue, as at the desk, else that by which somebody
    /// should be there.
    pub const fn counts_to(&self) -> Day {
        match self.group {
            Group::Due => self.due,
            Group::Soon | Group::Later => self.by,
        }
    }
}

/// How many rows stand under a heading.
pub fn count(rows: &[Row], group: Group) -> usize {
    rows.iter().filter(|row| row.group == group).count()
}

#[cfg(test)]
mod tests;

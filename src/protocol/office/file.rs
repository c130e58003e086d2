//! One household's file as the desk reads it: the six, visits with what they changed, what waits, and
//! what a roster wrote beside them.

use super::QuarantineRow;
use crate::{changes::Card, seats::SeatSpan};
use domain::{
    coverage::DueState,
    day::Day,
    file::{AlertLine, NeedLine, PairLine, VisitLine},
    id::EntryId,
    item::{ItemState, Six},
    slot::{Slot, Value},
    value::EventKind,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// `GET /api/households/{id}`: one household's file. Reading it writes an audit row.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct HouseholdFile {
    /// What its helpers carry, too.
    pub card: Card,
    /// The category's name; empty where none.
    pub category_name: String,
    /// The day the states hold for.
    pub today: Day,
    /// The six.
    pub items: Six<ItemState>,
    /// How it stands.
    pub due_state: DueState,
    /// Its last day on time.
    pub due: Day,
    /// All its visits, newest first, with what each changed.
    pub visits: Vec<VisitShown>,
    /// Of these, records that look as if they were of one visit.
    #[serde(default)]
    pub pairs: Vec<PairLine>,
    /// All its needs.
    pub needs: Vec<NeedLine>,
    /// Its alerts.
    pub alerts: Vec<AlertLine>,
    /// Entries that do not count.
    pub quarantine: Vec<QuarantineRow>,
    /// Visits and alerts that were taken back, the latest first.
    #[serde(default)]
    pub withdrawn: Vec<WithdrawnLine>,
    /// The files that were merged into it, the latest first; those that were undone are not here.
    #[serde(default)]
    pub merged: Vec<MergedLine>,
    /// The last signs of its ID number; empty where none is noted. The whole number is shown nowhere.
    #[serde(default)]
    pub id_tail: String,
    /// Who answers for it, today and later, seat by seat.
    #[serde(default)]
    pub seats: Vec<SeatSpan>,
    /// What the last roster says of it beside the six.
    #[serde(default)]
    pub written: Option<RosterWritten>,
    /// The entries of `card.standings` that came with a roster: nobody was at the door then.
    #[serde(default)]
    pub of_rosters: BTreeSet<EntryId>,
    /// The entries of `card.standings` that were written into the file at the desk: nobody was at the door then either.
    #[serde(default)]
    pub of_desk: BTreeSet<EntryId>,
    /// Who took entries in from the file of a phone's queue: they vouched that it was its author's.
    #[serde(default)]
    pub brought: BTreeMap<EntryId, String>,
}

/// What a roster says of a household beside the six, cell by cell as it was written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RosterWritten {
    /// The roster's day.
    pub day: Day,
    /// Its file.
    pub file_name: String,
    /// What stands in columns that are kept as they are.
    pub cells: Vec<RosterCell>,
    /// What stands where the category should.
    pub category: String,
}

/// A cell of a column that is kept as it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RosterCell {
    /// The column's name in the header.
    pub header: String,
    /// What stands there.
    pub text: String,
}

/// A visit or an alert that was taken back: that there was one, and nothing of what it said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WithdrawnLine {
    /// The visit's first entry, or the alert's.
    pub visit: EntryId,
    /// The day of the visit, or of what happened.
    pub day: Day,
    /// It was an alert: of what had happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<EventKind>,
    /// Who had recorded it, and took it back.
    pub by: String,
    /// When that arrived, the office's clock.
    pub at_ms: i64,
    /// Why, in their words; may be empty.
    pub why: String,
}

/// Two files that are one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MergedLine {
    /// The merge's entry: what an `unmerge` names.
    pub merge: EntryId,
    /// When it arrived, the office's clock.
    pub at_ms: i64,
    /// Who merged them.
    pub by: String,
    /// What was merged, in the names of that day.
    pub words: String,
}

/// A visit with what it changed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct VisitShown {
    /// The visit. Not flattened: what is kept verbatim in it could not be read any more.
    pub line: VisitLine,
    /// Values it stated that differ from what stood before.
    pub changes: Vec<Change>,
}

/// One value before and after a visit.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Change {
    /// Where.
    pub slot: Slot,
    /// What was last observed there before; none where nothing was.
    pub before: Option<Value>,
    /// What the visit stated.
    pub after: Value,
}

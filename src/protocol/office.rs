//! What the desk asks and says about households: its entries, and the reports it reads.

mod feedback;
mod file;
mod phones;
mod similar;

pub use feedback::{FeedbackRow, NewFeedback};
pub use file::{Change, HouseholdFile, MergedLine, RosterCell, RosterWritten, VisitShown, WithdrawnLine};
pub use phones::{DeviceRow, PhoneRow};
pub use similar::{Likeness, Similar, SimilarAsked, SimilarRow};

use crate::deposit::Receipt;
use domain::{
    coverage::{Coverage, DueState},
    day::Day,
    entry::{Entry, Propose},
    file::{AlertLine, NeedLine, Reason},
    id::{CategoryId, EntryId, HouseholdId, PersonId, UnitId},
    item::{ItemState, Six},
    observation::Standing,
    seat::Seat,
    slot::Slot,
    verbatim::Verbatim,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most rows that a list of what waits gives at once; `skip` asks for those after them.
pub const ROWS_MAX: u32 = 500;

/// `POST /api/office`: entries of the series office; device is
/// [`OFFICE`](domain::entry::OFFICE), seq 0, author the person signed in. Ids are made by the desk,
/// so a repeat is harmless. All or nothing.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DeskEntries {
    /// At most 500.
    pub entries: Vec<Entry>,
}

/// The answer to [`DeskEntries`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DeskReceipts {
    /// One per entry, in order.
    pub receipts: Vec<Receipt>,
}

/// `GET /api/coverage?unit=…`: the chair's page.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CoverageReport {
    /// The unit asked about.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// The day these figures hold for, in the union's time zone.
    pub today: Day,
    /// The figures of the whole subtree.
    pub total: Coverage,
    /// How many were on time 30 days ago, by what is known today; for "比上月". None in an office that was not there yet
    /// and knows of nobody who was.
    pub on_time_month_ago: Option<u32>,
    /// The units one level below, each with its subtree's figures, in the order of the tree.
    pub units: Vec<UnitCoverage>,
    /// What waits to be done in the subtree.
    pub todo: Todo,
}

/// The figures of one unit's subtree.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct UnitCoverage {
    /// Which unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Its figures.
    pub coverage: Coverage,
}

/// What waits to be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Todo {
    /// Alerts nobody has taken up.
    pub alerts: u32,
    /// Needs without a reply.
    pub needs: u32,
    /// Of these, past the promised day.
    pub needs_late: u32,
    /// Needs with a reply the family was not told yet.
    #[serde(default)]
    pub needs_untold: u32,
    /// Slots where values differ.
    pub rivals: u32,
    /// Entries in quarantine or held.
    pub quarantine: u32,
    /// Households proposed and not yet approved.
    pub proposals: u32,
    /// Feedback not yet read, of the people of the subtree (0 for who may not read it).
    pub feedback: u32,
    /// Households with an empty seat.
    pub seats_empty: u32,
    /// Households without a category.
    #[serde(default)]
    pub without_category: u32,
    /// Households whose telephones all have digits no telephone has.
    #[serde(default)]
    pub numbers_odd: u32,
    /// Records that look as if they were of one visit, two by two.
    #[serde(default)]
    pub pairs: u32,
    /// Phones that made more than arrived.
    #[serde(default)]
    pub phones: u32,
}

/// The query of `GET /api/households`; the body of `POST`, where an ID number is sought.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct HouseholdsQuery {
    /// The top of the subtree.
    pub unit: String,
    /// Which: see [`Show::parse`]; empty = all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub show: String,
    /// For which this person answers today; empty = whoever does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub helper: String,
    /// Words to find in name, pinyin initials or address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub search: String,
    /// How many to skip.
    #[serde(default)]
    pub skip: u32,
    /// How many to give, at most 200; 0 = 50.
    #[serde(default)]
    pub take: u32,
}

/// Which households a list shows: the list behind each count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Show {
    /// All.
    All,
    /// By how they stand against their interval: `on_time`, `overdue`, `never_visited_due`, `not_yet_due`.
    Due(DueState),
    /// By an item's state: `schooling.unknown`.
    Item(domain::item::Item, ItemState),
    /// Where an item still has to be asked, for whatever reason: `schooling.lacking`.
    Lacking(domain::item::Item),
    /// Whose telephones, as a roster says them, all have digits no telephone has: `numbers_odd`.
    NumbersOdd,
    /// Past their day, visited before or not: `late`.
    Late,
    /// Without a category: `without_category`.
    WithoutCategory,
    /// For which fewer than three people answer: `seats_empty`.
    SeatsEmpty,
    /// With an open need: `needs`.
    Needs,
}

impl Show {
    /// Reads the word of a query; an unknown word shows all.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        fn read<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
            serde_json::from_value(word.into()).ok()
        }
        let item = || match word.split_once('.')? {
            (item, "lacking") => Some(Self::Lacking(read(item)?)),
            (item, state) => Some(Self::Item(read(item)?, read(state)?)),
        };
        match word {
            "numbers_odd" => Self::NumbersOdd,
            "late" => Self::Late,
            "without_category" => Self::WithoutCategory,
            "seats_empty" => Self::SeatsEmpty,
            "needs" => Self::Needs,
            _ => read(word).map(Self::Due).or_else(item).unwrap_or(Self::All),
        }
    }
}

/// The answer to [`HouseholdsQuery`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct HouseholdList {
    /// How many there are in all.
    pub total: u32,
    /// The day the states hold for.
    pub today: Day,
    /// Who answers for them, by name, where it was asked so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub helper_name: String,
    /// These of them, by the day on which they are due: who is furthest past it first.
    pub households: Vec<HouseholdRow>,
}

/// A household in a list of the desk.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct HouseholdRow {
    /// Which.
    pub id: HouseholdId,
    /// The worker's name.
    pub name: String,
    /// The address.
    pub address: String,
    /// Its unit's full name.
    pub unit_name: String,
    /// Its category's name; empty where none.
    pub category: String,
    /// Where it has none: what the last roster wrote there that is no category.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category_written: String,
    /// The six.
    pub items: Six<ItemState>,
    /// How it stands.
    pub due_state: DueState,
    /// Its last day on time.
    pub due: Day,
    /// Its last visit.
    pub last_visit: Option<Day>,
    /// The first day of its file.
    pub since: Day,
    /// Who answers for it: leader, union officer, line manager, as far as set.
    pub helpers: Vec<String>,
    /// How many people these are: one may sit in several seats.
    #[serde(default)]
    pub people: usize,
    /// Needs without a reply.
    pub needs_open: u32,
    /// Alerts nobody has taken up.
    pub alerts_open: u32,
}

/// A row of `GET /api/needs?unit=…&open=1`; `open=0` gives those answered, `open=untold` those of them the
/// family was not told.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NeedRow {
    /// Whose.
    pub household: HouseholdId,
    /// The worker's name.
    pub name: String,
    /// The unit's full name.
    pub unit_name: String,
    /// Who brought it, by name.
    pub author_name: String,
    /// Who replied, by name.
    #[serde(default)]
    pub replied_by_name: String,
    /// Who told the family, by name.
    #[serde(default)]
    pub told_by_name: String,
    /// Who told it an answer before the one that is not told yet, by name.
    #[serde(default)]
    pub told_before_by_name: String,
    /// The need.
    pub line: NeedLine,
}

/// A row of `GET /api/alerts?unit=…&open=1`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AlertRow {
    /// Whose.
    pub household: HouseholdId,
    /// The worker's name.
    pub name: String,
    /// The unit's full name.
    pub unit_name: String,
    /// Who raised it, by name.
    pub author_name: String,
    /// Who took it up, by name; empty while nobody did.
    #[serde(default)]
    pub taken_up_by_name: String,
    /// The alert.
    pub line: AlertLine,
}

/// A row of `GET /api/quarantine?unit=…`: an entry that does not count.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct QuarantineRow {
    /// The entry.
    pub entry: EntryId,
    /// What sort of act; empty where it cannot be opened.
    pub kind: String,
    /// Why it does not count; none = held sealed.
    pub reason: Option<Reason>,
    /// Its household, where it can be read.
    pub household: Option<HouseholdId>,
    /// The worker's name, where the household is known.
    pub name: String,
    /// The unit's full name, where known.
    pub unit_name: String,
    /// Its author, where it can be read.
    pub author: Option<PersonId>,
    /// The author's name, where known.
    pub author_name: String,
    /// When it arrived, office's clock.
    pub received_ms: i64,
    /// Its payload, where it can be read.
    pub payload: Option<Verbatim>,
    /// The days of the visits that it names, where they are known.
    #[serde(default)]
    pub days: Vec<Day>,
}

/// A row of `GET /api/rivals?unit=…`: a slot where values differ.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RivalRow {
    /// Whose.
    pub household: HouseholdId,
    /// The worker's name.
    pub name: String,
    /// The unit's full name.
    pub unit_name: String,
    /// Where.
    pub slot: Slot,
    /// What differs.
    pub standing: Standing,
    /// Names of who observed.
    pub names: BTreeMap<PersonId, String>,
}

/// A row of `GET /api/pairs?unit=…`: two records that look as if they were of one visit.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PairRow {
    /// Whose.
    pub household: HouseholdId,
    /// The worker's name.
    pub name: String,
    /// The unit's full name.
    pub unit_name: String,
    /// The earlier.
    pub visit: PairedRecord,
    /// The later.
    pub other: PairedRecord,
}

/// One of two records.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PairedRecord {
    /// The visit's first entry.
    pub visit: EntryId,
    /// The day it says.
    pub day: Day,
    /// Who recorded it.
    pub author_name: String,
}

/// A row of `GET /api/proposals?unit=…`: a household found at the door, not yet approved.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ProposalRow {
    /// Its own household id; approving registers this id.
    pub household: HouseholdId,
    /// The entry, to refuse it by `judge`.
    pub entry: EntryId,
    /// Who found it.
    pub author: PersonId,
    /// By name.
    pub author_name: String,
    /// What was found.
    pub propose: Propose,
    /// The seat its finder holds most often elsewhere.
    #[serde(default)]
    pub author_seat: Option<Seat>,
    /// Its unit's full name, where named.
    pub unit_name: String,
    /// Households that resemble it.
    pub similar: Similar,
}

/// `GET`/`PUT /api/categories`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CategoryName {
    /// Which.
    pub id: CategoryId,
    /// As the union writes it.
    pub name: String,
}

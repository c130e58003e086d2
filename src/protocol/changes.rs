//! `GET /api/changes`: what is new for a helper since the head last applied.
//!
//! Statuses of one's own entries, then household cards in scope. The last page tells count and
//! hash of the whole scope, so that a phone notices what it lacks or must drop.

use crate::deposit::Head;
use domain::{
    day::Day,
    file::{AlertLine, NeedLine, PairLine, Status},
    id::{CategoryId, EntryId, HouseholdId, PersonId, UnitId},
    observation::Standings,
    rules::{Category, Cause},
    seat::Seat,
    value::{Rest, Whose},
    visit::Consent,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The most cards on one page.
pub const CARDS_MAX: usize = 100;

/// The query of `GET /api/changes`, flat so that it fits a query string.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct ChangesQuery {
    /// The cursor's epoch, as 16 hex digits; none begins from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<String>,
    /// The cursor's rev.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rev: Option<u64>,
    /// The cursor's chain, as 16 hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<String>,
    /// The stamp of the [`UnionCard`] the phone holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub union: Option<String>,
    /// Whose phone asks: somebody else who is signed in in the same browser is refused what is not theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}

/// One page of changes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ChangesPage {
    /// Where the office stands.
    pub head: Head,
    /// The cursor once this page is applied.
    pub cursor: Head,
    /// The office's clock.
    pub server_time_ms: i64,
    /// What became of one's own entries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<StatusLine>,
    /// Cards that changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<Card>,
    /// Cards still to come after this page; 0 on the last.
    #[serde(default)]
    pub left: u32,
    /// The union's card, where the phone's is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub union: Option<UnionCard>,
    /// On the last page: the whole scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
}

/// What became of one entry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StatusLine {
    /// Which.
    pub id: EntryId,
    /// What became of it.
    #[serde(flatten)]
    pub status: Status,
    /// A person's reason, where a person judged.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// When, in the office's counting.
    pub rev: u64,
}

/// How many households are in scope, and which.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Scope {
    /// How many.
    pub count: u32,
    /// sha256 over their ids ascending, 16 bytes each; 64 hex digits.
    pub hash: String,
}

impl Scope {
    /// The scope of a set of households.
    #[must_use]
    pub fn of(households: impl IntoIterator<Item = HouseholdId>) -> Self {
        let mut ids: Vec<HouseholdId> = households.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut hasher = Sha256::new();
        for id in &ids {
            hasher.update(id.as_bytes());
        }
        let hash = crate::record::EntryHash::from_bytes(hasher.finalize().into()).to_string();
        Self { count: u32::try_from(ids.len()).unwrap_or(u32::MAX), hash }
    }
}

/// `GET /api/scope`: which households are in scope.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ScopeList {
    /// Where the office stands.
    pub head: Head,
    /// Which.
    pub households: Vec<HouseholdId>,
}

/// `POST /api/cards`: asks for cards by id; answered with those in scope, as [`CardList`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CardsAsked {
    /// Which, at most [`CARDS_MAX`].
    pub households: Vec<HouseholdId>,
}

/// The answer to [`CardsAsked`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CardList {
    /// Those in scope.
    pub cards: Vec<Card>,
    /// Those the office has never heard of: it was set back, and the phone offers them again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<HouseholdId>,
}

/// What a phone must know of the union.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct UnionCard {
    /// Changes whenever anything here does.
    pub stamp: String,
    /// The union's name.
    pub name: String,
    /// Its time zone.
    pub utc_offset_minutes: i32,
    /// Its categories with their rules.
    pub categories: Vec<Category>,
    /// The units a proposal may name: id and full name.
    pub units: Vec<UnitName>,
    /// The version of the notice to read out (告知书), and its words.
    pub notice: Notice,
}

/// A unit by name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UnitName {
    /// Which.
    pub id: UnitId,
    /// With the names above it, below the union: `林业站 北山林场`.
    pub name: String,
}

/// The notice a family is told before anything is noted down.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Notice {
    /// Counts its versions.
    pub version: u32,
    /// What is read out.
    pub words: String,
}

/// A household as its helpers carry it on the phone.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Card {
    /// Which household.
    pub household: HouseholdId,
    /// When it last changed, in the office's counting.
    pub rev: u64,
    /// Its unit; none while it is only proposed without one.
    #[serde(default)]
    pub unit: Option<UnitId>,
    /// The unit's full name.
    #[serde(default)]
    pub unit_name: String,
    /// Its category.
    #[serde(default)]
    pub category: Option<CategoryId>,
    /// Causes, the main one first.
    #[serde(default)]
    pub causes: Vec<Cause>,
    /// The day its file began.
    pub since: Day,
    /// It waits for approval.
    #[serde(default)]
    pub proposed: bool,
    /// Who answers for it today.
    #[serde(default)]
    pub seats: Vec<SeatLine>,
    /// What stands.
    #[serde(default)]
    pub standings: Standings,
    /// The last day on which somebody was met.
    #[serde(default)]
    pub last_visit: Option<Day>,
    /// The latest visits, newest first, at most 12.
    #[serde(default)]
    pub visits: Vec<CardVisit>,
    /// Those of the visits that look, two by two, as if they were of one; without those that are joined.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<PairLine>,
    /// Needs that are open, or were answered within the last year.
    #[serde(default)]
    pub needs: Vec<NeedLine>,
    /// Alerts of the last year, and those that nobody took up; an office of before sends none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<AlertLine>,
    /// The latest consent, with its day.
    #[serde(default)]
    pub consent: Option<(Day, Consent)>,
    /// Names of the persons this card mentions.
    #[serde(default)]
    pub names: BTreeMap<PersonId, String>,
    /// Pinyin initials of the worker's name, all readings, lower case: `["wxy"]`, `["qcy", "tcy"]`.
    #[serde(default)]
    pub pinyin: Vec<String>,
    /// Fields of a newer office.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A person in a seat of a card.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SeatLine {
    /// Which seat.
    pub seat: Seat,
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
}

/// A visit in short.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CardVisit {
    /// The visit's first entry.
    pub id: EntryId,
    /// When.
    pub day: Day,
    /// Who recorded it.
    pub author: PersonId,
    /// Who was met; none = an attempt.
    #[serde(default)]
    pub met: Option<Whose>,
    /// Who came along, by name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub companion: String,
    /// Who came along, where it was somebody the office knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub companion_id: Option<PersonId>,
    /// The companion confirmed having been there.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub confirmed: bool,
    /// The record that stands for the visit, where this is a further one of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<EntryId>,
    /// The note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When the family was told that somebody would come again; an office of before says none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Day>,
}

impl Card {
    /// The day on which the family expects somebody: what was said last, and nobody was met since.
    #[must_use]
    pub fn promised(&self) -> Option<Day> {
        let since = |visit: &&CardVisit| self.last_visit.is_none_or(|last| visit.day >= last);
        let said =
            self.visits.iter().filter(since).filter_map(|visit| Some((visit.day, visit.id, visit.next?)));
        said.max().map(|(.., next)| next)
    }
}

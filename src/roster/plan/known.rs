//! What the office knows already, as far as a file must be held against it. Loaded by the office; nothing here asks.

use std::collections::BTreeMap;

use domain::{
    day::LooseDay,
    id::{CategoryId, ChildId, EventId, HouseholdId, PersonId, UnitId},
    observation::Standings,
    rules::Cause,
    seat::Seat,
    slot::Values,
    value::{ChildValue, EventValue},
};
use serde::{Deserialize, Serialize};

use super::kept::Kept;
use crate::household::{Household, SeatHolder};

/// Where a unit stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Tier {
    /// 矿工会, or anything above.
    Union,
    /// 分会.
    Branch,
    /// 支会.
    Group,
}

/// A unit that the registrar may put households into.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownUnit {
    /// Which.
    pub id: UnitId,
    /// The unit above it.
    pub parent: Option<UnitId>,
    /// Where it stands.
    pub tier: Tier,
    /// Its name.
    pub name: String,
    /// Whether it takes nothing in any more.
    pub closed: bool,
}

/// A person, as helpers of a file are held against them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownPerson {
    /// Who.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The branch they belong to; the root where they belong to none.
    pub branch: UnitId,
    /// The telephone.
    pub telephone: String,
    /// Whether they left: they are known, and are given no seat.
    pub has_left: bool,
}

/// A helper as a file names one: the branch of the households, the name, the telephone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct HelperKey {
    /// 分会, as the file names it.
    pub branch: String,
    /// The name.
    pub name: String,
    /// The telephone; empty where none is given.
    pub telephone: String,
}

impl HelperKey {
    /// The key of somebody who answers for a household.
    #[must_use]
    pub fn of(household: &Household, holder: &SeatHolder) -> Self {
        let (branch, name, telephone) =
            (household.of_branch().clone(), holder.name.clone(), holder.telephone.clone());
        Self { branch, name, telephone }
    }
}

/// What an earlier file said of a household, and which child and event of the office each of its own is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Remembered {
    /// What it said.
    pub household: Household,
    /// The ids of its children, in its order.
    pub children: Vec<ChildId>,
    /// The ids of its events, in its order.
    pub events: Vec<EventId>,
}

impl Remembered {
    /// What it said, slot by slot.
    #[must_use]
    pub fn values(&self) -> Values {
        let (mut children, mut events) = (self.children.iter(), self.events.iter());
        // A list and its ids are written together; an id that is missing all the same is nobody's.
        let child = |_: &ChildValue| children.next().copied().unwrap_or(ChildId::from_bytes([0; 16]));
        let event = |_: &EventValue| events.next().copied().unwrap_or(EventId::from_bytes([0; 16]));
        self.household.stated(child, event)
    }
}

/// A household of the office, as rows of a file are held against it.
#[derive(Clone, PartialEq, Debug)]
pub struct KnownHousehold {
    /// Which.
    pub id: HouseholdId,
    /// The worker's name.
    pub name: String,
    /// The worker's birth date.
    pub born: Option<LooseDay>,
    /// Its branch; the root where it belongs to none.
    pub branch: UnitId,
    /// All its telephones.
    pub telephones: Vec<String>,
    /// The [`key`](crate::id_number::key) of the ID number, as [`Known::id_hash`] writes it.
    pub id_hash: Option<String>,
    /// Whether nothing is wrong with the ID number.
    pub id_is_right: bool,
    /// Whether it lies where the registrar may see it.
    pub in_reach: bool,
    /// Whether a file that was taken in named it: only then is it missing from one that does not.
    pub was_named: bool,
    /// What each sheet said of it last, those taken in and those that each person exported; the latest last. A row is
    /// held against the one that it is likest to: one edits the sheet one has.
    pub remembered: Vec<Remembered>,
}

/// What stands of a household that a row was found to be.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Stands {
    /// The six.
    pub standings: Standings,
    /// Its unit.
    pub unit: Option<UnitId>,
    /// Its category.
    pub category: Option<CategoryId>,
    /// Its causes.
    pub causes: Vec<Cause>,
    /// 身份证号, as it was last stated.
    pub id_number: Option<String>,
    /// Who holds its seats on the roster's day; where somebody stands in, whose seat it is before them.
    pub seats: Vec<(Seat, PersonId)>,
    /// Who sits in them on that day or any day after it.
    pub seats_since: Vec<(Seat, PersonId)>,
    /// Whether it has a file, and is not only proposed.
    pub is_open: bool,
    /// Columns of its files that are not read.
    pub kept: Kept,
}

/// What the office knows.
pub struct Known<'a> {
    /// The unit that the file is of: everything in it lies there.
    pub root: UnitId,
    /// The root and all units below it, each after the one above.
    pub units: Vec<KnownUnit>,
    /// Which unit an earlier file meant by branch and group.
    pub units_said: BTreeMap<(String, String), UnitId>,
    /// Everybody who could answer for a household there.
    pub persons: Vec<KnownPerson>,
    /// Whom an earlier file meant.
    pub persons_said: BTreeMap<HelperKey, PersonId>,
    /// The union's categories by name.
    pub categories: Vec<(String, CategoryId)>,
    /// The households of the whole union.
    pub households: Vec<KnownHousehold>,
    /// Households of files that were taken back, and that nobody else registered: visits may wait for them.
    pub former: Vec<(HouseholdId, Household)>,
    /// How the office writes the key of an ID number, so that it need not be kept in plain for this.
    pub id_hash: &'a dyn Fn(&str) -> String,
}

//! What the desk reads about who answers for which households. What it changes there are entries
//! (`assign`), see `office`.

use domain::{
    day::Day,
    id::{HouseholdId, PersonId, UnitId},
    seat::Seat,
};
use serde::{Deserialize, Serialize};

/// One row of `GET /api/helpers?unit=…`: somebody who helps in that subtree, and for how many there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HelperLoad {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The name they sign in with, which tells two of one name apart.
    #[serde(default)]
    pub sign_in_name: String,
    /// The unit they belong to.
    pub unit: UnitId,
    /// That unit's full name.
    pub unit_name: String,
    /// Households in the subtree they answer for today.
    pub households: u32,
    /// Of these, past their day: due or overdue.
    #[serde(default)]
    pub late: u32,
    /// In how many of them as leader, union officer, line manager.
    pub seats: [u32; 3],
    /// In how many of them only for a while, for somebody else.
    #[serde(default)]
    pub standing_in: u32,
}

/// `GET /api/persons/{person}/seats`: for whom somebody answers, today and later.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PersonSeats {
    /// In scope, by unit and name.
    pub seats: Vec<SeatHeld>,
    /// How many more there are out of scope.
    pub beyond: u32,
}

/// Who sits in a seat of a household today or later, from a day until a day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SeatSpan {
    /// Which seat.
    pub seat: Seat,
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// First day.
    pub from: Day,
    /// Last day, where one is set.
    pub until: Option<Day>,
    /// In whose place they sit there for a while; empty where it is their own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stands_in_for: String,
}

/// One person in one seat of one household, from a day until a day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SeatHeld {
    /// Whose.
    pub household: HouseholdId,
    /// The worker's name.
    pub name: String,
    /// The unit's full name.
    pub unit_name: String,
    /// Which seat.
    pub seat: Seat,
    /// First day.
    pub from: Day,
    /// Last day, where one is set.
    pub until: Option<Day>,
    /// In whose place they sit there for a while; empty where it is their own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stands_in_for: String,
    /// Who sits there today, where this begins only later; empty where nobody does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub meanwhile: String,
    /// Who else answers for this household, today or later.
    pub others: Vec<PersonId>,
}

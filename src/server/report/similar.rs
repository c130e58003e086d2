//! Households that resemble one whose file somebody is about to open. Looked for in the whole union;
//! shown only as far as it lies in the caller's scope.

use domain::day::Day;
use domain::id::HouseholdId;
use protocol::office::{Likeness, Similar, SimilarRow};

use super::households;
use super::likeness::Traits;
use crate::args;
use crate::store::{Reader, StoreError};

/// The most households shown.
const SHOWN_MAX: usize = 10;

/// Somebody who may become a household, or is one already.
pub struct Candidate {
    /// Its own id: nothing resembles itself.
    pub household: Option<HouseholdId>,
    /// What is known of it.
    pub traits: Traits,
}

/// What one candidate resembles.
#[derive(Default)]
struct Found {
    inside: Vec<(Vec<Likeness>, HouseholdId)>,
    elsewhere: bool,
}

/// For each candidate, in order, what resembles it. `tops` are the paths of the caller's scope;
/// roots in which they have no scope are not looked into.
///
/// # Errors
/// What the database says.
pub fn find(
    reader: &Reader<'_>,
    tops: &[String],
    candidates: &[Candidate],
    today: Day,
) -> Result<Vec<Similar>, StoreError> {
    let mut found: Vec<Found> = candidates.iter().map(|_| Found::default()).collect();
    if candidates.iter().any(|candidate| !candidate.traits.is_empty()) {
        look_through(reader, tops, candidates, &mut found)?;
    }
    found.into_iter().map(|found| shown(reader, found, today)).collect()
}

/// Files, and proposals that wait; each with where it lies.
const ALL: &str = "SELECT h.id, u.path, h.name, h.telephones, h.address, h.id_hash FROM household h
    LEFT JOIN person p ON p.id = h.proposed_by JOIN unit u ON u.id = COALESCE(h.unit, p.unit)
    WHERE h.is_open = 1 OR h.proposal IS NOT NULL";

fn look_through(
    reader: &Reader<'_>,
    tops: &[String],
    candidates: &[Candidate],
    found: &mut [Found],
) -> Result<(), StoreError> {
    let is_inside = |path: &str| tops.iter().any(|top| path.starts_with(top.as_str()));
    let is_of_union = |path: &str| tops.iter().any(|top| root(top) == root(path));
    reader.each(ALL, args![], |row| {
        let (household, path) = (row.get::<HouseholdId>(0)?, row.get::<String>(1)?);
        if !is_of_union(&path) {
            return Ok(());
        }
        let (name, telephones, address): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let other = Traits::new(&name, &telephones, &address).with_id(row.get(5)?);
        for (candidate, found) in candidates.iter().zip(found.iter_mut()) {
            let alike = candidate.traits.alike(&other);
            match (alike.is_empty() || candidate.household == Some(household), is_inside(&path)) {
                (true, _) => {}
                (false, true) => found.inside.push((alike, household)),
                (false, false) => found.elsewhere = true,
            }
        }
        Ok::<(), StoreError>(())
    })
}

/// The root of a path.
fn root(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}

fn shown(reader: &Reader<'_>, mut found: Found, today: Day) -> Result<Similar, StoreError> {
    found.inside.sort();
    found.inside.truncate(SHOWN_MAX);
    let mut households = Vec::new();
    for (alike, household) in found.inside {
        if let Some(row) = households::row(reader, household, today)? {
            households.push(SimilarRow { row, alike });
        }
    }
    Ok(Similar { households, elsewhere: found.elsewhere })
}

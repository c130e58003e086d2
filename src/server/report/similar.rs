//! Households that resemble one whose file somebody is about to open. Looked for in the whole union;
//! shown only as far as it lies in the caller's scope.

use std::collections::{BTreeMap, BTreeSet};

use domain::day::Day;
use domain::id::HouseholdId;
use protocol::office::{Likeness, Similar, SimilarRow};

use super::households;
use crate::args;
use crate::books::likeness::Traits;
use crate::store::{Reader, Row, StoreError, ToArg};
use crate::union::units::prefix_range;

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
    let look = |candidate: &Candidate| {
        let found = look_for(reader, tops, candidate)?;
        shown(reader, found, today)
    };
    candidates.iter().map(look).collect()
}

/// The most households looked at for one trait: what so many share tells nobody from another.
const SHARING_MAX: usize = 200;

/// So many traits are looked under at once; few have more, and one text of SQL does for all.
const TRAITS_AT_ONCE: usize = 16;

/// Files, and proposals that wait, under a path; each with where it lies.
const THERE: &str = "SELECT h.id, u.path, h.name, h.telephones, h.address, h.id_hash FROM household h
    LEFT JOIN person p ON p.id = h.proposed_by JOIN unit u ON u.id = COALESCE(h.unit, p.unit)
    WHERE (h.is_open = 1 OR h.proposal IS NOT NULL) AND u.path >= ?1 AND u.path < ?2";

/// Looks under its traits, first in scope, then in the whole union.
fn look_for(reader: &Reader<'_>, tops: &[String], candidate: &Candidate) -> Result<Found, StoreError> {
    let mut roots: BTreeSet<String> = tops.iter().map(|top| format!("{}/", root(top))).collect();
    roots.retain(|root| !tops.contains(root));
    let words: Vec<String> = candidate.traits.words().into_iter().collect();
    let sql = under_traits();
    let mut found = BTreeMap::new();
    let mut elsewhere = false;
    for under in tops.iter().chain(&roots) {
        let mut take = |row: &Row<'_>| {
            let (household, path) = (row.get::<HouseholdId>(0)?, row.get::<String>(1)?);
            let (name, telephones, address): (String, String, String) =
                (row.get(2)?, row.get(3)?, row.get(4)?);
            let alike =
                candidate.traits.alike(&Traits::new(&name, &telephones, &address).with_id(row.get(5)?));
            let is_inside = tops.iter().any(|top| path.starts_with(top.as_str()));
            match (alike.is_empty() || candidate.household == Some(household), is_inside) {
                (true, _) => {}
                (false, true) => drop(found.insert(household, alike)),
                (false, false) => elsewhere = true,
            }
            Ok::<(), StoreError>(())
        };
        let (from, to) = prefix_range(under);
        for some in words.chunks(TRAITS_AT_ONCE) {
            // The last stands for those that are not there.
            let places = some.iter().chain(some.last().into_iter().cycle()).take(TRAITS_AT_ONCE);
            let mut values = vec![from.to_arg(), to.to_arg()];
            values.extend(places.map(ToArg::to_arg));
            reader.each(&sql, &values, &mut take)?;
        }
        if let Some(id_hash) = candidate.traits.id_hash() {
            let sql = format!("{THERE} AND h.id_hash = ?3 LIMIT {SHARING_MAX}");
            reader.each(&sql, args![from, to, id_hash], &mut take)?;
        }
    }
    let inside = found.into_iter().map(|(household, alike)| (alike, household)).collect();
    Ok(Found { inside, elsewhere })
}

/// Files and proposals with one of some traits.
fn under_traits() -> String {
    let places: Vec<String> = (3..3 + TRAITS_AT_ONCE).map(|place| format!("?{place}")).collect();
    format!(
        "{THERE} AND h.id IN (SELECT household FROM household_trait WHERE trait IN ({})) LIMIT {}",
        places.join(", "),
        SHARING_MAX * TRAITS_AT_ONCE
    )
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

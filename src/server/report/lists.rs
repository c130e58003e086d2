//! Needs, alerts, rivals and proposals of a subtree, as lists.

use domain::day::Day;
use domain::entry::{Act, Entry};
use domain::file::{AlertLine, NeedLine};
use domain::id::{HouseholdId, PersonId, UnitId};
use domain::observation::Standing;
use domain::seat::Seat;
use domain::slot::Slot;
use protocol::office::{AlertRow, NeedRow, ProposalRow, RivalRow, Similar};
use serde::de::DeserializeOwned;

use super::columns::IN_SUBTREE;
use super::similar::{self, Candidate};
use crate::args;
use crate::books::likeness::Traits;
use crate::books::names::NameBook;
use crate::store::{Reader, Row, StoreError};
use crate::union::units::prefix_range;

/// The most rows of a list.
const ROWS_MAX: u32 = 500;

/// How far a need has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NeedStage {
    /// Nobody has answered.
    Open,
    /// It is answered, and the family was not told yet.
    Untold,
    /// It is answered, and the family knows.
    Told,
}

/// Needs: those past the promised day first, then the longest waiting; those that are done newest first.
///
/// # Errors
/// What the database says.
pub fn needs(
    reader: &Reader<'_>,
    top: &str,
    stage: NeedStage,
    today: Day,
) -> Result<Vec<NeedRow>, StoreError> {
    let late_first =
        format!("CASE WHEN need.promised_until < {} THEN 0 ELSE 1 END, need.asked", today.number());
    let (is, order) = match stage {
        NeedStage::Open => ("is_open = 1", late_first.as_str()),
        NeedStage::Untold => (UNTOLD, "need.asked"),
        NeedStage::Told => ("is_open = 0 AND need.is_told = 1", "need.asked DESC"),
    };
    let found = lines::<NeedLine>(reader, top, "need", is, order)?;
    let mut names = NameBook::new(reader);
    let row = |(household, name, unit, line): Found<NeedLine>| {
        let mut named = |by: Option<PersonId>| by.map_or(Ok(String::new()), |by| names.person(by));
        Ok(NeedRow {
            author_name: named(Some(line.author))?,
            replied_by_name: named(line.replied_by)?,
            told_by_name: named(line.told_by)?,
            told_before_by_name: named(line.told_before.as_ref().map(|told| told.by))?,
            unit_name: unit_name(&mut names, unit)?,
            household,
            name,
            line,
        })
    };
    found.into_iter().map(row).collect()
}

/// Answered, and the family does not know.
const UNTOLD: &str = "is_open = 0 AND need.is_told = 0";

/// How many needs of a subtree are answered without the family being told; from an index of its own.
///
/// # Errors
/// What the database says.
pub fn untold_count(reader: &Reader<'_>, top: &str) -> Result<u32, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!(
        "SELECT count(*) FROM need JOIN household h ON h.id = need.household
         WHERE need.{UNTOLD} AND h.is_open = 1 AND h.{IN_SUBTREE}"
    );
    Ok(u32::try_from(reader.count(&sql, args![from, to])?).unwrap_or(u32::MAX))
}

/// Alerts: the newest first.
///
/// # Errors
/// What the database says.
pub fn alerts(reader: &Reader<'_>, top: &str, open: bool) -> Result<Vec<AlertRow>, StoreError> {
    let is = if open { "is_open = 1" } else { "is_open = 0" };
    let found = lines::<AlertLine>(reader, top, "alert", is, "alert.day DESC")?;
    let mut names = NameBook::new(reader);
    let row = |(household, name, unit, line): Found<AlertLine>| {
        let (unit_name, author_name) = (unit_name(&mut names, unit)?, names.person(line.author)?);
        Ok(AlertRow { household, name, unit_name, author_name, line })
    };
    found.into_iter().map(row).collect()
}

type Found<T> = (HouseholdId, String, Option<UnitId>, T);

fn lines<T: DeserializeOwned>(
    reader: &Reader<'_>,
    top: &str,
    table: &str,
    is: &str,
    order: &str,
) -> Result<Vec<Found<T>>, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!(
        "SELECT h.id, h.name, h.unit, {table}.line FROM {table} JOIN household h ON h.id = {table}.household
         WHERE h.{IN_SUBTREE} AND h.is_open = 1 AND {table}.{is} ORDER BY {order}, {table}.id LIMIT {ROWS_MAX}"
    );
    reader.all(&sql, args![from, to], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, json(row, 3)?)))
}

fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<T, StoreError> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|_| StoreError::Unreadable { column })
}

fn unit_name(names: &mut NameBook<'_, '_>, unit: Option<UnitId>) -> Result<String, StoreError> {
    unit.map_or(Ok(String::new()), |unit| names.unit(unit))
}

/// Slots where values differ.
///
/// # Errors
/// What the database says.
pub fn rivals(reader: &Reader<'_>, top: &str) -> Result<Vec<RivalRow>, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!(
        "SELECT h.id, h.name, h.unit, rival.slot, rival.standing FROM rival JOIN household h ON h.id = rival.household
         WHERE h.{IN_SUBTREE} AND h.is_open = 1 ORDER BY h.name, h.id, rival.slot LIMIT {ROWS_MAX}"
    );
    let found = reader.all(&sql, args![from, to], |row| {
        let slot = Slot::parse(&row.get::<String>(3)?).ok_or(StoreError::Unreadable { column: 3 })?;
        Ok::<_, StoreError>((
            row.get(0)?,
            row.get(1)?,
            row.get::<Option<UnitId>>(2)?,
            slot,
            json::<Standing>(row, 4)?,
        ))
    })?;
    let mut names = NameBook::new(reader);
    let row =
        |(household, name, unit, slot, standing): (HouseholdId, String, Option<UnitId>, Slot, Standing)| {
            let mut observers = std::collections::BTreeMap::new();
            for stands in &standing.values {
                observers.insert(stands.by, names.person(stands.by)?);
            }
            let unit_name = unit_name(&mut names, unit)?;
            Ok(RivalRow { household, name, unit_name, slot, standing, names: observers })
        };
    found.into_iter().map(row).collect()
}

/// How many proposals wait in a subtree. One that names no unit waits at every root.
///
/// # Errors
/// What the database says.
pub fn proposals_count(reader: &Reader<'_>, top: &str) -> Result<u32, StoreError> {
    let (from, to) = prefix_range(top);
    let count = reader.count(&format!("SELECT count(*) FROM household WHERE {WAITING}"), args![from, to])?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A proposal waits where its unit lies, or its finder belongs, in the subtree.
const WAITING: &str = "is_open = 0 AND proposal IS NOT NULL
    AND COALESCE(unit, (SELECT person.unit FROM person WHERE person.id = proposed_by))
        IN (SELECT id FROM unit WHERE path >= ?1 AND path < ?2)";

/// Households found at the door, with those that resemble them, as far as they lie under `tops`.
///
/// # Errors
/// What the database says.
pub fn proposals(
    reader: &Reader<'_>,
    top: &str,
    tops: &[String],
    today: Day,
) -> Result<Vec<ProposalRow>, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!(
        "SELECT e.body FROM household JOIN entry e ON e.id = household.proposal AND e.household = household.id
         WHERE {WAITING} AND e.status = 'projected' ORDER BY e.rev LIMIT {ROWS_MAX}"
    );
    let entries = reader.all(&sql, args![from, to], |row| {
        let body: Vec<u8> = row.get(0)?;
        serde_json::from_slice::<Entry>(&body).map_err(|_| StoreError::Unreadable { column: 0 })
    })?;
    let mut names = NameBook::new(reader);
    let mut found = Vec::new();
    for entry in entries {
        let Ok(Act::Propose(propose)) = entry.act() else { continue };
        found.push(ProposalRow {
            household: entry.household,
            entry: entry.id,
            author: entry.author,
            author_name: names.person(entry.author)?,
            author_seat: usual_seat(reader, entry.author, today)?,
            unit_name: unit_name(&mut names, propose.unit)?,
            similar: Similar::default(),
            propose,
        });
    }
    let candidate = |row: &ProposalRow| Candidate {
        household: Some(row.household),
        traits: Traits::stated(&row.propose.stated),
    };
    let candidates: Vec<Candidate> = found.iter().map(candidate).collect();
    for (row, similar) in found.iter_mut().zip(similar::find(reader, tops, &candidates, today)?) {
        row.similar = similar;
    }
    Ok(found)
}

/// The seat a person holds most often on a day.
fn usual_seat(reader: &Reader<'_>, person: PersonId, today: Day) -> Result<Option<Seat>, StoreError> {
    let sql = "SELECT seat FROM seat WHERE person = ?1 AND from_day <= ?2
                 AND (until_day IS NULL OR until_day >= ?2) GROUP BY seat ORDER BY count(*) DESC, seat LIMIT 1";
    let word = reader.first(sql, args![person, today.number()], |row| row.get::<String>(0))?;
    Ok(word.and_then(|word| serde_json::from_value(word.into()).ok()))
}

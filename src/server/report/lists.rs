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

use super::columns::{AT_ROOT, IN_SUBTREE};
use super::similar::{self, Candidate};
use crate::args;
use crate::books::likeness::Traits;
use crate::books::names::NameBook;
use crate::store::{Reader, Row, StoreError};
use crate::union::units::prefix_range;

/// A part of a list: `?3` says how many rows come before it.
pub(super) const PART: &str = "LIMIT 500 OFFSET ?3";

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
    skip: u32,
) -> Result<Vec<NeedRow>, StoreError> {
    let late_first =
        format!("CASE WHEN need.promised_until < {} THEN 0 ELSE 1 END, need.asked", today.number());
    let (is, order) = match stage {
        NeedStage::Open => ("is_open = 1", late_first.as_str()),
        NeedStage::Untold => (UNTOLD, "need.asked"),
        NeedStage::Told => ("is_open = 0 AND need.is_told = 1", "need.asked DESC"),
    };
    let found = lines::<NeedLine>(reader, top, ("need", is, order), skip)?;
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

/// How many needs of a subtree, between `?1` and `?2`, are answered without the family being told. They have an index of
/// their own: `CROSS` makes SQLite begin there, and not with every household.
pub(super) fn untold_counted() -> String {
    format!(
        "SELECT count(*) FROM need CROSS JOIN household h
         WHERE need.{UNTOLD} AND h.id = need.household AND h.is_open = 1 AND h.{IN_SUBTREE}"
    )
}

/// Alerts: the newest first.
///
/// # Errors
/// What the database says.
pub fn alerts(reader: &Reader<'_>, top: &str, open: bool, skip: u32) -> Result<Vec<AlertRow>, StoreError> {
    let is = if open { "is_open = 1" } else { "is_open = 0" };
    let found = lines::<AlertLine>(reader, top, ("alert", is, "alert.day DESC"), skip)?;
    let mut names = NameBook::new(reader);
    let row = |(household, name, unit, line): Found<AlertLine>| {
        Ok(AlertRow {
            author_name: names.person(line.author)?,
            taken_up_by_name: line.taken_up_by.map_or(Ok(String::new()), |by| names.person(by))?,
            unit_name: unit_name(&mut names, unit)?,
            household,
            name,
            line,
        })
    };
    found.into_iter().map(row).collect()
}

type Found<T> = (HouseholdId, String, Option<UnitId>, T);

fn lines<T: DeserializeOwned>(
    reader: &Reader<'_>,
    top: &str,
    (table, is, order): (&str, &str, &str),
    skip: u32,
) -> Result<Vec<Found<T>>, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!(
        "SELECT h.id, h.name, h.unit, {table}.line FROM {table} JOIN household h ON h.id = {table}.household
         WHERE h.{IN_SUBTREE} AND h.is_open = 1 AND {table}.{is} ORDER BY {order}, {table}.id {PART}"
    );
    reader.all(&sql, args![from, to, skip], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, json(row, 3)?)))
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
pub fn rivals(reader: &Reader<'_>, top: &str, skip: u32) -> Result<Vec<RivalRow>, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!(
        "SELECT h.id, h.name, h.unit, rival.slot, rival.standing FROM rival JOIN household h ON h.id = rival.household
         WHERE h.{IN_SUBTREE} AND h.is_open = 1 ORDER BY h.name, h.id, rival.slot {PART}"
    );
    let found = reader.all(&sql, args![from, to, skip], |row| {
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

/// How many proposals wait in a subtree, between `?1` and `?2`.
pub(super) fn proposals_counted() -> String {
    format!("SELECT count(*) FROM household WHERE {}", waiting())
}

/// A proposal waits where its unit lies, or its finder belongs, in the subtree; of nobody known, at every root.
fn waiting() -> String {
    let place = "COALESCE(unit, (SELECT person.unit FROM person WHERE person.id = proposed_by))";
    format!(
        "is_open = 0 AND proposal IS NOT NULL AND ({place} IN (SELECT id FROM unit WHERE path >= ?1 AND path < ?2)
            OR ({place} IS NULL AND {AT_ROOT}))"
    )
}

/// Households found at the door, with those that resemble them, as far as they lie under `tops`.
///
/// # Errors
/// What the database says.
pub fn proposals(
    reader: &Reader<'_>,
    top: &str,
    tops: &[String],
    today: Day,
    skip: u32,
) -> Result<Vec<ProposalRow>, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!(
        "SELECT e.body FROM household JOIN entry e ON e.id = household.proposal AND e.household = household.id
         WHERE {} AND e.status = 'projected' ORDER BY e.rev {PART}",
        waiting()
    );
    let entries = reader.all(&sql, args![from, to, skip], |row| {
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

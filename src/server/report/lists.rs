//! Needs, alerts, rivals and proposals of a subtree, as lists.

use domain::day::Day;
use domain::entry::{Act, Entry};
use domain::file::{AlertLine, NeedLine};
use domain::id::{HouseholdId, UnitId};
use domain::observation::Standing;
use domain::slot::{Slot, Value};
use protocol::office::{AlertRow, HouseholdRow, NeedRow, ProposalRow, RivalRow};
use serde::de::DeserializeOwned;

use super::columns::{COLUMNS, IN_SUBTREE, read, rows};
use crate::args;
use crate::books::names::NameBook;
use crate::store::{Reader, Row, StoreError};
use crate::union::units::prefix_range;

/// The most rows of a list.
const ROWS_MAX: u32 = 500;

/// Needs: the longest waiting first; answered ones newest first.
///
/// # Errors
/// What the database says.
pub fn needs(reader: &Reader<'_>, top: &str, open: bool) -> Result<Vec<NeedRow>, StoreError> {
    let order = if open { "need.asked" } else { "need.asked DESC" };
    let found = lines::<NeedLine>(reader, top, "need", open, order)?;
    let mut names = NameBook::new(reader);
    let row = |(household, name, unit, line): Found<NeedLine>| {
        let (unit_name, author_name) = (unit_name(&mut names, unit)?, names.person(line.author)?);
        Ok(NeedRow { household, name, unit_name, author_name, line })
    };
    found.into_iter().map(row).collect()
}

/// Alerts: the newest first.
///
/// # Errors
/// What the database says.
pub fn alerts(reader: &Reader<'_>, top: &str, open: bool) -> Result<Vec<AlertRow>, StoreError> {
    let found = lines::<AlertLine>(reader, top, "alert", open, "alert.day DESC")?;
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
    open: bool,
    order: &str,
) -> Result<Vec<Found<T>>, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!(
        "SELECT h.id, h.name, h.unit, {table}.line FROM {table} JOIN household h ON h.id = {table}.household
         WHERE h.{IN_SUBTREE} AND h.is_open = 1 AND {table}.is_open = ?3 ORDER BY {order}, {table}.id LIMIT {ROWS_MAX}"
    );
    reader.all(&sql, args![from, to, open], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, json(row, 3)?)))
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

/// Households found at the door, with those that resemble them.
///
/// # Errors
/// What the database says.
pub fn proposals(reader: &Reader<'_>, top: &str, today: Day) -> Result<Vec<ProposalRow>, StoreError> {
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
            unit_name: unit_name(&mut names, propose.unit)?,
            similar: similar(reader, top, &propose.stated, today)?,
            propose,
        });
    }
    Ok(found)
}

/// Households of the subtree with the same name, or a telephone of the same number.
fn similar(
    reader: &Reader<'_>,
    top: &str,
    stated: &domain::slot::Values,
    today: Day,
) -> Result<Vec<HouseholdRow>, StoreError> {
    let (from, to) = prefix_range(top);
    let name = match stated.get(&Slot::Name) {
        Some(Value::Name(name)) => name.text.clone(),
        _ => String::new(),
    };
    let telephone = match stated.get(&Slot::Telephone) {
        Some(Value::Telephone(value)) => {
            value.numbers.first().map(|one| one.number.clone()).unwrap_or_default()
        }
        _ => String::new(),
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM household WHERE is_open = 1 AND {IN_SUBTREE}
         AND ((?3 <> '' AND name = ?3) OR (?4 <> '' AND telephones LIKE '%' || ?4 || '%')) ORDER BY id LIMIT 10"
    );
    let lines = reader.all(&sql, args![from, to, name, telephone], read)?;
    rows(reader, lines, today)
}

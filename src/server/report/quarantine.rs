//! Entries that are kept and do not count, with the reason, for a person to look at.

use domain::day::Day;
use domain::entry::{Act, Entry};
use domain::file::{Reason, Status};
use domain::id::{EntryId, HouseholdId, PersonId, UnitId};
use domain::verbatim::Verbatim;
use protocol::office::QuarantineRow;
use serde::Deserialize;

use super::columns::AT_ROOT;
use super::lists::PART;
use super::merged::MEMBERS;
use crate::args;
use crate::books::code;
use crate::books::names::NameBook;
use crate::store::{Reader, Row, StoreError};
use crate::union::units::prefix_range;

/// What waits where: in its household's unit, or where the household has none, in its bringer's; of nobody known, at
/// every root. The first condition says nothing new, but it is the index's own: without it the whole log would be read.
fn from() -> String {
    format!(
        "FROM entry e LEFT JOIN household h ON h.id = e.household LEFT JOIN person p ON p.id = e.brought_by
         WHERE e.status <> 'projected' AND e.status IN ('quarantined', 'held')
           AND COALESCE(e.reason, '') NOT IN ('refused', 'awaiting_approval')
           AND (COALESCE(h.unit, p.unit) IN (SELECT id FROM unit WHERE path >= ?1 AND path < ?2)
                OR (COALESCE(h.unit, p.unit) IS NULL AND {AT_ROOT}))"
    )
}

const COLUMNS: &str = "SELECT e.id, e.kind, e.status, e.reason, e.household, h.name, h.unit, e.author, e.received_ms, e.body, e.sealed_to";

/// How many entries wait in a subtree, between `?1` and `?2`.
pub(super) fn counted() -> String {
    format!("SELECT count(*) {}", from())
}

/// The entries that wait in a subtree, newest first.
///
/// # Errors
/// What the database says.
pub fn list(reader: &Reader<'_>, top: &str, skip: u32) -> Result<Vec<QuarantineRow>, StoreError> {
    let (first, end) = prefix_range(top);
    let sql = format!("{COLUMNS} {} ORDER BY e.rev DESC {PART}", from());
    named(reader, reader.all(&sql, args![first, end, skip], read)?)
}

/// The entries of one household that do not count, refused ones too; but not a roster that was taken back.
///
/// # Errors
/// What the database says.
pub fn of_household(reader: &Reader<'_>, household: HouseholdId) -> Result<Vec<QuarantineRow>, StoreError> {
    let sql = format!(
        "{COLUMNS} FROM entry e LEFT JOIN household h ON h.id = e.household
         WHERE e.household IN ({MEMBERS}) AND e.status IN ('quarantined', 'held')
           AND NOT (e.kind = 'import' AND e.reason = 'refused') ORDER BY e.rev DESC LIMIT 500"
    );
    named(reader, reader.all(&sql, args![household], read)?)
}

/// A row, and what is looked up for it.
struct Found {
    row: QuarantineRow,
    unit: Option<UnitId>,
    /// The visits that it names.
    named: Vec<EntryId>,
}

fn read(row: &Row<'_>) -> Result<Found, StoreError> {
    let (word, reason): (String, Option<String>) = (row.get(2)?, row.get(3)?);
    let reason: Option<Reason> = match code::status(&word, reason.as_deref(), 2)? {
        Status::Quarantined(reason) => Some(reason),
        _ => None,
    };
    let (body, sealed_to): (Vec<u8>, Option<String>) = (row.get(9)?, row.get(10)?);
    let said: Option<Said> = sealed_to.is_none().then(|| serde_json::from_slice(&body).ok()).flatten();
    let named = if sealed_to.is_none() { visits_named(&body) } else { Vec::new() };
    let shown = QuarantineRow {
        entry: row.get(0)?,
        kind: row.get(1)?,
        reason,
        household: row.get(4)?,
        name: row.get::<Option<String>>(5)?.unwrap_or_default(),
        unit_name: String::new(),
        author: row.get::<Option<PersonId>>(7)?,
        author_name: String::new(),
        received_ms: row.get(8)?,
        payload: said.map(|said| said.payload),
        days: Vec::new(),
    };
    Ok(Found { row: shown, unit: row.get(6)?, named })
}

fn visits_named(body: &[u8]) -> Vec<EntryId> {
    match serde_json::from_slice::<Entry>(body).ok().and_then(|entry| entry.act().ok()) {
        Some(Act::Pair(pair)) => vec![pair.visit, pair.other],
        Some(Act::Confirm(confirm)) => vec![confirm.visit],
        _ => Vec::new(),
    }
}

fn named(reader: &Reader<'_>, found: Vec<Found>) -> Result<Vec<QuarantineRow>, StoreError> {
    let mut names = NameBook::new(reader);
    let name = |Found { mut row, unit, named }: Found| {
        row.unit_name = unit.map(|unit| names.unit(unit)).transpose()?.unwrap_or_default();
        if let (true, Some(household)) = (row.name.is_empty(), row.household) {
            row.name = former_name(reader, household)?;
        }
        row.author_name = row.author.map(|author| names.person(author)).transpose()?.unwrap_or_default();
        for visit in named {
            row.days.extend(day_of(reader, visit, row.household)?);
        }
        Ok(row)
    };
    found.into_iter().map(name).collect()
}

/// The name of a household that has no file any more, as the last roster called it that was taken back; empty where none did.
fn former_name(reader: &Reader<'_>, household: HouseholdId) -> Result<String, StoreError> {
    let sql = "SELECT s.said FROM roster_row s JOIN roster r ON r.id = s.roster
               WHERE s.household = ?1 AND r.withdrawn_ms IS NOT NULL ORDER BY r.number DESC";
    let said = reader.first(sql, args![household], |row| row.get::<String>(0))?;
    let said: Option<Remembered> = said.and_then(|said| serde_json::from_str(&said).ok());
    Ok(said.and_then(|said| said.household.name).map(|name| name.text).unwrap_or_default())
}

/// What of a row of a roster is read here.
#[derive(Deserialize)]
struct Remembered {
    household: Named,
}

#[derive(Deserialize)]
struct Named {
    name: Option<Name>,
}

#[derive(Deserialize)]
struct Name {
    text: String,
}

/// The day of a visit as it was first written down, where the household has it.
fn day_of(
    reader: &Reader<'_>,
    visit: EntryId,
    household: Option<HouseholdId>,
) -> Result<Option<Day>, StoreError> {
    let sql = format!(
        "SELECT e.body FROM entry e WHERE e.id = ?2 AND e.kind = 'visit' AND e.sealed_to IS NULL
           AND e.household IN ({MEMBERS})"
    );
    let body = reader.first(&sql, args![household, visit], |row| row.get::<Vec<u8>>(0))?;
    let act = body.and_then(|body| serde_json::from_slice::<Entry>(&body).ok()).map(|entry| entry.act());
    Ok(if let Some(Ok(Act::Visit(visit))) = act { Some(visit.day) } else { None })
}

/// What of an entry is shown although the rest may not be understood.
#[derive(Deserialize)]
struct Said {
    payload: Verbatim,
}

//! Households counted anew where their rule has become another: by a change at the desk, or because
//! a version begins to hold on the day that has come.
//!
//! Nothing is folded: what stands does not depend on the rule, only how long it holds and when the
//! next visit is due. No card changes, so no phone has to be told; the union's card tells them the rule.

use domain::coverage::CoverageRow;
use domain::day::Day;
use domain::id::{CategoryId, HouseholdId};
use domain::item::Item;
use domain::rules::Category;
use protocol::changes::Card;

use super::figures::{self, Ruled};
use super::{categories, code};
use crate::args;
use crate::store::{Arg, Reader, StoreError, ToArg, Tx};

/// The day by whose rules the households were last counted; none where that was never noted.
///
/// # Errors
/// What the database says.
pub fn counted_day(reader: &Reader<'_>) -> Result<Option<Day>, StoreError> {
    let found =
        reader.first("SELECT counted_day FROM meta WHERE one = 1", &[], |row| row.get::<Option<i32>>(0))?;
    Ok(found.flatten().map(Day::from_number))
}

/// A day has come: counts the households of every category one of whose versions began since the last time.
///
/// # Errors
/// What the database says.
pub fn turn_to(tx: &Tx<'_>, today: Day) -> Result<(), StoreError> {
    let before = counted_day(tx)?;
    if before == Some(today) {
        return Ok(());
    }
    for row in categories::all(tx)? {
        if before.is_some_and(|before| row.rule_on(before) != row.rule_on(today)) {
            begin(tx, row.id)?;
        }
    }
    tx.execute("UPDATE meta SET counted_day = ?1 WHERE one = 1", args![today.number()])?;
    Ok(())
}

/// Notes that the households of a category are to be counted anew, from the first on. Until [`step`] is through they
/// stand as they were counted before.
///
/// # Errors
/// What the database says.
pub fn begin(tx: &Tx<'_>, category: CategoryId) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO recount (category, done_to) VALUES (?1, ?2) ON CONFLICT (category) DO UPDATE SET done_to = excluded.done_to",
        args![category, Vec::<u8>::new()],
    )?;
    Ok(())
}

/// Whether some are to be counted anew.
///
/// # Errors
/// What the database says.
pub fn is_due(reader: &Reader<'_>) -> Result<bool, StoreError> {
    Ok(reader.count("SELECT count(*) FROM recount", &[])? > 0)
}

/// How many households are counted in one write: phones come in between.
const STEP: usize = 500;

/// Counts the next of them by the rule of a day; says whether there are more.
///
/// # Errors
/// What the database says.
pub fn step(tx: &Tx<'_>, today: Day) -> Result<bool, StoreError> {
    let mut left = STEP;
    while left > 0 {
        let due =
            tx.first("SELECT category, done_to FROM recount ORDER BY category LIMIT 1", &[], |row| {
                Ok::<_, StoreError>((row.get::<CategoryId>(0)?, row.get::<Vec<u8>>(1)?))
            })?;
        let Some((category, done_to)) = due else { return Ok(false) };
        left -= some_of(tx, category, &done_to, left, today)?;
    }
    is_due(tx)
}

/// Counts no more than `most` of a category, and says how many; fewer were the last of it.
fn some_of(
    tx: &Tx<'_>,
    id: CategoryId,
    done_to: &[u8],
    most: usize,
    today: Day,
) -> Result<usize, StoreError> {
    let sql = "SELECT id FROM household WHERE category = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    let most_rows = i64::try_from(most).unwrap_or(i64::MAX);
    let next = tx.all(sql, args![id, done_to, most_rows], |row| row.get::<HouseholdId>(0))?;
    if let Some(category) = categories::all(tx)?.into_iter().find(|row| row.id == id) {
        next.iter().try_for_each(|household| one_or_none(tx, *household, &category, today))?;
    }
    match next.last() {
        Some(last) if next.len() == most => {
            tx.execute("UPDATE recount SET done_to = ?2 WHERE category = ?1", args![id, *last])?;
        }
        _ => tx.execute("DELETE FROM recount WHERE category = ?1", args![id])?,
    }
    Ok(next.len())
}

/// Counts one; a row that cannot be read stays as it is, and keeps none behind it from being counted.
fn one_or_none(
    tx: &Tx<'_>,
    household: HouseholdId,
    category: &Category,
    today: Day,
) -> Result<(), StoreError> {
    match one(tx, household, category, today) {
        Err(StoreError::Unreadable { column }) => {
            tracing::error!(%household, column, "a household's row cannot be read: it is not counted anew");
            Ok(())
        }
        counted => counted,
    }
}

/// How many households have a category.
///
/// # Errors
/// What the database says.
pub fn households(reader: &Reader<'_>, category: CategoryId) -> Result<u32, StoreError> {
    let sql = "SELECT count(*) FROM household WHERE is_open = 1 AND category = ?1";
    Ok(u32::try_from(reader.count(sql, args![category])?).unwrap_or(u32::MAX))
}

/// How many of them were past their day on a day, visited so often: `domain::coverage::due_day` as SQL.
///
/// # Errors
/// What the database says.
pub fn overdue(
    reader: &Reader<'_>,
    category: CategoryId,
    every_days: u16,
    on: Day,
) -> Result<u32, StoreError> {
    let sql = "SELECT count(*) FROM household
               WHERE is_open = 1 AND category = ?1 AND COALESCE(last_visit, since) < ?2";
    let last_in_time = on.plus(-i32::from(every_days));
    Ok(u32::try_from(reader.count(sql, args![category, last_in_time.number()])?).unwrap_or(u32::MAX))
}

fn one(tx: &Tx<'_>, household: HouseholdId, category: &Category, today: Day) -> Result<(), StoreError> {
    let found = tx.first("SELECT card, figures FROM household WHERE id = ?1", args![household], |row| {
        Ok::<_, StoreError>((row.get::<Vec<u8>>(0)?, row.get::<Vec<u8>>(1)?))
    })?;
    let Some((card, packed)) = found else { return Ok(()) };
    let card: Card = serde_json::from_slice(&card).map_err(|_| StoreError::Unreadable { column: 0 })?;
    let rule = category.rule_on(today);
    let coverage = CoverageRow::of(&card.standings, card.since, card.last_visit, &rule);
    let ruled = Ruled::of(Some(category), rule.visit_every_days, today);
    let packed = figures::repack(&packed, &coverage, &ruled).ok_or(StoreError::Unreadable { column: 1 })?;
    let standings = Item::ALL.into_iter().map(|item| code::standing_numbers(*coverage.items.get(item)));
    let mut values = vec![household.to_arg(), Arg::Int(coverage.due.number().into()), packed.to_arg()];
    values.extend(standings.flat_map(|(is, until)| [Arg::Int(is), Arg::Int(until)]));
    tx.execute(
        "UPDATE household SET due = ?2, figures = ?3, name_is = ?4, name_until = ?5, address_is = ?6,
            address_until = ?7, telephone_is = ?8, telephone_until = ?9, spouse_is = ?10, spouse_until = ?11,
            schooling_is = ?12, schooling_until = ?13, events_is = ?14, events_until = ?15 WHERE id = ?1",
        &values,
    )?;
    Ok(())
}

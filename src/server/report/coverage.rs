//! Coverage of a unit's subtree: counted per unit over one index, rolled up along the tree.

use std::collections::{BTreeMap, HashMap};

use domain::coverage::{Coverage, DueState, ItemCounts};
use domain::day::Day;
use domain::id::UnitId;
use domain::item::Item;
use protocol::office::{CoverageReport, Todo, UnitCoverage};

use super::columns::{IN_SUBTREE, due_is};
use crate::args;
use crate::store::{Reader, Row, StoreError};
use crate::union::units::{Unit, prefix_range, under};

/// How far back "比上月" looks.
const MONTH_DAYS: i32 = 30;

/// The chair's page for a unit.
///
/// # Errors
/// What the database says.
pub fn report(reader: &Reader<'_>, top: &Unit, today: Day) -> Result<CoverageReport, StoreError> {
    let counts = per_unit(reader, &top.path, today)?;
    let units = under(reader, &top.path)?;
    let paths: HashMap<UnitId, &str> = units.iter().map(|unit| (unit.row.id, unit.path.as_str())).collect();
    let subtree = |path: &str| {
        let within =
            counts.iter().filter(|(unit, _)| paths.get(unit).is_some_and(|own| own.starts_with(path)));
        within.fold(Coverage::default(), |sum, (_, coverage)| sum.plus(coverage))
    };
    let below = units.iter().filter(|unit| unit.row.parent == Some(top.row.id));
    Ok(CoverageReport {
        unit: top.row.id,
        unit_name: top.row.name.clone(),
        today,
        total: subtree(&top.path),
        on_time_month_ago: on_time_on(reader, &top.path, today.plus(-MONTH_DAYS))?,
        units: below
            .map(|unit| UnitCoverage {
                unit: unit.row.id,
                name: unit.row.name.clone(),
                coverage: subtree(&unit.path),
            })
            .collect(),
        todo: todo(reader, &top.path, today)?,
    })
}

/// Figures per unit, each without the units below it.
fn per_unit(reader: &Reader<'_>, top: &str, today: Day) -> Result<BTreeMap<UnitId, Coverage>, StoreError> {
    let (from, to) = prefix_range(top);
    let mut columns = String::from("unit, CAST(count(*) AS BIGINT)");
    let mut sum = |condition: &str| {
        columns.push_str(&format!(", CAST(sum(CASE WHEN {condition} THEN 1 ELSE 0 END) AS BIGINT)"))
    };
    for state in [DueState::OnTime, DueState::Overdue, DueState::NeverVisitedDue, DueState::NotYetDue] {
        sum(due_is(state));
    }
    for item in Item::ALL {
        for condition in item_conditions(item) {
            sum(&condition);
        }
    }
    let sql = format!("SELECT {columns} FROM household WHERE is_open = 1 AND {IN_SUBTREE} GROUP BY unit");
    let rows = reader.all(&sql, args![from, to, today.number()], read)?;
    Ok(rows.into_iter().collect())
}

/// The SQL of each state of an item on the day `?3`, in the order of [`ItemCounts`].
pub(super) fn item_conditions(item: Item) -> [String; 6] {
    let code = item.code();
    [
        format!("{code}_is IN (3, 5) AND {code}_until >= ?3"),
        format!("{code}_is IN (3, 4) AND {code}_until < ?3"),
        format!("{code}_is = 0"),
        format!("{code}_is = 1"),
        format!("({code}_is = 2 OR ({code}_is = 5 AND {code}_until < ?3))"),
        format!("{code}_is = 4 AND {code}_until >= ?3"),
    ]
}

fn read(row: &Row<'_>) -> Result<(UnitId, Coverage), StoreError> {
    let mut coverage = Coverage {
        households: row.get(1)?,
        on_time: row.get(2)?,
        overdue: row.get(3)?,
        never_visited_due: row.get(4)?,
        not_yet_due: row.get(5)?,
        ..Coverage::default()
    };
    for (at, item) in Item::ALL.into_iter().enumerate() {
        let first = 6 + at * 6;
        *coverage.items.get_mut(item) = ItemCounts {
            known: row.get(first)?,
            stale: row.get(first + 1)?,
            unknown: row.get(first + 2)?,
            rivals: row.get(first + 3)?,
            declined: row.get(first + 4)?,
            not_applicable: row.get(first + 5)?,
        };
    }
    Ok((row.get(0)?, coverage))
}

/// How many households were on time on an earlier day, by what is known today: the last visit up to
/// that day is the last, the one before it, or (rarely) looked up.
fn on_time_on(reader: &Reader<'_>, top: &str, day: Day) -> Result<u32, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!(
        "SELECT count(*) FROM household WHERE is_open = 1 AND {IN_SUBTREE} AND ?3 <= every_days + (CASE
            WHEN last_visit IS NULL THEN -1000000
            WHEN last_visit <= ?3 THEN last_visit
            WHEN visit_before IS NULL THEN -1000000
            WHEN visit_before <= ?3 THEN visit_before
            ELSE COALESCE((SELECT max(day) FROM visit WHERE visit.household = household.id
                           AND is_attempt = 0 AND day <= ?3), -1000000) END)"
    );
    let count = reader.count(&sql, args![from, to, day.number()])?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

fn todo(reader: &Reader<'_>, top: &str, today: Day) -> Result<Todo, StoreError> {
    let (from, to) = prefix_range(top);
    let count = |sql: &str| -> Result<u32, StoreError> {
        let count = reader.count(sql, args![from, to, today.number()])?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    };
    // `?3 = ?3` keeps one list of arguments for all.
    let of = |table: &str, condition: &str| {
        format!(
            "SELECT count(*) FROM {table} JOIN household h ON h.id = {table}.household
                 WHERE h.{IN_SUBTREE} AND h.is_open = 1 AND ?3 = ?3 AND {condition}"
        )
    };
    Ok(Todo {
        alerts: count(&of("alert", "alert.is_open = 1"))?,
        needs: count(&of("need", "need.is_open = 1"))?,
        needs_late: count(&of("need", "need.is_open = 1 AND need.promised_until < ?3"))?,
        rivals: count(&of("rival", "1 = 1"))?,
        quarantine: super::quarantine::count(reader, top)?,
        proposals: super::lists::proposals_count(reader, top)?,
        feedback: 0,
        seats_empty: count(&format!(
            "SELECT count(*) FROM household WHERE is_open = 1 AND {IN_SUBTREE} AND {SEATS_EMPTY}"
        ))?,
    })
}

/// Fewer than three seats are taken on the day `?3`.
pub(super) const SEATS_EMPTY: &str = "(SELECT count(*) FROM seat WHERE seat.household = household.id
    AND from_day <= ?3 AND (until_day IS NULL OR until_day >= ?3)) < 3";

//! Coverage of a unit's subtree: each household's figures counted once per unit, rolled up along the tree.

use std::collections::{BTreeMap, HashMap};

use domain::coverage::Coverage;
use domain::day::Day;
use domain::id::{HouseholdId, UnitId};
use domain::item::Item;
use domain::observation::ItemStanding;
use protocol::office::{CoverageReport, Todo, UnitCoverage};

use super::columns::IN_SUBTREE;
use super::households::WITHOUT_CATEGORY;
use super::{lists, pairs, phones, quarantine};
use crate::args;
use crate::books::figures::{Figures, MONTH_DAYS, Then};
use crate::store::{Reader, StoreError};
use crate::union::settings;
use crate::union::units::{Unit, prefix_range, under};

/// The chair's page for a unit.
///
/// # Errors
/// What the database says.
pub fn report(reader: &Reader<'_>, top: &Unit, today: Day) -> Result<CoverageReport, StoreError> {
    let counted = Counted::of(reader, &top.path, today)?;
    let units = under(reader, &top.path)?;
    let paths: HashMap<UnitId, &str> = units.iter().map(|unit| (unit.row.id, unit.path.as_str())).collect();
    let subtree = |path: &str| {
        let within =
            counted.units.iter().filter(|(unit, _)| paths.get(unit).is_some_and(|own| own.starts_with(path)));
        within.fold(Coverage::default(), |sum, (_, coverage)| sum.plus(coverage))
    };
    let [quarantine, proposals, pairs, phones, needs_untold, without_category] = counts(reader, &top.path)?;
    let below = units.iter().filter(|unit| unit.row.parent == Some(top.row.id));
    Ok(CoverageReport {
        unit: top.row.id,
        unit_name: top.row.name.clone(),
        today,
        total: subtree(&top.path),
        on_time_month_ago: match counted.on_time_month_ago {
            0 if settings::first_day(reader)? > today.plus(-MONTH_DAYS) => None,
            on_time => Some(on_time),
        },
        units: below
            .map(|unit| UnitCoverage {
                unit: unit.row.id,
                name: unit.row.name.clone(),
                coverage: subtree(&unit.path),
            })
            .collect(),
        todo: Todo { quarantine, proposals, pairs, phones, needs_untold, without_category, ..counted.todo },
    })
}

/// Unit, id and figures of the households between `?1` and `?2`, all three from one index.
fn all_figures() -> String {
    format!("SELECT unit, id, figures FROM household WHERE is_open = 1 AND {IN_SUBTREE}")
}

/// What the households of a subtree come to.
#[derive(Default)]
struct Counted {
    /// Per unit, each without the units below it.
    units: BTreeMap<UnitId, Coverage>,
    on_time_month_ago: u32,
    /// What lies in the households' own figures; the rest is 0.
    todo: Todo,
}

impl Counted {
    fn of(reader: &Reader<'_>, top: &str, today: Day) -> Result<Self, StoreError> {
        let (from, to) = prefix_range(top);
        let mut counted = Self::default();
        reader.each(&all_figures(), args![from, to], |row| {
            let figures = Figures::read(row.bytes(2)?, 2)?;
            counted.units.entry(row.get(0)?).or_default().add(&figures.coverage, today);
            counted.add_todo(&figures, today);
            let then = today.plus(-MONTH_DAYS);
            let was_on_time = match figures.was_on_time(then) {
                Then::Known(was) => was,
                Then::LongAgo => last_met(reader, row.get(1)?, then)?
                    .is_some_and(|met| figures.was_on_time_from(met, then)),
            };
            counted.on_time_month_ago += u32::from(was_on_time);
            Ok::<_, StoreError>(())
        })?;
        Ok(counted)
    }

    fn add_todo(&mut self, figures: &Figures<'_>, today: Day) {
        self.todo.alerts += figures.alerts;
        self.todo.needs += figures.needs();
        self.todo.needs_late += figures.needs_late(today);
        self.todo.rivals += figures.rivals;
        let telephones = *figures.coverage.items.get(Item::Telephone);
        self.todo.numbers_odd += u32::from(telephones == ItemStanding::NumbersOdd);
        self.todo.seats_empty += u32::from(!figures.seats_are_taken(today));
    }
}

/// What waits for somebody and lies in no household's figures: each counted from what it has of its own.
const COUNTED: [fn() -> String; 6] = [
    quarantine::counted,
    lists::proposals_counted,
    pairs::counted,
    phones::counted,
    lists::untold_counted,
    || format!("SELECT count(*) FROM household WHERE is_open = 1 AND {WITHOUT_CATEGORY} AND {IN_SUBTREE}"),
];

fn counts(reader: &Reader<'_>, top: &str) -> Result<[u32; COUNTED.len()], StoreError> {
    let (from, to) = prefix_range(top);
    let mut counts = [0; COUNTED.len()];
    for (count, sql) in counts.iter_mut().zip(COUNTED) {
        *count = u32::try_from(reader.count(&sql(), args![from, to])?).unwrap_or(u32::MAX);
    }
    Ok(counts)
}

/// The last day on which somebody was met, up to a day.
fn last_met(reader: &Reader<'_>, household: HouseholdId, day: Day) -> Result<Option<i32>, StoreError> {
    let sql = "SELECT max(day) FROM visit WHERE household = ?1 AND is_attempt = 0 AND day <= ?2";
    let met = reader.first(sql, args![household, day.number()], |row| row.get::<Option<i32>>(0))?;
    Ok(met.flatten())
}

#[cfg(test)]
mod tests;

//! The columns of a household that several reports read.

use std::collections::BTreeSet;

use domain::coverage::{CoverageRow, DueState};
use domain::day::Day;
use domain::id::{HouseholdId, PersonId};
use domain::item::{Item, Six};
use domain::observation::ItemStanding;
use protocol::office::HouseholdRow;

use crate::books::categories;
use crate::books::code::{self, NUMBERS_ODD};
use crate::books::names::NameBook;
use crate::report::written;
use crate::store::{Reader, Row, StoreError};

/// The households of a subtree: `?1` and `?2` are the ends of its paths.
pub(super) const IN_SUBTREE: &str = "unit IN (SELECT id FROM unit WHERE path >= ?1 AND path < ?2)";

/// Whether that subtree is a whole tree: at every root waits what lies in no unit.
pub(super) const AT_ROOT: &str = "EXISTS (SELECT 1 FROM unit WHERE path = ?1 AND parent IS NULL)";

/// What [`read`] reads, in its order.
pub(super) const COLUMNS: &str =
    "id, unit, category, last_visit, due, name, address, needs_open, alerts_open,
    name_is, name_until, address_is, address_until, telephone_is, telephone_until, spouse_is, spouse_until,
    schooling_is, schooling_until, events_is, events_until, since";

/// A household as several reports need it.
pub(super) struct Line {
    id: HouseholdId,
    unit: Option<domain::id::UnitId>,
    category: Option<domain::id::CategoryId>,
    coverage: CoverageRow,
    name: String,
    address: String,
    needs_open: u32,
    alerts_open: u32,
    since: Day,
}

/// Reads a row of [`COLUMNS`].
pub(super) fn read(row: &Row<'_>) -> Result<Line, StoreError> {
    let day = |column: usize| Ok::<_, StoreError>(row.get::<Option<i32>>(column)?.map(Day::from_number));
    let mut items = Six::from_fn(|_| ItemStanding::Unknown);
    for (at, item) in Item::ALL.into_iter().enumerate() {
        *items.get_mut(item) = code::standing(row.get(9 + at * 2)?, row.get(10 + at * 2)?, 9 + at * 2)?;
    }
    Ok(Line {
        id: row.get(0)?,
        unit: row.get(1)?,
        category: row.get(2)?,
        coverage: CoverageRow { last_visit: day(3)?, due: Day::from_number(row.get(4)?), items },
        name: row.get(5)?,
        address: row.get(6)?,
        needs_open: row.get(7)?,
        alerts_open: row.get(8)?,
        since: Day::from_number(row.get(21)?),
    })
}

/// The lines as the desk is shown them, with names and today's helpers.
pub(super) fn rows(
    reader: &Reader<'_>,
    lines: Vec<Line>,
    today: Day,
) -> Result<Vec<HouseholdRow>, StoreError> {
    let categories = categories::all(reader)?;
    let mut names = NameBook::new(reader);
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        let category = categories.iter().find(|category| Some(category.id) == line.category);
        let (helpers, people) = helpers(reader, line.id, today)?;
        rows.push(HouseholdRow {
            people,
            helpers,
            id: line.id,
            unit_name: line.unit.map(|unit| names.unit(unit)).transpose()?.unwrap_or_default(),
            category: category.map(|category| category.name.clone()).unwrap_or_default(),
            category_written: match line.category {
                Some(_) => String::new(),
                None => written::category(reader, line.id)?,
            },
            items: line.coverage.item_states(today),
            due_state: line.coverage.due_state(today),
            due: line.coverage.due,
            last_visit: line.coverage.last_visit,
            since: line.since,
            name: line.name,
            address: line.address,
            needs_open: line.needs_open,
            alerts_open: line.alerts_open,
        });
    }
    Ok(rows)
}

/// The names in the seats, and how many people they are.
fn helpers(
    reader: &Reader<'_>,
    household: HouseholdId,
    today: Day,
) -> Result<(Vec<String>, usize), StoreError> {
    let sql =
        "SELECT s.seat, p.name, p.id FROM seat s JOIN person p ON p.id = s.person WHERE s.household = ?1
                 AND s.from_day <= ?2 AND (s.until_day IS NULL OR s.until_day >= ?2)";
    let mut helpers = reader.all(sql, crate::args![household, today.number()], |row| {
        let (seat, name) = (seat_order(&row.get::<String>(0)?), row.get::<String>(1)?);
        Ok::<_, StoreError>((seat, name, row.get::<PersonId>(2)?))
    })?;
    helpers.sort();
    let people = helpers.iter().map(|(_, _, person)| *person).collect::<BTreeSet<_>>().len();
    Ok((helpers.into_iter().map(|(_, name, _)| name).collect(), people))
}

fn seat_order(word: &str) -> u8 {
    match word {
        "leader" => 0,
        "union_officer" => 1,
        _ => 2,
    }
}

/// The SQL that says how a household stands on the day `?3`.
pub(super) fn due_is(state: DueState) -> &'static str {
    match state {
        DueState::OnTime => "last_visit IS NOT NULL AND due >= ?3",
        DueState::Overdue => "last_visit IS NOT NULL AND due < ?3",
        DueState::NeverVisitedDue => "last_visit IS NULL AND due < ?3",
        DueState::NotYetDue => "last_visit IS NULL AND due >= ?3",
    }
}

/// Who is furthest past their day comes first, visited before or not: one measure, the one that is shown.
pub(super) const MOST_DUE_FIRST: &str = "due, id";

/// The SQL of each state of an item on the day `?3`, in the order of `ItemCounts`.
pub(super) fn item_conditions(item: Item) -> [String; 6] {
    let code = item.code();
    [
        format!("{code}_is IN (3, 5) AND {code}_until >= ?3"),
        format!("{code}_is IN (3, 4) AND {code}_until < ?3"),
        format!("{code}_is IN (0, {NUMBERS_ODD})"),
        format!("{code}_is = 1"),
        format!("({code}_is = 2 OR ({code}_is = 5 AND {code}_until < ?3))"),
        format!("{code}_is = 4 AND {code}_until >= ?3"),
    ]
}

/// Fewer than three people answer for it on the day `?3`: a seat is empty, or somebody sits in two.
pub(super) const SEATS_EMPTY: &str =
    "(SELECT count(DISTINCT person) FROM seat WHERE seat.household = household.id
    AND from_day <= ?3 AND (until_day IS NULL OR until_day >= ?3)) < 3";

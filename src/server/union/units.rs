//! The tree of units. A unit's `path` holds the ids from its root down, so that a subtree is a prefix.

use std::collections::{BTreeSet, HashMap};

use domain::day::Day;
use domain::id::{PersonId, UnitId};
use protocol::desk::{Level, UnitCounts, UnitPlace, UnitRow};
use protocol::sign_in::RefusalCode;

use crate::args;
use crate::office_keys::hex;
use crate::store::{Reader, Row, StoreError, Tx};
use crate::union::numerals;

/// The longest name of a unit, in characters.
pub const NAME_MAX_CHARS: usize = 60;

/// A unit and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What the desk shows.
    pub row: UnitRow,
    /// Its place in the tree.
    pub path: String,
    /// Its place among those of one parent.
    pub position: i64,
}

/// One unit.
///
/// # Errors
/// What the database says.
pub fn find(reader: &Reader<'_>, id: UnitId) -> Result<Option<Unit>, StoreError> {
    reader.first(&format!("{COLUMNS} WHERE id = ?1"), args![id], read)
}

/// Counts the households of each unit and of all below it, and who answers for them on a day, wherever they belong:
/// each helper once. The units stand each after its parent.
///
/// # Errors
/// What the database says.
pub fn count(reader: &Reader<'_>, units: &mut [Unit], today: Day) -> Result<(), StoreError> {
    let households =
        reader.all("SELECT unit, count(*) FROM household WHERE is_open = 1 GROUP BY unit", &[], |row| {
            Ok::<_, StoreError>((row.get::<UnitId>(0)?, row.get::<u32>(1)?))
        })?;
    let helpers = reader.all(
        "SELECT DISTINCT h.unit, s.person FROM seat s JOIN household h ON h.id = s.household
         WHERE h.is_open = 1 AND s.from_day <= ?1 AND (s.until_day IS NULL OR s.until_day >= ?1)",
        args![today.number()],
        |row| Ok::<_, StoreError>((row.get::<UnitId>(0)?, row.get::<PersonId>(1)?)),
    )?;
    let mut found: HashMap<UnitId, (u32, BTreeSet<PersonId>)> = HashMap::new();
    for (unit, count) in households {
        found.entry(unit).or_default().0 += count;
    }
    for (unit, person) in helpers {
        found.entry(unit).or_default().1.insert(person);
    }
    for unit in units.iter_mut().rev() {
        let (households, helpers) = found.remove(&unit.row.id).unwrap_or_default();
        let count = u32::try_from(helpers.len()).unwrap_or(u32::MAX);
        unit.row.counts = Some(UnitCounts { households, helpers: count });
        if let Some(parent) = unit.row.parent {
            let above = found.entry(parent).or_default();
            above.0 += households;
            above.1.extend(helpers);
        }
    }
    Ok(())
}

/// The path of a unit.
///
/// # Errors
/// [`RefusalCode::NotFound`], or the database.
pub fn path_of<E>(reader: &Reader<'_>, id: UnitId) -> Result<String, E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    let found = reader.first("SELECT path FROM unit WHERE id = ?1", args![id], |row| row.get::<String>(0))?;
    Ok(found.ok_or(RefusalCode::NotFound)?)
}

/// The units of a subtree, each after its parent, those of one parent in their order.
///
/// # Errors
/// What the database says.
pub fn under(reader: &Reader<'_>, top: &str) -> Result<Vec<Unit>, StoreError> {
    let (from, to) = prefix_range(top);
    let mut units =
        reader.all(&format!("{COLUMNS} WHERE path >= ?1 AND path < ?2"), args![from, to], read)?;
    let places: std::collections::HashMap<UnitId, (Option<UnitId>, i64)> =
        units.iter().map(|unit| (unit.row.id, (unit.row.parent, unit.position))).collect();
    units.sort_by_cached_key(|unit| {
        let mut places_down = Vec::new();
        let mut at = Some(unit.row.id);
        while let Some((id, (parent, position))) = at.and_then(|id| places.get(&id).map(|found| (id, found)))
        {
            places_down.push((*position, id));
            at = *parent;
        }
        places_down.reverse();
        places_down
    });
    Ok(units)
}

/// Makes a unit; a repeat with the same id changes nothing.
///
/// # Errors
/// The parent is absent, closed, or of a level below which this one does not stand; or the database.
pub fn insert<E>(
    tx: &Tx<'_>,
    id: UnitId,
    parent: Option<UnitId>,
    level: Level,
    name: &str,
    now_ms: i64,
) -> Result<Unit, E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    if let Some(there) = find(tx, id)? {
        return Ok(there);
    }
    let above = match parent {
        Some(parent) => Some(fitting::<E>(tx, parent, level)?),
        None => None,
    };
    let (above_path, depth) = above.map_or((String::new(), 0), |unit| (unit.path, unit.row.depth + 1));
    let path = format!("{above_path}{}/", hex(id.as_bytes()));
    let position =
        tx.count("SELECT count(*) FROM unit WHERE parent IS NOT DISTINCT FROM ?1", args![parent])?;
    tx.execute(
        "INSERT INTO unit (id, parent, level, name, path, depth, made_ms, position)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        args![id, parent, level.word(), name, path, depth, now_ms, position],
    )?;
    if let Some(before) = next_by_numeral(tx, id, parent, name)? {
        put_in_order(tx, id, &UnitPlace { parent, level, before: Some(before) })?;
    }
    let row = UnitRow { id, parent, level, name: name.to_owned(), depth, closed: false, counts: None };
    Ok(find(tx, id)?.unwrap_or(Unit { row, path, position }))
}

/// Of the siblings whose names differ from this one by numerals only, the first that comes after it by them.
fn next_by_numeral(
    reader: &Reader<'_>,
    id: UnitId,
    parent: Option<UnitId>,
    name: &str,
) -> Result<Option<UnitId>, StoreError> {
    let own = numerals::told(name);
    if own.1.is_empty() {
        return Ok(None);
    }
    let siblings = reader.all(
        "SELECT id, name FROM unit WHERE parent IS NOT DISTINCT FROM ?1 AND id <> ?2 ORDER BY position, id",
        args![parent, id],
        |row| Ok::<_, StoreError>((row.get::<UnitId>(0)?, row.get::<String>(1)?)),
    )?;
    let comes_after = |name: &str| {
        let (rest, numbers) = numerals::told(name);
        rest == own.0 && numbers > own.1
    };
    Ok(siblings.into_iter().find(|(_, name)| comes_after(name)).map(|(sibling, _)| sibling))
}

/// Counts the siblings anew, with this one where it is to stand.
pub(super) fn put_in_order(tx: &Tx<'_>, id: UnitId, place: &UnitPlace) -> Result<(), StoreError> {
    let mut order = tx.all(
        "SELECT id FROM unit WHERE parent IS NOT DISTINCT FROM ?1 AND id <> ?2 ORDER BY position, id",
        args![place.parent, id],
        |row| row.get::<UnitId>(0),
    )?;
    let at = order.iter().position(|other| Some(*other) == place.before).unwrap_or(order.len());
    order.insert(at, id);
    for (position, unit) in (0_i64..).zip(&order) {
        tx.execute("UPDATE unit SET position = ?2 WHERE id = ?1 AND position <> ?2", args![*unit, position])?;
    }
    Ok(())
}

/// The unit below which one of this level is to stand.
pub(super) fn fitting<E>(reader: &Reader<'_>, parent: UnitId, level: Level) -> Result<Unit, E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    let above = find(reader, parent)?.ok_or(RefusalCode::NotFound)?;
    if above.row.closed {
        return Err(RefusalCode::UnitClosed.into());
    }
    if !level.fits_below(above.row.level) {
        return Err(RefusalCode::LevelNotBelow.into());
    }
    Ok(above)
}

/// The path of a unit that takes in something new; one that has it already may be closed.
///
/// # Errors
/// [`RefusalCode::NotFound`], [`RefusalCode::UnitClosed`], or the database.
pub fn path_of_taker<E>(reader: &Reader<'_>, id: UnitId, already: Option<&str>) -> Result<String, E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    let unit = find(reader, id)?.ok_or(RefusalCode::NotFound)?;
    if unit.row.closed && already != Some(unit.path.as_str()) {
        return Err(RefusalCode::UnitClosed.into());
    }
    Ok(unit.path)
}

/// Renames a unit.
///
/// # Errors
/// What the database says.
pub fn rename(tx: &Tx<'_>, id: UnitId, name: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE unit SET name = ?2 WHERE id = ?1", args![id, name])?;
    Ok(())
}

/// The two ends between which all paths with a prefix lie: `path >= from AND path < to`.
///
/// Paths end in `/`, and `0` is the sign after it.
#[must_use]
pub fn prefix_range(prefix: &str) -> (String, String) {
    match prefix.strip_suffix('/') {
        Some(stem) => (prefix.to_owned(), format!("{stem}0")),
        None => (String::new(), "~".to_owned()),
    }
}

const COLUMNS: &str =
    "SELECT id, parent, level, name, depth, path, position, closed_ms IS NOT NULL FROM unit";

fn read(row: &Row<'_>) -> Result<Unit, StoreError> {
    Ok(Unit {
        row: UnitRow {
            id: row.get(0)?,
            parent: row.get(1)?,
            level: Level::from_word(&row.get::<String>(2)?).ok_or(StoreError::Unreadable { column: 2 })?,
            name: row.get(3)?,
            depth: row.get(4)?,
            closed: row.get(7)?,
            counts: None,
        },
        path: row.get(5)?,
        position: row.get(6)?,
    })
}

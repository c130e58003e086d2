//! The tree changed: a unit put elsewhere, closed, or taken away. What hangs on it stays with it.

use domain::id::UnitId;
use protocol::desk::{Level, UnitPlace};
use protocol::sign_in::RefusalCode;

use super::units::{Unit, find, fitting, prefix_range, put_in_order};
use crate::args;
use crate::office_keys::hex;
use crate::store::{StoreError, Tx};

/// Puts a unit below another, or elsewhere among its siblings; all that hangs on it comes along.
///
/// # Errors
/// The place does not take it, or the database.
pub fn put_in_place<E>(tx: &Tx<'_>, id: UnitId, place: &UnitPlace) -> Result<(), E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    let unit = find(tx, id)?.ok_or(RefusalCode::NotFound)?;
    let lowest = tx.all("SELECT level FROM unit WHERE parent = ?1", args![id], |row| row.get::<String>(0))?;
    if lowest.iter().filter_map(|word| Level::from_word(word)).any(|below| !below.fits_below(place.level)) {
        return Err(RefusalCode::LevelNotBelow.into());
    }
    if unit.row.parent != place.parent || unit.row.level != place.level {
        if place.parent.is_none() != unit.row.parent.is_none() {
            // A root stays one, and nothing else becomes one.
            return Err(RefusalCode::NotAllowed.into());
        }
        let above = match place.parent {
            Some(parent) => {
                let to = find(tx, parent)?.ok_or(RefusalCode::NotFound)?;
                if to.path.starts_with(&unit.path) {
                    return Err(RefusalCode::UnitUnderItself.into());
                }
                let stays = unit.row.parent == Some(parent) && place.level.fits_below(to.row.level);
                Some(if stays { to } else { fitting::<E>(tx, parent, place.level)? })
            }
            None => None,
        };
        hang(tx, &unit, above.as_ref(), place.level)?;
    }
    Ok(put_in_order(tx, id, place)?)
}

/// Writes the new paths of a unit and of all below it.
fn hang(tx: &Tx<'_>, unit: &Unit, above: Option<&Unit>, level: Level) -> Result<(), StoreError> {
    let (above_path, depth) =
        above.map_or((String::new(), 0), |above| (above.path.clone(), above.row.depth + 1));
    let path = format!("{above_path}{}/", hex(unit.row.id.as_bytes()));
    let deeper = i64::from(depth) - i64::from(unit.row.depth);
    let (from, to) = prefix_range(&unit.path);
    let length = i64::try_from(unit.path.len()).unwrap_or(i64::MAX);
    tx.execute(
        "UPDATE unit SET path = ?1 || substr(path, ?2 + 1), depth = depth + ?3 WHERE path >= ?4 AND path < ?5",
        args![path, length, deeper, from, to],
    )?;
    tx.execute(
        "UPDATE unit SET parent = ?2, level = ?3 WHERE id = ?1",
        args![unit.row.id, above.map(|above| above.row.id), level.word()],
    )?;
    Ok(())
}

/// Closes a unit and all below it, or opens it again.
///
/// # Errors
/// What stands above it is closed, or the database.
pub fn close<E>(tx: &Tx<'_>, id: UnitId, closed: bool, now_ms: i64) -> Result<(), E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    let unit = find(tx, id)?.ok_or(RefusalCode::NotFound)?;
    if closed {
        if unit.row.parent.is_none() {
            // A union that is closed could take in nothing at all.
            return Err(RefusalCode::NotAllowed.into());
        }
        let (from, to) = prefix_range(&unit.path);
        tx.execute(
            "UPDATE unit SET closed_ms = ?3 WHERE path >= ?1 AND path < ?2 AND closed_ms IS NULL",
            args![from, to, now_ms],
        )?;
    } else {
        if let Some(parent) = unit.row.parent
            && find(tx, parent)?.is_some_and(|above| above.row.closed)
        {
            return Err(RefusalCode::UnitClosed.into());
        }
        tx.execute("UPDATE unit SET closed_ms = NULL WHERE id = ?1", args![id])?;
    }
    Ok(())
}

/// Takes a unit away on which nothing ever hung.
///
/// # Errors
/// [`RefusalCode::UnitInUse`], or the database.
pub fn remove<E>(tx: &Tx<'_>, id: UnitId) -> Result<(), E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    let hangs = tx.count(
        "SELECT (SELECT count(*) FROM unit WHERE parent = ?1) + (SELECT count(*) FROM person WHERE unit = ?1)
              + (SELECT count(*) FROM role_grant WHERE unit = ?1)
              + (SELECT count(*) FROM household WHERE unit = ?1)
              + (SELECT count(*) FROM roster_unit WHERE unit = ?1)
              + (SELECT count(*) FROM unit_named WHERE unit = ?1)",
        args![id],
    )?;
    if hangs > 0 {
        return Err(RefusalCode::UnitInUse.into());
    }
    tx.execute("DELETE FROM unit WHERE id = ?1 AND parent IS NOT NULL", args![id])?;
    Ok(())
}

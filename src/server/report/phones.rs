//! Loss is noticed: of each phone what it made at least, and what of it arrived. A phone whose storage
//! was wiped goes on as another device; all its devices are shown as one. What came of it that it never told of (in a
//! file, after it was lost) stands for nothing that it did tell of.

use std::collections::BTreeSet;

use domain::id::{DeviceId, PersonId, UnitId};
use protocol::deposit::Deposit;
use protocol::office::{DeviceRow, PhoneRow, ROWS_MAX};

use super::columns::AT_ROOT;
use crate::args;
use crate::books::names::NameBook;
use crate::store::{Reader, Row, StoreError, Tx};
use crate::union::units::prefix_range;

/// Keeps what a phone says of itself; `brought` are the devices whose records it brought.
///
/// # Errors
/// What the database says.
pub fn note(
    tx: &Tx<'_>,
    person: PersonId,
    said: &Deposit,
    brought: impl Iterator<Item = DeviceId>,
    now_ms: i64,
) -> Result<(), StoreError> {
    for earlier in said.devices.iter().filter(|device| **device != said.device) {
        tx.execute(
            "INSERT INTO device (id, person, made, seen_ms) VALUES (?1, ?2, 0, ?3) ON CONFLICT (id) DO NOTHING",
            args![*earlier, person, now_ms],
        )?;
    }
    tx.execute(
        "INSERT INTO device (id, person, made, seen_ms) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET seen_ms = excluded.seen_ms,
            made = CASE WHEN excluded.made > device.made THEN excluded.made ELSE device.made END",
        args![said.device, person, said.made, now_ms],
    )?;
    let own: BTreeSet<DeviceId> = said.devices.iter().copied().chain([said.device]).collect();
    for device in own.iter().copied().chain(brought).collect::<BTreeSet<_>>() {
        tx.execute(
            "UPDATE device SET arrived =
                (SELECT count(DISTINCT seq) FROM entry WHERE entry.device = ?1 AND entry.seq <= device.made)
             WHERE id = ?1 AND made > arrived",
            args![device],
        )?;
        // What arrived after all is missing no more: only as much stays noted as is.
        tx.execute(
            "UPDATE device SET noted = CASE WHEN made > arrived THEN made - arrived ELSE 0 END
             WHERE id = ?1 AND noted > 0 AND noted > made - arrived",
            args![device],
        )?;
    }
    if own.len() > 1 { join(tx, &own) } else { Ok(()) }
}

/// Whose a device is: who first brought something of it.
///
/// # Errors
/// What the database says.
pub fn owner(reader: &Reader<'_>, device: DeviceId) -> Result<Option<PersonId>, StoreError> {
    reader.first("SELECT person FROM device WHERE id = ?1", args![device], |row| row.get(0))
}

/// These devices are one phone, with all that any of them was said to be before.
fn join(tx: &Tx<'_>, devices: &BTreeSet<DeviceId>) -> Result<(), StoreError> {
    let mut phones = BTreeSet::new();
    for device in devices {
        let known =
            tx.first("SELECT COALESCE(phone, id) FROM device WHERE id = ?1", args![*device], |row| {
                row.get::<DeviceId>(0)
            })?;
        phones.extend(known);
    }
    let Some(first) = phones.first().copied().filter(|_| phones.len() > 1) else { return Ok(()) };
    for phone in phones {
        tx.execute("UPDATE device SET phone = ?1 WHERE COALESCE(phone, id) = ?2", args![first, phone])?;
    }
    Ok(())
}

/// Something is missing that nobody has been told of.
const IS_MISSING: &str = "made > arrived + noted";

/// Whose phones they are: `?1` and `?2` are the ends of the paths of a subtree. Those of nobody known are at every root.
fn of_subtree() -> String {
    format!(
        "device d LEFT JOIN person p ON p.id = d.person LEFT JOIN unit u ON u.id = p.unit
         WHERE ((u.path >= ?1 AND u.path < ?2) OR (u.path IS NULL AND {AT_ROOT}))"
    )
}

/// How many phones of a subtree, between `?1` and `?2`, have something missing.
pub(super) fn counted() -> String {
    format!("SELECT count(DISTINCT COALESCE(d.phone, d.id)) FROM {} AND {IS_MISSING}", of_subtree())
}

/// The phones of a subtree: with `missing` those of which something is, else the others; each with
/// its devices, the present one last.
///
/// # Errors
/// What the database says.
pub fn list(reader: &Reader<'_>, top: &str, missing: bool, skip: u32) -> Result<Vec<PhoneRow>, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!(
        "SELECT COALESCE(d.phone, d.id), d.person, COALESCE(p.name, ''), COALESCE(p.telephone, ''), p.unit, d.id,
                d.made, d.arrived, d.noted, d.seen_ms
         FROM {} ORDER BY 3, 2, 1, d.seen_ms, d.id",
        of_subtree()
    );
    let lines = reader.all(&sql, args![from, to], read)?;
    let mut names = NameBook::new(reader);
    let mut rows: Vec<PhoneRow> = Vec::new();
    for (mut row, unit) in lines {
        match rows.last_mut().filter(|last| last.phone == row.phone) {
            Some(last) => last.devices.append(&mut row.devices),
            None => {
                row.unit_name = unit.map_or(Ok(String::new()), |unit| names.unit(unit))?;
                rows.push(row);
            }
        }
    }
    let wanted = rows.into_iter().filter(|row| row.is_missing() == missing);
    Ok(wanted.skip(skip as usize).take(ROWS_MAX as usize).collect())
}

fn read(row: &Row<'_>) -> Result<(PhoneRow, Option<UnitId>), StoreError> {
    let device = DeviceRow {
        id: row.get(5)?,
        made: row.get(6)?,
        arrived: row.get(7)?,
        noted: row.get(8)?,
        seen_ms: row.get(9)?,
    };
    let phone = PhoneRow {
        phone: row.get(0)?,
        person: row.get(1)?,
        name: row.get(2)?,
        telephone: row.get(3)?,
        unit_name: String::new(),
        devices: vec![device],
    };
    Ok((phone, row.get(4)?))
}

/// The path of the unit of whoever has a phone, if the union knows them; none where there is no such phone.
///
/// # Errors
/// What the database says.
pub fn path_of(reader: &Reader<'_>, phone: DeviceId) -> Result<Option<Option<String>>, StoreError> {
    let sql =
        "SELECT u.path FROM device d LEFT JOIN person p ON p.id = d.person LEFT JOIN unit u ON u.id = p.unit
               WHERE d.id = ?1";
    reader.first(sql, args![phone], |row| row.get(0))
}

/// Somebody at the desk knows what is missing now; what goes missing later is said anew.
///
/// # Errors
/// What the database says.
pub fn mark_noted(tx: &Tx<'_>, phone: DeviceId) -> Result<(), StoreError> {
    let sql = "UPDATE device SET noted = made - arrived WHERE COALESCE(phone, id) = ?1 AND made > arrived";
    tx.execute(sql, args![phone])?;
    Ok(())
}

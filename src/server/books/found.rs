//! By what things are found again without reading all there is: the traits of a household, the units the log names.
//!
//! Both are kept as the log grows; an office that is older than they are fills them once, when it opens.

use std::collections::BTreeSet;

use domain::id::{HouseholdId, UnitId};
use serde_json::Value;

use super::likeness::Traits;
use crate::args;
use crate::store::{Reader, StoreError, Tx};

/// The kinds of entries that name a unit.
const NAMING: &str = "kind IN ('register', 'move', 'propose', 'import')";

/// Writes the traits by which a household is found, in place of those it had.
pub(super) fn put_traits(
    tx: &Tx<'_>,
    household: HouseholdId,
    traits: &BTreeSet<String>,
) -> Result<(), StoreError> {
    tx.execute("DELETE FROM household_trait WHERE household = ?1", args![household])?;
    for one in traits {
        let sql = "INSERT INTO household_trait (trait, household) VALUES (?1, ?2)";
        tx.execute(sql, args![one, household])?;
    }
    Ok(())
}

/// Notes the units that an entry names, if it is of a kind that names one.
pub(super) fn note_units(tx: &Tx<'_>, kind: &str, body: &[u8]) -> Result<(), StoreError> {
    if !matches!(kind, "register" | "move" | "propose" | "import") {
        return Ok(());
    }
    let mut units = BTreeSet::new();
    if let Ok(entry) = serde_json::from_slice(body) {
        units_in(&entry, &mut units);
    }
    for unit in units {
        tx.execute("INSERT INTO unit_named (unit) VALUES (?1) ON CONFLICT DO NOTHING", args![unit])?;
    }
    Ok(())
}

/// Every `"unit": "…"`, however deep.
fn units_in(json: &Value, units: &mut BTreeSet<UnitId>) {
    match json {
        Value::Object(fields) => {
            units.extend(fields.get("unit").and_then(Value::as_str).and_then(UnitId::parse));
            fields.values().for_each(|value| units_in(value, units));
        }
        Value::Array(values) => values.iter().for_each(|value| units_in(value, units)),
        _ => {}
    }
}

/// Fills what an older office did not keep.
///
/// # Errors
/// What the database says.
pub fn fill(tx: &Tx<'_>) -> Result<(), StoreError> {
    if is_empty(tx, "household_trait")? {
        let sql = "SELECT id, name, telephones, address FROM household";
        for (household, name, telephones, address) in tx.all(sql, &[], |row| {
            Ok::<_, StoreError>((
                row.get::<HouseholdId>(0)?,
                row.get::<String>(1)?,
                row.get::<String>(2)?,
                row.get::<String>(3)?,
            ))
        })? {
            put_traits(tx, household, &Traits::new(&name, &telephones, &address).words())?;
        }
    }
    if is_empty(tx, "unit_named")? {
        let naming =
            tx.all(&format!("SELECT rev FROM entry WHERE {NAMING}"), &[], |row| row.get::<u64>(0))?;
        for rev in naming {
            let sql = "SELECT kind, body FROM entry WHERE rev = ?1";
            let found = tx.first(sql, args![rev], |row| {
                Ok::<_, StoreError>((row.get::<String>(0)?, row.get::<Vec<u8>>(1)?))
            })?;
            if let Some((kind, body)) = found {
                note_units(tx, &kind, &body)?;
            }
        }
    }
    Ok(())
}

fn is_empty(reader: &Reader<'_>, table: &str) -> Result<bool, StoreError> {
    Ok(reader.count(&format!("SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT 1) one"), &[])? == 0)
}

//! Takes a file in: units, people, one entry per household, and what it said, in one transaction.

use std::collections::BTreeSet;

use domain::entry::{Act, Entry, OFFICE, SCHEMA};
use domain::id::{EntryId, PersonId};
use protocol::desk::{Level, PersonChange};
use protocol::roster::{RosterAsked, RosterTaken};
use protocol::sign_in::{Grant, RefusalCode, Role};
use roster::plan::Planned;
use roster::plan::known::{KnownUnit, Tier};
use roster::plan::seating::NewPerson;
use sync::ledger;

use super::identity_hash::row_hash;
use super::look::{Chance, Look, time_of};
use super::{files, shown, taken};
use crate::args;
use crate::books::SqlBooks;
use crate::office_keys::hex;
use crate::store::{StoreError, Tx};
use crate::union::{persons, units};

/// Who takes a file in, and when.
pub struct By<'a> {
    /// Who.
    pub person: PersonId,
    /// When.
    pub now_ms: i64,
    /// The file's name.
    pub file_name: &'a str,
    /// Sixteen random bytes at each call.
    pub nonce: &'a mut dyn FnMut() -> [u8; 16],
}

/// Takes in what was looked at.
///
/// # Errors
/// A unit is closed; or the database. Nothing is kept then.
pub fn take_in<E>(
    tx: &Tx<'_>,
    books: &mut SqlBooks<'_, '_>,
    asked: &RosterAsked,
    look: &Look,
    by: &mut By<'_>,
) -> Result<RosterTaken, E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    for unit in &look.plan.units {
        make_unit::<E>(tx, unit, by.now_ms)?;
    }
    for person in look.plan.new_persons() {
        make_person::<E>(tx, person, by.now_ms)?;
    }
    let entries = entries(asked, look, by);
    ledger::take_in_desk(books, by.person, &entries, by.now_ms)?;
    remember(tx, asked, look, by)?;
    files::forget(tx, by.person, &asked.file)?;
    Ok(taken::one(tx, asked.import)?.ok_or(RefusalCode::NotFound)?)
}

fn make_unit<E>(tx: &Tx<'_>, unit: &KnownUnit, now_ms: i64) -> Result<(), E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    let level = match unit.tier {
        Tier::Union => Level::Union,
        Tier::Branch => Level::Branch,
        Tier::Group => Level::Group,
    };
    let name: String = unit.name.chars().take(units::NAME_MAX_CHARS).collect();
    units::insert::<E>(tx, unit.id, unit.parent, level, &name, now_ms)?;
    Ok(())
}

fn make_person<E>(tx: &Tx<'_>, new: &NewPerson, now_ms: i64) -> Result<(), E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    let name: String = new.key.name.chars().take(persons::NAME_MAX_CHARS).collect();
    let person = PersonChange {
        sign_in_name: free_name(tx, &name, &new.key.telephone)?,
        name,
        unit: new.unit,
        telephone: new.key.telephone.chars().take(persons::TELEPHONE_MAX_CHARS).collect(),
        grants: vec![Grant { role: Role::Helper, unit: new.unit }],
    };
    persons::put::<E>(tx, new.id, &person, now_ms)
}

/// Somebody of the office has this telephone from now on; what they had before.
fn reached(tx: &Tx<'_>, person: PersonId, telephone: &str) -> Result<Option<String>, StoreError> {
    let telephone: String = telephone.chars().take(persons::TELEPHONE_MAX_CHARS).collect();
    persons::set_telephone(tx, person, &telephone)
}

/// The name that a person signs in with: their own; where somebody has it, with the end of their telephone, or a number.
fn free_name(tx: &Tx<'_>, name: &str, telephone: &str) -> Result<String, StoreError> {
    let is_free = |candidate: &str| -> Result<bool, StoreError> {
        let key = persons::sign_in_key(candidate);
        Ok(tx.count("SELECT count(*) FROM person WHERE sign_in_key = ?1", args![key])? == 0)
    };
    let end: String = telephone.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    let mut candidates = vec![name.to_owned(), format!("{name}{end}")];
    candidates.extend((2..).take(97).map(|nth| format!("{name}{nth}")));
    for candidate in candidates {
        if is_free(&candidate)? {
            return Ok(candidate);
        }
    }
    Ok(format!("{name}{telephone}"))
}

fn entries(asked: &RosterAsked, look: &Look, by: &mut By<'_>) -> Vec<Entry> {
    // Not those of households and people: the count of these begins far behind.
    let mut chance = Chance::from(asked.import, 1 << 31);
    let mut entry = |one: &Planned| {
        let act = Act::Import(one.says.clone()?);
        Some(Entry {
            id: EntryId::new(time_of(asked.import), chance.bytes()),
            device: OFFICE,
            seq: 0,
            kind: act.kind().to_owned(),
            schema: SCHEMA,
            household: one.household,
            author: by.person,
            wall_ms: by.now_ms,
            clock_offset_ms: None,
            nonce: hex(&(by.nonce)()),
            payload: act.payload(),
        })
    };
    look.plan.households.iter().filter_map(&mut entry).collect()
}

/// Writes what the file said, for the next one.
fn remember(tx: &Tx<'_>, asked: &RosterAsked, look: &Look, by: &By<'_>) -> Result<(), StoreError> {
    let import = asked.import;
    // Strings and numbers: writing them cannot fail.
    let mapping = serde_json::to_string(&look.reading.mapping).unwrap_or_default();
    let counts = serde_json::to_string(&shown::counts(look)).unwrap_or_default();
    tx.execute(
        "INSERT INTO roster (id, number, unit, day, taken_ms, taken_by, file_name, mapping, counts, seen, is_export)
         VALUES (?1, (SELECT COALESCE(max(number), 0) + 1 FROM roster), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)",
        args![import, asked.unit, look.day.number(), by.now_ms, by.person, by.file_name, mapping, counts, look.stamp],
    )?;
    for (place, one) in (0_u32..).zip(&look.plan.households) {
        let said = one.remembered(&look.reading);
        let identity = row_hash(said.as_ref());
        let said = serde_json::to_string(&said).unwrap_or_default();
        tx.execute(
            "INSERT INTO roster_row (roster, household, place, said, identity) VALUES (?1, ?2, ?3, ?4, ?5)",
            args![import, one.household, place, said, identity],
        )?;
    }
    for ((branch, group), unit) in &look.plan.units_said {
        tx.execute(
            "INSERT INTO roster_unit (roster, branch, group_name, unit, is_made) VALUES (?1, ?2, ?3, ?4, ?5)",
            args![import, branch, group, unit, look.plan.units.iter().any(|made| made.id == *unit)],
        )?;
    }
    let made: BTreeSet<PersonId> = look.plan.new_persons().iter().map(|new| new.id).collect();
    for (key, person) in &look.plan.people.persons {
        let is_anew = look.plan.people.telephones.get(person) == Some(&key.telephone);
        let was = if is_anew { reached(tx, *person, &key.telephone)? } else { None };
        tx.execute(
            "INSERT INTO roster_person (roster, branch, name, telephone, person, is_made, telephone_was)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            args![import, key.branch, key.name, key.telephone, person, made.contains(person), was],
        )?;
    }
    Ok(())
}

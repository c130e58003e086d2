//! `POST /api/office`: what is done at the desk, as entries of the series office. All or nothing.
//!
//! The ledger folds them; here is only decided whether this person may do that there: the
//! household, and every unit an entry names, must lie in their scope.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use domain::entry::{Act, ENTRY_BYTES_MAX, Entry, OFFICE};
use domain::id::{EntryId, HouseholdId, PersonId};
use protocol::office::{DeskEntries, DeskReceipts};
use protocol::record::EntryHash;
use protocol::sign_in::RefusalCode;
use sync::ledger;

use super::body::Body;
use super::erasing;
use crate::args;
use crate::auth::caller::Caller;
use crate::books::SqlBooks;
use crate::error::ApiError;
use crate::office::Office;
use crate::store::{Reader, StoreError, Tx};
use crate::union::{persons, settings, units};

/// The most entries of one request.
const ENTRIES_MAX: usize = 500;

/// Takes the entries in.
///
/// # Errors
/// One of them is not the desk's, not the caller's, or out of scope: then none is kept.
pub async fn take_in(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<DeskEntries>,
) -> Result<Json<DeskReceipts>, ApiError> {
    if asked.entries.len() > ENTRIES_MAX {
        return Err(RefusalCode::TooLarge.into());
    }
    let (now_ms, db) = (office.now_ms(), office.db().clone());
    let taking = office.clone();
    let erases = erasing::erases(&asked.entries);
    let receipts = db
        .write(move |tx| {
            let mut opened = Opened::new();
            for entry in &asked.entries {
                if !is_repeat(tx, &caller, entry)? {
                    check(tx, &caller, entry, &mut opened)?;
                }
            }
            let mut books = SqlBooks::open(tx, settings::today(tx, now_ms)?).remembering(taking.readings());
            Ok::<_, ApiError>(ledger::take_in_desk(&mut books, caller.person(), &asked.entries, now_ms)?)
        })
        .await?;
    if erases {
        erasing::follow_up(&office).await;
    } else {
        erasing::list_what_fell(&office, &receipts).await;
    }
    Ok(Json(DeskReceipts { receipts }))
}

/// Whether these very bytes are here already, from the same hand: what they erased may be what would let them in.
fn is_repeat(reader: &Reader<'_>, caller: &Caller, entry: &Entry) -> Result<bool, StoreError> {
    // Strings, numbers and maps with string keys: writing them cannot fail.
    let hash = EntryHash::of(&serde_json::to_vec(entry).unwrap_or_default());
    let sql = "SELECT count(*) FROM entry WHERE id = ?1 AND hash = ?2 AND brought_by = ?3";
    Ok(reader.count(sql, args![entry.id, hash.as_bytes(), caller.person()])? > 0)
}

/// Where the households lie that earlier entries of the same request open.
type Opened = BTreeMap<HouseholdId, String>;

fn check(tx: &Tx<'_>, caller: &Caller, entry: &Entry, opened: &mut Opened) -> Result<(), ApiError> {
    if entry.device != OFFICE || entry.seq != 0 || entry.author != caller.person() {
        return Err(RefusalCode::NotAllowed.into());
    }
    let act = entry.act().map_err(|_| RefusalCode::NotUnderstood)?;
    // A roster goes in whole, by its own door.
    if !act.is_of_desk() || matches!(act, Act::Import(_)) {
        return Err(RefusalCode::NotAllowed.into());
    }
    if serde_json::to_vec(entry).map_or(true, |bytes| bytes.len() > ENTRY_BYTES_MAX) {
        return Err(RefusalCode::FieldInvalid.into());
    }
    check_places(tx, caller, entry, &act, opened)
}

/// Every place the entry touches is in scope.
fn check_places(
    tx: &Tx<'_>,
    caller: &Caller,
    entry: &Entry,
    act: &Act,
    opened: &mut Opened,
) -> Result<(), ApiError> {
    let place = match path_of_household(tx, entry.household)? {
        Some(place) => Some(place),
        None => opened.get(&entry.household).cloned(),
    };
    match act {
        Act::Register(register) => {
            let unit = units::path_of_taker::<ApiError>(tx, register.unit, place.as_deref())?;
            caller.need(&unit)?;
            // A household nobody knows yet is opened where the entry says.
            match place {
                Some(place) => caller.need(&place)?,
                None => drop(opened.insert(entry.household, unit)),
            }
        }
        Act::Move(act) => {
            caller.need(&units::path_of_taker::<ApiError>(tx, act.unit, place.as_deref())?)?;
            need_place(caller, place)?;
        }
        Act::Assign(assign) => {
            need_place(caller, place)?;
            need_person(tx, assign.person)?;
        }
        Act::Judge(judge) => {
            let target = target(tx, judge.entry)?.ok_or(RefusalCode::NotFound)?;
            if target.household != Some(entry.household) {
                return Err(RefusalCode::NotFound.into());
            }
            caller.need_somewhere(place.or(target.path).as_deref())?;
        }
        Act::Merge(merge) => {
            need_place(caller, place)?;
            need_place(caller, path_of_household(tx, merge.other)?)?;
            if merge.other == entry.household {
                return Err(RefusalCode::NotUnderstood.into());
            }
        }
        Act::Erase(erase) => {
            erasing::check(tx, caller, entry, erase)?;
        }
        Act::Unmerge(undo) => {
            need_place(caller, place)?;
            let merged = target(tx, undo.merge)?.and_then(|target| target.household);
            need_place(caller, path_of_household(tx, merged.ok_or(RefusalCode::NotFound)?)?)?;
        }
        _ => need_place(caller, place)?,
    }
    Ok(())
}

fn need_place(caller: &Caller, place: Option<String>) -> Result<(), RefusalCode> {
    caller.need(&place.ok_or(RefusalCode::NotFound)?)
}

fn need_person(reader: &Reader<'_>, person: Option<PersonId>) -> Result<(), ApiError> {
    match person {
        Some(person) if persons::by_id(reader, person)?.is_none() => Err(RefusalCode::NotFound.into()),
        Some(person) => persons::need_here(reader, person),
        None => Ok(()),
    }
}

/// Where a household lies: its unit, or, where a proposal names none, its finder's. One that was merged lies where the
/// file lies that it shares.
///
/// # Errors
/// What the database says.
pub fn path_of_household(reader: &Reader<'_>, household: HouseholdId) -> Result<Option<String>, StoreError> {
    reader.first(
        "SELECT u.path FROM household h LEFT JOIN person p ON p.id = h.proposed_by
         JOIN unit u ON u.id = COALESCE(h.unit, p.unit)
         WHERE h.id = COALESCE((SELECT shared FROM shared WHERE household = ?1), ?1)",
        args![household],
        |row| row.get(0),
    )
}

/// An entry that a person judges.
struct Target {
    household: Option<HouseholdId>,
    /// Where whoever brought it belongs, for one whose household is not known.
    path: Option<String>,
}

fn target(reader: &Reader<'_>, entry: EntryId) -> Result<Option<Target>, StoreError> {
    reader.first(
        "SELECT e.household, u.path FROM entry e LEFT JOIN person p ON p.id = e.brought_by
         LEFT JOIN unit u ON u.id = p.unit WHERE e.id = ?1 ORDER BY e.rev LIMIT 1",
        args![entry],
        |row| Ok(Target { household: row.get(0)?, path: row.get(1)? }),
    )
}

//! People at the desk: who they are, what they may do, whether they are there still.
//!
//! Nobody gives a role they could not hold over others: an admin gives every role within their
//! subtree, a registrar only the helper's. Whoever could not give all of a person's roles may
//! neither change nor invite that person, for an invitation sets a password.

use axum::Json;
use axum::extract::{Path, State};
use domain::id::{HouseholdId, PersonId};
use protocol::desk::{NewPerson, PersonChange, PersonRow};
use protocol::sign_in::{RefusalCode, Role};
use serde::Deserialize;
use sync::ledger;

use super::body::{Asked, Body, filled, id};
use crate::args;
use crate::audit::{self, Act, Deed};
use crate::auth::caller::{Caller, Scope};
use crate::books::SqlBooks;
use crate::error::ApiError;
use crate::office::Office;
use crate::store::{Reader, StoreError, Tx};
use crate::union::{persons, settings, units};

/// The query of `GET /api/persons`.
#[derive(Deserialize)]
pub struct Under {
    unit: String,
    /// 1 shows those who left, too.
    #[serde(default)]
    left: u8,
}

/// `GET /api/persons?unit=…`.
///
/// # Errors
/// The unit is out of scope.
pub async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<Under>,
) -> Result<Json<Vec<PersonRow>>, ApiError> {
    let unit = id(&asked.unit, domain::id::UnitId::parse)?;
    let now_ms = office.now_ms();
    let rows = office
        .db()
        .read(move |reader| {
            let path = units::path_of::<ApiError>(reader, unit)?;
            caller.need(&path)?;
            Ok::<_, ApiError>(persons::under(reader, &path, asked.left == 1, now_ms)?)
        })
        .await?;
    Ok(Json(rows))
}

/// `POST /api/persons`.
///
/// # Errors
/// Out of scope, a role that is not theirs to give, a name that is taken or no name.
pub async fn make(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<NewPerson>,
) -> Result<Json<PersonRow>, ApiError> {
    let person = PersonChange {
        name: asked.name,
        sign_in_name: asked.sign_in_name,
        unit: asked.unit,
        telephone: asked.telephone,
        grants: asked.grants,
    };
    put(&office, caller, asked.id, person, Existing::MayBeNew).await
}

/// `PUT /api/persons/{person}`.
///
/// # Errors
/// As [`make`].
pub async fn change(
    State(office): State<Office>,
    caller: Caller,
    Path(person): Path<String>,
    Body(asked): Body<PersonChange>,
) -> Result<Json<PersonRow>, ApiError> {
    let person = id(&person, PersonId::parse)?;
    put(&office, caller, person, asked, Existing::MustExist).await
}

/// `POST /api/persons/{person}/leave`: they sign in no more.
///
/// # Errors
/// Out of scope, they still answer for households, or nobody would be left to administer.
pub async fn leave(
    State(office): State<Office>,
    caller: Caller,
    Path(person): Path<String>,
) -> Result<Json<PersonRow>, ApiError> {
    stay_or_go(&office, caller, &person, |tx, person, now_ms| {
        persons::leave::<ApiError>(tx, person, settings::today(tx, now_ms)?, now_ms)
    })
    .await
}

/// `POST /api/persons/{person}/return`: somebody who left is back.
///
/// # Errors
/// Out of scope.
pub async fn come_back(
    State(office): State<Office>,
    caller: Caller,
    Path(person): Path<String>,
) -> Result<Json<PersonRow>, ApiError> {
    stay_or_go(&office, caller, &person, |tx, person, _| Ok(persons::come_back(tx, person)?)).await
}

async fn stay_or_go(
    office: &Office,
    caller: Caller,
    person: &str,
    change: fn(&Tx<'_>, PersonId, i64) -> Result<(), ApiError>,
) -> Result<Json<PersonRow>, ApiError> {
    let person = id(person, PersonId::parse)?;
    let now_ms = office.now_ms();
    let row = office
        .db()
        .write(move |tx| {
            need_in_hand(tx, &caller, person)?;
            change(tx, person, now_ms)?;
            audit::note(tx, &Deed::upon(now_ms, caller.person(), Act::Person, person))?;
            Ok::<_, ApiError>(persons::row(tx, person, now_ms)?.ok_or(RefusalCode::NotFound)?)
        })
        .await?;
    Ok(Json(row))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Existing {
    MayBeNew,
    MustExist,
}

async fn put(
    office: &Office,
    caller: Caller,
    person: PersonId,
    asked: PersonChange,
    existing: Existing,
) -> Result<Json<PersonRow>, ApiError> {
    check_fields(&asked)?;
    let now_ms = office.now_ms();
    let row = office
        .db()
        .write(move |tx| {
            let is_there = persons::by_id(tx, person)?.is_some();
            if is_there {
                need_in_hand(tx, &caller, person)?;
            } else if existing == Existing::MustExist {
                return Err(ApiError::from(RefusalCode::NotFound));
            }
            let belongs = persons::unit_path(tx, person)?;
            caller.need(&units::path_of_taker::<ApiError>(tx, asked.unit, belongs.as_deref())?)?;
            if is_there && !asked.grants.is_empty() {
                persons::need_here::<ApiError>(tx, person)?;
            }
            for grant in &asked.grants {
                let path = units::path_of::<ApiError>(tx, grant.unit)?;
                if !may_give(&caller, grant.role, &path) {
                    return Err(RefusalCode::NotAllowed.into());
                }
            }
            persons::put::<ApiError>(tx, person, &asked, now_ms)?;
            if persons::administrators(tx)? == 0 {
                return Err(RefusalCode::LastAdministrator.into());
            }
            audit::note(tx, &Deed::upon(now_ms, caller.person(), Act::Person, person))?;
            if !is_there {
                judge_what_waited(tx, person, now_ms)?;
            }
            Ok(persons::row(tx, person, now_ms)?.ok_or(RefusalCode::NotFound)?)
        })
        .await?;
    Ok(Json(row))
}

/// A phone may have brought entries of somebody the office did not know (after a restore, say):
/// they are judged again now.
fn judge_what_waited(tx: &Tx<'_>, person: PersonId, now_ms: i64) -> Result<(), StoreError> {
    let waiting = tx.all(
        "SELECT DISTINCT household FROM entry
         WHERE author = ?1 AND reason = 'unknown_author' AND household IS NOT NULL ORDER BY household",
        args![person],
        |row| row.get::<HouseholdId>(0),
    )?;
    if waiting.is_empty() {
        return Ok(());
    }
    ledger::refold(&mut SqlBooks::open(tx, settings::today(tx, now_ms)?), &waiting)
}

fn check_fields(asked: &PersonChange) -> Result<(), RefusalCode> {
    filled(&asked.name, persons::NAME_MAX_CHARS)?;
    let optional = |text: &str, max_chars| {
        if text.trim().is_empty() { Ok(()) } else { filled(text, max_chars).map(drop) }
    };
    optional(&asked.sign_in_name, persons::NAME_MAX_CHARS)?;
    optional(&asked.telephone, persons::TELEPHONE_MAX_CHARS)
}

/// Whether the caller may give a role at a place.
fn may_give(caller: &Caller, role: Role, path: &str) -> bool {
    caller.scopes.iter().any(|scope| gives(scope, role) && scope.holds(path))
}

fn gives(scope: &Scope, role: Role) -> bool {
    match scope.role {
        Role::Admin => true,
        Role::Registrar => role == Role::Helper,
        Role::Chair | Role::Helper | Role::Supervisor => false,
    }
}

/// The person is in scope, and all they may do is the caller's to give.
pub(super) fn need_in_hand(tx: &Tx<'_>, caller: &Caller, person: PersonId) -> Result<(), ApiError> {
    need_in_scope(tx, caller, person)?;
    let all_given =
        persons::scopes(tx, person)?.iter().all(|scope| may_give(caller, scope.role, &scope.path));
    if all_given { Ok(()) } else { Err(RefusalCode::NotAllowed.into()) }
}

pub(super) fn need_in_scope(reader: &Reader<'_>, caller: &Caller, person: PersonId) -> Result<(), ApiError> {
    let path = persons::unit_path(reader, person)?.ok_or(RefusalCode::NotFound)?;
    Ok(caller.need(&path)?)
}

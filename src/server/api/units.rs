//! The tree of units at the desk.

use axum::Json;
use axum::extract::{Path, State};
use domain::id::UnitId;
use protocol::desk::{NewUnit, UnitClose, UnitName, UnitPlace, UnitRow};
use protocol::sign_in::{Grant, RefusalCode, Role};
use serde::Deserialize;

use super::body::{Asked, Body, filled, id};
use crate::args;
use crate::audit::{self, Act, Deed};
use crate::auth::caller::Caller;
use crate::error::ApiError;
use crate::office::Office;
use crate::store::{Reader, StoreError, Tx};
use crate::union::units::{self, Unit};
use crate::union::{settings, tree};

/// The query of `GET /api/units`.
#[derive(Deserialize)]
pub struct Counted {
    #[serde(default)]
    counts: u8,
}

/// `GET /api/units`: those in scope; with `?counts=1` how much there is in each.
///
/// # Errors
/// What the database says.
pub async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<Counted>,
) -> Result<Json<Vec<UnitRow>>, ApiError> {
    let tops = caller.tops();
    let now_ms = office.now_ms();
    let rows = office
        .db()
        .read(move |reader| {
            let today = settings::today(reader, now_ms)?;
            let mut rows = Vec::new();
            for top in tops {
                let mut found = units::under(reader, &top)?;
                if asked.counts > 0 {
                    units::count(reader, &mut found, today)?;
                }
                rows.extend(found.into_iter().map(|unit| unit.row));
            }
            Ok::<_, StoreError>(rows)
        })
        .await?;
    Ok(Json(rows))
}

/// `POST /api/units`.
///
/// # Errors
/// The parent is out of scope, or the name is no name.
pub async fn make(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<NewUnit>,
) -> Result<Json<UnitRow>, ApiError> {
    let name = filled(&asked.name, units::NAME_MAX_CHARS)?;
    let now_ms = office.now_ms();
    let made = office
        .db()
        .write(move |tx| {
            match asked.parent {
                Some(parent) => caller.need(&units::path_of::<ApiError>(tx, parent)?)?,
                None => need_a_root(&caller, tx)?,
            }
            if let Some(there) = units::find(tx, asked.id)? {
                // A repeat, or somebody else's unit.
                caller.need(&there.path)?;
                return Ok(there.row);
            }
            let made = units::insert::<ApiError>(tx, asked.id, asked.parent, asked.level, &name, now_ms)?;
            if asked.parent.is_none() {
                let grant = Grant { role: Role::Admin, unit: asked.id };
                give(tx, &caller, grant)?;
            }
            audit::note(tx, &Deed::upon(now_ms, caller.person(), Act::Unit, asked.id))?;
            Ok::<_, ApiError>(made.row)
        })
        .await?;
    Ok(Json(made))
}

/// `PUT /api/units/{unit}`.
///
/// # Errors
/// The unit is out of scope, or the name is no name.
pub async fn rename(
    State(office): State<Office>,
    caller: Caller,
    Path(unit): Path<String>,
    Body(asked): Body<UnitName>,
) -> Result<Json<UnitRow>, ApiError> {
    let name = filled(&asked.name, units::NAME_MAX_CHARS)?;
    change(&office, caller, &unit, move |tx, _, found, _| Ok(units::rename(tx, found.row.id, &name)?)).await
}

/// `POST /api/units/{unit}/place`.
///
/// # Errors
/// The unit, where it stood or where it is to stand is out of scope, or the tree does not take it there.
pub async fn place(
    State(office): State<Office>,
    caller: Caller,
    Path(unit): Path<String>,
    Body(asked): Body<UnitPlace>,
) -> Result<Json<UnitRow>, ApiError> {
    change(&office, caller, &unit, move |tx, caller, found, _| {
        for parent in [found.row.parent, asked.parent].into_iter().flatten() {
            caller.need(&units::path_of::<ApiError>(tx, parent)?)?;
        }
        tree::put_in_place::<ApiError>(tx, found.row.id, &asked)
    })
    .await
}

/// `POST /api/units/{unit}/close`.
///
/// # Errors
/// The unit is out of scope, is a root, or stands below a closed one.
pub async fn close(
    State(office): State<Office>,
    caller: Caller,
    Path(unit): Path<String>,
    Body(asked): Body<UnitClose>,
) -> Result<Json<UnitRow>, ApiError> {
    change(&office, caller, &unit, move |tx, _, found, now_ms| {
        tree::close::<ApiError>(tx, found.row.id, asked.closed, now_ms)
    })
    .await
}

/// `POST /api/units/{unit}/remove`: one made by mistake.
///
/// # Errors
/// The unit is out of scope, or something hangs or hung on it.
pub async fn remove(
    State(office): State<Office>,
    caller: Caller,
    Path(unit): Path<String>,
) -> Result<Json<UnitRow>, ApiError> {
    change(&office, caller, &unit, |tx, _, found, _| tree::remove::<ApiError>(tx, found.row.id)).await
}

/// Changes a unit in scope; gives it as it is then, or as it was where it is no more.
async fn change(
    office: &Office,
    caller: Caller,
    unit: &str,
    change: impl FnOnce(&Tx<'_>, &Caller, &Unit, i64) -> Result<(), ApiError> + Send + 'static,
) -> Result<Json<UnitRow>, ApiError> {
    let unit = id(unit, UnitId::parse)?;
    let now_ms = office.now_ms();
    let changed = office
        .db()
        .write(move |tx| {
            let found = units::find(tx, unit)?.ok_or(RefusalCode::NotFound)?;
            caller.need(&found.path)?;
            change(tx, &caller, &found, now_ms)?;
            audit::note(tx, &Deed::upon(now_ms, caller.person(), Act::Unit, unit))?;
            Ok::<_, ApiError>(units::find(tx, unit)?.unwrap_or(found).row)
        })
        .await?;
    Ok(Json(changed))
}

/// Only who administers a whole tree may plant another, or say what holds in all the union.
///
/// # Errors
/// [`RefusalCode::NotAllowed`], or the database.
pub(super) fn need_a_root(caller: &Caller, reader: &Reader<'_>) -> Result<(), ApiError> {
    for scope in caller.scopes.iter().filter(|scope| scope.role == Role::Admin) {
        if units::find(reader, scope.unit)?.is_some_and(|unit| unit.row.parent.is_none()) {
            return Ok(());
        }
    }
    Err(RefusalCode::NotAllowed.into())
}

fn give(tx: &Tx<'_>, caller: &Caller, grant: Grant) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO role_grant (person, role, unit) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        args![caller.person(), grant.role.word(), grant.unit],
    )?;
    Ok(())
}

//! The tree of units at the desk.

use axum::Json;
use axum::extract::{Path, State};
use domain::id::UnitId;
use protocol::desk::{NewUnit, UnitName, UnitRow};
use protocol::sign_in::{Grant, RefusalCode, Role};

use super::body::{Body, filled, id};
use crate::args;
use crate::audit::{self, Act, Deed};
use crate::auth::caller::Caller;
use crate::error::ApiError;
use crate::office::Office;
use crate::store::{StoreError, Tx};
use crate::union::units;

/// `GET /api/units`: those in scope.
///
/// # Errors
/// What the database says.
pub async fn list(State(office): State<Office>, caller: Caller) -> Result<Json<Vec<UnitRow>>, ApiError> {
    let tops = caller.tops();
    let rows = office
        .db()
        .read(move |reader| {
            let mut rows = Vec::new();
            for top in tops {
                rows.extend(units::under(reader, &top)?.into_iter().map(|unit| unit.row));
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
                None => need_a_root(tx, &caller)?,
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
    let unit = id(&unit, UnitId::parse)?;
    let name = filled(&asked.name, units::NAME_MAX_CHARS)?;
    let now_ms = office.now_ms();
    let renamed = office
        .db()
        .write(move |tx| {
            caller.need(&units::path_of::<ApiError>(tx, unit)?)?;
            units::rename(tx, unit, &name)?;
            audit::note(tx, &Deed::upon(now_ms, caller.person(), Act::Unit, unit))?;
            let found = units::find(tx, unit)?.ok_or(RefusalCode::NotFound)?;
            Ok::<_, ApiError>(found.row)
        })
        .await?;
    Ok(Json(renamed))
}

/// Only who administers a whole tree may plant another.
fn need_a_root(tx: &Tx<'_>, caller: &Caller) -> Result<(), ApiError> {
    for scope in caller.scopes.iter().filter(|scope| scope.role == Role::Admin) {
        if units::find(tx, scope.unit)?.is_some_and(|unit| unit.row.parent.is_none()) {
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

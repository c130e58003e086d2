//! Who answers for which households, as the desk reads it.

use axum::Json;
use axum::extract::{Path, State};
use domain::id::{PersonId, UnitId};
use protocol::seats::{HelperLoad, PersonSeats};
use serde::Deserialize;

use super::body::{Asked, id};
use super::persons::need_in_scope;
use crate::auth::caller::Caller;
use crate::error::ApiError;
use crate::office::Office;
use crate::union::{seats, settings, units};

/// The query of `GET /api/helpers`.
#[derive(Deserialize)]
pub struct Under {
    unit: String,
}

/// `GET /api/helpers?unit=…`.
///
/// # Errors
/// The unit is out of scope.
pub async fn loads(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<Under>,
) -> Result<Json<Vec<HelperLoad>>, ApiError> {
    let unit = id(&asked.unit, UnitId::parse)?;
    let now_ms = office.now_ms();
    let loads = office
        .db()
        .read(move |reader| {
            let path = units::path_of::<ApiError>(reader, unit)?;
            caller.need(&path)?;
            Ok::<_, ApiError>(seats::loads(reader, &path, settings::today(reader, now_ms)?)?)
        })
        .await?;
    Ok(Json(loads))
}

/// `GET /api/persons/{person}/seats`.
///
/// # Errors
/// Neither the person nor any household of theirs is in scope.
pub async fn of_person(
    State(office): State<Office>,
    caller: Caller,
    Path(person): Path<String>,
) -> Result<Json<PersonSeats>, ApiError> {
    let person = id(&person, PersonId::parse)?;
    let now_ms = office.now_ms();
    let found = office
        .db()
        .read(move |reader| {
            let today = settings::today(reader, now_ms)?;
            let found = seats::of_person(reader, person, today, |path| caller.reaches(path))?;
            if found.seats.is_empty() {
                need_in_scope(reader, &caller, person)?;
            }
            Ok::<_, ApiError>(found)
        })
        .await?;
    Ok(Json(found))
}

//! What phones made and what of it arrived, for the desk of their people's unit.

use axum::Json;
use axum::extract::{Path, State};
use domain::id::DeviceId;
use protocol::office::PhoneRow;
use protocol::sign_in::RefusalCode;
use serde_json::{Value, json};

use super::body::{Asked, id};
use super::reports::{Under, of_subtree};
use crate::auth::caller::Caller;
use crate::error::ApiError;
use crate::office::Office;
use crate::report::phones;

/// `GET /api/phones?unit=…&open=1`: those of which something is missing; `open=0`: the others.
///
/// # Errors
/// The unit is out of scope.
pub async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<Under>,
) -> Result<Json<Vec<PhoneRow>>, ApiError> {
    let (missing, skip) = (asked.is_open(), asked.skip);
    of_subtree(&office, caller, &asked.unit, move |reader, unit, _| {
        phones::list(reader, &unit.path, missing, skip)
    })
    .await
}

/// `POST /api/phones/{phone}/noted`: what is missing now is known.
///
/// # Errors
/// The phone is out of scope.
pub async fn mark_noted(
    State(office): State<Office>,
    caller: Caller,
    Path(phone): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let phone = id(&phone, DeviceId::parse)?;
    office
        .db()
        .write(move |tx| {
            caller.need_somewhere(phones::path_of(tx, phone)?.ok_or(RefusalCode::NotFound)?.as_deref())?;
            Ok::<_, ApiError>(phones::mark_noted(tx, phone)?)
        })
        .await?;
    Ok(Json(json!({})))
}

//! The union's name and time zone.

use axum::Json;
use axum::extract::State;
use protocol::desk::UnionSettings;
use protocol::sign_in::RefusalCode;

use super::body::{Body, filled};
use super::units::need_a_root;
use crate::audit::{self, Act, Deed};
use crate::auth::caller::Caller;
use crate::error::ApiError;
use crate::office::Office;
use crate::union::{settings, units};

/// Time zones lie between −12 and +14 hours.
const OFFSETS: std::ops::RangeInclusive<i32> = -720..=840;

/// `GET /api/union`.
///
/// # Errors
/// What the database says.
pub async fn show(State(office): State<Office>) -> Result<Json<UnionSettings>, ApiError> {
    Ok(Json(office.db().read(settings::get).await.map_err(ApiError::Store)?))
}

/// `PUT /api/union`.
///
/// # Errors
/// Not theirs to set, the name is no name, or the time zone is none.
pub async fn change(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<UnionSettings>,
) -> Result<Json<UnionSettings>, ApiError> {
    let union = UnionSettings {
        name: filled(&asked.name, units::NAME_MAX_CHARS)?,
        utc_offset_minutes: asked.utc_offset_minutes,
    };
    if !OFFSETS.contains(&union.utc_offset_minutes) {
        return Err(RefusalCode::FieldInvalid.into());
    }
    let now_ms = office.now_ms();
    let written = union.clone();
    office
        .db()
        .write(move |tx| {
            need_a_root(&caller, tx)?;
            settings::put(tx, &written)?;
            Ok::<_, ApiError>(audit::note(tx, &Deed::plain(now_ms, caller.person(), Act::Settings))?)
        })
        .await?;
    Ok(Json(union))
}

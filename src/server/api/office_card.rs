//! `GET /api/office`: what anybody who opens the app may know.

use axum::Json;
use axum::extract::State;
use protocol::sign_in::OfficeCard;

use crate::error::ApiError;
use crate::office::Office;
use crate::store::{Reader, StoreError};
use crate::union::{persons, settings};

/// Answers.
///
/// # Errors
/// What the database says.
pub async fn show(State(office): State<Office>) -> Result<Json<OfficeCard>, ApiError> {
    let is_demo = office.is_demo();
    let read = move |reader: &Reader<'_>| {
        let demo = if is_demo { Some(persons::offered(reader)?) } else { None };
        Ok::<_, StoreError>((settings::get(reader)?, demo))
    };
    let (union, demo) = office.db().read(read).await?;
    Ok(Json(OfficeCard {
        union_name: union.name,
        utc_offset_minutes: union.utc_offset_minutes,
        key: office.keys().published(),
        server_time_ms: office.now_ms(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo,
    }))
}

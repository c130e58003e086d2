//! `GET /api/health`: whether the office answers and its database reads. For a watchdog; it names nothing.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::error::ApiError;
use crate::office::Office;
use crate::union::settings;

/// The answer.
#[derive(Serialize)]
pub struct Health {
    ok: bool,
    version: &'static str,
}

/// Answers.
///
/// # Errors
/// The database does not read.
pub async fn ask(State(office): State<Office>) -> Result<Json<Health>, ApiError> {
    office.db().read(settings::made_for).await.map_err(ApiError::Store)?;
    Ok(Json(Health { ok: true, version: env!("CARGO_PKG_VERSION") }))
}

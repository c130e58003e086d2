//! `GET /api/upkeep`: when the last backup ran, and what runs.

use axum::Json;
use axum::extract::State;
use protocol::desk::Upkeep;

use crate::error::ApiError;
use crate::office::Office;
use crate::store::StoreError;
use crate::union::settings;

/// Answers.
///
/// # Errors
/// What the database says.
pub async fn show(State(office): State<Office>) -> Result<Json<Upkeep>, ApiError> {
    let (last_backup_ms, last_keys_backup_ms) =
        office.db().read(|reader| settings::backups(reader)).await.map_err(|cause: StoreError| ApiError::Store(cause))?;
    Ok(Json(Upkeep {
        last_backup_ms,
        last_keys_backup_ms,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        entries: 0,
        epochs_begun_ms: Vec::new(),
    }))
}

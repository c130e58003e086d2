//! `GET /api/upkeep`: when the last backup ran, and what runs.

use axum::Json;
use axum::extract::State;
use protocol::desk::Upkeep;

use crate::error::ApiError;
use crate::office::Office;
use crate::store::{Reader, StoreError};
use crate::union::settings;

/// Answers.
///
/// # Errors
/// What the database says.
pub async fn show(State(office): State<Office>) -> Result<Json<Upkeep>, ApiError> {
    let read = |reader: &Reader<'_>| {
        let (begun_ms, last_backup_ms, last_keys_backup_ms) = settings::backups(reader)?;
        Ok::<_, StoreError>(Upkeep {
            begun_ms,
            last_backup_ms,
            last_keys_backup_ms,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            entries: reader.first("SELECT count(*) FROM entry", &[], |row| row.get(0))?.unwrap_or(0),
            epochs_begun_ms: reader.all(
                "SELECT begun_ms FROM epoch WHERE begun_ms IS NOT NULL ORDER BY begun_ms",
                &[],
                |row| row.get(0),
            )?,
        })
    };
    Ok(Json(office.db().read(read).await?))
}

//! Words about the app: anybody signed in writes them, the desk of their unit reads them.

use axum::Json;
use axum::extract::{Path, State};
use protocol::office::{FeedbackRow, NewFeedback};
use protocol::sign_in::RefusalCode;
use serde_json::{Value, json};

use super::body::Body;
use crate::auth::caller::Caller;
use crate::error::ApiError;
use crate::office::Office;
use crate::report::feedback;
use crate::store::StoreError;

/// The most characters of the words.
const WORDS_MAX_CHARS: usize = 2_000;

/// The most characters about app and browser.
const ABOUT_MAX_CHARS: usize = 500;

/// `POST /api/feedback`.
///
/// # Errors
/// The words are none or too many.
pub async fn write(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<NewFeedback>,
) -> Result<Json<Value>, ApiError> {
    let is_id = asked.id.len() == 32 && asked.id.chars().all(|sign| sign.is_ascii_hexdigit());
    let chars = asked.words.trim().chars().count();
    let fits = (1..=WORDS_MAX_CHARS).contains(&chars) && asked.about.chars().count() <= ABOUT_MAX_CHARS;
    if !is_id || !fits {
        return Err(RefusalCode::FieldInvalid.into());
    }
    let now_ms = office.now_ms();
    office
        .db()
        .write(move |tx| feedback::put(tx, caller.person(), &asked, now_ms))
        .await
        .map_err(|cause: StoreError| ApiError::Store(cause))?;
    Ok(Json(json!({})))
}

/// `GET /api/feedback`.
///
/// # Errors
/// What the database says.
pub async fn list(State(office): State<Office>, caller: Caller) -> Result<Json<Vec<FeedbackRow>>, ApiError> {
    let tops = caller.tops();
    let rows = office
        .db()
        .read(move |reader| {
            let mut rows = Vec::new();
            for top in tops {
                rows.extend(feedback::list(reader, &top)?);
            }
            Ok::<_, StoreError>(rows)
        })
        .await?;
    Ok(Json(rows))
}

/// `POST /api/feedback/{feedback}/read`.
///
/// # Errors
/// It was written out of scope.
pub async fn mark_read(
    State(office): State<Office>,
    caller: Caller,
    Path(feedback): Path<String>,
) -> Result<Json<Value>, ApiError> {
    office
        .db()
        .write(move |tx| {
            caller.need(&feedback::path_of(tx, &feedback)?.ok_or(RefusalCode::NotFound)?)?;
            Ok::<_, ApiError>(feedback::mark_read(tx, &feedback)?)
        })
        .await?;
    Ok(Json(json!({})))
}

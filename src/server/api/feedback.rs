//! Words about the app: anybody signed in writes them, the desk of their unit reads them.

use axum::Json;
use axum::extract::{Path, State};
use domain::id::UnitId;
use protocol::office::{FeedbackRow, NewFeedback};
use protocol::sign_in::RefusalCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{Asked, Body, id};
use crate::auth::caller::Caller;
use crate::error::ApiError;
use crate::office::Office;
use crate::report::feedback;
use crate::store::StoreError;
use crate::union::units;

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

/// The query of the list.
#[derive(Deserialize)]
pub struct Of {
    /// The top of a subtree; none = everything in scope.
    #[serde(default)]
    unit: Option<String>,
    /// How many rows come before.
    #[serde(default)]
    skip: u32,
}

/// `GET /api/feedback?unit=…`.
///
/// # Errors
/// The unit is out of scope.
pub async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<Of>,
) -> Result<Json<Vec<FeedbackRow>>, ApiError> {
    let unit = asked.unit.map(|unit| id(&unit, UnitId::parse)).transpose()?;
    let rows = office
        .db()
        .read(move |reader| {
            let tops = match unit {
                Some(unit) => vec![units::path_of::<ApiError>(reader, unit)?],
                None => caller.tops(),
            };
            let mut rows = Vec::new();
            for top in tops {
                caller.need(&top)?;
                rows.extend(feedback::list(reader, &top, asked.skip)?);
            }
            Ok::<_, ApiError>(rows)
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

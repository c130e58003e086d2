//! Reading a request: its JSON body, ids in its path, its query. What cannot be read is refused by a word.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use protocol::sign_in::RefusalCode;
use serde::de::DeserializeOwned;

use crate::error::ApiError;

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let Whole(bytes) = Whole::from_request(request, state).await?;
        serde_json::from_slice(&bytes).map(Body).map_err(|_| RefusalCode::NotUnderstood.into())
    }
}

/// A body as it came.
pub struct Whole(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Whole {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        Bytes::from_request(request, state).await.map(Self).map_err(cut_short)
    }
}

/// A query string.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        Query::from_request_parts(parts, state)
            .await
            .map(|Query(asked)| Asked(asked))
            .map_err(|_| RefusalCode::NotUnderstood.into())
    }
}

/// The id at the end of a path, or wherever the route's only `{part}` is.
///
/// # Errors
/// [`RefusalCode::NotFound`]: what is no id names nothing.
pub fn id<T>(text: &str, parse: fn(&str) -> Option<T>) -> Result<T, RefusalCode> {
    parse(text).ok_or(RefusalCode::NotFound)
}

/// A field's text without the blanks round it.
///
/// # Errors
/// [`RefusalCode::FieldInvalid`] where it is empty or longer than `max_chars`.
pub fn filled(text: &str, max_chars: usize) -> Result<String, RefusalCode> {
    let trimmed = text.trim();
    if trimmed.is_empty() || trimmed.chars().count() > max_chars || trimmed.chars().any(char::is_control) {
        return Err(RefusalCode::FieldInvalid);
    }
    Ok(trimmed.to_owned())
}

fn cut_short(rejection: BytesRejection) -> ApiError {
    if rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
        RefusalCode::TooLarge.into()
    } else {
        RefusalCode::NotUnderstood.into()
    }
}

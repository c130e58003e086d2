//! The one place that turns a failure into a response: a status and a stable word.
//!
//! The sentence for people is made by the `ui` from the word; the cause goes to the log, once, here.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::sign_in::{Refusal, RefusalCode};

use crate::store::StoreError;

/// Why a request was not done.
#[derive(Debug)]
pub enum ApiError {
    /// An expected refusal.
    Refused(RefusalCode),
    /// Refused for now.
    Wait {
        /// Which refusal.
        code: RefusalCode,
        /// For how long.
        retry_after_ms: i64,
    },
    /// The database did not do it.
    Store(StoreError),
    /// Something of ours did not work.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl From<RefusalCode> for ApiError {
    fn from(code: RefusalCode) -> Self {
        Self::Refused(code)
    }
}

impl From<StoreError> for ApiError {
    fn from(cause: StoreError) -> Self {
        Self::Store(cause)
    }
}

impl ApiError {
    /// A failure of ours, with its cause.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    fn refusal(&self) -> Refusal {
        let (code, retry_after_ms) = match self {
            Self::Refused(code) => (*code, None),
            Self::Wait { code, retry_after_ms } => (*code, Some(*retry_after_ms)),
            Self::Store(StoreError::DiskFull) => (RefusalCode::DiskFull, None),
            Self::Store(_) | Self::Internal(_) => (RefusalCode::OfficeFailed, None),
        };
        Refusal { code, retry_after_ms }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        match &self {
            Self::Store(cause) => {
                let cause: &dyn std::error::Error = cause;
                tracing::error!(cause, "the database did not do it");
            }
            Self::Internal(cause) => {
                let cause: &dyn std::error::Error = cause.as_ref();
                tracing::error!(cause, "the office failed");
            }
            Self::Refused(_) | Self::Wait { .. } => {}
        }
        let refusal = self.refusal();
        let status = status_of(refusal.code);
        let seconds = refusal.retry_after_ms.map(|wait| (wait.max(0) + 999) / 1000);
        let mut response = (status, Json(refusal)).into_response();
        if let Some(seconds) = seconds {
            response.headers_mut().insert(header::RETRY_AFTER, axum::http::HeaderValue::from(seconds));
        }
        response
    }
}

fn status_of(code: RefusalCode) -> StatusCode {
    use RefusalCode as C;
    match code {
        C::SignInNeeded | C::WrongNameOrPassword => StatusCode::UNAUTHORIZED,
        C::Left | C::NotAllowed | C::HeaderMissing => StatusCode::FORBIDDEN,
        C::NotFound => StatusCode::NOT_FOUND,
        C::InvitationWrong
        | C::InvitationSpent
        | C::InvitationExpired
        | C::PasswordTooShort
        | C::PasswordTooLong
        | C::PasswordTooCommon
        | C::FieldInvalid
        | C::NotUnderstood => StatusCode::UNPROCESSABLE_ENTITY,
        C::NameTaken
        | C::UnitInUse
        | C::UnitClosed
        | C::UnitUnderItself
        | C::LevelNotBelow
        | C::SeatsHeld
        | C::FileMerged
        | C::PersonLeft
        | C::CategoriesInUse
        | C::RulesPast
        | C::RosterChanged
        | C::RosterBuiltUpon
        | C::RosterFileGone
        | C::LastAdministrator => StatusCode::CONFLICT,
        C::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
        C::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        C::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
        C::OfficeFailed => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

//! Words about the app, from whoever uses it to whoever runs it.

use serde::{Deserialize, Serialize};

/// `POST /api/feedback`: words about the app, from anybody signed in. The id makes a repeat harmless.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NewFeedback {
    /// 32 hex digits made by the sender.
    pub id: String,
    /// Up to 2,000 characters.
    pub words: String,
    /// The app's version and the browser, shown to the sender before sending.
    #[serde(default)]
    pub about: String,
}

/// A row of `GET /api/feedback`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FeedbackRow {
    /// Which.
    pub id: String,
    /// Who wrote it.
    pub author_name: String,
    /// When it arrived.
    pub received_ms: i64,
    /// The words.
    pub words: String,
    /// The app's version and the browser.
    pub about: String,
    /// Somebody has read it.
    pub read: bool,
}

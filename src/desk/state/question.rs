//! What is asked of the office: a path, and beside it what may not stand in an address. Pure.

use protocol::office::HouseholdsQuery;

/// One question.
#[derive(Clone, PartialEq, Debug)]
pub struct Question {
    /// The path with its query.
    pub path: String,
    /// What travels beside it, as its body.
    pub sought: Option<HouseholdsQuery>,
}

impl From<String> for Question {
    fn from(path: String) -> Self {
        Self { path, sought: None }
    }
}

//! Why nothing useful came back from the office. Every layer of the desk names it; the words for it
//! are in `view::saying`.

use core::fmt;
use protocol::sign_in::{Refusal, RefusalCode};

/// Why nothing useful came back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// The office was not reached; what was sent may or may not have arrived.
    Unreachable {
        /// What the browser said.
        cause: String,
    },
    /// The office said no, and why.
    Refused(Refusal),
    /// Something answered that does not speak our language: an older office, or a proxy.
    Unreadable {
        /// Where and what.
        cause: String,
    },
}

impl Trouble {
    /// The office's word, where it gave one.
    pub const fn code(&self) -> Option<RefusalCode> {
        match self {
            Self::Refused(refusal) => Some(refusal.code),
            Self::Unreachable { .. } | Self::Unreadable { .. } => None,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable { cause } => write!(f, "the office was not reached: {cause}"),
            Self::Refused(refusal) => write!(f, "the office refused: {:?}", refusal.code),
            Self::Unreadable { cause } => write!(f, "the answer could not be read: {cause}"),
        }
    }
}

impl std::error::Error for Trouble {}

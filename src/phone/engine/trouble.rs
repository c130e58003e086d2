//! What can go wrong, as the state must tell it apart; `view` has one sentence for each.

use crate::{link::LinkError, store::StoreError, vault::VaultError};
use core::fmt;
use protocol::sign_in::Refusal;

/// Why something asked of the engine was not done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// The office gave no answer: no signal, no server, or somebody else's page. Everything is kept.
    NoAnswer(LinkError),
    /// The office said no, with its word for it.
    Refused(Refusal),
    /// The phone's storage is full: free some space, then finish again; the form is still there.
    StorageFull,
    /// The browser threw the phone's storage away while the app was open.
    StorageLost,
    /// The phone's storage does not answer: close other tabs, open the app again.
    Storage(StoreError),
    /// The phone's storage cannot be opened with the key that is here.
    Vault(VaultError),
    /// Nobody is signed in on this phone.
    NobodySignedIn,
    /// The entry is longer than an entry may be: shorten the note.
    TooLong,
    /// This draft was already saved with other words: correct the saved visit instead.
    SavedBefore(super::Saved),
    /// Another page went on with this draft: go on there, or open it anew here.
    KeptElsewhere,
    /// The draft does not hold what a draft must: begin the form anew.
    DraftDamaged,
    /// The phone does not know yet to which key it must seal: one contact with the office is needed.
    NoKey,
}

impl Trouble {
    /// The phone's storage stays shut until somebody does something about it: the screen must say so.
    pub const fn is_closed_storage(&self) -> bool {
        matches!(self, Self::Storage(_) | Self::Vault(_))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAnswer(_) => f.write_str("the office gave no answer"),
            Self::Refused(refusal) => write!(f, "the office refused: {:?}", refusal.code),
            Self::StorageFull => f.write_str("the phone's storage is full"),
            Self::StorageLost => f.write_str("the phone's storage was thrown away"),
            Self::Storage(_) => f.write_str("the phone's storage does not answer"),
            Self::Vault(_) => f.write_str("the phone's storage cannot be opened"),
            Self::NobodySignedIn => f.write_str("nobody is signed in"),
            Self::TooLong => f.write_str("the entry is too long"),
            Self::SavedBefore(_) => f.write_str("saved before with other words"),
            Self::KeptElsewhere => f.write_str("another page went on with the draft"),
            Self::DraftDamaged => f.write_str("the draft is damaged"),
            Self::NoKey => f.write_str("the office's key is not known yet"),
        }
    }
}

impl std::error::Error for Trouble {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NoAnswer(error) => Some(error),
            Self::Storage(error) => Some(error),
            Self::Vault(error) => Some(error),
            _ => None,
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::StorageFull,
            other => Self::Storage(other),
        }
    }
}

impl From<VaultError> for Trouble {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

impl From<LinkError> for Trouble {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Refused(refusal) => Self::Refused(refusal),
            other => Self::NoAnswer(other),
        }
    }
}

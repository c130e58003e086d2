//! The link: HTTP to the office. (Being written.)
use core::fmt;
use protocol::sign_in::Refusal;

/// Why there is no answer of use.
#[derive(Debug)]
pub enum LinkError {
    /// Nothing came back.
    NoNetwork,
    /// Something answered that is not the office (a captive portal, a proxy).
    NotTheOffice,
    /// The office said no.
    Refused(Refusal),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoNetwork => f.write_str("nothing came back"),
            Self::NotTheOffice => f.write_str("something else answered"),
            Self::Refused(refusal) => write!(f, "refused: {:?}", refusal.code),
        }
    }
}

impl std::error::Error for LinkError {}

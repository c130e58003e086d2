//! What ends a command: a sentence that says what to do, with the cause below it.

use std::fmt;

/// Why a command could not be done.
#[derive(Debug)]
pub struct Trouble {
    sentence: String,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Trouble {
    /// A sentence that says what to do.
    pub fn say(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), cause: None }
    }

    /// A sentence with the cause below it.
    pub fn from_cause(
        sentence: impl Into<String>,
        cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self { sentence: sentence.into(), cause: Some(cause.into()) }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)?;
        let mut below: Option<&dyn std::error::Error> = match &self.cause {
            Some(cause) => Some(cause.as_ref()),
            None => None,
        };
        while let Some(cause) = below {
            write!(f, "\n  {cause}")?;
            below = cause.source();
        }
        Ok(())
    }
}

impl std::error::Error for Trouble {}

impl From<crate::store::StoreError> for Trouble {
    fn from(cause: crate::store::StoreError) -> Self {
        Self::from_cause("The database did not do it:", cause)
    }
}

impl From<crate::office_keys::KeysError> for Trouble {
    fn from(cause: crate::office_keys::KeysError) -> Self {
        Self::from_cause("The office keys:", cause)
    }
}

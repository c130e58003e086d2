//! What people did that is no entry: sign-ins, reads of a household's file, exports.
//!
//! Rows are only added. No row holds anything of a household but its id.

use domain::id::{HouseholdId, PersonId};

use crate::args;
use crate::store::{StoreError, Tx};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Signed in with a password.
    SignIn,
    /// A wrong password for somebody known.
    SignInRefused,
    /// Signed out.
    SignOut,
    /// Set a password by an invitation.
    Join,
    /// Set another password by the one that held.
    Password,
    /// Tried a wrong code for somebody known.
    CodeRefused,
    /// Invited somebody; the detail is whom.
    Invite,
    /// Made or changed a person; the detail is whom.
    Person,
    /// Made or renamed a unit; the detail is which.
    Unit,
    /// Changed the union's settings.
    Settings,
    /// Changed the union's categories.
    Categories,
    /// Read a household's file.
    ReadHousehold,
    /// Read a list that shows what stands in files; the detail is which, and of which unit.
    ReadList,
    /// Looked at what a roster would do; the detail is the unit.
    LookAtRoster,
    /// Took a roster in; the detail is which.
    Import,
    /// Took a roster back; the detail is which.
    WithdrawImport,
    /// Took in what a phone's queue held, as a file; the detail is the entry.
    TakeInQueue,
    /// Took a list out of the office; the detail is which.
    Export,
}

impl Act {
    fn word(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::SignInRefused => "sign_in_refused",
            Self::SignOut => "sign_out",
            Self::Join => "join",
            Self::Password => "password",
            Self::CodeRefused => "code_refused",
            Self::Invite => "invite",
            Self::Person => "person",
            Self::Unit => "unit",
            Self::Settings => "settings",
            Self::Categories => "categories",
            Self::ReadHousehold => "read_household",
            Self::ReadList => "read_list",
            Self::LookAtRoster => "look_at_roster",
            Self::Import => "import",
            Self::WithdrawImport => "withdraw_import",
            Self::TakeInQueue => "take_in_queue",
            Self::Export => "export",
        }
    }
}

/// One row to be.
#[derive(Clone, Debug)]
pub struct Deed {
    /// When.
    pub at_ms: i64,
    /// Who, where that is known.
    pub person: Option<PersonId>,
    /// What.
    pub act: Act,
    /// Whose file.
    pub household: Option<HouseholdId>,
    /// Ids or words of ours, nothing personal.
    pub detail: String,
}

impl Deed {
    /// A deed without a household and without a detail.
    #[must_use]
    pub fn plain(at_ms: i64, person: PersonId, act: Act) -> Self {
        Self { at_ms, person: Some(person), act, household: None, detail: String::new() }
    }

    /// A deed done to something with an id.
    #[must_use]
    pub fn upon(at_ms: i64, person: PersonId, act: Act, id: impl std::fmt::Display) -> Self {
        Self { detail: id.to_string(), ..Self::plain(at_ms, person, act) }
    }
}

/// Writes a row.
///
/// # Errors
/// What the database says.
pub fn note(tx: &Tx<'_>, deed: &Deed) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO audit (at_ms, person, act, household, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
        args![deed.at_ms, deed.person, deed.act.word(), deed.household, deed.detail],
    )?;
    Ok(())
}

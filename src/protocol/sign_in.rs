//! Signing in, joining by an invitation, and what a signed-in person is told about themself.
//!
//! Not here: the cookies (they never pass through our code in the browser) and any sentence shown
//! to people. A refusal travels as [`crate::sign_in::Refusal`], whose `code` the `ui` turns into words.

use domain::id::{DeviceId, PersonId, UnitId};
use serde::{Deserialize, Serialize};

/// The header every request but GET must carry; a foreign page cannot send it without our leave.
pub const REQUIRED_HEADER: &str = "x-liuzhidao";

/// The value of [`REQUIRED_HEADER`].
pub const REQUIRED_HEADER_VALUE: &str = "1";

/// The shortest password the office takes, in characters.
pub const PASSWORD_MIN_CHARS: usize = 8;

/// The longest password the office takes, in characters; the cost of hashing stays bounded.
pub const PASSWORD_MAX_CHARS: usize = 128;

/// How many digits the code of an invitation has.
pub const INVITE_CODE_DIGITS: usize = 8;

/// What a person may do, each time within a subtree of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 工会主席: sees everything in scope, answers needs, takes up alerts.
    Chair,
    /// 档案员: keeps the files: units, people, households, seats, rosters.
    Registrar,
    /// 帮扶人: visits the households whose seat they hold.
    Helper,
    /// 监督员: reads reports and files in scope, changes nothing.
    Supervisor,
    /// 管理员: settings, backups, people; reads no household's file.
    Admin,
}

impl Role {
    /// Every role, in the order they are shown.
    pub const ALL: [Role; 5] = [Role::Chair, Role::Registrar, Role::Helper, Role::Supervisor, Role::Admin];

    /// The word in JSON and in the database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Role::Chair => "chair",
            Role::Registrar => "registrar",
            Role::Helper => "helper",
            Role::Supervisor => "supervisor",
            Role::Admin => "admin",
        }
    }

    /// The role of a word, if there is one.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// One role and the unit under which it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// What the person may do.
    pub role: Role,
    /// The top of the subtree in which they may do it.
    pub unit: UnitId,
}

/// Where a session is used; it decides how long it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// A handset: 30 days, renewed at each contact, and a deposit cookie beside it.
    Phone,
    /// A desk: 12 hours.
    Desk,
}

/// `GET /api/office`: what anybody who opens the app may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeCard {
    /// The union's name, empty until the first administrator has set it.
    pub union_name: String,
    /// The union's time zone; every day in every figure is a day there.
    pub utc_offset_minutes: i32,
    /// The key records are sealed to.
    pub key: OfficeKey,
    /// The office's clock.
    pub server_time_ms: i64,
    /// The version of the running server.
    pub version: String,
    /// The people a demonstration offers at sign-in; `None` in earnest use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demo: Option<Vec<DemoPerson>>,
}

/// A public key of the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeKey {
    /// The first 8 bytes of the sha256 of the public key, as 16 hex digits.
    pub id: String,
    /// The X25519 public key: 32 bytes, base64 (standard alphabet, padded).
    pub public: String,
}

/// One of the people a demonstration offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoPerson {
    /// Whom to send to `POST /api/demo/sign-in`.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What they are for: their first role.
    pub role: Role,
    /// The unit of that role.
    pub unit_name: String,
}

/// `POST /api/demo/sign-in`; the route exists only with `--demo`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoSignIn {
    /// One of [`OfficeCard::demo`].
    pub person: PersonId,
    /// Where the session is used.
    pub kind: SessionKind,
    /// The device's id; a phone names it, a desk has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
}

/// `POST /api/sign-in`.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignIn {
    /// The name they sign in with: their own, or what the registrar added to tell two apart.
    pub name: String,
    /// The password.
    pub password: String,
    /// Where the session is used.
    pub kind: SessionKind,
    /// The device's id; a phone names it, a desk has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
}

/// What proves that somebody was invited.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Invitation {
    /// The link or its QR: what stands behind `#` in `…/join#TOKEN`.
    Link {
        /// The token.
        token: String,
    },
    /// The name and the eight digits read out by the registrar.
    Code {
        /// The name they sign in with.
        name: String,
        /// Eight digits; blanks and hyphens are ignored.
        code: String,
    },
}

/// `POST /api/join/look`: whose invitation this is. It spends nothing.
#[derive(Clone, Serialize, Deserialize)]
pub struct LookAtInvitation {
    /// What proves it.
    pub invitation: Invitation,
}

/// The answer to [`LookAtInvitation`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationFor {
    /// The name they will sign in with.
    pub name: String,
    /// Their own name, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
    /// The union's name.
    pub union_name: String,
    /// When the invitation ends.
    pub expires_ms: i64,
    /// Whether they hold a role that works at a desk.
    pub desk: bool,
    /// Whether they hold a helper's role.
    pub helper: bool,
}

impl InvitationFor {
    /// Whether nothing of theirs is done on a phone: a phone spends no such invitation.
    #[must_use]
    pub const fn is_for_desk(&self) -> bool {
        self.desk && !self.helper
    }
}

/// `POST /api/join`: sets the password; only this spends the invitation. Answered like a sign-in.
#[derive(Clone, Serialize, Deserialize)]
pub struct Join {
    /// What proves it.
    pub invitation: Invitation,
    /// The new password.
    pub password: String,
    /// Where the session is used.
    pub kind: SessionKind,
    /// The device's id; a phone names it, a desk has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
}

/// `POST /api/password`: who is signed in sets another password. Whatever else of theirs is signed in is so no longer;
/// answered like a sign-in.
#[derive(Clone, Serialize, Deserialize)]
pub struct ChangePassword {
    /// The one that holds.
    pub password: String,
    /// The one that will.
    pub new_password: String,
}

/// `GET /api/me`, and the answer to every sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Who they are.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What they may do, and where.
    pub grants: Vec<Grant>,
    /// The kind of this session.
    pub kind: SessionKind,
    /// When this session ends if it is not renewed.
    pub expires_ms: i64,
    /// The office's clock.
    pub server_time_ms: i64,
    /// The key records are sealed to.
    pub key: OfficeKey,
    /// The union's name.
    pub union_name: String,
    /// The union's time zone.
    pub utc_offset_minutes: i32,
}

impl Me {
    /// Whether any grant is of this role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }
}

/// Every answer that is not 2xx: a stable word; the `ui` has a sentence for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What was wrong.
    pub code: RefusalCode,
    /// Try again after this many milliseconds, where waiting helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<i64>,
}

/// Why a request was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// Nobody is signed in, or the session has ended: sign in again; nothing unsent is lost.
    SignInNeeded,
    /// They have left the union: nothing is theirs to see any more, and what is unsent still comes in.
    Left,
    /// Signed in, but this is not theirs to see or do.
    NotAllowed,
    /// There is no such thing, or it lies outside their scope.
    NotFound,
    /// Name or password is wrong; which of the two is not said.
    WrongNameOrPassword,
    /// The link or code is wrong; which part is not said.
    InvitationWrong,
    /// The invitation was used, took five wrong tries, or was replaced: the registrar makes a new one.
    InvitationSpent,
    /// The invitation is older than seven days: the registrar makes a new one.
    InvitationExpired,
    /// Too many wrong tries in the whole office: wait for `retry_after_ms`.
    TooManyTries,
    /// Shorter than [`PASSWORD_MIN_CHARS`].
    PasswordTooShort,
    /// Longer than [`PASSWORD_MAX_CHARS`].
    PasswordTooLong,
    /// One of the passwords everybody tries first, or their own name.
    PasswordTooCommon,
    /// The name to sign in with belongs to somebody already: add a number to tell them apart.
    NameTaken,
    /// The request could not be read: the app is older or newer than the office, reload it.
    NotUnderstood,
    /// A field is empty or too long.
    FieldInvalid,
    /// The required header is missing.
    HeaderMissing,
    /// More than the office takes at once: send less.
    TooLarge,
    /// The unit still has households, units or people below it.
    UnitInUse,
    /// The unit is closed: it takes in nothing new.
    UnitClosed,
    /// A unit cannot stand below itself.
    UnitUnderItself,
    /// A unit of this level does not stand below one of that level.
    LevelNotBelow,
    /// The person still answers for households: hand them over first.
    SeatsHeld,
    /// The file was merged with another: undo that first.
    FileMerged,
    /// The person has left: nothing is given to them.
    PersonLeft,
    /// The union has households already: its categories are changed one by one.
    CategoriesInUse,
    /// What held before today stays as it was: rules begin today or later.
    RulesPast,
    /// The roster's preview no longer holds: look at it again before it goes in.
    RosterChanged,
    /// A later roster says something of the same households: take that one back first.
    RosterBuiltUpon,
    /// The file was brought more than a day ago, or by somebody else: choose it again.
    RosterFileGone,
    /// Somebody has to remain who can administer the office.
    LastAdministrator,
    /// The office's disk is full: tell the administrator; keep everything and try later.
    DiskFull,
    /// The office failed; the cause is in its log. Keep everything and try later.
    OfficeFailed,
}

impl RefusalCode {
    /// Every code, so that the words for them can be checked to be complete.
    pub const ALL: [RefusalCode; 32] = [
        RefusalCode::SignInNeeded,
        RefusalCode::Left,
        RefusalCode::NotAllowed,
        RefusalCode::NotFound,
        RefusalCode::WrongNameOrPassword,
        RefusalCode::InvitationWrong,
        RefusalCode::InvitationSpent,
        RefusalCode::InvitationExpired,
        RefusalCode::TooManyTries,
        RefusalCode::PasswordTooShort,
        RefusalCode::PasswordTooLong,
        RefusalCode::PasswordTooCommon,
        RefusalCode::NameTaken,
        RefusalCode::NotUnderstood,
        RefusalCode::FieldInvalid,
        RefusalCode::HeaderMissing,
        RefusalCode::TooLarge,
        RefusalCode::UnitInUse,
        RefusalCode::UnitClosed,
        RefusalCode::UnitUnderItself,
        RefusalCode::LevelNotBelow,
        RefusalCode::SeatsHeld,
        RefusalCode::FileMerged,
        RefusalCode::PersonLeft,
        RefusalCode::CategoriesInUse,
        RefusalCode::RulesPast,
        RefusalCode::RosterChanged,
        RefusalCode::RosterBuiltUpon,
        RefusalCode::RosterFileGone,
        RefusalCode::LastAdministrator,
        RefusalCode::DiskFull,
        RefusalCode::OfficeFailed,
    ];
}

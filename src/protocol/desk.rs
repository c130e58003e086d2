//! What a desk and the office say about the union itself: units, people, invitations, settings.
//!
//! Not here: what is said about households (those are entries, see `office`, and reports), and
//! nothing here is kept on a phone.

use domain::day::Day;
use domain::id::{CategoryId, PersonId, UnitId};
use domain::rules::Category;
use serde::{Deserialize, Serialize};

use crate::sign_in::Grant;

/// Where a unit stands in the tree. More levels above `union` are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Anything above the union, such as the federation of a region.
    Above,
    /// 矿工会.
    Union,
    /// 分会.
    Branch,
    /// 支会.
    Group,
}

impl Level {
    /// The word in JSON and in the database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Level::Above => "above",
            Level::Union => "union",
            Level::Branch => "branch",
            Level::Group => "group",
        }
    }

    /// The level of a word, if there is one.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Level> {
        [Level::Above, Level::Union, Level::Branch, Level::Group]
            .into_iter()
            .find(|level| level.word() == word)
    }

    /// Whether a unit of this level may stand directly below one of that level.
    #[must_use]
    pub fn fits_below(self, above: Level) -> bool {
        self > above || (self == Level::Above && above == Level::Above)
    }
}

/// One row of `GET /api/units`: the units in scope, each after its parent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRow {
    /// Which unit.
    pub id: UnitId,
    /// The unit it belongs to; `None` at a root of the tree.
    pub parent: Option<UnitId>,
    /// Where it stands.
    pub level: Level,
    /// Its name.
    pub name: String,
    /// How many units stand above it.
    pub depth: u32,
    /// 已撤销: it takes in nothing new, and keeps what it had.
    #[serde(default)]
    pub closed: bool,
    /// How much there is in it and below it, where that was asked for (`?counts=1`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<UnitCounts>,
}

/// How much there is in a unit and below it, as far as it is in scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UnitCounts {
    /// Households with a file.
    pub households: u32,
    /// People who help.
    pub helpers: u32,
}

/// `POST /api/units`: makes a unit. The desk makes the id, so a repeat is harmless.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUnit {
    /// The id made by the desk.
    pub id: UnitId,
    /// The unit it belongs to; `None` makes a root, which only an admin of no other root may.
    pub parent: Option<UnitId>,
    /// Where it stands.
    pub level: Level,
    /// Its name.
    pub name: String,
}

/// `PUT /api/units/{unit}`: renames a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitName {
    /// The new name.
    pub name: String,
}

/// `POST /api/units/{unit}/place`: where a unit stands in the tree and in the order of its siblings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitPlace {
    /// The unit it is to belong to; `None` only for a root, which stays one.
    pub parent: Option<UnitId>,
    /// Its level there.
    pub level: Level,
    /// The sibling before which it is to stand; `None` = last.
    #[serde(default)]
    pub before: Option<UnitId>,
}

/// `POST /api/units/{unit}/close`: closes a unit, or opens it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitClose {
    /// Whether it is to be closed.
    pub closed: bool,
}

/// One row of `GET /api/persons?unit=…`: people who hold a role or a seat in that subtree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// The name they sign in with; the same as `name` unless somebody else had it first.
    pub sign_in_name: String,
    /// The unit they belong to.
    pub unit: UnitId,
    /// Telephone, for the registrar who invites them.
    pub telephone: String,
    /// What they may do, and where.
    pub grants: Vec<Grant>,
    /// How far they have come.
    pub standing: Standing,
    /// When they last reached the office, if ever.
    pub last_contact_ms: Option<i64>,
    /// When they were last invited, if ever.
    #[serde(default)]
    pub invited_ms: Option<i64>,
    /// When they left: they may not sign in, and are offered for nothing.
    #[serde(default)]
    pub left_ms: Option<i64>,
    /// The name in pinyin, its initials and in full, in all readings.
    #[serde(default)]
    pub pinyin: Vec<String>,
    /// Somebody else in the office bears the same name.
    #[serde(default)]
    pub namesake: bool,
}

impl PersonRow {
    /// The end of the telephone, where it is needed to tell two of one name apart; the name to sign in with may do so.
    #[must_use]
    pub fn tail(&self) -> Option<String> {
        let tail = telephone_tail(&self.telephone).filter(|_| self.namesake)?;
        (!self.sign_in_name.ends_with(&tail)).then_some(tail)
    }
}

/// The last four digits of a telephone.
#[must_use]
pub fn telephone_tail(telephone: &str) -> Option<String> {
    let digits: String = telephone.chars().filter(char::is_ascii_digit).collect();
    let at = digits.len().checked_sub(4)?;
    digits.get(at..).map(str::to_owned)
}

/// How far a person has come with signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Standing {
    /// Never invited.
    NotInvited,
    /// An invitation is open.
    Invited {
        /// Until when.
        expires_ms: i64,
    },
    /// The invitation has ended unused or spent by wrong tries.
    InvitationEnded,
    /// They have a password.
    Joined,
}

/// `POST /api/persons`: makes a person. The desk makes the id, so a repeat is harmless.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPerson {
    /// The id made by the desk.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// The name they sign in with; empty means `name`.
    #[serde(default)]
    pub sign_in_name: String,
    /// The unit they belong to.
    pub unit: UnitId,
    /// Telephone; may be empty.
    #[serde(default)]
    pub telephone: String,
    /// What they may do, and where.
    pub grants: Vec<Grant>,
}

/// `PUT /api/persons/{person}`: replaces what is written about a person, their roles included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChange {
    /// Their name.
    pub name: String,
    /// The name they sign in with; empty means `name`.
    #[serde(default)]
    pub sign_in_name: String,
    /// The unit they belong to.
    pub unit: UnitId,
    /// Telephone; may be empty.
    #[serde(default)]
    pub telephone: String,
    /// What they may do, and where.
    pub grants: Vec<Grant>,
}

/// `POST /api/persons/{person}/invite`: the answer. It is shown once; the office keeps hashes only.
/// A new invitation replaces the one before.
#[derive(Clone, Serialize, Deserialize)]
pub struct InvitationMade {
    /// The path of the link, to be put behind the address the desk is opened at: `/join#TOKEN` for
    /// whoever visits, `/desk/join#TOKEN` for whoever works at a desk only.
    pub link_path: String,
    /// The eight digits.
    pub code: String,
    /// The name to type together with the digits.
    pub sign_in_name: String,
    /// Until when both hold.
    pub expires_ms: i64,
}

impl InvitationMade {
    /// Whether it leads to the desk, not to the phone's app.
    #[must_use]
    pub fn is_for_desk(&self) -> bool {
        self.link_path.starts_with("/desk/")
    }

    /// Where the digits are typed: the path of the app they are for.
    #[must_use]
    pub fn address_path(&self) -> &'static str {
        if self.is_for_desk() { "/desk/" } else { "/" }
    }
}

/// `POST /api/invitations`: a fresh invitation for each of these people, all or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// Who, at most [`INVITED_MAX`].
    pub persons: Vec<PersonId>,
}

/// The most people one [`Invite`] names.
pub const INVITED_MAX: usize = 500;

/// One of the answers to [`Invite`], in its order.
#[derive(Clone, Serialize, Deserialize)]
pub struct Invited {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The full name of their unit.
    pub unit_name: String,
    /// The end of their telephone, where it tells two of one name apart.
    #[serde(default)]
    pub tail: Option<String>,
    /// The invitation.
    pub invitation: InvitationMade,
}

/// `PUT /api/categories`: rows of the union's categories to be written, all or none: new ones, and
/// those that change. What held before today stays as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoriesChange {
    /// The rows.
    pub rows: Vec<Category>,
}

/// `POST /api/categories/outlook`: what another interval would come to. Nothing is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlookAsked {
    /// Of which category.
    pub category: CategoryId,
    /// The interval, in days.
    pub visit_every_days: u16,
    /// From which day it is to hold.
    pub from: Day,
}

/// The answer to [`OutlookAsked`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    /// Households of the category.
    pub households: u32,
    /// Of them, past their day on that day by the rule that holds without the change.
    pub overdue_before: u32,
    /// The same by the new interval.
    pub overdue_after: u32,
}

/// `POST /api/categories/begin`: the union takes a shipped set instead of what it has, while it has
/// no household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeginWith {
    /// Which.
    pub set: ShippedSet,
}

/// A set of categories that is shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShippedSet {
    /// The mines' six.
    MinesSix,
    /// The national three.
    NationalThree,
}

/// `GET /api/union` and `PUT /api/union`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnionSettings {
    /// The union's name.
    pub name: String,
    /// The union's time zone; 480 = China.
    pub utc_offset_minutes: i32,
}

/// `GET /api/upkeep`: what the desk says about backups and keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upkeep {
    /// When the office began, by its own clock.
    pub begun_ms: i64,
    /// When the last backup of the database was made, by the office's clock.
    pub last_backup_ms: Option<i64>,
    /// When the last backup of the office keys was made.
    pub last_keys_backup_ms: Option<i64>,
    /// The version of the running server.
    pub version: String,
    /// Entries stored.
    pub entries: u64,
    /// Restores and failovers the office knows of: when each epoch began.
    pub epochs_begun_ms: Vec<i64>,
}

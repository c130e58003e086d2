//! Invitations: a link that works once, or a name with eight digits; seven days; five wrong tries.
//!
//! Looking spends nothing; setting the password does. The office keeps the link's sha256 and a keyed
//! hash of the digits (under a key outside the database), never the two themselves.

use domain::id::PersonId;
use hmac::{Hmac, Mac};
use protocol::sign_in::{INVITE_CODE_DIGITS, RefusalCode, Role};
use sha2::{Digest, Sha256};

use crate::args;
use crate::auth::caller::Scope;
use crate::office_keys::hex;
use crate::store::{Reader, Row, StoreError, Tx};
use crate::surroundings::{Surroundings, random};

/// How long an invitation holds.
pub const AGE_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// So many wrong codes spend it.
pub const WRONG_TRIES_MAX: u32 = 5;

/// A new invitation: what is shown once.
pub struct Made {
    /// The link's token.
    pub token: String,
    /// The digits.
    pub code: String,
    /// Until when.
    pub expires_ms: i64,
}

/// An invitation as the database has it.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Who is invited.
    pub person: PersonId,
    /// When they were.
    pub made_ms: i64,
    /// Until when.
    pub expires_ms: i64,
    code: Vec<u8>,
    wrong_tries: u32,
    spent_ms: Option<i64>,
}

/// Where a link leads: to the phone's app whoever visits, to the desk whoever does not.
#[must_use]
pub fn link_path(token: &str, scopes: &[Scope]) -> String {
    let visits = scopes.is_empty() || scopes.iter().any(|scope| scope.role == Role::Helper);
    let app = if visits { "" } else { "/desk" };
    format!("{app}/join#{token}")
}

/// Makes the secrets of a new invitation.
#[must_use]
pub fn make(surroundings: &dyn Surroundings) -> Made {
    Made {
        token: hex(&random::<32>(surroundings)),
        code: digits(surroundings),
        expires_ms: surroundings.now_ms() + AGE_MS,
    }
}

/// Writes it; an earlier one of the same person is replaced.
///
/// # Errors
/// What the database says.
pub fn insert(
    tx: &Tx<'_>,
    key: &[u8; 32],
    person: PersonId,
    made: &Made,
    by: Option<PersonId>,
    now_ms: i64,
) -> Result<(), StoreError> {
    let link: [u8; 32] = Sha256::digest(made.token.as_bytes()).into();
    tx.execute("DELETE FROM invitation WHERE person = ?1", args![person])?;
    tx.execute(
        "INSERT INTO invitation (person, link, code, made_by, made_ms, expires_ms, wrong_tries)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
        args![person, link, code_hash(key, person, &made.code), by, now_ms, made.expires_ms],
    )?;
    Ok(())
}

/// The invitation of a link.
///
/// # Errors
/// It is wrong, spent or too old; or the database.
pub fn by_link<E>(reader: &Reader<'_>, token: &str, now_ms: i64) -> Result<Invited, E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    let link: [u8; 32] = Sha256::digest(token.as_bytes()).into();
    let invited = reader
        .first(&format!("{COLUMNS} WHERE link = ?1"), args![link], read)?
        .ok_or(RefusalCode::InvitationWrong)?;
    invited.check_open(now_ms)?;
    Ok(invited)
}

/// How a try with digits ended. A wrong one is written down, so this is no error of the transaction.
pub enum CodeTry {
    /// The digits are right.
    Right(Invited),
    /// They are not, or there is no open invitation.
    Wrong(RefusalCode),
}

/// Tries digits for all who bear the name that was typed; the first of them whose digits they are is meant.
///
/// For whom a wrong try was meant cannot be known: it counts on each open invitation it was compared with, so that no
/// code takes more than five guesses. Whoever types a name to sign in with that is nobody's plain name is alone.
///
/// # Errors
/// What the database says.
pub fn try_code(
    tx: &Tx<'_>,
    key: &[u8; 32],
    people: &[PersonId],
    code: &str,
    now_ms: i64,
) -> Result<CodeTry, StoreError> {
    let typed: String = code.chars().filter_map(digit).collect();
    let mut why = RefusalCode::InvitationWrong;
    let mut open = Vec::new();
    for person in people {
        let Some(invited) = of_person(tx, *person)? else { continue };
        match invited.check_open(now_ms) {
            Ok(()) if is_same(&code_hash(key, *person, &typed), &invited.code) => {
                return Ok(CodeTry::Right(invited));
            }
            Ok(()) => open.push(invited),
            Err(over) => why = over,
        }
    }
    for invited in &open {
        tx.execute(
            "UPDATE invitation SET wrong_tries = wrong_tries + 1 WHERE person = ?1",
            args![invited.person],
        )?;
    }
    if let Some(most_left) = open.iter().map(|invited| invited.wrong_tries + 1).min() {
        let spent = most_left >= WRONG_TRIES_MAX;
        why = if spent { RefusalCode::InvitationSpent } else { RefusalCode::InvitationWrong };
    }
    Ok(CodeTry::Wrong(why))
}

/// Spends it.
///
/// # Errors
/// What the database says.
pub fn spend(tx: &Tx<'_>, person: PersonId, now_ms: i64) -> Result<(), StoreError> {
    tx.execute("UPDATE invitation SET spent_ms = ?2 WHERE person = ?1", args![person, now_ms])?;
    Ok(())
}

/// The open invitation of a person, or the word for why there is none.
///
/// # Errors
/// What the database says.
pub fn of_person(reader: &Reader<'_>, person: PersonId) -> Result<Option<Invited>, StoreError> {
    reader.first(&format!("{COLUMNS} WHERE person = ?1"), args![person], read)
}

impl Invited {
    /// Whether it can still be used.
    ///
    /// # Errors
    /// Why not.
    pub fn check_open(&self, now_ms: i64) -> Result<(), RefusalCode> {
        if self.spent_ms.is_some() || self.wrong_tries >= WRONG_TRIES_MAX {
            Err(RefusalCode::InvitationSpent)
        } else if now_ms > self.expires_ms {
            Err(RefusalCode::InvitationExpired)
        } else {
            Ok(())
        }
    }
}

const COLUMNS: &str = "SELECT person, expires_ms, code, wrong_tries, spent_ms, made_ms FROM invitation";

fn read(row: &Row<'_>) -> Result<Invited, StoreError> {
    Ok(Invited {
        person: row.get(0)?,
        expires_ms: row.get(1)?,
        code: row.get(2)?,
        wrong_tries: row.get(3)?,
        spent_ms: row.get(4)?,
        made_ms: row.get(5)?,
    })
}

/// Eight digits, each of the hundred million as likely as any other.
fn digits(surroundings: &dyn Surroundings) -> String {
    let range = 10_u64.pow(u32::try_from(INVITE_CODE_DIGITS).unwrap_or(8));
    // 2^64 is so much larger than the range that the remainder favours no code measurably.
    let number = u64::from_le_bytes(random(surroundings)) % range;
    format!("{number:0width$}", width = INVITE_CODE_DIGITS)
}

/// A digit as typed: half width or full width; anything else between them is skipped.
fn digit(sign: char) -> Option<char> {
    match sign {
        '0'..='9' => Some(sign),
        '０'..='９' => char::from_digit(u32::from(sign) - u32::from('０'), 10),
        _ => None,
    }
}

fn code_hash(key: &[u8; 32], person: PersonId, code: &str) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return Vec::new();
    };
    mac.update(b"liuzhidao invitation code\n");
    mac.update(person.as_bytes());
    mac.update(code.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn is_same(one: &[u8], other: &[u8]) -> bool {
    use subtle::ConstantTimeEq;
    !one.is_empty() && bool::from(one.ct_eq(other))
}

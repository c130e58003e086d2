//! The people of the union, what they may do, and the name they sign in with.

use std::collections::HashSet;

use domain::day::Day;
use domain::id::{PersonId, UnitId};
use protocol::desk::{PersonChange, PersonRow, Standing, telephone_tail};
use protocol::sign_in::{DemoPerson, Grant, RefusalCode, Role};

use crate::args;
use crate::auth::caller::Scope;
use crate::auth::{invitation, session};
use crate::books::pinyin;
use crate::store::{Reader, Row, StoreError, Tx};
use crate::union::seats;
use crate::union::units::prefix_range;

/// The longest name of a person, in characters.
pub const NAME_MAX_CHARS: usize = 40;

/// The longest telephone, in characters.
pub const TELEPHONE_MAX_CHARS: usize = 30;

/// A person as signing in needs them.
#[derive(Clone)]
pub struct Known {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// The name they sign in with.
    pub sign_in_name: String,
    /// The hash of their password, once they have one.
    pub password: Option<String>,
}

/// What a sign-in name is compared by: no blanks, full-width letters and digits as half width, lower case.
#[must_use]
pub fn sign_in_key(name: &str) -> String {
    name.chars()
        .filter(|sign| !sign.is_whitespace())
        .map(|sign| match u32::from(sign) {
            wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(sign),
            _ => sign,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The person who signs in with a name.
///
/// # Errors
/// What the database says.
pub fn by_sign_in_name(reader: &Reader<'_>, name: &str) -> Result<Option<Known>, StoreError> {
    reader.first(&format!("{KNOWN} WHERE sign_in_key = ?1"), args![sign_in_key(name)], read_known)
}

/// Everybody who signs in with a name or bears it, whoever signs in with it first.
///
/// # Errors
/// What the database says.
pub fn called(reader: &Reader<'_>, name: &str) -> Result<Vec<PersonId>, StoreError> {
    reader.all(
        "SELECT id FROM person WHERE sign_in_key = ?1 OR lower(replace(name, ' ', '')) = ?1
         ORDER BY CASE WHEN sign_in_key = ?1 THEN 0 ELSE 1 END, id",
        args![sign_in_key(name)],
        |row| row.get(0),
    )
}

/// A person by id.
///
/// # Errors
/// What the database says.
pub fn by_id(reader: &Reader<'_>, id: PersonId) -> Result<Option<Known>, StoreError> {
    reader.first(&format!("{KNOWN} WHERE id = ?1"), args![id], read_known)
}

/// The unit a person belongs to.
///
/// # Errors
/// What the database says.
pub fn unit_path(reader: &Reader<'_>, id: PersonId) -> Result<Option<String>, StoreError> {
    reader.first(
        "SELECT unit.path FROM person JOIN unit ON unit.id = person.unit WHERE person.id = ?1",
        args![id],
        |row| row.get(0),
    )
}

/// What a person may do, with the paths of the units.
///
/// # Errors
/// What the database says.
pub fn scopes(reader: &Reader<'_>, id: PersonId) -> Result<Vec<Scope>, StoreError> {
    reader.all(
        "SELECT g.role, g.unit, u.path FROM role_grant g JOIN unit u ON u.id = g.unit
         WHERE g.person = ?1 ORDER BY g.role, u.path",
        args![id],
        |row| {
            Ok(Scope {
                role: Role::from_word(&row.get::<String>(0)?).ok_or(StoreError::Unreadable { column: 0 })?,
                unit: row.get(1)?,
                path: row.get(2)?,
            })
        },
    )
}

/// The people who belong to a subtree or hold a role in it, by the sound of their names; those who left only with `left`.
///
/// # Errors
/// What the database says.
pub fn under(reader: &Reader<'_>, top: &str, left: bool, now_ms: i64) -> Result<Vec<PersonRow>, StoreError> {
    let (from, to) = prefix_range(top);
    let mut rows = reader.all(
        &format!(
            "{ROW} WHERE (unit IN (SELECT id FROM unit WHERE path >= ?1 AND path < ?2)
                OR id IN (SELECT person FROM role_grant WHERE unit IN
                          (SELECT id FROM unit WHERE path >= ?1 AND path < ?2)))
               AND (left_ms IS NULL OR ?3 = 1) ORDER BY id"
        ),
        args![from, to, left],
        read_row,
    )?;
    let twice = borne_twice(reader)?;
    for row in &mut rows {
        fill(reader, row, &twice, now_ms)?;
    }
    rows.sort_by_cached_key(|row| pinyin::order(&row.name));
    Ok(rows)
}

/// One person's row.
///
/// # Errors
/// What the database says.
pub fn row(reader: &Reader<'_>, id: PersonId, now_ms: i64) -> Result<Option<PersonRow>, StoreError> {
    let found = reader.first(&format!("{ROW} WHERE id = ?1"), args![id], read_row)?;
    found
        .map(|mut row| {
            fill(reader, &mut row, &borne_twice(reader)?, now_ms)?;
            Ok(row)
        })
        .transpose()
}

/// Makes a person or replaces what is written about them.
///
/// # Errors
/// [`RefusalCode::NameTaken`], or the database.
pub fn put<E>(tx: &Tx<'_>, id: PersonId, person: &PersonChange, now_ms: i64) -> Result<(), E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    let sign_in_name = match person.sign_in_name.trim() {
        "" => person.name.trim(),
        other => other,
    };
    let key = sign_in_key(sign_in_name);
    let taken =
        tx.first("SELECT id FROM person WHERE sign_in_key = ?1 AND id <> ?2", args![key, id], |row| {
            row.get::<PersonId>(0)
        })?;
    if taken.is_some() {
        return Err(RefusalCode::NameTaken.into());
    }
    tx.execute(
        "INSERT INTO person (id, name, sign_in_name, sign_in_key, unit, telephone, made_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, sign_in_name = excluded.sign_in_name,
            sign_in_key = excluded.sign_in_key, unit = excluded.unit, telephone = excluded.telephone",
        args![id, person.name.trim(), sign_in_name, key, person.unit, person.telephone.trim(), now_ms],
    )?;
    tx.execute("DELETE FROM role_grant WHERE person = ?1", args![id])?;
    for grant in &person.grants {
        tx.execute(
            "INSERT INTO role_grant (person, role, unit) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            args![id, grant.role.word(), grant.unit],
        )?;
    }
    Ok(())
}

/// Gives somebody another telephone; what they had.
///
/// # Errors
/// What the database says.
pub fn set_telephone(tx: &Tx<'_>, id: PersonId, telephone: &str) -> Result<Option<String>, StoreError> {
    let had = tx.first("SELECT telephone FROM person WHERE id = ?1", args![id], |row| row.get(0))?;
    tx.execute("UPDATE person SET telephone = ?2 WHERE id = ?1", args![id, telephone])?;
    Ok(had)
}

/// Sets the hash of a person's password.
///
/// # Errors
/// What the database says.
pub fn set_password(tx: &Tx<'_>, id: PersonId, hash: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE person SET password = ?2 WHERE id = ?1", args![id, hash])?;
    Ok(())
}

/// Somebody leaves: they may do nothing any more, and cannot sign in. What they did stays theirs.
///
/// # Errors
/// [`RefusalCode::SeatsHeld`], [`RefusalCode::LastAdministrator`], or the database.
pub fn leave<E>(tx: &Tx<'_>, id: PersonId, today: Day, now_ms: i64) -> Result<(), E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    if seats::held(tx, id, today)? > 0 {
        return Err(RefusalCode::SeatsHeld.into());
    }
    tx.execute(
        "UPDATE person SET left_ms = ?2, password = NULL WHERE id = ?1 AND left_ms IS NULL",
        args![id, now_ms],
    )?;
    tx.execute("DELETE FROM role_grant WHERE person = ?1", args![id])?;
    tx.execute("DELETE FROM invitation WHERE person = ?1", args![id])?;
    // A phone's session stays: it opens nothing any more, but by it the phone is told, and drops its households.
    session::end_at_desks(tx, id)?;
    if administrators(tx)? == 0 {
        return Err(RefusalCode::LastAdministrator.into());
    }
    Ok(())
}

/// Somebody who left is back, with no role until one is given, and to be invited anew.
///
/// # Errors
/// What the database says.
pub fn come_back(tx: &Tx<'_>, id: PersonId) -> Result<(), StoreError> {
    tx.execute("UPDATE person SET left_ms = NULL WHERE id = ?1", args![id])?;
    session::end_all(tx, id)
}

/// Whether somebody left.
///
/// # Errors
/// What the database says.
pub fn has_left(reader: &Reader<'_>, id: PersonId) -> Result<bool, StoreError> {
    Ok(reader.count("SELECT count(*) FROM person WHERE id = ?1 AND left_ms IS NOT NULL", args![id])? > 0)
}

/// Refuses somebody who left.
///
/// # Errors
/// [`RefusalCode::PersonLeft`], or the database.
pub fn need_here<E>(reader: &Reader<'_>, id: PersonId) -> Result<(), E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    if has_left(reader, id)? { Err(RefusalCode::PersonLeft.into()) } else { Ok(()) }
}

/// Notes a contact.
///
/// # Errors
/// What the database says.
pub fn seen(tx: &Tx<'_>, id: PersonId, now_ms: i64) -> Result<(), StoreError> {
    tx.execute("UPDATE person SET last_contact_ms = ?2 WHERE id = ?1", args![id, now_ms])?;
    Ok(())
}

/// How many people there are.
///
/// # Errors
/// What the database says.
pub fn count(reader: &Reader<'_>) -> Result<i64, StoreError> {
    reader.count("SELECT count(*) FROM person", &[])
}

/// How many people could administer the office.
///
/// # Errors
/// What the database says.
pub fn administrators(reader: &Reader<'_>) -> Result<i64, StoreError> {
    reader.count("SELECT count(DISTINCT person) FROM role_grant WHERE role = 'admin'", &[])
}

/// Whom a demonstration offers at sign-in: the first chair, registrar and supervisor, and a few helpers.
///
/// # Errors
/// What the database says.
pub fn offered(reader: &Reader<'_>) -> Result<Vec<DemoPerson>, StoreError> {
    let offered = [(Role::Chair, 1), (Role::Registrar, 1), (Role::Supervisor, 1), (Role::Helper, 3)];
    let mut people = Vec::new();
    for (role, how_many) in offered {
        people.extend(reader.all(
            "SELECT p.id, p.name, u.name FROM role_grant g
             JOIN person p ON p.id = g.person JOIN unit u ON u.id = p.unit
             WHERE g.role = ?1 ORDER BY u.depth, p.id LIMIT ?2",
            args![role.word(), how_many],
            |row| {
                Ok::<_, StoreError>(DemoPerson {
                    person: row.get(0)?,
                    name: row.get(1)?,
                    role,
                    unit_name: row.get(2)?,
                })
            },
        )?);
    }
    Ok(people)
}

const KNOWN: &str = "SELECT id, name, sign_in_name, password FROM person";

const ROW: &str = "SELECT id, name, sign_in_name, unit, telephone, password IS NOT NULL, last_contact_ms, left_ms FROM person";

fn read_known(row: &Row<'_>) -> Result<Known, StoreError> {
    Ok(Known { id: row.get(0)?, name: row.get(1)?, sign_in_name: row.get(2)?, password: row.get(3)? })
}

fn read_row(row: &Row<'_>) -> Result<PersonRow, StoreError> {
    let joined: bool = row.get(5)?;
    let name: String = row.get(1)?;
    Ok(PersonRow {
        id: row.get(0)?,
        pinyin: [pinyin::initials(&name), pinyin::sounds(&name)].concat(),
        name,
        sign_in_name: row.get(2)?,
        unit: row.get::<UnitId>(3)?,
        telephone: row.get(4)?,
        grants: Vec::new(),
        standing: if joined { Standing::Joined } else { Standing::NotInvited },
        last_contact_ms: row.get(6)?,
        invited_ms: None,
        left_ms: row.get(7)?,
        namesake: false,
    })
}

/// The names that more than one person bears who is there.
fn borne_twice(reader: &Reader<'_>) -> Result<HashSet<String>, StoreError> {
    let sql = "SELECT name FROM person WHERE left_ms IS NULL GROUP BY name HAVING count(*) > 1";
    let names = reader.all(sql, &[], |row| row.get::<String>(0))?;
    Ok(names.into_iter().collect())
}

/// A person's name; where somebody else bears it too, with the end of their telephone, else the name to sign in with.
///
/// # Errors
/// What the database says.
pub fn told_apart(reader: &Reader<'_>, id: PersonId, name: &str) -> Result<String, StoreError> {
    let others = "SELECT count(*) FROM person WHERE name = ?1 AND id <> ?2 AND left_ms IS NULL";
    if reader.count(others, args![name, id])? == 0 {
        return Ok(name.to_owned());
    }
    let sql = "SELECT telephone, sign_in_name FROM person WHERE id = ?1";
    let found = reader
        .first(sql, args![id], |row| Ok::<_, StoreError>((row.get::<String>(0)?, row.get::<String>(1)?)))?;
    let (telephone, sign_in_name) = found.unwrap_or_default();
    let apart = telephone_tail(&telephone).or((sign_in_name != name).then_some(sign_in_name));
    Ok(apart.map_or_else(|| name.to_owned(), |apart| format!("{name}（{apart}）")))
}

fn fill(
    reader: &Reader<'_>,
    row: &mut PersonRow,
    twice: &HashSet<String>,
    now_ms: i64,
) -> Result<(), StoreError> {
    row.namesake = twice.contains(&row.name);
    row.grants = scopes(reader, row.id)?
        .into_iter()
        .map(|scope| Grant { role: scope.role, unit: scope.unit })
        .collect();
    if let Some(invited) = invitation::of_person(reader, row.id)? {
        row.invited_ms = Some(invited.made_ms);
        match invited.check_open(now_ms) {
            Ok(()) => {
                row.standing = Standing::Invited { expires_ms: invited.expires_ms };
            }
            Err(_) if row.standing == Standing::NotInvited => row.standing = Standing::InvitationEnded,
            Err(_) => {}
        }
    }
    Ok(())
}

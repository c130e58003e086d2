//! Files that were taken in, and taking one back.

use domain::entry::{Act, Entry, Judge, OFFICE, SCHEMA};
use domain::id::{EntryId, HouseholdId, ImportId, PersonId, UnitId};
use protocol::roster::{RosterCounts, RosterTaken};
use protocol::sign_in::RefusalCode;
use sync::ledger;

use crate::args;
use crate::books::SqlBooks;
use crate::office_keys::hex;
use crate::store::{Reader, Row, StoreError, Tx};
use crate::union::units::prefix_range;

const COLUMNS: &str =
    "SELECT r.id, r.unit, r.day, r.taken_ms, p.name, r.file_name, r.counts, r.withdrawn_ms, u.path
    FROM roster r JOIN person p ON p.id = r.taken_by JOIN unit u ON u.id = r.unit";

/// The files of a subtree, and those of a unit above it with households that are there now; the latest first. Of one whose
/// unit the asking person does not reach it is only said when it came and of which day it is.
///
/// # Errors
/// What the database says.
pub fn list(
    reader: &Reader<'_>,
    top: &str,
    reaches: impl Fn(&str) -> bool,
) -> Result<Vec<RosterTaken>, StoreError> {
    let (from, to) = prefix_range(top);
    let there = "SELECT h.id FROM household h JOIN unit hu ON hu.id = h.unit
        WHERE h.is_open = 1 AND hu.path >= ?1 AND hu.path < ?2";
    let sql = format!(
        "{COLUMNS} WHERE r.is_export = 0 AND ((u.path >= ?1 AND u.path < ?2) OR substr(?3, 1, length(u.path)) = u.path AND r.id IN (
           SELECT s.roster FROM roster_row s
           WHERE s.household IN ({there} UNION SELECT m.household FROM shared m WHERE m.shared IN ({there}))))
         ORDER BY r.number DESC"
    );
    reader.all(&sql, args![from, to, top], |row| {
        let taken = read(row)?;
        let is_told = reaches(&row.get::<String>(8)?);
        Ok(if is_told { taken } else { only_that_it_came(taken) })
    })
}

/// What is told of a file of another unit.
fn only_that_it_came(taken: RosterTaken) -> RosterTaken {
    RosterTaken {
        taken_by: String::new(),
        file_name: String::new(),
        counts: RosterCounts::default(),
        ..taken
    }
}

/// One of them.
///
/// # Errors
/// What the database says.
pub fn one(reader: &Reader<'_>, import: ImportId) -> Result<Option<RosterTaken>, StoreError> {
    reader.first(&format!("{COLUMNS} WHERE r.id = ?1 AND r.is_export = 0"), args![import], read)
}

/// What the person had seen who took it in.
///
/// # Errors
/// What the database says.
pub fn seen(reader: &Reader<'_>, import: ImportId) -> Result<Option<String>, StoreError> {
    reader.first("SELECT seen FROM roster WHERE id = ?1", args![import], |row| row.get(0))
}

fn read(row: &Row<'_>) -> Result<RosterTaken, StoreError> {
    let counts: String = row.get(6)?;
    Ok(RosterTaken {
        import: row.get(0)?,
        unit: row.get(1)?,
        day: domain::day::Day::from_number(row.get(2)?),
        taken_ms: row.get(3)?,
        taken_by: row.get(4)?,
        file_name: row.get(5)?,
        counts: serde_json::from_str(&counts).map_err(|_| StoreError::Unreadable { column: 6 })?,
        withdrawn_ms: row.get(7)?,
    })
}

/// Whether a later file that stands says something of the same households: then that one is taken back first. One that
/// changed nothing does not stand in the way.
///
/// # Errors
/// What the database says.
pub fn is_built_upon(reader: &Reader<'_>, import: ImportId) -> Result<bool, StoreError> {
    Ok(later_ones(reader, import)?.iter().any(|(_, changed)| *changed))
}

/// The later files that stand and name any of the same households, each with whether it changed anything.
fn later_ones(reader: &Reader<'_>, import: ImportId) -> Result<Vec<(ImportId, bool)>, StoreError> {
    reader.all(
        "SELECT id, counts FROM roster
         WHERE withdrawn_ms IS NULL AND is_export = 0 AND number > (SELECT number FROM roster WHERE id = ?1)
           AND id IN (
             SELECT s.roster FROM roster_row s LEFT JOIN shared m ON m.household = s.household
             WHERE COALESCE(m.shared, s.household) IN (
               SELECT COALESCE(n.shared, t.household) FROM roster_row t
               LEFT JOIN shared n ON n.household = t.household WHERE t.roster = ?1))",
        args![import],
        |row| {
            let counts: RosterCounts = serde_json::from_str(&row.get::<String>(1)?)
                .map_err(|_| StoreError::Unreadable { column: 1 })?;
            Ok((row.get(0)?, counts.new + counts.changed > 0))
        },
    )
}

/// Takes a file back: a verdict on each of its entries, in one transaction. Units and people that it brought, and on
/// whom nothing hangs, go with it.
///
/// # Errors
/// It was taken back before, or a later file says something of the same households; or the database.
pub fn withdraw<E>(
    tx: &Tx<'_>,
    books: &mut SqlBooks<'_, '_>,
    import: ImportId,
    (by, now_ms): (PersonId, i64),
    random: &mut dyn FnMut() -> [u8; 16],
) -> Result<RosterTaken, E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    let taken = one(tx, import)?.ok_or(RefusalCode::NotFound)?;
    if taken.withdrawn_ms.is_some() {
        return Ok(taken);
    }
    if is_built_upon(tx, import)? {
        return Err(RefusalCode::RosterBuiltUpon.into());
    }
    let verdicts: Vec<Entry> = entries_of(tx, import)?
        .into_iter()
        .map(|(entry, household)| {
            let act = Act::Judge(Judge { entry, accept: false, why: String::new() });
            let random_id = (random)();
            let mut tail = [0; 10];
            tail.iter_mut().zip(random_id).for_each(|(to, from)| *to = from);
            Entry {
                id: EntryId::new(now_ms, tail),
                device: OFFICE,
                seq: 0,
                kind: act.kind().to_owned(),
                schema: SCHEMA,
                household,
                author: by,
                wall_ms: now_ms,
                clock_offset_ms: None,
                nonce: hex(&(random)()),
                payload: act.payload(),
            }
        })
        .collect();
    ledger::take_in_desk(books, by, &verdicts, now_ms)?;
    tx.execute("UPDATE roster SET withdrawn_ms = ?2 WHERE id = ?1", args![import, now_ms])?;
    forget_later(tx, import)?;
    give_back_telephones(tx, import)?;
    tidy_up(tx, import)?;
    Ok(RosterTaken { withdrawn_ms: Some(now_ms), ..taken })
}

/// Who has the telephone that the file gave them has the one of before again.
fn give_back_telephones(tx: &Tx<'_>, import: ImportId) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE person SET telephone = (SELECT s.telephone_was FROM roster_person s
             WHERE s.roster = ?1 AND s.person = person.id AND s.telephone_was IS NOT NULL)
         WHERE EXISTS (SELECT 1 FROM roster_person s WHERE s.roster = ?1 AND s.person = person.id
                       AND s.telephone_was IS NOT NULL AND s.telephone = person.telephone)",
        args![import],
    )?;
    Ok(())
}

/// What was exported since held what is taken back, and a later file that changed nothing only said it again: it is no
/// longer what anybody's sheet said rightly.
fn forget_later(tx: &Tx<'_>, import: ImportId) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM roster_row WHERE household IN (SELECT household FROM roster_row WHERE roster = ?1)
           AND roster IN (SELECT id FROM roster WHERE is_export = 1
                          AND number > (SELECT number FROM roster WHERE id = ?1))",
        args![import],
    )?;
    for (later, _) in later_ones(tx, import)? {
        tx.execute(
            "DELETE FROM roster_row
             WHERE roster = ?2 AND household IN (SELECT household FROM roster_row WHERE roster = ?1)",
            args![import, later],
        )?;
        tx.execute(
            "DELETE FROM roster_unit
             WHERE roster = ?2 AND (unit IN (SELECT unit FROM roster_unit WHERE roster = ?1 AND is_made = 1)
                                    OR NOT EXISTS (SELECT 1 FROM roster_row WHERE roster = ?2))",
            args![import, later],
        )?;
    }
    Ok(())
}

/// Where the households of an import lie now: whoever takes it back must reach all of them.
///
/// # Errors
/// What the database says.
pub fn places(reader: &Reader<'_>, import: ImportId) -> Result<Vec<String>, StoreError> {
    reader.all(
        "SELECT DISTINCT u.path FROM roster_row s LEFT JOIN shared m ON m.household = s.household
         JOIN household h ON h.id = COALESCE(m.shared, s.household) JOIN unit u ON u.id = h.unit
         WHERE s.roster = ?1",
        args![import],
        |row| row.get(0),
    )
}

/// The entries of an import that count, with their households.
pub(super) fn entries_of(
    reader: &Reader<'_>,
    import: ImportId,
) -> Result<Vec<(EntryId, HouseholdId)>, StoreError> {
    let rows = reader.all(
        "SELECT e.id, e.household, e.body FROM entry e JOIN roster_row s ON s.household = e.household
         WHERE s.roster = ?1 AND e.kind = 'import' AND e.status = 'projected' ORDER BY e.rev",
        args![import],
        |row| Ok::<_, StoreError>((row.get(0)?, row.get(1)?, row.get::<Vec<u8>>(2)?)),
    )?;
    let of_import = |body: &[u8]| {
        let entry: Option<Entry> = serde_json::from_slice(body).ok();
        matches!(entry.map(|entry| entry.act()), Some(Ok(Act::Import(act))) if act.import == import)
    };
    Ok(rows
        .into_iter()
        .filter(|(.., body)| of_import(body))
        .map(|(id, household, _)| (id, household))
        .collect())
}

/// Removes people and units that the import brought and on whom nothing hangs: who never came, holds no seat and wrote
/// nothing; what has neither households nor people nor units below it.
fn tidy_up(tx: &Tx<'_>, import: ImportId) -> Result<(), StoreError> {
    let persons: Vec<PersonId> = tx.all(
        "SELECT s.person FROM roster_person s JOIN person p ON p.id = s.person
         WHERE s.roster = ?1 AND s.is_made = 1 AND p.password IS NULL
           AND NOT EXISTS (SELECT 1 FROM seat WHERE seat.person = p.id)
           AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.author = p.id)
           AND NOT EXISTS (SELECT 1 FROM invitation WHERE invitation.person = p.id)",
        args![import],
        |row| row.get(0),
    )?;
    for person in persons {
        tx.execute("DELETE FROM role_grant WHERE person = ?1", args![person])?;
        tx.execute("DELETE FROM person WHERE id = ?1", args![person])?;
    }
    // The deepest first, so that a branch goes with its groups.
    let units: Vec<UnitId> = tx.all(
        "SELECT u.id FROM roster_unit s JOIN unit u ON u.id = s.unit
         WHERE s.roster = ?1 AND s.is_made = 1 GROUP BY u.id, u.depth ORDER BY u.depth DESC",
        args![import],
        |row| row.get(0),
    )?;
    for unit in units {
        tx.execute(
            "DELETE FROM unit WHERE id = ?1
               AND NOT EXISTS (SELECT 1 FROM unit below WHERE below.parent = ?1)
               AND NOT EXISTS (SELECT 1 FROM household WHERE household.unit = ?1)
               AND NOT EXISTS (SELECT 1 FROM person WHERE person.unit = ?1)
               AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.unit = ?1)
               AND NOT EXISTS (SELECT 1 FROM roster WHERE roster.unit = ?1)
               AND NOT EXISTS (SELECT 1 FROM roster_unit s JOIN roster r ON r.id = s.roster
                               WHERE s.unit = ?1 AND r.withdrawn_ms IS NULL AND r.is_export = 0)",
            args![unit],
        )?;
    }
    Ok(())
}

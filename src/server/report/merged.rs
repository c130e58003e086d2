//! Files that are one household's: which id they share, and what was merged.

use std::collections::BTreeSet;

use domain::entry::{Act, Entry};
use domain::id::{EntryId, HouseholdId, PersonId};
use protocol::office::MergedLine;

use crate::args;
use crate::books::names::NameBook;
use crate::store::{Reader, StoreError};

/// The id under which a household is found: its own, or the one that it shares.
///
/// # Errors
/// What the database says.
pub fn shared(reader: &Reader<'_>, household: HouseholdId) -> Result<HouseholdId, StoreError> {
    let sql = "SELECT shared FROM shared WHERE household = ?1";
    Ok(reader.first(sql, args![household], |row| row.get(0))?.unwrap_or(household))
}

/// The merges in force of all files that share an id, the latest first.
///
/// # Errors
/// What the database says.
pub fn of_household(reader: &Reader<'_>, household: HouseholdId) -> Result<Vec<MergedLine>, StoreError> {
    let sql = format!(
        "SELECT id, author, received_ms, body FROM entry
         WHERE kind IN ('merge', 'unmerge') AND status = 'projected'
           AND household IN ({MEMBERS} UNION SELECT other FROM half WHERE household IN ({MEMBERS}))
         ORDER BY rev DESC"
    );
    let members = reader.all(MEMBERS, args![household], |row| row.get::<HouseholdId>(0))?;
    let rows = reader.all(&sql, args![household], |row| {
        let body: Vec<u8> = row.get(3)?;
        let entry: Entry = serde_json::from_slice(&body).map_err(|_| StoreError::Unreadable { column: 3 })?;
        Ok::<_, StoreError>((
            row.get::<EntryId>(0)?,
            row.get::<PersonId>(1)?,
            row.get::<i64>(2)?,
            entry.act(),
        ))
    })?;
    let undone: BTreeSet<EntryId> = rows
        .iter()
        .filter_map(|(.., act)| if let Ok(Act::Unmerge(undo)) = act { Some(undo.merge) } else { None })
        .collect();
    let mut names = NameBook::new(reader);
    let mut lines = Vec::new();
    for (merge, author, at_ms, act) in rows {
        if let Ok(Act::Merge(said)) = act
            && !undone.contains(&merge)
            && members.contains(&said.other)
        {
            lines.push(MergedLine { merge, at_ms, by: names.person(author)?, words: said.words });
        }
    }
    Ok(lines)
}

/// The files that share the id given first; the file itself where it stands alone.
pub const MEMBERS: &str = "SELECT household FROM shared WHERE shared = ?1 UNION SELECT ?1";

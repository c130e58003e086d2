//! Entries that came as the file of a phone's queue, and who took it in: whoever reads the file should know that somebody
//! vouched for them. What the phone itself had brought before came by itself, however often the file was brought too.

use std::collections::BTreeMap;

use domain::id::{EntryId, HouseholdId, PersonId};

use crate::args;
use crate::books::names::NameBook;
use crate::store::{Reader, StoreError};

use super::merged::MEMBERS;

/// By entry, the name of who took it in.
///
/// # Errors
/// What the database says.
pub fn of_household(
    reader: &Reader<'_>,
    household: HouseholdId,
) -> Result<BTreeMap<EntryId, String>, StoreError> {
    let sql = format!(
        "SELECT a.detail, a.person, a.at_ms FROM audit a
         WHERE a.act = 'take_in_queue' AND a.household IN ({MEMBERS})"
    );
    let taken_in = reader.all(&sql, args![household], |row| {
        Ok::<_, StoreError>((row.get::<String>(0)?, row.get::<Option<PersonId>>(1)?, row.get::<i64>(2)?))
    })?;
    let (mut names, mut brought) = (NameBook::new(reader), BTreeMap::new());
    for (detail, person, at_ms) in taken_in {
        let (Some(id), Some(person)) = (EntryId::parse(&detail), person) else { continue };
        let sql = "SELECT received_ms FROM entry WHERE id = ?1 ORDER BY rev LIMIT 1";
        if reader.first(sql, args![id], |row| row.get::<i64>(0))? == Some(at_ms) {
            brought.insert(id, names.person(person)?);
        }
    }
    Ok(brought)
}

//! Visits that whoever recorded them took back: that there was one stays, what it said is not read out again.

use domain::entry::{Act, Entry};
use domain::id::{EntryId, HouseholdId, PersonId};
use protocol::office::WithdrawnLine;

use crate::args;
use crate::books::names::NameBook;
use crate::store::{Reader, StoreError};

use super::merged::MEMBERS;

/// The withdrawals that count, the latest first; a proposal that was taken back is no visit.
///
/// # Errors
/// What the database says.
pub fn of_household(reader: &Reader<'_>, household: HouseholdId) -> Result<Vec<WithdrawnLine>, StoreError> {
    let sql = format!(
        "SELECT author, received_ms, body FROM entry
         WHERE kind = 'withdraw' AND status = 'projected' AND household IN ({MEMBERS}) ORDER BY rev DESC"
    );
    let taken_back = reader.all(&sql, args![household], |row| {
        let by: PersonId = row.get(0)?;
        Ok::<_, StoreError>((by, row.get::<i64>(1)?, act(row.bytes(2)?)))
    })?;
    let mut names = NameBook::new(reader);
    let mut lines: Vec<WithdrawnLine> = Vec::new();
    for (by, at_ms, act) in taken_back {
        let Some(Act::Withdraw(withdraw)) = act else { continue };
        // Two phones of one person may each have taken it back.
        let is_told = lines.iter().any(|line| line.visit == withdraw.visit);
        if let (false, Some(visit)) = (is_told, visit(reader, withdraw.visit)?) {
            let (by, why) = (names.person(by)?, withdraw.why);
            lines.push(WithdrawnLine { visit: withdraw.visit, day: visit.day, by, at_ms, why });
        }
    }
    Ok(lines)
}

/// The visit, as it was recorded first.
fn visit(reader: &Reader<'_>, id: EntryId) -> Result<Option<domain::visit::Visit>, StoreError> {
    let sql =
        "SELECT body FROM entry WHERE id = ?1 AND kind = 'visit' AND status <> 'erased' ORDER BY rev LIMIT 1";
    let act = reader.first(sql, args![id], |row| Ok::<_, StoreError>(act(row.bytes(0)?)))?.flatten();
    Ok(if let Some(Act::Visit(visit)) = act { Some(visit) } else { None })
}

fn act(body: &[u8]) -> Option<Act> {
    Entry::from_slice(body).ok().and_then(|entry| entry.payload.ok())
}

//! Visits and alerts that whoever recorded them took back: that there was one stays, what it said is not read out again.

use domain::day::Day;
use domain::entry::{Act, Entry};
use domain::id::{EntryId, HouseholdId, PersonId};
use domain::value::EventKind;
use protocol::office::WithdrawnLine;

use crate::args;
use crate::books::names::NameBook;
use crate::store::{Reader, StoreError};

use super::merged::MEMBERS;

/// The withdrawals that count, the latest first; a proposal that was taken back is neither.
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
        if let (false, Some((day, alert))) = (is_told, taken_back_of(reader, withdraw.visit)?) {
            let (by, why) = (names.person(by)?, withdraw.why);
            lines.push(WithdrawnLine { visit: withdraw.visit, day, alert, by, at_ms, why });
        }
    }
    Ok(lines)
}

/// The day that the visit or the alert spoke of, as it was recorded first, and what sort of alert.
fn taken_back_of(reader: &Reader<'_>, id: EntryId) -> Result<Option<(Day, Option<EventKind>)>, StoreError> {
    let sql = "SELECT body FROM entry WHERE id = ?1 AND kind IN ('visit', 'alert') AND status <> 'erased'
               ORDER BY rev LIMIT 1";
    let act = reader.first(sql, args![id], |row| Ok::<_, StoreError>(act(row.bytes(0)?)))?.flatten();
    Ok(match act {
        Some(Act::Visit(visit)) => Some((visit.day, None)),
        Some(Act::Alert(alert)) => Some((alert.day, Some(alert.kind))),
        _ => None,
    })
}

fn act(body: &[u8]) -> Option<Act> {
    Entry::from_slice(body).ok().and_then(|entry| entry.payload.ok())
}

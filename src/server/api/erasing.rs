//! What is erased at the desk: whether this person may erase that, and what is done about it beside the books: the list
//! in its file, the journal emptied.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::entry::{Act, Entry, Erase, Erased};
use domain::file::Status;
use domain::id::{EntryId, HouseholdId};
use protocol::deposit::Receipt;
use protocol::sign_in::RefusalCode;

use super::desk_entries::path_of_household;
use crate::args;
use crate::auth::caller::Caller;
use crate::error::ApiError;
use crate::office::Office;
use crate::store::{Db, Reader, StoreError};
use crate::waking;

/// How often it is tried again to empty a journal that somebody reads in.
const TRIES: u32 = 600;

/// Whether the caller may erase what an entry names.
///
/// # Errors
/// It lies elsewhere, it is nothing that is erased alone, the file is merged, or the database.
pub(super) fn check(
    reader: &Reader<'_>,
    caller: &Caller,
    entry: &Entry,
    erase: &Erase,
) -> Result<(), ApiError> {
    need_home(reader, caller, entry.household)?;
    match &erase.what {
        // Half of what stands as one would stay, and look whole.
        Erased::File if is_merged(reader, entry.household)? => Err(RefusalCode::FileMerged.into()),
        Erased::File => Ok(()),
        Erased::Entries(ids) => {
            let members = members(reader, entry.household)?;
            ids.iter().try_for_each(|id| check_entry(reader, *id, &members))
        }
    }
}

/// Where it lies; a household that makes no file, where those belong who brought what there is of it.
fn need_home(reader: &Reader<'_>, caller: &Caller, household: HouseholdId) -> Result<(), ApiError> {
    if let Some(path) = path_of_household(reader, household)? {
        return Ok(caller.need(&path)?);
    }
    let sql = "SELECT DISTINCT u.path FROM entry e LEFT JOIN person p ON p.id = e.brought_by
               LEFT JOIN unit u ON u.id = p.unit WHERE e.household = ?1";
    let paths: Vec<Option<String>> = reader.all(sql, args![household], |row| row.get(0))?;
    if paths.is_empty() {
        return Err(RefusalCode::NotFound.into());
    }
    Ok(paths.iter().try_for_each(|path| caller.need_somewhere(path.as_deref()))?)
}

fn is_merged(reader: &Reader<'_>, household: HouseholdId) -> Result<bool, StoreError> {
    Ok(members(reader, household)?.len() > 1)
}

/// The files that stand as one with this one now, it among them.
fn members(reader: &Reader<'_>, household: HouseholdId) -> Result<BTreeSet<HouseholdId>, StoreError> {
    let shared = "SELECT shared FROM shared WHERE household = ?1";
    let shared: Option<HouseholdId> = reader.first(shared, args![household], |row| row.get(0))?;
    let first = shared.unwrap_or(household);
    let others = "SELECT household FROM shared WHERE shared = ?1";
    let others: Vec<HouseholdId> = reader.all(others, args![first], |row| row.get(0))?;
    Ok(others.into_iter().chain([household, first]).collect())
}

/// It lies in one of these files, and is something somebody told, no verdict and no withdrawal: without those, what
/// they took away would be there again.
fn check_entry(reader: &Reader<'_>, id: EntryId, members: &BTreeSet<HouseholdId>) -> Result<(), ApiError> {
    let sql = "SELECT household, kind FROM entry WHERE id = ?1 ORDER BY rev";
    let found: Option<(Option<HouseholdId>, String)> =
        reader.first(sql, args![id], |row| Ok::<_, StoreError>((row.get(0)?, row.get(1)?)))?;
    match found {
        Some((Some(home), kind)) if members.contains(&home) => {
            let told = matches!(kind.as_str(), "visit" | "amend" | "alert" | "propose" | "tell");
            if told { Ok(()) } else { Err(RefusalCode::NotUnderstood.into()) }
        }
        _ => Err(RefusalCode::NotFound.into()),
    }
}

/// Whether any of the desk's entries erases something, itself or by what it brings together.
pub(super) fn erases(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| matches!(entry.act(), Ok(Act::Erase(_) | Act::Merge(_))))
}

/// After the commit: the list is written, the journal emptied. The erasure is done; what fails here is said in the log
/// and done again when the office opens.
pub(super) async fn follow_up(office: &Office) {
    list(office).await;
    let db = office.db().clone();
    if !emptied(&db).await {
        tokio::spawn(async move {
            for _ in 0..TRIES {
                tokio::time::sleep(Duration::from_secs(1)).await;
                if emptied(&db).await {
                    return;
                }
            }
            tracing::error!("what was erased lies in the journal still: it is read all the time");
        });
    }
}

/// After the commit of what came in: where some of it went with what is erased, the list has that, too.
pub(super) async fn list_what_fell(office: &Office, receipts: &[Receipt]) {
    if receipts.iter().any(|receipt| receipt.status == Status::Erased) {
        list(office).await;
    }
}

async fn list(office: &Office) {
    if let Err(cause) = waking::list_erased(office).await {
        tracing::error!(
            ?cause,
            "the list of what was erased was not written; it will be when the office opens"
        );
    }
}

async fn emptied(db: &Db) -> bool {
    db.empty_journal().await.unwrap_or_else(|cause| {
        tracing::warn!(%cause, "the journal was not emptied");
        false
    })
}

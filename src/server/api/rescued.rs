//! `POST /api/rescued`: what lay in a phone's queue, brought to the desk as the file that the rescue page saved. Each
//! record counts as its author's own, where whoever brings it is over the author: they vouch for the file, as they may
//! by their verdict. Of anybody else it is kept as brought by another.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use domain::id::PersonId;
use protocol::deposit::{Deposit, RECORDS_MAX, Receipt, Rescued};
use protocol::sign_in::RefusalCode;
use sync::ledger::Arrival;

use super::body::Body;
use super::deposit::{Taking, open_all};
use super::erasing;
use crate::args;
use crate::audit::{self, Deed};
use crate::auth::caller::Caller;
use crate::error::ApiError;
use crate::office::Office;
use crate::store::{Reader, StoreError, Tx};

/// Takes one deposit of the file in; a repeat is harmless.
///
/// # Errors
/// More records than one deposit may have; the database. Never for what a record holds.
pub async fn take_in(
    State(office): State<Office>,
    caller: Caller,
    Body(mut asked): Body<Deposit>,
) -> Result<Json<Rescued>, ApiError> {
    if asked.records.len() > RECORDS_MAX {
        return Err(RefusalCode::TooLarge.into());
    }
    let now_ms = office.now_ms();
    let arrivals = open_all(&office, std::mem::take(&mut asked.records)).await?;
    let order: Vec<_> = arrivals.iter().map(|one| (one.record().id, one.record().entry_hash)).collect();
    let taking = office.clone();
    let write = move |tx: &Tx<'_>| {
        // Each by its id: what somebody vouched for can be told from what came by itself.
        for arrival in &arrivals {
            // Only who is over the author vouches for it: of anybody else the household's file says nothing.
            let author = arrival.author();
            let vouches = author.map(|author| is_over(tx, &caller, author)).transpose()?.unwrap_or_default();
            let deed = Deed {
                household: arrival.household().filter(|_| vouches),
                ..Deed::upon(now_ms, caller.person(), audit::Act::TakeInQueue, arrival.record().id)
            };
            audit::note(tx, &deed)?;
        }
        let mut receipts: Vec<Receipt> = Vec::new();
        for (person, arrivals) in by_author(tx, &caller, &arrivals)? {
            let taken = Taking::of_file(&taking, &asked, arrivals, person, now_ms).write(tx)?;
            receipts.extend(taken.receipts);
        }
        Ok::<_, StoreError>(receipts)
    };
    let mut receipts = office.db().write(write).await?;
    erasing::list_what_fell(&office, &receipts).await;
    let place = |one: &Receipt| order.iter().position(|key| *key == (one.id, one.entry_hash));
    receipts.sort_by_key(place);
    Ok(Json(Rescued { receipts }))
}

/// The records by who they are taken in for.
fn by_author(
    reader: &Reader<'_>,
    caller: &Caller,
    arrivals: &[Arrival],
) -> Result<BTreeMap<PersonId, Vec<Arrival>>, StoreError> {
    let mut groups: BTreeMap<PersonId, Vec<Arrival>> = BTreeMap::new();
    for arrival in arrivals {
        let author = arrival.author().unwrap_or(caller.person());
        let known = groups.contains_key(&author) || is_over(reader, caller, author)?;
        groups.entry(if known { author } else { caller.person() }).or_default().push(arrival.clone());
    }
    Ok(groups)
}

/// Whether the caller is over a person, by where that person belongs.
fn is_over(reader: &Reader<'_>, caller: &Caller, person: PersonId) -> Result<bool, StoreError> {
    let sql = "SELECT u.path FROM person p JOIN unit u ON u.id = p.unit WHERE p.id = ?1";
    let path: Option<String> = reader.first(sql, args![person], |row| row.get(0))?;
    Ok(path.is_some_and(|path| caller.reaches(&path)))
}

//! What a helper's phone fetches: pages of changes, the set of its households, cards by id.
//!
//! A helper's scope is what `File::is_carried_by` says of them today.

use axum::Json;
use axum::extract::State;
use protocol::changes::{CARDS_MAX, CardList, CardsAsked, ChangesPage, ChangesQuery, ScopeList};
use protocol::deposit::{Head, Short};
use protocol::sign_in::RefusalCode;
use sync::ledger;

use super::body::{Asked, Body};
use crate::auth::caller::Caller;
use crate::books::SqlShelf;
use crate::error::ApiError;
use crate::office::Office;
use crate::store::StoreError;
use crate::union::{card, settings};

/// `GET /api/changes`.
///
/// # Errors
/// Another person's phone asks with the caller's session; what the database says.
pub async fn page(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<ChangesQuery>,
) -> Result<Json<ChangesPage>, ApiError> {
    if asked.person.is_some_and(|person| person != caller.person()) {
        return Err(RefusalCode::NotAllowed.into());
    }
    let now_ms = office.now_ms();
    let cursor = cursor(&asked);
    let page = office
        .db()
        .read(move |reader| {
            let today = settings::today(reader, now_ms)?;
            let mut page = ledger::page(&mut SqlShelf::new(reader), caller.person(), cursor, today, now_ms)?;
            let tops = caller.tops();
            if asked.union != Some(card::stamp(reader, &tops)?) {
                page.union = Some(card::card(reader, &tops)?);
            }
            Ok::<_, StoreError>(page)
        })
        .await?;
    Ok(Json(page))
}

/// `GET /api/scope`.
///
/// # Errors
/// What the database says.
pub async fn scope(State(office): State<Office>, caller: Caller) -> Result<Json<ScopeList>, ApiError> {
    let now_ms = office.now_ms();
    let list = office
        .db()
        .read(move |reader| {
            let today = settings::today(reader, now_ms)?;
            ledger::scope_list(&mut SqlShelf::new(reader), caller.person(), today)
        })
        .await?;
    Ok(Json(list))
}

/// `POST /api/cards`: those in scope; and which of them no file here is made of. Who asks learns nothing but that an
/// id they hold is known.
///
/// # Errors
/// More than it gives at once; what the database says.
pub async fn cards(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<CardsAsked>,
) -> Result<Json<CardList>, ApiError> {
    if asked.households.len() > CARDS_MAX {
        return Err(RefusalCode::TooLarge.into());
    }
    let now_ms = office.now_ms();
    let list = office
        .db()
        .read(move |reader| {
            let today = settings::today(reader, now_ms)?;
            ledger::cards_asked(&mut SqlShelf::new(reader), caller.person(), &asked.households, today)
        })
        .await?;
    Ok(Json(list))
}

/// The cursor of a query; one that cannot be read is none, and begins from the start.
fn cursor(asked: &ChangesQuery) -> Option<Head> {
    Some(Head {
        epoch: Short::parse(asked.epoch.as_deref()?)?,
        rev: asked.rev?,
        chain: Short::parse(asked.chain.as_deref()?)?,
    })
}

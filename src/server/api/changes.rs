//! What a helper's phone fetches: pages of changes, the set of its households, cards by id.
//!
//! A helper's scope is what `File::is_carried_by` says of them today. Each card handed out is on record as read.

use axum::Json;
use axum::extract::State;
use domain::id::PersonId;
use protocol::changes::{CARDS_MAX, Card, CardList, CardsAsked, ChangesPage, ChangesQuery, ScopeList};
use protocol::deposit::{Head, Short};
use protocol::sign_in::RefusalCode;
use sync::ledger;

use super::body::{Asked, Body};
use crate::audit::{self, Act, Deed};
use crate::auth::caller::Caller;
use crate::books::SqlShelf;
use crate::error::ApiError;
use crate::office::Office;
use crate::store::{StoreError, Tx};
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
    let (now_ms, person) = (office.now_ms(), caller.person());
    let cursor = cursor(&asked);
    let page = office
        .db()
        .read(move |reader| {
            let today = settings::today(reader, now_ms)?;
            let mut page = ledger::page(&mut SqlShelf::new(reader), person, cursor, today, now_ms)?;
            let tops = caller.tops();
            if asked.union != Some(card::stamp(reader, &tops)?) {
                page.union = Some(card::card(reader, &tops)?);
            }
            Ok::<_, StoreError>(page)
        })
        .await?;
    note(&office, person, now_ms, &page.cards).await?;
    Ok(Json(page))
}

/// That these files were handed to somebody's phone is on record before they are.
async fn note(office: &Office, person: PersonId, now_ms: i64, cards: &[Card]) -> Result<(), ApiError> {
    if cards.is_empty() {
        return Ok(());
    }
    let deed = |card: &Card| Deed {
        household: Some(card.household),
        ..Deed::upon(now_ms, person, Act::ReadHousehold, "phone")
    };
    let deeds: Vec<Deed> = cards.iter().map(deed).collect();
    let write = move |tx: &Tx<'_>| deeds.iter().try_for_each(|deed| audit::note(tx, deed));
    office.db().write(write).await.map_err(ApiError::Store)
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
    let (now_ms, person) = (office.now_ms(), caller.person());
    let list = office
        .db()
        .read(move |reader| {
            let today = settings::today(reader, now_ms)?;
            ledger::cards_asked(&mut SqlShelf::new(reader), person, &asked.households, today)
        })
        .await?;
    note(&office, person, now_ms, &list.cards).await?;
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

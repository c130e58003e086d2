//! What a helper's phone fetches: pages of changes, the set of its households, cards by id.
//!
//! A helper's scope is what `File::is_carried_by` says of them today.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use domain::id::{HouseholdId, PersonId};
use protocol::changes::{CARDS_MAX, CardList, CardsAsked, ChangesPage, ChangesQuery, ScopeList};
use protocol::deposit::{Head, Short};
use protocol::sign_in::RefusalCode;
use sync::ledger::{self, Shelf};

use super::body::{Asked, Body};
use crate::args;
use crate::auth::caller::Caller;
use crate::books::SqlShelf;
use crate::error::ApiError;
use crate::office::Office;
use crate::store::{Reader, StoreError};
use crate::union::{card, settings};

/// `GET /api/changes`.
///
/// # Errors
/// What the database says.
pub async fn page(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<ChangesQuery>,
) -> Result<Json<ChangesPage>, ApiError> {
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
            let head = SqlShelf::new(reader).head()?;
            let households = in_scope(reader, caller.person(), now_ms)?.into_iter().collect();
            Ok::<_, StoreError>(ScopeList { head, households })
        })
        .await?;
    Ok(Json(list))
}

/// `POST /api/cards`: those in scope; and which of them the office has never heard of.
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
            let scope = in_scope(reader, caller.person(), now_ms)?;
            let (mine, others): (Vec<HouseholdId>, Vec<HouseholdId>) =
                asked.households.into_iter().partition(|household| scope.contains(household));
            let mut unknown = Vec::new();
            for household in others {
                if !is_heard_of(reader, household)? {
                    unknown.push(household);
                }
            }
            let cards = SqlShelf::new(reader).cards(&mine, today)?;
            Ok::<_, StoreError>(CardList { cards, unknown })
        })
        .await?;
    Ok(Json(list))
}

fn in_scope(reader: &Reader<'_>, person: PersonId, now_ms: i64) -> Result<BTreeSet<HouseholdId>, StoreError> {
    let today = settings::today(reader, now_ms)?;
    let found = SqlShelf::new(reader).revs_in_scope(person, today, 0)?;
    Ok(found.into_iter().map(|(_, household)| household).collect())
}

/// Whether it has a file or a proposal. Who asks learns nothing but that an id they hold is known.
fn is_heard_of(reader: &Reader<'_>, household: HouseholdId) -> Result<bool, StoreError> {
    Ok(reader.count("SELECT count(*) FROM household WHERE id = ?1", args![household])? > 0)
}

/// The cursor of a query; one that cannot be read is none, and begins from the start.
fn cursor(asked: &ChangesQuery) -> Option<Head> {
    Some(Head {
        epoch: Short::parse(asked.epoch.as_deref()?)?,
        rev: asked.rev?,
        chain: Short::parse(asked.chain.as_deref()?)?,
    })
}

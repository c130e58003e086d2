//! Inviting people: one, or a whole branch at once. The secrets go out once, in the answer; the
//! office keeps hashes only. Who may invite whom is as in [`super::persons`].

use axum::Json;
use axum::extract::{Path, State};
use domain::id::PersonId;
use protocol::desk::{INVITED_MAX, InvitationMade, Invite, Invited};
use protocol::sign_in::RefusalCode;

use super::body::{Body, id};
use super::persons::need_in_hand;
use crate::audit::{self, Act, Deed};
use crate::auth::caller::Caller;
use crate::auth::invitation::{self, Made};
use crate::books::names::NameBook;
use crate::error::ApiError;
use crate::office::Office;
use crate::store::Tx;
use crate::union::persons;

/// `POST /api/persons/{person}/invite`.
///
/// # Errors
/// Out of scope, a person who may do what the caller could not give, or one who left.
pub async fn one(
    State(office): State<Office>,
    caller: Caller,
    Path(person): Path<String>,
) -> Result<Json<InvitationMade>, ApiError> {
    let mut made = make(&office, caller, vec![id(&person, PersonId::parse)?]).await?;
    let made = made.pop().ok_or(RefusalCode::NotFound)?;
    Ok(Json(made.invitation))
}

/// `POST /api/invitations`: all or none.
///
/// # Errors
/// As [`one`], of any of them; or too many at once.
pub async fn many(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<Invite>,
) -> Result<Json<Vec<Invited>>, ApiError> {
    if asked.persons.len() > INVITED_MAX {
        return Err(RefusalCode::TooLarge.into());
    }
    make(&office, caller, asked.persons).await.map(Json)
}

async fn make(office: &Office, caller: Caller, asked: Vec<PersonId>) -> Result<Vec<Invited>, ApiError> {
    let key = *office.keys().deposit_mac();
    let now_ms = office.now_ms();
    let people: Vec<(PersonId, Made)> =
        asked.into_iter().map(|person| (person, invitation::make(office.surroundings()))).collect();
    office
        .db()
        .write(move |tx| {
            let made = people.iter().map(|(person, made)| put(tx, &caller, &key, *person, made, now_ms));
            made.collect::<Result<Vec<_>, ApiError>>()
        })
        .await
}

fn put(
    tx: &Tx<'_>,
    caller: &Caller,
    key: &[u8; 32],
    person: PersonId,
    made: &Made,
    now_ms: i64,
) -> Result<Invited, ApiError> {
    need_in_hand(tx, caller, person)?;
    persons::need_here::<ApiError>(tx, person)?;
    let row = persons::row(tx, person, now_ms)?.ok_or(RefusalCode::NotFound)?;
    invitation::insert(tx, key, person, made, Some(caller.person()), now_ms)?;
    audit::note(tx, &Deed::upon(now_ms, caller.person(), Act::Invite, person))?;
    Ok(Invited {
        person,
        tail: row.tail(),
        name: row.name,
        unit_name: NameBook::new(tx).unit(row.unit)?,
        invitation: InvitationMade {
            link_path: invitation::link_path(&made.token, &persons::scopes(tx, person)?),
            code: made.code.clone(),
            sign_in_name: row.sign_in_name,
            expires_ms: made.expires_ms,
        },
    })
}

//! Coming in by an invitation. Looking spends nothing; setting the password spends it.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::id::PersonId;
use protocol::sign_in::{Invitation, InvitationFor, Join, LookAtInvitation, RefusalCode, Role, SessionKind};

use super::body::Body;
use super::sign_in::begin_session;
use crate::audit::{self, Act, Deed};
use crate::auth::invitation::{self, CodeTry, Invited};
use crate::auth::tries::Guess;
use crate::auth::{password, session};
use crate::error::ApiError;
use crate::office::Office;
use crate::store::{Reader, StoreError, Tx};
use crate::union::{persons, settings};

/// `POST /api/join/look`.
///
/// # Errors
/// The invitation is wrong, spent or too old, or too many tries.
pub async fn look(
    State(office): State<Office>,
    Body(asked): Body<LookAtInvitation>,
) -> Result<Json<InvitationFor>, ApiError> {
    let invited = prove(&office, asked.invitation).await?;
    let answer = office.db().read(move |reader| describe(reader, &invited)).await?;
    Ok(Json(answer))
}

/// `POST /api/join`.
///
/// # Errors
/// As [`look`], the password is refused, or a phone would spend an invitation that is for the desk only.
pub async fn join(State(office): State<Office>, Body(asked): Body<Join>) -> Result<Response, ApiError> {
    let invited = prove(&office, asked.invitation).await?;
    let person = invited.person;
    let (known, scopes) = office
        .db()
        .read(move |reader| {
            Ok::<_, ApiError>((persons::by_id(reader, person)?, persons::scopes(reader, person)?))
        })
        .await?;
    let known = known.ok_or(RefusalCode::InvitationWrong)?;
    let visits = scopes.is_empty() || scopes.iter().any(|scope| scope.role == Role::Helper);
    if asked.kind == SessionKind::Phone && !visits {
        return Err(RefusalCode::NotAllowed.into());
    }
    password::check(&asked.password, &[&known.name, &known.sign_in_name])?;
    let hash = office.hasher().hash(asked.password, office.random()).await?;
    let now_ms = office.now_ms();
    office
        .db()
        .write(move |tx| {
            // Hashing took a while: somebody else may have spent it meanwhile.
            let open = invitation::of_person(tx, person)?.ok_or(RefusalCode::InvitationWrong)?;
            open.check_open(now_ms)?;
            invitation::spend(tx, person, now_ms)?;
            persons::set_password(tx, person, &hash)?;
            session::end_all(tx, person)?;
            Ok::<_, ApiError>(())
        })
        .await?;
    begin_session(&office, person, asked.kind, asked.device, Act::Join).await
}

/// Whose invitation this proves.
async fn prove(office: &Office, by: Invitation) -> Result<Invited, ApiError> {
    let now_ms = office.now_ms();
    match by {
        Invitation::Link { token } => {
            office.db().read(move |reader| invitation::by_link::<ApiError>(reader, &token, now_ms)).await
        }
        Invitation::Code { name, code } => {
            office.admit(&Guess::Code).await?;
            let key = *office.keys().deposit_mac();
            let tried = office.db().write(move |tx| try_code(tx, &key, &name, &code, now_ms)).await?;
            match tried {
                CodeTry::Right(invited) => {
                    office.forgive(Guess::Code).await?;
                    Ok(invited)
                }
                CodeTry::Wrong(why) => Err(why.into()),
            }
        }
    }
}

fn try_code(tx: &Tx<'_>, key: &[u8; 32], name: &str, code: &str, now_ms: i64) -> Result<CodeTry, StoreError> {
    let people = persons::called(tx, name)?;
    let tried = invitation::try_code(tx, key, &people, code, now_ms)?;
    if matches!(tried, CodeTry::Wrong(_)) {
        for person in people {
            audit::note(tx, &refused(now_ms, person))?;
        }
    }
    Ok(tried)
}

fn refused(now_ms: i64, person: PersonId) -> Deed {
    Deed::plain(now_ms, person, Act::CodeRefused)
}

fn describe(reader: &Reader<'_>, invited: &Invited) -> Result<InvitationFor, ApiError> {
    let known = persons::by_id(reader, invited.person)?.ok_or(RefusalCode::InvitationWrong)?;
    let scopes = persons::scopes(reader, invited.person)?;
    Ok(InvitationFor {
        called: (known.name != known.sign_in_name).then_some(known.name),
        name: known.sign_in_name,
        union_name: settings::get(reader)?.name,
        expires_ms: invited.expires_ms,
        desk: scopes.iter().any(|scope| scope.role != Role::Helper),
        helper: scopes.iter().any(|scope| scope.role == Role::Helper),
    })
}

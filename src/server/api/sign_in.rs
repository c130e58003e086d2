//! Signing in and out, and who one is.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::id::{DeviceId, PersonId};
use protocol::sign_in::{DemoSignIn, Grant, Me, RefusalCode, SessionKind, SignIn};

use super::body::Body;
use crate::audit::{self, Act, Deed};
use crate::auth::caller::{Caller, Scope};
use crate::auth::cookies::{self, SESSION};
use crate::auth::deposit_cookie::{self, DepositCookie};
use crate::auth::session::{self, Session, token_hash};
use crate::auth::tries::Guess;
use crate::error::ApiError;
use crate::office::Office;
use crate::office_keys::hex;
use crate::store::{Reader, StoreError};
use crate::union::{persons, settings};

/// `POST /api/sign-in`.
///
/// # Errors
/// Name or password is wrong, or too many tries.
pub async fn sign_in(State(office): State<Office>, Body(asked): Body<SignIn>) -> Result<Response, ApiError> {
    let guess = Guess::Password(persons::sign_in_key(&asked.name));
    office.admit(&guess).await?;
    let name = asked.name.clone();
    let known = office.db().read(move |reader| persons::by_sign_in_name(reader, &name)).await?;
    let (person, hash) = known.map_or((None, None), |known| (Some(known.id), known.password));
    if !office.hasher().is_right(asked.password, hash).await? {
        note_refusal(&office, person).await?;
        return Err(RefusalCode::WrongNameOrPassword.into());
    }
    office.forgive(guess).await?;
    let person = person.ok_or(RefusalCode::WrongNameOrPassword)?;
    begin_session(&office, person, asked.kind, asked.device, Act::SignIn).await
}

/// `POST /api/demo/sign-in`: as one of the people the demonstration offers, without a password.
///
/// # Errors
/// There is no such person.
pub async fn demo(State(office): State<Office>, Body(asked): Body<DemoSignIn>) -> Result<Response, ApiError> {
    let known = office.db().read(move |reader| persons::by_id(reader, asked.person)).await?;
    let person = known.ok_or(RefusalCode::NotFound)?.id;
    begin_session(&office, person, asked.kind, asked.device, Act::SignIn).await
}

/// `POST /api/sign-out`: ends the session. The deposit cookie stays: it strands no unsent visit.
///
/// # Errors
/// What the database says.
pub async fn sign_out(State(office): State<Office>, headers: HeaderMap) -> Result<Response, ApiError> {
    if let Some(token) = cookies::read(&headers, SESSION).map(token_hash) {
        let now_ms = office.now_ms();
        office
            .db()
            .write(move |tx| {
                if let Some((found, _)) = session::find(tx, token, now_ms)? {
                    session::end(tx, token)?;
                    audit::note(tx, &Deed::plain(now_ms, found.person, Act::SignOut))?;
                }
                Ok::<_, StoreError>(())
            })
            .await?;
    }
    let mut response = Json(serde_json::json!({})).into_response();
    if let Some(cookie) = office.jar().no_session() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// `GET /api/me`.
///
/// # Errors
/// What the database says.
pub async fn me(State(office): State<Office>, caller: Caller) -> Result<Json<Me>, ApiError> {
    let session = caller.session.clone();
    let scopes = caller.all_scopes.clone();
    let about = About::of(&office);
    let me = office.db().read(move |reader| about.me(reader, &session, &scopes)).await?;
    Ok(Json(me))
}

/// Begins a session, sets both cookies, and says who one is.
///
/// # Errors
/// What the database says.
pub async fn begin_session(
    office: &Office,
    person: PersonId,
    kind: SessionKind,
    device: Option<DeviceId>,
    act: Act,
) -> Result<Response, ApiError> {
    let now_ms = office.now_ms();
    let token = hex(&office.random::<32>());
    let session = Session::begin(token_hash(&token), person, kind, device, now_ms);
    let about = About::of(office);
    let me = office
        .db()
        .write(move |tx| {
            session.insert(tx)?;
            audit::note(tx, &Deed::plain(now_ms, person, act))?;
            let scopes = persons::scopes(tx, person)?;
            about.me(tx, &session, &scopes)
        })
        .await?;
    let mut response = Json(me).into_response();
    let headers = response.headers_mut();
    if let Some(cookie) = office.jar().session(&token, session::age_ms(kind)) {
        headers.append(header::SET_COOKIE, cookie);
    }
    if let Some(device) = device
        && let Some(cookie) = deposit_cookie(office, device, person)
    {
        headers.append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// A fresh deposit cookie.
#[must_use]
pub fn deposit_cookie(
    office: &Office,
    device: DeviceId,
    person: PersonId,
) -> Option<axum::http::HeaderValue> {
    let cookie = DepositCookie { device, person, issued_ms: office.now_ms() };
    office.jar().deposit(device, &cookie.seal(office.keys().deposit_mac()), deposit_cookie::AGE_MS)
}

/// Notes a wrong password for somebody known.
///
/// # Errors
/// What the database says.
pub(super) async fn note_refusal(office: &Office, person: Option<PersonId>) -> Result<(), ApiError> {
    let Some(person) = person else {
        return Ok(());
    };
    let deed = Deed::plain(office.now_ms(), person, Act::SignInRefused);
    office.db().write(move |tx| audit::note(tx, &deed)).await.map_err(ApiError::Store)
}

/// What is the same for everybody who asks who they are.
pub(super) struct About {
    key: protocol::sign_in::OfficeKey,
    now_ms: i64,
}

impl About {
    pub(super) fn of(office: &Office) -> Self {
        Self { key: office.keys().published(), now_ms: office.now_ms() }
    }

    pub(super) fn me(
        &self,
        reader: &Reader<'_>,
        session: &Session,
        scopes: &[Scope],
    ) -> Result<Me, ApiError> {
        let person = persons::by_id(reader, session.person)?.ok_or(RefusalCode::SignInNeeded)?;
        let union = settings::get(reader)?;
        Ok(Me {
            person: person.id,
            name: person.name,
            grants: scopes.iter().map(|scope| Grant { role: scope.role, unit: scope.unit }).collect(),
            kind: session.kind,
            expires_ms: session.expires_ms,
            server_time_ms: self.now_ms,
            key: self.key.clone(),
            union_name: union.name,
            utc_offset_minutes: union.utc_offset_minutes,
        })
    }
}

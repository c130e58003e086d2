//! Who may do what: THE table of every route. The router is built from it, so a route that is not
//! here does not exist; whoever is not named in a row is refused.
//!
//! A row says through which door one comes, and what the route reaches. Whether the thing asked for
//! lies in the caller's scope is decided by the handler with [`Caller::need`]; the caller it is
//! handed knows only the scopes whose role the row names. `tests/server` walks every row over HTTP:
//! every role, in scope, out of scope, and under another root of the tree.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post, put};
use protocol::sign_in::{REQUIRED_HEADER, REQUIRED_HEADER_VALUE, RefusalCode, Role};
use tower_http::compression::CompressionLayer;

use crate::api;
use crate::auth::caller::{Caller, Depositor};
use crate::auth::cookies::{self, SESSION};
use crate::auth::deposit_cookie::DepositCookie;
use crate::auth::session::{self, Session, token_hash};
use crate::error::ApiError;
use crate::office::Office;
use crate::union::persons;

/// How one comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Anybody.
    Open,
    /// Anybody, but only in a demonstration.
    Demo,
    /// Anybody signed in.
    SignedIn,
    /// Whoever holds one of these roles.
    Roles(&'static [Role]),
    /// Whoever brings a deposit cookie or a session.
    Deposit,
}

/// What a route reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Nothing that lies in a unit, or only what is the caller's own.
    Own,
    /// A list of what is in scope, and no more.
    List,
    /// One thing or subtree that must be in scope.
    Target,
    /// What holds in all the union: only from the top of the tree.
    Whole,
}

/// One row.
#[derive(Clone, Copy)]
pub struct Rule {
    /// `GET`, `POST`, `PUT`.
    pub method: &'static str,
    /// The path with its `{parts}`.
    pub path: &'static str,
    /// How one comes in.
    pub door: Door,
    /// What it reaches.
    pub reach: Reach,
    serve: fn() -> MethodRouter<Office>,
}

const EVERY_DESK: &[Role] = &[Role::Chair, Role::Registrar, Role::Supervisor, Role::Admin];
const EVERYBODY: &[Role] = &Role::ALL;
const KEEPERS: &[Role] = &[Role::Registrar, Role::Admin];
const ADMINS: &[Role] = &[Role::Admin];
const REGISTRARS: &[Role] = &[Role::Registrar];
const HELPERS: &[Role] = &[Role::Helper];
const FILES: &[Role] = &[Role::Registrar];
const FILERS: &[Role] = &[Role::Chair, Role::Registrar];
const READERS: &[Role] = &[Role::Chair, Role::Registrar, Role::Supervisor];
const FEEDBACK_READERS: &[Role] = &[Role::Chair, Role::Registrar, Role::Admin];

/// The table.
pub const TABLE: &[Rule] = &[
    row("GET", "/api/health", Door::Open, Reach::Own, || get(api::health::ask)),
    row("GET", "/api/office", Door::Open, Reach::Own, || get(api::office_card::show)),
    row("POST", "/api/sign-in", Door::Open, Reach::Own, || post(api::sign_in::sign_in)),
    row("POST", "/api/demo/sign-in", Door::Demo, Reach::Own, || post(api::sign_in::demo)),
    row("POST", "/api/sign-out", Door::Open, Reach::Own, || post(api::sign_in::sign_out)),
    row("POST", "/api/join/look", Door::Open, Reach::Own, || post(api::join::look)),
    row("POST", "/api/join", Door::Open, Reach::Own, || post(api::join::join)),
    row("POST", "/api/password", Door::SignedIn, Reach::Own, || post(api::password::change)),
    row("GET", "/api/me", Door::SignedIn, Reach::Own, || get(api::sign_in::me)),
    row("POST", "/api/deposit", Door::Deposit, Reach::Own, || post(api::deposit::take_in)),
    row("GET", "/api/changes", Door::Roles(HELPERS), Reach::List, || get(api::changes::page)),
    row("GET", "/api/scope", Door::Roles(HELPERS), Reach::List, || get(api::changes::scope)),
    row("POST", "/api/cards", Door::Roles(HELPERS), Reach::List, || post(api::changes::cards)),
    row("POST", "/api/office", Door::Roles(FILERS), Reach::Target, || post(api::desk_entries::take_in)),
    row("GET", "/api/coverage", Door::Roles(READERS), Reach::Target, || get(api::reports::coverage_of)),
    row("GET", "/api/households", Door::Roles(READERS), Reach::Target, || get(api::reports::list)),
    row("POST", "/api/households", Door::Roles(READERS), Reach::Target, || post(api::reports::sought)),
    row("GET", "/api/households/{household}", Door::Roles(READERS), Reach::Target, || {
        get(api::reports::file)
    }),
    row("GET", "/api/households/{household}/with/{other}", Door::Roles(FILES), Reach::Target, || {
        get(api::reports::together)
    }),
    row("GET", "/api/needs", Door::Roles(READERS), Reach::Target, || get(api::reports::needs)),
    row("GET", "/api/alerts", Door::Roles(READERS), Reach::Target, || get(api::reports::alerts)),
    row("GET", "/api/rivals", Door::Roles(READERS), Reach::Target, || get(api::reports::rivals)),
    row("GET", "/api/pairs", Door::Roles(READERS), Reach::Target, || get(api::reports::paired)),
    row("GET", "/api/quarantine", Door::Roles(READERS), Reach::Target, || get(api::reports::quarantined)),
    row("GET", "/api/proposals", Door::Roles(READERS), Reach::Target, || get(api::reports::proposals)),
    row("GET", "/api/phones", Door::Roles(READERS), Reach::Target, || get(api::phones::list)),
    row("POST", "/api/phones/{phone}/noted", Door::Roles(FILERS), Reach::Target, || {
        post(api::phones::mark_noted)
    }),
    row("POST", "/api/rescued", Door::Roles(FILES), Reach::Own, || post(api::rescued::take_in)),
    row("POST", "/api/similar", Door::Roles(FILES), Reach::List, || post(api::reports::similar)),
    row("GET", "/api/categories", Door::Roles(EVERYBODY), Reach::Own, || get(api::reports::all_categories)),
    row("PUT", "/api/categories", Door::Roles(ADMINS), Reach::Whole, || put(api::categories::put)),
    row("POST", "/api/categories/outlook", Door::Roles(ADMINS), Reach::Whole, || {
        post(api::categories::outlook)
    }),
    row("POST", "/api/categories/begin", Door::Roles(ADMINS), Reach::Whole, || post(api::categories::begin)),
    row("POST", "/api/feedback", Door::SignedIn, Reach::Own, || post(api::feedback::write)),
    row("GET", "/api/feedback", Door::Roles(FEEDBACK_READERS), Reach::List, || get(api::feedback::list)),
    row("POST", "/api/feedback/{feedback}/read", Door::Roles(FEEDBACK_READERS), Reach::Target, || {
        post(api::feedback::mark_read)
    }),
    row("GET", "/api/units", Door::Roles(EVERYBODY), Reach::List, || get(api::units::list)),
    row("POST", "/api/units", Door::Roles(KEEPERS), Reach::Target, || post(api::units::make)),
    row("PUT", "/api/units/{unit}", Door::Roles(KEEPERS), Reach::Target, || put(api::units::rename)),
    row("POST", "/api/units/{unit}/place", Door::Roles(KEEPERS), Reach::Target, || post(api::units::place)),
    row("POST", "/api/units/{unit}/close", Door::Roles(KEEPERS), Reach::Target, || post(api::units::close)),
    row("POST", "/api/units/{unit}/remove", Door::Roles(KEEPERS), Reach::Target, || post(api::units::remove)),
    row("GET", "/api/persons", Door::Roles(EVERY_DESK), Reach::Target, || get(api::persons::list)),
    row("POST", "/api/persons", Door::Roles(KEEPERS), Reach::Target, || post(api::persons::make)),
    row("PUT", "/api/persons/{person}", Door::Roles(KEEPERS), Reach::Target, || put(api::persons::change)),
    row("POST", "/api/persons/{person}/invite", Door::Roles(KEEPERS), Reach::Target, || {
        post(api::invitations::one)
    }),
    row("POST", "/api/invitations", Door::Roles(KEEPERS), Reach::Target, || post(api::invitations::many)),
    row("POST", "/api/persons/{person}/leave", Door::Roles(KEEPERS), Reach::Target, || {
        post(api::persons::leave)
    }),
    row("POST", "/api/persons/{person}/return", Door::Roles(KEEPERS), Reach::Target, || {
        post(api::persons::come_back)
    }),
    row("GET", "/api/persons/{person}/seats", Door::Roles(READERS), Reach::Target, || {
        get(api::seats::of_person)
    }),
    row("GET", "/api/helpers", Door::Roles(READERS), Reach::Target, || get(api::seats::loads)),
    row("POST", "/api/roster/files", Door::Roles(REGISTRARS), Reach::Own, || {
        post(api::roster::bring).layer(DefaultBodyLimit::max(api::roster::BODY_BYTES_MAX))
    }),
    row("POST", "/api/roster/preview", Door::Roles(REGISTRARS), Reach::Target, || post(api::roster::preview)),
    row("POST", "/api/roster/imports", Door::Roles(REGISTRARS), Reach::Target, || post(api::roster::take_in)),
    row("GET", "/api/roster/imports", Door::Roles(REGISTRARS), Reach::Target, || get(api::roster::list)),
    row("POST", "/api/roster/lists", Door::Roles(REGISTRARS), Reach::Own, || {
        post(api::roster::write_list).layer(DefaultBodyLimit::max(api::roster::BODY_BYTES_MAX))
    }),
    row("POST", "/api/roster/exports", Door::Roles(REGISTRARS), Reach::Target, || post(api::roster::export)),
    row("GET", "/api/roster/imports/{import}/withdrawal", Door::Roles(REGISTRARS), Reach::Target, || {
        get(api::roster::withdrawal)
    }),
    row("POST", "/api/roster/imports/{import}/withdraw", Door::Roles(REGISTRARS), Reach::Target, || {
        post(api::roster::withdraw)
    }),
    row("GET", "/api/union", Door::Roles(EVERY_DESK), Reach::Own, || get(api::union_settings::show)),
    row("PUT", "/api/union", Door::Roles(ADMINS), Reach::Whole, || put(api::union_settings::change)),
    row("GET", "/api/upkeep", Door::Roles(EVERY_DESK), Reach::Own, || get(api::upkeep::show)),
];

const fn row(
    method: &'static str,
    path: &'static str,
    door: Door,
    reach: Reach,
    serve: fn() -> MethodRouter<Office>,
) -> Rule {
    Rule { method, path, door, reach, serve }
}

/// The router of the API: exactly the rows of the table.
pub fn router(office: &Office) -> Router<Office> {
    let mut router = Router::new();
    for rule in TABLE {
        let guarded = (rule.serve)()
            .route_layer(from_fn_with_state((office.clone(), *rule), admit))
            .layer(DefaultBodyLimit::max(body_bytes_max(rule.door)));
        router = router.route(rule.path, guarded);
    }
    router.layer(CompressionLayer::new())
}

/// The largest body a door lets through: little for anybody, a full deposit with its overhead, a
/// hundred whole entries of a desk.
fn body_bytes_max(door: Door) -> usize {
    match door {
        Door::Open | Door::Demo => 16 * 1024,
        // Names of fields and of earlier devices come on top of what the phone counts.
        Door::Deposit => protocol::deposit::BODY_BYTES_MAX + 64 * 1024,
        Door::SignedIn | Door::Roles(_) => 8 * 1024 * 1024,
    }
}

/// Lets a request in as its row says, and renews what its contact renews.
async fn admit(
    State((office, rule)): State<(Office, Rule)>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    check_header(request.method(), request.headers())?;
    office.see_the_day().await;
    let renewed = match rule.door {
        Door::Open => None,
        Door::Demo if office.is_demo() => None,
        Door::Demo => return Err(RefusalCode::NotFound.into()),
        Door::SignedIn => Some(sign_in_needed(&office, &mut request, None).await?),
        Door::Roles(roles) => Some(sign_in_needed(&office, &mut request, Some(roles)).await?),
        Door::Deposit => deposit_needed(&office, &mut request).await?,
    };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    if let Some(Contact::Renewed { token, age_ms }) = renewed
        && let Some(cookie) = office.jar().session(&token, age_ms)
    {
        headers.append(header::SET_COOKIE, cookie);
    }
    Ok(response.into_response())
}

/// What a contact did to the session.
enum Contact {
    Noted,
    Renewed { token: String, age_ms: i64 },
}

fn check_header(method: &Method, headers: &HeaderMap) -> Result<(), RefusalCode> {
    let is_there = headers
        .get(REQUIRED_HEADER)
        .is_some_and(|value| value.as_bytes() == REQUIRED_HEADER_VALUE.as_bytes());
    if method == Method::GET || method == Method::HEAD || is_there {
        Ok(())
    } else {
        Err(RefusalCode::HeaderMissing)
    }
}

async fn sign_in_needed(
    office: &Office,
    request: &mut Request,
    roles: Option<&'static [Role]>,
) -> Result<Contact, ApiError> {
    let (session, all_scopes) =
        session_of(office, request.headers()).await?.ok_or(RefusalCode::SignInNeeded)?;
    // Whoever has left holds no role; only of those without one it is asked.
    let person = session.person;
    if all_scopes.is_empty() && office.db().read(move |reader| persons::has_left(reader, person)).await? {
        return Err(RefusalCode::Left.into());
    }
    let admits = |role: Role| roles.is_none_or(|roles| roles.contains(&role));
    let scopes: Vec<_> = all_scopes.iter().filter(|scope| admits(scope.role)).cloned().collect();
    if roles.is_some() && scopes.is_empty() {
        return Err(RefusalCode::NotAllowed.into());
    }
    let (session, contact) = renew(office, request.headers(), session).await?;
    request.extensions_mut().insert(Caller { session, scopes, all_scopes });
    Ok(contact)
}

async fn deposit_needed(office: &Office, request: &mut Request) -> Result<Option<Contact>, ApiError> {
    let (mac, now_ms) = (office.keys().deposit_mac(), office.now_ms());
    let cookies: Vec<DepositCookie> = cookies::deposits(request.headers())
        .filter_map(|value| DepositCookie::open(value, mac, now_ms))
        .collect();
    let latest = cookies.iter().max_by_key(|cookie| cookie.issued_ms).map(|cookie| cookie.person);
    let session = session_of(office, request.headers()).await?;
    let (person, contact) = match (session, latest) {
        (Some((session, _)), _) => {
            let (session, contact) = renew(office, request.headers(), session).await?;
            (session.person, Some(contact))
        }
        (None, Some(person)) => (person, None),
        (None, None) => return Err(RefusalCode::SignInNeeded.into()),
    };
    request.extensions_mut().insert(Depositor { person, cookies });
    Ok(contact)
}

type Found = Option<(Session, Vec<crate::auth::caller::Scope>)>;

async fn session_of(office: &Office, headers: &HeaderMap) -> Result<Found, ApiError> {
    let Some(token) = cookies::read(headers, SESSION).map(token_hash) else {
        return Ok(None);
    };
    let now_ms = office.now_ms();
    let found = office.db().read(move |reader| session::find(reader, token, now_ms)).await;
    Ok(found?)
}

async fn renew(
    office: &Office,
    headers: &HeaderMap,
    session: Session,
) -> Result<(Session, Contact), ApiError> {
    let now_ms = office.now_ms();
    let Some(token) = cookies::read(headers, SESSION).filter(|_| session.is_to_renew(now_ms)) else {
        return Ok((session, Contact::Noted));
    };
    let mut renewed = session.clone();
    renewed.expires_ms =
        office.db().write(move |tx| session.renew(tx, now_ms)).await.map_err(ApiError::Store)?;
    let contact = Contact::Renewed { token: token.to_owned(), age_ms: session::age_ms(renewed.kind) };
    Ok((renewed, contact))
}

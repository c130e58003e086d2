//! The first start: nobody can sign in yet, so a one-time link makes the first administrator.
//!
//! There is no default password. While nobody has set a password, each start makes a new link and
//! ends the one before.

use std::net::SocketAddr;

use domain::id::{CategoryId, PersonId, UnitId};
use domain::rules::Category;
use protocol::desk::{Level, PersonChange};
use protocol::sign_in::{DemoPerson, Grant, Role};

use crate::auth::invitation;
use crate::books::categories;
use crate::error::ApiError;
use crate::office::Office;
use crate::settings::Serve;
use crate::store::{StoreError, Tx};
use crate::union::{persons, units};

/// The name to sign in with until they write their own.
const FIRST_NAME: &str = "管理员";

/// What stands for the address that only whoever installs the office knows.
const ADDRESS: &str = "ADDRESS";

/// Where browsers find the office, as far as it can know: behind a proxy, or where it listens on all that the machine
/// has, the address is theirs to put in.
#[must_use]
pub fn site(asked: &Serve, listens: SocketAddr) -> String {
    let scheme = if asked.is_tls() { "https" } else { "http" };
    let usual = if asked.is_tls() { 443 } else { 80 };
    match listens {
        _ if asked.behind_proxy => format!("{scheme}://{ADDRESS}"),
        _ if !listens.ip().is_unspecified() => format!("{scheme}://{listens}"),
        _ if listens.port() == usual => format!("{scheme}://{ADDRESS}"),
        _ => format!("{scheme}://{ADDRESS}:{}", listens.port()),
    }
}

/// The lines to print; none once somebody has a password.
///
/// # Errors
/// What the database says.
pub async fn greet(office: &Office, site: &str) -> Result<Vec<String>, ApiError> {
    if office.is_demo() {
        let offered = office.db().read(persons::offered).await.map_err(ApiError::Store)?;
        return Ok(demonstration(offered, site));
    }
    let made = invitation::make(office.surroundings());
    let key = *office.keys().deposit_mac();
    let now_ms = office.now_ms();
    let fresh_person = PersonId::new(now_ms, office.random());
    let fresh_unit = UnitId::new(now_ms, office.random());
    let shipped = categories::shipped(categories::MINES_SIX, |_| CategoryId::new(now_ms, office.random()));
    let link = format!("{site}/desk/join#{}", made.token);
    let is_open = office
        .db()
        .write(move |tx| {
            if has_any_password(tx)? {
                return Ok::<_, ApiError>(false);
            }
            let person = first_person(tx, fresh_person, fresh_unit, &shipped, now_ms)?;
            invitation::insert(tx, &key, person, &made, None, now_ms)?;
            Ok(true)
        })
        .await?;
    let put_in =
        "ADDRESS is the name or the address by which phones reach this office: put it in, then open the link";
    let mut lines = Vec::new();
    if is_open {
        lines.push(format!("first administrator: {link}"));
        lines.extend(site.contains(ADDRESS).then(|| put_in.to_owned()));
    }
    Ok(lines)
}

/// Who is offered, and at which address: the desk and the phone each have their own.
fn demonstration(offered: Vec<DemoPerson>, site: &str) -> Vec<String> {
    // A browser keeps another session for each of the two names of this machine: one is enough.
    let site = site.replace("//127.0.0.1", "//localhost");
    let shown = |one: DemoPerson| format!("  {} ({}, {})", one.name, one.role.word(), one.unit_name);
    let (phone, desk): (Vec<_>, Vec<_>) = offered.into_iter().partition(|one| one.role == Role::Helper);
    let head =
        "demonstration: everybody is fictional; choose one of these at sign-in, no password".to_owned();
    let mut lines = vec![head, format!("the phone, {site}/")];
    lines.extend(phone.into_iter().map(shown));
    lines.push(format!("the desk, {site}/desk/"));
    lines.extend(desk.into_iter().map(shown));
    lines
}

fn has_any_password(tx: &Tx<'_>) -> Result<bool, StoreError> {
    Ok(tx.count("SELECT count(*) FROM person WHERE password IS NOT NULL", &[])? > 0)
}

/// The administrator who was made at an earlier start, or a new one at the root of a new tree.
fn first_person(
    tx: &Tx<'_>,
    person: PersonId,
    unit: UnitId,
    shipped: &[Category],
    now_ms: i64,
) -> Result<PersonId, ApiError> {
    let there =
        tx.first("SELECT person FROM role_grant WHERE role = 'admin' ORDER BY person LIMIT 1", &[], |row| {
            row.get::<PersonId>(0)
        })?;
    if let Some(there) = there {
        return Ok(there);
    }
    units::insert::<ApiError>(tx, unit, None, Level::Union, "", now_ms)?;
    for category in shipped {
        categories::put(tx, category)?;
    }
    let grants = [Role::Admin, Role::Registrar].map(|role| Grant { role, unit });
    let change = PersonChange {
        name: FIRST_NAME.to_owned(),
        sign_in_name: String::new(),
        unit,
        telephone: String::new(),
        grants: grants.to_vec(),
    };
    persons::put::<ApiError>(tx, person, &change, now_ms)?;
    Ok(person)
}

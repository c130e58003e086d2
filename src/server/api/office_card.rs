//! `GET /api/office`: what anybody who opens the app may know.

use axum::Json;
use axum::extract::State;
use protocol::sign_in::{DemoPerson, OfficeCard, Role};

use crate::error::ApiError;
use crate::office::Office;
use crate::store::{Reader, StoreError};
use crate::union::settings;

/// Answers.
///
/// # Errors
/// What the database says.
pub async fn show(State(office): State<Office>) -> Result<Json<OfficeCard>, ApiError> {
    let is_demo = office.is_demo();
    let read = move |reader: &Reader<'_>| {
        let demo = if is_demo { Some(demo_people(reader)?) } else { None };
        Ok::<_, StoreError>((settings::get(reader)?, demo))
    };
    let (union, demo) = office.db().read(read).await?;
    Ok(Json(OfficeCard {
        union_name: union.name,
        utc_offset_minutes: union.utc_offset_minutes,
        key: office.keys().published(),
        server_time_ms: office.now_ms(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo,
    }))
}

/// The first chair, registrar and supervisor of the demonstration, and a few helpers.
fn demo_people(reader: &Reader<'_>) -> Result<Vec<DemoPerson>, StoreError> {
    let offered = [(Role::Chair, 1), (Role::Registrar, 1), (Role::Supervisor, 1), (Role::Helper, 3)];
    let mut people = Vec::new();
    for (role, how_many) in offered {
        people.extend(reader.all(
            "SELECT p.id, p.name, u.name FROM role_grant g
             JOIN person p ON p.id = g.person JOIN unit u ON u.id = p.unit
             WHERE g.role = ?1 ORDER BY u.depth, p.id LIMIT ?2",
            crate::args![role.word(), how_many],
            |row| {
                Ok::<_, StoreError>(DemoPerson {
                    person: row.get(0)?,
                    name: row.get(1)?,
                    role,
                    unit_name: row.get(2)?,
                })
            },
        )?);
    }
    Ok(people)
}

//! Rosters: a file is brought, looked at, taken in as it was last shown, and taken back.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::day::Day;
use domain::id::{ImportId, UnitId};
use protocol::roster::{
    RosterAsked, RosterFile, RosterFormat, RosterList, RosterOut, RosterPreview, RosterTaken,
    RosterWithdrawal,
};
use protocol::sign_in::RefusalCode;
use roster::dated::Dated;
use roster::export::{Table, csv, xlsx};
use serde::Deserialize;

use super::body::{Asked, Body, Whole, filled, id};
use crate::audit::{self, Act, Deed};
use crate::auth::caller::Caller;
use crate::books::SqlBooks;
use crate::error::ApiError;
use crate::imports::{self, Brought, By, Out};
use crate::office::Office;
use crate::store::Reader;
use crate::union::settings;
use crate::union::units::{self, Unit};

/// What a body may weigh: one more byte than a roster may, so that the refusal is the roster's own.
pub const BODY_BYTES_MAX: usize = roster::refusal::FILE_BYTES_MAX + 1;

/// The longest name of a file, in characters.
const NAME_MAX_CHARS: usize = 200;

/// The query of `POST /api/roster/files`.
#[derive(Deserialize)]
pub struct Named {
    name: String,
}

/// `POST /api/roster/files?name=…`.
///
/// # Errors
/// The file is too large, or has no name.
pub async fn bring(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<Named>,
    Whole(body): Whole,
) -> Result<Json<RosterFile>, ApiError> {
    let name = filled(&asked.name, NAME_MAX_CHARS)?;
    let now_ms = office.now_ms();
    let file = office
        .db()
        .write(move |tx| Ok::<_, ApiError>(imports::bring(tx, caller.person(), &name, &body, now_ms)?))
        .await?;
    Ok(Json(RosterFile { file }))
}

/// `POST /api/roster/preview`: writes nothing but that somebody looked.
///
/// # Errors
/// The unit is out of scope, or the file is gone. A file that is refused is no error: the answer says why.
pub async fn preview(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<RosterAsked>,
) -> Result<Json<RosterPreview>, ApiError> {
    let now_ms = office.now_ms();
    let deed = Deed::upon(now_ms, caller.person(), Act::LookAtRoster, asked.unit);
    let preview = office
        .db()
        .read(move |reader| {
            let top = top(reader, &caller, asked.unit)?;
            let today = settings::today(reader, now_ms)?;
            day(&asked, None, today)?;
            let (name, body) = file(reader, &caller, &asked, now_ms)?;
            let opened = match roster::open(&body) {
                Ok(opened) => opened,
                Err(refusal) => return Ok(imports::refused(None, refusal)),
            };
            drop(body);
            let reaches = |path: &str| caller.reaches(path);
            let columns = imports::columns::<ApiError>(reader, &asked, &opened, (&top, today), reaches)?;
            let proposed = opened.propose(&columns.how());
            match opened.read(&columns.how()) {
                Ok(reading) => {
                    let dated = imports::dated(&reading, &name, today);
                    let day = day(&asked, dated.as_ref(), today)?;
                    let brought = Brought { by: caller.person(), file_name: &name };
                    let look = imports::look(reader, &asked, reading, &top, (day, today), &brought)?;
                    Ok::<_, ApiError>(imports::preview(
                        reader,
                        proposed.as_ref().ok(),
                        &look,
                        (&columns, dated),
                    )?)
                }
                Err(refusal) => Ok(imports::refused(proposed.as_ref().ok(), refusal)),
            }
        })
        .await?;
    // It shows households of the office beside the file's.
    office.db().write(move |tx| audit::note(tx, &deed)).await.map_err(ApiError::Store)?;
    Ok(Json(preview))
}

/// `POST /api/roster/imports`: takes in what was last shown, or nothing. A repeat changes nothing.
///
/// # Errors
/// The unit is out of scope, the file is gone or refused, or something changed since it was shown.
pub async fn take_in(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<RosterAsked>,
) -> Result<Json<RosterTaken>, ApiError> {
    let (now_ms, db) = (office.now_ms(), office.db().clone());
    let (who, what) = (caller.clone(), asked.clone());
    // Reading a large file takes longer than any write may hold up the others.
    let ready = db.read(move |reader| ready(reader, &who, &what, now_ms)).await?;
    let taken = db
        .write(move |tx| {
            let top = top(tx, &caller, asked.unit)?;
            if let Some(taken) = repeated(tx, &caller, &asked)? {
                return Ok(taken);
            }
            let Some(Ready { name, reading, today, day }) = ready else {
                return Err(RefusalCode::RosterChanged.into());
            };
            let brought = Brought { by: caller.person(), file_name: &name };
            let look = imports::look(tx, &asked, reading, &top, (day, today), &brought)?;
            if look.stamp != asked.seen {
                return Err(RefusalCode::RosterChanged.into());
            }
            // Ten thousand entries at once are not those that are read again soon.
            let mut books = SqlBooks::open(tx, today);
            let mut nonce = || office.random();
            let mut by = By { person: caller.person(), now_ms, file_name: &name, nonce: &mut nonce };
            let taken = imports::take_in::<ApiError>(tx, &mut books, &asked, &look, &mut by)?;
            audit::note(tx, &Deed::upon(now_ms, caller.person(), Act::Import, asked.import))?;
            Ok::<_, ApiError>(taken)
        })
        .await?;
    Ok(Json(taken))
}

/// A file that was read and may go in.
struct Ready {
    name: String,
    reading: roster::Reading,
    today: Day,
    day: Day,
}

/// Reads the file; none where this was taken in before.
fn ready(
    reader: &Reader<'_>,
    caller: &Caller,
    asked: &RosterAsked,
    now_ms: i64,
) -> Result<Option<Ready>, ApiError> {
    let top = top(reader, caller, asked.unit)?;
    if repeated(reader, caller, asked)?.is_some() {
        return Ok(None);
    }
    let today = settings::today(reader, now_ms)?;
    day(asked, None, today)?;
    let (name, body) = file(reader, caller, asked, now_ms)?;
    let changed = |_| ApiError::from(RefusalCode::RosterChanged);
    let opened = roster::open(&body).map_err(changed)?;
    drop(body);
    let columns = imports::columns::<ApiError>(reader, asked, &opened, (&top, today), |_| false)?;
    let reading = opened.read(&columns.how()).map_err(changed)?;
    let day = day(asked, imports::dated(&reading, &name, today).as_ref(), today)?;
    Ok(Some(Ready { name, reading, today, day }))
}

/// The receipt of what was taken in before, where it was the same.
fn repeated(
    reader: &Reader<'_>,
    caller: &Caller,
    asked: &RosterAsked,
) -> Result<Option<RosterTaken>, ApiError> {
    let Some(taken) = imports::one(reader, asked.import)? else { return Ok(None) };
    caller.need(&units::path_of::<ApiError>(reader, taken.unit)?)?;
    if imports::seen(reader, asked.import)?.as_deref() != Some(asked.seen.as_str()) {
        return Err(RefusalCode::RosterChanged.into());
    }
    Ok(Some(taken))
}

/// The query of `GET /api/roster/imports`.
#[derive(Deserialize)]
pub struct Under {
    unit: String,
}

/// `GET /api/roster/imports?unit=…`.
///
/// # Errors
/// The unit is out of scope.
pub async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<Under>,
) -> Result<Json<Vec<RosterTaken>>, ApiError> {
    let unit = id(&asked.unit, UnitId::parse)?;
    let list = office
        .db()
        .read(move |reader| {
            let top = top(reader, &caller, unit)?;
            Ok::<_, ApiError>(imports::list(reader, &top.path, |path| caller.reaches(path))?)
        })
        .await?;
    Ok(Json(list))
}

/// `GET /api/roster/imports/{import}/withdrawal`: what taking it back would do.
///
/// # Errors
/// Out of scope, or a later file says something of the same households.
pub async fn withdrawal(
    State(office): State<Office>,
    caller: Caller,
    Path(import): Path<String>,
) -> Result<Json<RosterWithdrawal>, ApiError> {
    let import = id(&import, ImportId::parse)?;
    let told = office
        .db()
        .read(move |reader| {
            reach(reader, &caller, import)?;
            // Nobody is shown what they would then be refused.
            if imports::is_built_upon(reader, import)? {
                return Err(RefusalCode::RosterBuiltUpon.into());
            }
            Ok::<_, ApiError>(imports::withdrawal(reader, import)?)
        })
        .await?;
    Ok(Json(told))
}

/// Whoever takes a file back must reach all that it says something of.
fn reach(reader: &Reader<'_>, caller: &Caller, import: ImportId) -> Result<(), ApiError> {
    let taken = imports::one(reader, import)?.ok_or(RefusalCode::NotFound)?;
    top(reader, caller, taken.unit)?;
    for place in imports::places(reader, import)? {
        caller.need(&place)?;
    }
    Ok(())
}

/// `POST /api/roster/imports/{import}/withdraw`: takes a whole file back.
///
/// # Errors
/// Out of scope, or a later file says something of the same households.
pub async fn withdraw(
    State(office): State<Office>,
    caller: Caller,
    Path(import): Path<String>,
) -> Result<Json<RosterTaken>, ApiError> {
    let import = id(&import, ImportId::parse)?;
    let (now_ms, db) = (office.now_ms(), office.db().clone());
    let taken = db
        .write(move |tx| {
            reach(tx, &caller, import)?;
            let mut books = SqlBooks::open(tx, settings::today(tx, now_ms)?);
            let by = (caller.person(), now_ms);
            let taken = imports::withdraw::<ApiError>(tx, &mut books, import, by, &mut || office.random())?;
            audit::note(tx, &Deed::upon(now_ms, caller.person(), Act::WithdrawImport, import))?;
            Ok::<_, ApiError>(taken)
        })
        .await?;
    Ok(Json(taken))
}

/// `POST /api/roster/exports`: the roster of a unit as a file.
///
/// # Errors
/// The unit is out of scope.
pub async fn export(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<RosterOut>,
) -> Result<Response, ApiError> {
    let (now_ms, id) = (office.now_ms(), ImportId::new(office.now_ms(), office.random()));
    let person = caller.person();
    // Writing a large workbook takes longer than any write may hold up the others.
    let (top, written, out) = office
        .db()
        .read(move |reader| {
            let top = top(reader, &caller, asked.unit)?;
            let out = Out { id, person, now_ms, today: settings::today(reader, now_ms)? };
            let written = imports::export(reader, &top, asked.format, &out)?;
            Ok::<_, ApiError>((top, written, out))
        })
        .await?;
    let name = imports::name_of(&top, out.today);
    let bytes = office
        .db()
        .write(move |tx| {
            imports::keep(tx, &top, &written, &out)?;
            audit::note(tx, &Deed::upon(now_ms, person, Act::Export, asked.unit))?;
            Ok::<_, ApiError>(written.bytes)
        })
        .await?;
    Ok(as_file(&name, asked.format, bytes))
}

/// `POST /api/roster/lists`: what the desk has found in a roster, as a file; nothing of it is kept.
///
/// # Errors
/// More rows than a sheet holds, or a name that no sheet may have.
pub async fn write_list(Body(asked): Body<RosterList>) -> Result<Response, ApiError> {
    let RosterList { name, format, columns, rows } = asked;
    let (table, sheet) = (Table::of_texts(columns, rows), name.clone());
    // No cell is a day, so that of today is never asked for.
    let today = Day::from_number(0);
    let written = move || match format {
        RosterFormat::Xlsx => xlsx(&sheet, &table, today).map_err(|_| RefusalCode::FieldInvalid),
        RosterFormat::Csv => Ok(csv(&table, today)),
    };
    let bytes = tokio::task::spawn_blocking(written).await.map_err(ApiError::internal)??;
    Ok(as_file(&name, format, bytes))
}

/// An answer that a browser saves under this name.
fn as_file(name: &str, format: RosterFormat, bytes: Vec<u8>) -> Response {
    let (kind, ending) = match format {
        RosterFormat::Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        RosterFormat::Csv => ("text/csv; charset=utf-8", "csv"),
    };
    let name: String = format!("{name}.{ending}").bytes().map(percent).collect();
    let disposition = format!("attachment; filename*=UTF-8''{name}");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}

/// A byte as a header takes it (RFC 5987).
fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

fn top(reader: &Reader<'_>, caller: &Caller, unit: UnitId) -> Result<Unit, ApiError> {
    let top = units::find(reader, unit)?.ok_or(RefusalCode::NotFound)?;
    caller.need(&top.path)?;
    Ok(top)
}

fn file(
    reader: &Reader<'_>,
    caller: &Caller,
    asked: &RosterAsked,
    now_ms: i64,
) -> Result<(String, Vec<u8>), ApiError> {
    Ok(imports::body_of(reader, caller.person(), &asked.file, now_ms)?.ok_or(RefusalCode::RosterFileGone)?)
}

/// The day as of which the roster holds: a person's, else its own, else today; not one that is still to come.
fn day(asked: &RosterAsked, dated: Option<&Dated>, today: Day) -> Result<Day, RefusalCode> {
    match asked.day {
        Some(day) if day > today => Err(RefusalCode::FieldInvalid),
        Some(day) => Ok(day),
        None => Ok(dated.map_or(today, |dated| dated.day)),
    }
}

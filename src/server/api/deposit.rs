//! `POST /api/deposit`: takes records in, whatever they hold, and gives one receipt each.
//!
//! Seals are opened before the transaction. In it the ledger decides; a record it stumbles over
//! keeps no other back: after an unexpected failure the batch is taken in record by record.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::day::Day;
use domain::entry::OFFICE;
use domain::id::{DeviceId, PersonId};
use protocol::deposit::{Deposit, DepositAnswer, Head, RECORDS_MAX, Receipt, Short};
use protocol::record::{self, Record};
use protocol::sign_in::RefusalCode;
use sync::ledger::{self, Arrival, Books};

use super::body::Body;
use super::erasing;
use super::sign_in::deposit_cookie;
use crate::args;
use crate::auth::caller::Depositor;
use crate::books::SqlBooks;
use crate::error::ApiError;
use crate::office::Office;
use crate::report::phones;
use crate::store::{Reader, StoreError, Tx};
use crate::union::{persons, settings};

/// Takes a deposit in.
///
/// # Errors
/// More records than one deposit may have; the database. Never for what a record holds.
pub async fn take_in(
    State(office): State<Office>,
    depositor: Depositor,
    Body(mut asked): Body<Deposit>,
) -> Result<Response, ApiError> {
    if asked.records.len() > RECORDS_MAX {
        return Err(RefusalCode::TooLarge.into());
    }
    let device = asked.device;
    let person = depositor.of(device, &asked.devices);
    let arrivals = open_all(&office, std::mem::take(&mut asked.records)).await?;
    let now_ms = office.now_ms();
    let fresh = Short::from_bytes(office.random());
    let is_own = arrivals.iter().filter_map(Arrival::author).all(|author| author == person);
    let taking = Taking {
        office: office.clone(),
        asked,
        arrivals,
        person,
        in_touch: true,
        is_own: true,
        fresh,
        now_ms,
    };
    let Taken { receipts, head, held, owner } = office.db().write(move |tx| taking.write(tx)).await?;
    erasing::list_what_fell(&office, &receipts).await;
    let answer =
        DepositAnswer { receipts, head, server_time_ms: now_ms, held, key: office.keys().published() };
    let mut response = Json(answer).into_response();
    // Whoever is signed in may bring what another made here, and does not become its bringer for good.
    if device != OFFICE
        && is_own
        && owner == Some(person)
        && let Some(cookie) = deposit_cookie(&office, device, person)
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The fewest records worth a thread of their own.
const SHARE_MIN: usize = 16;

/// Opens what a key of ours fits and reads it; some hundred microseconds each, so on every core, and
/// not on the threads that answer.
pub(super) async fn open_all(office: &Office, mut records: Vec<Record>) -> Result<Vec<Arrival>, ApiError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = records.len().div_ceil(cores).max(SHARE_MIN);
    let mut opening = Vec::new();
    while !records.is_empty() {
        let later = records.split_off(share.min(records.len()));
        let (some, office) = (std::mem::replace(&mut records, later), office.clone());
        opening.push(tokio::task::spawn_blocking(move || {
            some.into_iter().map(|record| open(&office, record)).collect::<Vec<_>>()
        }));
    }
    let mut arrivals = Vec::new();
    for opened in opening {
        arrivals.extend(opened.await.map_err(ApiError::internal)?);
    }
    Ok(arrivals)
}

fn open(office: &Office, record: Record) -> Arrival {
    let secret = office.keys().secret(&record.sealed_to);
    let plain = secret.and_then(|secret| record::open(&record.bytes, secret).ok());
    Arrival::of(record, plain)
}

/// What one write of a deposit needs.
pub(super) struct Taking {
    office: Office,
    /// Its records are in `arrivals`.
    asked: Deposit,
    arrivals: Vec<Arrival>,
    person: PersonId,
    /// The phone itself is in touch, and not only what it saved to a file.
    in_touch: bool,
    /// Whoever it is taken in for made it, and the device is theirs.
    is_own: bool,
    fresh: Short,
    now_ms: i64,
}

/// What came of it.
pub(super) struct Taken {
    pub(super) receipts: Vec<Receipt>,
    head: Head,
    held: u64,
    /// Whose the device is, as the office first heard of it.
    owner: Option<PersonId>,
}

impl Taking {
    /// Records that somebody brings for a person, out of a file.
    pub(super) fn of_file(
        office: &Office,
        asked: &Deposit,
        arrivals: Vec<Arrival>,
        person: PersonId,
        now_ms: i64,
    ) -> Self {
        // A file shows no head that the office could have forgotten.
        let asked = Deposit { shown: None, ..asked.clone() };
        let fresh = Short::from_bytes(office.random());
        let is_own = arrivals.iter().all(|arrival| arrival.author() == Some(person));
        Self { office: office.clone(), asked, arrivals, person, in_touch: false, is_own, fresh, now_ms }
    }

    pub(super) fn write(&self, tx: &Tx<'_>) -> Result<Taken, StoreError> {
        let today = settings::today(tx, self.now_ms)?;
        ledger::meet(&mut SqlBooks::open(tx, today), self.asked.shown, self.fresh, self.now_ms)?;
        let receipts = self.take_in(tx, today)?;
        let brought = self.arrivals.iter().map(|arrival| arrival.record().device);
        if self.is_own {
            phones::note(tx, self.person, &self.asked, brought, self.now_ms)?;
        }
        if self.in_touch {
            persons::seen(tx, self.person, self.now_ms)?;
        }
        let head = SqlBooks::open(tx, today).count()?.head();
        let device = self.asked.device;
        Ok(Taken { receipts, head, held: held(tx, device)?, owner: phones::owner(tx, device)? })
    }

    fn take_in(&self, tx: &Tx<'_>, today: Day) -> Result<Vec<Receipt>, StoreError> {
        match tx.nested(|tx| self.take_in_some(tx, &self.arrivals, today)) {
            Ok(receipts) => Ok(receipts),
            Err(StoreError::DiskFull) => Err(StoreError::DiskFull),
            Err(cause) => {
                let cause: &dyn std::error::Error = &cause;
                tracing::error!(cause, "a batch was not taken in whole: now record by record");
                self.take_in_each(tx, today)
            }
        }
    }

    /// One by one; what fails even so gets no receipt, and its phone keeps it.
    fn take_in_each(&self, tx: &Tx<'_>, today: Day) -> Result<Vec<Receipt>, StoreError> {
        let mut receipts = Vec::new();
        for arrival in &self.arrivals {
            match tx.nested(|tx| self.take_in_some(tx, std::slice::from_ref(arrival), today)) {
                Ok(receipt) => receipts.extend(receipt),
                Err(StoreError::DiskFull) => return Err(StoreError::DiskFull),
                Err(cause) => {
                    let cause: &dyn std::error::Error = &cause;
                    tracing::error!(cause, entry = %arrival.record().id, "a record was not taken in");
                }
            }
        }
        Ok(receipts)
    }

    fn take_in_some(
        &self,
        tx: &Tx<'_>,
        arrivals: &[Arrival],
        today: Day,
    ) -> Result<Vec<Receipt>, StoreError> {
        let mut books = SqlBooks::open(tx, today).remembering(self.office.readings());
        ledger::take_in(&mut books, self.person, arrivals, self.now_ms)
    }
}

/// The highest seq the office holds of a device.
fn held(reader: &Reader<'_>, device: DeviceId) -> Result<u64, StoreError> {
    let highest = reader.first("SELECT max(seq) FROM entry WHERE device = ?1", args![device], |row| {
        row.get::<Option<u64>>(0)
    })?;
    Ok(highest.flatten().unwrap_or(0))
}

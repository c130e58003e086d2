//! The union's categories: what each is called, how often it is visited, how long what is known holds.
//!
//! Only who administers the whole union sets them. What held before today stays as it was.

use axum::Json;
use axum::extract::State;
use domain::day::Day;
use domain::id::CategoryId;
use domain::rules::{Category, Rule};
use protocol::desk::{BeginWith, CategoriesChange, Outlook, OutlookAsked, ShippedSet};
use protocol::sign_in::RefusalCode;

use super::body::{Body, filled};
use super::units::need_a_root;
use crate::audit::{self, Act, Deed};
use crate::auth::caller::Caller;
use crate::books::{categories, recount};
use crate::error::ApiError;
use crate::office::Office;
use crate::store::{Reader, Tx};
use crate::union::settings;

/// The longest name of a category, in characters.
const NAME_MAX_CHARS: usize = 20;

/// The most rows a union has.
const ROWS_MAX: usize = 50;

/// For how many days something may hold, or go unvisited: ten years.
const DAYS: std::ops::RangeInclusive<u16> = 1..=3_660;

/// `PUT /api/categories`.
///
/// # Errors
/// Not theirs to set, a name that is none or taken, days that are none, a rule that would have held before today.
pub async fn put(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<CategoriesChange>,
) -> Result<Json<Vec<Category>>, ApiError> {
    write(&office, caller, move |tx, today| {
        for row in &asked.rows {
            put_one(tx, row, today)?;
        }
        let all = categories::all(tx)?;
        let names: std::collections::BTreeSet<&str> = all.iter().map(|row| row.name.as_str()).collect();
        if names.len() < all.len() || all.len() > ROWS_MAX {
            return Err(RefusalCode::FieldInvalid.into());
        }
        Ok(())
    })
    .await
}

/// `POST /api/categories/begin`.
///
/// # Errors
/// Not theirs to set, or the union has households.
pub async fn begin(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<BeginWith>,
) -> Result<Json<Vec<Category>>, ApiError> {
    let set = match asked.set {
        ShippedSet::MinesSix => categories::MINES_SIX,
        ShippedSet::NationalThree => categories::NATIONAL_THREE,
    };
    let now_ms = office.now_ms();
    let rows = categories::shipped(set, |_| CategoryId::new(now_ms, office.random()));
    write(&office, caller, move |tx, _| {
        if tx.count("SELECT count(*) FROM entry", &[])? > 0 {
            return Err(RefusalCode::CategoriesInUse.into());
        }
        categories::clear(tx)?;
        rows.iter().try_for_each(|row| categories::put(tx, row).map_err(ApiError::from))
    })
    .await
}

/// `POST /api/categories/outlook`: how many households another interval would make overdue.
///
/// # Errors
/// Not theirs to set, or days that are none.
pub async fn outlook(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<OutlookAsked>,
) -> Result<Json<Outlook>, ApiError> {
    if !DAYS.contains(&asked.visit_every_days) {
        return Err(RefusalCode::FieldInvalid.into());
    }
    let read = move |reader: &Reader<'_>| {
        need_a_root(&caller, reader)?;
        let held = categories::all(reader)?.into_iter().find(|row| row.id == asked.category);
        let held = held.map_or(asked.visit_every_days, |row| row.rule_on(asked.from).visit_every_days);
        let overdue = |every: u16| recount::overdue(reader, asked.category, every, asked.from);
        Ok::<_, ApiError>(Outlook {
            households: recount::households(reader, asked.category)?,
            overdue_before: overdue(held)?,
            overdue_after: overdue(asked.visit_every_days)?,
        })
    };
    Ok(Json(office.db().read(read).await?))
}

async fn write(
    office: &Office,
    caller: Caller,
    change: impl FnOnce(&Tx<'_>, Day) -> Result<(), ApiError> + Send + 'static,
) -> Result<Json<Vec<Category>>, ApiError> {
    let now_ms = office.now_ms();
    let rows = office
        .db()
        .write(move |tx| {
            need_a_root(&caller, tx)?;
            change(tx, settings::today(tx, now_ms)?)?;
            audit::note(tx, &Deed::plain(now_ms, caller.person(), Act::Categories))?;
            Ok::<_, ApiError>(categories::all(tx)?)
        })
        .await?;
    office.count_anew().await;
    Ok(Json(rows))
}

fn put_one(tx: &Tx<'_>, row: &Category, today: Day) -> Result<(), ApiError> {
    let name = filled(&row.name, NAME_MAX_CHARS)?;
    if row.rules.is_empty() || !row.rules.iter().all(is_sound) {
        return Err(RefusalCode::FieldInvalid.into());
    }
    let there = categories::all(tx)?.into_iter().find(|there| there.id == row.id);
    if let Some(there) = &there
        && there.past(today) != row.past(today)
    {
        return Err(RefusalCode::RulesPast.into());
    }
    let row = Category { name, ..row.clone() };
    categories::put(tx, &row)?;
    if there.is_some_and(|there| there.rule_on(today) != row.rule_on(today)) {
        recount::begin(tx, row.id)?;
    }
    Ok(())
}

fn is_sound(rule: &Rule) -> bool {
    let valid = domain::item::Item::ALL.into_iter().all(|item| DAYS.contains(rule.valid_days.get(item)));
    valid && DAYS.contains(&rule.visit_every_days)
}

//! What the desk reads: figures and lists of a subtree, and one household's file.
//!
//! Reading a file writes an audit row first; without the row nothing is shown.

use axum::Json;
use axum::extract::{Path, State};
use domain::day::Day;
use domain::id::{HouseholdId, PersonId, UnitId};
use domain::rules::Category;
use protocol::office::{
    AlertRow, CoverageReport, HouseholdFile, HouseholdList, HouseholdsQuery, NeedRow, PairRow, ProposalRow,
    QuarantineRow, RivalRow, Show, Similar, SimilarAsked,
};
use protocol::sign_in::{RefusalCode, Role};
use serde::Deserialize;

use super::body::{Asked, Body, id};
use super::desk_entries::path_of_household;
use crate::audit::{self, Act, Deed};
use crate::auth::caller::Caller;
use crate::books::categories;
use crate::books::likeness::Traits;
use crate::error::ApiError;
use crate::imports::id_hash;
use crate::office::Office;
use crate::report::lists::NeedStage;
use crate::report::similar::{self, Candidate};
use crate::report::{coverage, feedback, household, households, lists, merged, pairs, quarantine};
use crate::store::{Reader, StoreError, Tx};
use crate::union::units::{self, Unit};
use crate::union::{seats, settings};

/// The query of most lists.
#[derive(Deserialize)]
pub struct Under {
    /// The top of the subtree.
    pub unit: String,
    /// `0` shows what is done, anything else what is open; of needs, `untold` shows a part of what is done.
    #[serde(default)]
    open: Option<String>,
    /// How many rows of the list come before those asked for.
    #[serde(default)]
    pub skip: u32,
}

impl Under {
    /// Whether what is open is asked for.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.as_deref() != Some("0")
    }

    fn need_stage(&self) -> NeedStage {
        match self.open.as_deref() {
            Some("0") => NeedStage::Told,
            Some("untold") => NeedStage::Untold,
            _ => NeedStage::Open,
        }
    }
}

/// Reads something of a subtree, once it is known to be in scope.
///
/// # Errors
/// The unit is out of scope.
pub async fn of_subtree<T: Send + 'static>(
    office: &Office,
    caller: Caller,
    unit: &str,
    read: impl FnOnce(&Reader<'_>, &Unit, Day) -> Result<T, StoreError> + Send + 'static,
) -> Result<Json<T>, ApiError> {
    let unit = id(unit, UnitId::parse)?;
    let now_ms = office.now_ms();
    let found = office
        .db()
        .read(move |reader| {
            let unit = units::find(reader, unit)?.ok_or(RefusalCode::NotFound)?;
            caller.need(&unit.path)?;
            Ok::<_, ApiError>(read(reader, &unit, settings::today(reader, now_ms)?)?)
        })
        .await?;
    Ok(Json(found))
}

/// The same of a list that shows what stands in files: that somebody read it is on record, where anything was in it.
async fn of_files<T: Send + 'static>(
    office: &Office,
    caller: Caller,
    list: &'static str,
    unit: &str,
    read: impl FnOnce(&Reader<'_>, &Unit, Day) -> Result<Vec<T>, StoreError> + Send + 'static,
) -> Result<Json<Vec<T>>, ApiError> {
    let person = caller.person();
    let rows = of_subtree(office, caller, unit, read).await?;
    if !rows.is_empty() {
        read_list(office, person, format!("{list} {unit}")).await?;
    }
    Ok(rows)
}

/// That somebody read what stands in several files at once is on record.
async fn read_list(office: &Office, person: PersonId, what: String) -> Result<(), ApiError> {
    let deed = Deed::upon(office.now_ms(), person, Act::ReadList, format_args!("{what}"));
    office.db().write(move |tx| audit::note(tx, &deed)).await.map_err(ApiError::Store)
}

/// `GET /api/coverage?unit=…`.
///
/// # Errors
/// The unit is out of scope.
pub async fn coverage_of(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<Under>,
) -> Result<Json<CoverageReport>, ApiError> {
    let reads_feedback = caller.scopes.iter().any(|scope| scope.role != Role::Supervisor);
    of_subtree(&office, caller, &asked.unit, move |reader, unit, today| {
        let mut report = coverage::report(reader, unit, today)?;
        if reads_feedback {
            report.todo.feedback = feedback::unread(reader, &unit.path)?;
        }
        Ok(report)
    })
    .await
}

/// `GET /api/households?unit=…&show=…&helper=…&search=…&skip=…&take=…`. It finds nobody by a whole ID number: that has no
/// place in an address, which stays in histories and logs. By its last four signs, which pages show, it does.
///
/// # Errors
/// The unit is out of scope.
pub async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<HouseholdsQuery>,
) -> Result<Json<HouseholdList>, ApiError> {
    listed(&office, caller, asked, String::new()).await
}

/// `POST /api/households`: the same where an ID number may be among what is sought.
///
/// # Errors
/// The unit is out of scope.
pub async fn sought(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<HouseholdsQuery>,
) -> Result<Json<HouseholdList>, ApiError> {
    let id_hash = id_sought(&asked.search);
    listed(&office, caller, asked, id_hash).await
}

async fn listed(
    office: &Office,
    caller: Caller,
    asked: HouseholdsQuery,
    id_hash: String,
) -> Result<Json<HouseholdList>, ApiError> {
    let unit = asked.unit.clone();
    let helper = (!asked.helper.is_empty()).then(|| id(&asked.helper, PersonId::parse)).transpose()?;
    let (own, person) = (caller.clone(), caller.person());
    let list = of_subtree(office, caller, &unit, move |reader, unit, today| {
        let name = |helper| seats::name_in_scope(reader, helper, today, |path| own.reaches(path));
        let helper_name = helper.map(name).transpose()?.flatten().unwrap_or_default();
        let asked = households::Asked {
            top: &unit.path,
            show: Show::parse(&asked.show),
            helper,
            search: &asked.search,
            id_hash: &id_hash,
            skip: asked.skip,
            take: asked.take,
        };
        Ok(HouseholdList { helper_name, ..households::list(reader, &asked, today)? })
    })
    .await?;
    if !list.households.is_empty() {
        read_list(office, person, format!("households {unit}")).await?;
    }
    Ok(list)
}

/// The fingerprint of what was typed, where it is a whole ID number: part of one finds nobody.
fn id_sought(search: &str) -> String {
    let signs = search.chars().filter(|sign| !sign.is_whitespace());
    let number: String = signs.map(|sign| sign.to_ascii_uppercase()).collect();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let is_whole = matches!((number.len(), digits), (15, 15) | (18, 17 | 18));
    if is_whole { id_hash(&roster::id_number::key(&number)) } else { String::new() }
}

/// `GET /api/households/{household}`.
///
/// # Errors
/// The household is out of scope; or the audit row could not be written.
pub async fn file(
    State(office): State<Office>,
    caller: Caller,
    Path(household): Path<String>,
) -> Result<Json<HouseholdFile>, ApiError> {
    let household = id(&household, HouseholdId::parse)?;
    let now_ms = office.now_ms();
    let deed =
        Deed { household: Some(household), ..Deed::plain(now_ms, caller.person(), Act::ReadHousehold) };
    let found = office
        .db()
        .read(move |reader| {
            let household = merged::shared(reader, household)?;
            let path = path_of_household(reader, household)?.ok_or(RefusalCode::NotFound)?;
            caller.need(&path)?;
            let today = settings::today(reader, now_ms)?;
            Ok::<_, ApiError>(household::file(reader, household, today)?.ok_or(RefusalCode::NotFound)?)
        })
        .await?;
    office.db().write(move |tx| audit::note(tx, &deed)).await.map_err(ApiError::Store)?;
    Ok(Json(found))
}

/// `GET /api/households/{household}/with/{other}`: two files as they would be as one.
///
/// # Errors
/// One of them is out of scope; or an audit row could not be written.
pub async fn together(
    State(office): State<Office>,
    caller: Caller,
    Path((one, other)): Path<(String, String)>,
) -> Result<Json<HouseholdFile>, ApiError> {
    let both = [id(&one, HouseholdId::parse)?, id(&other, HouseholdId::parse)?];
    let (now_ms, person) = (office.now_ms(), caller.person());
    let found = office
        .db()
        .read(move |reader| {
            for household in both {
                let path = path_of_household(reader, household)?.ok_or(RefusalCode::NotFound)?;
                caller.need(&path)?;
            }
            let today = settings::today(reader, now_ms)?;
            Ok::<_, ApiError>(household::together(reader, both, today)?.ok_or(RefusalCode::NotFound)?)
        })
        .await?;
    let note = move |tx: &Tx<'_>| {
        both.into_iter().try_for_each(|household| {
            let deed = Deed::plain(now_ms, person, Act::ReadHousehold);
            audit::note(tx, &Deed { household: Some(household), ..deed })
        })
    };
    office.db().write(note).await.map_err(ApiError::Store)?;
    Ok(Json(found))
}

/// `GET /api/needs?unit=…&open=1`.
///
/// # Errors
/// The unit is out of scope.
pub async fn needs(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<Under>,
) -> Result<Json<Vec<NeedRow>>, ApiError> {
    let (stage, skip) = (asked.need_stage(), asked.skip);
    of_files(&office, caller, "needs", &asked.unit, move |reader, unit, today| {
        lists::needs(reader, &unit.path, stage, today, skip)
    })
    .await
}

/// `GET /api/alerts?unit=…&open=1`.
///
/// # Errors
/// The unit is out of scope.
pub async fn alerts(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<Under>,
) -> Result<Json<Vec<AlertRow>>, ApiError> {
    let (open, skip) = (asked.is_open(), asked.skip);
    of_files(&office, caller, "alerts", &asked.unit, move |reader, unit, _| {
        lists::alerts(reader, &unit.path, open, skip)
    })
    .await
}

/// `GET /api/rivals?unit=…`.
///
/// # Errors
/// The unit is out of scope.
pub async fn rivals(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<Under>,
) -> Result<Json<Vec<RivalRow>>, ApiError> {
    of_files(&office, caller, "rivals", &asked.unit, move |reader, unit, _| {
        lists::rivals(reader, &unit.path, asked.skip)
    })
    .await
}

/// `GET /api/pairs?unit=…`.
///
/// # Errors
/// The unit is out of scope.
pub async fn paired(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<Under>,
) -> Result<Json<Vec<PairRow>>, ApiError> {
    of_files(&office, caller, "pairs", &asked.unit, move |reader, unit, _| {
        pairs::list(reader, &unit.path, asked.skip)
    })
    .await
}

/// `GET /api/quarantine?unit=…`.
///
/// # Errors
/// The unit is out of scope.
pub async fn quarantined(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<Under>,
) -> Result<Json<Vec<QuarantineRow>>, ApiError> {
    of_files(&office, caller, "quarantine", &asked.unit, move |reader, unit, _| {
        quarantine::list(reader, &unit.path, asked.skip)
    })
    .await
}

/// `GET /api/proposals?unit=…`.
///
/// # Errors
/// The unit is out of scope.
pub async fn proposals(
    State(office): State<Office>,
    caller: Caller,
    Asked(asked): Asked<Under>,
) -> Result<Json<Vec<ProposalRow>>, ApiError> {
    let tops = caller.tops();
    of_files(&office, caller, "proposals", &asked.unit, move |reader, unit, today| {
        lists::proposals(reader, &unit.path, &tops, today, asked.skip)
    })
    .await
}

/// `POST /api/similar`.
///
/// # Errors
/// What the database says.
pub async fn similar(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<SimilarAsked>,
) -> Result<Json<Similar>, ApiError> {
    let (tops, now_ms, person) = (caller.tops(), office.now_ms(), caller.person());
    let id_hash = asked.id_number.as_deref().map(|id| id_hash(&roster::id_number::key(id)));
    let traits = Traits::stated(&asked.stated).with_id(id_hash);
    let candidates = [Candidate { household: asked.household, traits }];
    let found = office
        .db()
        .read(move |reader| similar::find(reader, &tops, &candidates, settings::today(reader, now_ms)?));
    let similar = found.await.map_err(ApiError::Store)?.pop().unwrap_or_default();
    if !similar.households.is_empty() {
        read_list(&office, person, "similar".to_owned()).await?;
    }
    Ok(Json(similar))
}

/// `GET /api/categories`.
///
/// # Errors
/// What the database says.
pub async fn all_categories(State(office): State<Office>) -> Result<Json<Vec<Category>>, ApiError> {
    Ok(Json(office.db().read(categories::all).await.map_err(ApiError::Store)?))
}

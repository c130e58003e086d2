//! Looks at a file: what it says, and what taking it in would do. The same file against the same office is the same
//! look, down to the ids it would give: they are made from the import's own id.

use std::fmt::Write as _;

use domain::day::Day;
use domain::id::{ImportId, PersonId};
use protocol::roster::RosterAsked;
use protocol::sign_in::RefusalCode;
use roster::dated::{Dated, Place};
use roster::mapping::Mapping;
use roster::plan::known::HelperKey;
use roster::plan::matching::Said;
use roster::plan::seating::SamePerson;
use roster::plan::{Answers, Ids, Plan};
use roster::{How, Reading};
use sha2::{Digest, Sha256};

use super::said::{Brought, SaidBook};
use super::{id_hash, known};
use crate::args;
use crate::books::categories;
use crate::office_keys::hex;
use crate::store::{Reader, StoreError};
use crate::union::units::Unit;

/// A file that was looked at.
pub struct Look {
    /// What it says.
    pub reading: Reading,
    /// What taking it in would do.
    pub plan: Plan,
    /// The day as of which it holds.
    pub day: Day,
    /// The union's day.
    pub today: Day,
    /// Changes whenever the plan does.
    pub stamp: String,
}

/// How a file is to be read.
pub struct Columns {
    today: Day,
    categories: Vec<String>,
    mapping: Option<Mapping>,
    /// The file whose columns are remembered, where a person said nothing of these.
    last: Option<String>,
}

impl Columns {
    /// As the room reads.
    #[must_use]
    pub fn how(&self) -> How<'_> {
        How { today: self.today, categories: &self.categories, mapping: self.mapping.as_ref() }
    }

    /// The file that the columns were told for, where some of these are remembered from it.
    #[must_use]
    pub fn as_in(&self, read: &Mapping) -> String {
        let told = self.mapping.iter().flat_map(|mapping| &mapping.columns);
        let is_there = |header: &str| read.columns.iter().any(|column| column.header == header);
        let is_remembered = told.into_iter().any(|column| is_there(&column.header));
        self.last.clone().filter(|_| is_remembered).unwrap_or_default()
    }
}

/// What a person, or else an earlier file, said of a file's columns.
///
/// # Errors
/// What a person said of the columns cannot be read; or the database.
pub fn columns<E>(reader: &Reader<'_>, asked: &RosterAsked, today: Day) -> Result<Columns, E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    let (mapping, last) = match &asked.mapping {
        Some(told) => (Some(mapping_told(told).ok_or(RefusalCode::NotUnderstood)?), None),
        None => last_mapping(reader)?.map(|(mapping, name)| (mapping, Some(name))).unzip(),
    };
    let categories = categories::open(reader)?.into_iter().map(|row| row.name).collect();
    Ok(Columns { today, categories, mapping, last: last.flatten() })
}

/// The day that a file says of itself: in its sheet, else in its name.
#[must_use]
pub fn dated(reading: &Reading, file_name: &str, today: Day) -> Option<Dated> {
    reading.dated.clone().or_else(|| roster::dated::of_name(file_name, Place::FileName, today))
}

/// What taking a file in would do.
///
/// # Errors
/// What the database says.
pub fn look(
    reader: &Reader<'_>,
    asked: &RosterAsked,
    reading: Reading,
    top: &Unit,
    (day, today): (Day, Day),
    brought: &Brought<'_>,
) -> Result<Look, StoreError> {
    let said = SaidBook::open(reader, top, day, brought)?;
    let mut known = known::load(reader, top, &reading, &said)?.known(&id_hash);
    let answers = answers(asked);
    let recognised = roster::plan::recognise(&reading, &known, &answers);
    let stands = known::stands(reader, day, &said, &recognised, &mut known)?;
    let mut chance = Chance::from(asked.import, 0);
    let mut next = || chance.bytes();
    let mut ids = Ids { now_ms: time_of(asked.import), chance: &mut next };
    let plan =
        roster::plan::plan(&reading, &known, &recognised, &stands, &answers, (asked.import, day), &mut ids);
    let stamp = stamp(&plan, day);
    Ok(Look { reading, plan, day, today, stamp })
}

/// Bytes that look like chance and are the same for the same import.
pub(super) struct Chance {
    import: ImportId,
    drawn: u32,
}

impl Chance {
    pub(super) fn from(import: ImportId, drawn: u32) -> Self {
        Self { import, drawn }
    }

    pub(super) fn bytes(&mut self) -> [u8; 10] {
        self.drawn += 1;
        let drawn = Sha256::new().chain_update(self.import.as_bytes()).chain_update(self.drawn.to_be_bytes());
        let mut bytes = [0; 10];
        bytes.iter_mut().zip(drawn.finalize()).for_each(|(to, from)| *to = from);
        bytes
    }
}

/// When the desk made the import's id, Unix milliseconds.
pub(super) fn time_of(import: ImportId) -> i64 {
    import.as_bytes().iter().take(6).fold(0, |time, byte| (time << 8) | i64::from(*byte))
}

fn stamp(plan: &Plan, day: Day) -> String {
    struct Hashing(Sha256);
    impl std::fmt::Write for Hashing {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            self.0.update(text);
            Ok(())
        }
    }
    let mut hashing = Hashing(Sha256::new());
    // Hashing does not fail.
    let _ = write!(hashing, "{day:?} {:?} {:?} {:?}", plan.units, plan.people, plan.findings);
    for one in &plan.households {
        let _ = write!(hashing, "{} {:?} {} {:?}", one.at, one.household, one.is_new, one.says);
    }
    hex(&hashing.0.finalize())
}

/// What the last file that was taken in said of its columns, and its name. Where they stood in that file says nothing
/// of another.
pub(super) fn last_mapping(reader: &Reader<'_>) -> Result<Option<(Mapping, String)>, StoreError> {
    let sql = "SELECT mapping, file_name FROM roster WHERE withdrawn_ms IS NULL AND is_export = 0 ORDER BY number DESC LIMIT 1";
    let found =
        reader.first(sql, args![], |row| Ok::<_, StoreError>((row.get::<String>(0)?, row.get(1)?)))?;
    let Some((text, name)) = found else { return Ok(None) };
    let last: Mapping = serde_json::from_str(&text).map_err(|_| StoreError::Unreadable { column: 0 })?;
    Ok(Some((last.for_another_file(), name)))
}

fn mapping_told(told: &protocol::roster::RosterMapping) -> Option<Mapping> {
    let json = serde_json::to_value(told).ok()?;
    serde_json::from_value(json).ok()
}

fn answers(asked: &RosterAsked) -> Answers {
    let key = |name: &protocol::roster::HelperName| HelperKey {
        branch: name.branch.clone(),
        name: name.name.clone(),
        telephone: name.telephone.clone(),
    };
    let same = |person: Option<PersonId>, other: Option<HelperKey>| {
        person.map(SamePerson::Person).or(other.map(SamePerson::Helper)).unwrap_or(SamePerson::Own)
    };
    Answers {
        households: asked
            .households
            .iter()
            .filter_map(|row| Some((usize::try_from(row.at).ok()?, row.is.map_or(Said::New, Said::Is))))
            .collect(),
        persons: asked
            .persons
            .iter()
            .map(|one| (key(&one.helper), same(one.person, one.same_as.as_ref().map(key))))
            .collect(),
    }
}

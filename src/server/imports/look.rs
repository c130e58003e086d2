//! Looks at a file: what it says, and what taking it in would do. The same file against the same office is the same
//! look, down to the ids it would give: they are made from the import's own id.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use domain::day::Day;
use domain::id::{ImportId, PersonId, UnitId};
use protocol::roster::RosterAsked;
use protocol::sign_in::RefusalCode;
use roster::dated::{Dated, Place};
use roster::mapping::{Column, Mapping};
use roster::plan::known::HelperKey;
use roster::plan::matching::Said;
use roster::plan::seating::SamePerson;
use roster::plan::{Answers, Ids, Plan};
use roster::{How, Opened, Reading};
use sha2::{Digest, Sha256};

use super::known::root_of;
use super::said::{Brought, SaidBook};
use super::{id_hash, known};
use crate::args;
use crate::books::categories;
use crate::office_keys::hex;
use crate::store::{Reader, StoreError};
use crate::union::units::{Unit, prefix_range};

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
    /// The file whose columns are remembered, where a person said nothing of these and may know of that file.
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

/// What a person, or else an earlier file, said of a file's columns. An earlier file's name is told whom it concerns.
///
/// # Errors
/// What a person said of the columns cannot be read; or the database.
pub fn columns<E>(
    reader: &Reader<'_>,
    asked: &RosterAsked,
    opened: &Opened,
    (top, today): (&Unit, Day),
    reaches: impl Fn(&str) -> bool,
) -> Result<Columns, E>
where
    E: From<StoreError> + From<RefusalCode>,
{
    let categories = categories::open(reader)?.into_iter().map(|row| row.name).collect();
    if let Some(told) = &asked.mapping {
        let mapping = Some(mapping_told(told).ok_or(RefusalCode::NotUnderstood)?);
        return Ok(Columns { today, categories, mapping, last: None });
    }
    let (mapping, last) = match remembered(reader, top, &opened.texts())? {
        Some(found) => (Some(found.mapping), Some(found.name).filter(|_| reaches(&found.path))),
        None => (None, None),
    };
    Ok(Columns { today, categories, mapping, last })
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
    let said = SaidBook::open(reader, top, day, brought, &reading.mapping)?;
    let mut known = known::load(reader, top, &reading, &said)?.known(&id_hash);
    let reading = roster::plan::apart::apart(reading, &known);
    let answers = answers(asked);
    let reading = roster::plan::alike::alike(reading, &answers);
    let recognised = roster::plan::recognise(&reading, &known, &answers);
    let reading = roster::plan::homed::homed(reading, &known, &recognised);
    let stands = known::stands(reader, day, &said, (&reading.mapping, &recognised), &mut known)?;
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
        let _ =
            write!(hashing, "{} {:?} {} {:?} {:?}", one.at, one.household, one.is_new, one.says, one.kept);
    }
    hex(&hashing.0.finalize())
}

/// A file of the union, with what was said of its columns.
struct Earlier {
    mapping: Mapping,
    name: String,
    /// Where its unit lies.
    path: String,
}

/// So many files are looked through: those of the unit before others, the latest before others.
const EARLIER_MAX: usize = 200;

/// A file with so few columns of another is not of its kind.
const SHARED_MIN: usize = 3;

/// What was said of the columns of a file that is like this one: of this unit's if any is, else of any of the same union;
/// of columns that this one lacks, of another like it.
/// One that was taken back is brought again as it was read.
/// Where they stood in that file says nothing of another.
fn remembered(
    reader: &Reader<'_>,
    top: &Unit,
    texts: &BTreeSet<String>,
) -> Result<Option<Earlier>, StoreError> {
    let (from, to) = prefix_range(root_of(&top.path));
    let sql = format!(
        "SELECT r.mapping, r.file_name, u.path, r.unit, r.is_export, r.number FROM roster r JOIN unit u ON u.id = r.unit
         WHERE u.path >= ?1 AND u.path < ?2
         ORDER BY CASE WHEN r.unit = ?3 THEN 0 ELSE 1 END, r.number DESC LIMIT {EARLIER_MAX}"
    );
    let mut all = reader.all(&sql, args![from, to, top.row.id], |row| {
        let mapping: Mapping =
            serde_json::from_str(&row.get::<String>(0)?).map_err(|_| StoreError::Unreadable { column: 0 })?;
        let (shared, is_own) = (mapping.named_in(texts), row.get::<UnitId>(3)? == top.row.id);
        let (is_export, number): (bool, u32) = (row.get(4)?, row.get(5)?);
        let rank = (is_own && shared >= SHARED_MIN, shared, is_own, !is_export, number);
        let earlier = Earlier { mapping: mapping.for_another_file(), name: row.get(1)?, path: row.get(2)? };
        Ok::<_, StoreError>((rank, earlier))
    })?;
    all.sort_by_key(|(rank, _)| Reverse(*rank));
    let mut all = all.into_iter();
    let Some((_, mut best)) = all.next() else { return Ok(None) };
    // What was said of a column that the likest file does not have, in another like it, is not asked for again.
    let alike = all.filter(|((_, shared, ..), _)| *shared >= SHARED_MIN);
    for column in alike.flat_map(|(_, earlier)| earlier.mapping.columns) {
        let own = || best.mapping.columns.iter().filter(|own| texts_name(texts, &own.header));
        let Some(field) = column.field.filter(|_| texts_name(texts, &column.header)) else { continue };
        let is_known = best.mapping.columns.iter().any(|known| known.header == column.header);
        let is_had = !field.may_repeat() && own().any(|own| own.field == Some(field));
        if !is_known && !is_had {
            best.mapping.columns.push(Column { exported: true, ..column });
        }
    }
    Ok(Some(best))
}

/// Whether a column's own name is among the texts of a file.
fn texts_name(texts: &BTreeSet<String>, header: &str) -> bool {
    header.rsplit('·').next().is_some_and(|own| texts.contains(own))
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

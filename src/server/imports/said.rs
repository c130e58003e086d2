//! What earlier files said of households below a unit. Which households they named is noted of all; what they said is read
//! only of those that a file may mean: an office has a hundred thousand of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::day::Day;
use domain::id::{HouseholdId, ImportId, PersonId, UnitId};
use roster::edition::{comes_of, sheet_of};
use roster::field::Field;
use roster::mapping::Mapping;
use roster::plan::known::Remembered;

use super::identity_hash::identity_hash;
use crate::args;
use crate::store::{Reader, Row, StoreError};
use crate::union::units::Unit;

/// A file on its way in: who brings it, for which unit, under which name.
pub struct Brought<'a> {
    /// Who.
    pub by: PersonId,
    /// Its name.
    pub file_name: &'a str,
}

/// Which sheet it is that said something, seen from the file that is looked at: two sheets of one household are held each
/// against what it said itself, else each would take back the other's word at every turn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sheet {
    /// What a person exported.
    Exported,
    /// The same, under the name that this file still has: it is this one, whoever brings it and whatever came since.
    Itself,
    /// An earlier edition of this file: taken in for the same unit, by the same name but for day, month and version.
    Same,
    /// Any other file taken in.
    Other,
}

/// A file that said something.
struct Source {
    sheet: Sheet,
    by: PersonId,
    day: Day,
    number: u32,
}

/// Where a file said something.
struct SaidRow<'s> {
    source: &'s Source,
    roster: ImportId,
    household: HouseholdId,
}

impl SaidRow<'_> {
    /// Whether an earlier one of these says no more than this: of files that were merged, each has its row.
    fn has_a_later(&self, later: &[Self]) -> bool {
        let own = self.source;
        let is_same = |other: &&Source| match own.sheet {
            Sheet::Exported | Sheet::Itself => other.sheet == own.sheet && other.by == own.by,
            sheet => other.sheet == sheet,
        };
        later.iter().map(|row| row.source).filter(is_same).any(|other| other.number != own.number)
    }
}

/// What a household's sheets said last: one of this file, one of all others, and one that each person exported.
pub(super) struct SaidBook<'a, 'r> {
    reader: &'a Reader<'r>,
    by: PersonId,
    sources: HashMap<ImportId, Source>,
    /// Which id a file shares that was merged, and which files share one.
    shared: HashMap<HouseholdId, HouseholdId>,
    sharing: HashMap<HouseholdId, Vec<HouseholdId>>,
    named: HashSet<HouseholdId>,
    /// The columns of causes: two sorts of them say one list, so it matters which said what.
    columns: Vec<u16>,
}

impl<'a, 'r> SaidBook<'a, 'r> {
    /// Of files up to a day.
    pub(super) fn open(
        reader: &'a Reader<'r>,
        top: &Unit,
        day: Day,
        brought: &Brought<'_>,
        mapping: &Mapping,
    ) -> Result<Self, StoreError> {
        let own = sheet_of(brought.file_name);
        let sources = reader.all(
            "SELECT id, is_export, taken_by, unit, file_name, day, number FROM roster
             WHERE withdrawn_ms IS NULL AND day <= ?1",
            args![day.number()],
            |row| {
                let (sheet, day) = (sheet(row, top, &own, brought)?, Day::from_number(row.get(5)?));
                let source = Source { sheet, by: row.get(2)?, day, number: row.get(6)? };
                Ok::<_, StoreError>((row.get::<ImportId>(0)?, source))
            },
        )?;
        let pairs = reader.all("SELECT household, shared FROM shared", &[], |row| {
            Ok::<_, StoreError>((row.get::<HouseholdId>(0)?, row.get::<HouseholdId>(1)?))
        })?;
        let mut sharing: HashMap<HouseholdId, Vec<HouseholdId>> = HashMap::new();
        for (household, shared) in &pairs {
            sharing.entry(*shared).or_default().push(*household);
        }
        let mut book = Self {
            reader,
            by: brought.by,
            sources: sources.into_iter().collect(),
            shared: pairs.into_iter().collect(),
            sharing,
            named: HashSet::new(),
            columns: [Field::Cause, Field::FurtherCause]
                .into_iter()
                .flat_map(|field| mapping.columns_of(field))
                .collect(),
        };
        let named = reader.all(
            "SELECT DISTINCT s.household FROM roster_row s JOIN roster r ON r.id = s.roster
             WHERE r.withdrawn_ms IS NULL AND r.is_export = 0 AND r.day <= ?1",
            args![day.number()],
            |row| Ok::<_, StoreError>(book.file_of(row.get(0)?)),
        )?;
        book.named = named.into_iter().collect();
        Ok(book)
    }

    /// Whether a file that was taken in, and not only written out, said something of it.
    pub(super) fn named(&self, household: HouseholdId) -> bool {
        self.named.contains(&household)
    }

    /// The households of which a file said that they are one of these.
    pub(super) fn ones_of(&self, identities: &HashSet<String>) -> Result<HashSet<HouseholdId>, StoreError> {
        let mut found = HashSet::new();
        for identity in identities {
            self.reader.each(
                "SELECT roster, household FROM roster_row WHERE identity = ?1",
                args![identity_hash(identity)],
                |row| {
                    if self.sources.contains_key(&row.get::<ImportId>(0)?) {
                        found.insert(self.file_of(row.get(1)?));
                    }
                    Ok::<_, StoreError>(())
                },
            )?;
        }
        Ok(found)
    }

    /// What the file may have said of it before, the latest last: its own last edition, or else the last file of any; and
    /// what was exported, until a file comes back.
    pub(super) fn of(&self, household: HouseholdId) -> Result<Vec<Remembered>, StoreError> {
        let rows = self.rows_of(household)?;
        let read = |row: &SaidRow<'_>| {
            with_cells(&self.said(row)?, &self.columns).ok_or(StoreError::Unreadable { column: 0 })
        };
        before(&rows, self.by).into_iter().rev().map(read).collect()
    }

    /// Which household a row's is now.
    fn file_of(&self, household: HouseholdId) -> HouseholdId {
        self.shared.get(&household).copied().unwrap_or(household)
    }

    /// The rows of a household, the latest first.
    fn rows_of(&self, household: HouseholdId) -> Result<Vec<SaidRow<'_>>, StoreError> {
        let merged = self.sharing.get(&household).map(Vec::as_slice).unwrap_or_default();
        let mut rows: BTreeMap<(Day, u32, u32, HouseholdId), SaidRow<'_>> = BTreeMap::new();
        for household in [household].iter().chain(merged).copied() {
            let sql = "SELECT roster, place FROM roster_row WHERE household = ?1";
            self.reader.each(sql, args![household], |row| {
                let (roster, place) = (row.get(0)?, row.get(1)?);
                if let Some(source) = self.sources.get(&roster) {
                    let order = (source.day, source.number, place, household);
                    rows.insert(order, SaidRow { source, roster, household });
                }
                Ok::<_, StoreError>(())
            })?;
        }
        let mut latest: Vec<SaidRow<'_>> = Vec::new();
        for row in rows.into_values().rev() {
            if !row.has_a_later(&latest) {
                latest.push(row);
            }
        }
        Ok(latest)
    }

    fn said(&self, row: &SaidRow<'_>) -> Result<String, StoreError> {
        let sql = "SELECT said FROM roster_row WHERE roster = ?1 AND household = ?2";
        let said = self.reader.first(sql, args![row.roster, row.household], |row| row.get::<String>(0))?;
        said.ok_or(StoreError::Unreadable { column: 0 })
    }
}

/// Of the rows of a household, the latest first, those that a file may be an edition of that this person brings. What was
/// exported before the last edition is behind it, but for who still has it, and for the file that it still is by its name:
/// nobody else's file came of that.
fn before<'r, 's>(rows: &'r [SaidRow<'s>], by: PersonId) -> Vec<&'r SaidRow<'s>> {
    let has_own = rows.iter().any(|row| row.source.sheet == Sheet::Same);
    let last = if has_own { Sheet::Same } else { Sheet::Other };
    let mut kept = Vec::new();
    let (mut is_behind, mut came_back) = (false, false);
    for row in rows {
        let is_own = row.source.by == by;
        match row.source.sheet {
            Sheet::Itself => kept.push(row),
            Sheet::Exported if !is_behind || (is_own && !came_back) => kept.push(row),
            Sheet::Exported => {}
            sheet => {
                came_back |= is_own;
                is_behind |= sheet == last;
                kept.extend((sheet == last).then_some(row));
            }
        }
    }
    kept
}

fn sheet(row: &Row<'_>, top: &Unit, own: &str, brought: &Brought<'_>) -> Result<Sheet, StoreError> {
    let name: String = row.get(4)?;
    if row.get(1)? {
        return Ok(if comes_of(brought.file_name, &name) { Sheet::Itself } else { Sheet::Exported });
    }
    let is_same = row.get::<UnitId>(3)? == top.row.id && sheet_of(&name) == own;
    Ok(if is_same { Sheet::Same } else { Sheet::Other })
}

/// What a file said, with the cells of these columns alone: a plan holds values against values, and ten thousand households
/// of cells are more than all the rest.
pub(super) fn with_cells(said: &str, columns: &[u16]) -> Option<Remembered> {
    let mut said: Remembered = serde_json::from_str(said).ok()?;
    let cells = std::mem::take(&mut said.household.cells);
    said.household.cells = cells.into_iter().filter(|cell| columns.contains(&cell.column)).collect();
    Some(said)
}

//! What earlier files said of households below a unit. Where it stands is noted of all; what it is, is read only of those
//! that a file may mean: an office has a hundred thousand of them.

use std::collections::{HashMap, HashSet};

use domain::day::Day;
use domain::id::{HouseholdId, ImportId, PersonId, UnitId};
use roster::edition::sheet_of;
use roster::plan::identity::identity_remembered;
use roster::plan::known::Remembered;

use crate::args;
use crate::store::{Reader, Row, StoreError};
use crate::union::units::{Unit, prefix_range};

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
    /// An earlier edition of this file: taken in for the same unit, by the same name but for day, month and version.
    Same,
    /// Any other file taken in.
    Other,
}

/// Where a file said something.
struct SaidRow {
    sheet: Sheet,
    by: PersonId,
    number: u32,
    roster: ImportId,
    household: HouseholdId,
}

impl SaidRow {
    /// Whether an earlier one of these says no more than this: of files that were merged, each has its row.
    fn has_a_later(&self, later: &[Self]) -> bool {
        let is_same = |other: &&Self| match self.sheet {
            Sheet::Exported => other.sheet == Sheet::Exported && other.by == self.by,
            sheet => other.sheet == sheet,
        };
        later.iter().filter(is_same).any(|other| other.number != self.number)
    }
}

/// What a household's sheets said last: one of this file, one of all others, and one that each person exported.
pub(super) struct SaidBook<'a, 'r> {
    reader: &'a Reader<'r>,
    by: PersonId,
    /// The latest first.
    rows: HashMap<HouseholdId, Vec<SaidRow>>,
}

impl<'a, 'r> SaidBook<'a, 'r> {
    /// Of the households below a unit, up to a day.
    pub(super) fn open(
        reader: &'a Reader<'r>,
        top: &Unit,
        day: Day,
        brought: &Brought<'_>,
    ) -> Result<Self, StoreError> {
        let (from, to) = prefix_range(&top.path);
        let own = sheet_of(brought.file_name);
        let mut rows: HashMap<HouseholdId, Vec<SaidRow>> = HashMap::new();
        // A file has thousands of rows: its name is read once.
        let mut sheets: HashMap<u32, Sheet> = HashMap::new();
        reader.all(
            "SELECT h.id, r.is_export, r.taken_by, r.unit, r.file_name, r.number, s.roster, s.household
             FROM roster_row s JOIN roster r ON r.id = s.roster
             LEFT JOIN shared m ON m.household = s.household
             JOIN household h ON h.id = COALESCE(m.shared, s.household) JOIN unit u ON u.id = h.unit
             WHERE r.withdrawn_ms IS NULL AND r.day <= ?1 AND u.path >= ?2 AND u.path < ?3
             ORDER BY r.day DESC, r.number DESC, s.place DESC",
            args![day.number(), from, to],
            |row| {
                let number = row.get(5)?;
                let sheet = match sheets.get(&number) {
                    Some(sheet) => *sheet,
                    None => *sheets.entry(number).or_insert(sheet(row, top, &own)?),
                };
                let (by, roster, household) = (row.get(2)?, row.get(6)?, row.get(7)?);
                let said = SaidRow { sheet, by, number, roster, household };
                let of_household = rows.entry(row.get::<HouseholdId>(0)?).or_default();
                if !said.has_a_later(of_household) {
                    of_household.push(said);
                }
                Ok::<_, StoreError>(())
            },
        )?;
        Ok(Self { reader, by: brought.by, rows })
    }

    /// Whether a file that was taken in, and not only written out, said something of it.
    pub(super) fn named(&self, household: HouseholdId) -> bool {
        self.of_household(household).iter().any(|row| row.sheet != Sheet::Exported)
    }

    /// Whether a file said of it that it is one of these.
    pub(super) fn one_of(
        &self,
        household: HouseholdId,
        identities: &HashSet<String>,
    ) -> Result<bool, StoreError> {
        for row in self.of_household(household) {
            let identity =
                identity_remembered(&self.said(row)?).ok_or(StoreError::Unreadable { column: 0 })?;
            if identities.contains(&identity) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What the file may have said of it before, the latest last: its own last edition, or else the last file of any; and
    /// what was exported, until a file comes back.
    pub(super) fn of(&self, household: HouseholdId) -> Result<Vec<Remembered>, StoreError> {
        let rows = self.of_household(household);
        let read =
            |row: &SaidRow| without_cells(&self.said(row)?).ok_or(StoreError::Unreadable { column: 0 });
        before(rows, self.by).into_iter().rev().map(read).collect()
    }

    fn of_household(&self, household: HouseholdId) -> &[SaidRow] {
        self.rows.get(&household).map(Vec::as_slice).unwrap_or_default()
    }

    fn said(&self, row: &SaidRow) -> Result<String, StoreError> {
        let sql = "SELECT said FROM roster_row WHERE roster = ?1 AND household = ?2";
        let said = self.reader.first(sql, args![row.roster, row.household], |row| row.get::<String>(0))?;
        said.ok_or(StoreError::Unreadable { column: 0 })
    }
}

/// Of the rows of a household, the latest first, those that a file may be an edition of that this person brings. What was
/// exported before the last edition is behind it, but for who still has it: nobody else's file came of that.
fn before(rows: &[SaidRow], by: PersonId) -> Vec<&SaidRow> {
    let has_own = rows.iter().any(|row| row.sheet == Sheet::Same);
    let last = if has_own { Sheet::Same } else { Sheet::Other };
    let mut kept = Vec::new();
    let (mut is_behind, mut came_back) = (false, false);
    for row in rows {
        match row.sheet {
            Sheet::Exported if !is_behind || (row.by == by && !came_back) => kept.push(row),
            Sheet::Exported => {}
            sheet => {
                came_back |= row.by == by;
                is_behind |= sheet == last;
                kept.extend((sheet == last).then_some(row));
            }
        }
    }
    kept
}

fn sheet(row: &Row<'_>, top: &Unit, own: &str) -> Result<Sheet, StoreError> {
    if row.get(1)? {
        return Ok(Sheet::Exported);
    }
    let is_same = row.get::<UnitId>(3)? == top.row.id && sheet_of(&row.get::<String>(4)?) == own;
    Ok(if is_same { Sheet::Same } else { Sheet::Other })
}

/// What a file said, without its cells: a plan holds values against values, and ten thousand households of cells are
/// more than all the rest.
pub(super) fn without_cells(said: &str) -> Option<Remembered> {
    let mut said: Remembered = serde_json::from_str(said).ok()?;
    said.household.cells = Vec::new();
    Some(said)
}

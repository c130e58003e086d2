//! What earlier files said of households below a unit. Where it stands is noted of all; what it is, is read only of those
//! that a file may mean: an office has a hundred thousand of them.

use std::collections::{HashMap, HashSet};

use domain::day::Day;
use domain::id::{HouseholdId, ImportId, PersonId, UnitId};
use roster::dated::undated;
use roster::plan::identity::identity_remembered;
use roster::plan::known::Remembered;

use crate::args;
use crate::store::{Reader, Row, StoreError};
use crate::union::units::{Unit, prefix_range};

/// Which sheet it is that said something: two sheets of one household are held each against what it said itself, else
/// each would take back the other's word at every turn.
#[derive(PartialEq, Eq)]
enum Sheet {
    /// What a person exported.
    Exported(PersonId),
    /// A file taken in for a unit, by its name without the day in it.
    TakenIn(UnitId, String),
}

impl Sheet {
    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let is_export: bool = row.get(1)?;
        Ok(match is_export {
            true => Self::Exported(row.get(2)?),
            false => Self::TakenIn(row.get(3)?, undated(&row.get::<String>(4)?)),
        })
    }
}

/// Where a file said something.
struct SaidRow {
    sheet: Sheet,
    number: u32,
    roster: ImportId,
    household: HouseholdId,
}

/// What each sheet said last of each household below a unit, up to a day.
pub(super) struct SaidBook<'a, 'r> {
    reader: &'a Reader<'r>,
    /// The latest first.
    rows: HashMap<HouseholdId, Vec<SaidRow>>,
}

impl<'a, 'r> SaidBook<'a, 'r> {
    pub(super) fn open(reader: &'a Reader<'r>, top: &Unit, day: Day) -> Result<Self, StoreError> {
        let (from, to) = prefix_range(&top.path);
        let mut rows: HashMap<HouseholdId, Vec<SaidRow>> = HashMap::new();
        reader.all(
            "SELECT h.id, r.is_export, r.taken_by, r.unit, r.file_name, r.number, s.roster, s.household
             FROM roster_row s JOIN roster r ON r.id = s.roster
             LEFT JOIN shared m ON m.household = s.household
             JOIN household h ON h.id = COALESCE(m.shared, s.household) JOIN unit u ON u.id = h.unit
             WHERE r.withdrawn_ms IS NULL AND r.day <= ?1 AND u.path >= ?2 AND u.path < ?3
             ORDER BY r.day DESC, r.number DESC, s.place DESC",
            args![day.number(), from, to],
            |row| {
                let of_household = rows.entry(row.get::<HouseholdId>(0)?).or_default();
                let (sheet, number) = (Sheet::read(row)?, row.get(5)?);
                // Of files that were merged, each has its row.
                if of_household.iter().all(|other| other.sheet != sheet || other.number == number) {
                    of_household.push(SaidRow { sheet, number, roster: row.get(6)?, household: row.get(7)? });
                }
                Ok::<_, StoreError>(())
            },
        )?;
        Ok(Self { reader, rows })
    }

    /// Whether a file that was taken in, and not only written out, said something of it.
    pub(super) fn named(&self, household: HouseholdId) -> bool {
        self.of_household(household).iter().any(|row| matches!(row.sheet, Sheet::TakenIn(..)))
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

    /// What each sheet said last of it, the latest last.
    pub(super) fn of(&self, household: HouseholdId) -> Result<Vec<Remembered>, StoreError> {
        let read =
            |row: &SaidRow| without_cells(&self.said(row)?).ok_or(StoreError::Unreadable { column: 0 });
        self.of_household(household).iter().rev().map(read).collect()
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

/// What a file said, without its cells: a plan holds values against values, and ten thousand households of cells are
/// more than all the rest.
pub(super) fn without_cells(said: &str) -> Option<Remembered> {
    let mut said: Remembered = serde_json::from_str(said).ok()?;
    said.household.cells = Vec::new();
    Some(said)
}

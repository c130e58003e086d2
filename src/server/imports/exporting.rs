//! Writes the roster of a unit: in the columns its households came in with, and in every cell what stands.
//!
//! Whoever stands in until a day is in no cell: the seat is still the other's, and a roster that comes back would
//! otherwise give it away.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::day::Day;
use domain::id::{HouseholdId, ImportId, PersonId, UnitId};
use domain::seat::Seat;
use protocol::changes::Card;
use protocol::desk::Level;
use protocol::roster::RosterFormat;
use roster::How;
use roster::export::{Beside, Layout, Line, Said, Table, csv, remembered, table, written_as, xlsx};
use roster::household::{Household, SeatHolder};
use roster::mapping::Mapping;
use roster::plan::identity::identity;
use roster::plan::known::{HelperKey, Remembered};
use roster::text;

use super::identity_hash::identity_hash;
use super::known::{persons_said, root_of, units_said};
use super::meant::{HomeMeant, Meant};
use crate::args;
use crate::books::categories;
use crate::error::ApiError;
use crate::store::{Reader, StoreError, Tx};
use crate::union::seats::OWN;
use crate::union::units::{self, Unit, prefix_range};

/// Who exports, and when.
pub struct Out {
    /// The export's own id: what was written is remembered under it.
    pub id: ImportId,
    /// Who.
    pub person: PersonId,
    /// When.
    pub now_ms: i64,
    /// The union's day.
    pub today: Day,
}

/// The name of a file that is written: an edition of it still has it, and its day.
#[must_use]
pub fn name_of(top: &Unit, today: Day) -> String {
    format!("花名册 {} {today}", top.row.name)
}

/// The file, and what it says remembered: whoever edits it and brings it back says only what they edited.
///
/// # Errors
/// More households than a sheet has rows; or the database.
pub fn export(reader: &Reader<'_>, top: &Unit, format: RosterFormat, out: &Out) -> Result<Written, ApiError> {
    let names: Vec<String> = categories::all(reader)?.into_iter().map(|row| row.name).collect();
    let Laid { ids, now, mapping, table, homes, book } = laid(reader, top, (out.today, &names))?;
    let how = How { today: out.today, categories: &names, mapping: Some(&mapping) };
    let bytes = match format {
        RosterFormat::Xlsx => xlsx("花名册", &table, out.today).map_err(ApiError::internal)?,
        RosterFormat::Csv => csv(&table, out.today),
    };
    let first_rows = table.first_rows;
    drop(table.rows);
    // A unit without households is an empty sheet, which nobody edits.
    let said = match roster::read(&bytes, &how) {
        Ok(reading) => remembered(reading, &first_rows, &now),
        Err(_) => Vec::new(),
    };
    let mut meant = Meant::default();
    for (home, said) in homes.iter().zip(&said) {
        said.iter().for_each(|said| meant.add(home, &said.household));
    }
    meant.leave_out(&book.units_said, &book.persons_said);
    Ok(Written { bytes, mapping, said: ids.into_iter().zip(said).collect(), meant })
}

/// The households in their order, what stands of each, the table of them with its columns, and where each is and who
/// answers for it.
struct Laid<'a> {
    ids: Vec<HouseholdId>,
    now: Vec<Remembered>,
    mapping: Mapping,
    table: Table,
    homes: Vec<HomeMeant>,
    book: BesideBook<'a>,
}

/// Lays the households out. What the files said is let go with it.
fn laid<'a>(
    reader: &Reader<'_>,
    top: &'a Unit,
    (today, names): (Day, &[String]),
) -> Result<Laid<'a>, StoreError> {
    let said = said(reader)?;
    let beside = BesideBook::load(reader, top)?;
    let mut homes = homes(reader, top, today)?;
    let place = |home: &Home| said.get(&home.id).map_or((u64::MAX, 0), |said| (0, said.place()));
    homes.sort_by_cached_key(|home| (place(home), home.card.unit_name.clone(), home.name.clone()));
    let ids = homes.iter().map(|home| home.id).collect();
    let mut meant = Vec::new();
    let lines: Vec<Line<'_>> = homes
        .into_iter()
        .map(|home| {
            let said = said.get(&home.id);
            let of_files = said.map(SaidOf::lines).unwrap_or_default();
            let of_home = beside.of(&home, said);
            meant.push(HomeMeant {
                unit: home.card.unit,
                branch: beside.branch_and_group(home.card.unit).0.map(|branch| branch.row.id),
                seats: home.seats.iter().map(|(seat, person, ..)| (*seat, *person)).collect(),
            });
            Line::of(of_files, &home.card.standings, of_home)
        })
        .collect();
    let layout = Layout::of(&lines);
    let how = How { today, categories: names, mapping: Some(&layout.mapping) };
    let table = table(&layout, &lines, &how);
    let mapping = layout.mapping;
    let now = lines.into_iter().map(|line| line.now).collect();
    Ok(Laid { ids, now, mapping, table, homes: meant, book: beside })
}

/// A roster that was written out.
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    mapping: Mapping,
    /// What it says of each household; none where it does not say it as it was written.
    said: Vec<(HouseholdId, Option<Remembered>)>,
    meant: Meant,
}

/// Remembers what was written out.
///
/// # Errors
/// What the database says.
pub fn keep(tx: &Tx<'_>, top: &Unit, written: &Written, out: &Out) -> Result<(), StoreError> {
    if written.said.is_empty() {
        return Ok(());
    }
    // Strings and numbers: writing them cannot fail.
    let mapping = serde_json::to_string(&written.mapping).unwrap_or_default();
    tx.execute(
        "INSERT INTO roster (id, number, unit, day, taken_ms, taken_by, file_name, mapping, counts, is_export)
         VALUES (?1, (SELECT COALESCE(max(number), 0) + 1 FROM roster), ?2, ?3, ?4, ?5, ?6, ?7, '{}', 1)",
        args![
            out.id,
            top.row.id,
            out.today.number(),
            out.now_ms,
            out.person,
            name_of(top, out.today),
            mapping
        ],
    )?;
    written.meant.keep(tx, out.id)?;
    for (place, (household, said)) in (0_u32..).zip(&written.said) {
        let Some(said) = said else { continue };
        // Of each household the last export of each person is enough.
        tx.execute(
            "DELETE FROM roster_row WHERE household = ?1
               AND roster IN (SELECT id FROM roster WHERE is_export = 1 AND taken_by = ?2)",
            args![household, out.person],
        )?;
        tx.execute(
            // A file that was erased while it was being written out is remembered no more.
            "INSERT INTO roster_row (roster, household, place, said, identity)
             SELECT ?1, ?2, ?3, ?4, ?5
             WHERE NOT EXISTS (SELECT 1 FROM erased WHERE household = ?2 AND kind = 'file')",
            args![
                out.id,
                household,
                place,
                serde_json::to_string(said).unwrap_or_default(),
                identity_hash(&identity(&said.household)),
            ],
        )?;
    }
    Ok(())
}

/// What a file said of a household.
struct SaidOnce {
    remembered: Remembered,
    /// One for all households of a file.
    mapping: Arc<Mapping>,
    number: u32,
    row: u32,
}

/// What files said of a household: the latest first, then those with columns that no later one has.
#[derive(Default)]
struct SaidOf(Vec<SaidOnce>);

impl SaidOf {
    fn lines(&self) -> Vec<Said<'_>> {
        self.0.iter().map(|one| (&one.remembered, one.mapping.as_ref())).collect()
    }

    /// Files and rows, in their order.
    fn place(&self) -> u64 {
        let own = written_as(self.0.iter().map(|one| one.mapping.as_ref())).and_then(|nth| self.0.get(nth));
        own.map_or(u64::MAX, |one| (u64::from(one.number) << 32) | u64::from(one.row))
    }

    fn households(&self) -> impl Iterator<Item = &Household> {
        self.0.iter().map(|one| &one.remembered.household)
    }
}

/// Which files have columns that no other of some has: asked of every household, and the same for most.
#[derive(Default)]
struct Adding(HashMap<Vec<u32>, bool>);

impl Adding {
    fn adds(&mut self, (number, mapping): (u32, &Mapping), there: &SaidOf) -> bool {
        let key = there.0.iter().map(|one| one.number).chain([number]).collect();
        let adds = || mapping.adds_to(there.0.iter().map(|one| one.mapping.as_ref()));
        *self.0.entry(key).or_insert_with(adds)
    }
}

fn said(reader: &Reader<'_>) -> Result<HashMap<HouseholdId, SaidOf>, StoreError> {
    let unreadable = |_| StoreError::Unreadable { column: 0 };
    let mut mappings: HashMap<u32, Arc<Mapping>> = HashMap::new();
    for (number, text) in reader.all(
        "SELECT number, mapping FROM roster WHERE withdrawn_ms IS NULL AND is_export = 0",
        &[],
        |row| Ok::<_, StoreError>((row.get::<u32>(0)?, row.get::<String>(1)?)),
    )? {
        mappings.insert(number, Arc::new(serde_json::from_str(&text).map_err(unreadable)?));
    }
    let mut all: HashMap<HouseholdId, SaidOf> = HashMap::new();
    let mut adding = Adding::default();
    // The latest first: of earlier files only what later ones have no column for is read.
    reader.all(
        "SELECT COALESCE(m.shared, s.household), r.number, s.place, s.said
         FROM roster_row s JOIN roster r ON r.id = s.roster LEFT JOIN shared m ON m.household = s.household
         WHERE r.withdrawn_ms IS NULL AND r.is_export = 0 ORDER BY r.day DESC, r.number DESC, s.place",
        &[],
        |row| {
            let (household, number): (HouseholdId, u32) = (row.get(0)?, row.get(1)?);
            let said = all.entry(household).or_default();
            let mapping = mappings.get(&number).cloned().unwrap_or_default();
            if said.0.is_empty() || adding.adds((number, &mapping), said) {
                let remembered = serde_json::from_str(&row.get::<String>(3)?).map_err(unreadable)?;
                said.0.push(SaidOnce { remembered, mapping, number, row: row.get(2)? });
            }
            Ok::<_, StoreError>(())
        },
    )?;
    Ok(all)
}

/// A household with a file.
struct Home {
    id: HouseholdId,
    name: String,
    card: Card,
    seats: Vec<(Seat, PersonId, String, String)>,
    id_number: Option<String>,
}

fn homes(reader: &Reader<'_>, top: &Unit, today: Day) -> Result<Vec<Home>, StoreError> {
    let (from, to) = prefix_range(&top.path);
    let mut seats: HashMap<HouseholdId, Vec<(Seat, PersonId, String, String)>> = HashMap::new();
    let sql = format!(
        "SELECT s.household, s.seat, p.id, p.name, p.telephone FROM seat s JOIN person p ON p.id = COALESCE({OWN}, s.person)
         WHERE s.from_day <= ?1 AND (s.until_day IS NULL OR s.until_day >= ?1)"
    );
    for (household, word, person, name, telephone) in reader.all(&sql, args![today.number()], |row| {
        Ok::<_, StoreError>((
            row.get::<HouseholdId>(0)?,
            row.get::<String>(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        ))
    })? {
        let seat = serde_json::from_value(word.into()).map_err(|_| StoreError::Unreadable { column: 1 })?;
        seats.entry(household).or_default().push((seat, person, name, telephone));
    }
    reader.all(
        "SELECT h.id, h.name, h.card, h.id_number FROM household h JOIN unit u ON u.id = h.unit
         WHERE h.is_open = 1 AND u.path >= ?1 AND u.path < ?2",
        args![from, to],
        |row| {
            let id: HouseholdId = row.get(0)?;
            let card =
                serde_json::from_slice(row.bytes(2)?).map_err(|_| StoreError::Unreadable { column: 2 })?;
            let mut seats = seats.remove(&id).unwrap_or_default();
            seats.sort_by_key(|(seat, ..)| *seat);
            Ok(Home { id, name: row.get(1)?, card, seats, id_number: row.get(3)? })
        },
    )
}

/// What is written beside the six, in the file's own words where it meant the same.
struct BesideBook<'a> {
    top: &'a Unit,
    units: HashMap<UnitId, Unit>,
    units_said: BTreeMap<(String, String), UnitId>,
    persons_said: BTreeMap<HelperKey, PersonId>,
    categories: HashMap<domain::id::CategoryId, String>,
}

impl<'a> BesideBook<'a> {
    fn load(reader: &Reader<'_>, top: &'a Unit) -> Result<Self, StoreError> {
        // A group's sheet names its branch too.
        let units = units::under(reader, root_of(&top.path))?.into_iter().map(|unit| (unit.row.id, unit));
        Ok(Self {
            top,
            units: units.collect(),
            units_said: units_said(reader)?,
            persons_said: persons_said(reader)?,
            categories: categories::all(reader)?.into_iter().map(|row| (row.id, row.name)).collect(),
        })
    }

    fn of(&self, home: &Home, said: Option<&SaidOf>) -> Beside {
        let files: Vec<&Household> = said.into_iter().flat_map(SaidOf::households).collect();
        let named = files.iter().find(|file| !file.branch.is_empty()).or(files.first());
        let (branch, group) = self.spelling(named.copied(), home.card.unit);
        let holder = |(seat, person, name, telephone): &(Seat, PersonId, String, String)| {
            let as_said = files.iter().find_map(|file| {
                let holder = file.seats.iter().find(|holder| holder.seat == *seat)?;
                let is_same = self.persons_said.get(&HelperKey::of(file, holder)) == Some(person);
                is_same.then(|| holder.clone())
            });
            let known = SeatHolder { seat: *seat, name: name.clone(), telephone: telephone.clone() };
            let mut holder = as_said.unwrap_or(known);
            // A file that gave no telephone does not take away the one that is known.
            if holder.telephone.is_empty() {
                holder.telephone.clone_from(telephone);
            }
            holder
        };
        Beside {
            category: home.card.category.and_then(|id| self.categories.get(&id).cloned()),
            causes: home.card.causes.clone(),
            branch,
            group,
            seats: home.seats.iter().map(holder).collect(),
            since: Some(home.card.since),
            id_number: home.id_number.clone(),
        }
    }

    /// 分会 and 支会 as the file spelt them, where that still is the unit and what it is called; else as they are called.
    fn spelling(&self, file: Option<&Household>, unit: Option<UnitId>) -> (String, String) {
        let now = self.branch_and_group(unit);
        let (branch, group) = (called(now.0), called(now.1));
        let is_called = |said: &str, now: &str| said.is_empty() || said == text::squeeze(now);
        let as_said = file.map(|file| (file.of_branch().clone(), file.group.clone())).filter(|said| {
            unit.is_some()
                && self.units_said.get(said).copied() == unit
                && is_called(&said.0, &branch)
                && is_called(&said.1, &group)
        });
        // A branch's own sheet does not name it; beside others it must be said.
        let is_one_of_several =
            |unit: &Unit| unit.path.starts_with(&self.top.path) && unit.row.id != self.top.row.id;
        match as_said {
            Some((said, group)) if said.is_empty() && now.0.is_some_and(is_one_of_several) => (branch, group),
            said => said.unwrap_or((branch, group)),
        }
    }

    /// The branch and the group of a unit, where it belongs to any.
    fn branch_and_group(&self, unit: Option<UnitId>) -> (Option<&Unit>, Option<&Unit>) {
        let find = |id: Option<UnitId>| id.and_then(|id| self.units.get(&id));
        let (mut branch, mut group) = (None, None);
        let mut at = find(unit);
        while let Some(unit) = at {
            match unit.row.level {
                Level::Group if group.is_none() => group = Some(unit),
                Level::Branch => branch = Some(unit),
                _ => {}
            }
            at = find(unit.row.parent);
        }
        (branch, group)
    }
}

fn called(unit: Option<&Unit>) -> String {
    unit.map(|unit| unit.row.name.clone()).unwrap_or_default()
}

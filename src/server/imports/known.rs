//! Loads what a plan must know of the office: units, people, households, and what earlier files said.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::day::Day;
use domain::id::{CategoryId, HouseholdId, PersonId, UnitId};
use domain::observation::Standings;
use domain::slot::{Slot, Value};
use protocol::changes::Card;
use protocol::desk::Level;
use roster::Reading;
use roster::household::Household;
use roster::id_number;
use roster::mapping::Mapping;
use roster::plan::identity::identity;
use roster::plan::kept::Kept;
use roster::plan::known::{HelperKey, Known, KnownHousehold, KnownPerson, KnownUnit, Stands, Tier};
use roster::plan::matching::Match;
use roster::text::squeeze;

use super::id_hash;
use super::said::{SaidBook, with_cells};
use crate::args;
use crate::books::categories;
use crate::books::kept::KeptBook;
use crate::store::{Reader, StoreError};
use crate::union::seats::OWN;
use crate::union::units::{self, Unit, prefix_range};

/// What is loaded.
pub struct Loaded {
    root: UnitId,
    units: Vec<KnownUnit>,
    units_said: BTreeMap<(String, String), UnitId>,
    persons: Vec<KnownPerson>,
    persons_said: BTreeMap<HelperKey, PersonId>,
    categories: Vec<(String, CategoryId)>,
    households: Vec<KnownHousehold>,
    former: Vec<(HouseholdId, Household)>,
}

/// Loads what lies below a unit, as far as a file asks for it.
///
/// # Errors
/// What the database says.
pub fn load(
    reader: &Reader<'_>,
    top: &Unit,
    reading: &Reading,
    said: &SaidBook<'_, '_>,
) -> Result<Loaded, StoreError> {
    let units: Vec<KnownUnit> = units::under(reader, &top.path)?.iter().map(known_unit).collect();
    let mut loaded = Loaded {
        root: top.row.id,
        persons: persons(reader, top, &units)?,
        units,
        units_said: units_said(reader)?,
        persons_said: persons_said(reader)?,
        categories: categories::open(reader)?.into_iter().map(|row| (row.name, row.id)).collect(),
        households: Vec::new(),
        former: former(reader)?,
    };
    loaded.households(reader, top, &Asked::of(reading), said)?;
    Ok(loaded)
}

/// What stands, and what was said, of each household that a row was found to be.
///
/// # Errors
/// What the database says.
pub fn stands(
    reader: &Reader<'_>,
    day: Day,
    said: &SaidBook<'_, '_>,
    (mapping, recognised): (&Mapping, &[(usize, Match)]),
    known: &mut Known<'_>,
) -> Result<BTreeMap<HouseholdId, Stands>, StoreError> {
    let found = recognised.iter().filter_map(|(_, found)| match found {
        Match::Is(id) => Some(*id),
        _ => None,
    });
    let found: BTreeSet<HouseholdId> = found.collect();
    let unread = |one: &&mut KnownHousehold| found.contains(&one.id) && one.remembered.is_empty();
    for one in known.households.iter_mut().filter(unread) {
        one.remembered = said.of(one.id)?;
    }
    let mut book = KeptBook::default();
    let stands = |id| {
        let kept = book.of(reader, id, mapping)?;
        Ok((id, Stands { kept, ..stands_of(reader, id, day)? }))
    };
    found.into_iter().map(stands).collect()
}

impl Loaded {
    /// As the plan takes it.
    pub fn known<'a>(self, id_hash: &'a dyn Fn(&str) -> String) -> Known<'a> {
        let Self { root, units, units_said, persons, persons_said, categories, households, former } = self;
        Known { root, units, units_said, persons, persons_said, categories, households, former, id_hash }
    }

    fn branch_of(&self, unit: UnitId) -> UnitId {
        branch_of(&self.units, self.root, unit)
    }

    fn households(
        &mut self,
        reader: &Reader<'_>,
        top: &Unit,
        asked: &Asked,
        said: &SaidBook<'_, '_>,
    ) -> Result<(), StoreError> {
        for Found { line, in_reach, was_named, matters, said_so } in found(reader, top, asked, said)? {
            let mut household = KnownHousehold {
                id: line.id,
                name: line.name,
                born: None,
                branch: line.unit.map_or(self.root, |unit| self.branch_of(unit)),
                telephones: line.telephones.split_whitespace().map(str::to_owned).collect(),
                id_hash: line.id_hash,
                id_is_right: line.id_is_right,
                in_reach,
                was_named,
                remembered: Vec::new(),
            };
            if in_reach && matters {
                household.born = born(&card(reader, line.id)?.0.standings);
            }
            if in_reach && said_so {
                household.remembered = said.of(line.id)?;
            }
            self.households.push(household);
        }
        Ok(())
    }
}

/// What a file asks for.
struct Asked {
    names: BTreeSet<String>,
    telephones: BTreeSet<String>,
    id_hashes: BTreeSet<String>,
    identities: HashSet<String>,
}

impl Asked {
    fn of(reading: &Reading) -> Self {
        let ids = reading.households.iter().filter_map(|row| row.id_number.as_ref());
        let telephones = reading.households.iter().filter_map(|row| row.telephone.as_ref());
        let numbers = telephones.flat_map(|telephone| &telephone.numbers);
        Self {
            names: reading.households.iter().map(|row| squeeze(row.name_text())).collect(),
            telephones: numbers.map(|telephone| telephone.number.clone()).collect(),
            id_hashes: ids.map(|id| id_hash(&id_number::key(id))).collect(),
            identities: reading.households.iter().map(identity).collect(),
        }
    }

    fn of_id(&self, line: &Line) -> bool {
        line.id_hash.as_ref().is_some_and(|hash| self.id_hashes.contains(hash))
    }

    fn of_name(&self, line: &Line) -> bool {
        self.names.contains(&squeeze(&line.name))
            || line.telephones.split_whitespace().any(|one| self.telephones.contains(one))
    }
}

/// A household in short.
struct Line {
    id: HouseholdId,
    name: String,
    telephones: String,
    unit: Option<UnitId>,
    id_hash: Option<String>,
    id_is_right: bool,
}

/// A household that a row may be, or that an earlier file named.
struct Found {
    line: Line,
    in_reach: bool,
    was_named: bool,
    matters: bool,
    said_so: bool,
}

/// The households of the same union that matter: of another in this office nothing is said, not even that it has one. Of
/// one that no row may be it is only known that it is missing: a hundred thousand of them are not held by name.
fn found(
    reader: &Reader<'_>,
    top: &Unit,
    asked: &Asked,
    said: &SaidBook<'_, '_>,
) -> Result<Vec<Found>, StoreError> {
    let (from, to) = prefix_range(root_of(&top.path));
    let said_to_be = said.ones_of(&asked.identities)?;
    let mut found = Vec::new();
    reader.each(
        "SELECT h.id, h.name, h.telephones, u.id, u.path, h.id_hash, h.id_number FROM household h
         LEFT JOIN person p ON p.id = h.proposed_by JOIN unit u ON u.id = COALESCE(h.unit, p.unit)
         WHERE u.path >= ?1 AND u.path < ?2 ORDER BY h.id",
        args![from, to],
        |row| {
            let mut line = Line {
                id: row.get(0)?,
                name: row.get(1)?,
                telephones: row.get(2)?,
                unit: row.get(3)?,
                id_hash: row.get(5)?,
                id_is_right: false,
            };
            let in_reach = row.get::<String>(4)?.starts_with(&top.path);
            let was_named = in_reach && said.named(line.id);
            let said_so = asked.of_id(&line) || (in_reach && said_to_be.contains(&line.id));
            let matters = said_so || (in_reach && asked.of_name(&line));
            if matters {
                line.id_is_right = row.get::<Option<String>>(6)?.as_deref().is_some_and(id_number::is_right);
            } else {
                line = Line { name: String::new(), telephones: String::new(), id_hash: None, ..line };
            }
            if matters || was_named {
                found.push(Found { line, in_reach, was_named, matters, said_so });
            }
            Ok::<_, StoreError>(())
        },
    )?;
    Ok(found)
}

/// The first part of a path: the union's own unit.
pub(super) fn root_of(path: &str) -> &str {
    path.find('/').and_then(|end| path.get(..=end)).unwrap_or(path)
}

/// Households of files that were taken back and that nobody registered since.
fn former(reader: &Reader<'_>) -> Result<Vec<(HouseholdId, Household)>, StoreError> {
    let rows = reader.all(
        "SELECT s.household, s.said FROM roster_row s JOIN roster r ON r.id = s.roster
         WHERE r.withdrawn_ms IS NOT NULL AND s.household NOT IN (SELECT id FROM household WHERE is_open = 1)
         ORDER BY r.number",
        &[],
        |row| Ok::<_, StoreError>((row.get::<HouseholdId>(0)?, row.get::<String>(1)?)),
    )?;
    let read = |(id, said): (HouseholdId, String)| {
        Ok((id, with_cells(&said, &[]).ok_or(StoreError::Unreadable { column: 1 })?.household))
    };
    rows.into_iter().map(read).collect()
}

/// What stands of a household, with the seats of a day and since.
fn stands_of(reader: &Reader<'_>, id: HouseholdId, day: Day) -> Result<Stands, StoreError> {
    let (card, id_number, is_open) = card(reader, id)?;
    let sql = format!(
        "SELECT s.seat, s.person, {OWN}, s.from_day FROM seat s
         WHERE s.household = ?1 AND (s.until_day IS NULL OR s.until_day >= ?2)"
    );
    let rows = reader.all(&sql, args![id, day.number()], |row| {
        let word: String = row.get(0)?;
        let seat = serde_json::from_value(word.into()).map_err(|_| StoreError::Unreadable { column: 0 })?;
        Ok::<_, StoreError>((
            (seat, row.get(1)?, row.get::<Option<PersonId>>(2)?),
            Day::from_number(row.get(3)?) <= day,
        ))
    })?;
    let seats_since = rows.iter().map(|((seat, person, _), _)| (*seat, *person)).collect();
    // Whose seat it is, and who stands in.
    let seats = rows
        .into_iter()
        .filter_map(|(sits, is_then)| is_then.then_some(sits))
        .flat_map(|(seat, person, own)| own.into_iter().chain([person]).map(move |one| (seat, one)));
    Ok(Stands {
        standings: card.standings,
        unit: card.unit,
        category: card.category,
        causes: card.causes,
        id_number,
        seats: seats.collect(),
        seats_since,
        is_open,
        kept: Kept::new(),
    })
}

/// A household's card, its ID number, and whether it has a file.
fn card(reader: &Reader<'_>, id: HouseholdId) -> Result<(Card, Option<String>, bool), StoreError> {
    let sql = "SELECT card, id_number, is_open FROM household WHERE id = ?1";
    let found = reader.first(sql, args![id], |row| {
        Ok::<_, StoreError>((row.get::<Vec<u8>>(0)?, row.get(1)?, row.get(2)?))
    })?;
    let (body, id_number, is_open) = found.ok_or(StoreError::Unreadable { column: 0 })?;
    let card = serde_json::from_slice(&body).map_err(|_| StoreError::Unreadable { column: 0 })?;
    Ok((card, id_number, is_open))
}

fn born(standings: &Standings) -> Option<domain::day::LooseDay> {
    let values = standings.get(&Slot::Name).map(|standing| standing.values.as_slice()).unwrap_or_default();
    values.iter().max_by_key(|one| one.day).and_then(|one| match &one.value {
        Value::Name(name) => name.born,
        _ => None,
    })
}

fn known_unit(unit: &Unit) -> KnownUnit {
    let tier = match unit.row.level {
        Level::Above | Level::Union => Tier::Union,
        Level::Branch => Tier::Branch,
        Level::Group => Tier::Group,
    };
    let (name, closed) = (unit.row.name.clone(), unit.row.closed);
    KnownUnit { id: unit.row.id, parent: unit.row.parent, tier, name, closed }
}

fn branch_of(units: &[KnownUnit], root: UnitId, unit: UnitId) -> UnitId {
    let mut at = unit;
    while let Some(found) = units.iter().find(|one| one.id == at) {
        match (found.tier, found.parent) {
            (Tier::Group, Some(parent)) if at != root => at = parent,
            _ => break,
        }
    }
    at
}

fn persons(reader: &Reader<'_>, top: &Unit, units: &[KnownUnit]) -> Result<Vec<KnownPerson>, StoreError> {
    let (from, to) = prefix_range(&top.path);
    let mut branches: HashMap<UnitId, UnitId> = HashMap::new();
    reader.all(
        "SELECT p.id, p.name, p.telephone, p.unit, p.left_ms IS NOT NULL FROM person p JOIN unit u ON u.id = p.unit
         WHERE u.path >= ?1 AND u.path < ?2 ORDER BY p.name, p.id",
        args![from, to],
        |row| {
            let unit: UnitId = row.get(3)?;
            let branch = *branches.entry(unit).or_insert_with(|| branch_of(units, top.row.id, unit));
            let (id, name, telephone, has_left) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(4)?);
            Ok(KnownPerson { id, name, branch, telephone, has_left })
        },
    )
}

pub(super) fn units_said(reader: &Reader<'_>) -> Result<BTreeMap<(String, String), UnitId>, StoreError> {
    let rows = reader.all(
        "SELECT s.branch, s.group_name, s.unit FROM roster_unit s JOIN roster r ON r.id = s.roster
         WHERE r.withdrawn_ms IS NULL ORDER BY r.number",
        &[],
        |row| Ok::<_, StoreError>(((row.get(0)?, row.get(1)?), row.get(2)?)),
    )?;
    Ok(rows.into_iter().collect())
}

pub(super) fn persons_said(reader: &Reader<'_>) -> Result<BTreeMap<HelperKey, PersonId>, StoreError> {
    let rows = reader.all(
        "SELECT s.branch, s.name, s.telephone, s.person FROM roster_person s JOIN roster r ON r.id = s.roster
         WHERE r.withdrawn_ms IS NULL ORDER BY r.number",
        &[],
        |row| {
            let key = HelperKey { branch: row.get(0)?, name: row.get(1)?, telephone: row.get(2)? };
            Ok::<_, StoreError>((key, row.get(3)?))
        },
    )?;
    Ok(rows.into_iter().collect())
}

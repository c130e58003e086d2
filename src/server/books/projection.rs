//! What a household's file says now, as rows: one for coverage, the card, and its open lines.
//!
//! Everything here can be folded anew from the log. Lines are rewritten only when they changed.

use std::collections::BTreeSet;

use domain::coverage::CoverageRow;
use domain::day::Day;
use domain::file::File;
use domain::id::{EntryId, HouseholdId, PersonId, UnitId};
use domain::item::Item;
use domain::observation::Standings;
use domain::rules::{Category, rule_of};
use domain::slot::{Slot, Value};
use serde::Serialize;
use sha2::{Digest, Sha256};
use sync::card::{Names, card};

use super::figures::Ruled;
use super::likeness::Traits;
use super::{code, figures, found, pinyin};
use crate::args;
use crate::imports::id_hash;
use crate::store::{Arg, StoreError, ToArg, Tx};

/// Writes one household.
pub(super) fn put(
    tx: &Tx<'_>,
    household: HouseholdId,
    rev: u64,
    file: &File,
    categories: &[Category],
    today: Day,
) -> Result<(), StoreError> {
    let Some(mut card) = card(household, rev, file, &Blank, today) else {
        return clear(tx, household);
    };
    card.pinyin = pinyin::initials(&name_of(&file.standings));
    let rule = rule_of(categories, card.category, today);
    let coverage = CoverageRow::of(&file.standings, card.since, card.last_visit, &rule);
    let texts = Texts::of(&file.standings, &card.pinyin);
    let lines = Lines::of(file, &texts);
    let hash = lines.hash();
    let before: Option<Vec<u8>> =
        tx.first("SELECT lines_hash FROM household WHERE id = ?1", args![household], |row| row.get(0))?;
    if before.as_deref() != Some(hash.as_slice()) {
        lines.put(tx, household)?;
    }
    put_visits(tx, household, file)?;
    // A card is strings, numbers and maps with string keys: this cannot fail.
    let json = serde_json::to_vec(&card).unwrap_or_default();
    let proposed_by = file.proposed.as_ref().map(|(_, by, _)| *by);
    let id_number = file.registered.as_ref().and_then(|registered| registered.id_number.as_deref());
    let id_hash = id_number.map(|id| id_hash(&roster::id_number::key(id)));
    let proposal = file.proposed.as_ref().map(|(id, ..)| *id);
    let category = categories.iter().find(|row| Some(row.id) == card.category);
    let figures = figures::pack(&coverage, &Ruled::of(category, rule.visit_every_days, today), file);
    let standings: Vec<(i64, i64)> =
        Item::ALL.into_iter().map(|item| code::standing_numbers(*coverage.items.get(item))).collect();
    let mut values = vec![
        household.to_arg(),
        rev.to_arg(),
        Arg::Int(i64::from(file.is_open())),
        card.unit.to_arg(),
        card.category.to_arg(),
        Arg::Int(card.since.number().into()),
        day(coverage.last_visit),
        Arg::Int(coverage.due.number().into()),
        proposed_by.to_arg(),
        texts.name.to_arg(),
        texts.address.to_arg(),
        texts.telephones.to_arg(),
        texts.pinyin.to_arg(),
    ];
    values.extend(standings.iter().flat_map(|(is, until)| [Arg::Int(*is), Arg::Int(*until)]));
    values.extend([Arg::Int(lines.needs_open), Arg::Int(lines.alerts_open)]);
    values.extend([
        figures.to_arg(),
        hash.to_arg(),
        json.to_arg(),
        proposal.to_arg(),
        id_hash.to_arg(),
        id_number.to_arg(),
    ]);
    tx.execute(PUT, &values)?;
    Ok(())
}

const PUT: &str = "INSERT INTO household (id, rev, is_open, unit, category, since, last_visit, due, proposed_by,
    name, address, telephones, pinyin, name_is, name_until, address_is, address_until, telephone_is,
    telephone_until, spouse_is, spouse_until, schooling_is, schooling_until, events_is, events_until,
    needs_open, alerts_open, figures, lines_hash, card, proposal, id_hash, id_number)
 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
    ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33)
 ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, is_open = excluded.is_open, unit = excluded.unit,
    category = excluded.category, since = excluded.since, last_visit = excluded.last_visit, due = excluded.due,
    proposed_by = excluded.proposed_by, name = excluded.name, address = excluded.address,
    telephones = excluded.telephones, pinyin = excluded.pinyin, name_is = excluded.name_is,
    name_until = excluded.name_until, address_is = excluded.address_is, address_until = excluded.address_until,
    telephone_is = excluded.telephone_is, telephone_until = excluded.telephone_until,
    spouse_is = excluded.spouse_is, spouse_until = excluded.spouse_until,
    schooling_is = excluded.schooling_is, schooling_until = excluded.schooling_until,
    events_is = excluded.events_is, events_until = excluded.events_until, needs_open = excluded.needs_open,
    alerts_open = excluded.alerts_open, figures = excluded.figures, lines_hash = excluded.lines_hash,
    card = excluded.card, proposal = excluded.proposal, id_hash = excluded.id_hash,
    id_number = excluded.id_number";

fn day(day: Option<Day>) -> Arg<'static> {
    day.map_or(Arg::Null, |day| Arg::Int(day.number().into()))
}

/// Nothing is known of the household any more but waiting entries.
fn clear(tx: &Tx<'_>, household: HouseholdId) -> Result<(), StoreError> {
    for table in ["seat", "visit", "need", "alert", "rival", "household_trait", "pair"] {
        tx.execute(&format!("DELETE FROM {table} WHERE household = ?1"), args![household])?;
    }
    tx.execute("DELETE FROM household WHERE id = ?1", args![household])?;
    Ok(())
}

/// Visits are many: only those that differ are written. One that two recorded has one row.
fn put_visits(tx: &Tx<'_>, household: HouseholdId, file: &File) -> Result<(), StoreError> {
    let mut there = tx.all(
        "SELECT id, day, is_attempt, author FROM visit WHERE household = ?1",
        args![household],
        |row| {
            Ok::<_, StoreError>((
                row.get(0)?,
                (row.get::<i32>(1)?, row.get::<bool>(2)?, row.get::<PersonId>(3)?),
            ))
        },
    )?;
    there.sort_unstable();
    let mut there: std::collections::BTreeMap<EntryId, _> = there.into_iter().collect();
    for line in file.visits.iter().filter(|line| line.joined.is_none()) {
        let now = (line.visit.day.number(), line.visit.is_attempt(), line.author);
        if there.remove(&line.id) != Some(now) {
            tx.execute(
                "INSERT INTO visit (id, household, day, author, is_attempt) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (id) DO UPDATE SET household = excluded.household, day = excluded.day,
                    author = excluded.author, is_attempt = excluded.is_attempt",
                args![line.id, household, now.0, line.author, now.1],
            )?;
        }
    }
    for gone in there.keys() {
        tx.execute("DELETE FROM visit WHERE id = ?1", args![gone])?;
    }
    Ok(())
}

/// Seats, needs, alerts and rivals, as they lie in SQL.
#[derive(Serialize)]
struct Lines {
    seats: Vec<SeatPut>,
    needs: Vec<NeedPut>,
    alerts: Vec<(String, i32, bool, String)>,
    rivals: Vec<(String, String)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pairs: Vec<(String, String)>,
    traits: BTreeSet<String>,
    needs_open: i64,
    alerts_open: i64,
}

/// Seat, who, from, until, whose it is if not theirs.
type SeatPut = (String, PersonId, i32, Option<i32>, Option<PersonId>);

/// Id, day asked, day promised, whether it is open, whether the family was told, the line.
type NeedPut = (String, i32, Option<i32>, bool, bool, String);

impl Lines {
    fn of(file: &File, texts: &Texts) -> Self {
        let seats = file.seats.segments().into_iter().map(|segment| {
            let until = segment.until.map(Day::number);
            let own = file.seats.own(&segment);
            (word(&segment.seat), segment.person, segment.from.number(), until, own)
        });
        let needs = file.needs.iter().map(|line| {
            let promised = line.need.promised_until.map(Day::number);
            let (id, is_open, is_told) =
                (line.need.id.to_string(), line.reply.is_none(), line.told.is_some());
            (id, line.asked.number(), promised, is_open, is_told, json(line))
        });
        let alerts = file
            .alerts
            .iter()
            .map(|line| (line.id.to_string(), line.alert.day.number(), line.taken_up.is_none(), json(line)));
        let rivals = file.standings.iter().filter(|(_, standing)| standing.values.len() > 1);
        let pairs = file.pairs.iter().filter(|pair| file.is_open() && !pair.is_two);
        let open = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        Self {
            seats: seats.collect(),
            needs: needs.collect(),
            alerts: alerts.collect(),
            rivals: rivals.map(|(slot, standing)| (slot.to_string(), json(standing))).collect(),
            pairs: pairs.map(|pair| (pair.visit.to_string(), pair.other.to_string())).collect(),
            traits: Traits::new(&texts.name, &texts.telephones, &texts.address).words(),
            needs_open: open(file.needs.iter().filter(|line| line.reply.is_none()).count()),
            alerts_open: open(file.alerts.iter().filter(|line| line.taken_up.is_none()).count()),
        }
    }

    fn hash(&self) -> Vec<u8> {
        Sha256::digest(serde_json::to_vec(self).unwrap_or_default()).to_vec()
    }

    fn put(&self, tx: &Tx<'_>, household: HouseholdId) -> Result<(), StoreError> {
        for table in ["seat", "need", "alert", "rival", "pair"] {
            tx.execute(&format!("DELETE FROM {table} WHERE household = ?1"), args![household])?;
        }
        found::put_traits(tx, household, &self.traits)?;
        for (seat, person, from, until, own) in &self.seats {
            let sql = "INSERT INTO seat (household, seat, person, from_day, until_day, own)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            tx.execute(sql, args![household, seat, person, from, until, own])?;
        }
        for (id, asked, promised, open, told, line) in &self.needs {
            let id = domain::id::NeedId::parse(id);
            let sql = "INSERT INTO need (id, household, asked, promised_until, is_open, is_told, line)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            tx.execute(sql, args![id, household, asked, promised, open, told, line])?;
        }
        for (id, day, open, line) in &self.alerts {
            let id = EntryId::parse(id);
            let sql = "INSERT INTO alert (id, household, day, is_open, line) VALUES (?1, ?2, ?3, ?4, ?5)";
            tx.execute(sql, args![id, household, day, open, line])?;
        }
        for (slot, standing) in &self.rivals {
            let sql = "INSERT INTO rival (household, slot, standing) VALUES (?1, ?2, ?3)";
            tx.execute(sql, args![household, slot, standing])?;
        }
        for (visit, other) in &self.pairs {
            let (visit, other) = (EntryId::parse(visit), EntryId::parse(other));
            let sql = "INSERT INTO pair (household, visit, other) VALUES (?1, ?2, ?3)";
            tx.execute(sql, args![household, visit, other])?;
        }
        Ok(())
    }
}

/// A seat's word: the same as in JSON.
fn word(seat: &domain::seat::Seat) -> String {
    json(seat).trim_matches('"').to_owned()
}

/// JSON of anything that is strings, numbers and maps with string keys: writing it cannot fail.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// What lists and searches show.
struct Texts {
    name: String,
    address: String,
    telephones: String,
    pinyin: String,
}

impl Texts {
    fn of(standings: &Standings, pinyin: &[String]) -> Self {
        let latest = |slot: Slot| {
            let values = standings.get(&slot).map(|standing| standing.values.as_slice()).unwrap_or_default();
            values.iter().max_by_key(|stands| stands.day).map(|stands| &stands.value)
        };
        let address = match latest(Slot::Address) {
            Some(Value::Address(address)) => address.text.clone(),
            _ => String::new(),
        };
        let telephones = match latest(Slot::Telephone) {
            Some(Value::Telephone(value)) => {
                value.numbers.iter().map(|one| one.number.as_str()).collect::<Vec<_>>().join(" ")
            }
            _ => String::new(),
        };
        Self { name: name_of(standings), address, telephones, pinyin: pinyin.join(" ") }
    }
}

/// The worker's name as it stands; with rivals the latest.
fn name_of(standings: &Standings) -> String {
    let values = standings.get(&Slot::Name).map(|standing| standing.values.as_slice()).unwrap_or_default();
    match values.iter().max_by_key(|stands| stands.day).map(|stands| &stands.value) {
        Some(Value::Name(name)) => name.text.clone(),
        _ => String::new(),
    }
}

/// Names are looked up when a card is read, so that a renamed person is renamed everywhere.
struct Blank;

impl Names for Blank {
    fn person(&self, _person: PersonId) -> Option<String> {
        None
    }

    fn unit(&self, _unit: UnitId) -> String {
        String::new()
    }
}

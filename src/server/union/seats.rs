//! Who answers for which households: read from the seats that the entries made. Nothing is written here.

use std::collections::BTreeMap;

use domain::day::Day;
use domain::id::{HouseholdId, PersonId};
use domain::seat::Seat;
use protocol::seats::{HelperLoad, PersonSeats, SeatHeld, SeatSpan};

use crate::args;
use crate::books::{names::NameBook, pinyin};
use crate::store::{Reader, Row, StoreError};
use crate::union::persons;
use crate::union::units::prefix_range;

/// Whose seat `s` is while somebody else sits in it for a while; none where it is their own.
pub const OWN: &str = "s.own";

/// In how many seats somebody sits, today or later, in all the union.
///
/// # Errors
/// What the database says.
pub fn held(reader: &Reader<'_>, person: PersonId, today: Day) -> Result<i64, StoreError> {
    reader.count(
        "SELECT count(*) FROM seat s JOIN household h ON h.id = s.household
         WHERE s.person = ?1 AND h.is_open = 1 AND (s.until_day IS NULL OR s.until_day >= ?2)",
        args![person, today.number()],
    )
}

/// Everybody who helps in a subtree, by unit and name: also those who answer for nobody yet.
///
/// # Errors
/// What the database says.
pub fn loads(reader: &Reader<'_>, top: &str, today: Day) -> Result<Vec<HelperLoad>, StoreError> {
    let (from, to) = prefix_range(top);
    let mut names = NameBook::new(reader);
    let mut loads = reader.all(
        "SELECT p.id, p.name, p.unit, p.sign_in_name FROM person p JOIN unit u ON u.id = p.unit WHERE p.left_ms IS NULL AND (
            p.id IN (SELECT g.person FROM role_grant g JOIN unit u ON u.id = g.unit
                     WHERE g.role = 'helper' AND u.path >= ?1 AND u.path < ?2)
            OR p.id IN (SELECT s.person FROM seat s JOIN household h ON h.id = s.household JOIN unit u ON u.id = h.unit
                        WHERE h.is_open = 1 AND u.path >= ?1 AND u.path < ?2
                          AND s.from_day <= ?3 AND (s.until_day IS NULL OR s.until_day >= ?3)))
         ORDER BY u.depth, u.position, u.id, p.id",
        args![from, to, today.number()],
        |row| {
            let (person, name, unit) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok::<_, StoreError>(HelperLoad {
                person,
                name,
                sign_in_name: row.get(3)?,
                unit,
                unit_name: String::new(),
                households: 0,
                late: 0,
                seats: [0; 3],
                standing_in: 0,
            })
        },
    )?;
    for of_unit in loads.chunk_by_mut(|one, other| one.unit == other.unit) {
        of_unit.sort_by_cached_key(|load| pinyin::order(&load.name));
    }
    let counted = counted(reader, top, today)?;
    for load in &mut loads {
        load.unit_name = names.unit(load.unit)?;
        if let Some(counted) = counted.get(&load.person) {
            (load.households, load.late) = (counted.households, counted.late);
            (load.seats, load.standing_in) = (counted.seats, counted.standing_in);
        }
    }
    Ok(loads)
}

/// For how many households of a subtree somebody answers.
struct Counted {
    households: u32,
    /// Past their day.
    late: u32,
    /// In each of the three seats.
    seats: [u32; 3],
    /// For a while.
    standing_in: u32,
}

fn counted(reader: &Reader<'_>, top: &str, today: Day) -> Result<BTreeMap<PersonId, Counted>, StoreError> {
    let (from, to) = prefix_range(top);
    let mut counted = BTreeMap::new();
    let sql = format!(
        "SELECT s.person, count(DISTINCT s.household),
                sum(CASE s.seat WHEN 'leader' THEN 1 ELSE 0 END), sum(CASE s.seat WHEN 'union_officer' THEN 1 ELSE 0 END),
                sum(CASE s.seat WHEN 'line_manager' THEN 1 ELSE 0 END),
                count(DISTINCT CASE WHEN {OWN} IS NOT NULL THEN s.household END),
                count(DISTINCT CASE WHEN h.due < ?3 THEN s.household END)
         FROM seat s JOIN household h ON h.id = s.household JOIN unit u ON u.id = h.unit
         WHERE h.is_open = 1 AND u.path >= ?1 AND u.path < ?2
           AND s.from_day <= ?3 AND (s.until_day IS NULL OR s.until_day >= ?3) GROUP BY s.person"
    );
    reader.each(&sql, args![from, to, today.number()], |row| {
        let of_person = Counted {
            households: row.get(1)?,
            late: row.get(6)?,
            seats: [row.get(2)?, row.get(3)?, row.get(4)?],
            standing_in: row.get(5)?,
        };
        counted.insert(row.get(0)?, of_person);
        Ok::<_, StoreError>(())
    })?;
    Ok(counted)
}

/// Somebody's name, where they are in scope or answer for a household that is.
///
/// # Errors
/// What the database says.
pub fn name_in_scope(
    reader: &Reader<'_>,
    person: PersonId,
    today: Day,
    reaches: impl Fn(&str) -> bool,
) -> Result<Option<String>, StoreError> {
    let sql = "SELECT u.path FROM seat s JOIN household h ON h.id = s.household JOIN unit u ON u.id = h.unit
         WHERE s.person = ?1 AND h.is_open = 1 AND (s.until_day IS NULL OR s.until_day >= ?2)";
    let mut paths = reader.all(sql, args![person, today.number()], |row| row.get::<String>(0))?;
    paths.extend(persons::unit_path(reader, person)?);
    if !paths.iter().any(|path| reaches(path)) {
        return Ok(None);
    }
    NameBook::new(reader).person(person).map(Some)
}

/// For whom a person answers today and later, as far as `reaches` says that it may be seen.
///
/// # Errors
/// What the database says.
pub fn of_person(
    reader: &Reader<'_>,
    person: PersonId,
    today: Day,
    reaches: impl Fn(&str) -> bool,
) -> Result<PersonSeats, StoreError> {
    let mut names = NameBook::new(reader);
    let sql = format!(
        "SELECT s.household, s.seat, s.from_day, s.until_day, h.name, h.unit, u.path, {OWN},
                (SELECT n.person FROM seat n WHERE n.household = s.household AND n.seat = s.seat AND s.from_day > ?2
                   AND n.from_day <= ?2 AND (n.until_day IS NULL OR n.until_day >= ?2) LIMIT 1)
         FROM seat s JOIN household h ON h.id = s.household JOIN unit u ON u.id = h.unit
         WHERE s.person = ?1 AND h.is_open = 1 AND (s.until_day IS NULL OR s.until_day >= ?2)
         ORDER BY u.path, h.id, s.from_day"
    );
    let mut rows = reader.all(&sql, args![person, today.number()], |row| {
        let [own, now] = [7, 8].map(|column| row.get::<Option<PersonId>>(column));
        Ok::<_, StoreError>((read(row)?, row.get(5)?, row.get::<String>(6)?, (own?, now?)))
    })?;
    for of_unit in rows.chunk_by_mut(|one, other| one.2 == other.2) {
        of_unit.sort_by_cached_key(|(held, ..)| pinyin::order(&held.name));
    }
    let mut found = PersonSeats::default();
    for (mut held, unit, path, (own, now)) in rows {
        if !reaches(&path) {
            found.beyond += 1;
            continue;
        }
        held.unit_name = names.unit(unit)?;
        let mut named = |who: Option<PersonId>| who.map_or(Ok(String::new()), |who| names.person(who));
        (held.stands_in_for, held.meanwhile) = (named(own)?, named(now)?);
        held.others = others(reader, held.household, person, today)?;
        found.seats.push(held);
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<SeatHeld, StoreError> {
    let until: Option<i32> = row.get(3)?;
    Ok(SeatHeld {
        household: row.get(0)?,
        name: row.get(4)?,
        unit_name: String::new(),
        seat: seat(row, 1)?,
        from: Day::from_number(row.get(2)?),
        until: until.map(Day::from_number),
        stands_in_for: String::new(),
        meanwhile: String::new(),
        others: Vec::new(),
    })
}

fn seat(row: &Row<'_>, column: usize) -> Result<Seat, StoreError> {
    let word: String = row.get(column)?;
    serde_json::from_value(word.into()).map_err(|_| StoreError::Unreadable { column })
}

/// Who answers for a household today and later, in the order of the seats and the days.
///
/// # Errors
/// What the database says.
pub fn of_household(
    reader: &Reader<'_>,
    household: HouseholdId,
    today: Day,
) -> Result<Vec<SeatSpan>, StoreError> {
    let mut names = NameBook::new(reader);
    let sql = format!(
        "SELECT s.seat, s.person, s.from_day, s.until_day, {OWN} FROM seat s
         WHERE s.household = ?1 AND (s.until_day IS NULL OR s.until_day >= ?2) ORDER BY s.from_day"
    );
    let rows = reader.all(&sql, args![household, today.number()], |row| {
        let until: Option<i32> = row.get(3)?;
        let span = SeatSpan {
            seat: seat(row, 0)?,
            person: row.get(1)?,
            name: String::new(),
            from: Day::from_number(row.get(2)?),
            until: until.map(Day::from_number),
            stands_in_for: String::new(),
        };
        Ok::<_, StoreError>((span, row.get::<Option<PersonId>>(4)?))
    })?;
    let mut spans = Vec::new();
    for (mut span, own) in rows {
        span.name = names.person(span.person)?;
        span.stands_in_for = own.map(|own| names.person(own)).transpose()?.unwrap_or_default();
        spans.push(span);
    }
    spans.sort_by_key(|span| span.seat);
    Ok(spans)
}

fn others(
    reader: &Reader<'_>,
    household: HouseholdId,
    but: PersonId,
    today: Day,
) -> Result<Vec<PersonId>, StoreError> {
    reader.all(
        "SELECT DISTINCT person FROM seat
         WHERE household = ?1 AND person <> ?2 AND (until_day IS NULL OR until_day >= ?3) ORDER BY person",
        args![household, but, today.number()],
        |row| row.get(0),
    )
}

//! The demonstration: a fictional union, made from a seed, with a pattern worth looking at.
//!
//! Only `--demo` fills an office with it, and only a database that `--demo` made. Nobody here is
//! real; telephones begin with 199 0000. What it makes goes through the same ledger as everything else.

mod chance;

mod gaps;

mod households;

mod needs;

mod people;

mod values;

mod visits;

use domain::day::Day;
use domain::entry::Entry;
use domain::id::{EntryId, PersonId};
use domain::rules::Category;
use protocol::desk::{NewPerson, NewUnit, UnionSettings};
use protocol::record::{EntryHash, Record, Sealed};
use sync::ledger::{Arrival, take_in, take_in_desk};

use crate::books::{SqlBooks, categories};
use crate::error::ApiError;
use crate::office::Office;
use crate::store::Tx;
use crate::union::{persons, settings, units};

pub use chance::Chance;

/// The union's fictional name.
pub const NAME: &str = "青峰矿工会";

/// A whole union, not yet written anywhere.
pub struct DemoUnion {
    /// The tree, each unit after its parent.
    pub units: Vec<NewUnit>,
    /// Everybody.
    pub persons: Vec<NewPerson>,
    /// The mines' six.
    pub categories: Vec<Category>,
    /// What was done at the desk, and by whom.
    pub desk: Vec<Entry>,
    /// What came from phones.
    pub phones: Vec<Entry>,
}

/// Makes the union from a seed, as of a day.
#[must_use]
pub fn make(seed: u64, today: Day) -> DemoUnion {
    let mut chance = Chance::new(seed);
    let tree = people::tree(&mut chance);
    let crowd = people::crowd(&mut chance, &tree);
    let categories =
        categories::shipped(categories::MINES_SIX, |_| chance.id(0, domain::id::CategoryId::new));
    let mut made = DemoUnion {
        units: tree.units.clone(),
        persons: crowd.persons.clone(),
        categories,
        desk: Vec::new(),
        phones: Vec::new(),
    };
    let homes = households::all(&mut chance, &tree, &crowd, &made.categories, today);
    for home in &homes {
        households::register(&mut chance, home, &crowd, &mut made.desk);
        visits::record(&mut chance, home, today, &mut made);
    }
    needs::answer_and_raise(&mut chance, &homes, &crowd, today, &mut made);
    gaps::forget(&homes, today, &mut made);
    gaps::confirm(&mut chance, today, &mut made);
    visits::number(&mut chance, &mut made.phones);
    made
}

/// Fills an empty demonstration; says whether it had to.
///
/// # Errors
/// What the database says.
pub async fn fill(office: &Office) -> Result<bool, ApiError> {
    let now_ms = office.now_ms();
    office
        .db()
        .write(move |tx| {
            if persons::count(tx)? > 0 {
                return Ok(false);
            }
            let utc_offset_minutes = settings::get(tx)?.utc_offset_minutes;
            let today = Day::at(now_ms, utc_offset_minutes);
            settings::put(tx, &UnionSettings { name: NAME.to_owned(), utc_offset_minutes })?;
            write(tx, &make(20_261_121, today), today, now_ms)?;
            Ok::<_, ApiError>(true)
        })
        .await
}

/// Writes a union into an empty office.
///
/// # Errors
/// What the database says.
pub fn write(tx: &Tx<'_>, union: &DemoUnion, today: Day, now_ms: i64) -> Result<(), ApiError> {
    for unit in &union.units {
        units::insert::<ApiError>(tx, unit.id, unit.parent, unit.level, &unit.name, now_ms)?;
    }
    for person in &union.persons {
        let change = protocol::desk::PersonChange {
            name: person.name.clone(),
            sign_in_name: person.sign_in_name.clone(),
            unit: person.unit,
            telephone: person.telephone.clone(),
            grants: person.grants.clone(),
        };
        persons::put::<ApiError>(tx, person.id, &change, now_ms)?;
    }
    for category in &union.categories {
        categories::put(tx, category)?;
    }
    let mut books = SqlBooks::open(tx, today);
    for entry in &union.desk {
        take_in_desk(&mut books, entry.author, std::slice::from_ref(entry), entry.wall_ms)?;
    }
    for entries in by_author(&union.phones) {
        let Some(author) = entries.first().map(|entry| entry.author) else { continue };
        let arrivals: Vec<Arrival> = entries.iter().map(arrival).collect();
        take_in(&mut books, author, &arrivals, now_ms)?;
    }
    Ok(())
}

/// Entries in runs of one author, never empty.
fn by_author(entries: &[Entry]) -> impl Iterator<Item = &[Entry]> {
    entries.chunk_by(|a, b| a.author == b.author)
}

/// An entry as if it had just been opened.
fn arrival(entry: &Entry) -> Arrival {
    // An entry is strings, numbers and maps with string keys: this cannot fail.
    let plain = serde_json::to_vec(entry).unwrap_or_default();
    let record = Record {
        device: entry.device,
        seq: entry.seq,
        id: entry.id,
        entry_hash: EntryHash::of(&plain),
        sealed_to: String::new(),
        bytes: Sealed(Vec::new()),
    };
    Arrival::of(record, Some(plain))
}

/// Makes an entry of the demonstration on a day, at about `hour` o'clock in China.
fn entry(
    chance: &mut Chance,
    author: PersonId,
    household: domain::id::HouseholdId,
    day: Day,
    act: &domain::entry::Act,
) -> Entry {
    let wall_ms = i64::from(day.number()) * 86_400_000 + 3_600_000 * i64::from(chance.within(1, 9));
    Entry {
        id: chance.id(wall_ms, EntryId::new),
        device: domain::entry::OFFICE,
        seq: 0,
        kind: act.kind().to_owned(),
        schema: domain::entry::SCHEMA,
        household,
        author,
        wall_ms,
        clock_offset_ms: Some(0),
        nonce: format!("{:016x}{:016x}", chance.next(), chance.next()),
        payload: act.payload(),
    }
}

#[cfg(test)]
mod tests;

//! Builds entries and arrivals with as few words as a case needs. Ids are numbers.

use crate::ledger::Arrival;
use domain::{
    answer::Answer,
    day::Day,
    entry::{Act, Amend, Entry, Judge, OFFICE, Propose, Register, SCHEMA, Withdraw},
    id::{DeviceId, EntryId, HouseholdId, PersonId, UnitId},
    item::Item,
    seat::{Assign, Seat},
    slot::{Slot, Value, Values},
    value::{NameValue, Rest, Whose},
    visit::Visit,
};
use protocol::{
    deposit::Short,
    record::{EntryHash, Record, Sealed},
};
use std::collections::BTreeMap;

/// The office's clock: 2026-11-21 12:00 in China.
pub const NOW_MS: i64 = 1_795_233_600_000;

/// Who writes at the desk.
pub const DESK: PersonId = PersonId::from_bytes([1; 16]);

/// The persons that a fresh store knows, the desk's among them.
pub const PERSONS: [PersonId; 4] = [DESK, person(2), person(3), person(4)];

/// The units that a fresh store knows.
pub const UNITS: [UnitId; 2] = [unit(1), unit(2)];

/// The person of a number; only those in [`PERSONS`] are of the union.
#[must_use]
pub const fn person(n: u8) -> PersonId {
    PersonId::from_bytes([n; 16])
}

/// The unit of a number.
#[must_use]
pub const fn unit(n: u8) -> UnitId {
    UnitId::from_bytes([n; 16])
}

/// The household of a number.
#[must_use]
pub fn household(n: u16) -> HouseholdId {
    HouseholdId::from_bytes(numbered(n.into()))
}

/// The entry of a number; greater numbers are greater ids.
#[must_use]
pub fn entry_id(n: u32) -> EntryId {
    EntryId::from_bytes(numbered(n))
}

fn numbered(n: u32) -> [u8; 16] {
    let mut bytes = [7; 16];
    for (byte, digit) in bytes.iter_mut().zip(n.to_be_bytes()) {
        *byte = digit;
    }
    bytes
}

/// The epoch of a number.
#[must_use]
pub const fn epoch(n: u8) -> Short {
    Short::from_bytes([n; 8])
}

/// A day of the story; [`NOW_MS`] is on day 100.
#[must_use]
pub fn day(n: i32) -> Day {
    Day::at(NOW_MS, 480).plus(n - 100)
}

/// One helper's phone.
#[derive(Clone, Copy, Debug)]
pub struct Handset {
    /// Whose.
    pub person: PersonId,
    /// Its database.
    pub device: DeviceId,
}

/// The phone of the person of that number.
#[must_use]
pub const fn handset(n: u8) -> Handset {
    Handset { person: person(n), device: DeviceId::from_bytes([n; 16]) }
}

impl Handset {
    /// An entry made on this phone as its `n`-th, with the id of that number.
    #[must_use]
    pub fn entry(&self, n: u32, household: HouseholdId, act: &Act) -> Entry {
        entry(n, self.device, n.into(), self.person, household, act)
    }

    /// It, as it arrives at the office and is opened there.
    #[must_use]
    pub fn says(&self, n: u32, household: HouseholdId, act: &Act) -> Arrival {
        arrival(&self.entry(n, household, act))
    }
}

/// An entry of the desk with the id of that number.
#[must_use]
pub fn desk(n: u32, household: HouseholdId, act: &Act) -> Entry {
    entry(n, OFFICE, 0, DESK, household, act)
}

fn entry(n: u32, device: DeviceId, seq: u64, author: PersonId, household: HouseholdId, act: &Act) -> Entry {
    Entry {
        id: entry_id(n),
        device,
        seq,
        kind: act.kind().to_owned(),
        schema: SCHEMA,
        household,
        author,
        // A clock that runs backwards: it must decide nothing.
        wall_ms: NOW_MS - i64::from(n) * 1_000,
        clock_offset_ms: None,
        nonce: format!("{n:032x}"),
        payload: act.payload(),
    }
}

/// An entry as it arrives, opened.
#[must_use]
pub fn arrival(entry: &Entry) -> Arrival {
    let plain = serde_json::to_vec(entry).unwrap_or_default();
    let record = Record {
        device: entry.device,
        seq: entry.seq,
        id: entry.id,
        entry_hash: EntryHash::of(&plain),
        sealed_to: "0011223344556677".to_owned(),
        bytes: Sealed(plain.clone()),
    };
    Arrival::of(record, Some(plain))
}

/// What opens a file: registered on day 0, the person of that number in a seat from then on. Takes
/// two ids.
#[must_use]
pub fn opened(n: u32, household: HouseholdId, helper: u8) -> [Entry; 2] {
    [desk(n, household, &register(0, 1)), desk(n + 1, household, &seat(helper, 0))]
}

/// Registers a household on a day.
#[must_use]
pub fn register(on: i32, in_unit: u8) -> Act {
    let (category, causes, stated, rest) = (None, Vec::new(), named("李四"), Rest::new());
    Act::Register(Register {
        day: day(on),
        unit: unit(in_unit),
        category,
        causes,
        id_number: None,
        stated,
        rest,
    })
}

/// Seats the person of that number as leader from a day on.
#[must_use]
pub fn seat(helper: u8, from: i32) -> Act {
    Act::Assign(Assign { seat: Seat::Leader, person: Some(person(helper)), from: day(from), until: None })
}

/// A visit at which the worker was met and said this name.
#[must_use]
pub fn visit(on: i32, name: &str) -> Visit {
    let answer = Answer::Changed { stated: named(name), confirmed: Values::new() };
    Visit {
        met: Some(Whose::Worker),
        answers: BTreeMap::from([(Item::Name, answer)]),
        ..Visit::attempt(day(on))
    }
}

/// [`visit`] as an act.
#[must_use]
pub fn visited(on: i32, name: &str) -> Act {
    Act::Visit(visit(on, name))
}

/// Amends the visit of a number, replacing the version of another.
#[must_use]
pub fn amend(of: u32, replaces: u32, version: Visit) -> Act {
    Act::Amend(Amend { visit: entry_id(of), replaces: entry_id(replaces), version })
}

/// Withdraws the visit of a number.
#[must_use]
pub fn withdraw(of: u32) -> Act {
    Act::Withdraw(Withdraw { visit: entry_id(of), why: String::new() })
}

/// A verdict on the entry of a number.
#[must_use]
pub fn judge(of: u32, accept: bool, why: &str) -> Act {
    Act::Judge(Judge { entry: entry_id(of), accept, why: why.to_owned() })
}

/// A household found at the door.
#[must_use]
pub fn propose(on: i32, name: &str) -> Act {
    let (unit, why, rest) = (None, String::new(), Rest::new());
    Act::Propose(Propose { day: day(on), unit, stated: named(name), why, rest })
}

/// The name, as a value.
#[must_use]
pub fn named(text: &str) -> Values {
    let name = NameValue { text: text.to_owned(), ..NameValue::default() };
    Values::from([(Slot::Name, Value::Name(name))])
}

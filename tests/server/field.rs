//! What a phone and a desk make: entries, records, deposits, with defaults for what a test does not care for.

use std::collections::BTreeMap;

use domain::answer::Answer;
use domain::day::Day;
use domain::entry::{Act, Entry, OFFICE, Register, SCHEMA};
use domain::id::{DeviceId, EntryId, HouseholdId, NeedId, PersonId};
use domain::item::Item;
use domain::seat::{Assign, Seat};
use domain::slot::{Slot, Value, Values};
use domain::value::{AddressValue, NameValue, Whose};
use domain::visit::{Need, NeedKind, Visit};
use protocol::deposit::{Deposit, DepositAnswer, Head};
use protocol::office::{DeskEntries, DeskReceipts};
use protocol::record::{self, EntryHash, Record};
use protocol::sign_in::{OfficeKey, SessionKind};

use crate::browser::Browser;
use crate::world::{NOON_MS, World, unit};

/// A household named by a number.
pub fn household(number: u8) -> HouseholdId {
    HouseholdId::from_bytes([number; 16])
}

/// An entry id named by a number; the greater is the later.
pub fn entry_id(number: u128) -> EntryId {
    EntryId::from_bytes((number + (1 << 64)).to_be_bytes())
}

/// An entry of the desk.
pub fn desk_entry(world: &World, author: PersonId, household: HouseholdId, act: &Act) -> Entry {
    Entry {
        id: EntryId::new(NOON_MS, world.office.random()),
        device: OFFICE,
        seq: 0,
        kind: act.kind().to_owned(),
        schema: SCHEMA,
        household,
        author,
        wall_ms: NOON_MS,
        clock_offset_ms: Some(0),
        nonce: "0".repeat(32),
        payload: act.payload(),
    }
}

/// What is known of a household at the beginning: name and address.
pub fn stated(name: &str) -> Values {
    let address = AddressValue { text: "三号楼二单元".to_owned(), ..AddressValue::default() };
    Values::from([
        (Slot::Name, Value::Name(NameValue { text: name.to_owned(), ..NameValue::default() })),
        (Slot::Address, Value::Address(address)),
    ])
}

/// The opening of a file in a unit.
pub fn register(at: u8, name: &str, day: Day) -> Act {
    Act::Register(Register {
        day,
        unit: unit(at),
        category: None,
        causes: Vec::new(),
        id_number: None,
        stated: stated(name),
        rest: serde_json::Map::new(),
    })
}

/// A person in the first seat from a day on.
pub fn assign(person: PersonId, from: Day) -> Act {
    Act::Assign(Assign { seat: Seat::Leader, person: Some(person), from, until: None })
}

/// A visit where the worker was met and nothing else was said.
pub fn visit(day: Day) -> Visit {
    Visit { met: Some(Whose::Worker), ..Visit::attempt(day) }
}

/// A visit that says the worker has another name.
pub fn renaming(day: Day, name: &str) -> Visit {
    let value = Value::Name(NameValue { text: name.to_owned(), ..NameValue::default() });
    let answers = BTreeMap::from([(
        Item::Name,
        Answer::Changed { stated: Values::from([(Slot::Name, value)]), confirmed: Values::new() },
    )]);
    Visit { answers, ..visit(day) }
}

/// A visit that brings a need.
pub fn asking(day: Day, need: NeedId, promised_until: Option<Day>) -> Visit {
    let need = Need {
        id: need,
        kind: NeedKind::Medical,
        words: "想问大病补助".to_owned(),
        promised_until,
        rest: serde_json::Map::new(),
    };
    Visit { needs: vec![need], ..visit(day) }
}

/// Puts acts down at a desk, all of which have to be taken.
pub async fn put_down(
    world: &World,
    desk: &mut Browser,
    author: PersonId,
    acts: &[(HouseholdId, Act)],
) -> DeskReceipts {
    let entries = acts.iter().map(|(household, act)| desk_entry(world, author, *household, act)).collect();
    desk.post("/api/office", &DeskEntries { entries }).await.ok()
}

/// A helper's phone.
pub struct Phone {
    pub browser: Browser,
    pub person: PersonId,
    pub device: DeviceId,
    pub made: u64,
    pub shown: Option<Head>,
    pub key: OfficeKey,
}

impl Phone {
    /// A phone on which a person is signed in.
    pub async fn of(world: &World, person: PersonId, device: u8) -> Self {
        Self {
            browser: world.signed_in(person, SessionKind::Phone).await,
            person,
            device: DeviceId::from_bytes([device; 16]),
            made: 0,
            shown: None,
            key: world.office.keys().published(),
        }
    }

    /// The next entry.
    pub fn entry(&mut self, household: HouseholdId, act: &Act) -> Entry {
        self.made += 1;
        let number = u128::from(self.made) + (u128::from(self.device.as_bytes()[0]) << 32);
        Entry {
            id: entry_id(number),
            device: self.device,
            seq: self.made,
            kind: act.kind().to_owned(),
            schema: SCHEMA,
            household,
            author: self.person,
            wall_ms: NOON_MS,
            clock_offset_ms: None,
            nonce: format!("{number:032x}"),
            payload: act.payload(),
        }
    }

    /// The next entry, sealed.
    pub fn record(&mut self, household: HouseholdId, act: &Act) -> Record {
        let entry = self.entry(household, act);
        self.seal(&entry)
    }

    /// An entry, sealed to the key this phone has.
    pub fn seal(&self, entry: &Entry) -> Record {
        self.seal_bytes(entry, &serde_json::to_vec(entry).unwrap())
    }

    /// Any bytes under an entry's name.
    pub fn seal_bytes(&self, entry: &Entry, plain: &[u8]) -> Record {
        let public: [u8; 32] = from_base64(&self.key.public).try_into().unwrap();
        Record {
            device: entry.device,
            seq: entry.seq,
            id: entry.id,
            entry_hash: EntryHash::of(plain),
            sealed_to: self.key.id.clone(),
            bytes: record::seal(plain, public, [u8::try_from(entry.seq % 251).unwrap(); 32]).unwrap(),
        }
    }

    /// What it says to the office with these records.
    pub fn deposit_of(&self, records: &[Record]) -> Deposit {
        Deposit {
            device: self.device,
            devices: vec![self.device],
            made: self.made,
            shown: self.shown,
            records: records.to_vec(),
        }
    }

    /// Deposits, and remembers the head.
    pub async fn deposit(&mut self, records: &[Record]) -> DepositAnswer {
        let deposit = self.deposit_of(records);
        let answer: DepositAnswer = self.browser.post("/api/deposit", &deposit).await.ok();
        self.shown = Some(answer.head);
        answer
    }
}

fn from_base64(text: &str) -> Vec<u8> {
    // JSON is how the product itself reads these bytes.
    let sealed: record::Sealed = serde_json::from_value(text.into()).unwrap();
    sealed.0
}

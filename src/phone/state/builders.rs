//! A household to test with: six known, one child, no event.

use domain::{
    day::Day,
    entry::{Act, Entry, SCHEMA},
    id::{ChildId, DeviceId, EntryId, HouseholdId, PersonId},
    observation::{Standing, Standings, Stands},
    slot::{Slot, Value},
    value::{AddressValue, ChildValue, Marital, NameValue, SpouseValue, Telephone, TelephoneValue, Whose},
    visit::Consent,
};
use protocol::changes::{Card, CardVisit};
use std::collections::BTreeMap;

pub fn day(of_month: u8) -> Day {
    Day::new(2026, 11, of_month).unwrap_or(Day::from_number(0))
}

pub fn person() -> PersonId {
    PersonId::new(1, [7; 10])
}

pub fn child() -> ChildId {
    ChildId::new(2, [2; 10])
}

pub fn stands(value: Value, day: Day) -> Stands {
    Stands { value, day, by: person(), entry: EntryId::new(1, [9; 10]) }
}

/// An entry that was made here for [`card`], numbered by its place.
pub fn entry(n: u8, act: &Act) -> Entry {
    Entry {
        id: EntryId::new(i64::from(n), [n; 10]),
        device: DeviceId::new(1, [1; 10]),
        seq: u64::from(n),
        kind: act.kind().to_owned(),
        schema: SCHEMA,
        household: card().household,
        author: person(),
        wall_ms: 0,
        clock_offset_ms: None,
        nonce: String::new(),
        payload: act.payload(),
    }
}

pub fn card() -> Card {
    let one = |value| Standing { values: vec![stands(value, day(1))], declined: None };
    let number = Telephone { number: "13812345678".into(), whose: Whose::Worker, rest: Default::default() };
    let standings = Standings::from([
        (Slot::Name, one(Value::Name(NameValue { text: "王秀英".into(), ..Default::default() }))),
        (
            Slot::Address,
            one(Value::Address(AddressValue { text: "红旗小区 12 栋".into(), ..Default::default() })),
        ),
        (
            Slot::Telephone,
            one(Value::Telephone(TelephoneValue { numbers: vec![number], rest: Default::default() })),
        ),
        (Slot::Spouse, one(Value::Spouse(SpouseValue { marital: Marital::Widowed, ..Default::default() }))),
        (Slot::Schooling, one(Value::Children(vec![child()]))),
        (Slot::Child(child()), one(Value::Child(ChildValue { name: "张小燕".into(), ..Default::default() }))),
        (Slot::Events, one(Value::EventList(Vec::new()))),
    ]);
    Card {
        household: HouseholdId::new(1, [1; 10]),
        rev: 1,
        unit: None,
        unit_name: String::new(),
        category: None,
        causes: Vec::new(),
        since: day(1),
        proposed: false,
        seats: Vec::new(),
        standings,
        last_visit: Some(day(1)),
        visits: Vec::new(),
        pairs: Vec::new(),
        needs: Vec::new(),
        alerts: Vec::new(),
        consent: Some((day(1), Consent { notice: 1, given: true })),
        names: BTreeMap::new(),
        pinyin: vec!["wxy".into()],
        rest: Default::default(),
    }
}

/// A visit at which the worker was met.
pub fn visited(on: u8) -> CardVisit {
    CardVisit {
        id: EntryId::new(1, [on; 10]),
        day: day(on),
        author: person(),
        met: Some(Whose::Worker),
        companion: String::new(),
        companion_id: None,
        confirmed: false,
        joined: None,
        note: String::new(),
        next: None,
    }
}

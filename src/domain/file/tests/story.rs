//! Builds entries of one household with as few words as a test needs. Ids and persons are numbers.

use crate::{
    answer::Answer,
    day::Day,
    entry::{
        Act, Alert, Amend, Confirm, Entry, Erase, Erased, ErasedBecause, Judge, Merge, Move, OFFICE, Pair,
        Propose, Register, Reply, SCHEMA, Settle, TakeUp, Tell, Withdraw,
    },
    file::{Directory, Logged, Reason},
    id::{DeviceId, EntryId, HouseholdId, ImportId, NeedId, PersonId, UnitId},
    import::Import,
    item::Item,
    seat::{Assign, Seat},
    slot::{Slot, Value, Values},
    value::{EventKind, NameValue, Rest, Whose},
    visit::{Companion, Consent, Need, NeedKind, Visit},
};
use std::collections::BTreeMap;

pub fn id(n: u8) -> EntryId {
    EntryId::from_bytes([n; 16])
}

pub fn person(n: u8) -> PersonId {
    PersonId::from_bytes([n; 16])
}

pub fn day(n: i32) -> Day {
    Day::from_number(20_000 + n)
}

pub fn need_id(n: u8) -> NeedId {
    NeedId::from_bytes([n; 16])
}

pub fn name(text: &str) -> Value {
    Value::Name(NameValue { text: text.to_owned(), ..NameValue::default() })
}

pub fn named(text: &str) -> Values {
    if text.is_empty() { Values::new() } else { Values::from([(Slot::Name, name(text))]) }
}

/// Persons 1–9 are of the union.
pub struct Union;

impl Directory for Union {
    fn knows(&self, person: PersonId) -> bool {
        person.as_bytes()[0] < 10
    }
}

/// An entry of a helper: person `by`, on the phone of the same number, its seq the id.
pub fn from_phone(n: u8, by: u8, act: &Act) -> Logged {
    logged(written(n, DeviceId::from_bytes([by; 16]), by, act))
}

/// An entry of the desk, by person 9.
pub fn from_desk(n: u8, act: &Act) -> Logged {
    logged(written(n, OFFICE, 9, act))
}

/// An entry as it was written.
pub fn written(n: u8, device: DeviceId, by: u8, act: &Act) -> Entry {
    Entry {
        id: id(n),
        device,
        seq: if device == OFFICE { 0 } else { n.into() },
        kind: act.kind().to_owned(),
        schema: SCHEMA,
        household: HouseholdId::from_bytes([1; 16]),
        author: person(by),
        // A clock that runs backwards: it must decide nothing.
        wall_ms: -i64::from(n),
        clock_offset_ms: None,
        nonce: String::new(),
        payload: act.payload(),
    }
}

/// An entry, read; both ways of reading it agree.
pub fn logged(entry: Entry) -> Logged {
    let bytes = serde_json::to_vec(&entry).unwrap();
    let entry = entry.read();
    assert_eq!(Entry::from_slice(&bytes).unwrap(), entry);
    Logged { entry: entry.into(), taint: None }
}

pub fn tainted(logged: Logged, reason: Reason) -> Logged {
    Logged { taint: Some(reason), ..logged }
}

/// An entry, as one of another file.
pub fn of_file(file: u8, one: Logged) -> Logged {
    let mut entry = Entry::clone(&one.entry);
    entry.household = HouseholdId::from_bytes([file; 16]);
    Logged { entry: entry.into(), ..one }
}

/// A visit that met the worker and learnt the name; an empty name is not asked.
pub fn visit(on: i32, text: &str) -> Visit {
    let name = Answer::Changed { stated: named(text), confirmed: Values::new() };
    Visit {
        met: Some(Whose::Worker),
        answers: if text.is_empty() { BTreeMap::new() } else { BTreeMap::from([(Item::Name, name)]) },
        ..Visit::attempt(day(on))
    }
}

/// A visit at which the name was confirmed.
pub fn unchanged(on: i32, text: &str) -> Visit {
    let answers = BTreeMap::from([(Item::Name, Answer::Unchanged { confirmed: named(text) })]);
    Visit { answers, ..visit(on, "") }
}

pub fn asking(visit: Visit, need: u8) -> Visit {
    let (id, words, rest) = (need_id(need), "学费".to_owned(), Rest::new());
    Visit { needs: vec![Need { id, kind: NeedKind::Schooling, words, promised_until: None, rest }], ..visit }
}

pub fn telling(visit: Visit, need: u8) -> Visit {
    Visit { told: vec![need_id(need)], ..visit }
}

pub fn with_companion(visit: Visit, n: u8) -> Visit {
    Visit { companion: Some(Companion::Person(person(n))), ..visit }
}

pub fn consenting(visit: Visit, notice: u32) -> Visit {
    Visit { consent: Some(Consent { notice, given: true }), ..visit }
}

pub fn amend(of: u8, replaces: u8, version: Visit) -> Act {
    Act::Amend(Amend { visit: id(of), replaces: id(replaces), version })
}

pub fn withdraw(of: u8) -> Act {
    Act::Withdraw(Withdraw { visit: id(of), why: String::new() })
}

pub fn confirm(of: u8) -> Act {
    Act::Confirm(Confirm { visit: id(of) })
}

pub fn alert(on: i32) -> Act {
    Act::Alert(Alert {
        kind: EventKind::Illness, words: "住院".to_owned(), day: day(on), rest: Rest::new()
    })
}

pub fn propose(on: i32, text: &str) -> Act {
    Act::Propose(Propose {
        day: day(on),
        unit: None,
        stated: named(text),
        why: String::new(),
        rest: Rest::new(),
    })
}

pub fn register(on: i32, unit: u8, text: &str) -> Act {
    let (category, causes, rest) = (None, Vec::new(), Rest::new());
    Act::Register(Register {
        day: day(on),
        unit: unit_id(unit),
        category,
        causes,
        id_number: None,
        stated: named(text),
        rest,
    })
}

/// A roster states a name on a day and seats person `who` from then on; with a unit it registers the household.
pub fn import(on: i32, unit: Option<u8>, text: &str, who: u8) -> Act {
    let register = unit.and_then(|unit| match register(on, unit, "") {
        Act::Register(register) => Some(register),
        _ => None,
    });
    let seat = |seat| Assign { seat, person: Some(person(who)), from: day(on), until: None };
    Act::Import(Import {
        import: ImportId::from_bytes([9; 16]),
        day: day(on),
        row: 5,
        register,
        stated: named(text),
        seats: vec![seat(Seat::Leader), seat(Seat::LineManager)],
        rest: Rest::new(),
    })
}

pub fn unit_id(n: u8) -> UnitId {
    UnitId::from_bytes([n; 16])
}

/// Seats person `who` as leader from a day on.
pub fn assign(who: u8, from: i32) -> Act {
    Act::Assign(Assign { seat: Seat::Leader, person: Some(person(who)), from: day(from), until: None })
}

pub fn pair(of: u8, other: u8, is_one: bool) -> Act {
    Act::Pair(Pair { visit: id(of), other: id(other), is_one })
}

pub fn move_to(on: i32, unit: u8) -> Act {
    Act::Move(Move { day: day(on), unit: unit_id(unit) })
}

pub fn settle(on: i32, text: &str) -> Act {
    Act::Settle(Settle { slot: Slot::Name, value: name(text), day: day(on) })
}

pub fn judge(of: u8, accept: bool) -> Act {
    Act::Judge(Judge { entry: id(of), accept, why: String::new() })
}

pub fn reply(need: u8, on: i32) -> Act {
    correcting(need, on, None)
}

/// A reply that takes the place of another.
pub fn correcting(need: u8, on: i32, replaces: Option<u8>) -> Act {
    let replaces = replaces.map(id);
    Act::Reply(Reply { need: need_id(need), day: day(on), words: "已批".to_owned(), replaces })
}

pub fn tell(need: u8, reply: u8, on: i32) -> Act {
    Act::Tell(Tell { need: need_id(need), reply: id(reply), day: day(on), rest: Rest::new() })
}

pub fn erase(entries: impl IntoIterator<Item = u8>) -> Act {
    let what = Erased::Entries(entries.into_iter().map(id).collect());
    Act::Erase(Erase { what, why: ErasedBecause::Mistaken })
}

pub fn merge(other: u8) -> Act {
    Act::Merge(Merge { other: HouseholdId::from_bytes([other; 16]), words: String::new() })
}

pub fn take_up(of: u8, on: i32) -> Act {
    Act::TakeUp(TakeUp { alert: id(of), day: day(on), words: String::new() })
}

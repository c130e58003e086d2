//! Opens households in a demo office for its first helper, through the desk's own door.

use domain::day::Day;
use domain::entry::{Act, Entry, OFFICE, Register, SCHEMA};
use domain::id::{ChildId, EntryId, HouseholdId, PersonId};
use domain::seat::{Assign, Seat};
use domain::slot::{Slot, Value, Values};
use domain::value::{AddressValue, ChildValue, NameValue, SpouseValue, TelephoneValue};
use kit::office::Office;
use protocol::desk::UnitRow;
use protocol::office::{DeskEntries, DeskReceipts};
use protocol::sign_in::{DemoPerson, DemoSignIn, Me, OfficeCard, Role, SessionKind};

use crate::http::{Http, Outcome, trouble};

/// The first person the demonstration offers in a role.
pub fn offered(http: &mut Http, role: Role) -> Outcome<DemoPerson> {
    let card: OfficeCard = http.ask("GET", "/api/office", b"")?.read()?;
    let mut people = card.demo.unwrap_or_default().into_iter();
    people.find(|one| one.role == role).ok_or_else(|| trouble(format!("nobody is offered as {role:?}")))
}

/// Opens so many households, each with a seat for the first helper; six things known of each.
pub fn open(office: &Office, households: usize) -> Outcome {
    let mut http = Http::connect(office.address())?;
    let helper = offered(&mut http, Role::Helper)?.person;
    let ask = DemoSignIn {
        person: offered(&mut http, Role::Registrar)?.person,
        kind: SessionKind::Desk,
        device: None,
    };
    let me: Me = http.ask("POST", "/api/demo/sign-in", &serde_json::to_vec(&ask)?)?.read()?;
    let units: Vec<UnitRow> = http.ask("GET", "/api/units", b"")?.read()?;
    let unit = units.last().map(|row| row.id).ok_or_else(|| trouble("there is no unit".to_owned()))?;
    let day = Day::at(me.server_time_ms, me.utc_offset_minutes).plus(-20);
    for first in (0..households).step_by(50) {
        let some = first..households.min(first + 50);
        let entries = some.flat_map(|nth| {
            let register = Act::Register(Register {
                day,
                unit,
                category: None,
                causes: Vec::new(),
                id_number: None,
                stated: known(nth),
                rest: serde_json::Map::new(),
            });
            let assign =
                Act::Assign(Assign { seat: Seat::LineManager, person: Some(helper), from: day, until: None });
            [entry(&me, nth, 0, &register), entry(&me, nth, 1, &assign)]
        });
        let body = serde_json::to_vec(&DeskEntries { entries: entries.collect() })?;
        let _: DeskReceipts = http.ask("POST", "/api/office", &body)?.read()?;
    }
    Ok(())
}

/// Ten bytes that tell households and their entries apart.
fn bytes(nth: usize, which: u8) -> [u8; 10] {
    let mut bytes = [which; 10];
    bytes[..8].copy_from_slice(&u64::try_from(nth).unwrap_or(u64::MAX).to_be_bytes());
    bytes
}

fn entry(me: &Me, nth: usize, which: u8, act: &Act) -> Entry {
    let author: PersonId = me.person;
    Entry {
        id: EntryId::new(me.server_time_ms, bytes(nth, which)),
        device: OFFICE,
        seq: 0,
        kind: act.kind().to_owned(),
        schema: SCHEMA,
        household: HouseholdId::new(me.server_time_ms, bytes(nth, 9)),
        author,
        wall_ms: me.server_time_ms,
        clock_offset_ms: None,
        nonce: format!("{nth:031x}{which:x}"),
        payload: act.payload(),
    }
}

fn known(nth: usize) -> Values {
    let child = ChildId::new(1, bytes(nth, 8));
    Values::from([
        (Slot::Name, Value::Name(NameValue { text: format!("户主{nth}"), ..NameValue::default() })),
        (
            Slot::Address,
            Value::Address(AddressValue { text: format!("矿山路 {nth} 号"), ..AddressValue::default() }),
        ),
        (Slot::Telephone, Value::Telephone(TelephoneValue::default())),
        (Slot::Spouse, Value::Spouse(SpouseValue { name: format!("配偶{nth}"), ..SpouseValue::default() })),
        (
            Slot::Child(child),
            Value::Child(ChildValue { name: format!("子女{nth}"), ..ChildValue::default() }),
        ),
        (Slot::Schooling, Value::Children(vec![child])),
        (Slot::Events, Value::EventList(Vec::new())),
    ])
}

//! What the desk does in a run: in any order, and between everything else.

use crate::{chance::Chance, helper::named, office::Office};
use domain::{
    day::Day,
    entry::{
        Act, Entry, Erase, Erased, ErasedBecause, Judge, Merge, Move, OFFICE, Pair, Register, Reply, SCHEMA,
        Settle, TakeUp, Unmerge,
    },
    file::{Reason, Status},
    id::{HouseholdId, ImportId, PersonId, UnitId},
    import::Import,
    seat::{Assign, Seat},
    value::Rest,
};

/// Who writes at the desk.
pub const DESK: PersonId = PersonId::from_bytes([200; 16]);

/// An entry of the desk, or none where chance chose something there is nothing for.
pub fn entry(
    office: &Office,
    households: &[HouseholdId],
    persons: &[PersonId],
    chance: &mut Chance,
    now_ms: i64,
) -> Option<Entry> {
    let today = Day::at(now_ms, 480);
    let some = *chance.pick(households)?;
    let (household, act) = match chance.below(20) {
        0 | 1 => (some, register(today, chance)),
        2..=4 => (some, assign(today, persons, chance)),
        5 => (some, Act::Move(Move { day: today, unit: unit(chance) })),
        6 => settle(office, chance)?,
        7 | 8 => judge(office, chance)?,
        9 => reply(office, today, chance)?,
        10 => take_up(office, today, chance)?,
        11..=13 => (some, import(today, persons, chance)),
        14 => merge(some, office, chance)?,
        15 => unmerge(office, chance)?,
        16 if chance.one_in(2) => erase(some, office, chance)?,
        17 => reply(office, today, chance)?,
        18 | 19 => pair(office, chance)?,
        _ => (chance.pick(&office.households()).copied()?, register(today, chance)),
    };
    Some(make(household, &act, chance, now_ms))
}

pub fn make(household: HouseholdId, act: &Act, chance: &mut Chance, now_ms: i64) -> Entry {
    Entry {
        id: chance.entry_id(now_ms),
        device: OFFICE,
        seq: 0,
        kind: act.kind().to_owned(),
        schema: SCHEMA,
        household,
        author: DESK,
        wall_ms: now_ms,
        clock_offset_ms: None,
        nonce: String::new(),
        payload: act.payload(),
    }
}

fn unit(chance: &mut Chance) -> UnitId {
    UnitId::from_bytes([u8::try_from(chance.below(3)).unwrap_or(0); 16])
}

pub fn register(today: Day, chance: &mut Chance) -> Act {
    let stated = if chance.one_in(2) { named(chance) } else { domain::slot::Values::new() };
    let (category, causes, rest) = (None, Vec::new(), Rest::new());
    Act::Register(Register {
        day: today.plus(-9),
        unit: unit(chance),
        category,
        causes,
        id_number: None,
        stated,
        rest,
    })
}

pub fn assign(today: Day, persons: &[PersonId], chance: &mut Chance) -> Act {
    let seat = Seat::ALL.get(chance.below(3)).copied().unwrap_or(Seat::Leader);
    let person = chance.pick(persons).copied().filter(|_| !chance.one_in(8));
    let from = today.plus(-[12, 8, 4, 2, 0].get(chance.below(5)).copied().unwrap_or(0));
    Act::Assign(Assign { seat, person, from, until: None })
}

/// A roster's row: often of a household that is there, as of some day, sometimes with its registration.
fn import(today: Day, persons: &[PersonId], chance: &mut Chance) -> Act {
    let register = match register(today, chance) {
        Act::Register(register) if chance.one_in(2) => Some(register),
        _ => None,
    };
    let seats = match assign(today, persons, chance) {
        Act::Assign(assign) if chance.one_in(2) => vec![assign],
        _ => Vec::new(),
    };
    let import = ImportId::from_bytes([u8::try_from(chance.below(4)).unwrap_or(0); 16]);
    let day = today.plus(-i32::try_from(chance.below(8)).unwrap_or(0));
    let (row, stated, rest) = (1, named(chance), Rest::new());
    Act::Import(Import { import, day, row, register, stated, seats, rest })
}

fn merge(household: HouseholdId, office: &Office, chance: &mut Chance) -> Option<(HouseholdId, Act)> {
    let others = office.households();
    let other = *chance.pick(&others).filter(|other| **other != household)?;
    Some((household, Act::Merge(Merge { other, words: String::new() })))
}

fn unmerge(office: &Office, chance: &mut Chance) -> Option<(HouseholdId, Act)> {
    let rows = office.books.rows().iter().filter_map(|(row, _)| row.entry.as_ref());
    let merges: Vec<_> = rows.filter(|entry| matches!(entry.payload, Ok(Act::Merge(_)))).collect();
    let merge = chance.pick(&merges)?;
    Some((merge.household, Act::Unmerge(Unmerge { merge: merge.id })))
}

/// Rarely all of a household, else a few of its entries, or one that is not here yet.
fn erase(household: HouseholdId, office: &Office, chance: &mut Chance) -> Option<(HouseholdId, Act)> {
    let rows = office.books.rows().iter().filter(|(row, _)| row.device != OFFICE);
    let of_it = rows.filter(|(row, _)| row.entry.as_ref().is_some_and(|entry| entry.household == household));
    let ids: Vec<_> = of_it.map(|(row, _)| row.id).collect();
    let what = if chance.one_in(4) { Erased::File } else { Erased::Entries([*chance.pick(&ids)?].into()) };
    Some((household, Act::Erase(Erase { what, why: ErasedBecause::Asked })))
}

fn settle(office: &Office, chance: &mut Chance) -> Option<(HouseholdId, Act)> {
    let files = office.books.files().iter();
    let rivals: Vec<_> = files
        .flat_map(|(household, (_, file))| {
            file.standings.iter().map(move |(slot, standing)| (household, slot, standing))
        })
        .filter(|(.., standing)| standing.values.len() > 1)
        .collect();
    let (household, slot, standing) = chance.pick(&rivals)?;
    let value = chance.pick(&standing.values)?.value.clone();
    let day = standing.values.iter().map(|stands| stands.day).max()?;
    Some((**household, Act::Settle(Settle { slot: **slot, value, day })))
}

fn judge(office: &Office, chance: &mut Chance) -> Option<(HouseholdId, Act)> {
    let rows = office.books.rows().iter().map(|(row, _)| row);
    let open: Vec<_> = rows
        .filter(|row| matches!(row.status, Status::Quarantined(reason) if reason != Reason::IdTaken))
        .filter_map(|row| row.entry.as_ref())
        .collect();
    let judged = chance.pick(&open)?;
    let (accept, why) = (!chance.one_in(3), "问过了".to_owned());
    Some((judged.household, Act::Judge(Judge { entry: judged.id, accept, why })))
}

fn reply(office: &Office, day: Day, chance: &mut Chance) -> Option<(HouseholdId, Act)> {
    let files = office.books.files().iter();
    let needs: Vec<_> =
        files.flat_map(|(at, (_, file))| file.needs.iter().map(move |line| (at, line))).collect();
    let (household, line) = chance.pick(&needs)?;
    // Often it corrects the one that stands; two desks may do so at once, or one any other.
    let replies = office.books.rows().iter().filter_map(|(row, _)| row.entry.as_ref());
    let is_reply = |act: &Act| matches!(act, Act::Reply(reply) if reply.need == line.need.id);
    let given: Vec<_> =
        replies.filter(|one| one.payload.as_ref().is_ok_and(is_reply)).map(|one| one.id).collect();
    let replaces = match chance.below(4) {
        0 => None,
        1 => chance.pick(&given).copied(),
        _ => line.reply_entry,
    };
    let (need, words) = (line.need.id, "已批".to_owned());
    Some((**household, Act::Reply(Reply { need, day, words, replaces })))
}

/// Two records are said to be of one visit, or of two: mostly two that look so, or that somebody spoke of before.
fn pair(office: &Office, chance: &mut Chance) -> Option<(HouseholdId, Act)> {
    let files = office.books.files().iter();
    let alike = files.flat_map(|(at, (_, file))| {
        let asked = file.pairs.iter().map(|pair| (pair.visit, pair.other));
        let joined = file.visits.iter().filter_map(|line| Some((line.id, line.joined?)));
        asked.chain(joined).map(|pair| (*at, pair))
    });
    let (household, (visit, other)) = *chance.pick(&alike.collect::<Vec<_>>())?;
    Some((household, Act::Pair(Pair { visit, other, is_one: !chance.one_in(3) })))
}

fn take_up(office: &Office, day: Day, chance: &mut Chance) -> Option<(HouseholdId, Act)> {
    let files = office.books.files().iter();
    let alerts: Vec<_> =
        files.flat_map(|(at, (_, file))| file.alerts.iter().map(move |line| (at, line))).collect();
    let (household, line) = chance.pick(&alerts)?;
    Some((**household, Act::TakeUp(TakeUp { alert: line.id, day, words: String::new() })))
}

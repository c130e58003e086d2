//! 完成: from a draft to an entry on the disk.
//!
//! First what fixes the entry's bytes is kept with the draft; then ONE strict transaction looks the id
//! up, takes the next seq, seals, and writes record, own copy and counter. So a repeat, a second tap
//! and another tab give the same entry, and an end of the transaction that nobody heard is asked again.

use super::{
    Draft, Saved, Trouble,
    opening::{Opened, key_bytes},
    rows::Rows,
    shelf,
};
use crate::store::{Care, Found, Read, Row, Task, Write};
use domain::{
    entry::{Act, ENTRY_BYTES_MAX, Entry},
    id::{EntryId, PersonId},
};
use protocol::{record::EntryHash, sign_in::OfficeKey};
use serde::{Deserialize, Serialize};
use sync::replica::{Counter, Making, make};

use super::event::Contact;

/// A draft as it lies on the disk.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct KeptDraft {
    /// The draft.
    pub draft: Draft,
    /// What was fixed when it was first finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<Fixed>,
}

/// What of an entry is decided when it is first finished, and then only repeated.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Fixed {
    /// The phone's clock.
    pub wall_ms: i64,
    /// How far the office's clock was ahead, where it is known.
    pub clock_offset_ms: Option<i64>,
    /// The office's key.
    pub key: OfficeKey,
}

/// Keeps a draft, unless its entry has been saved.
pub async fn keep(work: &Rows, draft: &Draft) -> Result<(), Trouble> {
    let mut reads = ids(draft.id);
    reads.push(Read::One(shelf::DRAFTS, draft.id.to_string()));
    reads.push(Read::One(shelf::META, shelf::COUNTER.to_owned()));
    let (rows, draft) = (work.clone(), draft.clone());
    let plan = move |found: Vec<Found>| {
        is_there(found.get(3))?;
        if is_saved(&found) {
            return Ok(((), Vec::new()));
        }
        // A damaged row of the same draft is replaced by the form as it is now.
        let before: Option<KeptDraft> = rows.only(shelf::DRAFTS, found.get(2)).unwrap_or_default();
        let kept = KeptDraft { draft: draft.clone(), fixed: before.and_then(|before| before.fixed) };
        Ok(((), vec![rows.put(shelf::DRAFTS, &draft.id.to_string(), &kept)?]))
    };
    work.database.run(Task { stores: shelf::WORK, care: Care::Relaxed, reads }, plan).await
}

/// Makes the entry of a draft; `Ok` only when the disk has it.
pub async fn save(opened: &Opened, draft: &Draft, act: &Act) -> Result<Saved, Trouble> {
    let fixed = fix(&opened.work, draft).await?;
    let making = making(draft, act, &fixed, opened.person)?;
    match commit(&opened.work, making.clone()).await {
        // Whether that was written nobody knows: the same again sees what is there.
        Err(Trouble::Storage(_)) => commit(&opened.work, making).await,
        done => done,
    }
}

/// Fixes the entry's time and key with the draft.
async fn fix(work: &Rows, draft: &Draft) -> Result<Fixed, Trouble> {
    let meta = |key: &str| Read::One(shelf::META, key.to_owned());
    let id = draft.id.to_string();
    let mut reads = ids(draft.id);
    reads.extend([Read::One(shelf::DRAFTS, id.clone()), meta(shelf::CONTACT), meta(shelf::KEY)]);
    reads.push(meta(shelf::COUNTER));
    let (rows, draft) = (work.clone(), draft.clone());
    let plan = move |found: Vec<Found>| {
        is_there(found.get(5))?;
        let before: Option<KeptDraft> = rows.only(shelf::DRAFTS, found.get(2)).unwrap_or_default();
        if let Some(fixed) = before.and_then(|before| before.fixed) {
            return Ok((fixed, Vec::new()));
        }
        let contact: Option<Contact> = rows.only(shelf::META, found.get(3))?;
        let key: OfficeKey = rows.only(shelf::META, found.get(4))?.ok_or(Trouble::NoKey)?;
        let clock_offset_ms = contact.map(|contact| contact.offset_ms);
        let fixed = Fixed { wall_ms: rows.around.now_ms(), clock_offset_ms, key };
        if is_saved(&found) {
            return Ok((fixed, Vec::new())); // A second tap: the draft is gone and stays so.
        }
        let kept = KeptDraft { draft: draft.clone(), fixed: Some(fixed.clone()) };
        Ok((fixed, vec![rows.put(shelf::DRAFTS, &id, &kept)?]))
    };
    work.database.run(Task { stores: shelf::WORK, care: Care::Relaxed, reads }, plan).await
}

fn making(draft: &Draft, act: &Act, fixed: &Fixed, author: PersonId) -> Result<Making, Trouble> {
    Ok(Making {
        id: draft.id,
        kind: act.kind().to_owned(),
        payload: act.payload(),
        household: draft.household,
        author,
        wall_ms: fixed.wall_ms,
        clock_offset_ms: fixed.clock_offset_ms,
        nonce: from_hex(&draft.nonce).ok_or(Trouble::DraftDamaged)?,
        seal_random: from_hex(&draft.seal_random).ok_or(Trouble::DraftDamaged)?,
        key_id: fixed.key.id.clone(),
        key: key_bytes(&fixed.key)?,
    })
}

async fn commit(work: &Rows, making: Making) -> Result<Saved, Trouble> {
    let mut reads = ids(making.id);
    reads.push(Read::One(shelf::META, shelf::COUNTER.to_owned()));
    reads.push(Read::One(shelf::OWN, making.id.to_string()));
    let rows = work.clone();
    let task = Task { stores: shelf::WORK, care: Care::Strict, reads };
    work.database.run(task, move |found| plan(&rows, &making, &found)).await
}

/// What the save writes, given outbox and sent under its id, the counter and the own copy.
fn plan(rows: &Rows, making: &Making, found: &[Found]) -> Result<(Saved, Vec<Write>), Trouble> {
    let id = making.id.to_string();
    if let Some(record) = found.iter().take(2).flatten().find_map(|(_, row)| row.record()) {
        let saved = Saved { id: making.id, seq: record.seq };
        let own = found.get(3).and_then(|own| own.first());
        let entry = own.and_then(|(key, row)| rows.value::<Entry>(shelf::OWN, key, row).ok());
        let other = entry.is_some_and(|entry| entry.payload != making.payload);
        return if other {
            Err(Trouble::SavedBefore(saved))
        } else {
            Ok((saved, vec![Write::Delete(shelf::DRAFTS, id)]))
        };
    }
    let counter: Counter = rows.only(shelf::META, found.get(2))?.ok_or(Trouble::StorageLost)?;
    let making = Making { seal_random: one_time(making, &counter), ..making.clone() };
    let made = make(&counter, &making).map_err(|_| Trouble::NoKey)?;
    if made.plain.len() > ENTRY_BYTES_MAX {
        return Err(Trouble::TooLong);
    }
    let saved = Saved { id: making.id, seq: made.record.seq };
    let writes = vec![
        Write::Put(shelf::OUTBOX, id.clone(), Row::Record(made.record)),
        rows.put_bytes(shelf::OWN, &id, &made.plain)?,
        rows.put(shelf::META, shelf::COUNTER, &made.counter)?,
        Write::Delete(shelf::DRAFTS, id),
    ];
    Ok((saved, writes))
}

/// The seal's randomness for this very content and place: a repeat seals to the same bytes, and two
/// different contents never share a one-time key.
fn one_time(making: &Making, counter: &Counter) -> [u8; 32] {
    let place = format!("{} {} {}", counter.device, counter.made, making.key_id);
    let act = format!("{} {} {:?} {}", making.kind, making.wall_ms, making.clock_offset_ms, making.payload);
    let plain = [making.seal_random.as_slice(), place.as_bytes(), act.as_bytes()].concat();
    *EntryHash::of(&plain).as_bytes()
}

fn ids(id: EntryId) -> Vec<Read> {
    vec![Read::One(shelf::OUTBOX, id.to_string()), Read::One(shelf::SENT, id.to_string())]
}

/// Databases without their counter are not those that were opened: the browser threw them away since.
fn is_there(counter: Option<&Found>) -> Result<(), Trouble> {
    if counter.is_some_and(|counter| !counter.is_empty()) { Ok(()) } else { Err(Trouble::StorageLost) }
}

fn is_saved(found: &[Found]) -> bool {
    found.iter().take(2).any(|found| !found.is_empty())
}

/// Writes bytes as lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads exactly `N` bytes of hex.
fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    (text.len() == N * 2 && text.is_ascii()).then_some(())?;
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;

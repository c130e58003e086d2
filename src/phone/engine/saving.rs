//! 完成: from a draft to an entry on the disk.
//!
//! ONE strict transaction looks the id up, takes the next seq, seals, and writes record, own copy and
//! counter; the draft goes with it. What makes the entry's bytes is the draft's own (id, nonce, the
//! seal's randomness) or fixed before the transaction begins, so a repeat in it gives the same bytes;
//! and whatever comes later — a second tap, another tab, an end that nobody heard — finds the id there.

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
    verbatim::Verbatim,
};
use protocol::{record::EntryHash, sign_in::OfficeKey};
use sync::replica::{Counter, Making, make};

use super::event::Contact;

/// What is finished: a draft's act, at a moment.
#[derive(Clone)]
struct Finished {
    draft: Draft,
    kind: &'static str,
    payload: Verbatim,
    author: PersonId,
    /// The phone's clock.
    wall_ms: i64,
}

/// Keeps a draft, unless its entry has been saved.
pub async fn keep(work: &Rows, draft: &Draft) -> Result<(), Trouble> {
    let (rows, draft) = (work.clone(), draft.clone());
    let task = Task { stores: shelf::WORK, care: Care::Relaxed, reads: keep_reads(draft.id) };
    work.database.run(task, move |found| Ok(((), keep_plan(&rows, &draft, &found)?))).await
}

/// What keeping a draft looks at: its id in outbox and sent, and whether the databases are those that were opened.
fn keep_reads(id: EntryId) -> Vec<Read> {
    let mut reads = ids(id);
    reads.push(Read::One(shelf::META, shelf::COUNTER.to_owned()));
    reads.push(Read::One(shelf::DRAFTS, id.to_string()));
    reads
}

/// What keeping a draft writes: nothing, once its entry has been saved.
fn keep_plan(rows: &Rows, draft: &Draft, found: &[Found]) -> Result<Vec<Write>, Trouble> {
    rows.counter(found.get(2))?;
    if is_saved(found) {
        return Ok(Vec::new());
    }
    not_overtaken(rows, draft, found.get(3))?;
    Ok(vec![rows.put(shelf::DRAFTS, &draft.id.to_string(), draft)?])
}

/// Another page may have gone on with the same draft: its words are not written over, and not left out.
fn not_overtaken(rows: &Rows, draft: &Draft, found: Option<&Found>) -> Result<(), Trouble> {
    // A row that cannot be read says nothing; what is written now can be.
    let on_disk: Option<Draft> = rows.only(shelf::DRAFTS, found).unwrap_or_default();
    match on_disk {
        Some(on_disk) if draft.is_overtaken_by(&on_disk) => Err(Trouble::KeptElsewhere),
        _ => Ok(()),
    }
}

/// Makes the entry of a draft; `Ok` only when the disk has it.
pub async fn save(opened: &Opened, draft: &Draft, act: &Act) -> Result<Saved, Trouble> {
    let finished = Finished {
        draft: draft.clone(),
        kind: act.kind(),
        payload: act.payload(),
        author: opened.person,
        wall_ms: opened.work.around.now_ms(),
    };
    match commit(&opened.work, finished.clone()).await {
        // Whether that was written nobody knows: the same again sees what is there.
        Err(Trouble::Storage(_)) => commit(&opened.work, finished).await,
        done => done,
    }
}

async fn commit(work: &Rows, finished: Finished) -> Result<Saved, Trouble> {
    let rows = work.clone();
    let task = Task { stores: shelf::WORK, care: Care::Strict, reads: reads(finished.draft.id) };
    work.database.run(task, move |found| plan(&rows, &finished, &found)).await
}

/// What the save looks at: its id in outbox and sent, its own copy, then how many were made, when the
/// office last answered, its key, and the draft as it lies there.
fn reads(id: EntryId) -> Vec<Read> {
    let meta = |key: &str| Read::One(shelf::META, key.to_owned());
    let mut reads = ids(id);
    reads.push(Read::One(shelf::OWN, id.to_string()));
    reads.extend([meta(shelf::COUNTER), meta(shelf::CONTACT), meta(shelf::KEY)]);
    reads.push(Read::One(shelf::DRAFTS, id.to_string()));
    reads
}

/// What the save writes, given what its reads found.
fn plan(rows: &Rows, finished: &Finished, found: &[Found]) -> Result<(Saved, Vec<Write>), Trouble> {
    let id = finished.draft.id.to_string();
    let counter = rows.counter(found.get(3))?;
    if let Some(record) = found.iter().take(2).flatten().find_map(|(_, row)| row.record()) {
        let saved = Saved { id: finished.draft.id, seq: record.seq };
        let own = found.get(2).and_then(|own| own.first());
        let entry = own.and_then(|(key, row)| rows.value::<Entry>(shelf::OWN, key, row).ok());
        // An own copy that cannot be read may say something else.
        let same = entry.is_some_and(|entry| entry.payload == finished.payload);
        return if same {
            Ok((saved, vec![Write::Delete(shelf::DRAFTS, id)]))
        } else {
            Err(Trouble::SavedBefore(saved))
        };
    }
    not_overtaken(rows, &finished.draft, found.get(6))?;
    let contact: Option<Contact> = rows.only(shelf::META, found.get(4))?;
    let key: OfficeKey = rows.only(shelf::META, found.get(5))?.ok_or(Trouble::NoKey)?;
    let making = making(finished, contact, &key, &counter)?;
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

fn making(
    finished: &Finished,
    contact: Option<Contact>,
    key: &OfficeKey,
    counter: &Counter,
) -> Result<Making, Trouble> {
    let Finished { draft, kind, payload, author, wall_ms } = finished;
    let making = Making {
        id: draft.id,
        kind: (*kind).to_owned(),
        payload: payload.clone(),
        household: draft.household,
        author: *author,
        wall_ms: *wall_ms,
        clock_offset_ms: contact.map(|contact| contact.offset_ms),
        nonce: from_hex(&draft.nonce).ok_or(Trouble::DraftDamaged)?,
        seal_random: from_hex(&draft.seal_random).ok_or(Trouble::DraftDamaged)?,
        key_id: key.id.clone(),
        key: key_bytes(key)?,
    };
    Ok(Making { seal_random: one_time(&making, counter), ..making })
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

//! What a person has on the phone: their own work, and what came from the office.

use super::opening::{Opened, OwnEntries};
use super::{Draft, Held, HeldCards, LineState, Own, QueueLine, SetAside, Trouble, shelf};
use crate::{
    gather,
    store::{Care, Found, Read, Task, Write},
};
use domain::{
    entry::{Entry, Reading},
    file::Status,
    id::EntryId,
};
use protocol::{
    changes::{Card, StatusLine},
    deposit::Head,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the queue's lines are made of.
#[derive(Default)]
struct Fates {
    waiting: BTreeSet<String>,
    aside: BTreeMap<EntryId, SetAside>,
    words: BTreeMap<String, StatusLine>,
    received: BTreeMap<String, i64>,
}

/// Reads a person's own work, to be laid over cards as of `shown`. Beside it, when the receipts came of
/// entries that count, for their 90 days.
///
/// # Errors
/// [`Trouble`] of the store.
pub async fn load(opened: &Opened, shown: Option<Head>) -> Result<(Held, BTreeMap<EntryId, i64>), Trouble> {
    let meta = |key: &str| Read::One(shelf::META, key.to_owned());
    let cards = &opened.cards;
    let found = cards.database.read(&[shelf::META], vec![meta(shelf::CURSOR)]).await?;
    let cursor: Option<Head> = cards.only(shelf::META, found.first()).unwrap_or_default();
    let mut held = Held { person: Some(opened.person), cursor, ..Held::default() };
    let reads = vec![
        Read::All(shelf::DRAFTS),
        Read::Keys(shelf::OUTBOX),
        Read::Keys(shelf::OWN),
        Read::All(shelf::STATUSES),
        Read::Keys(shelf::FEEDBACK),
        meta(shelf::CONTACT),
        meta(shelf::ASIDE),
        meta(shelf::NEWS),
        Read::Keys(shelf::SENT),
    ];
    let work = &opened.work;
    let found = work.database.read(shelf::WORK, reads).await?;
    let none = Found::new();
    let part = |at: usize| found.get(at).unwrap_or(&none);
    let (drafts, damaged_drafts) = work.values::<Draft>(shelf::DRAFTS, part(0));
    let entries = own_entries(opened, part(2)).await?;
    held.damaged += damaged_drafts.len() + part(2).len().saturating_sub(entries.len());
    held.drafts = drafts.into_iter().map(|(_, draft)| draft).collect();
    gather::falling(&mut held.drafts, |draft| draft.saved_at_ms);
    held.feedback_waiting = part(4).len();
    held.contact = work.only(shelf::META, found.get(5)).unwrap_or_default();
    // A phone that has not fetched since this row is kept: its last contact stands for it.
    let news_ms: Option<i64> = work.only(shelf::META, found.get(7)).unwrap_or_default();
    held.news_ms = news_ms.or_else(|| held.contact.map(|contact| contact.server_time_ms));
    let mut fates = Fates {
        waiting: part(1).iter().map(|(key, _)| key.clone()).collect(),
        aside: work.only(shelf::META, found.get(6)).unwrap_or_default().unwrap_or_default(),
        ..Fates::default()
    };
    for (key, row) in part(3) {
        // A status that cannot be read shows the entry as received and comes again with the changes.
        match key.strip_suffix("/received") {
            Some(id) => fates
                .received
                .extend(work.value(shelf::STATUSES, key, row).ok().map(|ms| (id.to_owned(), ms))),
            None => {
                fates.words.extend(work.value(shelf::STATUSES, key, row).ok().map(|line| (key.clone(), line)))
            }
        }
    }
    held.own = entries.iter().map(|(key, entry)| own_of(key, Arc::clone(entry), &fates, shown)).collect();
    let own: BTreeSet<EntryId> = gather::set(held.own.iter().map(|own| own.entry.id));
    let records = part(1).iter().chain(part(8)).filter_map(|(key, _)| EntryId::parse(key));
    let sealed = records.filter(|id| !own.contains(id)).map(|id| sealed_line(id, &fates));
    held.queue = held.own.iter().map(line).chain(sealed).collect();
    held.queue.sort_by_key(|line| std::cmp::Reverse(line.id));
    opened.own.replace(entries);
    Ok((held, counted(&fates)))
}

/// Reads the cards; single ones that cannot be read are dropped, so that they are missed and fetched again.
///
/// # Errors
/// [`Trouble`] of the store.
pub async fn load_cards(opened: &Opened) -> Result<HeldCards, Trouble> {
    let cards = &opened.cards;
    let meta = |key: &str| Read::One(shelf::META, key.to_owned());
    let reads = vec![Read::All(shelf::CARDS), meta(shelf::UNION), meta(shelf::CURSOR)];
    let found = cards.database.read(shelf::CARD_FILE, reads).await?;
    let none = Found::new();
    let (opened_cards, damaged) = cards.values::<Card>(shelf::CARDS, found.first().unwrap_or(&none));
    let held = HeldCards {
        person: Some(opened.person),
        cursor: cards.only(shelf::META, found.get(2)).unwrap_or_default(),
        cards: opened_cards.into_iter().map(|(_, card)| card).collect(),
        union: cards.only(shelf::META, found.get(1)).unwrap_or_default(),
        damaged: damaged.len(),
    };
    // Where nothing at all opens, another tab has made these databases anew: they are its to keep.
    let ours = held.union.is_some() || held.cursor.is_some() || !held.cards.is_empty();
    if ours && !damaged.is_empty() {
        let writes: Vec<Write> = damaged.into_iter().map(|key| Write::Delete(shelf::CARDS, key)).collect();
        let task = Task { stores: shelf::CARD_FILE, care: Care::Relaxed, reads: Vec::new() };
        cards.database.run::<_, Trouble>(task, move |_| Ok(((), writes.clone()))).await?;
    }
    Ok(held)
}

/// One's own entries under the keys that are there, to be put back into [`Opened::own`]; those not met before are read
/// now, all at once where none was. What does not open is missing.
async fn own_entries(opened: &Opened, there: &Found) -> Result<OwnEntries, Trouble> {
    let keys: BTreeSet<&str> = gather::set(there.iter().map(|(key, _)| key.as_str()));
    // Taken out meanwhile: whoever reads at the same time reads all.
    let mut own = opened.own.take();
    let new = keys.iter().filter(|key| !own.contains_key(**key));
    let reads: Vec<Read> = match own.is_empty() {
        true => vec![Read::All(shelf::OWN)],
        false => new.map(|key| Read::One(shelf::OWN, (*key).to_owned())).collect(),
    };
    if !there.is_empty() && !reads.is_empty() {
        let work = &opened.work;
        for found in work.database.read(&[shelf::OWN], reads).await? {
            let (entries, _) = work.values::<Entry>(shelf::OWN, &found);
            own.extend(entries.into_iter().map(|(key, entry)| (key, Arc::new(entry.read()))));
        }
    }
    // What was saved since is in no other list of this reading either.
    own.retain(|key, _| keys.contains(key.as_str()));
    Ok(own)
}

fn own_of(key: &str, entry: Arc<Entry<Reading>>, fates: &Fates, cursor: Option<Head>) -> Own {
    let state = state(key, entry.id, entry.wall_ms, fates);
    let rev = fates.words.get(key).map(|line| line.rev);
    let ahead_of_cards = match &state {
        LineState::OnPhone | LineState::SetAside(_) => true,
        LineState::Received { .. } => match (rev, cursor) {
            (Some(rev), Some(cursor)) => rev > cursor.rev,
            _ => true,
        },
        LineState::NeedsLook { .. } | LineState::Held => false,
    };
    Own { entry, state, ahead_of_cards }
}

fn state(key: &str, id: EntryId, saved_ms: i64, fates: &Fates) -> LineState {
    if let Some(reason) = fates.aside.get(&id).filter(|_| fates.waiting.contains(key)) {
        return LineState::SetAside(*reason);
    }
    if fates.waiting.contains(key) {
        return LineState::OnPhone;
    }
    let line = fates.words.get(key);
    match line.map(|line| line.status) {
        Some(Status::Quarantined(reason)) => {
            LineState::NeedsLook { reason, why: line.map(|line| line.why.clone()).unwrap_or_default() }
        }
        Some(Status::Held) => LineState::Held,
        Some(Status::Projected | Status::Erased) | None => {
            LineState::Received { at_ms: fates.received.get(key).copied().unwrap_or(saved_ms) }
        }
    }
}

fn line(own: &Own) -> QueueLine {
    QueueLine {
        id: own.entry.id,
        household: Some(own.entry.household),
        kind: own.entry.kind.clone(),
        saved_ms: own.entry.wall_ms,
        state: own.state.clone(),
    }
}

/// The line of a record whose own copy is not on this phone; when it was begun stands in its id.
fn sealed_line(id: EntryId, fates: &Fates) -> QueueLine {
    let key = id.to_string();
    let begun = key.get(..13).map(|begun| begun.replace('-', ""));
    let saved_ms = begun.and_then(|begun| i64::from_str_radix(&begun, 16).ok()).unwrap_or(0);
    let state = state(&key, id, saved_ms, fates);
    QueueLine { id, household: None, kind: String::new(), saved_ms, state }
}

/// When the receipts came of entries that count: those may go after 90 days.
fn counted(fates: &Fates) -> BTreeMap<EntryId, i64> {
    let counts = |key: &str| {
        fates.words.get(key).is_none_or(|line| matches!(line.status, Status::Projected | Status::Erased))
    };
    let ids = fates.received.iter().filter(|(key, _)| counts(key) && !fates.waiting.contains(*key));
    ids.filter_map(|(key, ms)| Some((EntryId::parse(key)?, *ms))).collect()
}

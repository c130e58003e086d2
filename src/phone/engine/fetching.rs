//! From the office to the phone: pages of changes, each with its cursor, so that a fetch that broke off
//! goes on where it was; then whether the phone holds exactly its scope.

use super::{
    Contact, Trouble,
    applying::{Seen, to_cards, to_work},
    opening::Opened,
    rows::Rows,
    sending::contact,
    shelf,
};
use crate::{
    gather, link,
    store::{Care, Found, Read, Task, Write},
};
use domain::id::{HouseholdId, PersonId};
use protocol::{
    changes::{CARDS_MAX, Card, CardList, CardsAsked, ChangesPage, ScopeList, UnionCard},
    deposit::Head,
    record::Record,
};
use std::collections::BTreeSet;
use sync::replica::{self, CardsWrite, WorkWrite};

/// What a fetch tells while it runs.
pub enum Progress {
    /// The office answered.
    Contact(Contact),
    /// So many of so many households came.
    Cards(u32, u32),
    /// Statuses came.
    Statuses,
    /// The office was set back.
    SetBack,
}

/// What a fetch came to.
#[derive(Default)]
pub struct Fetched {
    /// The office was set back: `sent` is offered again.
    pub set_back: bool,
    /// Cards the office has never heard of.
    pub unknown: Vec<Card>,
    /// The office's head when it said so.
    pub head: Option<Head>,
}

/// Where a fetch begins.
struct Start {
    shown: Option<Head>,
    cursor: Option<Head>,
    told: Option<Head>,
    stamp: Option<String>,
    whole: bool,
    held: BTreeSet<HouseholdId>,
}

/// Fetches everything new.
///
/// # Errors
/// [`Trouble`] of link or store; pages applied before it stay.
pub async fn fetch_all(opened: &Opened, tell: &dyn Fn(Progress)) -> Result<Fetched, Trouble> {
    let start = start(opened).await?;
    let mut done = if start.whole { BTreeSet::new() } else { start.held };
    let (mut shown, mut stamp) = (start.shown, start.stamp);
    let (mut cursor, mut told) = (start.cursor, start.told);
    let mut fetched = Fetched::default();
    loop {
        let asked_ms = opened.work.around.now_ms();
        let asked = replica::cursor(shown, cursor, told);
        let page: ChangesPage = link::get(&path(opened.person, asked, stamp.as_deref())).await?;
        let contact = contact(asked_ms, opened.work.around.now_ms(), page.server_time_ms);
        let set_back = shown.is_some_and(|shown| shown.epoch != page.head.epoch);
        absorb(opened, &page, contact, set_back).await?;
        tell(Progress::Contact(contact));
        if set_back {
            fetched.set_back = true;
            tell(Progress::SetBack);
        }
        if !page.statuses.is_empty() {
            tell(Progress::Statuses);
        }
        done.extend(page.cards.iter().map(|card| card.household));
        if !page.cards.is_empty() || page.union.is_some() {
            let count = u32::try_from(done.len()).unwrap_or(u32::MAX);
            tell(Progress::Cards(count, count.saturating_add(page.left)));
        }
        stamp = page.union.as_ref().map(|union| union.stamp.clone()).or(stamp);
        if set_back || shown.is_none() {
            shown = Some(page.head);
        }
        let moved = asked != Some(page.cursor);
        (cursor, told) = (Some(page.cursor), Some(page.cursor));
        if page.left == 0 {
            if let Some(scope) = &page.scope {
                let held = held(opened).await?;
                if !replica::in_step(scope, &held) {
                    (fetched.unknown, fetched.head) = mend(opened, &held).await?;
                    let count = u32::try_from(held.len()).unwrap_or(u32::MAX);
                    tell(Progress::Cards(count, count));
                }
            }
            return Ok(fetched);
        }
        if !moved {
            // A page that leads nowhere would be asked for without end.
            return Err(Trouble::NoAnswer(link::LinkError::NotTheOffice { status: 200 }));
        }
    }
}

async fn start(opened: &Opened) -> Result<Start, Trouble> {
    let meta = |key: &str| Read::One(shelf::META, key.to_owned());
    let (work, cards) = (&opened.work, &opened.cards);
    let found = work.database.read(shelf::WORK, vec![meta(shelf::HEAD), meta(shelf::TOLD)]).await?;
    let shown = work.only(shelf::META, found.first())?;
    let told = work.only(shelf::META, found.get(1))?;
    let reads = vec![meta(shelf::CURSOR), meta(shelf::UNION), meta(shelf::WHOLE), Read::Keys(shelf::CARDS)];
    let found = cards.database.read(shelf::CARD_FILE, reads).await?;
    // What of the cards cannot be read is fetched again.
    let cursor: Option<Head> = cards.only(shelf::META, found.first()).unwrap_or_default();
    let union: Option<UnionCard> = cards.only(shelf::META, found.get(1)).unwrap_or_default();
    Ok(Start {
        shown,
        cursor,
        told,
        stamp: union.map(|union| union.stamp),
        whole: found.get(2).is_some_and(|found| !found.is_empty()),
        held: found.get(3).map(households).unwrap_or_default(),
    })
}

fn path(person: PersonId, cursor: Option<Head>, stamp: Option<&str>) -> String {
    let mut parts = vec![format!("person={person}")];
    if let Some(cursor) = cursor {
        parts.push(format!("epoch={}&rev={}&chain={}", cursor.epoch, cursor.rev, cursor.chain));
    }
    if let Some(stamp) = stamp {
        parts.push(format!("union={}", js_sys::encode_uri_component(stamp)));
    }
    format!("/api/changes?{}", parts.join("&"))
}

/// Statuses and head into `work` first, then cards and cursor in one transaction of `cards`.
async fn absorb(
    opened: &Opened,
    page: &ChangesPage,
    contact: Contact,
    set_back: bool,
) -> Result<(), Trouble> {
    let (rows, page_of_work) = (opened.work.clone(), page.clone());
    let plan = move |found| Ok::<_, Trouble>(((), plan(&rows, &page_of_work, contact, set_back, found)?));
    let task = Task { stores: shelf::WORK, care: Care::Strict, reads: reads(set_back) };
    opened.work.database.run(task, plan).await?;
    let mut writes = to_cards(&opened.cards, &replica::absorb_page(None, page).cards)?;
    if page.left == 0 {
        writes.push(opened.cards.put(shelf::META, shelf::WHOLE, &true)?);
    }
    write_cards(opened, writes).await
}

/// What a page's statuses and head are written by: the head, what is here, and all of `sent` where it is offered again.
fn reads(set_back: bool) -> Vec<Read> {
    let mut reads = vec![Read::One(shelf::META, shelf::HEAD.to_owned())];
    reads.extend([shelf::OWN, shelf::OUTBOX, shelf::SENT].map(Read::Keys));
    if set_back {
        reads.push(Read::All(shelf::SENT));
    }
    reads
}

/// What a page writes into `work`, given what its reads found.
fn plan(
    rows: &Rows,
    page: &ChangesPage,
    contact: Contact,
    set_back: bool,
    mut found: Vec<Found>,
) -> Result<Vec<Write>, Trouble> {
    let shown: Option<Head> = rows.only(shelf::META, found.first())?;
    let sent = set_back.then(|| found.pop()).flatten();
    let sent =
        sent.map(|sent| sent.iter().filter_map(|(_, row)| row.record().cloned()).collect::<Vec<Record>>());
    let seen = Seen { sent, ..Seen::default() };
    let mut writes = replica::absorb_page(shown, page).work;
    // Of entries made on another phone, or gone after 90 days, there is nothing here to show; of those that came in a
    // file there is the record alone.
    let here: BTreeSet<&str> = gather::set(found.iter().skip(1).flatten().map(|(key, _)| key.as_str()));
    writes.retain(|write| match write {
        WorkWrite::PutStatus(line) => here.contains(line.id.to_string().as_str()),
        _ => true,
    });
    let mut out = to_work(rows, &writes, &seen)?;
    out.push(rows.put(shelf::META, shelf::CONTACT, &contact)?);
    out.push(rows.put(shelf::META, shelf::NEWS, &contact.server_time_ms)?);
    Ok(out)
}

/// The phone's households are not its scope: fetches what is missing, drops what left, gives the cards
/// of households the office has never heard of. Those stay.
async fn mend(opened: &Opened, held: &[HouseholdId]) -> Result<(Vec<Card>, Option<Head>), Trouble> {
    let list: ScopeList = link::get("/api/scope").await?;
    let gap = replica::scope_gap(&list.households, held);
    for chunk in gap.missing.chunks(CARDS_MAX) {
        let answer = ask(chunk).await?;
        write_cards(opened, to_cards(&opened.cards, &puts(answer.cards))?).await?;
    }
    let mut unknown = Vec::new();
    for chunk in gap.surplus.chunks(CARDS_MAX) {
        let answer = ask(chunk).await?;
        let stays = |id: &HouseholdId| {
            answer.unknown.contains(id) || answer.cards.iter().any(|card| card.household == *id)
        };
        let mut writes: Vec<CardsWrite> =
            chunk.iter().filter(|id| !stays(id)).map(|id| CardsWrite::Drop(*id)).collect();
        unknown.extend(answer.unknown.iter().copied());
        writes.extend(puts(answer.cards));
        write_cards(opened, to_cards(&opened.cards, &writes)?).await?;
    }
    Ok((cards_of(opened, &unknown).await?, Some(list.head)))
}

/// Drops one card.
pub async fn drop_card(opened: &Opened, household: HouseholdId) -> Result<(), Trouble> {
    write_cards(opened, to_cards(&opened.cards, &[CardsWrite::Drop(household)])?).await
}

/// Drops every card: whoever left the union keeps no household here.
pub async fn drop_all(opened: &Opened) -> Result<(), Trouble> {
    let cards: Vec<CardsWrite> = held(opened).await?.into_iter().map(CardsWrite::Drop).collect();
    let mut writes = to_cards(&opened.cards, &cards)?;
    writes.extend([shelf::CURSOR, shelf::WHOLE].map(|row| Write::Delete(shelf::META, row.to_owned())));
    write_cards(opened, writes).await
}

async fn ask(households: &[HouseholdId]) -> Result<CardList, Trouble> {
    Ok(link::post("/api/cards", &CardsAsked { households: households.to_vec() }).await?)
}

fn puts(cards: Vec<Card>) -> Vec<CardsWrite> {
    cards.into_iter().map(|card| CardsWrite::Put(Box::new(card))).collect()
}

async fn write_cards(opened: &Opened, writes: Vec<Write>) -> Result<(), Trouble> {
    let task = Task { stores: shelf::CARD_FILE, care: Care::Relaxed, reads: Vec::new() };
    opened.cards.database.run(task, move |_| Ok(((), writes.clone()))).await
}

async fn held(opened: &Opened) -> Result<Vec<HouseholdId>, Trouble> {
    let found = opened.cards.database.read(shelf::CARD_FILE, vec![Read::Keys(shelf::CARDS)]).await?;
    Ok(found.first().map(households).unwrap_or_default().into_iter().collect())
}

fn households(found: &Found) -> BTreeSet<HouseholdId> {
    found.iter().filter_map(|(key, _)| HouseholdId::parse(key)).collect()
}

async fn cards_of(opened: &Opened, ids: &[HouseholdId]) -> Result<Vec<Card>, Trouble> {
    let reads = ids.iter().map(|id| Read::One(shelf::CARDS, id.to_string())).collect();
    let found = opened.cards.database.read(shelf::CARD_FILE, reads).await?;
    let rows = &opened.cards;
    Ok(found.iter().filter_map(|found| rows.only(shelf::CARDS, Some(found)).ok().flatten()).collect())
}

#[cfg(test)]
mod tests;

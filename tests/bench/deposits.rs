//! Deposits per second: opened, appended, projected, fsynced, receipted over HTTP (DESIGN §7).
//!
//! A demo office with 2,000 households more, on SQLite and on PostgreSQL; their helper's phones send sealed visits, in batches of 100 over one
//! connection and over four. Sealing is done before the clock starts; the office does the rest.
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::time::Instant;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bench::households;
use bench::http::{Http, Outcome, trouble};
use domain::answer::Answer;
use domain::day::Day;
use domain::entry::{Entry, SCHEMA};
use domain::id::{DeviceId, EntryId};
use domain::item::Item;
use domain::slot::{Slot, Values};
use domain::value::Whose;
use domain::visit::Visit;
use kit::office::Office;
use protocol::changes::{Card, ChangesPage};
use protocol::deposit::{Deposit, DepositAnswer, Head, RECORDS_MAX};
use protocol::record::{EntryHash, Record, seal};
use protocol::sign_in::{DemoSignIn, Me, Role, SessionKind};

/// How many households the visits are spread over.
const HOUSEHOLDS: usize = 2_000;

/// How many batches of 100 one phone sends: four visits a household.
const BATCHES: usize = 80;

/// What DESIGN §7 asks for, per second.
const TO_REACH: f64 = 5_000.0;

/// ODK Central's published figure, per second.
const PEER: f64 = 41.0;

fn main() -> Outcome {
    report("SQLite", &["--demo"])?;
    let address = kit::postgres::database(None).map_err(said)?;
    report("PostgreSQL", &["--demo", "--database", &address])
}

/// One database's figures. PostgreSQL is that of the tests: it does not wait for the disk.
fn report(database: &str, arguments: &[&str]) -> Outcome {
    let data = kit::place::folder("bench-deposits").map_err(said)?;
    let office = Office::start(&data, arguments).map_err(said)?;
    households::open(&office, HOUSEHOLDS)?;
    let one = phone(&office, 0)?;
    let (entries, bytes) = (BATCHES * RECORDS_MAX, one.bodies.iter().map(Vec::len).sum::<usize>());
    let single = measure(vec![one])?;
    let four = (1..5).map(|at| phone(&office, at)).collect::<Outcome<Vec<_>>>()?;
    let together = measure(four)?;
    println!(
        "visits of about {} bytes each on the wire, batches of {RECORDS_MAX}, {HOUSEHOLDS} households, {database}",
        bytes / entries
    );
    for (what, per_second) in [("one phone", single), ("four phones at once", together)] {
        println!(
            "deposits, {what:<20} {per_second:>8.0}/s   {:>5.2} × to reach ({TO_REACH}/s)   {:>4.0} × ODK Central ({PEER}/s)",
            per_second / TO_REACH,
            per_second / PEER
        );
    }
    Ok(())
}

/// A failure of the kit, in its own words.
fn said(failure: kit::failure::Failure) -> Box<dyn std::error::Error + Send + Sync> {
    trouble(format!("{failure:?}"))
}

/// A helper's phone with everything it will send, sealed.
struct Phone {
    http: Http,
    bodies: Vec<Vec<u8>>,
}

fn phone(office: &Office, nth: usize) -> Outcome<Phone> {
    let mut http = Http::connect(office.address())?;
    let helper = households::offered(&mut http, Role::Helper)?;
    let device = DeviceId::new(1, [u8::try_from(nth).unwrap_or(0); 10]);
    let ask = DemoSignIn { person: helper.person, kind: SessionKind::Phone, device: Some(device) };
    let me: Me = http.ask("POST", "/api/demo/sign-in", &serde_json::to_vec(&ask)?)?.read()?;
    let (cards, head) = fetch(&mut http)?;
    let key: [u8; 32] = STANDARD
        .decode(&me.key.public)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| trouble("the office's key is not a key".to_owned()))?;
    let today = Day::at(me.server_time_ms, me.utc_offset_minutes);
    let mut bodies = Vec::with_capacity(BATCHES);
    for batch in 0..BATCHES {
        let mut records = Vec::with_capacity(RECORDS_MAX);
        for at in 0..RECORDS_MAX {
            let seq = u64::try_from(batch * RECORDS_MAX + at + 1).unwrap_or(u64::MAX);
            let card = cards.get((batch * RECORDS_MAX + at) % cards.len().max(1));
            let card = card.ok_or_else(|| trouble("the helper has no household".to_owned()))?;
            records.push(record(seq, card, &me, device, today, key, nth)?);
        }
        let made = u64::try_from((batch + 1) * RECORDS_MAX).unwrap_or(u64::MAX);
        bodies.push(serde_json::to_vec(&Deposit {
            device,
            devices: vec![device],
            made,
            shown: Some(head),
            records,
        })?);
    }
    Ok(Phone { http, bodies })
}

/// All cards of the helper, page by page, and the head the phone was shown.
fn fetch(http: &mut Http) -> Outcome<(Vec<Card>, Head)> {
    let (mut all, mut path) = (Vec::new(), "/api/changes".to_owned());
    loop {
        let page: ChangesPage = http.ask("GET", &path, b"")?.read()?;
        let cursor = page.cursor;
        path = format!("/api/changes?epoch={}&rev={}&chain={}", cursor.epoch, cursor.rev, cursor.chain);
        all.extend(page.cards);
        if page.left == 0 {
            return Ok((all, page.head));
        }
    }
}

fn record(
    seq: u64,
    card: &Card,
    me: &Me,
    device: DeviceId,
    today: Day,
    key: [u8; 32],
    nth: usize,
) -> Outcome<Record> {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&seq.to_be_bytes());
    random[8] = u8::try_from(nth).unwrap_or(0);
    let entry = Entry {
        id: EntryId::new(me.server_time_ms, random),
        device,
        seq,
        kind: "visit".to_owned(),
        schema: SCHEMA,
        household: card.household,
        author: me.person,
        wall_ms: me.server_time_ms,
        clock_offset_ms: Some(0),
        nonce: format!("{seq:032x}"),
        payload: domain::entry::Act::Visit(visit(card, today)).payload(),
    };
    let plain = serde_json::to_vec(&entry)?;
    let mut seal_random = [7; 32];
    seal_random[..8].copy_from_slice(&seq.to_be_bytes());
    seal_random[8] = u8::try_from(nth).unwrap_or(0);
    let bytes = seal(&plain, key, seal_random).map_err(|cause| trouble(cause.to_string()))?;
    Ok(Record {
        device,
        seq,
        id: entry.id,
        entry_hash: EntryHash::of(&plain),
        sealed_to: me.key.id.clone(),
        bytes,
    })
}

/// A visit where nothing changed: every value that stands is confirmed.
fn visit(card: &Card, today: Day) -> Visit {
    let confirmed = |item: Item| -> Values {
        let of_item = card.standings.iter().filter(|(slot, _)| slot.item() == item);
        of_item.filter_map(|(slot, standing)| standing.one().map(|one| (*slot, one.value.clone()))).collect()
    };
    let asked = Item::ALL.into_iter().filter(|item| card.standings.contains_key(&Slot::of_item(*item)));
    Visit {
        day: today,
        companion: None,
        met: Some(Whose::Worker),
        answers: asked.map(|item| (item, Answer::Unchanged { confirmed: confirmed(item) })).collect(),
        needs: Vec::new(),
        told: Vec::new(),
        told_replies: std::collections::BTreeSet::new(),
        before: Values::new(),
        note: String::new(),
        consent: None,
        next: None,
        rest: serde_json::Map::new(),
    }
}

/// Sends everything, each phone on its own thread; gives entries per second.
fn measure(phones: Vec<Phone>) -> Outcome<f64> {
    let entries = phones.iter().map(|phone| phone.bodies.len() * RECORDS_MAX).sum::<usize>();
    let begun = Instant::now();
    let senders: Vec<_> = phones.into_iter().map(|phone| std::thread::spawn(move || send(phone))).collect();
    for sender in senders {
        sender.join().map_err(|_| trouble("a sender broke off".to_owned()))??;
    }
    let seconds = begun.elapsed().as_secs_f64();
    Ok(f64::from(u32::try_from(entries).unwrap_or(u32::MAX)) / seconds)
}

fn send(mut phone: Phone) -> Outcome {
    for body in &phone.bodies {
        let answer: DepositAnswer = phone.http.ask("POST", "/api/deposit", body)?.read()?;
        let projected =
            answer.receipts.iter().filter(|receipt| receipt.status == domain::file::Status::Projected);
        if projected.count() != RECORDS_MAX {
            return Err(trouble(format!("not every visit counts: {:?}", answer.receipts.first())));
        }
    }
    Ok(())
}

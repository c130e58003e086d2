//! Deposits per second: opened, appended, projected, fsynced, receipted over HTTP (DESIGN §7).
//!
//! A demo office with 2,000 households more, on SQLite and on PostgreSQL; their helper's phones send sealed visits, in batches of 100 over one
//! connection and over four. Sealing is done before the clock starts; the office does the rest, and both databases wait
//! for the disk.
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::time::Instant;

use bench::households;
use bench::http::{Http, Outcome, trouble};
use bench::visits::Helper;
use domain::id::DeviceId;
use kit::office::Office;
use protocol::deposit::{Deposit, DepositAnswer, RECORDS_MAX};

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
    kit::postgres::wait_for_the_disk();
    let address = kit::postgres::database(None).map_err(said)?;
    report("PostgreSQL", &["--demo", "--database", &address])
}

/// One database's figures.
fn report(database: &str, arguments: &[&str]) -> Outcome {
    let data = kit::place::folder("bench-deposits").map_err(said)?;
    let office = Office::start(&data, arguments).map_err(said)?;
    // An office says so when its PostgreSQL does not wait for the disk; over SQLite it always does.
    let waits = !office.said().iter().any(|line| line.contains("fsync = off"));
    let fsync = if waits { "fsync on" } else { "fsync OFF" };
    households::open(&office, HOUSEHOLDS)?;
    let one = phone(&office, 0)?;
    let (entries, bytes) = (BATCHES * RECORDS_MAX, one.bodies.iter().map(Vec::len).sum::<usize>());
    let single = measure(vec![one])?;
    let four = (1..5).map(|at| phone(&office, at)).collect::<Outcome<Vec<_>>>()?;
    let together = measure(four)?;
    println!(
        "visits of about {} bytes each on the wire, batches of {RECORDS_MAX}, {HOUSEHOLDS} households, {database}, {fsync}",
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

fn phone(office: &Office, nth: u8) -> Outcome<Phone> {
    let device = DeviceId::new(1, [nth; 10]);
    let helper = Helper::of(office, Some(device))?;
    let mut bodies = Vec::with_capacity(BATCHES);
    for batch in 0..BATCHES {
        let mut records = Vec::with_capacity(RECORDS_MAX);
        for at in 0..RECORDS_MAX {
            let seq = u64::try_from(batch * RECORDS_MAX + at + 1).unwrap_or(u64::MAX);
            records.push(helper.visit(device, seq, nth)?.record);
        }
        let made = u64::try_from((batch + 1) * RECORDS_MAX).unwrap_or(u64::MAX);
        bodies.push(serde_json::to_vec(&Deposit {
            device,
            devices: vec![device],
            made,
            shown: Some(helper.head),
            records,
        })?);
    }
    Ok(Phone { http: helper.http, bodies })
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

//! The real program killed in the middle of deposits, as by a power cut, and started again: what it gave a receipt for is
//! there with the same hash, and nothing is there twice. Every other time the answers are cut on their way, after the
//! office committed: what nobody was told of is there all the same, and is told the same when it is offered again.
//!
//! `KILLS` says how often; ten times where it says nothing. With `DURABLE=1` PostgreSQL waits for its disk, and every fifth
//! time it is killed with the office.

use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use domain::entry::Act;
use domain::id::EntryId;
use kit::office::Office;
use kit::proxy::{Proxy, Road};
use protocol::deposit::{Deposit, DepositAnswer, Receipt};
use protocol::record::Record;
use protocol::sign_in::SessionKind;
use server::auth::session::{Session, token_hash};
use server::store::StoreError;
use server::store::db::Alone;

use crate::deposit::Visited;
use crate::field::{Phone, household, visit};
use crate::world::{NOON_MS, ON_POSTGRES, address, place, today};

/// What opens the door to the program.
pub(super) const TOKEN: &str = "a token that only this test knows";

/// A phone that sends until the office is gone.
struct Sender {
    /// Between it and the office.
    road: Proxy,
    phone: Phone,
    /// Sent, and no receipt seen.
    queue: Vec<Record>,
    receipts: BTreeMap<EntryId, Receipt>,
    sent: Vec<Record>,
}

impl Sender {
    /// Deposits what waits; where the office is gone, it waits on.
    fn deposit(&mut self) -> io::Result<()> {
        let answer = post(self.road.address(), &self.phone.deposit_of(&self.queue))?;
        assert_eq!(answer.receipts.len(), self.queue.len());
        for (receipt, record) in answer.receipts.into_iter().zip(&self.queue) {
            assert_eq!((receipt.id, receipt.entry_hash), (record.id, record.entry_hash));
            if let Some(before) = self.receipts.insert(receipt.id, receipt) {
                assert_eq!(Some(&before), self.receipts.get(&record.id), "it became another");
            }
        }
        self.phone.shown = Some(answer.head);
        self.sent.append(&mut self.queue);
        Ok(())
    }

    /// Makes visits and deposits them, some at a time, until the office is gone.
    fn until_it_is_gone(&mut self) {
        for some in (1..=7).cycle() {
            self.make(some);
            if self.deposit().is_err() {
                return;
            }
        }
    }

    /// The same with every other answer cut on its way, the last one too: the office committed, and nobody was told.
    fn until_an_answer_is_cut(&mut self, over: &AtomicBool) {
        for some in (1..=7).cycle() {
            self.make(some);
            self.road.set_road(Road::AnswerLost);
            assert!(self.deposit().is_err(), "the answer came through");
            self.road.set_road(Road::Open);
            if over.load(Ordering::Relaxed) {
                return;
            }
            self.make(1);
            self.deposit().unwrap();
        }
    }

    fn make(&mut self, visits: usize) {
        let more = (0..visits).map(|_| self.phone.record(household(1), &Act::Visit(visit(today()))));
        self.queue.extend(more.collect::<Vec<_>>());
    }

    /// Offers everything once more; every receipt has to be the one it was. How many were there of which nobody was told.
    fn offer_all_again(&mut self) -> io::Result<usize> {
        let waiting = std::mem::take(&mut self.queue);
        self.deposit()?;
        let rev = self.phone.shown.map_or(0, |head| head.rev);
        self.queue.clone_from(&waiting);
        self.deposit()?;
        let was_there = |record: &&Record| self.receipts.get(&record.id).is_some_and(|one| one.rev <= rev);
        let untold = waiting.iter().filter(was_there).count();
        for some in std::mem::take(&mut self.sent).chunks(100) {
            self.queue = some.to_vec();
            self.deposit()?;
        }
        Ok(untold)
    }
}

/// Deposits at a program.
pub(super) fn post(office: &str, deposit: &Deposit) -> io::Result<DepositAnswer> {
    let text = asked(office, "POST", "/api/deposit", &serde_json::to_vec(deposit)?)?;
    Ok(serde_json::from_str(&text)?)
}

/// Asks a program with the session that opens the door; what it answers.
pub(super) fn asked(office: &str, method: &str, path: &str, body: &[u8]) -> io::Result<String> {
    let mut stream = TcpStream::connect(office.trim_start_matches("http://"))?;
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: office\r\nConnection: close\r\nx-liuzhidao: 1\r\n\
         Content-Type: application/json\r\nCookie: session={TOKEN}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let text = String::from_utf8_lossy(&answer);
    let (head, body) = text.split_once("\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
    if head.starts_with("HTTP/1.1 200") {
        Ok(body.to_owned())
    } else {
        Err(io::Error::other(head.to_owned()))
    }
}

/// A union in a data folder, closed, whose helper's phone has a session for good.
pub(super) fn prepared(test: &str) -> Visited {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let visited = Visited::new(test).await;
        let session = Session {
            token: token_hash(TOKEN),
            person: visited.phone.person,
            kind: SessionKind::Phone,
            device: None,
            seen_ms: NOON_MS,
            expires_ms: i64::MAX / 2,
        };
        visited.world.office.db().write(move |tx| session.insert(tx)).await.unwrap();
        visited
    })
}

fn rounds() -> u32 {
    std::env::var("KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(10)
}

#[test]
fn what_has_a_receipt_survives_the_death_of_the_office() {
    let Visited { world, phone, .. } = prepared("killed");
    let data = world.data.clone();
    drop(world);
    let arguments =
        address(&data.folder).map_or_else(Vec::new, |address| vec!["--database".to_owned(), address]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut office = Office::start(&data.folder, &arguments).unwrap();
    let road = Proxy::before(office.address()).unwrap();
    let mut sender = Sender { road, phone, queue: Vec::new(), receipts: BTreeMap::new(), sent: Vec::new() };
    let mut chance = 0x9e37_79b9_u64;
    let (mut answered, mut untold, mut both) = (0, 0, 0);
    for round in 0..rounds() {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let before = sender.receipts.len();
        let is_cut = round % 2 == 1;
        let over = AtomicBool::new(false);
        std::thread::scope(|threads| {
            let sending = threads.spawn(|| match is_cut {
                true => sender.until_an_answer_is_cut(&over),
                false => sender.until_it_is_gone(),
            });
            // Nobody ever speaks here: the wait is the length of this office's life.
            let (_nobody, silence) = channel::<()>();
            let _over = silence.recv_timeout(Duration::from_millis(20 + (chance >> 33) % 300));
            if is_cut {
                over.store(true, Ordering::Relaxed);
                sending.join().unwrap();
                office.kill9().unwrap();
            } else {
                office.kill9().unwrap();
                sending.join().unwrap();
            }
        });
        answered += sender.receipts.len() - before;
        if ON_POSTGRES && kit::postgres::is_durable() && round % 5 == 4 {
            kit::postgres::crash().unwrap();
            both += 1;
        }
        office.start_again().unwrap();
        let found = sender.offer_all_again().unwrap_or_else(|error| panic!("round {round}: {error}"));
        assert!(!is_cut || found > 0, "round {round}: nothing was there of which nobody was told");
        untold += found;
    }
    office.stop().unwrap();
    assert!(answered > 0, "no deposit was answered before a kill: nothing was tested");
    let database = if ON_POSTGRES { "PostgreSQL" } else { "SQLite" };
    let (runs, visits) = (rounds(), sender.receipts.len());
    println!(
        r#"{{"runs":{runs},"database":"{database}","killed with it":{both},"receipts before a kill":{answered},"committed and not told":{untold},"visits":{visits},"lost":0}}"#
    );
    let made = i64::try_from(sender.phone.made).unwrap();
    let mut db = Alone::open(&place(&data.folder), NOON_MS).unwrap();
    db.read(|reader| {
        let count = |sql: &str| reader.count(sql, &[]);
        assert_eq!(count("SELECT count(*) FROM entry WHERE kind = 'visit'")?, made);
        assert_eq!(count("SELECT count(DISTINCT id) FROM entry WHERE kind = 'visit'")?, made);
        assert_eq!(count("SELECT max(rev) - count(*) FROM revision")?, 0, "no rev is missing");
        Ok::<_, StoreError>(())
    })
    .unwrap();
}

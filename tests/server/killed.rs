//! The real program killed in the middle of deposits, as by a power cut, and started again: what it gave a receipt for is
//! there with the same hash, and nothing is there twice. Every other time the line is cut where the answer begins, after
//! the office committed: what nobody was told of is there all the same, and is told the same when it is offered again.
//!
//! A kill counts where a deposit lay whole with the office and had no answer yet. `KILLS` says how many have to count; ten
//! where it says nothing. With `DURABLE=1` PostgreSQL waits for its disk, and every fifth time it is killed with the office.

use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use domain::entry::Act;
use domain::id::EntryId;
use kit::office::Office;
use protocol::deposit::{Deposit, DepositAnswer, RECORDS_MAX, Receipt};
use protocol::record::Record;
use protocol::sign_in::SessionKind;
use server::auth::session::{Session, token_hash};
use server::settings::Data;
use server::store::StoreError;
use server::store::db::Alone;

use crate::deposit::Visited;
use crate::field::{Phone, household, visit};
use crate::world::{NOON_MS, ON_POSTGRES, address, place, today};

/// What opens the door to the program.
pub(super) const TOKEN: &str = "a token that only this test knows";

/// What the one who sends and the one who kills know of each other.
#[derive(Default)]
struct Signs {
    /// The next answer that is cut is the last of which the killer is told.
    is_late: AtomicBool,
    /// The office is being killed.
    is_killed: AtomicBool,
}

/// A phone that sends until the office is gone.
struct Sending {
    office: String,
    phone: Phone,
    /// Sent, and no receipt seen.
    queue: Vec<Record>,
    receipts: BTreeMap<EntryId, Receipt>,
    sent: Vec<Record>,
    signs: Arc<Signs>,
    /// A deposit lay whole with the office when it was killed, and had no answer.
    was_under_way: bool,
}

impl Sending {
    fn of(office: &str, phone: Phone) -> Self {
        Self {
            office: office.to_owned(),
            phone,
            queue: Vec::new(),
            receipts: BTreeMap::new(),
            sent: Vec::new(),
            signs: Arc::default(),
            was_under_way: false,
        }
    }

    /// Sends what waits, whole.
    fn send(&mut self) -> io::Result<TcpStream> {
        let body = serde_json::to_vec(&self.phone.deposit_of(&self.queue))?;
        let stream = sent(&self.office, "POST", "/api/deposit", &body)?;
        self.was_under_way = !self.signs.is_killed.load(Ordering::SeqCst);
        Ok(stream)
    }

    /// Deposits what waits; where the office is gone, it waits on.
    fn deposit(&mut self) -> io::Result<()> {
        let answer: DepositAnswer = serde_json::from_str(&heard(self.send()?)?)?;
        self.was_under_way = false;
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

    /// Deposits what waits and hangs up where the answer begins: the office committed, and nobody was told.
    fn deposit_unheard(&mut self) -> io::Result<()> {
        self.send()?.read_exact(&mut [0])?;
        self.was_under_way = false;
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

    /// The same with every other answer cut; once it is late, with every answer cut, which the killer is told.
    fn until_it_is_gone_unheard(&mut self, is_cut: &Sender<()>) {
        let mut unheard = Vec::new();
        for some in (1..=7).cycle() {
            let is_late = self.signs.is_late.load(Ordering::SeqCst);
            self.make(some);
            if self.deposit_unheard().is_err() {
                break;
            }
            if is_late {
                if unheard.is_empty() {
                    is_cut.send(()).unwrap();
                }
                unheard.append(&mut self.queue);
            } else {
                self.make(1);
                self.deposit().unwrap();
            }
        }
        unheard.append(&mut self.queue);
        self.queue = unheard;
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
        self.offer(&waiting)?;
        let was_there = |record: &&Record| self.receipts.get(&record.id).is_some_and(|one| one.rev <= rev);
        let untold = waiting.iter().filter(was_there).count();
        let sent = std::mem::take(&mut self.sent);
        self.offer(&sent)?;
        Ok(untold)
    }

    fn offer(&mut self, records: &[Record]) -> io::Result<()> {
        for some in records.chunks(RECORDS_MAX) {
            self.queue = some.to_vec();
            self.deposit()?;
        }
        Ok(())
    }
}

/// Deposits at a program.
pub(super) fn post(office: &str, deposit: &Deposit) -> io::Result<DepositAnswer> {
    let text = asked(office, "POST", "/api/deposit", &serde_json::to_vec(deposit)?)?;
    Ok(serde_json::from_str(&text)?)
}

/// Asks a program with the session that opens the door; what it answers.
pub(super) fn asked(office: &str, method: &str, path: &str, body: &[u8]) -> io::Result<String> {
    heard(sent(office, method, path, body)?)
}

/// Sends a whole request.
fn sent(office: &str, method: &str, path: &str, body: &[u8]) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(office.trim_start_matches("http://"))?;
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: office\r\nConnection: close\r\nx-liuzhidao: 1\r\n\
         Content-Type: application/json\r\nCookie: session={TOKEN}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    Ok(stream)
}

/// The whole answer to a request.
fn heard(mut stream: TcpStream) -> io::Result<String> {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let text = String::from_utf8_lossy(&answer);
    let (head, body) = text.split_once("\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
    assert!(head.starts_with("HTTP/1.1 200"), "{head}\n{body}");
    Ok(body.to_owned())
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

fn wanted() -> u32 {
    std::env::var("KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(10)
}

/// So many rounds for one kill that counts, at most: the others found the office between two deposits.
const ROUNDS_A_KILL: u32 = 4;

/// Numbers of chance, the same in every run: from 0 to below `end`.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// One round: somebody sends, and the office is killed at a moment of chance; where answers are cut, only after one was.
fn kill_under(sending: &mut Sending, office: &mut Office, unheard: bool, chance: &mut Chance) {
    let signs = Arc::<Signs>::default();
    sending.signs = Arc::clone(&signs);
    sending.was_under_way = false;
    std::thread::scope(|threads| {
        let (told, heard) = channel();
        let sender = threads.spawn(move || match unheard {
            true => sending.until_it_is_gone_unheard(&told),
            false => sending.until_it_is_gone(),
        });
        // Nobody speaks here unasked: the wait is the length of this office's life.
        let _silence = heard.recv_timeout(Duration::from_millis(20 + chance.below(300)));
        if unheard {
            signs.is_late.store(true, Ordering::SeqCst);
            heard.recv().unwrap();
            // Every other time at once: an office that told before it committed had no time to.
            let later = chance.below(2) * chance.below(60);
            let _silence = heard.recv_timeout(Duration::from_millis(later));
        }
        signs.is_killed.store(true, Ordering::SeqCst);
        office.kill9().unwrap();
        sender.join().unwrap();
    });
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
    let mut sending = Sending::of(office.address(), phone);
    let mut chance = Chance(0x9e37_79b9);
    let (mut answered, mut untold, mut both) = (0, 0, 0);
    // The kills that count, at any moment and after a cut answer.
    let mut counted = [0, 0];
    let wanted = wanted();
    let mut rounds = 0;
    while counted.iter().sum::<u32>() < wanted {
        assert!(rounds < wanted * ROUNDS_A_KILL, "of {rounds} kills only {counted:?} met a deposit");
        let before = sending.receipts.len();
        let unheard = rounds % 2 == 1;
        kill_under(&mut sending, &mut office, unheard, &mut chance);
        counted[usize::from(unheard)] += u32::from(sending.was_under_way);
        answered += sending.receipts.len() - before;
        if ON_POSTGRES && kit::postgres::is_durable() && rounds % 5 == 4 {
            kit::postgres::crash().unwrap();
            both += 1;
        }
        office.start_again().unwrap();
        let found = sending.offer_all_again().unwrap_or_else(|error| panic!("round {rounds}: {error}"));
        assert!(!unheard || found > 0, "round {rounds}: nothing was there of which nobody was told");
        untold += found;
        rounds += 1;
    }
    office.stop().unwrap();
    assert!(counted.iter().all(|kills| *kills > 0), "one sort of round met no deposit: {counted:?}");
    assert!(answered > 0, "no deposit was answered before a kill: nothing was tested");
    let database = if ON_POSTGRES { "PostgreSQL" } else { "SQLite" };
    let (visits, [free, after_a_cut]) = (sending.receipts.len(), counted);
    println!(
        r#"{{"runs":{wanted},"database":"{database}","kills":{rounds},"counted at any moment":{free},"counted after a cut answer":{after_a_cut},"killed with it":{both},"receipts before a kill":{answered},"committed and not told":{untold},"visits":{visits},"lost":0}}"#
    );
    each_is_there_once(&data, sending.phone.made);
}

fn each_is_there_once(data: &Data, made: u64) {
    let made = i64::try_from(made).unwrap();
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

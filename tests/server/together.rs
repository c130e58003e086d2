//! Several offices on one database: revs are seen in the order in which they were given, a phone may meet any of them,
//! and a line that breaks is opened anew.

use std::sync::{Arc, Condvar, Mutex};

use domain::entry::Act;
use domain::file::Status;
use domain::id::{DeviceId, EntryId};
use kit::office::Office;
use protocol::changes::ChangesPage;
use protocol::deposit::{Head, Short};
use protocol::record::EntryHash;
use server::books::SqlBooks;
use server::settings::Data;
use server::store::{Db, Place, StoreError, Tx, Url};
use server::union::settings::{self, MadeFor};
use sync::ledger::Books;

use crate::deposit::Visited;
use crate::field::{Phone, household, visit};
use crate::killed;
use crate::world::{NOON_MS, ON_POSTGRES, World, address, folder, place, today};

/// How often somebody has looked at what is there.
#[derive(Default)]
pub(super) struct Looks(Mutex<u64>, Condvar);

impl Looks {
    pub(super) fn one_more(&self) {
        *self.0.lock().unwrap() += 1;
        self.1.notify_all();
    }

    /// Waits until somebody has looked from beginning to end.
    pub(super) fn wait_for_a_whole_one(&self) {
        let looks = self.0.lock().unwrap();
        let enough = *looks + 2;
        drop(self.1.wait_while(looks, |looks| *looks < enough).unwrap());
    }
}

/// Gives a rev as the ledger does, and pauses while it is given and not yet there.
fn give(tx: &Tx<'_>, looks: Option<&Looks>) -> Result<u64, StoreError> {
    let mut books = SqlBooks::open(tx, today());
    let mut count = books.count()?;
    let rev = count.next(&EntryHash::of(b"of a test"));
    books.put_chain(rev, Short::of(&count.chain))?;
    if let Some(looks) = looks {
        looks.wait_for_a_whole_one();
    }
    books.set_count(&count)?;
    Ok(rev)
}

/// How many revs each of the two offices gives.
const EACH: u64 = 120;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn revs_are_seen_in_the_order_in_which_they_were_given() {
    let folder = folder("together_revs");
    // Whoever reads asks for what comes after the last it has seen, as phones do.
    let [reader, offices @ ..] = [(); 3].map(|_| Db::open(&place(&folder), NOON_MS).unwrap());
    offices[0].write(|tx| settings::begin(tx, MadeFor::Union, [1; 8], NOON_MS)).await.unwrap();
    let looks = Arc::new(Looks::default());
    let writing: Vec<_> = offices
        .into_iter()
        .map(|db| {
            let looks = Arc::clone(&looks);
            tokio::spawn(async move {
                for nth in 0..EACH {
                    let pause = (nth % 8 == 0).then(|| Arc::clone(&looks));
                    db.write(move |tx| give(tx, pause.as_deref())).await.unwrap();
                }
            })
        })
        .collect();
    let (mut seen, mut cursor) = (Vec::new(), 0_u64);
    let mut is_over = false;
    while !is_over {
        is_over = writing.iter().all(tokio::task::JoinHandle::is_finished);
        let after = cursor;
        let news = reader.read(move |reader| {
            let sql = "SELECT rev FROM revision WHERE rev > ?1 ORDER BY rev";
            reader.all(sql, server::args![after], |row| row.get::<u64>(0))
        });
        let news: Vec<u64> = news.await.map_err(|cause: StoreError| cause).unwrap();
        cursor = news.last().copied().unwrap_or(cursor);
        seen.extend(news);
        looks.one_more();
    }
    assert_eq!(seen, (1..=2 * EACH).collect::<Vec<_>>(), "none is missed and none comes twice");
    for one in writing {
        one.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn phones_may_meet_either_of_two_offices() {
    let Visited { world, phone, .. } = Visited::new("together_two").await;
    let other = World::open(world.data.clone(), world.set.clone(), false).await;
    let second = Phone::of(&world, phone.person, 10).await;
    let deposits = [phone, second].map(|mut phone| {
        let routers = [world.router.clone(), other.router.clone()];
        tokio::spawn(async move {
            let mut all = Vec::new();
            for nth in 0..10 {
                phone.browser = phone.browser.at(&routers[nth % 2]);
                let records: Vec<_> =
                    (0..5).map(|_| phone.record(household(1), &Act::Visit(visit(today())))).collect();
                let answer = phone.deposit(&records).await;
                // The same once more, to the other.
                phone.browser = phone.browser.at(&routers[(nth + 1) % 2]);
                assert_eq!(phone.deposit(&records).await.receipts, answer.receipts);
                all.extend(answer.receipts);
            }
            (all, phone.shown.unwrap().epoch)
        })
    });
    let mut receipts = Vec::new();
    for one in deposits {
        let (some, epoch) = one.await.unwrap();
        assert_eq!(
            epoch,
            receipts.first().map_or(epoch, |(_, first)| *first),
            "no head was unknown to either"
        );
        receipts.extend(some.into_iter().map(|receipt| (receipt, epoch)));
    }
    assert!(receipts.iter().all(|(receipt, _)| receipt.status == Status::Projected));
    let count = |sql: &'static str| world.office.db().read(move |reader| reader.count(sql, &[]));
    assert_eq!(count("SELECT count(DISTINCT id) FROM entry WHERE kind = 'visit'").await.unwrap(), 100);
    assert_eq!(count("SELECT count(*) FROM entry WHERE kind = 'visit'").await.unwrap(), 100);
    assert_eq!(count("SELECT max(rev) - count(*) FROM revision").await.unwrap(), 0, "no rev is missing");
}

#[tokio::test]
async fn a_line_that_breaks_is_opened_anew() {
    if !ON_POSTGRES {
        // There is no line to a file.
        return;
    }
    let mut visited = Visited::new("together_line").await;
    let address = address(&visited.world.data.folder).unwrap();
    let first = visited.phone.record(household(1), &Act::Visit(visit(today())));
    kit::postgres::cut(&address).unwrap();
    // Reads and writes find out when they begin, and nobody notices.
    let answer = visited.phone.deposit(std::slice::from_ref(&first)).await;
    assert_eq!(answer.receipts[0].status, Status::Projected);
    // In the middle of a write it is said that nobody knows; the next write goes on.
    let cutting = address.clone();
    let broken = visited.world.office.db().write(move |tx| {
        give(tx, None)?;
        kit::postgres::cut(&cutting).unwrap();
        give(tx, None)
    });
    assert!(matches!(broken.await, Err(StoreError::Lost(_))));
    assert_eq!(visited.phone.deposit(&[first]).await.receipts, answer.receipts);
}

#[tokio::test]
async fn a_swallowed_failure_keeps_nothing_and_says_so() {
    let world = World::empty("together_swallowed").await;
    let swallowing = world.office.db().write(|tx| {
        tx.execute("UPDATE meta SET union_name = 'half'", &[])?;
        let _minded = tx.execute("INSERT INTO meta (one) VALUES (2)", &[]);
        Ok::<_, StoreError>(())
    });
    // PostgreSQL does not go on after a statement that failed; where SQLite would, it is not let.
    assert!(swallowing.await.is_err());
    let in_a_part = world.office.db().write(|tx| {
        let _minded = tx.execute("INSERT INTO meta (one) VALUES (2)", &[]);
        tx.nested(|tx| tx.execute("UPDATE meta SET union_name = 'half'", &[]))
    });
    assert!(in_a_part.await.is_err());
    let undone_alone = world.office.db().write(|tx| {
        let _undone = tx.nested(|tx| tx.execute("INSERT INTO meta (one) VALUES (2)", &[]));
        tx.execute("UPDATE meta SET union_name = 'whole'", &[])
    });
    undone_alone.await.map_err(|cause: StoreError| cause).unwrap();
    let sql = "SELECT count(*) FROM meta WHERE union_name = 'half'";
    assert_eq!(world.office.db().read(move |reader| reader.count(sql, &[])).await.unwrap(), 0);
}

#[tokio::test]
async fn whoever_waits_too_long_for_its_turn_is_told_and_has_another() {
    if !ON_POSTGRES {
        // A file has one office.
        return;
    }
    let address = kit::postgres::database(None).unwrap();
    // Of this server's habits the office minds one alone.
    let habits = "-c lock_timeout=100ms -c default_transaction_isolation=serializable".replace(' ', "%20");
    let address = format!("{address}&options={}", habits.replace('=', "%3D"));
    let place = Place::named(&Url::from(address.as_str())).unwrap();
    let [holding, waiting] = [(); 2].map(|_| Db::open(&place, NOON_MS).unwrap());
    waiting.write(|tx| settings::begin(tx, MadeFor::Union, [1; 8], NOON_MS)).await.unwrap();
    let (begun, has_begun) = tokio::sync::oneshot::channel();
    let (end, ending) = std::sync::mpsc::channel::<()>();
    let held = tokio::spawn(async move {
        let hold = move |tx: &Tx<'_>| {
            begun
                .send(tx.first("SELECT current_setting('transaction_isolation')", &[], |row| row.get(0)))
                .unwrap();
            ending.recv().unwrap();
            Ok::<_, StoreError>(())
        };
        holding.write(hold).await
    });
    let isolation: Result<Option<String>, StoreError> = has_begun.await.unwrap();
    assert_eq!(isolation.unwrap().as_deref(), Some("read committed"));
    assert!(matches!(waiting.write(|tx| give(tx, None)).await, Err(StoreError::Busy)));
    end.send(()).unwrap();
    held.await.unwrap().unwrap();
    waiting.write(|tx| give(tx, None)).await.unwrap();
}

/// Asks a program with the session that [`killed::prepared`] made.
pub(super) fn get<T: serde::de::DeserializeOwned>(office: &str, path: &str) -> T {
    let text = killed::asked(office, "GET", path, &[]).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|cause| panic!("{path}: {cause}: {text}"))
}

/// What came after a cursor, from the first page to the last.
pub(super) fn news(office: &str, cursor: &mut Head, seen: &mut Vec<(EntryId, u64)>) {
    loop {
        let Head { epoch, rev, chain } = *cursor;
        let page: ChangesPage = get(office, &format!("/api/changes?epoch={epoch}&rev={rev}&chain={chain}"));
        seen.extend(page.statuses.iter().map(|line| (line.id, line.rev)));
        assert!(page.cursor.rev >= cursor.rev, "the cursor went back");
        *cursor = page.cursor;
        if page.left == 0 {
            return;
        }
    }
}

/// How many deposits each of two phones makes, in turn at the one program and at the other.
const IN_TURN: usize = 25;

#[test]
fn two_programs_take_deposits_in_turn_and_no_rev_is_missed() {
    if !ON_POSTGRES {
        // A file has one office.
        return;
    }
    let Visited { world, phone, .. } = killed::prepared("together_in_turn");
    let (data, second) =
        (world.data.clone(), Phone { device: DeviceId::from_bytes([10; 16]), ..copied(&phone) });
    drop(world);
    let address = address(&data.folder).unwrap();
    let running = [0, 1].map(|_| start(&data, &address).unwrap());
    let offices = [0, 1].map(|nth: usize| running[nth].address().to_owned());
    let mut cursor = get::<ChangesPage>(&offices[0], "/api/changes").cursor;
    let (first_rev, mut seen) = (cursor.rev, Vec::new());
    let mut receipts = std::thread::scope(|threads| {
        let depositing: Vec<_> = [(0, phone), (1, second)]
            .into_iter()
            .map(|(offset, mut phone)| {
                let offices = &offices;
                threads.spawn(move || {
                    let mut all = Vec::new();
                    for nth in 0..IN_TURN {
                        let records =
                            [(); 3].map(|()| phone.record(household(1), &Act::Visit(visit(today()))));
                        let office = &offices[(nth + offset) % 2];
                        let answer = killed::post(office, &phone.deposit_of(&records)).unwrap();
                        phone.shown = Some(answer.head);
                        all.extend(answer.receipts);
                    }
                    all
                })
            })
            .collect();
        // Meanwhile somebody follows, at the one and at the other.
        for nth in (0..2).cycle() {
            let is_over = depositing.iter().all(std::thread::ScopedJoinHandle::is_finished);
            news(&offices[nth], &mut cursor, &mut seen);
            if is_over {
                break;
            }
        }
        depositing.into_iter().flat_map(|one| one.join().unwrap()).collect::<Vec<_>>()
    });
    receipts.sort_by_key(|receipt| receipt.rev);
    let told: Vec<_> = receipts.iter().map(|receipt| (receipt.id, receipt.rev)).collect();
    assert_eq!(told.len(), 2 * 3 * IN_TURN);
    assert_eq!(seen, told, "who followed was told each once, in order");
    let revs: Vec<u64> = told.iter().map(|(_, rev)| *rev).collect();
    assert_eq!(revs, (first_rev + 1..=cursor.rev).collect::<Vec<_>>(), "no rev is missing");
}

/// Another phone of the same person.
pub(super) fn copied(phone: &Phone) -> Phone {
    let Phone { browser, person, device, made, shown, key } = phone;
    Phone {
        browser: browser.clone(),
        person: *person,
        device: *device,
        made: *made,
        shown: *shown,
        key: key.clone(),
    }
}

/// The office as its own program, on a PostgreSQL.
pub(super) fn start(data: &Data, address: &str) -> kit::failure::Outcome<Office> {
    Office::start(&data.folder, &["--database", address])
}

#[test]
fn several_programs_serve_one_database() {
    if !ON_POSTGRES {
        // A file has one office.
        return;
    }
    let address = kit::postgres::database(None).unwrap();
    let shared = Data { folder: folder("together_programs") };
    // Both at once on a database with nothing in it: one makes the schema and the keys, the other finds them.
    let offices = std::thread::scope(|threads| {
        [0, 1].map(|_| threads.spawn(|| start(&shared, &address))).map(|one| one.join().unwrap().unwrap())
    });
    assert_ne!(offices[0].address(), offices[1].address());
    // One with keys of its own would seal what the others cannot open.
    let elsewhere = Data { folder: folder("together_elsewhere") };
    let refused = start(&elsewhere, &address).err().unwrap().to_string();
    assert!(refused.contains("office keys") && refused.contains("copy it from another"), "{refused}");
    assert!(!elsewhere.keys().join("office.json").exists(), "it made keys that nobody wants");
    // Nothing of the address but its place is printed.
    let said = offices.iter().flat_map(Office::said).collect::<Vec<_>>().join("\n");
    assert!(!said.contains("user=postgres"), "{said}");
    assert!(said.contains("fsync = off"), "the PostgreSQL of the tests does not wait for its disk: {said}");
    let place = Place::named(&Url::from(address.as_str())).unwrap();
    assert_eq!(place.to_string().split(' ').next(), Some("PostgreSQL"));
}

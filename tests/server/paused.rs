//! Two real programs on one PostgreSQL, one of them stopped between the append and the commit of a deposit: the other waits
//! for its turn, and whoever follows sees no rev before those that come before it.

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::Scope;
use std::time::Duration;

use domain::entry::Act;
use domain::id::{DeviceId, EntryId};
use kit::deadline::Deadline;
use protocol::changes::ChangesPage;
use protocol::deposit::DepositAnswer;
use protocol::record::Record;

use crate::deposit::Visited;
use crate::field::{Phone, household, visit};
use crate::killed;
use crate::together::{Looks, copied, get, news, start};
use crate::world::{ON_POSTGRES, address, today};

const PATIENCE: Duration = Duration::from_secs(30);

/// How often one of the two is stopped: each in turn.
const PAUSES: usize = 6;

/// Whoever has written to the log and waits for a row.
const STOPPED: &str =
    "SELECT count(*) FROM pg_locks waits WHERE NOT waits.granted AND waits.locktype <> 'advisory'
    AND 2 = (SELECT count(*) FROM pg_locks has WHERE has.pid = waits.pid AND has.mode = 'RowExclusiveLock'
        AND has.relation IN ('revision'::regclass, 'entry'::regclass))";

/// Whoever waits for the turn, and holds nothing of the log.
const WAITS_FOR_ITS_TURN: &str = "SELECT count(*) FROM pg_locks waits WHERE NOT waits.granted AND waits.locktype = 'advisory'
    AND NOT EXISTS (SELECT FROM pg_locks has WHERE has.pid = waits.pid AND has.relation = 'revision'::regclass)";

/// A hand on PostgreSQL itself, past every office: it takes no turn.
struct Hand {
    psql: Child,
    says: ChildStdin,
    hears: Lines<BufReader<ChildStdout>>,
}

impl Hand {
    fn on(address: &str) -> Self {
        let mut command = Command::new("psql");
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", address]);
        let mut psql = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (says, hears) = (psql.stdin.take().unwrap(), psql.stdout.take().unwrap());
        Self { psql, says, hears: BufReader::new(hears).lines() }
    }

    /// The one line that it answers.
    fn ask(&mut self, sql: &str) -> String {
        writeln!(self.says, "{sql};").unwrap();
        self.says.flush().unwrap();
        self.hears.next().unwrap().unwrap()
    }

    /// Holds the row of the household, which a deposit writes after its entries.
    fn hold(&mut self) {
        let id: String = household(1).as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let held = self.ask(&format!("BEGIN; SELECT 'held' FROM household WHERE id = '\\x{id}' FOR UPDATE"));
        assert_eq!(held, "held");
    }

    fn let_go(&mut self) {
        assert_eq!(self.ask("COMMIT; SELECT 'let go'"), "let go");
    }

    /// Asks on until there is one.
    fn wait_for(&mut self, sql: &str, what: &str) {
        let deadline = Deadline::after(PATIENCE);
        while self.ask(sql) != "1" {
            assert!(!deadline.passed(), "{what}");
        }
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.psql.kill().unwrap();
        self.psql.wait().unwrap();
    }
}

/// Says so when it goes.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Some visits to a household, on their way to an office; what is told of them, once it is.
fn depositing<'s, 'e: 's>(
    threads: &'s Scope<'s, 'e>,
    office: &'e str,
    phone: &mut Phone,
    (number, visits): (u8, usize),
) -> impl FnOnce(&mut Phone) -> Vec<(EntryId, u64)> + use<'s> {
    let records: Vec<Record> =
        (0..visits).map(|_| phone.record(household(number), &Act::Visit(visit(today())))).collect();
    let deposit = phone.deposit_of(&records);
    let sent = threads.spawn(move || killed::post(office, &deposit).unwrap());
    move |phone| {
        let DepositAnswer { receipts, head, .. } = sent.join().unwrap();
        phone.shown = Some(head);
        receipts.iter().map(|receipt| (receipt.id, receipt.rev)).collect()
    }
}

#[test]
fn an_office_stopped_between_append_and_commit_leaves_no_gap_to_be_seen() {
    if !ON_POSTGRES {
        // A file has one office.
        return;
    }
    let Visited { world, phone, .. } = killed::prepared("paused");
    let data = world.data.clone();
    drop(world);
    let mut phones = [Phone { device: DeviceId::from_bytes([10; 16]), ..copied(&phone) }, phone];
    let address = address(&data.folder).unwrap();
    let running = [0, 1].map(|_| start(&data, &address).unwrap());
    let offices = [0, 1].map(|nth: usize| running[nth].address().to_owned());
    let mut cursor = get::<ChangesPage>(&offices[0], "/api/changes").cursor;
    let (first_rev, looks, is_over) = (cursor.rev, Looks::default(), AtomicBool::new(false));
    let (told, seen) = std::thread::scope(|threads| {
        // Somebody follows all the time, at the one and at the other.
        let following = threads.spawn(|| {
            let mut seen = Vec::new();
            for nth in (0..2).cycle() {
                let is_over = is_over.load(Ordering::SeqCst);
                news(&offices[nth], &mut cursor, &mut seen);
                looks.one_more();
                if is_over {
                    return seen;
                }
            }
            seen
        });
        // However this ends, who follows ends too, and who is stopped goes on.
        let over = Over(&is_over);
        let mut hand = Hand::on(&address);
        let mut told = Vec::new();
        for nth in 0..PAUSES {
            looks.wait_for_a_whole_one();
            let (stops, waits) = (nth % 2, (nth + 1) % 2);
            hand.hold();
            let first = depositing(threads, &offices[stops], &mut phones[stops], (1, 3));
            hand.wait_for(STOPPED, "none stopped between append and commit");
            // Of a household that nobody holds; it is not there yet, so this waits for it, under a rev all the same.
            let second = depositing(threads, &offices[waits], &mut phones[waits], (2, 1));
            hand.wait_for(WAITS_FOR_ITS_TURN, "the other does not wait for its turn");
            looks.wait_for_a_whole_one();
            looks.wait_for_a_whole_one();
            assert_eq!(hand.ask(STOPPED), "1", "who looked waited for the one that is stopped");
            hand.let_go();
            told.extend(first(&mut phones[stops]));
            told.extend(second(&mut phones[waits]));
        }
        drop(over);
        (told, following.join().unwrap())
    });
    assert_eq!(seen, told, "who followed was told each once, in the order of their turns");
    let revs: Vec<u64> = told.iter().map(|(_, rev)| *rev).collect();
    assert_eq!(revs, (first_rev + 1..=cursor.rev).collect::<Vec<_>>(), "no rev is missing");
}

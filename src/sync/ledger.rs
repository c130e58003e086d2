//! The office's half: stores first, judges later. This is the office's real decision code.
//!
//! Every function here runs inside one write transaction of the store (one savepoint per deposit).
//! Opening seals is the caller's, before the transaction; nothing here waits.

use domain::{
    entry::{Entry, Reading},
    file::{File, Logged, Reason, Status, erasing::Gone},
    id::{DeviceId, EntryId, HouseholdId, PersonId},
};
use protocol::{
    deposit::{Head, Receipt, Short},
    record::EntryHash,
};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

mod arriving;
mod epoch;
mod erasing;
mod merging;
mod opening;
mod pages;
mod projecting;

use arriving::Offered;
use erasing::lies_in_erased;
use merging::{Logs, fresh_rev, note_halves, project_all};
use opening::{put_open, take_its_place};
use projecting::{Known, People, tell};

pub use arriving::Arrival;
pub use epoch::{begin, meet};
pub use erasing::erase_again;
pub use opening::open_held;
pub use pages::{Shelf, cards_asked, page, page_of, scope_list};

/// How far the office is: one row, updated first in every write transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Count {
    /// The current epoch.
    pub epoch: Short,
    /// The last rev given.
    pub rev: u64,
    /// `chain(rev)`, whole.
    pub chain: [u8; 32],
}

impl Count {
    /// The head this count shows.
    #[must_use]
    pub const fn head(&self) -> Head {
        Head { epoch: self.epoch, rev: self.rev, chain: Short::of(&self.chain) }
    }

    /// Gives the next rev: `chain(rev) = sha256(chain(rev−1) ‖ hash of what caused rev)`.
    pub fn next(&mut self, cause: &EntryHash) -> u64 {
        self.rev += 1;
        self.chain = Sha256::new().chain_update(self.chain).chain_update(cause.as_bytes()).finalize().into();
        self.rev
    }
}

/// A row of the log, as it is appended.
#[derive(Clone, PartialEq, Debug)]
pub struct LogRow {
    /// Its rev.
    pub rev: u64,
    /// First 8 bytes of `chain(rev)`.
    pub chain: Short,
    /// The entry's id; not unique among tainted rows.
    pub id: EntryId,
    /// Its hash; (id, hash) is unique.
    pub hash: EntryHash,
    /// The series it claims.
    pub device: DeviceId,
    /// Its place there.
    pub seq: u64,
    /// Who brought it: the credential's person.
    pub brought_by: PersonId,
    /// When it arrived, office's clock.
    pub received_ms: i64,
    /// Read, where it could be; what has none belongs to no household.
    pub entry: Option<Arc<Entry<Reading>>>,
    /// Plain bytes, or sealed ones where `sealed_to` is set.
    pub body: Vec<u8>,
    /// The key it is still sealed to: it could not be opened.
    pub sealed_to: Option<String>,
    /// What arrival said against it.
    pub taint: Option<Reason>,
    /// What became of it so far.
    pub status: Status,
}

/// What the log has under an id and a hash.
#[derive(Clone, PartialEq, Debug)]
pub struct Stored {
    /// What its receipt says by now.
    pub receipt: Receipt,
    /// What arrival said against it.
    pub taint: Option<Reason>,
    /// Whether the entry that its record says is there: else it lies there sealed, damaged or erased.
    pub is_read: bool,
}

/// A row of a household's log, as it is folded.
#[derive(Clone, PartialEq, Debug)]
pub struct LogLine {
    /// Entry and taint.
    pub logged: Logged,
    /// The status stored for it.
    pub status: Status,
}

/// The office's books inside one write transaction. Two implementations, one contract list.
pub trait Books {
    /// What can go wrong below: the disk.
    type Error;

    /// The count; a store with several writers takes its lock here.
    ///
    /// # Errors
    /// The store's own.
    fn count(&mut self) -> Result<Count, Self::Error>;

    /// Writes the count back.
    ///
    /// # Errors
    /// The store's own.
    fn set_count(&mut self, count: &Count) -> Result<(), Self::Error>;

    /// The short chain at a rev that the office gave.
    ///
    /// # Errors
    /// The store's own.
    fn chain_at(&mut self, rev: u64) -> Result<Option<Short>, Self::Error>;

    /// Notes the chain of a rev that no log row carries.
    ///
    /// # Errors
    /// The store's own.
    fn put_chain(&mut self, rev: u64, chain: Short) -> Result<(), Self::Error>;

    /// Whether an epoch was had or heard of.
    ///
    /// # Errors
    /// The store's own.
    fn knows_epoch(&mut self, epoch: Short) -> Result<bool, Self::Error>;

    /// Notes an epoch; `begun_ms` where it was this office's own.
    ///
    /// # Errors
    /// The store's own.
    fn add_epoch(&mut self, epoch: Short, begun_ms: Option<i64>) -> Result<(), Self::Error>;

    /// The rows stored under these ids.
    ///
    /// # Errors
    /// The store's own.
    fn stored(&mut self, ids: &[EntryId]) -> Result<Vec<Stored>, Self::Error>;

    /// Appends rows to the log, each with its chain.
    ///
    /// # Errors
    /// The store's own.
    fn append(&mut self, rows: &[LogRow]) -> Result<(), Self::Error>;

    /// Writes rows anew under their id and hash, all but their own rev and chain, where they are held still; one that
    /// nothing is said against also where arrival said of it that it is malformed or its bringer not its author,
    /// whatever a person decided since; one that is read also where a malformed one is not; one whose id was taken
    /// only where such a one is not read. Nothing that is erased.
    ///
    /// # Errors
    /// The store's own.
    fn open_rows(&mut self, rows: &[LogRow]) -> Result<(), Self::Error>;

    /// All entries of a household that may count: not those whose id was taken, nor erased ones.
    ///
    /// # Errors
    /// The store's own.
    fn log_of(&mut self, household: HouseholdId) -> Result<Vec<LogLine>, Self::Error>;

    /// Writes statuses that changed, with the rev of the change.
    ///
    /// # Errors
    /// The store's own.
    fn set_statuses(&mut self, statuses: &[(EntryId, Status)], rev: u64) -> Result<(), Self::Error>;

    /// Writes what a household's file says now; replaces all that was projected of it before.
    ///
    /// # Errors
    /// The store's own.
    fn put_file(&mut self, household: HouseholdId, rev: u64, file: &File) -> Result<(), Self::Error>;

    /// The files that this one was ever merged with, whether or not they still are one.
    ///
    /// # Errors
    /// The store's own.
    fn halves(&mut self, household: HouseholdId) -> Result<Vec<HouseholdId>, Self::Error>;

    /// Notes that one of two files was merged with the other.
    ///
    /// # Errors
    /// The store's own.
    fn add_half(&mut self, one: HouseholdId, other: HouseholdId) -> Result<(), Self::Error>;

    /// Which id a file shares now; none where it stands alone.
    ///
    /// # Errors
    /// The store's own.
    fn shared(&mut self, household: HouseholdId) -> Result<Option<HouseholdId>, Self::Error>;

    /// Notes which id a file shares.
    ///
    /// # Errors
    /// The store's own.
    fn set_shared(&mut self, household: HouseholdId, shared: Option<HouseholdId>) -> Result<(), Self::Error>;

    /// What is remembered as gone of a household.
    ///
    /// # Errors
    /// The store's own.
    fn gone(&mut self, household: HouseholdId) -> Result<Vec<Gone>, Self::Error>;

    /// Which of these ids are remembered as gone, of whatever household.
    ///
    /// # Errors
    /// The store's own.
    fn gone_among(&mut self, ids: &[EntryId]) -> Result<Vec<EntryId>, Self::Error>;

    /// Remembers for good what goes of a household, and wipes the bodies, sealed ones too, of those of these
    /// entries that are its or nobody's: status erased, with the rev of the change.
    ///
    /// # Errors
    /// The store's own.
    fn erase(&mut self, household: HouseholdId, gone: &[Gone], rev: u64) -> Result<(), Self::Error>;

    /// Whether this is a person of the union, present or former.
    ///
    /// # Errors
    /// The store's own.
    fn knows_person(&mut self, person: PersonId) -> Result<bool, Self::Error>;
}

/// Takes in a deposit: appends what is new, projects, and gives one receipt per record, in order.
///
/// # Errors
/// The store's own; nothing is written then.
pub fn take_in<B: Books + ?Sized>(
    books: &mut B,
    brought_by: PersonId,
    arrivals: &[Arrival],
    now_ms: i64,
) -> Result<Vec<Receipt>, B::Error> {
    let offered: Vec<Offered> = arrivals.iter().map(|arrival| Offered::of(arrival, brought_by)).collect();
    take_in_offered(books, brought_by, offered, now_ms)
}

/// Takes in the desk's own entries. The caller has checked role and scope of each.
///
/// # Errors
/// The store's own; nothing is written then.
pub fn take_in_desk<B: Books + ?Sized>(
    books: &mut B,
    author: PersonId,
    entries: &[Entry],
    now_ms: i64,
) -> Result<Vec<Receipt>, B::Error> {
    let offered = entries.iter().map(|entry| Offered::of_desk(entry, author)).collect();
    take_in_offered(books, author, offered, now_ms)
}

/// Judges and folds households again because something beside their entries changed (a person
/// became known, a rule changed). Each takes one rev.
///
/// # Errors
/// The store's own; nothing is written then.
pub fn refold<B: Books + ?Sized>(books: &mut B, households: &[HouseholdId]) -> Result<(), B::Error> {
    let mut count = books.count()?;
    let mut people = People::default();
    for household in households {
        let logs = Logs::read(books, [*household])?;
        let revs = BTreeMap::from([(*household, fresh_rev(books, &mut count, *household)?)]);
        project_all(books, logs, revs, &mut count, &mut people)?;
    }
    books.set_count(&count)
}

fn take_in_offered<B: Books + ?Sized>(
    books: &mut B,
    brought_by: PersonId,
    offered: Vec<Offered>,
    now_ms: i64,
) -> Result<Vec<Receipt>, B::Error> {
    let mut count = books.count()?;
    let ids: Vec<EntryId> = offered.iter().map(|one| one.id).collect();
    let mut stored: Known = BTreeMap::new();
    let mut taken: BTreeSet<EntryId> = BTreeSet::new();
    for one in books.stored(&ids)? {
        taken.insert(one.receipt.id);
        stored.insert((one.receipt.id, one.receipt.entry_hash), one);
    }
    let gone: BTreeSet<EntryId> = books.gone_among(&ids)?.into_iter().collect();
    let (mut rows, mut mended): (Vec<LogRow>, Vec<LogRow>) = Default::default();
    let mut asked: Vec<(EntryId, EntryHash, EntryHash)> = Vec::new();
    for mut one in offered {
        // What could not be opened when it came lies under the hash that was said of it.
        if !stored.contains_key(&(one.id, one.hash)) && stored.contains_key(&(one.id, one.said)) {
            one.hash = one.said;
        }
        asked.push((one.id, one.hash, one.said));
        let known = stored.get(&(one.id, one.hash));
        let is_second = match known {
            Some(known) if !one.mends(known) => continue,
            Some(known) => known.taint == Some(Reason::IdTaken),
            None => !taken.insert(one.id),
        };
        let is_new = known.is_none();
        if is_second {
            one.taint = Some(Reason::IdTaken);
        }
        if !one.counts() && (gone.contains(&one.id) || lies_in_erased(books, &one)?) {
            one.wipe();
        }
        let rev = count.next(&one.cause(brought_by));
        stored.insert((one.id, one.hash), one.stored(rev));
        let row = row(one, rev, Short::of(&count.chain), brought_by, now_ms);
        if is_new {
            rows.push(row);
        } else {
            take_its_place(books, row, &mut rows, &mut mended)?;
        }
    }
    if !mended.is_empty() {
        for (rev, changed) in put_open(books, &mended, &mut count)? {
            tell(&mut stored, &changed, rev);
        }
        books.set_count(&count)?;
    }
    if !rows.is_empty() {
        let revs = touched(&rows);
        note_halves(books, &rows)?;
        // What is there already is read before the new rows are: those were read when they arrived.
        let mut logs = Logs::read(books, revs.keys().copied())?;
        books.append(&rows)?;
        rows.into_iter().filter_map(line).for_each(|(household, line)| logs.push(household, line));
        for (rev, changed) in project_all(books, logs, revs, &mut count, &mut People::default())? {
            tell(&mut stored, &changed, rev);
        }
        books.set_count(&count)?;
    }
    let receipt = |(id, hash, said): (EntryId, EntryHash, EntryHash)| {
        stored.get(&(id, hash)).map(|one| Receipt { entry_hash: said, ..one.receipt.clone() })
    };
    Ok(asked.into_iter().filter_map(receipt).collect())
}

fn row(one: Offered, rev: u64, chain: Short, brought_by: PersonId, received_ms: i64) -> LogRow {
    let status = one.first_status();
    let Offered { id, hash, device, seq, entry, body, sealed_to, taint, .. } = one;
    LogRow {
        rev,
        chain,
        id,
        hash,
        device,
        seq,
        brought_by,
        received_ms,
        entry,
        body,
        sealed_to,
        taint,
        status,
    }
}

/// The households that new rows speak of, each with the last rev that does: a distinct one each.
fn touched(rows: &[LogRow]) -> BTreeMap<HouseholdId, u64> {
    let speaking = rows.iter().filter(|row| row.taint != Some(Reason::IdTaken));
    speaking.filter_map(|row| row.entry.as_ref().map(|entry| (entry.household, row.rev))).collect()
}

/// A new row as its household's log will have it; none for what counts in no household.
fn line(row: LogRow) -> Option<(HouseholdId, LogLine)> {
    let LogRow { entry, taint, status, .. } = row;
    let entry = entry.filter(|_| taint != Some(Reason::IdTaken))?;
    Some((entry.household, LogLine { logged: Logged { entry, taint }, status }))
}

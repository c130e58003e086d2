//! The log over SQL: `sync::ledger::Books`, statement by statement.

use domain::file::erasing::Gone;
use domain::file::{File, Logged, Reason, Status};
use domain::id::{EntryId, HouseholdId, PersonId};
use protocol::deposit::{Receipt, Short};
use protocol::record::EntryHash;
use sync::ledger::{Books, Count, LogLine, LogRow, Stored};

use super::{SqlBooks, code, erasing, found, projection};
use crate::args;
use crate::store::{Arg, StoreError, ToArg};

/// The most ids asked for at once.
const STORED_MAX: usize = 100;

/// What gives way to whatever is opened.
const HELD: &str = "status = 'held'";

/// What gives way to an entry that is read, whatever is said against it.
const HELD_OR_UNREAD: &str = "(status = 'held'
    OR status <> 'erased' AND taint = 'malformed' AND household IS NULL)";

/// What gives way to an entry whose id was taken.
const SECOND_UNREAD: &str = "status <> 'erased' AND taint = 'id_taken' AND household IS NULL";

/// What gives way to what nothing is said against.
const HELD_OR_DOUBTED: &str = "(status = 'held'
    OR status <> 'erased' AND taint IN ('malformed', 'author_mismatch'))";

impl Books for SqlBooks<'_, '_> {
    type Error = StoreError;

    fn count(&mut self) -> Result<Count, StoreError> {
        // Written before it is read, so that a second office on the same database waits here.
        self.tx.execute("UPDATE meta SET rev = rev WHERE one = 1", &[])?;
        let found = self.tx.first("SELECT epoch, rev, chain FROM meta WHERE one = 1", &[], |row| {
            Ok::<_, StoreError>(Count {
                epoch: Short::from_bytes(row.get(0)?),
                rev: row.get(1)?,
                chain: row.get(2)?,
            })
        })?;
        found.ok_or(StoreError::Unreadable { column: 0 })
    }

    fn set_count(&mut self, count: &Count) -> Result<(), StoreError> {
        self.tx.execute(
            "UPDATE meta SET epoch = ?1, rev = ?2, chain = ?3 WHERE one = 1",
            args![count.epoch.as_bytes(), count.rev, count.chain],
        )?;
        Ok(())
    }

    fn chain_at(&mut self, rev: u64) -> Result<Option<Short>, StoreError> {
        chain_at(self.tx, rev)
    }

    fn put_chain(&mut self, rev: u64, chain: Short) -> Result<(), StoreError> {
        self.tx.execute("INSERT INTO revision (rev, chain) VALUES (?1, ?2)", args![rev, chain.as_bytes()])?;
        Ok(())
    }

    fn knows_epoch(&mut self, epoch: Short) -> Result<bool, StoreError> {
        let there = self.tx.count("SELECT count(*) FROM epoch WHERE epoch = ?1", args![epoch.as_bytes()])?;
        let current = self.tx.count("SELECT count(*) FROM meta WHERE epoch = ?1", args![epoch.as_bytes()])?;
        Ok(there + current > 0)
    }

    fn add_epoch(&mut self, epoch: Short, begun_ms: Option<i64>) -> Result<(), StoreError> {
        let sql = "INSERT INTO epoch (epoch, begun_ms) VALUES (?1, ?2) ON CONFLICT (epoch) DO NOTHING";
        // The epoch that ends is remembered too, the first of all included.
        let now = self.count()?;
        self.tx.execute(sql, args![now.epoch.as_bytes(), None::<i64>])?;
        self.tx.execute(sql, args![epoch.as_bytes(), begun_ms])?;
        Ok(())
    }

    fn stored(&mut self, ids: &[EntryId]) -> Result<Vec<Stored>, StoreError> {
        let mut found = Vec::new();
        // As many at once as a deposit has. Three statements do: the last id fills the places that are left.
        for some in ids.chunks(STORED_MAX) {
            let count = [1, 10].into_iter().find(|count| some.len() <= *count).unwrap_or(STORED_MAX);
            let places: Vec<String> = (1..=count).map(|place| format!("?{place}")).collect();
            let sql = format!(
                "SELECT id, hash, status, reason, status_rev, taint, household FROM entry WHERE id IN ({}) ORDER BY rev",
                places.join(", ")
            );
            let last = some.last().map_or(Arg::Null, ToArg::to_arg);
            let args: Vec<Arg<'_>> =
                some.iter().map(ToArg::to_arg).chain(std::iter::repeat(last)).take(count).collect();
            self.tx.each(&sql, &args, |row| {
                let (word, reason): (String, Option<String>) = (row.get(2)?, row.get(3)?);
                let receipt = Receipt {
                    id: row.get(0)?,
                    entry_hash: EntryHash::from_bytes(row.get(1)?),
                    status: code::status(&word, reason.as_deref(), 2)?,
                    rev: row.get(4)?,
                };
                let taint: Option<String> = row.get(5)?;
                let taint = taint.map(|word| code::reason(&word, 5)).transpose()?;
                let household: Option<HouseholdId> = row.get(6)?;
                found.push(Stored { receipt, taint, is_read: household.is_some() });
                Ok::<_, StoreError>(())
            })?;
        }
        Ok(found)
    }

    fn append(&mut self, rows: &[LogRow]) -> Result<(), StoreError> {
        for row in rows {
            self.put_chain(row.rev, row.chain)?;
            let (status, reason) = code::status_words(row.status);
            let entry = row.entry.as_ref();
            self.tx.execute(
                "INSERT INTO entry (rev, id, hash, device, seq, household, author, kind, brought_by, received_ms,
                    body, sealed_to, taint, status, reason, status_rev)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?1)",
                args![
                    row.rev,
                    row.id,
                    row.hash.as_bytes(),
                    row.device,
                    row.seq,
                    entry.map(|entry| entry.household),
                    entry.map(|entry| entry.author),
                    entry.map_or("", |entry| entry.kind.as_str()),
                    row.brought_by,
                    row.received_ms,
                    row.body,
                    row.sealed_to,
                    row.taint.map(code::reason_word),
                    status,
                    reason,
                ],
            )?;
            found::note_units(self.tx, entry.map_or("", |entry| entry.kind.as_str()), &row.body)?;
            if let (Some(readings), Some(entry), None) = (self.readings, &row.entry, row.taint) {
                readings.keep(row.hash, entry, row.body.len());
            }
        }
        Ok(())
    }

    fn open_rows(&mut self, rows: &[LogRow]) -> Result<(), StoreError> {
        for row in rows {
            let (status, reason) = code::status_words(row.status);
            let entry = row.entry.as_ref();
            found::note_units(self.tx, entry.map_or("", |entry| entry.kind.as_str()), &row.body)?;
            let gives_way = match row.taint {
                None => HELD_OR_DOUBTED,
                Some(Reason::IdTaken) => SECOND_UNREAD,
                Some(_) if entry.is_some() => HELD_OR_UNREAD,
                Some(_) => HELD,
            };
            self.tx.execute(
                &format!(
                    "UPDATE entry SET household = ?3, author = ?4, kind = ?5, body = ?6, sealed_to = ?7, taint = ?8,
                        status = ?9, reason = ?10, status_rev = ?11, brought_by = ?12, received_ms = ?13,
                        device = ?14, seq = ?15
                     WHERE id = ?1 AND hash = ?2 AND {gives_way}"
                ),
                args![
                    row.id,
                    row.hash.as_bytes(),
                    entry.map(|entry| entry.household),
                    entry.map(|entry| entry.author),
                    entry.map_or("", |entry| entry.kind.as_str()),
                    row.body,
                    row.sealed_to,
                    row.taint.map(code::reason_word),
                    status,
                    reason,
                    row.rev,
                    row.brought_by,
                    row.received_ms,
                    row.device,
                    row.seq,
                ],
            )?;
        }
        Ok(())
    }

    fn log_of(&mut self, household: HouseholdId) -> Result<Vec<LogLine>, StoreError> {
        let sql = "SELECT body, taint, status, reason, hash FROM entry
                   WHERE household = ?1 AND status <> 'erased' AND (taint IS NULL OR taint <> 'id_taken')
                   ORDER BY rev";
        self.tx.all(sql, args![household], |row| {
            let (taint, word, reason): (Option<String>, String, Option<String>) =
                (row.get(1)?, row.get(2)?, row.get(3)?);
            // What has a taint may claim a hash that is not its body's.
            let hash = if taint.is_none() { Some(EntryHash::from_bytes(row.get(4)?)) } else { None };
            let entry = self.entry(hash, row.bytes(0)?)?;
            Ok(LogLine {
                logged: Logged { entry, taint: taint.map(|word| code::reason(&word, 1)).transpose()? },
                status: code::status(&word, reason.as_deref(), 2)?,
            })
        })
    }

    fn set_statuses(&mut self, statuses: &[(EntryId, Status)], rev: u64) -> Result<(), StoreError> {
        for (id, status) in statuses {
            let (word, reason) = code::status_words(*status);
            self.tx.execute(
                "UPDATE entry SET status = ?2, reason = ?3, status_rev = ?4
                 WHERE id = ?1 AND (taint IS NULL OR taint <> 'id_taken')",
                args![id, word, reason, rev],
            )?;
        }
        Ok(())
    }

    fn put_file(&mut self, household: HouseholdId, rev: u64, file: &File) -> Result<(), StoreError> {
        let categories = match &mut self.categories {
            Some(read) => read,
            unread => unread.insert(super::categories::all(self.tx)?),
        };
        projection::put(self.tx, household, rev, file, categories, self.today)
    }

    fn halves(&mut self, household: HouseholdId) -> Result<Vec<HouseholdId>, StoreError> {
        self.tx.all("SELECT other FROM half WHERE household = ?1", args![household], |row| row.get(0))
    }

    fn add_half(&mut self, one: HouseholdId, other: HouseholdId) -> Result<(), StoreError> {
        let sql = "INSERT INTO half (household, other) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.tx.execute(sql, args![one, other])?;
        Ok(())
    }

    fn shared(&mut self, household: HouseholdId) -> Result<Option<HouseholdId>, StoreError> {
        self.tx.first("SELECT shared FROM shared WHERE household = ?1", args![household], |row| row.get(0))
    }

    fn set_shared(&mut self, household: HouseholdId, shared: Option<HouseholdId>) -> Result<(), StoreError> {
        self.tx.execute("DELETE FROM shared WHERE household = ?1", args![household])?;
        if let Some(shared) = shared {
            let sql = "INSERT INTO shared (household, shared) VALUES (?1, ?2)";
            self.tx.execute(sql, args![household, shared])?;
        }
        Ok(())
    }

    fn gone(&mut self, household: HouseholdId) -> Result<Vec<Gone>, StoreError> {
        erasing::gone(self.tx, household)
    }

    fn gone_among(&mut self, ids: &[EntryId]) -> Result<Vec<EntryId>, StoreError> {
        erasing::gone_among(self.tx, ids)
    }

    fn erase(&mut self, household: HouseholdId, gone: &[Gone], rev: u64) -> Result<(), StoreError> {
        erasing::erase(self.tx, self.readings, household, gone, rev)
    }

    fn knows_person(&mut self, person: PersonId) -> Result<bool, StoreError> {
        Ok(self.tx.count("SELECT count(*) FROM person WHERE id = ?1", args![person])? > 0)
    }
}

/// The short chain at a rev.
pub(super) fn chain_at(reader: &crate::store::Reader<'_>, rev: u64) -> Result<Option<Short>, StoreError> {
    reader.first("SELECT chain FROM revision WHERE rev = ?1", args![rev], |row| {
        Ok(Short::from_bytes(row.get(0)?))
    })
}

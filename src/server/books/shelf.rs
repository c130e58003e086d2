//! Pages of changes over SQL: `sync::ledger::Shelf` on one snapshot.

use domain::day::Day;
use domain::entry::{Act, Entry};
use domain::file::{Reason, Status};
use domain::id::{EntryId, HouseholdId, PersonId};
use domain::seat::Seat;
use protocol::changes::{Card, SeatLine, StatusLine};
use protocol::deposit::{Head, Short};
use sync::ledger::Shelf;

use super::names::NameBook;
use super::{code, erasing, log};
use crate::args;
use crate::store::{Reader, StoreError};

/// One snapshot of the books.
pub struct SqlShelf<'r, 'c> {
    reader: &'r Reader<'c>,
}

impl<'r, 'c> SqlShelf<'r, 'c> {
    /// Takes the snapshot that `reader` is on.
    #[must_use]
    pub const fn new(reader: &'r Reader<'c>) -> Self {
        Self { reader }
    }

    /// One card with names and today's seats; none where the household is not known.
    ///
    /// # Errors
    /// What the database says.
    pub fn card(
        &self,
        household: HouseholdId,
        today: Day,
        names: &mut NameBook<'_, '_>,
    ) -> Result<Option<Card>, StoreError> {
        let sql = "SELECT card FROM household WHERE id = ?1";
        let body: Option<Vec<u8>> = self.reader.first(sql, args![household], |row| row.get(0))?;
        let Some(body) = body else { return Ok(None) };
        let mut card: Card =
            serde_json::from_slice(&body).map_err(|_| StoreError::Unreadable { column: 0 })?;
        card.seats = self.seats(household, today)?;
        names.fill(&mut card)?;
        Ok(Some(card))
    }

    /// What the person wrote who refused an entry.
    fn verdict(&self, entry: EntryId) -> Result<String, StoreError> {
        let sql = "SELECT body FROM entry WHERE kind = 'judge' AND status = 'projected'
                     AND household = (SELECT household FROM entry WHERE id = ?1) ORDER BY id";
        let mut why = String::new();
        self.reader.each(sql, args![entry], |row| {
            let body: Vec<u8> = row.get(0)?;
            let judged: Option<Entry> = serde_json::from_slice(&body).ok();
            if let Some(Ok(Act::Judge(judge))) = judged.map(|judged| judged.act())
                && judge.entry == entry
            {
                why = judge.why;
            }
            Ok::<_, StoreError>(())
        })?;
        Ok(why)
    }

    fn seats(&self, household: HouseholdId, today: Day) -> Result<Vec<SeatLine>, StoreError> {
        let sql = "SELECT seat, person FROM seat
                   WHERE household = ?1 AND from_day <= ?2 AND (until_day IS NULL OR until_day >= ?2)";
        let mut seats = self.reader.all(sql, args![household, today.number()], |row| {
            let word: String = row.get(0)?;
            let seat: Seat =
                serde_json::from_value(word.into()).map_err(|_| StoreError::Unreadable { column: 0 })?;
            Ok::<_, StoreError>(SeatLine { seat, person: row.get(1)?, name: String::new() })
        })?;
        seats.sort_by_key(|line| line.seat);
        Ok(seats)
    }
}

impl Shelf for SqlShelf<'_, '_> {
    type Error = StoreError;

    fn head(&mut self) -> Result<Head, StoreError> {
        let found = self.reader.first("SELECT epoch, rev, chain FROM meta WHERE one = 1", &[], |row| {
            let chain: [u8; 32] = row.get(2)?;
            let epoch = Short::from_bytes(row.get(0)?);
            Ok::<_, StoreError>(Head { epoch, rev: row.get(1)?, chain: Short::of(&chain) })
        })?;
        found.ok_or(StoreError::Unreadable { column: 0 })
    }

    fn chain_of(&mut self, rev: u64) -> Result<Option<Short>, StoreError> {
        log::chain_at(self.reader, rev)
    }

    fn revs_in_scope(
        &mut self,
        person: PersonId,
        today: Day,
        after: u64,
    ) -> Result<Vec<(u64, HouseholdId)>, StoreError> {
        // The same rule as `File::is_carried_by`.
        let sql = "SELECT rev, id FROM household WHERE rev > ?3 AND (
                     (is_open = 1 AND id IN (SELECT household FROM seat WHERE person = ?1
                        AND from_day <= ?2 AND (until_day IS NULL OR until_day >= ?2)))
                     OR (proposed_by = ?1 AND (is_open = 0 OR NOT EXISTS (SELECT 1 FROM seat
                        WHERE seat.household = household.id
                        AND from_day <= ?2 AND (until_day IS NULL OR until_day >= ?2)))))
                   ORDER BY rev";
        self.reader.all(sql, args![person, today.number(), after], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn cards(&mut self, households: &[HouseholdId], today: Day) -> Result<Vec<Card>, StoreError> {
        let mut names = NameBook::new(self.reader);
        let mut cards = Vec::with_capacity(households.len());
        for household in households {
            cards.extend(self.card(*household, today, &mut names)?);
        }
        Ok(cards)
    }

    fn is_no_more(&mut self, household: HouseholdId) -> Result<bool, StoreError> {
        let merged = self
            .reader
            .count("SELECT count(*) FROM shared WHERE household = ?1 AND shared <> ?1", args![household])?;
        Ok(merged > 0 || erasing::is_erased(self.reader, household)?)
    }

    fn statuses(&mut self, person: PersonId, after: u64, upto: u64) -> Result<Vec<StatusLine>, StoreError> {
        let sql = "SELECT id, status, reason, status_rev FROM entry
                   WHERE brought_by = ?1 AND status_rev > ?2 AND status_rev <= ?3
                     AND device <> ?4 AND (taint IS NULL OR taint <> 'id_taken')
                   UNION ALL
                   SELECT id, status, reason, status_rev FROM entry
                   WHERE author <> brought_by AND author = ?1 AND status_rev > ?2 AND status_rev <= ?3
                     AND device <> ?4 AND (taint IS NULL OR taint <> 'id_taken') ORDER BY 4";
        self.reader.all(sql, args![person, after, upto, domain::entry::OFFICE], |row| {
            let (word, reason): (String, Option<String>) = (row.get(1)?, row.get(2)?);
            let status = code::status(&word, reason.as_deref(), 1)?;
            let id = row.get(0)?;
            let why = if status == Status::Quarantined(Reason::Refused) {
                self.verdict(id)?
            } else {
                String::new()
            };
            Ok(StatusLine { id, status, why, rev: row.get(3)? })
        })
    }
}

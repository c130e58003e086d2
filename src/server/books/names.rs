//! Names of persons and units, looked up when something is shown.

use std::collections::{BTreeMap, HashMap};

use domain::id::{PersonId, UnitId};
use protocol::changes::Card;
use sync::card::mentioned;

use crate::args;
use crate::store::{Reader, StoreError};

/// Looks names up and remembers them for one reading.
pub struct NameBook<'r, 'c> {
    reader: &'r Reader<'c>,
    persons: HashMap<PersonId, String>,
    units: HashMap<UnitId, String>,
}

impl<'r, 'c> NameBook<'r, 'c> {
    /// Opens the book.
    #[must_use]
    pub fn new(reader: &'r Reader<'c>) -> Self {
        Self { reader, persons: HashMap::new(), units: HashMap::new() }
    }

    /// A person's name; empty where there is no such person.
    ///
    /// # Errors
    /// What the database says.
    pub fn person(&mut self, person: PersonId) -> Result<String, StoreError> {
        if let Some(name) = self.persons.get(&person) {
            return Ok(name.clone());
        }
        let sql = "SELECT name FROM person WHERE id = ?1";
        let name: String = self.reader.first(sql, args![person], |row| row.get(0))?.unwrap_or_default();
        self.persons.insert(person, name.clone());
        Ok(name)
    }

    /// A unit's name with those above it, below the root: `林业站 北山林场`; the root's own at the root.
    ///
    /// # Errors
    /// What the database says.
    pub fn unit(&mut self, unit: UnitId) -> Result<String, StoreError> {
        if let Some(name) = self.units.get(&unit) {
            return Ok(name.clone());
        }
        // The parent, where it is not the root.
        let sql =
            "SELECT u.name, p.id FROM unit u LEFT JOIN unit p ON p.id = u.parent AND p.parent IS NOT NULL
                   WHERE u.id = ?1";
        let found = self.reader.first(sql, args![unit], |row| {
            Ok::<_, StoreError>((row.get::<String>(0)?, row.get::<Option<UnitId>>(1)?))
        })?;
        let name = match found {
            None => String::new(),
            Some((name, None)) => name,
            Some((name, Some(parent))) => format!("{} {name}", self.unit(parent)?),
        };
        self.units.insert(unit, name.clone());
        Ok(name)
    }

    /// Fills in a card's names.
    ///
    /// # Errors
    /// What the database says.
    pub fn fill(&mut self, card: &mut Card) -> Result<(), StoreError> {
        if let Some(unit) = card.unit {
            card.unit_name = self.unit(unit)?;
        }
        for seat in &mut card.seats {
            seat.name = self.person(seat.person)?;
        }
        let mut names = BTreeMap::new();
        for person in mentioned(card) {
            let name = self.person(person)?;
            if !name.is_empty() {
                names.insert(person, name);
            }
        }
        for visit in &mut card.visits {
            if let Some(person) = visit.companion_id {
                visit.companion = self.person(person)?;
            }
        }
        card.names = names;
        Ok(())
    }
}

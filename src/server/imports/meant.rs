//! Which unit and whom a roster that was written out means by its names, for when it comes back.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{ImportId, PersonId, UnitId};
use domain::seat::Seat;
use roster::household::Household;
use roster::plan::known::HelperKey;

use crate::args;
use crate::store::{StoreError, Tx};

/// Where a household is, and who answers for it.
pub struct HomeMeant {
    /// Its unit.
    pub unit: Option<UnitId>,
    /// The branch of that.
    pub branch: Option<UnitId>,
    /// Who sits where.
    pub seats: Vec<(Seat, PersonId)>,
}

/// What the names mean; one that means several means none.
#[derive(Default)]
pub struct Meant {
    units: BTreeMap<(String, String), BTreeSet<UnitId>>,
    persons: BTreeMap<HelperKey, BTreeSet<PersonId>>,
}

impl Meant {
    /// Adds a household as the written file is read.
    pub fn add(&mut self, home: &HomeMeant, said: &Household) {
        if !said.branch.is_empty() {
            let whole = (said.branch.clone(), said.group.clone());
            for (key, unit) in [(whole, home.unit), ((said.branch.clone(), String::new()), home.branch)] {
                self.units.entry(key).or_default().extend(unit);
            }
        }
        for holder in &said.seats {
            let sits = home.seats.iter().find(|(seat, _)| *seat == holder.seat);
            let key = HelperKey::of(said, holder);
            self.persons.entry(key).or_default().extend(sits.map(|(_, person)| *person));
        }
    }

    /// Leaves out what earlier files say already.
    pub fn leave_out(
        &mut self,
        units: &BTreeMap<(String, String), UnitId>,
        persons: &BTreeMap<HelperKey, PersonId>,
    ) {
        self.units.retain(|key, meant| meant.len() == 1 && meant.first() != units.get(key));
        self.persons.retain(|key, meant| meant.len() == 1 && meant.first() != persons.get(key));
    }

    /// Keeps them under the export.
    ///
    /// # Errors
    /// What the database says.
    pub fn keep(&self, tx: &Tx<'_>, export: ImportId) -> Result<(), StoreError> {
        for ((branch, group), unit) in
            self.units.iter().flat_map(|(key, all)| all.iter().map(move |one| (key, one)))
        {
            tx.execute(
                "INSERT INTO roster_unit (roster, branch, group_name, unit, is_made) VALUES (?1, ?2, ?3, ?4, ?5)",
                args![export, branch, group, unit, false],
            )?;
        }
        for (key, person) in self.persons.iter().flat_map(|(key, all)| all.iter().map(move |one| (key, one)))
        {
            tx.execute(
                "INSERT INTO roster_person (roster, branch, name, telephone, person, is_made)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                args![export, key.branch, key.name, key.telephone, person, false],
            )?;
        }
        Ok(())
    }
}

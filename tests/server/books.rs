//! The books over SQL keep the same list of promises as those in memory.

use domain::id::PersonId;
use protocol::desk::{Level, PersonChange};
use server::args;
use server::books::{SqlBooks, SqlShelf};
use server::error::ApiError;
use server::store::StoreError;
use server::store::db::Alone;
use server::union::settings::{self, MadeFor};
use server::union::{persons, units};
use sync::contract::{Office, cases, story};
use sync::ledger::{Books, Shelf};

use crate::world::{folder, place};

struct SqlOffice {
    db: Alone,
}

impl SqlOffice {
    fn fresh(case: &str) -> Self {
        let folder = folder(&format!("books_{}", case.replace([' ', '\''], "_")));
        let mut db = Alone::open(&place(&folder), story::NOW_MS).unwrap();
        db.write(|tx| {
            settings::begin(tx, MadeFor::Union, *story::epoch(1).as_bytes(), story::NOW_MS)?;
            for unit in story::UNITS {
                units::insert::<ApiError>(tx, unit, None, Level::Union, "", story::NOW_MS)?;
            }
            Ok::<_, ApiError>(())
        })
        .unwrap();
        let mut office = Self { db };
        for person in story::PERSONS {
            office.add_person(person).unwrap();
        }
        office
    }
}

impl Office for SqlOffice {
    type Error = StoreError;

    fn write<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Books<Error = StoreError>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.db.write(|tx| work(&mut SqlBooks::open(tx, story::day(100))))
    }

    fn read<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Shelf<Error = StoreError>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.db.read(|reader| work(&mut SqlShelf::new(reader)))
    }

    fn add_person(&mut self, person: PersonId) -> Result<(), StoreError> {
        let change = PersonChange {
            name: person.to_string(),
            sign_in_name: String::new(),
            unit: story::UNITS[0],
            telephone: String::new(),
            grants: Vec::new(),
        };
        self.db.write(|tx| {
            let put = persons::put::<ApiError>(tx, person, &change, story::NOW_MS);
            assert!(
                put.is_ok() && tx.count("SELECT count(*) FROM person WHERE id = ?1", args![person])? == 1
            );
            Ok(())
        })
    }
}

#[test]
fn the_sql_books_keep_every_promise_of_the_contract() {
    for (name, case) in cases::<SqlOffice>() {
        case(&mut SqlOffice::fresh(name)).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    }
}

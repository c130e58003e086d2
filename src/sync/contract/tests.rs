//! The memory books keep the contract.

use super::*;
use crate::memory::books::MemoryBooks;
use core::convert::Infallible;

impl Office for MemoryBooks {
    type Error = Infallible;

    fn write<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Books<Error = Infallible>) -> Result<T, Infallible>,
    ) -> Result<T, Infallible> {
        work(self)
    }

    fn read<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Shelf<Error = Infallible>) -> Result<T, Infallible>,
    ) -> Result<T, Infallible> {
        work(self)
    }

    fn add_person(&mut self, person: PersonId) -> Result<(), Infallible> {
        self.persons.insert(person);
        Ok(())
    }
}

#[test]
fn memory_keeps_the_contract_of_the_books() {
    for (name, case) in cases::<MemoryBooks>() {
        let mut office = MemoryBooks::new(story::epoch(1));
        office.persons.extend(story::PERSONS);
        println!("{name}");
        let Ok(()) = case(&mut office);
    }
}

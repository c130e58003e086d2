//! Books that die at one step of a transaction. What was written before is thrown away with them, as a database does.

use domain::{
    file::{File, Status, erasing::Gone},
    id::{EntryId, HouseholdId, PersonId},
};
use protocol::deposit::Short;
use sync::{
    ledger::{Books, Count, LogLine, LogRow, Stored},
    memory::books::MemoryBooks,
};

/// A copy of the office's books, for one transaction.
pub struct Failing {
    pub books: MemoryBooks,
    /// So many steps are taken; the one after them is not.
    pub left: usize,
    pub taken: usize,
    pub died: bool,
}

/// The office died here.
#[derive(Debug)]
pub struct Died;

impl Failing {
    fn step(&mut self) -> Result<&mut MemoryBooks, Died> {
        if self.taken == self.left {
            self.died = true;
            return Err(Died);
        }
        self.taken += 1;
        Ok(&mut self.books)
    }
}

macro_rules! each_may_be_the_last {
    ($($name:ident($($given:ident: $type:ty),*) -> $found:ty;)*) => {
        impl Books for Failing {
            type Error = Died;
            $(fn $name(&mut self, $($given: $type),*) -> Result<$found, Died> {
                let Ok(found) = self.step()?.$name($($given),*);
                Ok(found)
            })*
        }
    };
}

each_may_be_the_last! {
    count() -> Count;
    set_count(count: &Count) -> ();
    chain_at(rev: u64) -> Option<Short>;
    put_chain(rev: u64, chain: Short) -> ();
    knows_epoch(epoch: Short) -> bool;
    add_epoch(epoch: Short, begun_ms: Option<i64>) -> ();
    stored(ids: &[EntryId]) -> Vec<Stored>;
    append(rows: &[LogRow]) -> ();
    open_rows(rows: &[LogRow]) -> ();
    log_of(household: HouseholdId) -> Vec<LogLine>;
    set_statuses(statuses: &[(EntryId, Status)], rev: u64) -> ();
    put_file(household: HouseholdId, rev: u64, file: &File) -> ();
    halves(household: HouseholdId) -> Vec<HouseholdId>;
    add_half(one: HouseholdId, other: HouseholdId) -> ();
    shared(household: HouseholdId) -> Option<HouseholdId>;
    set_shared(household: HouseholdId, shared: Option<HouseholdId>) -> ();
    gone(household: HouseholdId) -> Vec<Gone>;
    gone_among(ids: &[EntryId]) -> Vec<EntryId>;
    erase(household: HouseholdId, gone: &[Gone], rev: u64) -> ();
    knows_person(person: PersonId) -> bool;
}

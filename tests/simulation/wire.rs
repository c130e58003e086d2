//! What is between a phone and the office at a moment: requests and answers, in no order.

use domain::id::{HouseholdId, PersonId};
use protocol::{
    changes::{CardList, ChangesPage, ScopeList},
    deposit::{Deposit, DepositAnswer, Head},
};

/// What a phone asks.
#[derive(Clone, Debug)]
pub enum Request {
    Deposit(Deposit),
    Changes(Option<Head>),
    Scope,
    Cards(Vec<HouseholdId>),
}

/// What comes back.
#[derive(Clone, Debug)]
pub enum Answer {
    Deposit(DepositAnswer),
    Changes(ChangesPage),
    Scope(ScopeList),
    Cards(CardList),
    /// 401, 403, or somebody else's page.
    Refused,
    /// 413.
    TooLarge,
}

/// Something under way.
#[derive(Clone, Debug)]
pub struct Wire {
    /// Which phone asked, and which of its tries this belongs to; a later try hears no earlier answer.
    pub phone: usize,
    pub attempt: u64,
    pub person: PersonId,
    pub what: Carried,
}

/// In which direction.
#[derive(Clone, Debug)]
pub enum Carried {
    Request(Request),
    Answer(Answer),
}

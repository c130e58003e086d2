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
    /// 413.
    TooLarge,
    /// 401.
    SignInNeeded,
    /// 403, 409, 429 and what else the office says no with; it may say when to come again.
    Refused {
        retry_after_ms: i64,
    },
    /// 502, a captive portal's page, half a body: no word of the office.
    NotTheOffice,
}

impl Answer {
    /// The households that an answer tells of.
    pub fn households(&self) -> Vec<HouseholdId> {
        match self {
            Self::Changes(page) => page.cards.iter().map(|card| card.household).collect(),
            Self::Cards(list) => list.cards.iter().map(|card| card.household).collect(),
            Self::Scope(list) => list.households.clone(),
            _ => Vec::new(),
        }
    }
}

/// Something under way.
#[derive(Clone, Debug)]
pub struct Wire {
    /// Which phone asked, and which of its requests this is of: a request hears its own answer, as HTTP has it, not one
    /// to the request before (a request that the network doubles is served twice and answered once).
    pub phone: usize,
    pub attempt: u64,
    pub person: PersonId,
    /// Whether the session's cookie goes with it; the deposit's always does.
    pub signed_in: bool,
    /// Not before this moment.
    pub due_ms: i64,
    /// It was held up for days.
    pub is_late: bool,
    pub what: Carried,
}

/// In which direction.
#[derive(Clone, Debug)]
pub enum Carried {
    Request(Request),
    Answer(Answer),
}

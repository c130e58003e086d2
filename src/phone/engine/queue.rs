//! The queue as the helper sees it: one line per entry, in plain states.

use super::Draft;
use super::event::Contact;
use domain::{
    entry::{Act, Entry, Reading},
    file::Reason,
    id::{EntryId, HouseholdId, PersonId},
};
use protocol::{
    changes::{Card, UnionCard},
    deposit::Head,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What came from the office, read when the app starts and when cards came.
#[derive(Clone, Debug, Default)]
pub struct HeldCards {
    /// Whose they are.
    pub person: Option<PersonId>,
    /// The head up to which they were fetched.
    pub cursor: Option<Head>,
    /// The households in scope, as last heard.
    pub cards: Vec<Card>,
    /// The union's card; none before the first contact.
    pub union: Option<UnionCard>,
    /// Rows that could not be read (the disk is damaged); they come anew.
    pub damaged: usize,
}

/// A person's own work on this phone, read when the app starts and whenever it changed.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// Whose it is.
    pub person: Option<PersonId>,
    /// The head up to which the cards on the disk were fetched; another than that of the cards shown: read those, too.
    pub cursor: Option<Head>,
    /// Drafts, the latest kept first.
    pub drafts: Vec<Draft>,
    /// The queue, the newest first.
    pub queue: Vec<QueueLine>,
    /// One's own entries still on the phone, oldest first: to show what the cards do not yet say.
    pub own: Vec<Own>,
    /// When the office last answered.
    pub contact: Option<Contact>,
    /// When changes last came, by the office's clock.
    pub news_ms: Option<i64>,
    /// Feedback not yet sent.
    pub feedback_waiting: usize,
    /// Rows that could not be read (the disk is damaged). They stay where they are.
    pub damaged: usize,
}

/// An entry made on this phone.
#[derive(Clone, PartialEq, Debug)]
pub struct Own {
    /// The entry, its act read. What was saved never changes, so it is opened and read once.
    pub entry: Arc<Entry<Reading>>,
    /// Where it is; the same as in its queue line.
    pub state: LineState,
    /// The cards do not show it yet. `false` once they do, or where it does not count. After the office
    /// was set back an entry may be offered again that an older card still shows: laying it over the
    /// card must be harmless twice.
    pub ahead_of_cards: bool,
}

impl Own {
    /// What it does; none where this version cannot tell.
    pub fn act(&self) -> Option<&Act> {
        self.entry.payload.as_ref().ok()
    }
}

/// A line of 待发.
#[derive(Clone, PartialEq, Debug)]
pub struct QueueLine {
    /// The entry.
    pub id: EntryId,
    /// Its household; none where the phone has only the sealed record, as one from a file.
    pub household: Option<HouseholdId>,
    /// What sort: `visit`, `amend`…; nothing where the household is not known.
    pub kind: String,
    /// When it was finished, phone's clock.
    pub saved_ms: i64,
    /// Where it is.
    pub state: LineState,
}

/// Where an entry is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LineState {
    /// Only here yet.
    OnPhone,
    /// Here, and it cannot travel as it is; the others do. It is tried again when somebody asks, or leaves as a file.
    SetAside(SetAside),
    /// The office has it and counts it.
    Received {
        /// When its receipt came, office's clock.
        at_ms: i64,
    },
    /// The office has it; it does not count for a reason.
    NeedsLook {
        /// The reason.
        reason: Reason,
        /// A person's words, where a person judged.
        why: String,
    },
    /// The office has it sealed and cannot open it: the administrator must restore a key.
    Held,
}

/// Why a record cannot travel.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetAside {
    /// The office said it is too large, although it was alone.
    TooLarge,
}

/// A saved entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Saved {
    /// Its id: the draft's.
    pub id: EntryId,
    /// Its place in this phone's series.
    pub seq: u64,
}

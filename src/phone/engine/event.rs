//! What the engine tells the state without being asked.

use crate::link::LinkError;
use serde::{Deserialize, Serialize};

/// Something happened; the state reads anew what it shows.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// Cards left the phone, or another tab changed something, whatever it was: read everything again.
    AllChanged,
    /// Queue, own entries, drafts or statuses are no longer what they were: read
    /// [`Engine::load`](crate::engine::Engine::load) again.
    QueueChanged,
    /// Cards came: read [`Engine::load_cards`](crate::engine::Engine::load_cards) again. The figures are true: `done` of `total` households of this fetch are on the phone;
    /// the last one has `done == total`.
    CardsChanged {
        /// Cards applied so far.
        done: u32,
        /// All of this fetch.
        total: u32,
    },
    /// The office answered.
    Contact(Contact),
    /// Changes came, at this time by the office's clock.
    News(i64),
    /// A try began (`true`) or ended (`false`).
    Trying(bool),
    /// A try got no answer from the office: nothing came back, or somebody else's words.
    NoAnswer(LinkError),
    /// The office answered, and took or gave nothing this time.
    PutOff,
    /// Somebody signed out at the desk in this browser: nobody is signed in here any more.
    SignedOut,
    /// The next try by itself is at this time (phone's clock); none when nothing waits for one.
    NextTry(Option<i64>),
    /// Changes need a new sign-in. What is unsent still goes out.
    SignInNeeded(SignInWhy),
    /// They have left the union: no household's card is on this phone any more. Drafts stay; what is unsent still goes
    /// out.
    Left,
    /// The office was set back to an earlier day; this phone offers again what it holds.
    OfficeSetBack,
    /// The browser threw the storage away, and with it every form that was open.
    StorageLost {
        /// How many records wait to be sent, found again or not; nothing where there were no second copies either: then
        /// what had not been sent is gone, too.
        waiting: Option<usize>,
    },
    /// The disk is full; said where nobody waits for an answer.
    StorageFull,
    /// The disk does not answer, or cannot be opened with the key that is here; said where nobody waits for an answer.
    StorageClosed,
}

/// Why changes need a new sign-in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignInWhy {
    /// The session has ended.
    Ended,
    /// Somebody else is signed in in this browser.
    SomebodyElse,
}

/// The last time the office answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Contact {
    /// When, by the office's clock.
    pub server_time_ms: i64,
    /// How far the office's clock is ahead of the phone's.
    pub offset_ms: i64,
}

//! The phone's engine: saves, sends, fetches. The only door through which the state reaches the disk
//! and the office.
//!
//! It shows nothing and decides nothing about words. Cheap to clone; every clone is the same engine.
//! Time and randomness come from [`Around`]. Nothing here trusts `navigator.onLine`: it tries.

mod around;
mod draft;
mod event;
mod queue;
mod trouble;

pub use around::{Around, Work};
pub use draft::Draft;
pub use event::{Contact, Event};
pub use queue::{Held, LineState, Own, QueueLine, Saved, SetAside};
pub use trouble::Trouble;

use domain::{entry::Act, id::{EntryId, HouseholdId, PersonId}};
use protocol::sign_in::{Invitation, InvitationFor, OfficeCard};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Who is signed in on this phone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// The union's name.
    pub union_name: String,
    /// The union's time zone.
    pub utc_offset_minutes: i32,
    /// Whether they visit households (hold a helper's role).
    pub helper: bool,
}

/// The engine.
#[derive(Clone)]
pub struct Engine {
    inner: Rc<Inner>,
}

struct Inner {
    around: Rc<dyn Around>,
}

impl Engine {
    /// An engine that has not opened anything yet. `on_event` is called from then on.
    pub fn new(around: Rc<dyn Around>, on_event: impl Fn(Event) + 'static) -> Self {
        let _ = on_event;
        Self { inner: Rc::new(Inner { around }) }
    }

    /// Opens the databases of whoever is signed in on this phone, without a network, and begins to
    /// try by itself. `None`: nobody is signed in.
    pub async fn start(&self) -> Result<Option<Person>, Trouble> {
        todo!()
    }

    /// What anybody may know of the office: its name, and whom a demonstration offers. Needs a network.
    pub async fn office_card(&self) -> Result<OfficeCard, Trouble> {
        todo!()
    }

    /// Signs in with name and password, opens the person's databases, begins the first fetch.
    pub async fn sign_in(&self, name: &str, password: &str) -> Result<Person, Trouble> {
        let _ = (name, password);
        todo!()
    }

    /// Whose invitation this is; spends nothing.
    pub async fn look_at_invitation(&self, invitation: Invitation) -> Result<InvitationFor, Trouble> {
        let _ = invitation;
        todo!()
    }

    /// Spends an invitation by setting the password; then as [`Engine::sign_in`].
    pub async fn join(&self, invitation: Invitation, password: &str) -> Result<Person, Trouble> {
        let _ = (invitation, password);
        todo!()
    }

    /// Signs in as one of the people a demonstration offers; then as [`Engine::sign_in`].
    pub async fn demo_sign_in(&self, person: PersonId) -> Result<Person, Trouble> {
        let _ = person;
        todo!()
    }

    /// Signs out on this phone, also without a network. Drafts and unsent entries stay; what is unsent
    /// can still leave. Gives how many are unsent: ask [`Engine::unsent`] before, to warn.
    pub async fn sign_out(&self) -> Result<usize, Trouble> {
        todo!()
    }

    /// How many entries have no receipt yet.
    pub async fn unsent(&self) -> Result<usize, Trouble> {
        todo!()
    }

    /// Reads everything the person has on this phone.
    pub async fn load(&self) -> Result<Held, Trouble> {
        todo!()
    }

    /// Begins a draft: makes its id, nonce, randomness and time. Nothing is written yet.
    pub fn new_draft(&self, household: HouseholdId, kind: &str, form: serde_json::Value) -> Draft {
        let _ = (household, kind, form);
        todo!()
    }

    /// The id for a household found at the door, for a child, an event or a need: a time and randomness.
    pub fn fresh(&self) -> (i64, [u8; 10]) {
        let mut random = [0; 10];
        self.inner.around.random(&mut random);
        (self.inner.around.now_ms(), random)
    }

    /// The phone's clock.
    pub fn now_ms(&self) -> i64 {
        self.inner.around.now_ms()
    }

    /// Keeps a draft as it is now; call on every change (at most about once a second while typing).
    /// A draft whose entry has been saved is not brought back.
    pub async fn keep_draft(&self, draft: &Draft) -> Result<(), Trouble> {
        let _ = draft;
        todo!()
    }

    /// Throws a draft away.
    pub async fn drop_draft(&self, id: EntryId) -> Result<(), Trouble> {
        let _ = id;
        todo!()
    }

    /// 完成: makes the entry of a draft. `Ok` only when the disk has it. A second call with the same
    /// draft and act is harmless and gives the same answer.
    pub async fn save(&self, draft: &Draft, act: &Act) -> Result<Saved, Trouble> {
        let _ = (draft, act);
        todo!()
    }

    /// Keeps words about the app until the office has them. The app's version and the browser go with
    /// them as `about`, as shown to the sender.
    pub async fn feedback(&self, words: &str, about: &str) -> Result<(), Trouble> {
        let _ = (words, about);
        todo!()
    }

    /// 现在就试.
    pub fn try_now(&self) {
        todo!()
    }

    /// When the next try by itself is, phone's clock; none when nothing waits for one.
    pub fn next_try_ms(&self) -> Option<i64> {
        todo!()
    }

    /// Asks the browser to keep our storage for good; worth asking after the first saved visit.
    pub async fn persist(&self) -> bool {
        self.inner.around.persist().await
    }
}

//! The phone's engine: saves, sends, fetches. The only door through which the state reaches the disk
//! and the office.
//!
//! It shows nothing and decides nothing about words. Cheap to clone; every clone is the same engine.
//! Time and randomness come from [`Around`]. Nothing here trusts `navigator.onLine`: it tries.

mod applying;
mod around;
mod draft;
mod event;
mod fetching;
mod keeper;
mod leaving;
mod opening;
mod proposing;
mod queue;
mod reading;
mod recovering;
mod rounds;
mod rows;
mod saving;
mod sending;
mod shelf;
mod signing;
mod spare;
mod taking_in;
mod telling;
mod trouble;
mod trying;

pub use around::{Around, Work};
pub use draft::{Draft, Hand};
pub use event::{Contact, Event, SignInWhy};
pub use keeper::Keeper;
pub use queue::{Held, HeldCards, LineState, Own, QueueLine, Saved, SetAside};
pub use taking_in::{NotTakenIn, TakenIn};
pub use trouble::Trouble;
// Why there was no answer is told on as the link says it.
pub use crate::link::LinkError;

use crate::store::{Care, Task, Write, mend};
use domain::{
    entry::Act,
    id::{EntryId, HouseholdId, PersonId},
    verbatim::Verbatim,
};
use opening::Opened;
use protocol::deposit::Head;
use rows::Rows;
use serde::{Deserialize, Serialize};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

/// Who is signed in on this phone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// The name they signed in with; empty where a demonstration, or an app of before, signed them in.
    #[serde(default)]
    pub login: String,
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

/// What the clones share.
struct Inner {
    around: Rc<dyn Around>,
    on_event: Box<dyn Fn(Event)>,
    /// The handset's own database.
    phone: RefCell<Option<Rows>>,
    /// Who is signed in.
    here: RefCell<Option<Rc<Opened>>>,
    /// Whose they are, and to which key they seal: enough to make them anew.
    whose: RefCell<Option<(signing::Known, protocol::sign_in::OfficeKey)>>,
    /// Who signed out and left something unsent.
    leaving: RefCell<Vec<Rc<Opened>>>,
    /// When the receipts came of entries that count, for their 90 days; as of the last load.
    received: RefCell<BTreeMap<EntryId, i64>>,
    pace: Pace,
}

/// How the engine tries.
#[derive(Default)]
struct Pace {
    failures: Cell<u32>,
    next_ms: Cell<Option<i64>>,
    running: Cell<bool>,
    again: Cell<bool>,
    /// Somebody asked: what was set aside is tried, too.
    all: Cell<bool>,
    listening: Cell<bool>,
}

impl Engine {
    /// An engine that has not opened anything yet. `on_event` is called from then on.
    pub fn new(around: Rc<dyn Around>, on_event: impl Fn(Event) + 'static) -> Self {
        let inner = Inner {
            around,
            on_event: Box::new(on_event),
            phone: RefCell::default(),
            here: RefCell::default(),
            whose: RefCell::default(),
            leaving: RefCell::default(),
            received: RefCell::default(),
            pace: Pace::default(),
        };
        Self { inner: Rc::new(inner) }
    }

    /// Opens the databases of whoever is signed in on this phone, without a network, and begins to
    /// try by itself. `None`: nobody is signed in.
    pub async fn start(&self) -> Result<Option<Person>, Trouble> {
        let started = self.open().await;
        // Whether or not that went well: the next start may be the one that finds all gone.
        let inner = Rc::clone(&self.inner);
        self.inner.around.start(Box::pin(async move { inner.noted(mend().await.map_err(Trouble::from)) }));
        started
    }

    async fn open(&self) -> Result<Option<Person>, Trouble> {
        let inner = &self.inner;
        inner.listen();
        inner.heed_sign_out().await?;
        let remembered = signing::remembered(&inner.phone().await?).await?;
        let mut person = None;
        if let Some(id) = remembered.current {
            let known = remembered.known.iter().find(|known| known.person.id == id);
            let device = known.map_or_else(|| opening::fresh(&*inner.around), |known| known.device);
            let opening = opening::person(&inner.around, id, device).await?;
            let whose = match known {
                Some(known) => Person { login: known.login.clone(), ..known.person.clone() },
                None => opening.opened.whose().await?,
            };
            let login = known.map(|known| known.login.clone()).unwrap_or_default();
            let known = signing::Known { person: whose.clone(), login, device };
            inner.keep_in_mind(&opening.opened, known).await?;
            inner.settle(opening);
            person = Some(whose);
        }
        let (later, known, owed) = (Rc::clone(inner), remembered.known, remembered.sign_out_owed);
        inner.around.start(Box::pin(async move {
            if owed {
                later.pay_sign_out().await;
            }
            let waiting = later.find_leaving(&known).await;
            if known.is_empty() {
                later.notice_loss(waiting).await;
            }
        }));
        Ok(person)
    }

    /// Reads the households the person has on this phone: with hundreds of them the dearer half by far.
    pub async fn load_cards(&self) -> Result<HeldCards, Trouble> {
        reading::load_cards(&*self.inner.opened()?).await
    }

    /// Reads the person's own work on this phone, to be laid over cards as of `shown`.
    pub async fn load(&self, shown: Option<Head>) -> Result<Held, Trouble> {
        let (held, received) = reading::load(&*self.inner.opened()?, shown).await?;
        self.inner.received.replace(received);
        Ok(held)
    }

    /// Begins a draft: makes its id, nonce, randomness and time. Nothing is written yet.
    pub fn new_draft(&self, household: HouseholdId, kind: &str, form: Verbatim) -> Draft {
        let (now_ms, random) = self.fresh();
        let id = EntryId::new(now_ms, random);
        Draft { form, ..Draft::new(&*self.inner.around, id, household, kind) }
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

    /// Keeps drafts of who is here now, for them, also once they have signed out; `None`: nobody is.
    pub fn keeper(&self) -> Option<Keeper> {
        let opened = self.inner.opened().ok()?;
        Some(Keeper::new(self.clone(), opened))
    }

    /// Throws a draft away.
    pub async fn drop_draft(&self, id: EntryId) -> Result<(), Trouble> {
        let task = Task { stores: &[shelf::DRAFTS], care: Care::Relaxed, reads: Vec::new() };
        let write = Write::Delete(shelf::DRAFTS, id.to_string());
        let opened = self.inner.opened()?;
        opened.work.database.run(task, move |_| Ok(((), vec![write.clone()]))).await
    }

    /// 完成: makes the entry of a draft. `Ok` only when the disk has it. A second call with the same
    /// draft and act is harmless and gives the same answer.
    pub async fn save(&self, draft: &Draft, act: &Act) -> Result<Saved, Trouble> {
        let mut opened = self.inner.opened()?;
        let saved = match saving::save(&opened, draft, act).await {
            Err(trouble) => {
                opened = self.after(trouble).await?;
                saving::save(&opened, draft, act).await?
            }
            Ok(saved) => saved,
        };
        self.inner.copy_soon(&opened, saved.id);
        self.inner.changed(&opened);
        rounds::soon(&self.inner);
        Ok(saved)
    }

    /// Keeps words about the app until the office has them. The app's version and the browser go with
    /// them as `about`, as shown to the sender.
    pub async fn feedback(&self, words: &str, about: &str) -> Result<(), Trouble> {
        let opened = self.inner.opened()?;
        telling::keep(&opened, words, about).await?;
        self.inner.changed(&opened);
        rounds::soon(&self.inner);
        Ok(())
    }

    /// 现在就试: everything that waits, also what was set aside.
    pub fn try_now(&self) {
        self.inner.pace.all.set(true);
        rounds::chance(&self.inner);
    }

    /// When the next try by itself is, phone's clock; none when nothing waits for one.
    pub fn next_try_ms(&self) -> Option<i64> {
        self.inner.pace.next_ms.get()
    }

    /// Asks the browser to keep our storage for good; worth asking after the first saved visit.
    pub async fn persist(&self) -> bool {
        self.inner.around.persist().await
    }
}

impl Inner {
    /// The databases of who is signed in.
    fn opened(&self) -> Result<Rc<Opened>, Trouble> {
        self.here.borrow().clone().ok_or(Trouble::NobodySignedIn)
    }

    /// The handset's own database, opened once.
    async fn phone(&self) -> Result<Rows, Trouble> {
        let open = self.phone.borrow().clone();
        if let Some(phone) = open {
            return Ok(phone);
        }
        let phone = opening::phone(&self.around).await?;
        self.phone.replace(Some(phone.clone()));
        Ok(phone)
    }

    fn emit(&self, event: Event) {
        (self.on_event)(event);
    }

    /// Something of a person's own work changed: tells the state and the other tabs.
    fn changed(&self, opened: &Opened) {
        if self.here.borrow().as_ref().is_some_and(|here| here.person == opened.person) {
            self.emit(Event::QueueChanged);
        }
        self.around.tell_tabs(&opened.person.to_string());
    }

    /// Leaves a line about a trouble that nobody waits for.
    fn noted(&self, done: Result<(), Trouble>) {
        if let Err(trouble) = done {
            self.around.note(&format!("{trouble:?}"));
        }
    }

    /// Begins to hear of chances and of other tabs, once.
    fn listen(self: &Rc<Self>) {
        if self.pace.listening.replace(true) {
            return;
        }
        let inner = Rc::downgrade(self);
        self.around.on_chance(Box::new(move || {
            let Some(inner) = inner.upgrade() else { return };
            inner.look_again();
        }));
        let inner = Rc::downgrade(self);
        self.around.on_tab(Box::new(move |person| {
            let Some(inner) = inner.upgrade() else { return };
            let here = inner.here.borrow().as_ref().map(|here| here.person.to_string());
            if here == Some(person) {
                inner.emit(Event::AllChanged);
            }
        }));
        let inner = Rc::downgrade(self);
        self.around.on_signed_out(Box::new(move || {
            let Some(inner) = inner.upgrade() else { return };
            inner.look_again();
        }));
    }

    /// Somebody may have signed out in another page meanwhile, or begun a draft; and it may be worth trying.
    fn look_again(self: Rc<Self>) {
        let around = Rc::clone(&self.around);
        around.start(Box::pin(async move {
            let heeded = self.heed_sign_out().await;
            self.noted(heeded);
            if self.here.borrow().is_some() {
                self.emit(Event::QueueChanged);
            }
            rounds::chance(&self);
        }));
    }
}

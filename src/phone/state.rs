//! What the app knows, as signals, and everything a tap can do. The only thing views may touch.
//!
//! It turns taps into domain values and hands them to the engine; it draws nothing, reads no disk and
//! asks no network itself. What can be decided without a browser is in pure files below.

#[cfg(test)]
mod builders;

pub mod known;

pub mod form;
pub mod proposals;
pub mod propose_form;

pub mod due;
pub mod news;

pub mod disk;
mod hearing;
mod reading;

pub mod companion;
pub mod pairs;
pub mod search;

pub mod clock;
pub mod laid;

pub mod say;
pub mod sending;

pub mod editing;
pub mod entering;

pub mod acts;

pub mod update;

pub mod page;

use crate::engine::{Around, Contact, Engine, Event, Person};
// The engine's words that views may say too.
pub use crate::engine::{Draft, LineState, NotTakenIn, Own, QueueLine, SetAside, SignInWhy, TakenIn};
use domain::{
    day::Day,
    file::NeedLine,
    id::{EntryId, HouseholdId},
};
use due::Row;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{
    changes::{Card, UnionCard},
    deposit::Head,
};
use reading::{Part, Reading};
use std::{collections::BTreeMap, rc::Rc};

/// How far the app has come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Opening what is on the phone.
    Starting,
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is, and what is on the phone is here.
    Ready,
    /// It could not be opened; the sentence says what to do.
    Broken(String),
}

/// What the last try told of the network.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Network {
    /// Not tried yet.
    Unknown,
    /// The office answered.
    There,
    /// Something else did: a network's own page, a gateway before an office that is down.
    Elsewhere,
    /// Nothing came back.
    None,
}

/// Where the list was left, so that Back comes back to it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ListPlace {
    /// What was searched for.
    pub query: String,
    /// How many rows were drawn.
    pub drawn: usize,
    /// How far it was scrolled.
    pub scroll_px: i32,
}

/// The app's state. Copies are the same state.
#[derive(Clone, Copy)]
pub struct App {
    engine: StoredValue<Engine, LocalStorage>,
    /// How far the app has come.
    pub phase: RwSignal<Phase>,
    /// Who is signed in.
    pub person: RwSignal<Option<Person>>,
    /// The households with one's own entries laid over.
    pub cards: RwSignal<BTreeMap<HouseholdId, Card>>,
    /// The union's card.
    pub union: RwSignal<Option<UnionCard>>,
    /// Drafts, the latest kept first.
    pub drafts: RwSignal<Vec<Draft>>,
    /// The queue, the newest first.
    pub queue: RwSignal<Vec<QueueLine>>,
    /// One's own entries, oldest first.
    pub own: RwSignal<Vec<Own>>,
    /// When the office last answered.
    pub contact: RwSignal<Option<Contact>>,
    /// When changes last came, by the office's clock.
    pub news_ms: RwSignal<Option<i64>>,
    /// Whether a try is under way.
    pub trying: RwSignal<bool>,
    /// What the last try told.
    pub network: RwSignal<Network>,
    /// Somebody asked for the last try, and it reached nobody.
    pub in_vain: RwSignal<bool>,
    /// Somebody asked for a try that has not ended.
    asked_to_try: StoredValue<bool>,
    /// When the next try by itself is.
    pub next_try: RwSignal<Option<i64>>,
    /// Households that came of those that come, while a fetch is under way.
    pub fetch: RwSignal<Option<(u32, u32)>>,
    /// Feedback not yet sent.
    pub feedback_waiting: RwSignal<usize>,
    /// Changes need a new sign-in.
    pub sign_in_needed: RwSignal<Option<SignInWhy>>,
    /// They have left the union.
    pub left: RwSignal<bool>,
    /// The office was set back.
    pub set_back: RwSignal<bool>,
    /// Whoever was here was signed out from another page.
    pub signed_out_elsewhere: RwSignal<bool>,
    /// The phone threw the storage away; how many unsent records it has, or that these are gone, too.
    pub lost: RwSignal<Option<Option<usize>>>,
    /// What is wrong with the disk.
    pub disk: disk::Disk,
    /// The sentence over the title.
    pub toast: RwSignal<Option<String>>,
    /// Where the list was left.
    pub place: StoredValue<ListPlace>,
    /// A form is open on the screen: no update is offered.
    pub form_open: RwSignal<bool>,
    /// The page was opened by a start of the app and not by a tap.
    pub just_started: StoredValue<bool>,
    /// How often somebody came in by the door.
    pub entered: RwSignal<u32>,
    /// A new version of the app.
    pub update: update::Update,
    /// The union's day.
    pub today: Memo<Day>,
    /// The list.
    pub rows: Memo<Vec<Row>>,
    /// What news the person has seen on this phone.
    seen: RwSignal<news::Seen>,
    /// The drafts of what one tap says of an entry: a second tap saves nothing new.
    tapped: StoredValue<BTreeMap<EntryId, Draft>>,
    now_ms: RwSignal<i64>,
    toast_turn: StoredValue<u32>,
    /// The cards as the office sent them.
    sent_cards: StoredValue<Vec<Card>>,
    /// The head of those cards.
    cursor: StoredValue<Option<Head>>,
    reading: StoredValue<Reading>,
    /// What could not be read the last time.
    owed: StoredValue<Part>,
}

/// The state, from any view below it.
pub fn use_app() -> App {
    expect_context::<App>()
}

impl App {
    /// The state over an engine that is made here. [`App::start`] opens it.
    pub fn new(around: Rc<dyn Around>) -> Self {
        let events = RwSignal::new(Vec::<Event>::new());
        let engine = Engine::new(around, move |event| events.update(|all| all.push(event)));
        let now_ms = RwSignal::new(engine.now_ms());
        let (contact, person) = (RwSignal::new(None), RwSignal::new(None::<Person>));
        let (cards, union) = (RwSignal::new(BTreeMap::new()), RwSignal::new(None::<UnionCard>));
        let (queue, own) = (RwSignal::new(Vec::new()), RwSignal::new(Vec::new()));
        let zone = move || {
            let of_union = union.with(|union| union.as_ref().map(|union| union.utc_offset_minutes));
            of_union.or_else(|| person.with(|person| person.as_ref().map(|person| person.utc_offset_minutes)))
        };
        let today = Memo::new(move |_| clock::today(now_ms.get(), contact.get(), zone().unwrap_or(480)));
        let rows = Memo::new(move |_| {
            let waiting = queue.with(|queue| sending::waiting_households(queue));
            let approved = own.with(|own| proposals::approved(own));
            let categories = union.with(|union| union.as_ref().map(|union| union.categories.clone()));
            cards.with(|cards: &BTreeMap<HouseholdId, Card>| {
                let marks = |card: &Card| due::Marks::of(card, &approved, &waiting);
                due::rows(cards.values(), &categories.unwrap_or_default(), today.get(), marks)
            })
        });
        let app = Self {
            engine: StoredValue::new_local(engine),
            phase: RwSignal::new(Phase::Starting),
            person,
            cards,
            union,
            drafts: RwSignal::new(Vec::new()),
            queue,
            own,
            contact,
            trying: RwSignal::new(false),
            network: RwSignal::new(Network::Unknown),
            in_vain: RwSignal::new(false),
            asked_to_try: StoredValue::new(false),
            next_try: RwSignal::new(None),
            fetch: RwSignal::new(None),
            feedback_waiting: RwSignal::new(0),
            news_ms: RwSignal::new(None),
            sign_in_needed: RwSignal::new(None),
            left: RwSignal::new(false),
            set_back: RwSignal::new(false),
            signed_out_elsewhere: RwSignal::new(false),
            lost: RwSignal::new(None),
            disk: disk::Disk::new(),
            toast: RwSignal::new(None),
            place: StoredValue::new(ListPlace::default()),
            form_open: RwSignal::new(false),
            just_started: StoredValue::new(true),
            entered: RwSignal::new(0),
            update: update::Update::watch(),
            today,
            rows,
            seen: RwSignal::new(news::Seen::default()),
            tapped: StoredValue::new(BTreeMap::new()),
            now_ms,
            toast_turn: StoredValue::new(0),
            sent_cards: StoredValue::new(Vec::new()),
            cursor: StoredValue::new(None),
            reading: StoredValue::new(Reading::No),
            owed: StoredValue::new(Part::Work),
        };
        Effect::new(move |_| {
            if events.with(|all| !all.is_empty()) {
                let all = events.try_update(std::mem::take).unwrap_or_default();
                all.into_iter().for_each(|event| app.hear(event));
            }
        });
        app
    }

    /// Opens what is on the phone; a network is not needed.
    pub fn start(self) {
        page::every_half_minute(move || self.now_ms.set(self.engine().now_ms()));
        spawn_local(async move {
            match self.engine().start().await {
                Ok(Some(person)) => self.enter(person).await,
                Ok(None) => self.phase.set(Phase::SignedOut),
                Err(trouble) => self.phase.set(Phase::Broken(say::trouble_logged("start", &trouble))),
            }
        });
    }

    /// Somebody is signed in: shows what they have here.
    pub async fn enter(self, person: Person) {
        self.seen.set(ui::preferences::seen(person.id));
        self.person.set(Some(person));
        self.sign_in_needed.set(None);
        self.signed_out_elsewhere.set(false);
        self.left.set(false);
        match self.read(Part::All, i64::MAX).await {
            Ok(()) => {
                self.next_try.set(self.engine().next_try_ms());
                self.phase.set(Phase::Ready);
            }
            Err(trouble) => self.phase.set(Phase::Broken(say::trouble_logged("load", &trouble))),
        }
    }

    /// The engine.
    pub fn engine(self) -> Engine {
        self.engine.get_value()
    }

    /// 现在就试: what comes of it is said.
    pub fn try_now(self) {
        self.asked_to_try.set_value(true);
        self.in_vain.set(false);
        self.engine().try_now();
    }

    /// The phone's clock now.
    pub fn now_ms(self) -> i64 {
        self.now_ms.get()
    }

    /// The union's time zone.
    pub fn zone(self) -> i32 {
        let of_union = self.union.with(|union| union.as_ref().map(|union| union.utc_offset_minutes));
        let of_person = || self.person.with(|person| person.as_ref().map(|person| person.utc_offset_minutes));
        of_union.or_else(of_person).unwrap_or(480)
    }

    /// A card, as it is shown.
    pub fn card(self, household: HouseholdId) -> Option<Card> {
        self.cards.with(|cards| cards.get(&household).cloned())
    }

    /// Of how many lines the union has not received what they say.
    pub fn waiting(self) -> usize {
        self.queue.with(|queue| self.own.with(|own| sending::waiting(queue, own)))
    }

    /// A draft, as it was last kept.
    pub fn draft(self, id: EntryId) -> Option<Draft> {
        self.drafts.with(|drafts| drafts.iter().find(|draft| draft.id == id).cloned())
    }

    /// Says something over the title for a while.
    pub fn say(self, sentence: String) {
        let turn = self.toast_turn.get_value().wrapping_add(1);
        self.toast_turn.set_value(turn);
        self.toast.set(Some(sentence));
        page::after(6_000, move || {
            if self.toast_turn.get_value() == turn {
                self.toast.set(None);
            }
        });
    }

    /// Needs of a card that are open, replies the family should hear, and replies it knows.
    pub fn needs_of(card: &Card) -> [Vec<NeedLine>; 3] {
        let of = |what: fn(&NeedLine) -> bool| card.needs.iter().filter(|line| what(line)).cloned().collect();
        [
            of(|line| line.reply.is_none()),
            of(|line| line.reply.is_some() && line.told.is_none()),
            of(|line| line.reply.is_some() && line.told.is_some()),
        ]
    }
}

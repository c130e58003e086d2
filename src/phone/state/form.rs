//! The form of one visit while it is being filled in: what was tapped and typed, nothing decided.
//!
//! Pure and serialisable: the draft on the disk *is* this struct. How it becomes a visit is in
//! [`answer`], how a visit becomes it again in [`reopen`], what lists can do in [`lists`].

use super::known::Known;
use crate::{engine::Draft, gather};
use domain::{
    answer::NotAskedReason,
    check::{self, Asked, Finding},
    day::Day,
    id::{EntryId, HouseholdId, NeedId},
    item::{Item, Six},
    slot::{Slot, Value, Values},
    value::{AddressValue, EventKind, NameValue, Rest, Telephone, TelephoneValue, Whose},
    visit::{Companion, Visit},
};
use needs::NeedForm;
use protocol::changes::Card;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use unsaid::Unsaid;

pub mod answer;
pub mod lists;
pub mod needs;
pub mod reopen;
pub mod steps;
mod unsaid;

#[cfg(test)]
mod tests;

/// Who was met.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// Nobody: an attempt.
    Nobody,
    /// Somebody.
    Somebody(Whose),
}

/// What was tapped for an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// 无变化.
    Unchanged,
    /// 有变化; the fields are open.
    Changed,
    /// 没问到, and the reason is not said yet: still unanswered.
    WhyNot,
    /// 没问到, with its reason.
    NotAsked(NotAskedReason),
    /// 不愿说.
    Declined,
}

/// One item of the form.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemForm {
    /// What was tapped.
    pub pick: Option<Pick>,
    /// What was known when the form began, slot by slot.
    pub base: Values,
    /// Whether `base` can be confirmed as it is.
    pub whole: bool,
    /// The fields as they stand now; they stay while something else is answered.
    pub edit: Values,
    /// 没有大事 where nothing was known: nothing is stated, whatever the fields hold.
    pub nothing: bool,
}

/// 急报: something the chair must know at once.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct AlertForm {
    /// What sort.
    #[serde(default)]
    pub kind: Option<EventKind>,
    /// What happened.
    #[serde(default)]
    pub words: String,
}

/// The visit an amending form replaces.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Amending {
    /// Its first entry.
    pub visit: EntryId,
    /// The version it shows.
    pub replaces: EntryId,
}

/// The form.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Form {
    /// The card as it was shown when the form began: a draft outlives a card that leaves.
    pub card: Card,
    /// What it replaces, where it amends.
    #[serde(default)]
    pub amending: Option<Amending>,
    /// The day of the visit.
    pub day: Day,
    /// Who came along.
    #[serde(default)]
    pub companion: Option<Companion>,
    /// Who was met.
    #[serde(default)]
    pub met: Option<Met>,
    /// The six.
    pub items: Six<ItemForm>,
    /// What was asked for.
    #[serde(default)]
    pub needs: Vec<NeedForm>,
    /// The needs whose replies the family was told.
    #[serde(default)]
    pub told: Vec<NeedId>,
    /// Those replies, by entry.
    #[serde(default)]
    pub told_replies: BTreeSet<EntryId>,
    /// Free words.
    #[serde(default)]
    pub note: String,
    /// The alert, with the draft that makes it an entry of its own.
    #[serde(default)]
    pub alert: Option<(Draft, AlertForm)>,
    /// The version of the notice to read out; none where consent for it is noted already.
    #[serde(default)]
    pub notice: Option<u32>,
    /// Whether they agreed.
    #[serde(default)]
    pub consent: Option<bool>,
    /// They were not asked this time: nothing is noted, and the next visit asks.
    #[serde(default)]
    pub consent_put_off: bool,
    /// When the next visit is proposed.
    #[serde(default)]
    pub next: Option<Day>,
    /// Numbers that look wrong, and that somebody said are right as they stand.
    #[serde(default)]
    pub sure: BTreeSet<String>,
    /// Values that nobody chose yet.
    #[serde(default)]
    pub unsaid: Unsaid,
    /// How far the page was scrolled.
    #[serde(default)]
    pub scroll_px: i32,
    /// Fields of a newer app.
    #[serde(default)]
    pub rest: Rest,
}

impl Form {
    /// A new form over a card, on a day, with the companion proposed.
    pub fn new(card: Card, day: Day, notice: u32, companion: Option<Companion>) -> Self {
        let asked = card.consent.as_ref().is_some_and(|(_, consent)| consent.notice >= notice);
        let items = Six::from_fn(|item| ItemForm::over(&Known::of(&card.standings, item)));
        Self {
            card,
            amending: None,
            day,
            companion,
            met: None,
            items,
            needs: Vec::new(),
            told: Vec::new(),
            told_replies: BTreeSet::new(),
            note: String::new(),
            alert: None,
            notice: (!asked).then_some(notice),
            consent: None,
            consent_put_off: false,
            next: None,
            sure: BTreeSet::new(),
            unsaid: Unsaid::default(),
            scroll_px: 0,
            rest: Rest::default(),
        }
    }

    /// Whose form it is.
    pub const fn household(&self) -> HouseholdId {
        self.card.household
    }

    /// What is known of an item, with rivals and days.
    pub fn known(&self, item: Item) -> Known {
        Known::of(&self.card.standings, item)
    }

    /// Taps an answer.
    pub fn pick(&mut self, item: Item, pick: Pick) {
        let known = self.known(item);
        let form = self.items.get_mut(item);
        // What was typed once is not typed again, whatever was tapped in between.
        if pick == Pick::Changed && (form.edit.is_empty() || form.edit == no_events()) {
            form.edit = form.first_edit(item, &known);
            if item == Item::Telephone && form.base.is_empty() && !form.edit.is_empty() {
                self.unsaid.telephone(0);
            }
        }
        form.pick = Some(pick);
        form.nothing = false;
    }

    /// 没有大事: nothing new beside what stands, or nothing at all where nothing stands.
    pub fn no_events(&mut self) {
        if self.items.events.whole {
            self.pick(Item::Events, Pick::Unchanged);
            return;
        }
        self.pick(Item::Events, Pick::Changed);
        self.items.events.nothing = true;
    }

    /// Whether 没有大事 is what is answered.
    pub fn says_no_events(&self) -> bool {
        let events = &self.items.events;
        match events.pick {
            Some(Pick::Unchanged) => true,
            Some(Pick::Changed) => !events.whole && (events.nothing || events.edit == no_events()),
            _ => false,
        }
    }

    /// What keeps it from being finished.
    pub fn missing(&self, today: Day) -> Vec<Finding> {
        let mut visit = self.visit();
        // As long as nobody said who was met, the six are still to be asked.
        visit.met = visit.met.or(self.met.is_none().then_some(Whose::Worker));
        let asked = Asked { met: self.met.is_some(), consent: !self.consent_unsaid() };
        let mut found = check::findings(&visit, asked, today);
        let unsorted = !visit.needs.is_empty() && self.needs.iter().any(|need| need.kind.is_none());
        if unsorted && !found.contains(&Finding::NeedEmpty) {
            found.push(Finding::NeedEmpty);
        }
        if self.alert.as_ref().is_some_and(|(_, alert)| alert.kind.is_none()) {
            found.push(Finding::AlertUnsaid);
        }
        found.extend(self.doubtful(&visit).into_iter().map(Finding::NumberOdd));
        let unsaid = |item: &Item| !visit.is_attempt() && self.is_unsaid(*item);
        for item in Item::ALL.into_iter().filter(unsaid) {
            if !found.iter().any(|finding| item_of(*finding) == Some(item)) {
                found.push(Finding::FieldMissing(item));
            }
        }
        found
    }

    /// What an item lacks.
    pub fn lacks(&self, item: Item) -> Option<Finding> {
        self.missing(self.day).into_iter().find(|finding| item_of(*finding) == Some(item))
    }

    /// Whether the notice is to be read out, and nothing is said of it yet.
    pub const fn consent_unsaid(&self) -> bool {
        self.notice.is_some() && self.consent.is_none() && !self.consent_put_off
    }

    /// They agreed, or did not; `None` = they were not asked this time.
    pub const fn say_consent(&mut self, given: Option<bool>) {
        self.consent = given;
        self.consent_put_off = given.is_none();
    }

    /// The items with a number that looks wrong, as long as nobody said that it is right.
    fn doubtful(&self, visit: &Visit) -> BTreeSet<Item> {
        let odd = check::odd_numbers(visit).into_iter();
        odd.filter(|(_, number)| !self.sure.contains(*number)).map(|(item, _)| item).collect()
    }

    /// The number is right as it stands.
    pub fn keep_number(&mut self, number: &str) {
        self.sure.insert(number.trim().to_owned());
    }

    /// Whether somebody said that the number is right as it stands.
    pub fn is_sure(&self, number: &str) -> bool {
        self.sure.contains(number.trim())
    }

    /// The first item without an answer after `item`, else from the top.
    pub fn next_open(&self, item: Item) -> Option<Item> {
        let later = Item::ALL.into_iter().filter(|one| *one > item);
        later.chain(Item::ALL).find(|one| *one != item && self.items.get(*one).answer().is_none())
    }

    /// How many of the six have an answer that lacks nothing.
    pub fn answered(&self) -> usize {
        let lacking: BTreeSet<Item> = gather::set(self.missing(self.day).into_iter().filter_map(item_of));
        let answered = self.items.iter().filter(|(_, form)| form.answer().is_some());
        answered.filter(|(item, _)| !lacking.contains(item)).count()
    }
}

/// The item something is missing of.
const fn item_of(finding: Finding) -> Option<Item> {
    match finding {
        Finding::AnswerMissing(item)
        | Finding::FieldMissing(item)
        | Finding::TooLong(item)
        | Finding::NumberOdd(item) => Some(item),
        _ => None,
    }
}

impl ItemForm {
    /// An unanswered item over what is known.
    pub fn over(known: &Known) -> Self {
        Self { base: known.base.clone(), whole: known.is_whole(), ..Self::default() }
    }

    /// What the fields begin with: what is known, and blanks where something must be said.
    fn first_edit(&self, item: Item, known: &Known) -> Values {
        let mut edit = self.base.clone();
        for slot in &known.gaps {
            if let Slot::Child(_) = slot {
                edit.insert(*slot, Value::Child(domain::value::ChildValue::default()));
            }
        }
        let blank = match item {
            Item::Name => Some(Value::Name(NameValue::default())),
            Item::Address => Some(Value::Address(AddressValue::default())),
            Item::Telephone => Some(Value::Telephone(TelephoneValue {
                numbers: vec![blank_telephone()],
                rest: Rest::default(),
            })),
            Item::Spouse | Item::Schooling | Item::Events => None,
        };
        if let (true, true, Some(blank)) = (edit.is_empty(), known.rivals.is_empty(), blank) {
            edit.insert(Slot::of_item(item), blank);
        }
        edit
    }

    /// The fields, where they are what is answered.
    pub fn fields(&self) -> Option<&Values> {
        (self.pick == Some(Pick::Changed) && !self.nothing).then_some(&self.edit)
    }

    /// Sets one slot.
    pub fn set(&mut self, slot: Slot, value: Value) {
        if value.fits(slot) {
            self.edit.insert(slot, value);
        }
    }
}

/// What 没有大事 states.
fn no_events() -> Values {
    Values::from([(Slot::Events, Value::EventList(Vec::new()))])
}

/// A telephone nothing is known of yet.
pub fn blank_telephone() -> Telephone {
    Telephone { number: String::new(), whose: Whose::Worker, rest: Rest::default() }
}

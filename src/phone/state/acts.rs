//! What a tap begins: a visit, a correction, an alert, a proposal, a withdrawal, a word about the app.

use super::{
    App, companion,
    editing::Kept,
    form::{AlertForm, Amending, Form},
    laid::{self, OwnVisit},
    news::{self, News},
    proposals::{self, OwnProposal},
    propose_form::ProposeForm,
    say,
};
use crate::engine::{Draft, Own};
use domain::{
    day::Day,
    entry::{Act, Confirm, Pair, Tell, Withdraw},
    id::{ChildId, EntryId, EventId, HouseholdId, NeedId},
    value::Rest,
    verbatim::Verbatim,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::changes::CardVisit;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ui::words;

impl App {
    /// A visit begins, or the one begun before goes on.
    pub fn begin_visit(self, household: HouseholdId) -> Option<EntryId> {
        if let Some(draft) = self.draft_of(household, "visit") {
            return Some(draft.id);
        }
        let card = self.card(household)?;
        let person = self.person.get_untracked()?;
        let notice = self.union.with_untracked(|union| union.as_ref().map(|union| union.notice.version));
        let companion = companion::proposed(&card, person.id, &person.name);
        // Without a notice there is nothing to read out: version 0 counts as noted.
        let form = Form::new(card, self.today.get_untracked(), notice.unwrap_or(0), companion);
        Some(self.begin(household, "visit", form))
    }

    /// One's own visit of today to a household, if somebody was met.
    pub fn visit_today(self, household: HouseholdId) -> Option<OwnVisit> {
        let today = self.today.get_untracked();
        let is_it = |own: &OwnVisit| {
            own.household == household && !own.withdrawn && own.visit.day == today && !own.visit.is_attempt()
        };
        self.own.with_untracked(|own| laid::visits(own).into_iter().rfind(is_it))
    }

    /// A recorded visit is opened to be corrected.
    pub fn begin_amend(self, own: &OwnVisit) -> Option<EntryId> {
        if let Some(draft) = self.draft_of(own.household, "amend") {
            return Some(draft.id);
        }
        let card = self.card(own.household)?;
        let form = Form::reopen(card, &own.visit, Amending { visit: own.id, replaces: own.version });
        Some(self.begin(own.household, "amend", form))
    }

    /// An alert begins.
    pub fn begin_alert(self, household: HouseholdId) -> EntryId {
        let begun = self.draft_of(household, "alert");
        begun.map_or_else(|| self.begin(household, "alert", AlertForm::default()), |draft| draft.id)
    }

    /// A household found at the door begins.
    pub fn begin_propose(self, name: &str) -> EntryId {
        let (ms, random) = self.engine().fresh();
        let form = ProposeForm::new(self.today.get_untracked(), name);
        self.begin(HouseholdId::new(ms, random), "propose", form)
    }

    /// What one proposed is opened to be corrected.
    pub fn begin_propose_again(self, own: &OwnProposal) -> EntryId {
        let household = own.entry.household;
        let begun = self.draft_of(household, "propose");
        begun.map_or_else(
            || self.begin(household, "propose", ProposeForm::reopen(&own.propose)),
            |draft| draft.id,
        )
    }

    /// One's own proposal of a household, in the version that stands.
    pub fn own_proposal(self, household: HouseholdId) -> Option<OwnProposal> {
        self.own.with(|own| proposals::proposals(own).remove(&household))
    }

    /// The draft of a new proposal that was left, if any.
    pub fn new_proposal(self) -> Option<EntryId> {
        let proposed = self.own.with_untracked(|own| proposals::proposals(own));
        let is_new = |draft: &&Draft| draft.kind == "propose" && !proposed.contains_key(&draft.household);
        self.drafts.with_untracked(|drafts| drafts.iter().find(is_new).map(|draft| draft.id))
    }

    /// The draft for the alert that goes with a visit.
    pub fn alert_draft(self, household: HouseholdId) -> Draft {
        self.engine().new_draft(household, "alert", Verbatim::default())
    }

    fn begin<F: Serialize>(self, household: HouseholdId, kind: &str, form: F) -> EntryId {
        // A proposal begins with the name that was looked for.
        let untouched = kind != "propose";
        let kept = Kept { open: true, scroll_px: 0, untouched, form };
        let draft = self.engine().new_draft(household, kind, Verbatim::of(&kept));
        self.remember_draft(&draft);
        draft.id
    }

    fn draft_of(self, household: HouseholdId, kind: &str) -> Option<Draft> {
        let fits = |draft: &&Draft| draft.household == household && draft.kind == kind;
        self.drafts.with_untracked(|drafts| drafts.iter().find(fits).cloned())
    }

    /// The draft that was on the screen when the app ended, if any.
    pub fn draft_to_open(self) -> Option<Draft> {
        let open = |draft: &&Draft| draft.form.read().is_some_and(|OnScreen { open }| open);
        self.drafts.with_untracked(|drafts| drafts.iter().find(open).cloned())
    }

    /// Keeps a draft in memory, too, so that it is found before the disk was read again.
    pub fn remember_draft(self, draft: &Draft) {
        // Where nobody is signed in, nobody's drafts are in memory.
        if self.person.with_untracked(Option::is_none) {
            return;
        }
        self.drafts.update(|drafts| {
            drafts.retain(|one| one.id != draft.id);
            drafts.insert(0, draft.clone());
        });
    }

    /// Lets go of a draft in memory.
    pub fn forget_draft(self, id: Option<EntryId>) {
        self.drafts.update(|drafts| drafts.retain(|one| Some(one.id) != id));
    }

    /// Throws a draft away.
    pub fn drop_draft(self, id: EntryId) {
        self.forget_draft(Some(id));
        let engine = self.engine();
        spawn_local(async move {
            if let Err(trouble) = engine.drop_draft(id).await {
                self.say(say::trouble_logged("drop a draft", &trouble));
            }
        });
    }

    /// One's own visit by its first entry, in the version that stands.
    pub fn own_visit(self, id: EntryId) -> Option<OwnVisit> {
        self.own.with(|own| laid::visit(own, id))
    }

    /// The draft of a withdrawal: one for each time it is asked, however often it is tapped.
    pub fn withdrawal(self, household: HouseholdId) -> Draft {
        self.engine().new_draft(household, "withdraw", Verbatim::default())
    }

    /// Takes a visit's answers away, or back what one proposed; `then` only when the disk has it.
    pub fn withdraw(
        self,
        draft: Draft,
        visit: EntryId,
        why: String,
        then: impl FnOnce(Result<(), String>) + 'static,
    ) {
        let engine = self.engine();
        let act = Act::Withdraw(Withdraw { visit, why });
        spawn_local(async move {
            let result = engine.save(&draft, &act).await;
            then(result.map(|_| ()).map_err(|trouble| say::trouble_logged("withdraw", &trouble)));
        });
    }

    /// Whether a visit names this person as companion, and they have not said yet whether they were there.
    pub fn may_confirm(self, visit: &CardVisit) -> bool {
        let me = self.person.with(|person| person.as_ref().map(|person| person.id));
        !visit.confirmed && visit.companion_id.is_some() && visit.companion_id == me
    }

    /// 我那天也去了: confirms somebody's visit.
    pub fn confirm(self, household: HouseholdId, visit: EntryId) {
        self.one_tap(household, visit, Act::Confirm(Confirm { visit }), words::phone().confirm_saved());
    }

    /// 电话里告诉了: the family was told a reply by telephone, that day.
    pub fn tell(self, household: HouseholdId, need: NeedId, reply: EntryId, day: Day) {
        let tell = Tell { need, reply, day, rest: Rest::default() };
        self.one_tap(household, reply, Act::Tell(tell), words::phone().tell_saved());
    }

    /// What one tap says of an entry, once: a second tap finds the draft of the first.
    fn one_tap(self, household: HouseholdId, about: EntryId, act: Act, saved: &'static str) {
        let engine = self.engine();
        let known = self.tapped.with_value(|tapped| self.own.with_untracked(|own| said(tapped, own, about)));
        let draft = known.unwrap_or_else(|| engine.new_draft(household, act.kind(), Verbatim::default()));
        self.tapped.update_value(|tapped| drop(tapped.insert(about, draft.clone())));
        spawn_local(async move {
            match engine.save(&draft, &act).await {
                Ok(_) => self.say(saved.to_owned()),
                Err(trouble) => self.say(say::trouble_logged(act.kind(), &trouble)),
            }
        });
    }

    /// 同一次, 不是: what this person says of a record of theirs and others; `busy` until it is said.
    pub fn pair(
        self,
        household: HouseholdId,
        mine: EntryId,
        others: &[EntryId],
        is_one: bool,
        busy: RwSignal<bool>,
    ) {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let engine = self.engine();
        let word = |other: &EntryId| {
            let act = Act::Pair(Pair { visit: mine, other: *other, is_one });
            (engine.new_draft(household, act.kind(), Verbatim::default()), act)
        };
        let words: Vec<(Draft, Act)> = others.iter().map(word).collect();
        spawn_local(async move {
            for (draft, act) in words {
                if let Err(trouble) = engine.save(&draft, &act).await {
                    busy.try_set(false);
                    return self.say(say::trouble_logged("pair", &trouble));
                }
            }
            let words = ui::words::domain();
            self.say(if is_one { words.pair_saved_one() } else { words.pair_saved_two() }.to_owned());
        });
    }

    /// The news that has not been seen.
    pub fn news(self) -> Vec<News> {
        let all = self.all_news();
        self.seen.with(|seen| seen.unseen(&all).into_iter().cloned().collect())
    }

    /// These have been seen.
    pub fn see(self, news: &[News]) {
        let all = untrack(|| self.all_news());
        self.seen.update(|seen| seen.see(news.iter().map(|news| news.key.clone()), &all));
        if let Some(person) = self.person.with_untracked(|person| person.as_ref().map(|person| person.id)) {
            self.seen.with_untracked(|seen| ui::preferences::keep_seen(person, seen));
        }
    }

    fn all_news(self) -> Vec<News> {
        let today = self.today.get();
        let proposals = self.own.with(|own| proposals::proposals(own));
        self.cards.with(|cards| self.own.with(|own| news::news(cards, own, &proposals, today)))
    }

    /// Keeps a word about the app until the union has it.
    pub fn feedback(self, words: String, about: String, then: impl FnOnce(Result<(), String>) + 'static) {
        let engine = self.engine();
        spawn_local(async move {
            let result = engine.feedback(&words, &about).await;
            then(result.map_err(|trouble| say::trouble_logged("feedback", &trouble)));
        });
    }

    /// Signs out.
    pub fn sign_out(self, then: impl FnOnce(Result<(), String>) + 'static) {
        let engine = self.engine();
        spawn_local(async move {
            match engine.sign_out().await {
                Ok(_) => {
                    self.leave();
                    then(Ok(()));
                }
                Err(trouble) => then(Err(say::trouble_logged("sign out", &trouble))),
            }
        });
    }

    /// Shows the door, and nothing of what was shown: every form on the screen is kept as it closes.
    pub(super) fn leave(self) {
        self.phase.set(super::Phase::SignedOut);
        self.person.set(None);
        self.sent_cards.set_value(Vec::new());
        self.cursor.set_value(None);
        self.cards.set(BTreeMap::new());
        self.drafts.set(Vec::new());
        self.queue.set(Vec::new());
        self.own.set(Vec::new());
        self.union.set(None);
        self.contact.set(None);
        self.news_ms.set(None);
        self.sign_in_needed.set(None);
        self.in_vain.set(false);
        self.asked_to_try.set_value(false);
        self.seen.set(news::Seen::default());
        self.tapped.set_value(BTreeMap::new());
        self.place.set_value(super::ListPlace::default());
    }

    /// A new child's id.
    pub fn new_child(self) -> ChildId {
        let (ms, random) = self.engine().fresh();
        ChildId::new(ms, random)
    }

    /// A new event's id.
    pub fn new_event(self) -> EventId {
        let (ms, random) = self.engine().fresh();
        EventId::new(ms, random)
    }

    /// A new need's id.
    pub fn new_need(self) -> NeedId {
        let (ms, random) = self.engine().fresh();
        NeedId::new(ms, random)
    }
}

/// The draft of what was tapped about an entry, unless it was taken back since: what is said then is said anew.
fn said(tapped: &BTreeMap<EntryId, Draft>, own: &[Own], about: EntryId) -> Option<Draft> {
    tapped.get(&about).filter(|draft| laid::withdrawal(own, draft.id).is_none()).cloned()
}

/// What of a form says whether it was on the screen when it was kept.
#[derive(Deserialize)]
struct OnScreen {
    open: bool,
}

#[cfg(test)]
mod tests;

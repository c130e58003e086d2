//! What resembles a household whose file is to be opened: shown before, so that nobody gets two.

use crate::{
    state::desk::{Desk, use_desk},
    trouble::Trouble,
    view::{household_table::HouseholdTable, saying},
};
use domain::{
    day::Day,
    id::HouseholdId,
    slot::{Slot, Values},
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use protocol::office::{HouseholdRow, Similar, SimilarAsked, SimilarRow};
use std::time::Duration;
use ui::{fields::choice::CheckField, icon::Icon, notice::Banner, surface::Tone, t, words};

/// How long typing has to rest before it is looked up.
const REST: Duration = Duration::from_millis(400);

/// What tells a household from others: the ID number, and what is stated of it.
type Told = (Option<String>, Values);

/// How far the office is with what a form tells now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Asking,
    Failed,
    Known,
}

/// What was found, and whether somebody has looked at it.
#[derive(Clone, Copy)]
pub struct Looking {
    desk: Desk,
    household: Option<HouseholdId>,
    told: Memo<Told>,
    asked: RwSignal<Told>,
    /// What the last answer is about.
    answered: RwSignal<Told>,
    /// What was found; none before the first answer.
    pub found: RwSignal<Option<Similar>>,
    /// Why the last question was not answered.
    pub trouble: RwSignal<Option<Trouble>>,
    /// Somebody said that none of these is the same.
    none_is_the_same: RwSignal<bool>,
}

impl Looking {
    /// Looks for what resembles the values, whenever they rest; nothing resembles itself.
    pub fn follow(
        household: Option<HouseholdId>,
        values: impl Fn() -> Values + Send + Sync + 'static,
        id_number: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        let desk = use_desk();
        let told = Memo::new(move |_| (id_number(), telling(values())));
        let looking = Self {
            desk,
            household,
            told,
            asked: RwSignal::new(Told::default()),
            answered: RwSignal::new(Told::default()),
            found: RwSignal::new(None),
            trouble: RwSignal::new(None),
            none_is_the_same: RwSignal::new(false),
        };
        let resting = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |_| {
            // Somebody may have signed in again, or something was written.
            desk.changed.track();
            let told = told.get();
            if let Some(earlier) = resting.get_value() {
                earlier.clear();
            }
            let look = move || looking.look(told.clone());
            resting.set_value(set_timeout_with_handle(look, REST).ok());
        });
        looking
    }

    fn look(self, told: Told) {
        if self.asked.try_set(told.clone()).is_some() {
            return;
        }
        self.trouble.set(None);
        if told == Told::default() {
            self.found.set(None);
            self.answered.set(told);
            return;
        }
        let (id_number, stated) = told.clone();
        let asked = SimilarAsked { household: self.household, id_number, stated };
        spawn_local(async move {
            let answer = self.desk.post::<Similar>("/api/similar", &asked).await;
            // The page may be left by now, or something else typed.
            if self.asked.try_get_untracked().as_ref() == Some(&told) {
                if answer.is_ok() {
                    self.answered.set(told);
                }
                self.take(answer);
            }
        });
    }

    fn take(self, answer: Result<Similar, Trouble>) {
        match answer {
            Ok(similar) => {
                let ids =
                    |similar: &Similar| similar.households.iter().map(|one| one.row.id).collect::<Vec<_>>();
                let is_new =
                    self.found.with_untracked(|before| before.as_ref().map(ids)) != Some(ids(&similar));
                if is_new {
                    self.none_is_the_same.set(false);
                }
                self.trouble.set(None);
                self.found.set(Some(similar));
            }
            Err(trouble) => self.trouble.set(Some(trouble)),
        }
    }

    /// How far it is with what is told now, followed.
    fn state(self) -> State {
        let told = self.told.read();
        match () {
            () if *self.answered.read() == *told => State::Known,
            () if self.trouble.read().is_some() && *self.asked.read() == *told => State::Failed,
            () => State::Asking,
        }
    }

    /// What keeps a file from being opened, in words, followed.
    pub fn missing(self) -> Option<String> {
        let words = words::desk();
        match self.state() {
            State::Known => self.is_to_be_looked_at().then(|| words.look_at_similar().to_owned()),
            State::Failed => Some(words.similar_failed().to_owned()),
            State::Asking => Some(words.similar_asking().to_owned()),
        }
    }

    /// Does what is given, each time it is called: now, or as soon as the office has answered what is told now. A form
    /// that lacks something when it is called does nothing, then or later: it is filled in and sent anew.
    pub fn once_answered(
        self,
        is_whole: impl Fn() -> bool + Copy + 'static,
        act: impl Fn() + 'static,
    ) -> impl Fn() + Copy {
        let waits = RwSignal::new(false);
        Effect::new(move |_| {
            if waits.get() && self.state() != State::Asking {
                waits.set(false);
                untrack(&act);
            }
        });
        move || waits.set(untrack(is_whole))
    }

    /// Whether somebody still has to look at what was found.
    fn is_to_be_looked_at(self) -> bool {
        let has_some =
            self.found.with(|found| found.as_ref().is_some_and(|found| !found.households.is_empty()));
        has_some && !self.none_is_the_same.get()
    }
}

/// What tells one household from another.
fn telling(mut values: Values) -> Values {
    values.retain(|slot, _| matches!(slot, Slot::Name | Slot::Address | Slot::Telephone));
    values
}

/// What is found while a form is filled in, and that somebody has looked at it.
#[component]
pub fn SimilarWhileTyping(looking: Looking, today: Day, #[prop(into)] wrong: Signal<bool>) -> impl IntoView {
    let has_some =
        move || looking.found.with(|found| found.as_ref().is_some_and(|one| !one.households.is_empty()));
    let shown = move || {
        looking.found.get().map(|similar| {
            let is_alone = similar.households.is_empty() && !similar.elsewhere;
            view! {
                {is_alone.then(|| view! { <p class="sub">{t!(desk.similar_none())}</p> })}
                <SimilarShown similar today />
            }
        })
    };
    let tick = move || {
        has_some().then(|| {
            let change = move |ticked: bool| looking.none_is_the_same.set(ticked);
            view! {
                <div class:wrong=move || wrong.get() && looking.is_to_be_looked_at()>
                    <CheckField label=t!(desk.not_the_same()) value=looking.none_is_the_same on_change=change />
                </div>
            }
        })
    };
    let failed = move || looking.trouble.get().map(|trouble| saying::trouble(&trouble));
    view! {
        <div data-part="similar" role="status">
            {shown}
            {tick}
            {move || failed().map(|words| view! {
                <p class="form-problem">{words}</p>
                <button type="button" class="button small" on:click=move |_| looking.look(looking.told.get_untracked())>{t!(shared.try_again())}</button>
            })}
        </div>
    }
}

/// What was found.
#[component]
pub fn SimilarShown(similar: Similar, today: Day) -> impl IntoView {
    let Similar { households, elsewhere } = similar;
    let count = households.len();
    view! {
        {(count > 0).then(|| view! {
            <p class="wait"><b>{move || words::desk().similar_there(count)}</b></p>
            <AlikeTable households today />
        })}
        {elsewhere.then(|| view! { <Banner text=t!(desk.similar_elsewhere()) tone=Tone::Wait icon=Icon::Warning /> })}
    }
}

#[component]
fn AlikeTable(households: Vec<SimilarRow>, today: Day) -> impl IntoView {
    let (rows, alike): (Vec<HouseholdRow>, Vec<_>) =
        households.into_iter().map(|SimilarRow { row, alike }| (row, alike)).unzip();
    view! { <HouseholdTable rows alike today /> }
}

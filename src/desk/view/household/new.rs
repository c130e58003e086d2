//! A new household by hand. First who it is and where, and what resembles it; then the rest of the six, its unit and
//! category, and its three seats; all of it in one go or nothing.

use super::{
    register::{CategoryChoice, six_missing, unsaid},
    reply::day_missing,
    seat_choices::{Chosen, SeatChoices},
    similar::{Looking, SimilarWhileTyping},
};
use crate::{
    platform,
    state::{desk::use_desk, place::Page, rights::Doing, sending::Sending, six_draft::SixDraft},
    view::form::{
        Beside, FormEnd,
        causes::Causes,
        id_number,
        six::{FamilyFields, WhoFields},
    },
};
use domain::{
    day::Day,
    entry::{Act, Register},
    id::{CategoryId, HouseholdId, UnitId},
    observation::Standings,
    rules::Cause,
};
use leptos::{ev::SubmitEvent, prelude::*};
use serde_json::Map;
use ui::{
    fields::{choice::Choice, date::DateField},
    icon::{Icon, IconMark},
    t, words,
};

/// What the form holds.
#[derive(Clone, Copy)]
struct Form {
    draft: RwSignal<SixDraft>,
    id_number: RwSignal<String>,
    unit: RwSignal<Option<UnitId>>,
    day: RwSignal<Option<Day>>,
    category: RwSignal<Option<Option<CategoryId>>>,
    causes: RwSignal<Option<Vec<Cause>>>,
    seats: Chosen,
    looking: Looking,
    tried: RwSignal<bool>,
}

impl Form {
    fn new(unit: Option<UnitId>, today: Day) -> Self {
        let draft = RwSignal::new(SixDraft::default());
        let id_typed = RwSignal::new(String::new());
        Self {
            draft,
            id_number: id_typed,
            unit: RwSignal::new(unit),
            day: RwSignal::new(Some(today)),
            category: RwSignal::new(None),
            causes: RwSignal::new(None),
            seats: Chosen::nobody(),
            looking: Looking::follow(
                None,
                move || draft.read().stated(&Standings::new()),
                move || id_number::number(id_typed),
            ),
            tried: RwSignal::new(false),
        }
    }

    /// What keeps it from being sent, in words, once it was tried.
    fn missing(self) -> Option<String> {
        let similar = self.tried.get().then(|| self.looking.missing()).flatten();
        similar.or_else(|| self.lacks())
    }

    /// What is not filled in, in words, once it was tried.
    fn lacks(self) -> Option<String> {
        let six = move || self.tried.get().then(|| six_missing(&self.draft.read())).flatten();
        let is_tried = move |lacks: bool| self.tried.get() && lacks;
        let unit =
            move || is_tried(self.unit.get().is_none()).then(|| words::desk().choose_unit().to_owned());
        let said = move || unsaid(self.tried, self.category, self.causes);
        six()
            .or_else(|| id_number::problem(self.tried, self.id_number))
            .or_else(unit)
            .or_else(|| day_missing(self.tried, self.day).get())
            .or_else(said)
    }

    /// What opens the file and fills its seats; none while something is missing.
    fn acts(self, household: HouseholdId) -> Option<Vec<(HouseholdId, Act)>> {
        if self.missing().is_some() {
            return None;
        }
        let day = self.day.get()?;
        let register = Register {
            day,
            unit: self.unit.get()?,
            category: self.category.get()?,
            causes: self.causes.get()?,
            id_number: id_number::number(self.id_number),
            stated: self.draft.read().stated(&Standings::new()),
            rest: Map::new(),
        };
        let mut acts = vec![(household, Act::Register(register))];
        acts.extend(self.seats.acts(household, day));
        Some(acts)
    }
}

/// The page.
#[component]
pub fn NewHouseholdPage() -> impl IntoView {
    let desk = use_desk();
    let came_from = desk.page.with_untracked(|page| match page {
        Page::NewHousehold(unit) => *unit,
        _ => None,
    });
    let today = desk.today();
    let tops = untrack(|| desk.tops(Doing::Keep));
    let form = Form::new(desk.tree.with_untracked(|tree| tree.preset(came_from, &tops)), today);
    let sending = Sending::new(desk);
    // Made once for this form, so that a repeat opens no second file.
    let household = platform::household_id();
    let is_whole = move || form.lacks().is_none();
    let open = form.looking.once_answered(is_whole, move || {
        let Some(acts) = form.acts(household) else { return };
        sending.acts(acts, move || {
            desk.say(words::desk().file_opened());
            desk.go(&Page::Household(household));
        });
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.tried.set(true);
        open();
    };
    let Form { draft, id_number, category, causes, seats, looking, tried, .. } = form;
    view! {
        <header class="page-header">
            <a class="icon-button" href=move || desk.back.with(Page::href) aria-label=t!(shared.back())><IconMark icon=Icon::Back /></a>
            <div class="grow"><h1>{t!(desk.new_household())}</h1></div>
        </header>
        <form class="stack form-page" on:submit=submit novalidate>
            <WhoFields draft id_number tried />
            <SimilarWhileTyping looking today wrong=tried />
            <FamilyFields draft tried />
            <div class="card stack">
                <UnitAndDay form today />
                <div class="fields"><CategoryChoice category tried /><Causes causes tried /></div>
            </div>
            <SeatChoices chosen=seats near=Signal::derive(move || form.unit.get()) />
            <FormEnd sending label=t!(desk.open_file()) missing=Signal::derive(move || form.missing()) />
        </form>
    }
}

#[component]
fn UnitAndDay(form: Form, today: Day) -> impl IntoView {
    let desk = use_desk();
    let Form { unit, day, tried, .. } = form;
    let units = Signal::derive(move || desk.tree.with(|tree| tree.open_choices(&desk.tops(Doing::Keep))));
    let wrong = move || (tried.get() && unit.get().is_none()).then(|| words::desk().choose_unit().to_owned());
    view! {
        <div class="fields">
            <Beside wrong=Signal::derive(wrong)>
                <Choice label=t!(desk.unit()) options=units value=unit on_pick=move |picked| unit.set(picked) />
            </Beside>
            <DateField label=t!(desk.file_from()) value=day on_input=move |picked| day.set(picked)
                last=Signal::stored(Some(today)) />
        </div>
    }
}

//! A new household by hand: its unit, category, what is known of the six, and its three seats; all
//! of it in one go or nothing.

use super::{
    assign::{helpers, named},
    register::{CategoryChoice, six_missing},
    reply::day_missing,
};
use crate::{
    platform,
    state::{desk::use_desk, place::Page, rights::Doing, sending::Sending, six_draft::SixDraft},
    view::form::{Beside, FormEnd, causes::Causes, six::SixFields},
};
use domain::{
    day::Day,
    entry::{Act, Register},
    id::{PersonId, UnitId},
    observation::Standings,
    seat::{Assign, Seat},
};
use leptos::{ev::SubmitEvent, prelude::*};
use serde_json::Map;
use ui::{
    fields::{choice::Choice, date::DateField},
    icon::{Icon, IconMark},
    t, words,
};

/// What is chosen besides the six.
#[derive(Clone, Copy)]
struct Chosen {
    unit: RwSignal<Option<UnitId>>,
    day: RwSignal<Option<Day>>,
    seats: [(Seat, RwSignal<Option<PersonId>>); 3],
}

/// The page.
#[component]
pub fn NewHouseholdPage() -> impl IntoView {
    let desk = use_desk();
    let named_unit = desk.page.with_untracked(|page| match page {
        Page::NewHousehold(unit) => *unit,
        _ => None,
    });
    let today = desk.today();
    let chosen = Chosen {
        unit: RwSignal::new(named_unit),
        day: RwSignal::new(Some(today)),
        seats: Seat::ALL.map(|seat| (seat, RwSignal::new(None))),
    };
    let category = RwSignal::new(None);
    let causes = RwSignal::new(Vec::new());
    let draft = RwSignal::new(SixDraft::default());
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    // Made once for this form, so that a repeat opens no second file.
    let household = platform::household_id();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let (Some(unit), Some(day), None) = (chosen.unit.get(), chosen.day.get(), six_missing(&draft.get()))
        else {
            return;
        };
        let stated = draft.get().stated(&Standings::new());
        let register =
            Register { day, unit, category: category.get(), causes: causes.get(), id_number: None, stated, rest: Map::new() };
        let mut acts = vec![(household, Act::Register(register))];
        let assigned = chosen.seats.iter().filter_map(|(seat, person)| Some((*seat, person.get()?)));
        acts.extend(assigned.map(|(seat, person)| {
            (household, Act::Assign(Assign { seat, person: Some(person), from: day, until: None }))
        }));
        sending.acts(acts, move || {
            desk.say(words::desk().file_opened());
            desk.go(&Page::Household(household));
        });
    };
    let missing = Signal::derive(move || {
        let six = move || tried.get().then(|| six_missing(&draft.get())).flatten();
        let unit = move || {
            (tried.get() && chosen.unit.get().is_none()).then(|| words::desk().choose_unit().to_owned())
        };
        day_missing(tried, chosen.day).get().or_else(unit).or_else(six)
    });
    view! {
        <header class="page-header">
            <a class="icon-button" href=move || desk.back.with(Page::href) aria-label=t!(shared.back())><IconMark icon=Icon::Back /></a>
            <div class="grow"><h1>{t!(desk.new_household())}</h1></div>
        </header>
        <form class="stack form-page" on:submit=submit novalidate>
            <UnitAndDay chosen tried today />
            <CategoryChoice category />
            <Causes causes />
            <SixFields draft tried />
            <SeatChoices chosen />
            <FormEnd sending label=t!(desk.open_file()) missing />
        </form>
    }
}

#[component]
fn UnitAndDay(chosen: Chosen, tried: RwSignal<bool>, today: Day) -> impl IntoView {
    let desk = use_desk();
    let unit = chosen.unit;
    let units = Signal::derive(move || desk.tree.with(|tree| tree.choices(&desk.tops(Doing::Keep))));
    let wrong = move || (tried.get() && unit.get().is_none()).then(|| words::desk().choose_unit().to_owned());
    view! {
        <div class="fields">
            <Beside wrong=Signal::derive(wrong)>
                <Choice label=t!(desk.unit()) options=units value=unit on_pick=move |picked| unit.set(picked) />
            </Beside>
            <DateField label=t!(desk.file_from()) value=chosen.day on_input=move |picked| chosen.day.set(picked)
                last=Signal::stored(Some(today)) />
        </div>
    }
}

/// The three seats, each may stay empty.
#[component]
fn SeatChoices(chosen: Chosen) -> impl IntoView {
    let people = helpers();
    let options =
        Signal::derive(move || people.value.get().map(|rows| named(&rows, None)).unwrap_or_default());
    let field = move |(seat, person): (Seat, RwSignal<Option<PersonId>>)| {
        let label = move || words::domain().seat(seat);
        view! { <Choice label options value=person on_pick=move |picked| person.set(picked) /> }
    };
    view! {
        <section class="card">
            <h2>{t!(desk.who_answers())}</h2>
            <p class="sub">{t!(desk.seats_later())}</p>
            <div class="fields">{chosen.seats.map(field).collect_view()}</div>
        </section>
    }
}

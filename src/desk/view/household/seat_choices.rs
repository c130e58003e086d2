//! The three seats of a household whose file is being opened. Each may stay empty; one person in
//! several is asked about, never refused.

use super::assign::{helpers, named};
use crate::{
    state::{
        reading::Reading,
        seating::{Doubled, doubled},
    },
    view::helper_pick::HelperPick,
};
use domain::{
    day::Day,
    entry::Act,
    id::{HouseholdId, PersonId, UnitId},
    seat::{Assign, Seat},
};
use leptos::prelude::*;
use protocol::desk::PersonRow;
use ui::{icon::Icon, notice::Banner, surface::Tone, t, words};

/// Who is chosen for the three seats.
#[derive(Clone, Copy)]
pub struct Chosen([(Seat, RwSignal<Option<PersonId>>); 3]);

impl Chosen {
    /// Nobody yet.
    pub fn nobody() -> Self {
        Self(Seat::ALL.map(|seat| (seat, RwSignal::new(None))))
    }

    /// One person in one seat.
    pub fn with(seat: Seat, person: PersonId) -> Self {
        Self(Seat::ALL.map(|own| (own, RwSignal::new((own == seat).then_some(person)))))
    }

    /// What puts them there, from a day on.
    pub fn acts(self, household: HouseholdId, from: Day) -> Vec<(HouseholdId, Act)> {
        let taken = self.0.into_iter().filter_map(|(seat, person)| Some((seat, person.get_untracked()?)));
        let act = |(seat, person)| Act::Assign(Assign { seat, person: Some(person), from, until: None });
        taken.map(|taken| (household, act(taken))).collect()
    }

    fn doubled(self) -> Doubled {
        doubled(self.0.map(|(_, person)| person.get()))
    }
}

/// Asks whether one person is to sit in several seats.
#[component]
pub fn DoubledNotice(
    /// Who does.
    #[prop(into)]
    doubled: Signal<Doubled>,
    /// The names to choose from.
    #[prop(into)]
    people: Signal<Vec<(PersonId, String)>>,
) -> impl IntoView {
    let said = move || match doubled.get() {
        Doubled::Nobody => None,
        Doubled::InAll => Some(words::desk().one_in_all_seats().to_owned()),
        Doubled::InTwo(person) => {
            let name = people.with(|people| people.iter().find(|(own, _)| *own == person).cloned());
            Some(words::desk().one_in_seats(&name.map(|(_, name)| name).unwrap_or_default()))
        }
    };
    move || said().map(|text| view! { <Banner text tone=Tone::Wait icon=Icon::Warning /> })
}

/// The three seats, each with its list to search in, opened one at a time.
#[component]
pub fn SeatChoices(
    /// Who is chosen.
    chosen: Chosen,
    /// Whose helpers come first.
    #[prop(into)]
    near: Signal<Option<UnitId>>,
    /// Who found the household: named as such, wherever they belong.
    #[prop(optional_no_strip)]
    finder: Option<(PersonId, String)>,
) -> impl IntoView {
    let people = helpers();
    let options = Signal::derive(move || {
        let mut options = people.value.get().map(|rows| named(&rows)).unwrap_or_default();
        if let Some((id, name)) = &finder {
            options.retain(|(own, _)| own != id);
            options.insert(0, (*id, words::desk().is_finder(name)));
        }
        options
    });
    let opened = RwSignal::new(None::<Seat>);
    let seat = move |(seat, person)| view! { <OneSeat seat person opened people options near /> };
    view! {
        <section class="card" data-part="seats">
            <h2>{t!(desk.who_answers())}</h2>
            <p class="sub">{t!(desk.seats_later())}</p>
            {chosen.0.map(seat).collect_view()}
            <DoubledNotice doubled=Signal::derive(move || chosen.doubled()) people=options />
        </section>
    }
}

/// One seat: who is chosen, and the list once it is opened.
#[component]
fn OneSeat(
    seat: Seat,
    person: RwSignal<Option<PersonId>>,
    opened: RwSignal<Option<Seat>>,
    people: Reading<Vec<PersonRow>>,
    options: Signal<Vec<(PersonId, String)>>,
    near: Signal<Option<UnitId>>,
) -> impl IntoView {
    let is_open = move || opened.get() == Some(seat);
    // Whoever is picked closes the list.
    Effect::watch(
        move || person.get(),
        move |now, _, _: Option<()>| {
            if now.is_some() {
                opened.set(None);
            }
        },
        false,
    );
    let name = move || {
        let picked = person.get();
        let found =
            options.with(|all| all.iter().find(|(id, _)| Some(*id) == picked).map(|(_, name)| name.clone()));
        found.unwrap_or_else(|| words::desk().seat_empty().to_owned())
    };
    let label = move || words::desk().change_seat(words::domain().seat(seat));
    let turn = move |_| opened.update(|opened| *opened = (*opened != Some(seat)).then_some(seat));
    let empty = move |_| person.set(None);
    let pick = move || {
        is_open().then(|| {
            let label = move || words::domain().seat(seat);
            view! { <HelperPick label people but=None near value=person wrong=Signal::stored(None::<String>) /> }
        })
    };
    view! {
        <div class="list-row" data-seat=words::domain().seat(seat)>
            <span class="grow">
                <small class="sub">{move || words::domain().seat(seat)}</small>
                <span>{name}</span>
            </span>
            {move || person.get().is_some().then(|| view! {
                <button type="button" class="button small" on:click=empty>{t!(desk.seat_nobody())}</button>
            })}
            <button type="button" class="button" aria-label=label aria-expanded=move || is_open().to_string() on:click=turn>
                {move || if person.get().is_some() { words::desk().replace() } else { words::desk().assign() }}
            </button>
        </div>
        {pick}
    }
}

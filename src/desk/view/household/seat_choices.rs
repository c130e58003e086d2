//! The three seats of a household whose file is being opened. Each may stay empty; one person in
//! several is asked about, never refused.

use super::assign::{helpers, named};
use crate::state::seating::{Doubled, doubled};
use domain::{
    day::Day,
    entry::Act,
    id::{HouseholdId, PersonId},
    seat::{Assign, Seat},
};
use leptos::prelude::*;
use ui::{fields::choice::Choice, icon::Icon, notice::Banner, surface::Tone, t, words};

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

/// The three fields.
#[component]
pub fn SeatChoices(
    /// Who is chosen.
    chosen: Chosen,
    /// Who found the household: offered first, wherever they belong.
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
    let field = move |(seat, person): (Seat, RwSignal<Option<PersonId>>)| {
        let label = move || words::domain().seat(seat);
        view! { <Choice label options value=person on_pick=move |picked| person.set(picked) /> }
    };
    let failed = move || people.trouble.get().map(|trouble| crate::view::saying::trouble(&trouble));
    view! {
        <section class="card" data-part="seats">
            <h2>{t!(desk.who_answers())}</h2>
            <p class="sub">{t!(desk.seats_later())}</p>
            <div class="fields">{chosen.0.map(field).collect_view()}</div>
            <DoubledNotice doubled=Signal::derive(move || chosen.doubled()) people=options />
            {move || failed().map(|words| view! { <p class="form-problem" role="alert">{words}</p> })}
        </section>
    }
}

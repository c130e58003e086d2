//! For whom a person answers: household by household, in which seat, since when; and the way to hand
//! one or all of them to somebody else.

use crate::{
    state::{desk::use_desk, place::Page, reading::Reading, rights::Doing},
    view::showing::Shown,
};
use domain::id::PersonId;
use leptos::prelude::*;
use protocol::seats::{PersonSeats, SeatHeld};
use ui::{
    figures,
    icon::{Icon, IconMark},
    notice::Banner,
    t, words,
};

/// What is to be handed over, while the sheet for it is open.
#[derive(Clone, PartialEq)]
pub struct HandingOver {
    /// Whose seats they are.
    pub person: PersonId,
    /// Which.
    pub seats: Vec<SeatHeld>,
    /// It is one household, chosen from the list.
    pub one: bool,
}

/// Reads for whom somebody answers, where one may see households.
pub fn seats_of(person: Memo<Option<PersonId>>) -> Reading<PersonSeats> {
    let desk = use_desk();
    Reading::follow(desk, move || {
        let person = person.get().filter(|_| desk.may(Doing::Read))?;
        Some(format!("/api/persons/{person}/seats"))
    })
}

/// The list.
#[component]
pub fn Seats(
    /// Whose.
    person: PersonId,
    /// For whom they answer.
    reading: Reading<PersonSeats>,
    /// Opens the sheet.
    opened: RwSignal<Option<HandingOver>>,
) -> impl IntoView {
    let desk = use_desk();
    let keeps = desk.may(Doing::Keep);
    view! {
        <section class="card" data-seats>
            <h2>{t!(desk_forms.answers_for())}</h2>
            <Shown reading let:held><Held person held keeps opened /></Shown>
        </section>
    }
}

#[component]
fn Held(
    person: PersonId,
    held: PersonSeats,
    keeps: bool,
    opened: RwSignal<Option<HandingOver>>,
) -> impl IntoView {
    let PersonSeats { seats, beyond } = held;
    let beyond_note =
        (beyond > 0).then(|| view! { <Banner text=move || words::desk_forms().beyond(beyond) /> });
    if seats.is_empty() {
        return view! { {beyond_note}<p class="sub">{t!(desk_forms.answers_for_nobody())}</p> }.into_any();
    }
    let households = households(&seats);
    let all = seats.clone();
    let hand_over = move |_| opened.set(Some(HandingOver { person, seats: all.clone(), one: false }));
    view! {
        <div class="row">
            <span class="grow" data-count=households>{move || words::desk().households(u32::try_from(households).unwrap_or(u32::MAX))}</span>
            {keeps.then(|| view! { <button type="button" class="button" on:click=hand_over><IconMark icon=Icon::Onward />{t!(desk_forms.hand_over_all())}</button> })}
        </div>
        {beyond_note}
        <ul class="plain-list">{seats.into_iter().map(|held| view! { <Line person held keeps opened /> }).collect_view()}</ul>
    }
    .into_any()
}

/// How many households these are.
pub fn households(seats: &[SeatHeld]) -> usize {
    seats.iter().map(|held| held.household).collect::<std::collections::BTreeSet<_>>().len()
}

#[component]
fn Line(
    person: PersonId,
    held: SeatHeld,
    keeps: bool,
    opened: RwSignal<Option<HandingOver>>,
) -> impl IntoView {
    let today = use_desk().today();
    let (seat, from, until) = (held.seat, held.from, held.until);
    let when = move || {
        let from = figures::day(from, today);
        match until {
            Some(until) => words::desk_forms().seat_from_until(&from, &figures::day(until, today)),
            None => words::desk_forms().seat_since(&from),
        }
    };
    let (name, label) = (held.name.clone(), held.name.clone());
    let whom = held.stands_in_for.clone();
    let for_whom = (!whom.is_empty()).then(
        || view! { {words::DOT}<span class="keep">{move || words::desk_forms().stands_in_for(&whom)}</span> },
    );
    let now = held.meanwhile.clone();
    let now = (!now.is_empty()).then(
        || view! { {words::DOT}<span class="keep" data-meanwhile>{move || words::desk_forms().sits_there_now(&now)}</span> },
    );
    let unit = held.unit_name.clone();
    let household = held.household;
    let change = move |_| opened.set(Some(HandingOver { person, seats: vec![held.clone()], one: true }));
    view! {
        <li class="list-row" data-household=household.to_string()>
            <span class="grow">
                <a href=Page::Household(household).href()>{name}</a>" "<small class="sub">{unit}</small>
                <small class="sub">{move || words::domain().seat(seat)}{words::DOT}<span class="keep">{when}</span>{for_whom}{now}</small>
            </span>
            {keeps.then(|| view! {
                <button type="button" class="button small" aria-label=move || words::desk_forms().hand_over_one(&label) on:click=change>{t!(desk_forms.change_seat())}</button>
            })}
        </li>
    }
}

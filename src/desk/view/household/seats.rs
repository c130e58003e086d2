//! Who answers for a household: the three seats, empty ones too; who only stands in, and who comes next.

use super::{acts::Opened, seat_choices::DoubledNotice};
use crate::state::seating::doubled;
use domain::{day::Day, seat::Seat};
use leptos::prelude::*;
use protocol::{office::HouseholdFile, seats::SeatSpan};
use ui::{figures, t, words};

/// The three seats.
#[component]
pub fn Seats(
    file: StoredValue<HouseholdFile>,
    keeps: bool,
    opened: RwSignal<Option<Opened>>,
) -> impl IntoView {
    let line = move |seat: Seat| {
        let holder = file.with_value(|file| {
            file.card.seats.iter().find(|line| line.seat == seat).map(|line| line.name.clone())
        });
        let is_empty = holder.is_none();
        let name = move || holder.clone().unwrap_or_else(|| words::desk().seat_empty().to_owned());
        let label = move || words::desk().change_seat(words::domain().seat(seat));
        let turns = file.with_value(|file| {
            let of_seat = file.seats.iter().filter(|span| span.seat == seat);
            of_seat.cloned().map(|span| turn(span, file.today)).collect_view()
        });
        view! {
            <li class="list-row">
                <span class="grow">
                    <small class="sub">{move || words::domain().seat(seat)}</small>
                    <span class:bad=is_empty>{name}</span>
                    {turns}
                </span>
                {keeps.then(|| view! {
                    <button type="button" class="button no-print" aria-label=label
                        on:click=move |_| opened.set(Some(Opened::Assign(file.get_value(), seat)))>
                        {if is_empty { words::desk().assign() } else { words::desk().replace() }}
                    </button>
                })}
            </li>
        }
    };
    let holders = file.with_value(|file| file.card.seats.clone());
    let twice =
        doubled(Seat::ALL.map(|seat| holders.iter().find(|line| line.seat == seat).map(|line| line.person)));
    let people: Vec<_> = holders.into_iter().map(|line| (line.person, line.name)).collect();
    view! {
        <h2 class="section-title">{t!(desk.who_answers())}</h2>
        <ul class="card list">{Seat::ALL.map(line).collect_view()}</ul>
        <DoubledNotice doubled=Signal::stored(twice) people=Signal::stored(people) />
    }
}

/// Until when somebody sits there, or from when on; nothing of who simply stays.
fn turn(span: SeatSpan, today: Day) -> impl IntoView {
    let said = move || {
        let words = words::desk_forms();
        let (from, until) =
            (figures::day(span.from, today), span.until.map(|until| figures::day(until, today)));
        Some(match (span.from <= today, until, span.stands_in_for.as_str()) {
            (true, None, _) => return None,
            (true, Some(until), "") => words.seat_until(&until),
            (true, Some(until), whom) => words.stands_in_until(&until, whom),
            (false, Some(until), whom) if !whom.is_empty() => words.seat_stand_in(&from, &until, &span.name),
            (false, ..) => words.seat_then(&from, &span.name),
        })
    };
    move || said().map(|said| view! { <small class="sub" data-turn>{said}</small> })
}

//! Who answers for a household: the three seats, empty ones too.

use super::acts::Opened;
use domain::seat::Seat;
use leptos::prelude::*;
use protocol::office::HouseholdFile;
use ui::{t, words};

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
        view! {
            <li class="list-row">
                <span class="grow">
                    <small class="sub">{move || words::domain().seat(seat)}</small>
                    <span class:bad=is_empty>{name}</span>
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
    view! {
        <h2 class="section-title">{t!(desk.who_answers())}</h2>
        <ul class="card list">{Seat::ALL.map(line).collect_view()}</ul>
    }
}

//! The household goes to another unit, from a day on. Its history goes with it.

use super::reply::day_missing;
use crate::{
    state::{desk::use_desk, rights::Doing, sending::Sending},
    view::form::{Beside, FormEnd},
};
use domain::entry::{Act, Move};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::office::HouseholdFile;
use ui::{
    fields::{choice::Choice, date::DateField},
    t, words,
};

/// The form.
#[component]
pub fn MoveForm(file: HouseholdFile, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let household = file.card.household;
    let from = file.card.unit;
    let unit = RwSignal::new(None);
    let day = RwSignal::new(Some(desk.today()));
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let (Some(unit), Some(day)) = (unit.get(), day.get()) else { return };
        sending.acts(vec![(household, Act::Move(Move { day, unit }))], move || {
            desk.say(words::desk().moved());
            on_done.run(());
        });
    };
    let units = Signal::derive(move || {
        let mut units = desk.tree.with(|tree| tree.open_choices(&desk.tops(Doing::Keep)));
        units.retain(|(unit, _)| Some(*unit) != from);
        units
    });
    let wrong = move || (tried.get() && unit.get().is_none()).then(|| words::desk().choose_unit().to_owned());
    view! {
        <form class="stack" on:submit=submit novalidate>
            <p class="sub">{move || words::desk().moves_from(&file.card.unit_name)}</p>
            <Beside wrong=Signal::derive(wrong)>
                <Choice label=t!(desk.move_to()) options=units value=unit on_pick=move |picked| unit.set(picked) />
            </Beside>
            <DateField label=t!(desk.from_day()) value=day on_input=move |picked| day.set(picked)
                first=Signal::stored(Some(file.card.since)) />
            <FormEnd sending label=t!(desk.move_unit()) missing=day_missing(tried, day) />
        </form>
    }
}

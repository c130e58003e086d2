//! Deciding between values that differ: one of them stands, as of the day of the latest.

use super::acts::Settling;
use crate::{
    state::{desk::use_desk, sending::Sending},
    view::{form::FormEnd, saying},
};
use domain::{
    entry::{Act, Settle},
    observation::{Standings, Stands},
};
use leptos::{ev::SubmitEvent, prelude::*};
use ui::{figures, t, words};

/// The form.
#[component]
pub fn SettleForm(settling: Settling, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let today = desk.today();
    let picked = RwSignal::new(None::<usize>);
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let Settling { household, slot, standing, names } = settling;
    let day = standing.values.iter().map(|one| one.day).max();
    let values = StoredValue::new(standing.values.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let one = picked.get().and_then(|at| values.with_value(|values| values.get(at).cloned()));
        let (Some(one), Some(day)) = (one, day) else { return };
        let act = Act::Settle(Settle { slot, value: one.value, day });
        sending.acts(vec![(household, act)], move || {
            desk.say(words::desk().settled());
            on_done.run(());
        });
    };
    let line = move |(at, one): (usize, Stands)| {
        let value = saying::value::line(&one.value, &Standings::new(), today);
        let by = saying::observer(&names, one.by);
        let said = move || words::domain().last_known_by(&figures::short_day(one.day, today), &by);
        view! {
            <label class="pick-row">
                <input type="radio" name="settle" prop:checked=move || picked.get() == Some(at) on:change=move |_| picked.set(Some(at)) />
                <span class="grow"><span class="value">{value}</span><small class="aside">{said}</small></span>
            </label>
        }
    };
    let missing =
        move || (tried.get() && picked.get().is_none()).then(|| words::desk().pick_one().to_owned());
    let intro = move || words::desk().settle_intro(saying::slot(slot));
    view! {
        <form class="stack" on:submit=submit novalidate>
            <fieldset>
                <legend class="sub">{intro}</legend>
                {standing.values.into_iter().enumerate().map(line).collect_view()}
            </fieldset>
            <p class="sub">{t!(desk.settle_note())}</p>
            <FormEnd sending label=t!(desk.settle()) missing=Signal::derive(missing) />
        </form>
    }
}

//! Which day it was: today, yesterday, or one from the calendar; none that is still to come, as far as the clock tells.

use super::said;
use crate::state::use_app;
use domain::day::Day;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use ui::answers::{Seg, SegOption};
use ui::fields::date::DateField;
use ui::{figures, t, words};

/// Which day was it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Today,
    Yesterday,
    Other,
}

/// A visit that is noted later than this is seldom meant; a wrong year is.
const LONG_AGO_DAYS: i32 = 365;

/// The day, as one of three choices.
#[component]
pub fn DayChoice(
    /// What happened that day, as a question.
    #[prop(into)]
    title: TextProp,
    /// What the field of the calendar is called.
    #[prop(into)]
    field: TextProp,
    /// The day as it is now.
    #[prop(into)]
    day: Signal<Day>,
    /// The first day it can have been, where there is one.
    #[prop(optional)]
    first: Option<Day>,
    /// Called with the day.
    #[prop(into)]
    on_pick: Callback<Day>,
) -> impl IntoView {
    let app = use_app();
    let choosing = RwSignal::new(false);
    let when = Signal::derive(move || {
        Some(match day.get().days_since(app.today.get()) {
            _ if choosing.get() => When::Other,
            0 => When::Today,
            -1 => When::Yesterday,
            _ => When::Other,
        })
    });
    let pick = move |when| {
        choosing.set(when == When::Other);
        let today = app.today.get_untracked();
        match when {
            When::Today => on_pick.run(today),
            When::Yesterday => on_pick.run(today.plus(-1)),
            When::Other => {}
        }
    };
    let pick_day = move |day: Option<Day>| {
        if let Some(day) = day {
            on_pick.run(day);
        }
    };
    let yesterday = app.today.get_untracked().plus(-1);
    let mut options = vec![SegOption::new(When::Today, t!(shared.today()))];
    if first.is_none_or(|first| first <= yesterday) {
        options.push(SegOption::new(When::Yesterday, t!(shared.yesterday())));
    }
    if first.is_none_or(|first| first < yesterday) {
        options.push(SegOption::new(When::Other, move || match when.get() {
            Some(When::Other) => figures::short_day(day.get(), app.today.get()),
            _ => words::phone().day_other().to_owned(),
        }));
    }
    let is_long_ago = move || app.today.get().days_since(day.get()) > LONG_AGO_DAYS;
    view! {
        <Seg label=move || said::joined([title.get().into_owned(), day.get().to_string()]) options=options value=when on_pick=pick />
        <Show when=move || when.get() == Some(When::Other)>
            <div class="fields">
                <DateField label=field.clone() value=Signal::derive(move || Some(day.get()))
                    first=Signal::derive(move || first) last=Signal::derive(move || app.last_day()) on_input=pick_day />
            </div>
        </Show>
        <Show when=is_long_ago><p class="aside wait">{t!(visit.day_long_ago())}</p></Show>
        <Show when=move || app.last_day().is_some_and(|last| day.get() > last)><p class="bad" role="alert">{t!(phone.missing_day())}</p></Show>
    }
}

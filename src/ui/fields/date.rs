//! Fields for a day (the browser's own calendar) and for a date of which only the year may be known.

use super::text::{Below, Unread};
use crate::answers::fresh_id;
use crate::figures::{is_ahead, parse_loose_day};
use crate::t;
use domain::day::{Day, LooseDay};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A day.
#[component]
pub fn DateField(
    /// What it is for.
    #[prop(into)]
    label: TextProp,
    /// The day; nothing while none is set.
    #[prop(into)]
    value: Signal<Option<Day>>,
    /// Called with the day, or nothing when it was taken away.
    #[prop(into)]
    on_input: Callback<Option<Day>>,
    /// The first day to be had.
    #[prop(into, optional)]
    first: Signal<Option<Day>>,
    /// The last day to be had.
    #[prop(into, optional)]
    last: Signal<Option<Day>>,
    /// A line below it.
    #[prop(into, optional)]
    hint: Option<TextProp>,
) -> impl IntoView {
    let id = fresh_id("field");
    let below = format!("{id}-below");
    let written = |day: Option<Day>| day.map(|day| day.to_string());
    view! {
        <div class="field">
            <label for=id.clone()>{move || label.get()}</label>
            <input id=id type="date" autocomplete="off" min=move || written(first.get()) max=move || written(last.get())
                aria-describedby=below.clone() prop:value=move || written(value.get()).unwrap_or_default()
                on:change:target=move |event| on_input.run(Day::parse(&event.target().value())) />
            <Below id=below hint />
        </div>
    }
}

/// A date that may know only its month or its year, such as a birth date.
#[component]
pub fn LooseDateField(
    /// What it is for.
    #[prop(into)]
    label: TextProp,
    /// The date; nothing while it is empty.
    #[prop(into)]
    value: Signal<Option<LooseDay>>,
    /// Called with the date, or nothing when the field was emptied; not called for what is no date.
    #[prop(into)]
    on_input: Callback<Option<LooseDay>>,
    /// The day of today, where a date after it is to be looked at once more.
    #[prop(into, optional)]
    today: Signal<Option<Day>>,
    /// What was typed and is no date, where that is kept.
    #[prop(optional)]
    unread: Option<Unread>,
) -> impl IntoView {
    let id = fresh_id("field");
    let below = format!("{id}-below");
    let written = |day: Option<LooseDay>| day.map_or_else(String::new, |day| day.to_string());
    let typed = RwSignal::new(Unread::begin(unread, written(value.get_untracked())));
    // What is being typed is not wrong yet.
    let left = RwSignal::new(true);
    Effect::new(move |_| {
        let now = value.get();
        if parse_loose_day(&typed.get_untracked()) != now {
            typed.set(written(now));
        }
    });
    let unreadable = move || typed.with(|text| !text.trim().is_empty() && parse_loose_day(text).is_none());
    let is_wrong = move || left.get() && unreadable();
    let wrong = Signal::derive(move || is_wrong().then(|| t!(shared.loose_day_wrong())().to_owned()));
    let ahead = Signal::derive(move || {
        let ahead = is_ahead(value.get()?, today.get()?);
        ahead.then(|| t!(shared.loose_day_ahead())().to_owned())
    });
    let take = move |text: String| {
        let day = parse_loose_day(&text);
        let is_read = text.trim().is_empty() || day.is_some();
        Unread::look(unread, &text, is_read);
        left.set(false);
        typed.set(text);
        if is_read {
            on_input.run(day);
        }
    };
    view! {
        <div class="field" class:wrong=is_wrong>
            <label for=id.clone()>{move || label.get()}</label>
            <input id=id type="text" inputmode="numeric" autocomplete="off" maxlength="12"
                aria-describedby=below.clone() aria-invalid=move || unreadable().then_some("true")
                prop:value=move || typed.get() on:input:target=move |event| take(event.target().value())
                on:change=move |_| left.set(true) />
            <Below id=below hint=Some(TextProp::from(t!(shared.loose_day_hint()))) wrong left=ahead />
        </div>
    }
}

//! Segmented answers: two to four large choices in a row, one tap each.
//!
//! Native radio buttons under the paint, so arrow keys, form reset and screen readers just work.

use crate::surface::Tone;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use std::cell::Cell;

/// One of the choices.
#[derive(Clone, Debug)]
pub struct SegOption<T> {
    /// What is picked.
    pub value: T,
    /// What it says.
    pub label: TextProp,
    /// What its colour says once picked.
    pub tone: Tone,
    /// It has a line of its own.
    pub wide: bool,
}

impl<T> SegOption<T> {
    /// A choice without a colour of its own.
    pub fn new(value: T, label: impl Into<TextProp>) -> Self {
        Self { value, label: label.into(), tone: Tone::Plain, wide: false }
    }

    /// The same with a colour: 无变化 is good, 有变化 waits.
    #[must_use]
    pub const fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    fn split(self) -> (T, Painted) {
        let Self { value, label, tone, wide } = self;
        (value, Painted { label, tone, wide })
    }

    /// The same on a line of its own, for words that need one.
    #[must_use]
    pub const fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
}

/// Segmented answers.
#[component]
pub fn Seg<T>(
    /// What is asked; shown small above, or only spoken with `quiet`.
    #[prop(into)]
    label: TextProp,
    /// The choices, in order.
    options: Vec<SegOption<T>>,
    /// What is picked now.
    #[prop(into)]
    value: Signal<Option<T>>,
    /// Called with what was tapped.
    #[prop(into)]
    on_pick: Callback<T>,
    /// Does not show the label, because a heading beside it says the same.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let (own, painted): (Vec<T>, Vec<Painted>) = options.into_iter().map(SegOption::split).unzip();
    let own = StoredValue::new(own);
    let place = move || {
        let value = value.get()?;
        own.with_value(|own| own.iter().position(|one| *one == value))
    };
    let pick = move |at: usize| {
        if let Some(value) = own.with_value(|own| own.get(at).copied()) {
            on_pick.run(value);
        }
    };
    view! { <Radios label options=painted place=Signal::derive(place) on_pick=pick quiet /> }
}

/// What of a choice is painted, whatever is picked.
struct Painted {
    label: TextProp,
    tone: Tone,
    wide: bool,
}

/// The choices by their places.
#[component]
fn Radios(
    label: TextProp,
    options: Vec<Painted>,
    place: Signal<Option<usize>>,
    #[prop(into)] on_pick: Callback<usize>,
    quiet: bool,
) -> impl IntoView {
    let group = fresh_id("seg");
    let columns = options.iter().filter(|option| !option.wide).count().to_string();
    let option = move |(at, option): (usize, Painted)| {
        let Painted { label, tone, wide } = option;
        let picked = move || place.get() == Some(at);
        view! {
            <label class=format!("seg-option {}", tone.class()) class:wide=wide>
                <input type="radio" autocomplete="off" name=group.clone() prop:checked=picked on:change=move |_| on_pick.run(at) />
                <span>{move || label.get()}</span>
            </label>
        }
    };
    let spoken = label.clone();
    view! {
        <fieldset class="seg" data-columns=columns aria-label=move || spoken.get()>
            {(!quiet).then(|| view! { <legend>{move || label.get()}</legend> })}
            <div class="seg-options">{options.into_iter().enumerate().map(option).collect_view()}</div>
        </fieldset>
    }
}

/// An id for an element, unlike any other on this page.
#[must_use]
pub fn fresh_id(stem: &str) -> String {
    thread_local! {
        static NEXT: Cell<u32> = const { Cell::new(0) };
    }
    NEXT.with(|next| {
        next.set(next.get().wrapping_add(1));
        format!("{stem}-{}", next.get())
    })
}

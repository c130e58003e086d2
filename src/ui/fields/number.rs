//! Fields for whole numbers and for money.

use super::text::{Below, Unread};
use crate::answers::fresh_id;
use crate::figures::{parse_yuan, yuan_in_field};
use crate::t;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A whole number, perhaps with a unit behind it.
#[component]
pub fn NumberField(
    /// What it is for.
    #[prop(into)]
    label: TextProp,
    /// The number; nothing while it is empty.
    #[prop(into)]
    value: Signal<Option<i64>>,
    /// Called with the number, or nothing when the field was emptied; not called for what is no number.
    #[prop(into)]
    on_input: Callback<Option<i64>>,
    /// What stands behind it, such as 元.
    #[prop(into, optional)]
    unit: TextProp,
    /// A line below it.
    #[prop(into, optional)]
    hint: Option<TextProp>,
    /// What was typed and is no number, where that is kept.
    #[prop(optional)]
    unread: Option<Unread>,
) -> impl IntoView {
    let read = |text: &str| text.trim().parse().ok();
    view! { <Figure label value on_input unit hint unread read=read write=|number: i64| number.to_string() /> }
}

/// An amount in yuan; the value is in fen.
#[component]
pub fn MoneyField(
    /// What it is for.
    #[prop(into)]
    label: TextProp,
    /// The amount in fen; nothing while it is empty.
    #[prop(into)]
    fen: Signal<Option<i64>>,
    /// Called with the amount in fen, or nothing when the field was emptied.
    #[prop(into)]
    on_input: Callback<Option<i64>>,
    /// A line below it.
    #[prop(into, optional)]
    hint: Option<TextProp>,
    /// What was typed and is no amount, where that is kept.
    #[prop(optional)]
    unread: Option<Unread>,
) -> impl IntoView {
    view! { <Figure label value=fen on_input unit=t!(shared.yuan()) hint unread read=parse_yuan write=yuan_in_field /> }
}

/// What both have in common: the text as typed is kept here, so that `90.` is not taken away.
#[component]
fn Figure(
    label: TextProp,
    value: Signal<Option<i64>>,
    on_input: Callback<Option<i64>>,
    #[prop(into)] unit: TextProp,
    hint: Option<TextProp>,
    unread: Option<Unread>,
    read: fn(&str) -> Option<i64>,
    write: fn(i64) -> String,
) -> impl IntoView {
    let id = fresh_id("field");
    let below = format!("{id}-below");
    let typed = RwSignal::new(Unread::begin(unread, value.get_untracked().map_or_else(String::new, write)));
    Effect::new(move |_| {
        let now = value.get();
        if read(&typed.get_untracked()) != now {
            typed.set(now.map_or_else(String::new, write));
        }
    });
    let unreadable = move || typed.with(|text| !text.trim().is_empty() && read(text).is_none());
    let wrong = Signal::derive(move || unreadable().then(|| t!(shared.number_wrong())().to_owned()));
    let take = move |text: String| {
        let number = read(&text);
        let is_read = text.trim().is_empty() || number.is_some();
        Unread::look(unread, &text, is_read);
        typed.set(text);
        if is_read {
            on_input.run(number);
        }
    };
    view! {
        <div class="field" class:wrong=unreadable>
            <label for=id.clone()>{move || label.get()}</label>
            <span class="field-row">
                <input id=id type="text" inputmode="decimal" autocomplete="off" maxlength="14"
                    aria-describedby=below.clone() aria-invalid=move || unreadable().then_some("true")
                    prop:value=move || typed.get() on:input:target=move |event| take(event.target().value()) />
                <span class="unit">{move || unit.get()}</span>
            </span>
            <Below id=below hint wrong />
        </div>
    }
}
